"""What became of a message: on its way, delivered, or not, with a way to send it again."""

import base64
import os
import re
import signal

from conftest import Bot
from playwright.sync_api import expect
from widget.browsing import Visitor

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
_PHOTO = {"name": "экран.png", "mimeType": "image/png", "buffer": _PNG}
#: More than the server takes of one dialog in ten seconds.
_FLOOD = 34
#: Within the page: through Playwright a busy machine types so slowly that it is not too often.
_WRITE_AT_ONCE = """async (input, texts) => {
    for (const text of texts) {
        input.value = text;
        input.dispatchEvent(new InputEvent("input", {bubbles: true}));
        input.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
        await new Promise(requestAnimationFrame);
    }
}"""


def _again(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Повторить").last.click()


def test_what_came_too_often_can_be_sent_again(visit):
    """The reason stands below it, a reload keeps it, and nothing is answered twice."""
    visitor = visit().open()
    visitor.input.evaluate(_WRITE_AT_ONCE, [f"привет {number}" for number in range(_FLOOD)])
    failed = visitor.page.locator(".foot.failed")
    expect(failed.first).to_be_visible()
    expect(failed.first).to_contain_text(re.compile("част|быстр|подожд", re.IGNORECASE))
    last = f"привет {_FLOOD - 1}"
    while failed.count():
        visitor.page.wait_for_timeout(1_000)
        before = failed.count()
        visitor.page.get_by_role("button", name="Повторить").first.click()
        visitor.page.wait_for_function(
            """() => !document.querySelector('optfm-chat').chat.messages
                .some(m => m.state === 'sending')"""
        )
        assert failed.count() <= before
    visitor.answered(last)
    said = visitor.said("user")
    assert sorted(said) == sorted(f"привет {number}" for number in range(_FLOOD))
    visitor.page.reload()
    visitor.open()
    assert sorted(visitor.said("user")) == sorted(said)


def test_a_message_without_an_acknowledgement_is_offered_again(visit, bot: Bot):
    """The server hangs: on its way, then failed with a button; afterwards answered once."""
    visitor = visit().open()
    visitor.ask("привет")
    visitor.page.clock.install()
    visitor.page.reload()
    visitor.open()
    os.kill(bot.pid("rasa"), signal.SIGSTOP)
    try:
        visitor.write("сколько стоит доставка?")
        state = visitor.page.locator(".message.user .state").last
        expect(state).to_have_attribute("title", "Отправляется")
        visitor.page.clock.fast_forward(41_000)
        expect(visitor.page.locator(".foot.failed")).to_contain_text("Не отправлено")
    finally:
        os.kill(bot.pid("rasa"), signal.SIGCONT)
    _again(visitor)
    visitor.answered("сколько стоит доставка?")
    expect(visitor.page.locator(".foot.failed")).to_have_count(0)
    visitor.page.reload()
    visitor.open()
    visitor.answered("сколько стоит доставка?")
    assert visitor.said("user") == ["привет", "сколько стоит доставка?"]


def test_a_file_that_failed_is_sent_again_whole(visit):
    """The photo itself, not an empty line in its place."""
    visitor = visit().open()
    visitor.ask("привет")
    visitor.page.route("**/webhooks/socketio/file*", lambda route: route.abort())
    visitor.page.locator("input[type=file]").set_input_files(_PHOTO)
    failed = visitor.page.locator(".foot.failed")
    expect(failed).to_contain_text("Файл не отправлен")
    visitor.page.unroute("**/webhooks/socketio/file*")
    _again(visitor)
    expect(visitor.page.locator(".message.user .state").last).to_have_attribute(
        "title", "Доставлено"
    )
    expect(failed).to_have_count(0)
    visitor.page.reload()
    visitor.open()
    expect(visitor.page.get_by_role("img", name="экран.png")).to_be_visible()
    kept = "document.querySelector('optfm-chat').chat.messages.find(m => m.file).file.size"
    assert visitor.page.evaluate(kept) == len(_PNG)


def test_a_file_chosen_offline_waits_for_the_connection(visit):
    """And is sent once."""
    visitor = visit().open()
    visitor.ask("привет")
    visitor.page.context.set_offline(True)
    expect(visitor.page.locator(".banner")).to_be_visible()
    visitor.page.locator("input[type=file]").set_input_files(_PHOTO)
    sent: list[str] = []
    visitor.page.on("request", lambda one: sent.append(one.url) if "file?" in one.url else None)
    visitor.page.context.set_offline(False)
    shown = visitor.page.locator(".message.user").last
    expect(shown.locator(".state")).to_have_attribute("title", "Доставлено")
    assert len(sent) == 1


def test_files_are_dropped_and_pasted(visit):
    """The panel says that it takes them; an empty and a wrong one are refused in clear words."""
    visitor = visit().open()
    give = """([event, name, size]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(size).fill(65)], name));
        const root = document.querySelector('optfm-chat').shadowRoot;
        const target = root.querySelector(event === 'paste' ? 'textarea' : 'dialog');
        target.dispatchEvent(event === 'paste'
            ? new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})
            : new DragEvent(event, {dataTransfer: data, bubbles: true, cancelable: true}));
    }"""
    visitor.page.evaluate(give, ["dragover", "прайс.txt", 9])
    expect(visitor.page.locator(".drop")).to_be_visible()
    visitor.page.evaluate(give, ["drop", "прайс.txt", 9])
    expect(visitor.page.locator(".drop")).to_have_count(0)
    shown = visitor.page.locator(".message.user")
    expect(shown.last).to_contain_text("прайс.txt")
    expect(shown.last.locator(".state")).to_have_attribute("title", "Доставлено")
    visitor.page.evaluate(give, ["paste", "пусто.txt", 0])
    problem = visitor.page.locator(".problem")
    expect(problem).to_contain_text("пустой")
    visitor.page.evaluate(give, ["paste", "вирус.exe", 9])
    expect(problem).to_contain_text("не принимается")
    visitor.page.evaluate(give, ["paste", "видео.mp4", 10_000_001])
    expect(problem).to_contain_text("больше 10 МБ")
    visitor.page.evaluate(give, ["paste", "ещё.txt", 9])
    expect(shown).to_have_count(2)
    expect(problem).to_have_count(0)


def test_a_large_file_shows_how_far_it_is(visit):
    """A bar while it goes, gone when it is there."""
    visitor = visit().open()
    visitor.ask("привет")
    network = visitor.page.context.new_cdp_session(visitor.page)
    network.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": 500_000,
        },
    )
    large = {"name": "накладная.txt", "mimeType": "text/plain", "buffer": b"a" * 2_000_000}
    visitor.page.locator("input[type=file]").set_input_files(large)
    bar = visitor.page.locator("progress")
    expect(bar).to_have_attribute("value", re.compile(r"^[1-9]"))
    expect(bar).to_have_count(0)
    expect(visitor.page.locator(".message.user .state").last).to_have_attribute(
        "title", "Доставлено"
    )


_COUNT_TONES = """
    window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) { tones += 1; start.apply(this, when); };
"""


def test_sound_is_off_until_it_is_turned_on(context, bot: Bot):
    """Then each answer sounds, the next page remembers it, and no browser complains."""
    made = context()
    made.add_init_script(_COUNT_TONES)
    lines: list[str] = []
    made.on("console", lambda line: lines.append(line.text))
    visitor = Visitor(made.new_page())
    visitor.page.goto(bot.url)
    visitor.open()
    visitor.ask("привет")
    assert visitor.page.evaluate("tones") == 0
    visitor.page.get_by_role("button", name="Включить звук").click()
    heard = visitor.page.evaluate("tones")
    assert heard > 0
    visitor.ask("где вы находитесь?")
    assert visitor.page.evaluate("tones") > heard
    visitor.page.reload()
    visitor.connected()
    visitor.page.evaluate("document.querySelector('optfm-chat').ask('привет ещё раз')")
    visitor.answered("привет ещё раз")
    off = visitor.page.get_by_role("button", name="Выключить звук")
    expect(off).to_be_visible()
    assert not [line for line in lines if "AudioContext" in line]
    off.click()
    heard = visitor.page.evaluate("tones")
    visitor.ask("сколько стоит доставка?")
    assert visitor.page.evaluate("tones") == heard


def test_a_browser_without_sound_shows_the_answer(context, bot: Bot):
    """An error of the sound stays with the sound."""
    made = context()
    made.add_init_script("delete window.AudioContext")
    visitor = Visitor(made.new_page())
    visitor.page.goto(bot.url)
    visitor.open()
    visitor.page.get_by_role("button", name="Включить звук").click()
    visitor.ask("привет")
    assert visitor.said("bot")

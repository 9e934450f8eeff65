"""WCAG 2.2 AA: axe finds nothing, and the keyboard is enough."""

import json
import os
import signal
import uuid

import pytest
from conftest import Bot
from playwright.sync_api import expect
from widget.browsing import DESKTOP, PHONE, Visitor, say_out_of_turn

_RUN_AXE = """async () => {
    const found = await axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: {'target-size': {enabled: true}},
    });
    return found.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' ') + ' '
        + n.failureSummary)]);
}"""


@pytest.fixture
def axe(node_modules):
    """Runs axe-core on a page; what it found."""
    source = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def run(visitor: Visitor) -> list:
        visitor.page.evaluate(source)
        return visitor.page.evaluate(_RUN_AXE)

    return run


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("device", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(visit, axe, device, theme):
    """Closed with unread answers, open, with cards, buttons, a link and a warning."""
    visitor = visit(**device, color_scheme=theme, reduced_motion="reduce")
    expect(visitor.launcher).to_be_visible()
    assert axe(visitor) == []
    visitor.open()
    assert axe(visitor) == []
    visitor.ask("дисплей на айфон 11")
    visitor.ask("автодержатель borofone bh34")
    visitor.ask("Оставить заявку")
    assert axe(visitor) == []
    visitor.page.context.set_offline(True)
    visitor.write("Согласен")
    expect(visitor.page.locator(".banner")).to_be_visible()
    assert axe(visitor) == []
    visitor.page.keyboard.press("Escape")
    visitor.page.context.set_offline(False)
    expect(visitor.page.locator(".launcher .unread")).to_be_visible()
    assert axe(visitor) == []


def test_the_keyboard_is_enough(visit):
    """Enter opens and the focus is in the field; Escape closes and gives the focus back."""
    visitor = visit()
    visitor.launcher.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.input).to_be_focused()
    visitor.page.keyboard.type("привет")
    visitor.page.keyboard.press("Enter")
    visitor.answered("привет")
    expect(visitor.input).to_be_focused()
    visitor.page.keyboard.press("Escape")
    expect(visitor.launcher).to_be_focused()
    expect(visitor.page.locator("dialog")).to_be_hidden()


def test_on_a_phone_the_page_behind_cannot_be_reached(visit):
    """The panel is the whole screen, and the focus stays in it."""
    visitor = visit(**PHONE, reduced_motion="reduce").open()
    box = visitor.page.locator("dialog").bounding_box()
    assert (box["width"], box["height"]) == (390, 844)
    for _ in range(15):
        visitor.page.keyboard.press("Tab")
        outside = visitor.page.evaluate(
            "document.activeElement !== document.body"
            " && document.activeElement.localName !== 'optfm-chat'"
        )
        assert not outside


def test_targets_are_large_enough(visit):
    """At least 24 by 24 pixels, but for links in a line of text (WCAG 2.5.8)."""
    visitor = visit().open()
    visitor.ask("дисплей на айфон 11")
    small = visitor.page.evaluate(
        """() => [...document.querySelector('optfm-chat').shadowRoot
            .querySelectorAll('button, textarea, .legal a')]
            .map(e => [e.className, e.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    )
    assert json.dumps(small) == "[]"


def test_nothing_moves_for_who_wants_no_motion(visit):
    """prefers-reduced-motion: no animation, no transition."""
    visitor = visit(reduced_motion="reduce").open()
    moving = visitor.page.evaluate(
        "document.querySelector('optfm-chat').shadowRoot.getAnimations().length"
    )
    assert moving == 0


_SMALLEST = {"viewport": {"width": 320, "height": 568}, "has_touch": True, "is_mobile": True}
_TWICE_AS_LARGE = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}
_FOUR_TIMES_AS_LARGE = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}


@pytest.mark.parametrize(
    "options",
    [
        _SMALLEST,
        {**_SMALLEST, "color_scheme": "dark"},
        _TWICE_AS_LARGE,
        _FOUR_TIMES_AS_LARGE,
        {**DESKTOP, "forced_colors": "active"},
    ],
    ids=["320 px", "320 px, dark", "200 %", "400 %", "forced colours"],
)
def test_axe_finds_nothing_and_nothing_is_cut_off(visit, axe, options):
    """On the smallest screens and with the system's own colours; with cards, a file, a failure."""
    visitor = visit(**options, reduced_motion="reduce").open()
    assert axe(visitor) == []
    visitor.ask("дисплей на айфон 11")
    text = {"name": "накладная.txt", "mimeType": "text/plain", "buffer": b"1"}
    visitor.page.locator("input[type=file]").set_input_files(text)
    expect(visitor.page.locator(".message.user .state").last).to_have_attribute(
        "title", "Доставлено"
    )
    visitor.page.route("**/webhooks/socketio/file*", lambda route: route.abort())
    visitor.page.locator("input[type=file]").set_input_files(text)
    expect(visitor.page.locator(".foot.failed")).to_be_visible()
    assert axe(visitor) == []
    wide = visitor.page.evaluate(
        """() => [...document.querySelector('optfm-chat').shadowRoot
            .querySelectorAll('dialog :not(.hidden, .hidden *, svg *)')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.className || e.localName)"""
    )
    assert wide == []
    assert visitor.page.locator(".scroll").bounding_box()["height"] >= 90
    for control in (visitor.input, visitor.page.locator(".manager").first):
        control.scroll_into_view_if_needed()
        assert control.bounding_box()["width"] > 60


def _spoken(visitor: Visitor) -> list[str]:
    """What the live region holds."""
    return visitor.page.locator("[role=log] p").all_inner_texts()


def test_each_new_line_is_spoken_once_and_the_history_never(visit, bot: Bot):
    """By its author; not what the visitor wrote himself, and nothing anew after a reload."""
    visitor = visit().open()
    word = uuid.uuid4().hex
    visitor.ask(f"привет {word}")
    first = _spoken(visitor)
    assert len(first) == len(visitor.said("bot"))
    assert all(line.startswith("Бот: ") for line in first)
    name = {"manager": {"name": "Ольга"}, "id": f"m{uuid.uuid4().hex}"}
    say_out_of_turn(bot, word, {"text": "Дисплей отложила", "custom": name})
    expect(visitor.page.locator("[role=log] p").last).to_have_text("Ольга: Дисплей отложила")
    assert len(_spoken(visitor)) == len(first) + 1
    visitor.page.reload()
    visitor.open()
    assert len(visitor.said()) > 1
    assert _spoken(visitor) == []
    live = visitor.page.locator("[aria-live]:not([aria-live=off])")
    assert live.count() == 1


def test_an_answer_that_takes_long_is_announced(visit, bot: Bot):
    """For eyes and ears; the dots alone say nothing to who does not see them."""
    visitor = visit()
    visitor.page.clock.install()
    visitor.page.reload()
    visitor.open()
    os.kill(bot.pid("actions"), signal.SIGSTOP)
    try:
        visitor.write("дисплей на айфон 11")
        expect(visitor.page.locator(".typing")).to_be_visible()
        visitor.page.clock.fast_forward(9_000)
        expect(visitor.page.locator(".typing")).to_contain_text("подождите")
        assert any("подождите" in line for line in _spoken(visitor))
    finally:
        os.kill(bot.pid("actions"), signal.SIGCONT)
    visitor.answered("дисплей на айфон 11")
    expect(visitor.page.locator(".typing")).to_have_count(0)


def test_a_failure_is_spoken(visit):
    """The reason, once."""
    visitor = visit().open()
    visitor.page.route("**/webhooks/socketio/file*", lambda route: route.abort())
    text = {"name": "накладная.txt", "mimeType": "text/plain", "buffer": b"1"}
    visitor.page.locator("input[type=file]").set_input_files(text)
    expect(visitor.page.locator("[role=log] p")).to_have_text(["Файл не отправлен"])


def test_a_whole_conversation_by_keyboard(visit):
    """A suggestion, a card's buttons, an answer's button; the focus is never lost."""
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    visitor.launcher.focus()
    keyboard = visitor.page.keyboard
    focused = """() => {
        const inner = document.querySelector('optfm-chat').shadowRoot.activeElement;
        return inner && (inner.ariaLabel || inner.innerText || inner.localName).trim();
    }"""

    def tab_to(name: str, key: str = "Tab") -> None:
        for _ in range(60):
            if name in (visitor.page.evaluate(focused) or ""):
                return
            keyboard.press(key)
        raise AssertionError(f"{name} cannot be reached")

    keyboard.press("Enter")
    visitor.connected()
    tab_to("Дисплей iPhone 11", "Shift+Tab")
    keyboard.press("Enter")
    visitor.answered("Дисплей iPhone 11")
    expect(visitor.input).to_be_focused()
    tab_to("Скопировать код", "Shift+Tab")
    keyboard.press("Enter")
    expect(visitor.page.locator("[role=log] p").last).to_contain_text("скопирован")
    tab_to("Хочу это")
    keyboard.press("Space")
    visitor.answered(visitor.said("user")[-1])
    tab_to("Согласен")
    keyboard.press("Enter")
    visitor.answered("Согласен")
    expect(visitor.input).to_be_focused()
    tab_to("Позвать менеджера", "Shift+Tab")
    assert visitor.page.evaluate(focused) == "Позвать менеджера"
    keyboard.press("Escape")
    expect(visitor.launcher).to_be_focused()


def test_tab_goes_from_top_to_bottom(visit):
    """Heading, messages, composer: as they stand on the screen."""
    visitor = visit().open()
    visitor.ask("дисплей на айфон 11")
    visitor.page.locator("header .round").first.focus()
    tops = []
    for _ in range(30):
        tops.append(
            visitor.page.evaluate(
                """() => {
                    const inner = document.querySelector('optfm-chat').shadowRoot.activeElement;
                    const areas = ['header', '.middle', 'footer'];
                    return inner ? areas.findIndex(area => inner.closest(area)) : -1;
                }"""
            )
        )
        visitor.page.keyboard.press("Tab")
    inside = tops[: tops.index(-1)] if -1 in tops else tops
    assert inside == sorted(inside)
    assert set(inside) == {0, 1, 2}

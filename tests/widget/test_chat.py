"""The chat as a visitor of the site uses it."""

import base64
import os
import re
import signal
import uuid

from conftest import Bot
from playwright.sync_api import expect
from widget.browsing import say_out_of_turn

_QUESTION = "скок стоит диспл на 11 айфон"
#: One pixel.
_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def test_a_price_question_is_answered_with_cards(visit):
    """Name, code and price of each row; the text around them without the rows."""
    visitor = visit().open()
    visitor.ask(_QUESTION)
    card = visitor.cards.first
    expect(card.locator(".card-name")).to_contain_text("iPhone 11")
    expect(card.locator(".code")).to_contain_text(re.compile(r"УТ-\d{8}"))
    expect(card.locator(".card-price")).to_contain_text("₽")
    expect(visitor.page.locator(".after").last).to_contain_text("по прайс-листу от 01.09.2025")
    assert visitor.page.locator(".bubble", has_text="· код").count() == 0


def test_a_sale_shows_both_prices(visit):
    """The printed price, the status, and what is left of the price."""
    visitor = visit().open()
    visitor.ask("автодержатель borofone bh34")
    sale = visitor.cards.filter(has_text="Распродажа").first
    expect(sale.locator("strong")).to_contain_text("₽")
    expect(sale.locator(".final")).to_contain_text("со скидкой")


def test_a_code_is_copied(visit):
    """One press, and it is in the clipboard."""
    visitor = visit(permissions=["clipboard-read", "clipboard-write"]).open()
    visitor.ask(_QUESTION)
    visitor.page.get_by_role("button", name="Скопировать код").first.click()
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied in visitor.cards.first.inner_text()


def test_wanting_a_row_begins_a_request_and_adds_to_it(visit):
    """The form asks for the consent, shows its document, and takes a further row at any time."""
    visitor = visit().open()
    visitor.ask(_QUESTION)
    first, second = visitor.page.locator(".card .code b").all_inner_texts()[:2]
    visitor.page.locator(".want").first.click()
    visitor.answered(visitor.said("user")[-1])
    link = visitor.page.locator(".message a[href*='/consent']").first
    expect(link).to_be_visible()
    for answer in ("Согласен", "Анна"):
        visitor.ask(answer)
    visitor.page.locator(".want").nth(1).click()
    visitor.answered(visitor.said("user")[-1])
    for answer in ("8 910 000-00-31", "Пропустить", "Москва"):
        visitor.ask(answer)
    summary = visitor.said("bot")[-1]
    assert first in summary
    assert second in summary


def test_a_button_is_pressed_once_and_shown_by_its_title(visit):
    """Its payload is for the bot; the buttons of an answered message go."""
    visitor = visit().open()
    visitor.ask("привет")
    visitor.page.get_by_role("button", name="Доставка", exact=True).last.click()
    visitor.answered("Доставка")
    assert visitor.said("user") == ["привет", "Доставка"]
    assert "1 000" in visitor.said("bot")[-1].replace("\u00a0", " ")
    visitor.page.reload()
    visitor.open()
    assert visitor.said("user") == ["привет", "Доставка"]


def test_a_manager_is_always_in_reach(visit):
    """One press, at any time."""
    visitor = visit().open()
    visitor.page.get_by_role("button", name="Позвать менеджера").first.click()
    visitor.answered("Позвать менеджера")
    assert "менеджер" in " ".join(visitor.said("bot")).lower()


def test_a_reload_shows_the_same_dialog(visit):
    """Texts, cards and order as they were; the panel stays open."""
    visitor = visit().open()
    visitor.ask(_QUESTION)
    visitor.ask("сколько стоит доставка в вологду?")
    before, cards = visitor.said(), visitor.cards.count()
    visitor.page.reload()
    visitor.connected()
    expect(visitor.cards).to_have_count(cards)
    assert visitor.said() == before
    expect(visitor.input).to_be_visible()


def test_a_second_tab_shows_both_sides_at_once(visit, bot: Bot):
    """What is said in one tab and answered there is in the other, once."""
    visitor = visit().open()
    visitor.ask("привет")
    other = type(visitor)(visitor.page.context.new_page())
    other.page.goto(bot.url)
    other.open()
    assert other.said() == visitor.said()
    other.ask("где вы находитесь?")
    visitor.answered("где вы находитесь?")
    assert visitor.said() == other.said()
    visitor.ask(_QUESTION)
    other.answered(_QUESTION)
    assert other.said() == visitor.said()


def test_answers_to_a_closed_chat_are_counted(visit, bot: Bot):
    """The button says how many, for eyes and for screen readers; opening it reads them."""
    visitor = visit().open()
    visitor.ask("привет")
    os.kill(bot.pid("actions"), signal.SIGSTOP)  # so that the answer comes after the Escape
    try:
        visitor.write("дисплей на айфон 11")
        visitor.page.keyboard.press("Escape")
    finally:
        os.kill(bot.pid("actions"), signal.SIGCONT)
    expect(visitor.page.locator(".launcher .unread")).to_have_text("1")
    expect(visitor.launcher).to_have_attribute("aria-label", re.compile("непрочитанных.*1"))
    visitor.page.reload()
    expect(visitor.page.locator(".launcher .unread")).to_have_text("1")
    visitor.open()
    expect(visitor.page.locator(".launcher .unread")).to_have_count(0)


def test_a_visitor_who_never_opens_the_chat_costs_no_connection(visit):
    """Nothing is sent to the server but for the page and its files."""
    visitor = visit()
    expect(visitor.launcher).to_be_visible()
    loaded = visitor.page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    assert not [name for name in loaded if "socket.io" in name]


def test_a_button_of_the_page_asks_in_the_chat(visit):
    """`data-optfm-ask` on anything of the shop's page."""
    visitor = visit()
    visitor.page.get_by_role("button", name="Сколько стоит доставка?").click()
    visitor.answered("Сколько стоит доставка?")


def test_a_forged_session_gets_a_dialog_of_its_own(visit, bot: Bot):
    """Somebody else's dialog under a signature that is not ours shows nothing."""
    victim = visit().open()
    victim.ask("дисплей на айфон 11")
    key, session = victim.page.evaluate(
        "Object.entries(localStorage).find(([k]) => k.endsWith(' session'))"
    )
    forged = session[:-4] + ("aaaa" if not session.endswith("aaaa") else "bbbb")
    thief = visit()
    thief.page.evaluate("([k, v]) => localStorage.setItem(k, v)", [key, forged])
    thief.page.reload()
    thief.open()
    thief.ask("привет")
    assert thief.said("user") == ["привет"]
    assert thief.page.evaluate("k => localStorage.getItem(k)", key) not in (session, forged)
    assert victim.said("user") == ["дисплей на айфон 11"]


def test_a_photo_is_sent_for_the_manager(visit):
    """Shown with its name, delivered, and answered civilly where no manager has the dialog."""
    visitor = visit().open()
    visitor.ask("привет")
    photo = {"name": "дисплей.png", "mimeType": "image/png", "buffer": _PNG}
    visitor.page.locator("input[type=file]").set_input_files(photo)
    shown = visitor.page.locator(".message.user").last
    expect(shown.locator(".state")).to_have_attribute("title", "Доставлено")
    expect(shown.get_by_role("img", name="дисплей.png")).to_be_visible()
    expect(visitor.page.locator(".message").last).to_have_class(re.compile("bot"))


def test_a_file_that_nobody_should_send_is_refused(visit):
    """By its kind, before it leaves the browser."""
    visitor = visit().open()
    program = {"name": "setup.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}
    visitor.page.locator("input[type=file]").set_input_files(program)
    expect(visitor.page.locator(".problem")).to_contain_text("не принимается")
    assert visitor.said() == []


def test_telegram_is_not_offered_where_there_is_no_bot(visit):
    """The button goes when the server says that it has none."""
    visitor = visit().open()
    button = visitor.page.locator(".telegram")
    if button.count():
        button.click()
    expect(button).to_have_count(0)


def test_a_manager_s_answer_comes_by_itself_and_has_his_name(visit, bot: Bot):
    """In the open chat, also in its heading; counted where the chat is closed; there after all."""
    visitor = visit().open()
    word = uuid.uuid4().hex
    visitor.ask(f"привет {word}")
    _manager_says(bot, word, "Добрый день, дисплей отложил", "Ольга")
    message = visitor.page.locator(".message.manager")
    expect(message.locator(".bubble")).to_have_text("Добрый день, дисплей отложил")
    expect(message.locator(".author")).to_have_text("Ольга")
    expect(visitor.page.locator(".subtitle")).to_contain_text("Ольга")
    visitor.page.keyboard.press("Escape")
    _manager_says(bot, word, "Счёт на почте", "Ольга")
    expect(visitor.page.locator(".launcher .unread")).to_have_text("1")


def test_a_manager_s_line_counts_as_delivered_only_when_a_page_has_it(visit, bot: Bot):
    """The chat acknowledges it; of a closed page the manager is told that it waits."""
    visitor = visit().open()
    word = uuid.uuid4().hex
    visitor.ask(f"привет {word}")
    line = {"text": "Отложила", "custom": {"manager": {"name": "Ольга"}}}
    assert say_out_of_turn(bot, word, line) == 200
    visitor.page.goto("about:blank")
    assert say_out_of_turn(bot, word, {**line, "text": "Счёт на почте"}) == 409


def test_a_wrong_clock_of_the_visitor_hides_no_answer(visit, bot: Bot):
    """Hours ahead of the server's: what comes is still unread."""
    visitor = visit()
    visitor.page.clock.set_system_time(visitor.page.evaluate("Date.now() / 1000 + 7200"))
    visitor.open()
    word = uuid.uuid4().hex
    visitor.ask(f"привет {word}")
    visitor.page.keyboard.press("Escape")
    say_out_of_turn(bot, word, {"text": "Отложила"})
    expect(visitor.page.locator(".launcher .unread")).to_have_text("1")


def _manager_says(bot: Bot, word: str, text: str, name: str) -> None:
    """Deliver a manager's words to the dialog in which a word was said, as the worker does."""
    custom = {"manager": {"name": name}, "id": f"m{uuid.uuid4().hex}"}
    say_out_of_turn(bot, word, {"text": text, "custom": custom})

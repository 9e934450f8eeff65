"""Rows of the price list as cards, and a reader of a long answer."""

import re
import uuid

import pytest
from conftest import Bot
from playwright.sync_api import expect
from widget.browsing import PHONE, Visitor, say_out_of_turn

_LONG = (
    "Дисплей для Samsung Galaxy A12/A12s/M12 (A125F/A127F/M127F) + тачскрин (черный) "
    "ОРИГИНАЛ/сервисный/БезРамкиОченьДлинноеСловоБезПробеловКоторыеМожноПеренести"
)


def _rows(count: int) -> list[dict]:
    return [
        {
            "code": f"УТ-9900{number:04}",
            "name": f"{_LONG} {number}",
            "price": 1000.5 + number,
            "final_price": 500.25 if number == 1 else 1000.5 + number,
            "status": {0: "Нет в наличии", 1: "Распродажа -50%"}.get(number, ""),
            "colours": ["чёрный", "белый"] if number == 2 else [],
        }
        for number in range(count)
    ]


def _answer(rows: list[dict]) -> dict:
    lines = [
        f"{n}. {row['name']}\n{row['price']} ₽ · код {row['code']}" for n, row in enumerate(rows, 1)
    ]
    text = "\n".join(["Вот что есть:", *lines, "", "Цены по прайс-листу от 01.09.2025."])
    return {"text": text, "custom": {"rows": rows, "list_date": "2025-09-01"}}


@pytest.fixture
def shown(visit, bot: Bot):
    """A visitor to whom ten rows were shown; `shown(**options of the browser)`."""

    def show(count: int = 10, **options: object) -> Visitor:
        visitor = visit(**options).open()
        word = uuid.uuid4().hex
        visitor.ask(f"привет {word}")
        say_out_of_turn(bot, word, _answer(_rows(count)))
        expect(visitor.cards).to_have_count(count)
        return visitor

    return show


@pytest.mark.parametrize("options", [{}, PHONE, {"viewport": {"width": 320, "height": 568}}])
def test_ten_cards_with_long_names_fit(shown, options):
    """Nothing is wider than the panel, and no line of the text repeats a card."""
    visitor = shown(**options)
    room = visitor.page.locator(".scroll").bounding_box()
    for part in (".card", ".card-name", ".want", ".code"):
        for box in (one.bounding_box() for one in visitor.page.locator(part).all()):
            assert box["x"] >= room["x"]
            assert box["x"] + box["width"] <= room["x"] + room["width"]
    message = visitor.page.locator(".message", has=visitor.cards)
    expect(message.locator(".bubble")).to_have_text("Вот что есть:")
    expect(message.locator(".after")).to_have_text("Цены по прайс-листу от 01.09.2025.")


def test_a_card_says_what_the_list_says(shown):
    """What is gone looks so, a sale shows both prices, kopecks and colours are there."""
    visitor = shown()
    gone, sale, coloured = visitor.cards.nth(0), visitor.cards.nth(1), visitor.cards.nth(2)
    expect(gone).to_have_class(re.compile("gone"))
    expect(gone.locator(".badge")).to_have_text("Нет в наличии")
    expect(sale.locator("strong")).to_have_text("1\u00a0001,50\u00a0₽")
    expect(sale.locator(".final")).to_contain_text("500,25")
    expect(coloured).to_contain_text("чёрный, белый")
    expect(visitor.cards.nth(3).locator(".badge")).to_have_count(0)


def test_wanting_a_row_says_its_name_and_code(shown):
    """The words that the bot understands, whatever language the chat speaks."""
    visitor = shown(count=2)
    visitor.page.locator(".want").nth(1).click()
    assert visitor.said("user")[-1] == f"Оставить заявку на {_LONG} 1 (код УТ-99000001)"


def test_a_code_is_copied_on_a_page_without_https_too(shown):
    """Where the browser has no clipboard for pages, the old way works; the card says so."""
    visitor = shown(count=2, permissions=["clipboard-read"])
    visitor.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    copy = visitor.page.get_by_role("button", name="Скопировать код УТ-99000001")
    copy.click()
    visitor.input.click()
    visitor.page.keyboard.press("Control+V")
    expect(visitor.input).to_have_value(re.compile("УТ-99000001"))


def test_a_reader_who_went_up_stays_there(shown, bot: Bot):
    """New messages are counted on a button that leads to them; at the end the log follows again."""
    visitor = shown()
    scroll = visitor.page.locator(".scroll")
    scroll.evaluate("box => { box.scrollTop = 0 }")
    below = visitor.page.locator(".below")
    expect(below).to_be_visible()
    word = visitor.said("user")[0].split()[-1]
    for _ in range(2):
        say_out_of_turn(bot, word, {"text": "Ещё строка"})
    expect(below.locator(".unread")).to_have_text("2")
    assert scroll.evaluate("box => box.scrollTop") == 0
    below.click()
    expect(below).to_have_count(0)
    expect(visitor.page.locator(".message").last).to_be_in_viewport()
    say_out_of_turn(bot, word, {"text": "И ещё"})
    expect(visitor.page.get_by_text("И ещё", exact=True)).to_be_in_viewport()


def test_days_are_named(visit, bot: Bot):
    """Today, yesterday, and dates beyond; every message has its time."""
    visitor = visit().open()
    visitor.ask("привет")
    now = visitor.page.evaluate("Date.now() / 1000")
    for later_s, name in ((0, "Сегодня"), (24 * 3600, "Вчера")):
        visitor.page.clock.set_fixed_time(now + later_s)
        visitor.page.reload()
        visitor.open()
        expect(visitor.page.locator(".day")).to_have_text(name)
    expect(visitor.page.locator("time").first).to_have_text(re.compile(r"^\d\d:\d\d$"))

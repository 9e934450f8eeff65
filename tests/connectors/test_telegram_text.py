"""Answers in Telegram's form (connectors/telegram/text.py, telegram_keyboards.py)."""

import re

from hypothesis import given
from hypothesis import strategies as st

from connectors.telegram.keyboards import callback_data, keyboard
from connectors.telegram.text import LONGEST, as_html, calls, split, units

PHONE = "Отправить номер"


def rows(count):
    return "\n".join(
        f"{n}. Дисплей {'длинный ' * 12}№{n}\n1 234 ₽ · код УТ-{n:08}" for n in range(1, count)
    )


def test_a_long_answer_is_cut_between_rows():
    """No row is torn, none is lost, each message fits."""
    text = "Нашлось:\n" + rows(80)
    pieces = split(text)
    assert len(pieces) > 1
    assert all(units(piece) <= LONGEST for piece in pieces)
    assert all(re.match(r"\d+\. ", piece) for piece in pieces[1:])
    assert "\n".join(pieces) == text


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.integers(3, 40))
def test_no_text_loses_a_letter(text, longest):
    """Whatever stands in it, also where a character takes two units."""
    pieces = split(text.strip(), longest)
    assert all(0 < units(piece) <= longest for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_buttons_stand_under_the_last_message():
    """Where the customer reads to the end."""
    answer = {"text": rows(80), "buttons": [{"title": "Ещё", "payload": "/show_more"}]}
    markups = ["reply_markup" in params for _, params in calls(answer, PHONE)]
    assert markups == [False] * (len(markups) - 1) + [True]


def test_marks_of_others_are_words():
    """A name in the price list cannot write HTML."""
    html = as_html("<b>A&B</b> 1 234,50 ₽ · код A<1", {"rows": [{"code": "A<1"}]})
    assert html == "&lt;b&gt;A&amp;B&lt;/b&gt; <b>1 234,50 ₽</b> · код <code>A&lt;1</code>"


def test_a_long_payload_travels_as_a_key():
    """Telegram takes 64 bytes; two payloads have two keys."""
    long = [callback_data({"title": "a", "payload": f"дисплей {'я' * 60} {n}"}) for n in (1, 2)]
    assert all(len(data.encode()) <= 64 for data in long) and long[0] != long[1]
    assert callback_data({"title": "a", "payload": "/greet"}) == "/greet"
    assert callback_data({"title": "a", "payload": "#1"}) != "#1"


def test_the_phone_is_asked_with_a_button_that_shares_it():
    """The other buttons stand beside it as texts."""
    answer = {
        "text": "Телефон?",
        "buttons": [{"title": "Отмена", "payload": "Отмена"}],
        "custom": {"form": {"field": "phone"}},
    }
    markup, _ = keyboard(answer, PHONE)
    assert markup["keyboard"] == [[{"text": PHONE, "request_contact": True}], [{"text": "Отмена"}]]


def test_a_local_link_is_words_and_a_public_one_a_button():
    """Telegram refuses buttons that lead to a local address."""
    buttons = [
        {"title": "Согласие", "url": "http://127.0.0.1:5005/consent"},
        {"title": "Сайт", "url": "https://optfm.ru/"},
    ]
    markup, under = keyboard({"text": "…", "buttons": buttons}, PHONE)
    assert under == "Согласие: http://127.0.0.1:5005/consent"
    assert markup["inline_keyboard"] == [[{"text": "Сайт", "url": "https://optfm.ru/"}]]

"""Price answers: what is said, what is offered, and what the next message may lean on."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from optfm.catalog.rows import PriceRow
from optfm.conversation import ConversationState, Total, Turn
from optfm.conversation.acts import Count
from optfm.db.tables import price_searches
from optfm.dialogue import row_texts, wording
from optfm.dialogue.prices import topic_instead
from optfm.dialogue.shop import Shop
from optfm.search import Hit

Run = Callable[..., dict]

_LIST_DATE = "01.09.2025"
_DAY = date(2025, 9, 1)


def _said(result: dict) -> dict:
    assert len(result["responses"]) == 1
    return result["responses"][0]


def _press(run: Run, button: dict) -> dict:
    """What is said to a pressed button, its payload taken apart as Rasa does it."""
    intent, _, carried = button["payload"].partition("{")
    assert intent == wording.PRESS
    entities = [
        {"entity": name, "value": value} for name, value in json.loads("{" + carried).items()
    ]
    message = {"text": button["payload"], "intent": {"name": intent[1:]}, "entities": entities}
    return _said(run("action_price_search", latest_message=message))


def _more(said: dict) -> dict | None:
    return next((b for b in said["buttons"] if b["title"].startswith("Ещё")), None)


def test_a_price_is_quoted_with_code_rouble_sign_and_the_lists_date(run: Run):
    """Every answer with a price says of which day it is."""
    said = _said(run("action_price_search", "дисплей айфон 11"))
    assert said["response"] == "utter_price_found"
    assert said["date"] == _LIST_DATE
    first = said["custom"]["rows"][0]
    assert first["code"] in said["rows"]
    assert re.search(r"\d ₽ · код ", said["rows"])


def test_at_most_five_rows_and_the_others_on_a_button(run: Run):
    """«Ещё N» leads on until there is nothing more, no row twice."""
    said = _said(run("action_price_search", "чехол белый"))
    assert _more(said)
    seen = [row["code"] for row in said["custom"]["rows"]]
    while more := _more(said):
        assert len(said["custom"]["rows"]) == 5
        said = _press(run, more)
        seen += [row["code"] for row in said["custom"]["rows"]]
    assert len(seen) == len(set(seen))
    assert _said(run("action_show_more"))["response"] == "utter_price_no_more"


def test_more_in_words_is_the_same_as_the_button(run: Run):
    """«ещё» goes on where the last rows ended."""
    said = _said(run("action_price_search", "чехол белый"))
    pressed = _press(run, _more(said))["custom"]["rows"]
    run("action_price_search", "чехол белый")
    assert _said(run("action_show_more"))["custom"]["rows"] == pressed


def test_an_old_button_finds_what_it_promised(run: Run):
    """A button of an earlier answer carries its own question, whatever was asked since."""
    old = _more(_said(run("action_price_search", "чехол белый")))
    run("action_price_search", "дисплей айфон 11")
    assert all("Чехол" in row["name"] for row in _press(run, old)["custom"]["rows"])


def test_a_follow_up_leans_on_the_last_question(run: Run):
    """«а на 12?» is answered for the same goods."""
    run("action_price_search", "диспл на 11 айфон")
    said = _said(run("action_price_search", "а на 12?"))
    assert all("iPhone 12" in row["name"] for row in said["custom"]["rows"])
    assert all("Дисплей" in row["name"] for row in said["custom"]["rows"])


def test_a_property_alone_is_of_the_goods_asked_for(run: Run):
    """«беспроводные» after «наушники» asks for no mouse."""
    run("action_price_search", "наушники")
    said = _said(run("action_price_search", "беспроводные"))
    assert said["custom"]["rows"]
    assert all("аушник" in row["name"] for row in said["custom"]["rows"])


def test_a_word_that_nobody_knows_poisons_nothing(run: Run):
    """After «а холодильник?» in vain «подешевле» is of no display; «а на 12?» still is."""
    run("action_price_search", "дисплей iphone 11")
    assert _said(run("action_price_search", "а холодильник?"))["response"] == "utter_price_none"
    assert _said(run("action_price_search", "подешевле"))["response"] == "utter_price_which"
    rows = _said(run("action_price_search", "а на 12?"))["custom"]["rows"]
    assert rows and all("Дисплей" in row["name"] for row in rows)


def test_a_picked_row_and_its_total(run: Run):
    """«второй», then «5 шт»: five times the price of the second row."""
    second = _said(run("action_price_search", "дисплей айфон 11"))["custom"]["rows"][1]
    assert _said(run("action_price_search", "второй"))["custom"]["rows"][0] == second
    said = _said(run("action_price_search", "5 шт сколько будет"))
    assert said["custom"] == {
        "total": second["price"] * 5,
        "count": 5,
        "code": second["code"],
    }


def test_pieces_of_several_rows_ask_which(run: Run):
    """«беру 100» under three rows, then «второй»: a hundred of the second."""
    rows = _said(run("action_price_search", "дисплей айфон 11"))["custom"]["rows"]
    said = _said(run("action_price_search", "беру 100"))
    assert said["response"] == "utter_price_which_row"
    assert [button["title"].split(" ")[0] for button in said["buttons"]] == [
        str(number) for number in range(1, len(rows) + 1)
    ]
    total = _press(run, said["buttons"][1])["custom"]
    assert (total["code"], total["count"]) == (rows[1]["code"], 100)


def test_pieces_of_the_cheapest_are_counted_at_once(run: Run):
    """After «подешевле» the first row is meant."""
    run("action_price_search", "кабель type-c")
    first = _said(run("action_price_search", "подешевле"))["custom"]["rows"][0]
    assert _said(run("action_price_search", "беру 100"))["custom"]["code"] == first["code"]


def test_cheaper_puts_the_cheapest_first(run: Run):
    """«подешевле» sorts the last answer by what is paid in the end."""
    run("action_price_search", "кабель type-c")
    rows = _said(run("action_price_search", "подешевле"))["custom"]["rows"]
    prices = [row["final_price"] for row in rows]
    assert prices == sorted(prices)


def test_a_model_that_is_not_there_is_an_honest_no(run: Run):
    """No row of another model, no price; the nearest on buttons, and a person."""
    said = _said(run("action_price_search", "дисплей iphone 27"))
    assert said["response"] == "utter_price_no_model"
    assert said["custom"]["rows"] == []
    assert "iPhone 27" in said["asked"]
    payloads = [button["payload"] for button in said["buttons"]]
    asks, watches, calls = payloads[-3:]
    assert (asks, calls) == ("/leave_request", "/call_manager")
    assert watches.endswith("дисплей iphone 27")


def test_a_button_of_the_nearest_finds_what_it_names(run: Run):
    """What is offered instead is really there."""
    said = _said(run("action_price_search", "дисплей iphone 27"))
    button = said["buttons"][0]
    rows = _press(run, button)["custom"]["rows"]
    assert button["title"].split("/")[0] in rows[0]["name"]


def test_several_goods_get_an_answer_each(run: Run):
    """«дисплей и акб на айфон 11» is two lists."""
    responses = run("action_price_search", "дисплей и аккумулятор на айфон 11")["responses"]
    firsts = [said["custom"]["rows"][0]["name"] for said in responses]
    assert ["Дисплей" in firsts[0], "Аккумулятор" in firsts[1]] == [True, True]


def test_after_a_miss_places_are_of_what_came_near(run: Run):
    """«а на 27?» shows what comes near; «второй» is the second of these, which were shown last."""
    run("action_price_search", "дисплей айфон 11")
    missed = _said(run("action_price_search", "а на 27?"))
    assert missed["response"] == "utter_price_no_model"
    (row,) = _said(run("action_price_search", "второй"))["custom"]["rows"]
    assert row["code"] == missed["custom"]["nearest"][1]["code"]


def test_a_miss_that_nothing_comes_near_loses_no_rows(run: Run):
    """After «а холодильник?» «второй» is still the second display."""
    second = _said(run("action_price_search", "дисплей айфон 11"))["custom"]["rows"][1]
    run("action_price_search", "а холодильник?")
    assert _said(run("action_price_search", "второй"))["custom"]["rows"] == [second]


def test_goods_alone_are_looked_for_on_the_last_device(run: Run):
    """«акб» after a display for iPhone 11."""
    run("action_price_search", "дисплей айфон 11")
    rows = _said(run("action_price_search", "акб"))["custom"]["rows"]
    assert all("Аккумулятор" in row["name"] and "iPhone 11" in row["name"] for row in rows)


def test_goods_that_fit_no_device_are_found_after_a_device(run: Run):
    """A power bank is not one for iPhone 11."""
    run("action_price_search", "чехол айфон 11")
    assert _said(run("action_price_search", "павербанк"))["custom"]["rows"]


def test_more_keeps_the_order(run: Run):
    """After «подешевле» the next rows are not cheaper than those before."""
    run("action_price_search", "чехол белый")
    seen = []
    said = _said(run("action_price_search", "подешевле"))
    while said["response"] == "utter_price_found":
        seen += [row["final_price"] for row in said["custom"]["rows"]]
        said = _said(run("action_show_more"))
    assert len(seen) > 5
    assert seen == sorted(seen)


def test_a_button_of_another_colour_replaces_the_colour(run: Run):
    """The nearest colour is asked for in place of the missing one, not beside it."""
    run("action_price_search", "дисплей айфон 12")
    said = _said(run("action_price_search", "фиолетовый"))
    assert said["custom"]["rows"] == []
    assert "фиолетовый" not in said["buttons"][0]["payload"]
    assert _press(run, said["buttons"][0])["custom"]["rows"]


@pytest.mark.parametrize("text", ["второй", "подешевле", "5 шт сколько будет"])
def test_words_about_rows_never_shown_are_asked_about(run: Run, text: str):
    """No price is guessed, and no «нет в прайсе» is said."""
    assert _said(run("action_price_search", text))["response"] == "utter_price_which"


def test_an_answer_to_our_own_question_is_never_off_topic(run: Run):
    """After «Для какой модели?» a number is a model, whatever the model takes it for."""
    assert _said(run("action_price_search", "дисплей"))["response"] == "utter_price_ask"
    said = _said(run("action_answer_other", "айфон 11", intent="out_of_scope"))
    assert all("iPhone 11" in row["name"] for row in said["custom"]["rows"])


def test_the_price_of_what_was_shown_is_said_again(run: Run):
    """«сколько стоит» after a picked row."""
    run("action_price_search", "дисплей айфон 11")
    row = _said(run("action_price_search", "второй"))["custom"]["rows"]
    assert _said(run("action_price_search", "сколько стоит"))["custom"]["rows"] == row


def test_a_follow_up_that_no_topic_claimed_is_understood(run: Run):
    """«беру второй» after rows, whatever the model takes it for."""
    second = _said(run("action_price_search", "дисплей айфон 11"))["custom"]["rows"][1]
    said = _said(run("action_answer_other", "беру второй", intent="nlu_fallback"))
    assert said["custom"]["rows"] == [second]


def test_every_question_is_kept_for_the_owner(run: Run, shop: Shop):
    """Without the contacts in it, with the outcome and the revision."""
    run("action_price_search", "дисплей iphone 27, звоните 8 910 000 00 00")
    shop.searches.close()
    with shop.engine.connect() as connection:
        kept = connection.execute(select(price_searches)).mappings().one()
    assert kept["question"] == "дисплей iphone 27, звоните"
    assert kept["answer"] == "none"
    assert kept["dialog"] == "dialog-1"


def test_a_phone_alone_is_no_question_about_goods(run: Run):
    """Only the form answers it."""
    result = run("action_price_search", "8 910 000 00 00")
    assert result["responses"] == []
    assert result["events"] == [{"event": "followup", "timestamp": None, "name": "request_form"}]


def test_misunderstandings_end_with_a_person(run: Run):
    """The third one in a row gives the phone and the form plainly."""
    said = [_said(run("action_answer_other", "абракадабра"))["response"] for _ in range(4)]
    assert said == [
        "utter_other_unknown",
        "utter_other_unknown_again",
        "utter_other_give_up",
        "utter_other_give_up",
    ]


def test_goods_that_no_topic_claimed_are_still_found(run: Run):
    """Where the topic is unclear but the goods are sure, the price is the answer."""
    assert _said(run("action_answer_other", "дисплей айфон 11"))["custom"]["rows"]


def _row(status: str) -> PriceRow:
    return PriceRow(
        code="УТ-1", name="Кабель", price_kop=1_234_50, status=status, path=(), row_number=1
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("", "1 234,50 ₽"),
        ("Распродажа -50%", "1 234,50 ₽ без скидки, по распродаже −50 % около 617,25 ₽"),
    ],
)
def test_a_sale_price_is_said_without_and_with_its_discount(status: str, words: str):
    """1C prints the price without the discount; the customer reads both."""
    hit = Hit(row=_row(status), rows=(_row(status),), colours=(), score=1.0)
    assert words in row_texts.rows_text([hit])


@pytest.mark.parametrize(
    ("status", "count", "words"),
    [
        ("Кратно 5 шт", 7, "возьмите 10 шт"),
        ("Кратно 5 шт", 10, ""),
        ("Дешевле от 5 шт", 5, "От 5 шт цена ниже"),
        ("Дешевле от 5 шт", 4, ""),
    ],
)
def test_packs_and_quantity_prices_are_said_with_a_total(status: str, count: int, words: str):
    """A total that the shop would not sell so is told."""
    act = Count(lines=(("УТ-1", count),))
    turn = Turn(
        act=act, replies=(Total(lines=((_row(status), count),)),), state=ConversationState()
    )
    (message,) = wording.messages_of(turn, _DAY)
    note = message.values["note"]
    assert words in note
    assert bool(note) == bool(words)


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("одну беру", "utter_price_total"),
        ("понял, беру четыре", "utter_price_total"),
        ("это оригинал?", None),
    ],
)
def test_a_few_words_over_a_row_are_about_it_whatever_topic_they_sound_like(
    run: Run, words: str, reply: str | None
):
    """They count it, or ask about it; «спасибо» and «оформите» are given back to the rules."""
    run("action_price_search", "дисплей айфон 11")
    run("action_price_search", "первый")
    said = _said(run("action_about_rows", words))
    assert reply is None or said["response"] == reply
    for other in ("спасибо", "оформите заказ", "ок"):
        given_back = run("action_about_rows", other)
        assert [event["event"] for event in given_back["events"]] == ["undo"]
        assert not given_back["responses"]


def test_without_rows_the_topic_is_meant(run: Run):
    """Nothing was shown: nothing can be counted."""
    given_back = run("action_about_rows", "одну беру")
    assert [event["event"] for event in given_back["events"]] == ["undo"]


def test_the_price_of_one_row_offers_to_tell_once_it_is_cheaper(run) -> None:
    """The button says the row's code; under several rows there is none."""
    [said] = run("action_price_search", "аккумулятор iphone 11")["responses"]
    row = said["custom"]["rows"][0]
    [one] = run("action_price_search", f"код {row['code']}")["responses"]
    wanted = f"Сообщите, когда подешевеет {row['code']}"
    assert wanted in [button["payload"] for button in one["buttons"]]
    assert len(said["custom"]["rows"]) == 1 or wanted not in str(said["buttons"])


@pytest.mark.parametrize(
    ("ranking", "topic"),
    [
        ([("price_question", 0.5), ("shop_returns", 0.3)], "shop_returns"),
        ([("price_question", 0.9), ("shop_returns", 0.1)], ""),
        ([("price_question", 0.5), ("shop_returns", 0.05)], ""),
        ([("price_question", 0.5), ("out_of_scope", 0.4)], ""),
        ([("price_question", 0.5)], ""),
        ([], ""),
    ],
)
def test_a_message_that_only_sounds_like_goods_has_a_topic_instead(ranking, topic):
    """«перепутали чёрный с белым» is no question for black goods."""
    ranked = [{"name": name, "confidence": sure} for name, sure in ranking]
    assert topic_instead({"intent_ranking": ranked}) == topic

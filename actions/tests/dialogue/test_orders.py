"""The order's turn over a real Postgres: a list, a file, an edit, what is given back."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from common import kept_files
from optfm.dialogue.order_turn import about
from optfm.dialogue.orders import OrderTurn
from optfm.dialogue.shop import Shop
from optfm.orders import Order
from tests.dialogue.form import Start

Hear = Callable[..., tuple[list[dict], list[dict]]]


@pytest.fixture
def hear(shop: Shop, tmp_path: Path) -> Hear:
    """One message to the action; its events and what was said."""
    action = OrderTurn(dataclasses.replace(shop, files=tmp_path))

    def say(
        text: str, file: str = "", asked: str = "", also: tuple[str, ...] = ()
    ) -> tuple[list[dict], list[dict]]:
        metadata = {"file": {"name": text, "url": file}} if file else {}
        latest = {"text": text, "intent": {"name": None}, "metadata": metadata, "also": also}
        form = {"name": "request_form"} if asked else {}
        slots = {"requested_slot": asked} if asked else {}
        tracker = Tracker("d-1", slots, latest, [], False, None, form, "action_listen")
        dispatcher = CollectingDispatcher()
        return action.run(dispatcher, tracker, {}), dispatcher.messages

    return say


def test_a_list_becomes_an_order_and_its_lines_are_edited(hear: Hear) -> None:
    """The order comes with each reply."""
    _, said = hear("аккумулятор iphone 11 - 2 шт, кабель type-c 5 шт")
    assert [line["quantity"] for line in said[0]["custom"]["order"]["lines"]] == [2, 5]
    _, said = hear("второе возьми 10")
    assert [line["quantity"] for line in said[0]["custom"]["order"]["lines"]] == [2, 10]


@pytest.mark.parametrize(
    "text",
    [
        "сколько стоит доставка?",
        "раньше брали в москве, хочу понять, вы за свой счет повезете или нам платить,"
        " а то в москве с нас по 900 брали каждый раз",
    ],
)
def test_what_is_no_order_is_given_back(hear: Hear, text: str) -> None:
    """As if the action had not run; a sum that a story tells is no count."""
    events, said = hear(text)
    assert [event["event"] for event in events] == ["undo"] and not said


def test_a_file_joins_the_open_order(hear: Hear, tmp_path: Path) -> None:
    """Its lines come after those that are there; a paper that is no order changes nothing."""
    hear("аккумулятор iphone 11 - 2 шт, кабель type-c 5 шт")
    table = "наименование;кол-во\nаккумулятор iphone xr;3".encode()
    path = kept_files.keep(tmp_path, "d-1", table, suffix=".csv")
    _, said = hear("заказ.csv", file=path)
    assert [x["quantity"] for x in said[0]["custom"]["order"]["lines"]] == [2, 5, 3]
    paper = kept_files.keep(tmp_path, "d-1", "Приглашаем на выставку".encode(), suffix=".txt")
    _, said = hear("письмо.txt", file=paper)
    assert "не похоже на заказ" in said[0]["text"]
    assert len(said[0]["custom"]["order"]["lines"]) == 3


def test_a_file_that_is_gone_is_not_met_by_silence(hear: Hear) -> None:
    """The customer is asked to send it again."""
    events, said = hear("заказ.csv", file=f"/files/{'a' * 43}.csv")
    assert not events and "ещё раз" in said[0]["text"]


def test_a_count_beside_several_rows_is_of_their_goods(run) -> None:
    """Which of them is asked; nothing of the two wishes is read as a model's number."""
    run("action_price_search", "дисплей iphone 11")
    first, second = run("action_order", "беру 2, и ещё аккумулятор на него")["responses"][0][
        "custom"
    ]["order"]["lines"]
    assert (first["quantity"], first["state"]) == (2, "choose")
    assert all("исплей" in option["name"] for option in first["options"])
    assert all("ккумулятор" in option["name"] for option in second["options"] or [second])


@pytest.mark.parametrize(
    ("said", "quantities"),
    [
        (["возьму 3, и аккумулятор к нему 2"], [3, 2]),
        (["беру 2, и ещё аккумулятор на него"], [2, None]),
        (["давайте 4 шт", "и аккумулятор к нему 2 шт"], [4, 2]),
        (["давайте 4 шт", "ещё аккумулятор на iphone 12 - 2 шт, кабель type-c 3"], [4, 2, 3]),
        (["аккумулятор к нему 2 шт"], [2]),
        (["давайте 4 шт", "аккумулятор iphone xr - 2 шт, кабель type-c 3"], [2, 3]),
    ],
)
def test_a_list_goes_on_from_the_row_that_was_talked_of(run, said, quantities) -> None:
    """A count is of the row in focus, «к нему» is its device; a list of its own begins anew."""
    run("action_price_search", "дисплей iphone 11 in-cell")
    run("action_price_search", "самый дешёвый")
    *counted, last = said
    for text in counted:
        run("action_price_search", text)
    order = run("action_order", last)["responses"][0]["custom"]["order"]
    assert [line["quantity"] for line in order["lines"]] == quantities
    leaning = [line for line in order["lines"] if "нему" in line["said"] or "него" in line["said"]]
    for line in leaning:
        names = [line["name"], *(option["name"] for option in line.get("options", ()))]
        assert all("iPhone 11" in name for name in names if name), line


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        (["дисплей iphone 11"], [("choose", None)]),
        (["дисплей iphone 11", "7 штук"], [("choose", 7)]),
        (["дисплей iphone 11 in-cell", "самый дешёвый"], [("sure", None)]),
        (["дисплей iphone 11 in-cell", "самый дешёвый", "4 шт"], [("sure", 4)]),
        (
            ["дисплей iphone 11 in-cell", "самый дешёвый", "4 шт", "аккумулятор iphone xr"],
            [("sure", 4), ("sure", None)],
        ),
    ],
)
def test_what_was_counted_or_shown_is_ordered(run, said, lines) -> None:
    """«Оформляй» makes lines of it, says what is open in them, and asks for the contacts."""
    for text in said:
        run("action_price_search", text)
    result = run("action_order", "оформляй")
    told, order = result["responses"][0]["text"], result["responses"][0]["custom"]["order"]
    assert [(line["state"], line["quantity"]) for line in order["lines"]] == lines
    assert {"event": "followup", "timestamp": None, "name": "request_form"} in result["events"]
    assert ("не выбрано — строка" in told) == any(state == "choose" for state, _ in lines)
    assert ("сколько штук, — строка" in told) == (("sure", None) in lines)
    if lines[0][0] == "choose":
        shown = run("action_price_search", said[0])["responses"][0]["custom"]["rows"]
        assert [o["code"] for o in order["lines"][0]["options"]] == [r["code"] for r in shown]


@pytest.mark.parametrize(
    "text", ["оформляй?", "самый дешёвый", "это всё", "сколько стоит доставка"]
)
def test_rows_that_nobody_took_are_no_order(run, text: str) -> None:
    """Nor is «это всё» over rows of which none was spoken of."""
    run("action_price_search", "дисплей iphone 11")
    assert [e["event"] for e in run("action_order", text)["events"]] == ["undo"]


def test_what_went_with_a_request_is_not_ordered_again(start: Start, shop: Shop) -> None:
    """The row is spoken of still; its count is not."""
    form = start(agreed=False, over=shop)
    form.hear("аккумулятор iphone 11 - 2 шт", "price_question", 1.0)
    form.run("action_price_search")
    form.begin("оставить заявку")
    for answer in ("да", "Анна", "89100001130", "-", "да", "-", "отправить"):
        form.say(answer)
    assert form.asked() is None and form.slots["request_sent"]
    kept = form.slots["price_state"]
    assert kept["focus"] and not kept.get("lines") and not kept.get("count")


def test_an_option_is_chosen_in_the_form(hear: Hear) -> None:
    """«второй» is nobody's name; a bare digit may be one of a phone."""
    hear("дисплей iphone 11 - 2, кабель type-c 5 шт")
    _, said = hear("второй", asked="name")
    assert said[0]["custom"]["order"]["lines"][0]["state"] == "sure"
    hear("верни")
    assert not hear("2", asked="phone")[1]


def test_an_order_that_was_emptied_comes_back(hear: Hear) -> None:
    """«верни» is heard though there is no line left to speak of."""
    hear("аккумулятор iphone 11 - 2 шт, кабель type-c 5 шт")
    _, said = hear("последние две убери")
    assert not said[0]["custom"]["order"]["lines"]
    _, said = hear("верни")
    assert [line["quantity"] for line in said[0]["custom"]["order"]["lines"]] == [2, 5]


def test_what_changes_nothing_says_so(hear: Hear) -> None:
    """Nor does it forget what «верни» brings back."""
    hear("аккумулятор iphone 11 - 2 шт, кабель type-c 5 шт")
    hear("второй строки 7")
    _, said = hear("убери девятую строку")
    assert "Строки 9 в заказе нет: в нём 2 строки." in said[0]["text"]
    _, said = hear("второй строки 7")
    assert "ничего не изменилось" in said[0]["text"]
    _, said = hear("верни")
    assert [line["quantity"] for line in said[0]["custom"]["order"]["lines"]] == [2, 5]


@pytest.mark.parametrize("text", ["8 910 000 11 22 доб. 5", "+7 910 000-11-22, 5 этаж", "5"])
def test_contacts_in_the_form_change_no_order(hear: Hear, text: str) -> None:
    """Their numbers are no quantities."""
    hear("аккумулятор iphone 11 - 2 шт, кабель type-c 5 шт")
    events, said = hear(text, asked="phone")
    assert [event["event"] for event in events] == ["undo"] and not said


def test_delivery_asked_beside_the_goods_is_answered_for_its_town(hear: Hear) -> None:
    """The numbers of the list are no sums."""
    text = "аккумулятор iphone 11 - 2 шт, кабель type-c 5 шт, доставка в Кохму сколько?"
    events, said = hear(text, also=["faq_delivery_cost"])
    assert "Кохм" in said[1]["text"] and "4 000 ₽" in said[1]["text"]
    assert any(event.get("name") == "facts_state" for event in events)


def test_a_count_after_a_price_adds_those_goods(run) -> None:
    """Beside an open order, too: its last line stays as it was."""
    run("action_order", "аккумулятор iphone 11 - 2 шт, кабель type-c 5 шт")
    run("action_price_search", "дисплей iphone 11 in-cell")
    run("action_price_search", "самый дешёвый")
    priced = [{"event": "bot", "data": {"custom": {"rows": [{"code": "УТ-1"}]}}}]
    order = run("action_order", "беру 3", events=priced)["responses"][0]["custom"]["order"]
    assert [line["quantity"] for line in order["lines"]] == [2, 5, 3]
    assert "исплей" in order["lines"][2]["name"]


@pytest.mark.parametrize("text", ["беру 2 аккумулятора iphone 11", "аккумулятор iphone 11 2"])
def test_a_single_good_that_is_taken_begins_an_order(hear: Hear, text: str) -> None:
    """With his word for it, or with the count after the whole name."""
    _, said = hear(text)
    assert [line["quantity"] for line in said[0]["custom"]["order"]["lines"]] == [2]


def test_an_order_leaves_the_subject_of_the_request_beside_itself() -> None:
    """What the form was told before the list stays in what the manager reads."""
    first = about(Order(), "возврат брака")["value"]
    assert first.endswith("; возврат брака")
    assert about(Order(), first)["value"] == first


@pytest.mark.parametrize("wish", ["сообщите, когда появится", "напишите, как iphone 77 появится"])
def test_a_watch_is_of_the_line_that_was_not_found(run, wish) -> None:
    """With what stands above it: the header says what the goods are."""
    said = run("action_order", "аккумуляторы: iphone 11 - 2, iphone 77 - 1")["responses"][0]
    assert said["custom"]["order"]["lines"][1]["state"] == "none"
    shown = [{"event": "bot", "data": {"custom": said["custom"]}}]
    watch = run("action_watch", wish, events=shown)["responses"][0]["custom"]["watch"]
    assert watch["kind"] == "appears"
    assert "аккумулятор" in watch["asked"] and "77" in watch["asked"]

"""Who hears a message before the rules."""

from pathlib import Path

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from components.order_policy import OrderPolicy

ROOT = Path(__file__).parents[2]
CONFIG = next(
    policy
    for policy in yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["policies"]
    if policy["name"] == "components.order_policy.OrderPolicy"
)
DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [said]
    slots:
      order_open: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      facts_state: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      price_state: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      request_sent: {type: any, influence_conversation: false, mappings: [{type: custom}]}
      town: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    forms: {request_form: {required_slots: [town]}}
    actions:
      [action_order, action_sent_request, action_watch, action_follow_up, action_about_rows,
       action_only_of_rows,
       action_understand]
    """
)
LISTEN = ActionExecuted("action_listen")
OPENED, SENT = SlotSet("order_open", True), SlotSet("request_sent", {"id": 1})
BACK = ActionReverted()


class _Context:
    is_finetuning = False


def said(text: str, intent: str = "said", **metadata: object) -> UserUttered:
    """A customer's message."""
    return UserUttered(text, {"name": intent, "confidence": 1.0}, metadata=metadata)


def predicted(*events) -> str | None:
    """The policy's choice after these events, None where it has none."""
    tracker = DialogueStateTracker.from_events("a", [LISTEN, *events], DOMAIN.slots)
    policy = OrderPolicy({**OrderPolicy.get_default_config(), **CONFIG}, None, None, _Context())
    found = policy.predict_action_probabilities(tracker, DOMAIN).probabilities
    return DOMAIN.action_names_or_texts[found.index(1.0)] if 1.0 in found else None


@pytest.mark.parametrize(
    "text",
    [
        *("дисплей 11 - 2\nакб 11 - 3", "кабель 5 шт", "пару акб на 11", "повтори прошлый заказ"),
        *("акб 7 5, акб 8 3", "верни как было", "УТ-00012345 x2", "беру 2 дисплея"),
        *("добавь в заказ bx51 10", "монопод wtr-55 1", "акб 11 hg 3 дисплей xr 2"),
        *("акб xr 4", "УТ-00012345 пять штук", "дисплей 11 семь штук"),
    ],
)
def test_what_may_be_a_list_is_heard_by_the_order(text: str):
    """Without an order that is open, too."""
    assert predicted(said(text)) == "action_order"


@pytest.mark.parametrize("text", ["заказывал 10 стёкол, пришло 8", "оплатил 5 шт, в коробке 4 шт"])
def test_what_came_wrong_is_no_list(text: str):
    """Its goods are there already; in an open order it may be about its lines."""
    assert predicted(said(text)) is None
    assert predicted(OPENED, said(text)) == "action_order"


@pytest.mark.parametrize(
    "text", ["привет", "пять штук", "сколько стоит дисплей 11", "/leave_request", "5", ""]
)
def test_all_else_is_the_rules_business(text: str):
    """The policy is silent."""
    assert predicted(said(text)) is None


def test_with_an_open_order_it_hears_everything_that_is_typed():
    """But no button of another's."""
    assert predicted(OPENED, said("спасибо")) == "action_order"
    assert predicted(OPENED, said("/leave_request")) is None


def test_what_was_given_back_is_not_heard_twice():
    """Not by the same, and after all of them by the rules."""
    heard = [SENT, said("дисплей 11 - 2\nакб 11 - 3")]
    assert predicted(*heard) == "action_sent_request"
    heard += [ActionExecuted("action_sent_request"), BACK]
    assert predicted(*heard) == "action_order"
    assert predicted(*heard, ActionExecuted("action_order"), BACK) is None


def test_a_file_is_an_order_whatever_else_is_open():
    """It is named by the metadata of its message."""
    assert predicted(SENT, said("заказ.xlsx", file={"name": "заказ.xlsx"})) == "action_order"


def test_a_wish_to_be_told_is_heard_by_the_watches():
    """By its words, or after the bot has offered it; never in the middle of a form."""
    assert predicted(said("сообщите, когда появится")) == "action_watch"
    offer = BotUttered("Сообщить?", {"custom": {"watch": {"code": "1"}}})
    assert predicted(said("акб"), offer, LISTEN, said("да")) == "action_watch"
    form = ActiveLoop("request_form")
    assert predicted(form, LISTEN, said("сообщите, когда появится")) is None


@pytest.mark.parametrize(
    "action",
    [
        "action_order",
        "action_sent_request",
        "action_watch",
        "action_follow_up",
        "action_about_rows",
        "action_only_of_rows",
        "action_understand",
    ],
)
def test_after_its_answer_the_turn_ends_or_the_form_goes_on(action: str):
    """Nobody answers the same message after them."""
    heard = [said("дисплей 11 - 2\nакб 11 - 3"), ActionExecuted(action), BotUttered("2 строки")]
    assert predicted(*heard) == "action_listen"
    assert predicted(*heard, ActiveLoop("request_form")) is None


STORY = (
    "Взял у вас три дисплея на а12 и пять аккумуляторов, один дисплей пришёл с полосой, мастер "
    "развёл руками. Клиент ждёт второй день. Как вернуть его и сколько на это есть времени?"
)


def test_a_story_with_numbers_is_no_order():
    """What was bought is told on the way; a list in so many words still is one."""
    assert predicted(said(STORY, intent="faq_defects")) is None
    assert predicted(said(STORY, intent="price_question")) == "action_order"
    assert predicted(said("дисплей а12 3 шт\nакб а12 5 шт\nещё", intent="faq_stock")) is not None


def test_a_short_message_after_a_topic_is_heard_by_it_first():
    """By the response's name, or by the case that its answer was computed for."""
    topic = BotUttered("Промокод", metadata={"utter_action": "utter_faq_discounts"})
    other = BotUttered("Привет", metadata={"utter_action": "utter_greet"})
    asked, more = said("есть скидки?"), said("а новичкам?")
    assert predicted(asked, topic, LISTEN, more) == "action_follow_up"
    assert predicted(asked, SlotSet("facts_state", {}), LISTEN, more) == "action_follow_up"
    assert predicted(asked, other, LISTEN, more) is None
    assert predicted(asked, topic, LISTEN, more, ActionExecuted("action_follow_up"), BACK) is None
    assert predicted(asked, topic, LISTEN, said("а " * 12)) is None


def test_a_few_words_over_rows_are_about_them_where_their_topic_is_not_sure():
    """«Одну беру» alone asks for a manager; in the form the rules hear it, too."""
    rows = SlotSet("price_state", {"listed": ["1", "2"]})

    def heard(text: str, intent: str, confidence: float, *before) -> str | None:
        return predicted(
            *before, LISTEN, UserUttered(text, {"name": intent, "confidence": confidence})
        )

    assert heard("одну беру", "leave_request", 0.5, rows) == "action_about_rows"
    assert heard("спасибо, второй", "thanks", 0.99, rows) == "action_about_rows"
    assert heard("оставить заявку", "leave_request", 0.9, rows) == "action_only_of_rows"
    assert heard("что такое олед", "trade_terms", 0.99, rows) == "action_only_of_rows"
    assert heard("одну беру", "leave_request", 0.5) is None
    assert heard("одну беру", "leave_request", 0.5, rows, ActiveLoop("request_form")) is None
    back = (ActionExecuted("action_only_of_rows"), BACK)
    ask = UserUttered("сколько стоит доставка", {"name": "faq_delivery_cost", "confidence": 0.9})
    assert predicted(rows, LISTEN, ask, *back) is None
    unsure = UserUttered(ask.text, {"name": "faq_delivery_cost", "confidence": 0.5})
    assert predicted(rows, LISTEN, unsure) == "action_about_rows"
    both = (ActionExecuted("action_about_rows"), BACK, *back)
    assert predicted(rows, LISTEN, unsure, *both) == "action_understand"


def test_a_story_over_rows_is_as_sure_as_the_whole_of_it():
    """«жена сказала на тридцать два»: hours by one word, and the whole says nothing of them."""
    rows = SlotSet("price_state", {"listed": ["1", "2"]})
    of = {"name": "faq_hours", "confidence": 1.0}

    def heard(sure: float) -> str | None:
        told = {"told": {"topic": "faq_hours", "sure": sure}}
        return predicted(rows, LISTEN, UserUttered("жена сказала побольше", of, parse_data=told))

    assert heard(0.01) == "action_about_rows"
    assert heard(0.9) == "action_only_of_rows"


def test_what_is_shown_may_be_ordered():
    """Only while rows are shown and the message is not about one of them, and no form is open."""
    shown = SlotSet("price_state", {"listed": ["УТ-1"]})
    back = (ActionExecuted("action_only_of_rows"), BACK)
    for text in ("оформляй", "ну всё, беру", "выставляйте счёт"):
        asked = said(text, "leave_request")
        assert predicted(shown, LISTEN, asked) == "action_only_of_rows"
        assert predicted(shown, LISTEN, asked, *back) == "action_order"
        assert predicted(said(text, "leave_request")) is None
    assert predicted(shown, ActiveLoop("request_form"), said("оформляй", "leave_request")) is None


def test_rows_shown_hear_a_topic_first_unless_it_is_of_goods_or_a_person():
    """Who has no rows, writes at length or asks for a manager is heard by the rules."""
    rows = SlotSet("price_state", {"listed": ["1", "2"]})

    def heard(text: str, intent: str, *before) -> str | None:
        sure = {"name": intent, "confidence": 0.99}
        return predicted(*before, LISTEN, UserUttered(text, sure))

    assert heard("минимальная цена?", "faq_minimum_order", rows) == "action_only_of_rows"
    assert heard("минимальная цена?", "faq_minimum_order") is None
    assert heard("а белый", "price_question", rows) is None
    assert heard("позовите человека", "call_manager", rows) is None
    assert heard("цена " * 11, "faq_minimum_order", rows) is None


def test_a_doubted_topic_is_heard_by_whoever_may_know_better():
    """By the confidence of the whole; «this stands in no fact» is doubted however sure it is."""

    def heard(intent: str, confidence: float, *before, **parsed: object) -> str | None:
        of = {"name": intent, "confidence": confidence}
        return predicted(*before, UserUttered("а это у вас как", of, parse_data=parsed))

    assert heard("faq_credit", 0.7) == "action_understand"
    assert heard("faq_credit", 0.9) is None
    assert heard("shop_other", 1.0) == "action_understand"
    assert heard("greet", 0.4) is None
    told = {"topic": "faq_credit", "sure": 0.1}
    assert heard("faq_credit", 1.0, told=told) == "action_understand"
    assert heard("faq_vat", 1.0, told=told) is None
    assert heard("faq_credit", 0.7, also=["faq_vat"]) is None
    assert heard("faq_credit", 0.7, ActiveLoop("request_form"), LISTEN) is None

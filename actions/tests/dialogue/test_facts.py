"""A dialog goes on with a computed answer, and only with the one just before."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from optfm.dialogue.facts import SLOT, AnswerFacts, Facts, GoOn, goes_on
from optfm.facts.calendar import Calendar

FACTS = Facts(
    Calendar(), ZoneInfo("Europe/Moscow"), now=lambda: datetime(2026, 12, 1, 8, tzinfo=UTC)
)


class Talk:
    """Says texts as a customer does, and keeps what a dialog keeps."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.slots: dict[str, Any] = {}

    def tracker(self, text: str, intent: str, *also: str) -> Tracker:
        ranking = [{"name": intent, "confidence": 1.0}]
        latest = {"text": text, "intent_ranking": ranking, "also": list(also)}
        self.events.append({"event": "user", "text": text})
        return Tracker("d", dict(self.slots), latest, self.events, False, None, {}, "action_listen")

    def say(self, text: str, intent: str, *also: str) -> str:
        """The bot's texts; names of templates stand for theirs."""
        dispatcher = CollectingDispatcher()
        action = GoOn(FACTS) if intent == "detail" else AnswerFacts(FACTS)
        self.keep(action.run(dispatcher, self.tracker(text, intent, *also), {}))
        said = [m.get("text") or m.get("response") or "" for m in dispatcher.messages]
        self.events += [{"event": "bot", "text": one} for one in said]
        return " ".join(said)

    def keep(self, events: Any) -> None:
        for event in events:
            self.events.append(event)
            if event.get("event") == "slot":
                self.slots[event["name"]] = event["value"]


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_a_town_then_a_sum_then_an_hour(talk: Talk):
    """Each adds to what was said; an hour turns the question of costs to one of time."""
    assert talk.say("сколько стоит доставка", "faq_delivery_cost") == "utter_faq_delivery_cost"
    assert "25 000 ₽" in talk.say("Шуя", "detail")
    assert "В Шую на 30 000 ₽ — бесплатно" in talk.say("а на 30 тысяч?", "detail")
    assert "В Иваново на 30 000 ₽ — бесплатно" in talk.say("а в Иваново", "detail")
    assert "16–19" in talk.say("если в два", "detail")


def test_a_second_question_of_a_topic_gets_its_part(talk: Talk):
    """«а на какой срок?» is not answered by the same text again."""
    assert talk.say("как вернуть товар", "faq_returns") == "utter_faq_returns"
    assert talk.say("а на какой срок?", "faq_returns").startswith("10 дней")
    assert "срок уже прошёл" in talk.say("прошло 12 дней", "faq_returns")


def test_a_part_of_the_facts_instead_of_what_is_computed(talk: Talk):
    """The term itself is asked about, or a month's sum: nothing is counted from them."""
    said = talk.say("6 месяцев на акб, с какого дня считать?", "faq_warranty")
    assert "с какого дня" in said and "прошло" not in said
    said = talk.say("в июле наберу на 2000, чем это грозит?", "faq_minimum_order")
    assert "розничные условия" in said and "не хватает" not in said


def test_what_only_tells_the_case_is_not_answered_once_more(talk: Talk):
    """Two parts of one message: the second asks nothing."""
    told = talk.tracker("пересорт: просил чёрные, положили белые", "shop_returns")
    told.latest_message["parts"] = {"shop_returns": ["пересорт: просил чёрные", "белые дали"]}
    dispatcher = CollectingDispatcher()
    AnswerFacts(FACTS).run(dispatcher, told, {})
    assert [bool(m.get("text")) for m in dispatcher.messages] == [True]


def test_who_goes_on_about_an_order_is_offered_a_person(talk: Talk):
    """«уже неделю жду» after an apology for it: not the same text again, and no «больше нет»."""
    assert "Простите за задержку" in talk.say("заказ не пришёл", "faq_order_status")
    assert talk.say("заказ неделю не пришёл", "faq_order_status") == "utter_still_waits"


def test_a_part_that_is_only_named_is_a_question(talk: Talk):
    """«адрес, и телефон»: what only tells has a verb of the past."""
    told = talk.tracker("и телефон, и до скольки", "faq_contacts")
    told.latest_message["parts"] = {"faq_contacts": ["и телефон", "и до скольки"]}
    dispatcher = CollectingDispatcher()
    AnswerFacts(FACTS).run(dispatcher, told, {})
    assert dispatcher.messages[-1]["response"] == "utter_faq_contacts"


def test_the_same_computed_answer_is_not_said_twice(talk: Talk):
    """Something else is offered."""
    first = talk.say("доставка в Шую", "faq_delivery_cost")
    assert "Шую" in first
    assert talk.say("доставка в Шую", "faq_delivery_cost") == "utter_same_again"


def test_two_topics_with_one_answer_get_it_once(talk: Talk):
    """«часы работы и адрес в Ярославле»."""
    told = talk.say("часы работы и адрес в ярославле", "faq_addresses", "faq_hours")
    assert told.count("ул. Победы") == 1


def test_after_another_turn_the_answer_is_forgotten(talk: Talk):
    """A town said later is not about the old question."""
    talk.say("доставка в Шую", "faq_delivery_cost")
    talk.events.append({"event": "user", "text": "чехол а12"})
    dispatcher = CollectingDispatcher()
    assert goes_on(FACTS, dispatcher, talk.tracker("8 дней", "nlu_fallback")) is None
    assert dispatcher.messages == []


def test_a_detail_without_such_an_answer_is_of_goods(talk: Talk):
    """«до 1000» after a list of prices goes to the price search, untouched."""
    talk.slots["price_state"] = {"listed": ["УТ-1"]}
    dispatcher = CollectingDispatcher()
    (event,) = GoOn(FACTS).run(dispatcher, talk.tracker("до 1000", "detail"), {})
    assert event["name"] == "action_price_search"
    assert SLOT not in talk.slots


def test_when_it_comes_is_told_for_the_town_that_was_asked_about(talk: Talk):
    """However many questions about goods lie between; a town that he names goes first."""
    talk.say("сколько стоит доставка в Вологду", "faq_delivery_cost")
    talk.events.append({"event": "user", "text": "чехол а12"})
    told = talk.say("а если сегодня оформлю когда отправите", "faq_delivery_time")
    assert "Вологд" in told and "Иваново" not in told
    assert "Иванов" in talk.say("а в Иваново когда привезёте", "faq_delivery_time")


def test_the_sum_of_what_was_counted_is_the_sum_that_is_pointed_at(talk: Talk):
    """«доставка в Шую на эту сумму» after a total, or while an order is open."""
    total = {"event": "bot", "text": "Итого", "data": {"custom": {"total": 2628.0}}}
    talk.events.append(total)
    said = talk.say("а доставка в Шую на эту сумму", "faq_delivery_cost")
    assert "В Шую на 2 628 ₽" in said
    ordered = {"custom": {"order": {"total": 30_000, "final_total": 26_000}}}
    talk.events.append({"event": "bot", "text": "заказ", "data": ordered})
    talk.slots["order_open"] = True
    assert "В Тулу на 26 000 ₽ — бесплатно" in talk.say("доставка в Тулу", "faq_delivery_cost")


def test_what_was_just_counted_is_the_sum_of_the_delivery(talk: Talk):
    """«сколько до бесплатной в Вологде?» after a counted line; said, so that he can correct it."""
    talk.say("акб на 11", "price_question")
    talk.events.append({"event": "bot", "text": "6 шт", "data": {"custom": {"total": 2760.0}}})
    said = talk.say("сколько до бесплатной доставки в Вологде?", "faq_delivery_cost")
    assert said.startswith("Считаю на 2 760 ₽")
    assert "не хватает 240 ₽" in said
    for text in ("привет", "чехол", "стекло", "ага"):
        talk.events.append({"event": "user", "text": text})
    assert "2 760" not in talk.say("а доставка в Тулу?", "faq_delivery_regions")


def test_a_sum_goes_on_with_the_town_whatever_topic_it_came_in(talk: Talk):
    """«а сколько не хватает, если у меня на 19000» after «доставка в Саратов»."""
    talk.say("доставка в Саратов", "faq_delivery_regions")
    said = talk.say("а сколько не хватает если у меня на 19000", "faq_delivery_cost")
    assert "В Саратов на 19 000 ₽" in said and "6 000 ₽" in said


def test_a_town_where_they_bought_before_is_no_place_to_deliver_to():
    """«раньше брали в Москве, сервис в Шуе»."""
    details = FACTS.details("сервис в Шуе, раньше брали в Москве, с какой суммы бесплатно")
    assert [town.name for town in details.towns] == ["Шуя"]


def test_a_sum_in_latin_letters_is_a_sum():
    """«a esli na 30 tysyach»."""
    assert FACTS.details("a esli na 30 tysyach").roubles == 30_000


def test_the_country_is_no_town():
    """«почтой России»."""
    assert FACTS.details("почтой России в деревню пошлёте").town is None


def test_months_after_a_warranty_are_of_the_warranty(talk: Talk):
    """«а если на пятом месяце накроется» sounds like a fault, whose ten days are over."""
    talk.say("гарантия на аккумуляторы какая", "faq_warranty")
    told = talk.say("а если на пятом месяце накроется", "faq_defects")
    assert "срок ещё идёт" in told

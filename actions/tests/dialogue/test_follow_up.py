"""A short question right after a topic is about it (optfm/dialogue/follow_up.py)."""

import asyncio
import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from optfm.dialogue.facts import SLOT, Facts, State
from optfm.dialogue.follow_up import FollowUp
from optfm.dialogue.shop import Shop
from optfm.facts import Details, is_rest, rest
from optfm.facts.calendar import Calendar
from optfm.facts.towns import Town
from optfm.search.live import NoPriceList

MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
FACTS = Facts(Calendar(), ZoneInfo("Europe/Moscow"), now=lambda: MONDAY)


class NoList:
    """No price list has come yet."""

    def current(self) -> None:
        raise NoPriceList


SHOP = cast(Shop, SimpleNamespace(facts=FACTS, prices=NoList(), models=None, knowledge=None))


def followed(topic: str, text: str, intent: str = "nlu_fallback", sure: float = 0.3) -> str | None:
    """The bot's words to a message after a topic's answer; None where it gives it back."""
    events: list[dict[str, Any]] = [
        {"event": "user", "text": "первый вопрос"},
        {"event": "bot", "text": "…", "metadata": {"utter_action": f"utter_{topic}"}},
        {"event": "user", "text": text},
    ]
    latest = {"text": text, "intent": {"name": intent, "confidence": sure}}
    tracker = Tracker("d", {}, latest, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    done = asyncio.run(FollowUp(SHOP).run(dispatcher, tracker, {}))
    if done and done[0]["event"] == "undo":
        assert not dispatcher.messages
        return None
    return " ".join(m.get("text") or m.get("response") or "" for m in dispatcher.messages)


@pytest.mark.parametrize(
    ("topic", "text", "intent", "sure", "holds"),
    [
        ("faq_discounts", "а новичкам?", "detail", 0.3, "промокод"),
        ("faq_pickup", "и в какие часы?", "price_question", 0.98, "9:00"),
        ("faq_registration", "а без этого можно купить?", "skip", 0.8, "реквизитам"),
        ("faq_warranty", "а на батареи?", "price_question", 0.94, "6 месяцев"),
        ("faq_returns", "а за сколько дней надо успеть?", "faq_delivery_time", 0.98, "10 дней"),
        ("faq_delivery_regions", "почтой тоже?", "price_question", 0.9, "Почтой России"),
        ("faq_addresses", "а до скольки там?", "price_question", 0.9, "Пн–пт"),
        ("faq_credit", "а кто решает?", "nlu_fallback", 0.3, "менеджер"),
        ("faq_pickup", "а налом можно?", "faq_payment", 0.97, "безналичная"),
        ("faq_payment", "а частями?", "price_question", 0.96, "faq_credit"),
        ("faq_payment", "а картой курьеру?", "price_question", 0.96, "Картой при получении"),
        ("faq_minimum_order", "а физику?", "price_question", 0.96, "faq_wholesale_retail"),
        ("faq_wholesale_retail", "с какой суммы", "price_question", 0.9, "faq_minimum_order"),
        ("faq_registration", "это платно?", "price_question", 0.9, "ничего нет"),
        ("faq_warranty", "а сколько месяцев", "nlu_fallback", 0.4, "6 месяцев"),
        ("faq_delivery_cost", "а почтой?", "price_question", 0.96, "Почтой России"),
        ("faq_registration", "а физлицу можно?", "price_question", 0.5, "розницу"),
        ("faq_returns", "за сколько дней", "faq_delivery_time", 0.98, "10 дней"),
        ("faq_defects", "и что делать", "help", 0.95, "рекламационный акт"),
        ("faq_returns", "сколько ждать", "faq_delivery_time", 0.97, "скажет менеджер"),
        ("faq_defects", "кто платит за обратно", "faq_payment", 0.99, "обратную дорогу"),
        ("shop_returns", "печать надо?", "faq_documents", 0.9, "без печати"),
        ("faq_hours", "дорого звонить-то?", "faq_contacts", 0.7, "бесплатный"),
        ("faq_warranty", "и акт где брать", "faq_returns", 0.9, "Бланк"),
        ("faq_credit", "а процент какой?", "out_of_scope", 0.7, "Про проценты"),
        ("faq_not_in_catalog", "а если просто закончился", "nlu_fallback", 0.3, "faq_stock"),
        ("faq_stock", "смской?", "nlu_fallback", 0.3, "письмо на почту"),
        ("faq_api", "а фотки тоже через него", "faq_view_goods", 0.9, "Через API"),
        ("shop_start", "с чего начать", "help", 0.9, "Зарегистрируйтесь"),
    ],
)
def test_it_goes_on_with_the_topic(topic, text, intent, sure, holds):
    """Whatever the classifier, which sees the message alone, takes it for."""
    said = followed(topic, text, intent, sure)
    assert said and (holds in said or "utter_faq" in said)


@pytest.mark.parametrize(
    ("topic", "text", "intent", "sure"),
    [
        ("faq_warranty", "дисплей на самсунг", "price_question", 0.95),
        ("faq_warranty", "а на дисплей а12?", "price_question", 0.95),
        ("faq_payment", "а карта памяти?", "price_question", 0.95),
        ("faq_warranty", "шлейф зарядки redmi note 8", "price_question", 0.95),
        ("faq_repair", "а где вас найти", "faq_addresses", 0.99),
        ("faq_warranty", "а чехлы?", "price_question", 0.95),
        ("faq_delivery_cost", "какая у вас гарантия", "faq_warranty", 0.99),
        ("faq_delivery_cost", "как оформить возврат товара", "faq_returns", 0.99),
        ("faq_delivery_windows", "а если закажу в час дня, когда?", "faq_delivery_time", 0.9),
        ("faq_hours", "спасибо", "thanks", 0.99),
        ("faq_returns", "когда привезёте", "faq_delivery_time", 0.98),
    ],
)
def test_another_question_is_given_back(topic, text, intent, sure):
    """Goods, and a topic that is named by itself."""
    assert followed(topic, text, intent, sure) is None


def after(
    topic: str, details: Details, text: str, intent: str, sure: float = 0.97
) -> list[dict[str, Any]]:
    """What is said to a message right after a computed answer."""
    before = State(topic=topic, details=details, text="первый вопрос").as_slot()
    events: list[dict[str, Any]] = [
        {"event": "user", "text": "первый вопрос"},
        {"event": "slot", "name": SLOT, "value": before},
        {"event": "bot", "text": "…"},
        {"event": "user", "text": text},
    ]
    latest = {"text": text, "intent": {"name": intent, "confidence": sure}}
    tracker = Tracker("d", {SLOT: before}, latest, events, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    asyncio.run(FollowUp(SHOP).run(dispatcher, tracker, {}))
    return dispatcher.messages


def test_a_bare_sum_goes_on_with_the_sum_before():
    """«а на 26?» after «в Шую на 7 тысяч» is 26 000 ₽ to the same town."""
    shuya = Details(town=Town(name="Шуя"), roubles=7000)
    said = after("faq_delivery_cost", shuya, "а на 26?", "price_question")
    assert "В Шую на 26 000 ₽ — бесплатно" in said[0]["text"]


def test_a_bare_number_answers_the_question_for_the_sum():
    """«Назовите сумму заказа» is answered in thousands."""
    said = after("faq_delivery_cost", Details(town=Town(name="Рязань")), "а на десять", "deny")
    assert "В Рязань на 10 000 ₽" in said[0]["text"]


@pytest.mark.parametrize("text", ["вчера пришло", "забрал позавчера", "получили три дня назад"])
def test_when_faulty_goods_came_is_told_of_their_term(text):
    """It sounds like a question of a delivery, and asks nothing."""
    said = after("faq_defects", Details(), text, "faq_delivery_time", 0.99)
    assert said and "ещё можно" in said[0]["text"]
    assert not after("faq_defects", Details(), "когда привезут вчерашний?", "faq_delivery_time")


def test_how_long_it_takes_is_told_for_the_town_before():
    """«сколько дней» after «в Астану отправляете»."""
    astana = Details(town=Town(name="Астана", where="kazakhstan"))
    said = after("faq_delivery_regions", astana, "сколько дней", "faq_delivery_time", 0.9)
    assert said and "Астан" in said[0]["text"]


def test_a_day_is_counted_from_the_term():
    """«а на одиннадцатый?» after ten days for returns."""
    late = after("faq_returns", Details(), "а на одиннадцатый?", "price_question")
    assert "срок уже прошёл" in late[0]["text"]
    in_time = after("faq_returns", Details(), "а на девятый день?", "nlu_fallback")
    assert "остался 1 день" in in_time[0]["text"] or "осталось 1 день" in in_time[0]["text"]


def test_a_case_that_sounds_like_a_refusal_goes_on_with_the_topic():
    """«брал неделю назад» after the term of returns."""
    said = after("faq_returns", Details(), "брал неделю назад", "deny")
    assert "осталось 3 дня" in said[0]["text"]
    assert not after("faq_returns", Details(), "доставка на этой неделе?", "faq_delivery_time")


@pytest.mark.parametrize(
    ("topic", "text", "intent", "sure", "holds"),
    [
        ("faq_returns", "ну я его уже вклеил", "out_of_scope", 0.95, "установленный товар"),
        ("faq_returns", "то есть никак?", "deny", 0.8, "Отказа в условиях нет"),
        ("faq_returns", "и куда мне его девать", "faq_personal_manager", 0.54, "акт"),
        ("faq_returns", "он уже две недели лежит", "faq_order_status", 0.74, "14 дней"),
        ("faq_invoice", "что от меня требуется", "help", 0.4, "счёт выставляет менеджер"),
        ("faq_discounts", "ну хотя бы 5 процентов", "nlu_fallback", 0.68, "Скидку"),
        ("faq_discounts", "а если на 100 тысяч возьму", "detail", 1.0, "Скидку"),
        ("faq_price_list", "а сюда можешь?", "help", 0.31, "Файлом сюда не отправляю"),
        ("faq_wholesale_retail", "а потом каждый раз столько?", "complaint", 0.89, "5 000"),
        ("sorry", "сколько можно", "nlu_fallback", 0.3, "оставьте заявку"),
        ("faq_warranty", "на шлейфы", "price_question", 0.99, "по категории|зависит от категории"),
        ("faq_hours", "а парковка рядом?", "nlu_fallback", 0.3, "графике не сказано"),
    ],
)
def test_a_case_of_the_topic_is_never_taken_for_something_else(topic, text, intent, sure, holds):
    """Not for an alien, a refusal, goods or another topic: its rule, or who knows."""
    said = followed(topic, text, intent, sure)
    assert said and re.search(holds, said)


@pytest.mark.parametrize(
    ("topic", "text", "intent", "sure"),
    [
        ("faq_returns", "нет, не надо", "deny", 0.99),
        ("faq_returns", "ну ладно", "out_of_scope", 0.55),
        ("faq_delivery_cost", "какая погода завтра", "out_of_scope", 0.99),
        ("faq_delivery_cost", "а ты умеешь шутить?", "out_of_scope", 1.0),
        ("faq_delivery_cost", "а где вы находитесь?", "faq_addresses", 0.97),
        ("faq_payment", "позовите человека", "call_manager", 1.0),
        ("faq_hours", "а чайники есть?", "price_question", 0.9),
        ("faq_price_list", "на почту ivan@example.org", "leave_request", 1.0),
    ],
)
def test_what_is_of_itself_is_given_back(topic, text, intent, sure):
    """A refusal, an alien, another topic, a wish, unknown goods, contacts."""
    assert followed(topic, text, intent, sure) is None


def test_the_number_of_an_order_is_no_phone():
    """It goes to the manager by a request that the customer begins himself."""
    said = followed("faq_order_status", "номер 5512", "out_of_scope", 0.59)
    assert said and "Номер 5512" in said and "Оставить заявку" in said


def test_a_second_unknown_case_is_not_answered_by_the_same_line():
    """Nor is it said to be misunderstood."""
    first = rest("faq_returns")
    assert first and rest("faq_returns", again=is_rest(first)) != first


@pytest.mark.parametrize(
    "text", ["понял, отвечу позже", "спасибо, вы просто чудо", "ясно, подумаем"]
)
@pytest.mark.parametrize("intent", ["stop", "thanks"])
def test_who_has_done_with_the_topic_is_not_told_its_rule(text: str, intent: str):
    """However unsure NLU is of it; «понял, а новичкам?» is still about the topic."""
    assert followed("faq_discounts", text, intent=intent, sure=0.6) is None
    assert followed("faq_discounts", "понял, а новичкам?", intent=intent, sure=0.6)


@pytest.mark.parametrize(("text", "intent"), [("ok thx", "thanks"), ("ні, тоді не треба", "deny")])
def test_a_topic_is_done_with_in_other_languages_too(text: str, intent: str):
    """As sure as NLU may be of a thanks or a no."""
    assert followed("faq_delivery_cost", text, intent=intent, sure=0.92) is None

"""Intents that rules decide in the pipeline (components/rule_intents.py)."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from components.detail_words import only_details
from components.rule_intents import RuleIntents

RULES = RuleIntents(["8 800 444 10 81", "zakaz@optfm.ru"])


@pytest.mark.parametrize(
    ("text", "understood", "meant"),
    [
        ("я Ольга, 8 910 000 00 00, вопрос по опту", "faq_wholesale_retail", "leave_request"),
        ("Оставить заявку на Дисплей (код УТ-00000001)", "price_question", "leave_request"),
        ("8 800 444 10 81 это ваш номер?", "faq_contacts", None),
        ("пишу на zakaz@optfm.ru, есть доставка?", "faq_delivery_cost", None),
        ("какая доставка", "faq_delivery_cost", None),
        ("вы издеваетесь", "faq_about", "complaint"),
        ("отпишите от писем, задолбали", "faq_newsletter", None),
        ("второй день жду!! вы там спите", "faq_order_status", "complaint"),
        ("третьи сутки жду посылку", "faq_order_status", None),
        ("вторую неделю жду и тишина", "out_of_scope", "complaint"),
        ("а на 30 тысяч?", "price_question", "detail"),
        ("салем", "greet", None),
        ("вы на выставках торгуете?", "out_of_scope", "shop_other"),
        ("а подарки клиентам у вас бывают", "out_of_scope", "shop_other"),
        ("скотч на коробку клеите?", "out_of_scope", "shop_other"),
        ("к новому году подорожает?", "out_of_scope", "shop_other"),
        ("пломбы снимать можно или возврат сгорит", "out_of_scope", "shop_other"),
        ("вы верите в судьбу", "out_of_scope", None),
        ("сосед залил, как на него в суд подать", "out_of_scope", None),
        ("я на вас в суд подам", "out_of_scope", "complaint"),
        ("вы на озоне торгуете?", "out_of_scope", "shop_other"),
        ("отменить заказ с доставкой на вайлдберриз", "out_of_scope", None),
        ("ozon не принимает возврат", "faq_returns", "out_of_scope"),
        ("возврат через озон примете?", "faq_returns", None),
        ("проверка из роспотребнадзора, дадите декларации?", "faq_certificates", None),
        ("напишу в роспотребнадзор про ваш брак", "faq_defects", "complaint"),
        ("просила чёрный модуль, приехал белый", "price_question", "shop_returns"),
        ("в накладной десять кабелей, в коробке семь", "price_question", "shop_returns"),
        ("заказывал у вас чехлы, пришли хорошие, нужны ещё", "price_question", None),
        ("оплатил вчера, счёт прислали с ошибкой", "faq_invoice", None),
        ("посоветуйте кино про доставку", "out_of_scope", None),
        ("рецепт пирога с капустой", "out_of_scope", None),
    ],
)
def test_what_the_words_decide(text, understood, meant):
    """A phone that is left, words of anger, a detail; the shop's own number is no such thing."""
    assert RULES.decided(text, understood) == meant


@pytest.mark.parametrize(
    "text",
    ["Шуя", "а в Вологду?", "ну а если на 2500", "5000", "завтра в 9", "я из ярика", "а 8 дней?"],
)
def test_a_detail_is_nothing_but_a_town_a_sum_or_a_time(text):
    """It goes on with the answer before it."""
    assert only_details(text)


@pytest.mark.parametrize(
    "text",
    [
        "2",
        "а 5",
        "10 штук",
        "дисплей а12",
        "редми 9",
        "на 14 про",
        "роза",
        "спасибо",
        "белый",
        "9a",
    ],
)
def test_goods_rows_and_words_are_no_details(text):
    """A number of a row, pieces, models and colours go where they went."""
    assert not only_details(text)


@pytest.mark.parametrize(("sure", "meant"), [(0.3, "faq_defects"), (0.1, "shop_other")])
def test_what_is_of_the_shop_is_about_its_likeliest_topic(sure, meant):
    """«дохлые дисплеи принимаете» is not only something that no fact says."""
    ranking = [
        {"name": "out_of_scope", "confidence": 0.6},
        {"name": "faq_defects", "confidence": sure},
    ]
    message = Message({"text": "дохлые дисплеи вы принимаете?"})
    message.set("intent", ranking[0])
    message.set("intent_ranking", ranking)
    RULES.process([message])
    assert message.get("intent")["name"] == meant

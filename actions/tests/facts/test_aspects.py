"""Parts of a topic that a second question asks for (optfm/facts/aspects.yml)."""

from pathlib import Path

import pytest
import yaml

from optfm.facts import aspect
from optfm.facts.aspects import aspects

DOMAIN = Path(__file__).parents[3] / "domain.yml"


@pytest.mark.parametrize(
    ("topic", "text", "holds"),
    [
        ("faq_returns", "а на какой срок?", "10 дней"),
        ("faq_returns", "а бланк где взять?", "optfm.ru/docs"),
        ("faq_returns", "кто платит за обратную пересылку", "решает менеджер"),
        ("faq_warranty", "а на дисплеи?", "зависит от категории"),
        ("faq_delivery_cost", "и сколько дней", "транспортной компании"),
        ("faq_delivery_cost", "а курьером до двери?", "25 000 ₽"),
        ("faq_minimum_order", "а если в январе ничего не возьму?", "розничные"),
        ("faq_discounts", "а новичкам?", "промокод"),
        ("faq_registration", "а без этого можно купить?", "реквизитам"),
        ("faq_payment", "а наличкой курьеру?", "безналичная"),
        ("faq_contacts", "а почта для заказов?", "zakaz@optfm.ru"),
        ("faq_delivery_regions", "почтой тоже?", "Почтой России"),
    ],
)
def test_a_second_question_gets_its_part(topic, text, holds):
    """Not the whole rule again; what the facts do not say is the manager's."""
    part = aspect(topic, text)
    assert part and holds in part.says


@pytest.mark.parametrize(
    ("topic", "text", "holds"),
    [
        ("faq_registration", "паспорт или ИНН при регистрации спрашиваете?", "данные и документы"),
        ("faq_registration", "кабинет ни аткрываится", "поможет менеджер"),
        ("faq_returns", "шлейф уже впаяли, примете назад?", "в условиях не сказано"),
        ("faq_delivery_regions", "груз до Пензы Деловыми довезёте?", "другой перевозкой"),
        ("faq_payment", "со счёта другой фирмы заплатить дадите?", "кто-то другой"),
        ("faq_order_status", "курьер подождёт, пока проверю товар?", "Ждёт ли курьер"),
        ("faq_returns", "возврат в офис принести можно?", "в офисе"),
        ("faq_documents", "нужна доверенность на водителя?", "доверенность"),
    ],
)
def test_a_first_question_may_ask_for_a_part(topic, text, holds):
    """By words that name it themselves, also where they are written as they are heard."""
    part = aspect(topic, text, first=True)
    assert part and holds in part.says


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("faq_returns", "как вернуть товар"),
        ("faq_registration", "где и как зарегистрироваться"),
        ("faq_delivery_time", "когда ждём посылку из Китая"),
    ],
)
def test_little_words_ask_for_no_part_of_a_topic_that_was_not_answered(topic, text):
    """«как» asks for the topic itself; «Китай» is not the carrier «Кит»."""
    assert aspect(topic, text, first=True) is None


def test_a_text_without_such_words_asks_no_part():
    """It is another question."""
    assert aspect("faq_returns", "дисплей а12") is None


def test_a_part_may_belong_to_another_topic():
    """«и в какие часы?» after the pickup is a question of hours."""
    part = aspect("faq_pickup", "и в какие часы?")
    assert part and part.topic == "faq_hours" and not part.says


def test_every_topic_of_a_part_has_an_answer():
    """A part leads to no topic without a response, and no topic has parts that nobody answers."""
    responses = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["responses"]
    named = set(aspects()) - {"any"} | {one.topic for all_ in aspects().values() for one in all_}
    assert {f"utter_{topic}" for topic in named - {""}} <= set(responses)


@pytest.mark.parametrize("topic", sorted(aspects()))
def test_words_of_other_things_ask_for_no_part(topic: str) -> None:
    """Not even among words that are in no dictionary, which are also heard as they sound."""
    assert aspect(topic, "конвертер hdmi rca бжлтрп") is None

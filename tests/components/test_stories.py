"""What a long story asks (components/stories.py)."""

import pytest

from components.stories import asked_part, asks, story


def is_faq(topic: str) -> bool:
    return topic.startswith("faq_")


@pytest.mark.parametrize(
    ("whole", "topic"),
    [
        ({"faq_order_change": 0.48, "faq_delivery_regions": 0.05}, "faq_order_change"),
        ({"out_of_scope": 0.4, "faq_delivery_regions": 0.05}, "faq_delivery_regions"),
    ],
)
def test_what_a_story_is_about_as_a_whole_beats_a_part_of_it(whole, topic):
    """A part that is sure of another topic is only told on the way."""
    text = "вчера оформил заказ, отправка была в ярославль, а теперь вижу что ошибся моделью"

    def rank(part: str) -> dict[str, float]:
        told = part == "отправка была в ярославль,"
        return {"faq_delivery_regions": 0.95} if told else {"small_talk": 0.2}

    found = story(text, rank, is_faq, whole)
    assert found and found.topic == topic


def test_the_sentence_that_asks_decides():
    """What is only told before it, however surely, does not."""
    text = (
        "Мы сервисный центр. Регистрацию прошли вчера. Набрали на 31 тысячу. "
        "Скажите, как вам заплатить из Минска? Спасибо."
    )

    def rank(part: str) -> dict[str, float]:
        if "Регистрацию" in part:
            return {"faq_registration": 0.97}
        return {"faq_payment": 0.6} if "заплатить" in part else {"small_talk": 0.5}

    whole = {"faq_payment": 0.18, "faq_registration": 0.2, "small_talk": 0.1}
    found = story(text, rank, is_faq, whole)
    assert found and found.topic == "faq_payment"
    assert found.asked == "Набрали на 31 тысячу. Скажите, как вам заплатить из Минска?"


def test_what_cannot_decide_any_more_is_not_heard():
    """Hearing a part is what takes the time of a long message."""
    text = "Мы сервисный центр. Регистрацию прошли вчера. Как вам заплатить из Минска? Спасибо."
    heard = []

    def rank(part: str) -> dict[str, float]:
        heard.append(part)
        return {"faq_payment": 0.9}

    found = story(text, rank, is_faq, {"faq_payment": 0.6, "faq_registration": 0.2})
    assert found and found.topic == "faq_payment"
    assert heard == ["Как вам заплатить из Минска?"]


def test_a_short_message_is_no_story():
    """It is understood as it is."""
    assert story("доставка в тверь сколько", lambda part: {}, is_faq, {"faq_a": 1.0}) is None


def test_who_asks_at_once_tells_his_case_after():
    """The sum belongs to the question before it."""
    text = "До терминала бесплатно довезёте? Заказ около трёх тысяч. Буду ждать."
    assert asked_part(text) == "До терминала бесплатно довезёте? Заказ около трёх тысяч."


@pytest.mark.parametrize("text", ["Можно?", "Подскажите, как вернуть", "хочу понять что к чему"])
def test_a_sentence_may_ask_without_a_mark(text):
    """People leave the mark out."""
    assert asks(text)


def test_a_text_without_a_question_is_asked_as_a_whole():
    """Then nothing is cut away."""
    assert asked_part("Заказал вчера. Жду.") == "Заказал вчера. Жду."

"""The request form, played as Rasa plays it: real actions, real Postgres, no server."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optfm.db import connect
from optfm.dialogue import actions
from optfm.dialogue.request_fields import FIELDS
from optfm.dialogue.shop import Shop
from optfm.leads import list_requests
from tests.dialogue.form import PERSONAL, Start


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(start: Start, shop: Shop):
    """A topic and a price, also with digits in them."""
    form = start(over=shop)
    form.say("Анна")
    assert form.say("сколько стоит доставка", "faq_delivery_cost") == [
        "utter_faq_delivery_cost",
        "utter_request_ask_phone",
    ]
    assert form.say("сколько стоит дисплей на айфон 11", "price_question") == [
        "utter_price_found",
        "utter_request_ask_phone",
    ]


@pytest.mark.parametrize("asked", FIELDS[:-1])
def test_the_third_bad_answer_offers_ways_out_and_the_fourth_takes_one(start: Start, asked: str):
    """Never a loop: after four the form is elsewhere."""
    form = start(agreed=False)
    for name, answer in zip(FIELDS, ["да", "Анна", "8 910 000 00 00", "-", "акб"], strict=False):
        if name == asked:
            break
        form.say(answer)
    assert form.asked() == asked
    bad = "+" if asked == "about" else "123"
    said = [form.say(bad) for _ in range(3)]
    assert said == [[f"utter_request_bad_{asked}{end}"] for end in ("", "", "_stuck")]
    form.say(bad)
    assert form.asked() != asked


@pytest.mark.parametrize("word", ["стоп", "Отмена", "я передумал", "ладно, не надо", "давай потом"])
def test_the_form_stops_at_a_word(start: Start, office: Shop, word: str):
    """Nothing is sent, the consent is over; the name that he told stays for the next form."""
    form = start()
    form.say("Анна")
    assert form.say(word, "out_of_scope") == ["utter_request_stopped"]
    told = {name: form.slots[name] for name in FIELDS if form.slots[name] is not None}
    assert told == {"name": "Анна"}
    assert list_requests(office.engine) == []


def test_the_contacts_of_a_stopped_form_are_not_asked_again(start: Start):
    """A new consent is asked for; then what was told counts, and what is missing is asked."""
    form = start()
    form.say("Анна, 8 910 000 00 00")
    form.say("стоп", "stop")
    form.begin("оставить заявку на чехлы")
    assert form.asked() == "consent"
    assert form.say("согласен")[-1] == "utter_request_ask_email"
    assert (form.slots["name"], form.slots["phone"]) == ("Анна", "+79100000000")


def test_who_refuses_the_second_consent_leaves_no_contacts(start: Start):
    """What he told under the first one is gone from the draft as well."""
    form = start()
    form.say("Анна, 8 910 000 00 00")
    form.say("стоп", "stop")
    form.begin("оставить заявку на чехлы")
    form.say("не согласен")
    assert all(form.slots[name] is None for name in FIELDS)


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("на холодильник есть чё", "чехлы для iPhone 11; на холодильник есть чё"),
        ("и ещё кабель", "чехлы для iPhone 11; и ещё кабель"),
        ("чехлы для iphone 11 чёрные", "чехлы для iphone 11 чёрные"),
        ("нет, о другом: возврат", "возврат"),
        ("да", "чехлы для iPhone 11"),
    ],
)
def test_the_answer_to_the_subject_stands_beside_what_was_said(
    start: Start, said: str, subject: str
):
    """Only «нет, о другом» takes the place of it."""
    form = start(agreed=False)
    form.begin("Оставить заявку на чехлы для iPhone 11")
    for answer in ("Согласен", "Анна", "8 910 000 00 05", "Пропустить"):
        form.say(answer)
    assert form.asked() == "about"
    form.say(said)
    assert form.slots["about"] == subject


@pytest.mark.parametrize(
    "answers",
    [
        ("согласен", "Пётр, нужен ещё кабель", "8 910 000 00 05", "-"),
        ("согласен, Пётр, 8 910 000 00 05, нужен ещё кабель", "-"),
        ("согласен", "Пётр", "8 910 000 00 05, нужен ещё кабель", "-"),
        ("согласен", "Пётр", "8 910 000 00 05", "-", "89100000006 нужен ещё кабель"),
    ],
)
def test_goods_told_with_the_contacts_stand_beside_the_subject(
    start: Start, answers: tuple[str, ...]
):
    """Whatever was asked for when he told them."""
    form = start(agreed=False)
    form.begin("Оставить заявку на чехлы для iPhone 11")
    for answer in answers:
        form.say(answer)
    assert form.slots["about"] == "чехлы для iPhone 11; нужен ещё кабель"


def test_another_subject_is_written_after_its_button(start: Start):
    """«Изменить вопрос» means that the old one is not to stand."""
    form = start(agreed=False)
    form.begin("Оставить заявку на чехлы для iPhone 11")
    for answer in ("Согласен", "Анна", "8 910 000 00 05", "Пропустить", "да", "-"):
        form.say(answer)
    form.say("Изменить вопрос")
    form.say("кабель type-c")
    assert form.slots["about"] == "кабель type-c"


def test_back_asks_the_question_before_again(start: Start):
    """And the new answer replaces the old one."""
    form = start()
    form.say("Анна")
    assert form.say("назад") == ["utter_request_ask_name"]
    form.say("Мария")
    assert (form.slots["name"], form.asked()) == ("Мария", "phone")


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("телефон другой: 8 920 000 00 00", "phone", "+79200000000"),
        ("нет, город Шуя", "town", "Шуя"),
        ("имя Яна", "name", "Яна"),
        ("поменяйте имя на Ольга", "name", "Ольга"),
        ("вопрос: чехол на а12", "about", "чехол на а12"),
        ("почта b@example.com", "email", "b@example.com"),
    ],
)
def test_a_correction_in_the_summary_is_taken(start: Start, text: str, name: str, value: str):
    """In words, with its new value at once."""
    form = start()
    form.say("Анна, 8 910 000 00 00, акб")
    form.say("-")
    form.say("-")
    assert form.say(text) == ["utter_request_ask_confirm"]
    assert form.slots[name] == value


@pytest.mark.parametrize("name", ["имя", "телефон", "почту", "вопрос", "город"])
def test_a_field_is_changed_by_its_button(start: Start, name: str):
    """The field is asked, then the summary comes back."""
    form = start()
    form.say("Анна, 8 910 000 00 00, акб")
    form.say("-")
    form.say("-")
    asked = form.say(f"Изменить {name}")
    assert asked[0].startswith(("utter_request_ask_", "utter_request_about"))
    value = {"телефон": "8 920 000 00 00", "почту": "b@example.com"}.get(name, "Ольга")
    assert form.say(value) == ["utter_request_ask_confirm"]


def test_what_was_asked_before_is_proposed_as_the_subject(start: Start):
    """The customer confirms it with a yes."""
    form = start(agreed=False)
    form.hear("можно ли купить в рассрочку", "faq_credit", 0.9)
    form.begin()
    form.say("да")
    form.say("Анна")
    form.say("8 910 000 00 00")
    assert form.say("-") == ["utter_request_about_this"]
    form.say("да, верно")
    assert form.slots["about"] == "можно ли купить в рассрочку"


def test_a_request_that_cannot_be_written_is_kept_and_sent_again(start: Start, office: Shop):
    """The database is away: civil words, the summary, the same draft."""
    form = start(over=replace(office, engine=connect("postgresql://nobody@127.0.0.1:1/nothing")))
    form.say("Анна, 8 910 000 00 00, акб")
    form.say("-")
    form.say("-")
    assert form.say("Отправить") == ["utter_request_not_saved", "utter_request_ask_confirm"]
    for action in actions(office):
        form.executor.register_action(action)
    assert form.say("Отправить") == ["utter_request_accepted"]
    assert [request.name for request in list_requests(office.engine)] == ["Анна"]


def test_how_many_pieces_he_takes_stands_in_the_subject(start: Start, shop: Shop):
    """«ок, беру 3 штуки» after a price, and then the form."""
    form = start(agreed=False, over=shop)
    form.hear("аккумулятор iphone 11", "price_question", 1.0)
    form.run("action_price_search")
    form.hear("второй", "price_question", 1.0)
    form.run("action_price_search")
    form.hear("ок, беру 3 штуки", "price_question", 1.0)
    form.run("action_price_search")
    form.begin()
    for answer in ("да", "Анна", "8 910 000 00 00", "-", "да, верно"):
        form.say(answer)
    assert "3 шт" in form.slots["about"] and "код " in form.slots["about"]


def test_a_subject_beside_a_greeting_and_a_number_is_proposed_alone(start: Start):
    """What the model did not understand is proposed without its name and phone."""
    form = start(agreed=False)
    form.begin(
        "здравствуйте, меня зовут Игорь, нужен опт по наушникам, 8 910 000 11 40", "nlu_fallback"
    )
    for answer in ("согласен", "-", "да"):
        form.say(answer)
    assert form.slots["about"] == "нужен опт по наушникам"


def test_a_yes_is_to_what_was_proposed(start: Start):
    """Also when the message that the proposal was made of lies too far back by then."""
    form = start(agreed=False)
    form.turns_loaded = 5
    form.begin("Оставить заявку на чехлы для iPhone 11")
    for answer in ("Согласен", "Анна", "8 910 000 00 05"):
        form.say(answer)
    assert form.say("Пропустить") == ["utter_request_about_this"]
    form.say("сколько стоит доставка?", "faq_delivery_cost")
    form.say("да", "affirm")
    assert "чехлы для iPhone 11" in form.slots["about"]


def test_digits_alone_ask_nothing(start: Start):
    """«3», which the model takes for a price question, is a bad answer like any other."""
    form = start()
    for answer in ("Анна", "8 910 000 00 00", "-", "акб"):
        form.say(answer)
    for _ in range(4):
        form.say("3", "price_question")
    assert form.asked() == "confirm"


def test_the_name_of_a_field_at_the_summary_asks_for_it(start: Start):
    """«телефон» there is no question about the shop's phone; «изменить вопрос» no subject."""
    form = start()
    form.say("Анна, 8 910 000 00 00, акб")
    form.say("-")
    form.say("-")
    assert form.say("телефон", "faq_contacts") == ["utter_request_ask_phone"]
    form.say("8 920 000 00 00")
    assert form.say("Изменить вопрос") == ["utter_request_ask_about"]
    assert form.say("изменить вопрос") == ["utter_request_ask_about"]


def test_an_angry_customer_in_the_form_is_apologised_to(start: Start):
    """Where nobody can be called, the form goes on, but not as if nothing was said."""
    form = start()
    assert "utter_request_go_on" in form.say("вы издеваетесь", "complaint")
    assert form.said[0]["sorry"].startswith("Извините")


def test_who_comes_back_after_a_day_is_reminded_and_goes_on(start: Start, shop: Shop):
    """A greeting is answered, the draft is offered, and nothing said is taken for an answer."""
    form = start(over=shop)
    form.now += 24 * 3600
    assert form.say("алло", "greet") == [
        *["utter_request_go_on", "utter_request_unfinished"],
        "utter_request_ask_name",
    ]
    assert form.slots.get("name") is None
    assert form.say("продолжить") == ["utter_request_ask_name"]
    form.say("Анна")
    form.now += 24 * 3600
    assert form.say("8 910 000 00 00")[-1] == "utter_request_ask_email"
    assert form.slots["phone"] == "+79100000000"


def test_what_was_asked_on_another_day_is_not_proposed(start: Start):
    """Yesterday's question may be settled."""
    form = start(agreed=False)
    form.hear("можно ли купить в рассрочку", "faq_credit", 0.9)
    form.now += 24 * 3600
    form.begin()
    for answer in ("да", "Анна", "8 910 000 00 00"):
        form.say(answer)
    assert form.say("-") == ["utter_request_ask_about"]


@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    texts=st.lists(st.one_of(st.text(max_size=40), st.sampled_from(["да", "нет", "-", "назад"])))
)
def test_no_message_breaks_the_form(start: Start, texts: list[str]):
    """Whatever is typed, something is said, and nothing is kept without a consent."""
    form = start(agreed=False)
    for text in texts:
        if form.asked() is None:
            break
        assert form.say(text)
        if form.asked() == "consent":
            assert all(form.slots.get(name) is None for name in PERSONAL)

"""What the request form reads: names, phones, addresses, towns, in every way people write them."""

import pytest
from sqlalchemy import text as sql

from optfm.dialogue.shop import Shop
from tests.dialogue.form import Start


def test_everything_in_one_message_is_taken(start: Start):
    """Name, two phones and the goods; the address and the town are left to ask."""
    form = start()
    form.say("Пётр, 8 910 000-00-00 или 8 920 000 00 00, диспл на а12")
    assert form.slots["phone"] == "+79100000000, +79200000000"
    assert (form.slots["name"], form.slots["about"]) == ("Пётр", "диспл на а12")
    assert form.asked() == "email"


def test_an_address_does_for_a_phone(start: Start):
    """Who gives it at the phone's question is not asked for the phone again."""
    form = start()
    form.say("Анна")
    form.say("a@example.com")
    assert form.asked() == "about"


def test_a_first_name_is_a_name_whatever_the_model_takes_it_for(start: Start):
    """«Макс» is part of many models' names, too."""
    form = start()
    form.say("Макс", "price_question")
    assert form.asked() == "phone"


def test_pieces_beside_the_contacts_stand_in_the_subject(start: Start, shop: Shop):
    """«беру 10 штук, мой номер …» opens the form."""
    form = start(agreed=False, over=shop)
    form.hear("аккумулятор iphone 11", "price_question", 1.0)
    form.run("action_price_search")
    form.begin("беру 10 штук, мой номер 89100001130, Ольга", "price_question")
    for answer in ("да", "-", "отправляй уже"):
        form.say(answer)
    assert ", 10 шт" in form.slots["about"]


def test_what_is_told_beside_the_question_is_noted(start: Start):
    """A phone at the name's question is not passed over in silence."""
    form = start()
    assert form.say("89100000011") == ["utter_request_noted", "utter_request_ask_name"]
    assert form.say("Макс") == ["utter_request_ask_email"]


@pytest.mark.parametrize(
    "text", ["Вася 8910123", "Вася, 8 910 12", "меня зовут Вася, тел 891012345"]
)
def test_a_name_beside_a_number_cut_short_is_kept(start: Start, text: str):
    """The number is asked for again, and what is wrong with it is said."""
    form = start()
    assert form.say(text) == ["utter_request_short_phone"]
    assert (form.slots["name"], form.asked()) == ("Вася", "phone")
    assert form.say("89100000011") == ["utter_request_ask_email"]


def test_a_number_cut_short_is_told_from_one_that_is_wrong(start: Start):
    """How many digits there are is said once; after it the way out."""
    form = start()
    form.say("Анна")
    assert form.say("910 00") == ["utter_request_short_phone"]
    assert form.say("910000000000000000") == ["utter_request_bad_phone"]


@pytest.mark.parametrize(
    ("text", "name", "town", "about"),
    [
        ("Пётр из Вологды, диспл на а12", "Пётр", "Вологда", "диспл на а12"),
        ("меня зовут Анна, акб на редми 9", "Анна", None, "акб на редми 9"),
        ("я Ольга из Кохмы", "Ольга", "Кохма", None),
    ],
)
def test_more_than_the_name_is_taken_at_the_name(
    start: Start, text: str, name: str, town: str | None, about: str | None
):
    """Whatever the model takes the message for."""
    form = start()
    form.say(text, "price_question")
    assert [form.slots.get(f) for f in ("name", "town", "about")] == [name, town, about]
    assert form.asked() == "phone"


def test_words_around_an_address_are_not_the_question(start: Start):
    """«нет телефона, только почта …» answers one question and asks none."""
    form = start()
    form.say("Анна")
    form.say("нет телефона только почта a@example.com")
    assert form.slots["email"] == "a@example.com"
    assert form.slots.get("about") is None


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("8 029 123 45 67", "+375291234567"),
        ("+375 (29) 123-45-67", "+375291234567"),
        ("8 701 123 45 67", "+77011234567"),
        ("мой 8-910-000-00-00, второй +7 (920) 000 00 00", "+79100000000, +79200000000"),
        ("звоните на 8(910)0000000 после шести", "+79100000000"),
    ],
)
def test_phones_of_all_the_shops_countries_are_read(start: Start, text: str, phones: str):
    """Belarus and Kazakhstan, two at once, inside a sentence."""
    form = start()
    form.say("Анна")
    form.say(text)
    assert form.slots["phone"] == phones


def test_a_change_of_the_phone_at_the_subject_is_no_subject(start: Start):
    """And the form goes on where it was."""
    form = start()
    form.say("Анна")
    form.say("8 910 000 00 00")
    form.say("-")
    assert form.say("изменить телефон") == ["utter_request_ask_phone"]
    assert form.say("8 920 000 00 00") == ["utter_request_ask_about"]


@pytest.mark.parametrize("text", ["да нет не надо", "хз", "не знаю", "нет", "-"])
def test_who_names_no_town_has_none(start: Start, text: str):
    """No words of refusal stand in the request as a town."""
    form = start()
    form.say("Анна, 8 910 000 00 00, акб")
    form.say("-")
    assert form.say(text) == ["utter_request_ask_confirm"]
    assert form.slots["town"] == ""


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("в Дзержинске живу", "Дзержинск"),
        ("из Кохмы", "Кохма"),
        ("город Шуя", "Шуя"),
        ("из вологды", "Вологда"),
    ],
)
def test_a_town_is_taken_without_the_words_around_it(start: Start, text: str, town: str):
    """In the nominative where the dictionary knows the town; else as typed."""
    form = start()
    form.say("Анна, 8 910 000 00 00, акб")
    form.say("-")
    form.say(text)
    assert form.slots["town"] == town


@pytest.mark.parametrize("text", ["не скажу", "не хочу имя говорить", "без имени"])
def test_who_will_not_name_himself_need_not(start: Start, text: str):
    """Once is enough."""
    form = start()
    assert form.say(text) == ["utter_request_ask_phone"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Зовите меня просто Лёха", "Лёха"),
        ("Ибрагимов Али оглы", "Ибрагимов Али Оглы"),
        ("Anna-Maria de la Cruz", "Anna-Maria De La Cruz"),
        ("мой вайбер 8 910 000 00 00 пишите туда", None),
    ],
)
def test_a_name_is_any_name_and_nothing_else(start: Start, text: str, name: str | None):
    """«мой вайбер» is nobody."""
    form = start()
    form.say(text)
    assert form.slots.get("name") == name


@pytest.mark.parametrize(
    ("text", "intent", "town"),
    [
        ("позовите человека", "call_manager", None),
        ("дисплей на а12", "price_question", None),
        ("Кинешма", "faq_delivery_regions", "Кинешма"),
        ("Ростов на Дону", "price_question", "Ростов на Дону"),
        ("Тутаев", "call_manager", "Тутаев"),
    ],
)
def test_a_wish_at_the_town_is_no_town(start: Start, text: str, intent: str, town: str | None):
    """It is answered; a town that the model takes for a question is a town."""
    form = start()
    for answer in ("Анна", "8 910 000 00 00", "-", "акб"):
        form.say(answer)
    form.say(text, intent)
    assert form.slots.get("town") == town


@pytest.mark.parametrize("text", ["стоп не надо почту", "не пользуюсь", "почты нет", "нету"])
def test_who_has_no_address_goes_on_without(start: Start, text: str):
    """The phone is enough."""
    form = start()
    form.say("Анна, 8 910 000 00 00")
    assert form.say(text) == ["utter_request_ask_about"]


def test_what_could_be_no_phone_of_four_is_left_for_the_manager(start: Start):
    """Three are kept; the rest and the second address stay in the subject."""
    form = start()
    form.say("Анна, 8 910 000 00 00 или 8 920 000 00 00, a@example.com b@example.com")
    assert form.slots["phone"] == "+79100000000, +79200000000"
    assert (form.slots["email"], form.slots["about"]) == ("a@example.com", "b@example.com")


def test_a_wish_for_a_row_names_it_as_the_subject(start: Start, shop: Shop):
    """«Хочу это» on the site sends its code; the manager reads the name."""
    row = shop.prices.current().index.rows[0]
    form = start(over=shop, agreed=False)
    form.begin(f"Оставить заявку на {row.code}")
    for answer in ("да", "Анна", "8 910 000 00 00", "-", "да"):
        form.say(answer)
    assert form.slots["about"] == f"{row.name} (код {row.code})"


def test_nonsense_for_a_name_is_a_bad_answer_and_goods_are_a_question(start: Start, shop: Shop):
    """The model takes «asdf 12» for a phone's model."""
    form = start(over=shop)
    assert form.say("asdf 12", "price_question", 0.9) == ["utter_request_bad_name"]
    answered = form.say("чехол нокиа 3310", "price_question", 0.9)
    assert "utter_request_bad_name" not in answered
    assert form.slots.get("name") is None


def test_contacts_of_the_last_request_are_not_asked_for_again(start: Start, office: Shop):
    """After the consent they are noted; what he says now stands before them."""
    form = start()
    for answer in ("Анна", "8 910 000-00-00 доб. 205", "-", "дисплей на а12", "Кохма"):
        form.say(answer)
    form.say("Отправить", "affirm")
    assert form.asked() is None
    again = start(agreed=False)
    assert again.say("Согласен") == ["utter_request_noted", "utter_request_ask_about"]
    assert (again.slots["name"], again.slots["town"]) == ("Анна", "Кохма")
    assert again.slots["phone"] == "+79100000000 доб. 205"
    again.say("акб на а12")
    assert again.asked() == "confirm"
    again.say("телефон другой: 8 920 000 00 00")
    again.say("Отправить", "affirm")
    with office.engine.connect() as connection:
        told = connection.execute(sql("SELECT phone, about FROM requests")).all()
    assert "акб на а12" in told[0].about and "920" in f"{told[0].phone}{told[0].about}"


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("мой номер 8910", True),
        ("телефон 8 910 12", True),
        ("вот, запишите номер: 891012345", True),
        ("номер накладной 8910", False),
        ("мой номер", False),
        ("8910", False),
    ],
)
def test_a_broken_number_outside_the_form_begins_it(run, text, begins):
    """Its own step says what is wrong with a number; a number of something else is none of his."""
    events = run("action_answer_other", text, intent="out_of_scope")["events"]
    assert ("request_form" in [event.get("name") for event in events]) == begins


@pytest.mark.parametrize("before", [(), ("Анна",), ("Анна", "8 910 000 00 00")])
def test_when_to_call_is_an_answer_to_no_question(start: Start, before: tuple[str, ...]):
    """It is kept for the manager, and the question is asked again."""
    form = start()
    for answer in before:
        form.say(answer)
    asked = form.asked()
    form.say("звонить после 18")
    assert form.asked() == asked
    assert form.slots["remarks"] == "звонить после 18"

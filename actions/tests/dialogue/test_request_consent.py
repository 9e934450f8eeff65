"""The consent in the request form: asked first, kept with its words, taken back."""

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql

from optfm.db.tables import consents
from optfm.dialogue.request_fields import FIELDS
from optfm.dialogue.shop import Shop
from optfm.leads import list_requests
from tests.dialogue.form import PERSONAL, Start


def test_the_whole_form_ends_in_a_request_with_its_consent(start: Start, office: Shop):
    """One answer a question, the summary, the row."""
    form = start()
    answers = ["Анна", "8 910 000-00-00", "a@example.com", "дисплей на а12", "Иваново"]
    for asked, answer in zip(FIELDS[1:], answers, strict=False):
        assert form.asked() == asked
        form.say(answer, "out_of_scope")
    assert form.asked() == "confirm"
    assert form.say("Отправить", "affirm") == ["utter_request_accepted"]
    [request] = list_requests(office.engine)
    assert (request.name, request.phone, request.about) == ("Анна", "+79100000000", answers[3])
    with office.engine.connect() as connection:
        assert connection.execute(select(consents.c.channel)).scalar_one() == "rest"
    assert all(form.slots[name] is None for name in (*FIELDS, "bad_answers"))


@pytest.mark.parametrize(
    "text",
    ["да нет", "согласен?", "да, а зачем", "8 910 000 00 00", "хм", "ладно спасибо", "ок, спасибо"],
)
def test_what_is_no_clear_yes_is_no_consent(start: Start, text: str):
    """Nothing personal is kept, the question stands."""
    form = start(agreed=False)
    form.say(text)
    assert form.asked() == "consent"
    assert all(form.slots.get(name) is None for name in PERSONAL)


@pytest.mark.parametrize("text", ["+", "сагласен", "cjukfcty", "Сoгласен", "да, я согласна"])
def test_a_slip_of_the_finger_is_a_yes(start: Start, text: str):
    """A typo, the wrong layout, a Latin letter in the word."""
    form = start(agreed=False)
    assert form.say(text) == ["utter_request_ask_name"]


@pytest.mark.parametrize("text", ["Не согласен", "нет", "не хочу", "несогласен"])
def test_refusing_gives_the_phone_and_stores_nothing(start: Start, office: Shop, text: str):
    """The form is over and the database empty."""
    form = start(agreed=False)
    assert form.say(text, "deny") == ["utter_request_refused"]
    assert form.asked() is None
    assert list_requests(office.engine) == []


def test_contacts_given_before_the_consent_are_taken_after_it(start: Start):
    """With the wish itself or instead of the yes."""
    form = start(agreed=False)
    form.begin("перезвоните мне 8 910 000 00 00, нужен совет по аккумуляторам")
    assert form.slots.get("phone") is None
    form.say("я Ольга, o@example.com")
    assert form.slots.get("name") is None
    form.say("согласна", "affirm")
    assert [form.slots[name] for name in ("name", "phone", "email")] == [
        "Ольга",
        "+79100000000",
        "o@example.com",
    ]
    assert form.say("да", "affirm") == ["utter_request_ask_town"]
    assert form.slots["about"] == "нужен совет по аккумуляторам"


def test_contacts_of_a_long_talk_before_the_consent_are_found(start: Start, office: Shop):
    """A turn sees a few messages; the rest is read from the store, and the question's words too."""
    form = start(agreed=False)
    form.turns_loaded = 3
    form.begin("перезвоните, я Ольга, 8 910 000 00 00")
    for _ in range(5):
        form.say("а доставка", "faq_delivery_cost")
    form.store(office.engine)
    form.say("согласна", "affirm")
    assert (form.slots["name"], form.slots["phone"]) == ("Ольга", "+79100000000")
    assert form.slots["consent"]["question_id"]


def test_the_consent_keeps_what_proves_it(start: Start, office: Shop):
    """The words shown, when, after which message, and the message of the yes."""
    form = start(agreed=False)
    shown = form.events[-1]["text"]
    form.say("Согласен", "affirm")
    form.say("Анна, 8 910 000 00 00, акб")
    for answer in ("-", "-", "Отправить"):
        form.say(answer)
    with office.engine.connect() as connection:
        proof = connection.execute(select(consents)).mappings().one()
    assert proof["wording"] == shown and "/consent" in shown
    assert proof["question_id"] == "m-0" and proof["message_id"] > "m-0"
    assert proof["asked_at"] <= proof["given_at"]


@pytest.mark.parametrize("text", ["Не согласен", "стоп"])
def test_without_a_consent_the_phone_does_not_stay_in_the_dialog(
    start: Start, office: Shop, text: str
):
    """What was typed unasked is masked once there is a no."""
    form = start(agreed=False)
    form.begin("перезвоните мне 8 910 000 00 00")
    form.store(office.engine)
    form.say(text)
    with office.engine.connect() as connection:
        kept = "".join(connection.execute(sql("SELECT data FROM events")).scalars())
    assert "8 910" not in kept and "[телефон]" in kept


def test_a_consent_taken_back_ends_the_form_and_leaves_nothing_personal(start: Start, office: Shop):
    """«удалите мои данные» before the request is sent: no request, no contacts."""
    form = start()
    for answer in ("Анна", "8 910 000 00 06", "anna@example.com"):
        form.say(answer)
    form.store(office.engine)
    assert form.say("удалите мои данные") == ["utter_request_withdrawn"]
    assert form.asked() is None and form.slots["phone"] is None
    with office.engine.connect() as connection:
        kept = "".join(connection.execute(sql("SELECT data FROM events")).scalars())
    assert not any(told in kept for told in ("910000", "8 910", "anna@", "Анна"))
    assert list_requests(office.engine) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("зачем?", "utter_request_why_consent"),
        ("а для чего это", "utter_request_why_consent"),
        ("текст согласия", None),
    ],
)
def test_who_asks_why_is_told_before_he_agrees(start: Start, text: str, said: str | None):
    """In a sentence, or with the document itself; then the question comes back."""
    form = start(agreed=False)
    assert form.say(text, "who_are_you") == [
        *filter(None, [said]),
        "utter_request_consent_again",
    ]


def test_why_a_field_is_asked_is_told_too(start: Start):
    """«зачем вам телефон?» is no phone."""
    form = start()
    form.say("Анна")
    assert form.say("зачем вам телефон?") == ["utter_request_why_field", "utter_request_ask_phone"]


@pytest.mark.parametrize("text", ["че так долго", "сколько можно спрашивать", "опять вопросы"])
def test_whom_the_form_takes_too_long_is_told_the_rest_of_it(start: Start, text: str):
    """Not how long a delivery takes; the form goes on, and the text is no name."""
    form = start()
    said = form.say(text, "faq_delivery_time")
    assert said[0] == "utter_request_long" and form.slots.get("name") is None


def test_a_row_pressed_at_the_consent_is_noted_and_the_consent_asked_again(
    start: Start, shop: Shop
):
    """«Хочу это» there is neither an answer nor a reason to hurry him."""
    first, second = shop.prices.current().index.rows[:2]
    form = start(over=shop, agreed=False)
    form.begin(f"Оставить заявку на {first.name} (код {first.code})")
    again = form.say(f"Оставить заявку на {second.name} (код {second.code})", "leave_request", 0.9)
    assert again == ["utter_request_noted", "utter_request_consent_again"]
    for answer in ("да", "Анна", "8 910 000 00 00", "-", "да"):
        form.say(answer)
    assert form.slots["about"] == (
        f"{first.name} (код {first.code}); {second.name} (код {second.code})"
    )


def test_a_number_that_is_cut_off_is_no_goods_and_no_subject(start: Start):
    """«мой номер 891» before the consent: the number is asked for in full, later."""
    form = start(agreed=False)
    assert form.say("мой номер 891", "price_question") == [
        "utter_request_cut_number",
        "utter_request_consent_again",
    ]
    assert form.asked() == "consent"
    form.say("согласен")
    assert form.slots.get("about") is None

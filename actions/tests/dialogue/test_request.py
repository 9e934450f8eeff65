"""The request form, played as Rasa plays it: real actions, real Postgres, no server."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa_sdk.executor import ActionExecutor
from sqlalchemy import Engine, select
from sqlalchemy import text as sql

from optfm.catalog.live import LiveIndex
from optfm.db import connect
from optfm.db.tables import consents
from optfm.dialogue import actions
from optfm.dialogue.request_ask import FIELDS
from optfm.dialogue.shop import Shop
from optfm.leads import list_requests

DOMAIN = {
    "intents": [],
    "slots": {},
    "actions": [],
    "forms": {},
    "entities": [],
    "responses": {"utter_faq_delivery_cost": [{"text": "3 000 ₽"}]},
}
PERSONAL = ("name", "phone", "email", "about", "town")


@dataclass
class Form:
    """A customer in the form, as the server's FormAction leads him through it."""

    executor: ActionExecutor
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    message: dict[str, Any] = field(default_factory=dict)
    active: bool = False
    now: float = 1_790_000_000.0  #: seconds since 1970 of the next message
    turns_loaded: int | None = None  #: how many messages an action sees; None: all

    def begin(self, text: str = "оставить заявку", intent: str = "leave_request") -> list[str]:
        """The message that opens the form; what the bot says."""
        self._hear(text, intent, 1.0)
        self.active = True
        self.events.append({"event": "active_loop", "name": "request_form"})
        return self._ask(None)

    def say(self, text: str, intent: str = "", sure: float = 0.9) -> list[str]:
        """One message; the names of the responses to it."""
        self._hear(text, intent, sure)
        before = len(self.events)
        said = self._run("validate_request_form")
        events = [e for e in self.events[before:] if e["event"] == "slot"]
        if not events:
            said += self._run("action_answer_in_form")
            return said + self._ask(self.slots["requested_slot"])
        ruled = [e for e in events if e["name"] == "requested_slot"]
        if ruled and ruled[-1]["value"] is None:
            return said + self._submit()
        return said + self._ask(ruled[-1]["value"] if ruled else None)

    def asked(self) -> str | None:
        """The field that is asked for; None when the form is over."""
        return self.slots.get("requested_slot")

    def _ask(self, forced: str | None) -> list[str]:
        missing = forced or next((f for f in FIELDS if self.slots.get(f) is None), None)
        if missing is None:
            return self._submit()
        self.slots["requested_slot"] = missing
        self.events.append({"event": "slot", "name": "requested_slot", "value": missing})
        return self._run(f"action_ask_request_form_{missing}")

    def _submit(self) -> list[str]:
        self.slots["requested_slot"] = None
        self.active = False
        before = len(self.events)
        said = self._run("action_submit_request")
        if {"event": "followup", "name": "request_form"} in self.events[before:]:
            said += self._ask(None)
        return said

    def _hear(self, text: str, intent: str, sure: float) -> None:
        named = {"name": intent, "confidence": sure}
        self.message = {"text": text, "intent": named, "message_id": f"m-{len(self.events)}"}
        parsed = {"parse_data": {"intent": named}, "input_channel": "rest"}
        ids = {"message_id": self.message["message_id"], "timestamp": self.now}
        self.events.append({"event": "user", "text": text, **parsed, **ids})

    def _run(self, action: str) -> list[str]:
        tracker = {
            "sender_id": "dialog-1",
            "slots": self.slots,
            "latest_message": self.message,
            "events": self._seen(),
            "active_loop": {},
            "latest_input_channel": "rest",
            "latest_action_name": "action_listen",
            "paused": False,
            "followup_action": None,
        }
        call = {"next_action": action, "sender_id": "dialog-1", "tracker": tracker}
        result: Any = asyncio.run(self.executor.run({**call, "domain": DOMAIN}))
        result = result.model_dump() if hasattr(result, "model_dump") else result
        if not action.startswith("validate_"):
            name = "request_form" if action.startswith("action_ask") else action
            self.events.append({"event": "action", "name": name})
        for event in result["events"]:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            self.events.append(
                {"event": event["event"], "name": event["name"]}
                if event["event"] == "followup"
                else event
            )
        said = result["responses"]
        for part in said:
            named = {"utter_action": part["response"]}
            text = part.get("wording") or ""
            self.events.append(
                {
                    "event": "bot",
                    "text": text,
                    "metadata": named,
                    "timestamp": self.now,
                    "data": {"custom": part.get("custom") or {}},
                }
            )
        return [part["response"] for part in said if part["response"]]

    def _seen(self) -> list[dict[str, Any]]:
        """The last messages and what came with them, as the dialog store loads them."""
        starts = [n for n, event in enumerate(self.events) if event["event"] == "user"]
        if self.turns_loaded is None or len(starts) <= self.turns_loaded:
            return self.events
        edge = starts[-self.turns_loaded]
        return [e for e in self.events[:edge] if e["event"] == "active_loop"] + self.events[edge:]

    def store(self, engine: Engine) -> None:
        """Write what was said so far where the server keeps it."""
        with engine.begin() as connection:
            for event in self.events:
                connection.execute(
                    sql(
                        "INSERT INTO events (sender_id, type_name, action_name, data)"
                        " VALUES ('dialog-1', :kind, :name, :data)"
                    ),
                    {
                        "kind": event["event"],
                        "name": event.get("name"),
                        "data": json.dumps(event, ensure_ascii=False),
                    },
                )


Start = Callable[..., Form]


@pytest.fixture
def office(engine: Engine) -> Iterator[Shop]:
    """A shop without a price list, which most of the form does not need."""
    with Shop.over(engine, LiveIndex(engine)) as office:
        yield office


@pytest.fixture
def start(office: Shop) -> Iterator[Start]:
    """Begins a form; with `agreed` the consent is given."""

    def start(*, agreed: bool = True, over: Shop = office) -> Form:
        executor = ActionExecutor()
        for action in actions(over):
            executor.register_action(action)
        form = Form(executor)
        form.begin()
        if agreed:
            form.say("Согласен", "affirm")
        return form

    yield start


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


@pytest.mark.parametrize("text", ["да нет", "согласен?", "да, а зачем", "8 910 000 00 00", "хм"])
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


def test_a_first_name_is_a_name_whatever_the_model_takes_it_for(start: Start):
    """«Макс» is part of many models' names, too."""
    form = start()
    form.say("Макс", "price_question")
    assert form.asked() == "phone"


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
    """Every slot is empty again."""
    form = start()
    form.say("Анна")
    assert form.say(word, "out_of_scope") == ["utter_request_stopped"]
    assert all(form.slots[name] is None for name in FIELDS)
    assert list_requests(office.engine) == []


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
    form._hear("можно ли купить в рассрочку", "faq_credit", 0.9)
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


def test_how_many_pieces_he_takes_stands_in_the_subject(start: Start, shop: Shop):
    """«ок, беру 3 штуки» after a price, and then the form."""
    form = start(agreed=False, over=shop)
    form._hear("аккумулятор iphone 11", "price_question", 1.0)
    form._run("action_price_search")
    form._hear("ок, беру 3 штуки", "price_question", 1.0)
    form._run("action_price_search")
    form.begin()
    for answer in ("да", "Анна", "8 910 000 00 00", "-", "да, верно"):
        form.say(answer)
    assert "3 шт" in form.slots["about"] and "код " in form.slots["about"]


def test_pieces_beside_the_contacts_stand_in_the_subject(start: Start, shop: Shop):
    """«беру 10 штук, мой номер …» opens the form."""
    form = start(agreed=False, over=shop)
    form._hear("аккумулятор iphone 11", "price_question", 1.0)
    form._run("action_price_search")
    form.begin("беру 10 штук, мой номер 89100001130, Ольга", "price_question")
    for answer in ("да", "-", "отправляй уже"):
        form.say(answer)
    assert ", 10 шт" in form.slots["about"]


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
        "utter_request_ask_consent",
    ]


def test_why_a_field_is_asked_is_told_too(start: Start):
    """«зачем вам телефон?» is no phone."""
    form = start()
    form.say("Анна")
    assert form.say("зачем вам телефон?") == ["utter_request_why_field", "utter_request_ask_phone"]


def test_what_is_told_beside_the_question_is_noted(start: Start):
    """A phone at the name's question is not passed over in silence."""
    form = start()
    assert form.say("89100000011") == ["utter_request_noted", "utter_request_ask_name"]
    assert form.say("Макс") == ["utter_request_ask_email"]


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


def test_digits_alone_ask_nothing(start: Start):
    """«3», which the model takes for a price question, is a bad answer like any other."""
    form = start()
    for answer in ("Анна", "8 910 000 00 00", "-", "акб"):
        form.say(answer)
    for _ in range(4):
        form.say("3", "price_question")
    assert form.asked() == "confirm"


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


def test_a_wish_for_a_row_names_it_as_the_subject(start: Start, shop: Shop):
    """«Хочу это» on the site sends its code; the manager reads the name."""
    row = shop.prices.current().index.rows[0]
    form = start(over=shop, agreed=False)
    form.begin(f"Оставить заявку на {row.code}")
    for answer in ("да", "Анна", "8 910 000 00 00", "-", "да"):
        form.say(answer)
    assert form.slots["about"] == f"{row.name} (код {row.code})"


def test_a_row_pressed_at_the_consent_is_noted_and_the_consent_asked_again(
    start: Start, shop: Shop
):
    """«Хочу это» there is neither an answer nor a reason to hurry him."""
    first, second = shop.prices.current().index.rows[:2]
    form = start(over=shop, agreed=False)
    form.begin(f"Оставить заявку на {first.name} (код {first.code})")
    again = form.say(f"Оставить заявку на {second.name} (код {second.code})", "leave_request", 0.9)
    assert again == ["utter_request_noted", "utter_request_ask_consent"]
    for answer in ("да", "Анна", "8 910 000 00 00", "-", "да"):
        form.say(answer)
    assert form.slots["about"] == (
        f"{first.name} (код {first.code}); {second.name} (код {second.code})"
    )


def test_nonsense_for_a_name_is_a_bad_answer_and_goods_are_a_question(start: Start, shop: Shop):
    """The model takes «asdf 12» for a phone's model."""
    form = start(over=shop)
    assert form.say("asdf 12", "price_question", 0.9) == ["utter_request_bad_name"]
    answered = form.say("чехол нокиа 3310", "price_question", 0.9)
    assert "utter_request_bad_name" not in answered
    assert form.slots.get("name") is None


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
    form._hear("можно ли купить в рассрочку", "faq_credit", 0.9)
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

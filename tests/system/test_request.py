"""The request form with a whole bot, as awkward customers fill it in."""

import contextlib
import json
import random
import subprocess
import uuid
from collections.abc import Iterator

import psycopg2
import pytest
from conftest import ROOT, Bot


@pytest.fixture
def customer() -> str:
    """Somebody new."""
    return uuid.uuid4().hex


@pytest.fixture
def phone() -> str:
    """A number that nobody left before, as people write it."""
    digits = f"{random.randrange(10**7):07}"
    return f"8 (910) {digits[:3]}-{digits[3:5]}-{digits[5:]}"


def _e164(phone: str) -> str:
    return "+7" + "".join(char for char in phone if char.isdigit())[1:]


def _field(answer: list[dict]) -> str | None:
    asked = [part["custom"]["form"]["field"] for part in answer if "form" in part.get("custom", {})]
    return asked[-1] if asked else None


def _buttons(answer: list[dict]) -> list[str]:
    return [button["title"] for part in answer for button in part.get("buttons", [])]


def _agreed(bot: Bot, customer: str, first: str = "оставить заявку") -> list[dict]:
    assert _field(bot.say(first, customer)) == "consent"
    return bot.say("Согласен", customer)


def _request(bot: Bot, number: int) -> dict:
    listed = subprocess.run(
        [str(ROOT / "optfm"), "requests", "list", "--jsonl"],
        env=bot.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    return next(r for r in map(json.loads, listed.stdout.splitlines()) if r["id"] == number)


def test_contacts_given_with_the_wish_are_used_after_the_consent(bot: Bot, customer, phone):
    """«перезвоните мне 8 …, меня зовут …»: neither is asked again."""
    wish = f"перезвоните мне {phone}, меня зовут Ольга"
    assert _field(_agreed(bot, customer, wish)) == "email"


def test_a_price_question_with_a_phone_in_it_gets_both(bot: Bot, customer: str, phone: str):
    """The price at once, and the request begins."""
    answer = bot.say(f"сколько стоит дисплей на а12? мой номер {phone}", customer)
    assert "₽" in answer[0]["text"]
    assert _field(answer) == "consent"


def test_the_consent_and_everything_else_in_one_message(bot: Bot, customer: str, phone: str):
    """The form asks only for what is missing."""
    bot.say("оставить заявку", customer)
    assert _field(bot.say(f"Согласен. Пётр, {phone}, диспл на а12", customer)) == "email"
    assert _field(bot.say("нет", customer)) == "town"
    summary = bot.say("я из Казани", customer)
    assert _field(summary) == "confirm"
    assert all(word in summary[0]["text"] for word in ("Пётр", _e164(phone), "диспл на а12"))


def test_a_question_instead_of_the_consent_is_answered(bot: Bot, customer: str):
    """And the consent is asked for again, on its own buttons."""
    bot.say("оставить заявку", customer)
    answer = bot.say("сколько стоит доставка в вологду?", customer)
    assert "3 000" in answer[0]["text"]
    assert _field(answer) == "consent"
    assert _buttons(answer)[-2:] == ["Согласен", "Не согласен"]


@pytest.mark.parametrize("word", ["да нет", "хм", "8 910 000 00 00"])
def test_what_is_no_clear_yes_is_asked_again_in_one_message(bot: Bot, customer, word):
    """The reason stands in the question."""
    bot.say("оставить заявку", customer)
    answer = bot.say(word, customer)
    assert [_field(answer), len(answer)] == ["consent", 1]


def test_a_yes_to_a_proposed_request_begins_it(bot: Bot, customer: str):
    """«Если оставите заявку, …» after goods that are not in the list."""
    assert "заявку" in bot.say("дисплей на айфон 27", customer)[0]["text"]
    assert _field(bot.say("да", customer)) == "consent"


def test_pieces_of_one_of_several_rows_are_what_the_request_is_about(
    bot: Bot, customer: str, phone: str
):
    """«беру 10», «второй», «да»: the row, its code and the count stand in the subject."""
    bot.say("дисплей на айфон 11", customer)
    assert "Какой из них" in bot.say("беру 10", customer)[0]["text"]
    assert "10 шт" in bot.say("второй", customer)[0]["text"]
    for answer in ("да", "Согласен", "Анна", phone):
        bot.say(answer, customer)
    proposed = bot.say("нет", customer)[0]["text"]
    assert "10 шт" in proposed and "код " in proposed


def test_signs_instead_of_an_answer_are_bad_answers(bot: Bot, customer: str):
    """«???» at the name says no name; after the third there is a way out."""
    bot.say("оставить заявку", customer)
    bot.say("Согласен", customer)
    answers = [bot.say(signs, customer) for signs in ("???", "😀", "!")]
    assert [_field(answer) for answer in answers] == ["name"] * 3
    assert "Пропустить" in _buttons(answers[-1])


def test_an_address_instead_of_a_phone(bot: Bot, customer: str):
    """Who will not give the phone is answered by mail."""
    _agreed(bot, customer)
    bot.say("Анна", customer)
    assert _field(bot.say("номер не дам", customer)) == "email"
    address = f"a{uuid.uuid4().hex[:8]}@example.com"
    assert _field(bot.say(address, customer)) == "about"
    bot.say("чехол на а12", customer)
    bot.say("-", customer)
    number = bot.say("да, отправляйте", customer)[0]["custom"]["request"]["id"]
    request = _request(bot, number)
    assert (request["phone"], request["email"]) == (None, address)


def test_neither_phone_nor_address_ends_with_the_offices_phone(bot: Bot, customer: str):
    """Nothing to answer by: the form is over."""
    _agreed(bot, customer)
    bot.say("Анна", customer)
    bot.say("пропустить", customer)
    answer = bot.say("пропустить", customer)
    assert _field(answer) is None
    assert "8 800 444 10 81" in answer[0]["text"]


def test_begun_twice_goes_on_where_it_was(bot: Bot, customer: str):
    """«оставить заявку» is not taken for a name."""
    _agreed(bot, customer)
    assert _field(bot.say("оставить заявку", customer)) == "name"
    bot.say("Анна", customer)
    assert _field(bot.say("позовите менеджера", customer)) == "phone"


def test_back_and_a_change_of_mind_about_every_field(bot: Bot, customer: str, phone: str):
    """By «назад», by buttons and in words; the last word counts."""
    _agreed(bot, customer)
    bot.say("Анна", customer)
    assert _field(bot.say("назад", customer)) == "name"
    bot.say(f"Мария, {phone}, чехол", customer)
    bot.say("Пропустить", customer)
    bot.say("Кохма", customer)
    for button, value in (("Изменить имя", "Яна"), ("Изменить город", "Шуя")):
        assert _field(bot.say(button, customer)) != "confirm"
        assert _field(bot.say(value, customer)) == "confirm"
    summary = bot.text("вопрос: стекло на а12", customer)
    assert all(word in summary for word in ("Яна", "Шуя", "стекло на а12", _e164(phone)))
    assert "Мария" not in summary


def test_the_same_phone_from_another_dialog_gets_the_same_number(bot: Bot, phone: str):
    """Within an hour it is one request, with both wishes in it."""
    numbers = []
    for about in ("чехол на а12", "стекло на а12"):
        customer = uuid.uuid4().hex
        _agreed(bot, customer)
        bot.say(f"Анна, {phone}, {about}", customer)
        bot.say("-", customer)
        bot.say("-", customer)
        numbers.append(bot.say("Отправить", customer)[0]["custom"]["request"]["id"])
    assert numbers[0] == numbers[1]
    assert _request(bot, numbers[0])["about"] == "чехол на а12\nстекло на а12"


@contextlib.contextmanager
def _without_requests(bot: Bot) -> Iterator[None]:
    """While the block runs the table is out of reach."""
    _sql(bot, "ALTER TABLE requests RENAME TO requests_away")
    try:
        yield
    finally:
        _sql(bot, "ALTER TABLE requests_away RENAME TO requests")


def test_what_could_not_be_saved_is_sent_at_the_next_press(bot: Bot, customer, phone):
    """The table is out of reach: civil words, the draft stays, no number before the commit."""
    _agreed(bot, customer)
    bot.say(f"Анна, {phone}, чехол на а12", customer)
    bot.say("-", customer)
    bot.say("-", customer)
    with _without_requests(bot):
        answer = bot.say("Отправить", customer)
    assert "Не получилось сохранить" in answer[0]["text"]
    assert _field(answer) == "confirm"
    accepted = bot.say("Отправить", customer)[0]
    assert accepted["custom"]["request"]["status"] == "new"
    assert _request(bot, accepted["custom"]["request"]["id"])["phone"] == _e164(phone)


def _sql(bot: Bot, statement: str) -> None:
    connection = psycopg2.connect(bot.db_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def _a_day_passes(bot: Bot, customer: str) -> None:
    """All that this dialog said was said a day earlier."""
    connection = psycopg2.connect(bot.db_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events SET timestamp = timestamp - 86400, data = jsonb_set(data::jsonb,"
            " '{timestamp}', to_jsonb(timestamp - 86400))::text WHERE sender_id = %s",
            (customer,),
        )
    connection.close()


def test_a_draft_is_offered_again_after_a_day(bot: Bot, customer: str, phone: str):
    """Whatever the customer comes back with is answered; then he is reminded, and goes on."""
    _agreed(bot, customer)
    bot.say("Анна", customer)
    _a_day_passes(bot, customer)
    answer = bot.say("сколько стоит доставка", customer)
    assert "3 000 ₽" in answer[0]["text"] and "незаконченная заявка" in answer[1]["text"]
    assert _field(answer) == "phone"
    assert _field(bot.say("Продолжить", customer)) == "phone"
    _a_day_passes(bot, customer)
    assert _field(bot.say(phone, customer)) == "email"
    summary = [bot.text(text, customer) for text in ("-", "чехол на а12", "-")][-1]
    assert "Анна" in summary and _e164(phone) in summary


def test_a_long_talk_before_the_consent_loses_nothing(bot: Bot, customer: str, phone: str):
    """More messages than a turn of the dialogue sees; the phone came with the first of them."""
    assert _field(bot.say(f"я Ольга, {phone}, вопрос по оптовым ценам", customer)) == "consent"
    for question in ("сколько стоит доставка", "как оплатить", "есть гарантия", "где вы"):
        assert _field(bot.say(question, customer)) == "consent"
        assert _field(bot.say("зачем?", customer)) == "consent"
    answer = bot.say("согласна", customer)
    assert "Ольга" in answer[0]["text"] and _e164(phone) in answer[0]["text"]
    assert _field(answer) == "email"


def test_a_row_of_the_site_is_the_subject_of_the_request(bot: Bot, customer: str, phone: str):
    """«Хочу это» of the widget names the row and its code."""
    row = bot.say("дисплей на айфон 11", customer)[0]["custom"]["rows"][0]
    wish = f"Оставить заявку на {row['name']} (код {row['code']})"
    _agreed(bot, customer, wish)
    bot.say(f"Пётр из Кохмы, {phone}", customer)
    proposal = bot.text("-", customer)
    assert row["name"] in proposal and row["code"] in proposal
    assert "Кохма" in bot.text("Да, верно", customer)

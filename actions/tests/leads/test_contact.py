"""Names, phones and addresses in the ways people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optfm.leads import email, person_name, phones, read_contact


@pytest.mark.parametrize(
    "text",
    [
        "89100000000",
        "8 910 000 00 00",
        "8 (910) 000-00-00",
        "8-910-000-00-00",
        "+7 910 000-00-00",
        "7 910 000 00 00",
        "9100000000",
        "мой номер 8 910 000 00 00, звоните после шести",
        "тел.: +7(910)0000000 спросить Анну",
    ],
)
def test_a_russian_number_is_read_however_it_is_written(text: str):
    """Spaces, brackets, hyphens, a missing country, words around it."""
    assert phones(text) == ("+79100000000",)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+375 29 123-45-67", "+375291234567"),
        ("8 029 123-45-67", "+375291234567"),
        ("+7 701 123 45 67", "+77011234567"),
        ("8 701 123 45 67", "+77011234567"),
    ],
)
def test_belarus_and_kazakhstan(text: str, number: str):
    """The shop's customers in other countries."""
    assert phones(text) == (number,)


def test_two_numbers_are_both_read_in_their_order():
    """A second number is not lost."""
    assert phones("8 910 000 00 00 или 8 920 000 00 00") == ("+79100000000", "+79200000000")


@pytest.mark.parametrize("text", ["12345", "УТ-00025677", "00000015182", "айфон 11", "18650 3000"])
def test_codes_and_models_are_no_phones(text: str):
    """What is asked about goods is not a contact."""
    assert phones(text) == ()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ivan.Test@Example.com", "Ivan.Test@example.com"),
        ("почта a-b@mail.example.ru, жду", "a-b@mail.example.ru"),
        ("a@b", None),
        ("собака@ example.ru", None),
        ("нет", None),
    ],
)
def test_an_address_is_well_formed_or_none(text: str, address: str | None):
    """Checked by its form only: nothing is looked up."""
    assert email(text) == address


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Анна", "Анна"),
        ("анна-мария иванова", "Анна-Мария Иванова"),
        ("меня зовут Пётр", "Пётр"),
        ("звать Ольга Петровна", "Ольга Петровна"),
        ("Здравствуйте, я Олег", "Олег"),
        ("John O'Neil", "John O'Neil"),
        ("Иванов И.И.", "Иванов И.И"),
        ("ООО Ромашка", "ООО Ромашка"),
        ("али", "Али"),
        ("димон", "Димон"),
        ("Ким Виталий", "Ким Виталий"),
        ("слава", "Слава"),
    ],
)
def test_a_name_is_any_name(text: str, name: str):
    """Two words, Latin letters, hyphens, initials."""
    assert person_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "да",
        "сколько стоит",
        "дисплей а12",
        "зачем?",
        "123",
        "стоп",
        "а б в г д",
        "я передумал",
        "оставить заявку",
        "а это обязательно",
        "отстань",
        "чехол",
        "идиоты",
        "быстрее",
        "не буду оставлять",
        "почему",
    ],
)
def test_questions_and_commands_are_no_names(text: str):
    """The form does not address anybody as «Сколько»."""
    assert person_name(text) is None


def test_everything_given_at_once_is_taken_apart():
    """«Пётр, 8 910 …, диспл на а12»."""
    contact = read_contact("Пётр, 8 910 000-00-00, a@example.com, диспл на а12")
    assert contact.name == "Пётр"
    assert contact.phones == ("+79100000000",)
    assert contact.email == "a@example.com"
    assert contact.rest == "диспл на а12"


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str):
    """Nothing a person types breaks the form."""
    contact = read_contact(text)
    assert all(number.startswith("+") for number in contact.phones)


@given(st.integers(min_value=9_000_000_000, max_value=9_999_999_999), st.text("абв ,.", max_size=9))
def test_a_mobile_number_is_found_inside_any_words(number: int, words: str):
    """Ten digits after an 8 are always the same number."""
    assert phones(f"{words} 8{number} {words}") == (f"+7{number}",)


@pytest.mark.parametrize("piece", ["@", "a@", "a.a@", "a.", "a-", "8 9", "+7 "])
def test_a_long_message_of_signs_is_no_contact(piece: str) -> None:
    """Signs that addresses are made of took minutes; the cost is in benchmarks/long_messages.py."""
    contact = read_contact((piece * 4_000)[:4_000])
    assert not contact.phones
    assert contact.email is None

"""What a person typed, made safe (connectors/inbox/typed.py)."""

import pytest

from connectors.inbox.typed import cleaned, dialog_id, has_words, known_command, without_slash


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  дисплей а12 ", "дисплей а12"),
        ("при\x00вет\x07", "привет"),
        ("цена\u200b акб\u202e", "цена акб"),
        ("акб \ud800 11", "акб  11"),
        ("строка\r\nвторая", "строка\nвторая"),
        ("и\u0306од", "йод"),
        ("\x00", ""),
    ],
)
def test_what_no_person_types_is_taken_out(typed, read):
    """NUL, control and invisible characters and broken pairs do not reach Rasa or Postgres."""
    assert cleaned(typed) == read


@pytest.mark.parametrize("typed", ["", "😀", "👍🏽👍🏽", "???", "...", "!!", "))"])
def test_emoji_and_punctuation_are_no_words(typed):
    """There is nothing to answer in them."""
    assert not has_words(typed)


@pytest.mark.parametrize("typed", ["а", "5", "+", "-", "да!", "👍 ок", "13 про?"])
def test_letters_digits_and_answering_signs_are_words(typed):
    """One letter, a number, or a plus for yes is a message."""
    assert has_words(typed)


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("/start", "/greet"),
        ("/START", "/greet"),
        ("/start ref_42", "/greet"),
        ("/help", "/help"),
        ("/help@optfm_bot", "/help"),
        ("/restart", None),
        ('/start{"phone": "1"}', None),
        ("/", None),
    ],
)
def test_messenger_commands_are_known(typed, intent):
    """Only /start and /help mean something, whatever follows them."""
    assert known_command(typed) == intent


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("/restart", "restart"),
        ("// /back", "back"),
        ("/\u00a0/restart", "restart"),
        ("/\u2003/\u2028/restart", "restart"),
        ("/\x1f/restart", "restart"),
        ("/ ", ""),
        ("/12 про", "12 про"),
    ],
)
def test_a_slash_is_taken_off(typed, read):
    """What is left is plain text that Rasa does not obey."""
    assert without_slash(typed) == read


@pytest.mark.parametrize("sender", ["42", "me", "клиент 7", "a" * 200], ids=lambda s: s[:10])
def test_an_ordinary_sender_is_the_dialogs_id(sender):
    """Nothing is hidden from who reads the database."""
    assert dialog_id(sender) == sender


@pytest.mark.parametrize(
    "sender", ["a\x00b", "a" * 100_000, " me", "\ud800", "me\n"], ids=lambda s: repr(s)[:10]
)
def test_a_strange_sender_gets_an_id_of_its_own(sender):
    """It fits the column, is always the same, and is not that of a similar sender."""
    made = dialog_id(sender)
    assert len(made) <= 200 and made == dialog_id(sender)
    assert made not in (cleaned(sender), dialog_id(sender + "x"))

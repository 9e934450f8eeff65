"""What a turn leaves in the log (connectors/inbox/private.py)."""

from connectors.inbox.private import loggable

ASKS_PHONE = {"text": "Записал: Анна. Телефон?", "custom": {"form": {"field": "phone"}}}


def test_a_name_given_to_the_form_stays_out_of_the_log():
    """Neither the message nor the answer that repeats it; the field that was asked is told."""
    words = loggable("Анна", [{"text": "Записал: Анна."}, ASKS_PHONE], "faq")
    assert (words.incoming, words.answers) == ("[личное]", ["[заявка: phone]"])


def test_words_for_a_manager_stay_out_of_the_log():
    """They are the two people's own."""
    assert loggable("это Анна", [], "manager").incoming == "[личное]"


def test_an_ordinary_turn_is_logged_as_it_was():
    """Also one with data of another kind."""
    said = [{"text": "дисплей", "custom": {"rows": []}}, {"custom": None}]
    words = loggable("дисплей а12", said, "price")
    assert (words.incoming, words.answers) == ("дисплей а12", ["дисплей", ""])

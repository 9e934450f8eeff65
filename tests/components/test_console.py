"""`rasa shell`: what is printed, and what a number typed means."""

from components.console import as_text, pressed

ANSWER = {
    "recipient_id": "x",
    "text": "Дисплей\n1 240 ₽",
    "buttons": [
        {"title": "Оставить заявку", "payload": "/leave_request"},
        {"title": "Ещё", "payload": "/show_more"},
    ],
    "custom": {"rows": [{"code": "1"}]},
}


def test_an_answer_is_its_text_and_numbered_buttons():
    """No JSON for programs, no payloads."""
    assert as_text(ANSWER) == "Дисплей\n1 240 ₽\n  [1] Оставить заявку\n  [2] Ещё"
    assert as_text(ANSWER, first_button=3).endswith("[3] Оставить заявку\n  [4] Ещё")
    assert as_text({"recipient_id": "x", "custom": {"a": 1}}) == ""


def test_a_number_is_a_button_where_there_is_one():
    """Else it is a number: a count, a part of a phone."""
    buttons = ANSWER["buttons"]
    assert pressed("2", buttons) == "/show_more"
    assert pressed("3", buttons) == pressed("3", []) == "3"
    assert pressed("0", buttons) == "0"
    assert pressed("дисплей", buttons) == "дисплей"

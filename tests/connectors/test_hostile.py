"""Commands and buttons that were never offered, typed into every channel of a whole bot."""

import pytest
from channels import CHANNELS, somebody

from connectors.server.texts import Texts

TEXTS = Texts.read()
COMMANDS = [
    "/restart",
    "/session_start",
    "/ session_start",
    "  /session_start  ",
    "/back",
    "/faq_hours",
    '/request_form{"phone": "89100000000"}',
    '/leave_request{"name": "Чужой", "consent": true}',
    '/inform{"requested_slot": null}',
    "EXTERNAL: call_manager",
    "\uff0frestart",
    "\u200b/restart",
    "\u2028/restart",
    "/\u00a0/restart",
    "/\u2003/session_start",
    "\x00/restart",
    "//restart",
    "\u202e/restart",
    "/restart\x00",
    "/nlu_fallback",
    "/action_restart",
]

#: What would be in a dialog in which Rasa obeyed one of them.
TRACES = """
SELECT type_name, data FROM events WHERE sender_id = %s AND (
    type_name IN ('restart', 'rewind', 'undo', 'reset_slots')
    OR (type_name = 'user' AND data::jsonb ->> 'text' LIKE '/%%')
    OR (type_name = 'slot' AND data LIKE '%%Чужой%%')
    OR (type_name = 'slot' AND data LIKE '%%89100000000%%')
)
"""
SESSIONS = "SELECT count(*) FROM events WHERE sender_id = %s AND type_name = 'session_started'"


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_typed_command_does_nothing_but_is_answered(group, channel):
    """Neither Rasa's own commands nor buttons that this dialog was never shown; no slot is set."""
    for command in COMMANDS:  # each in a new dialog: whoever is not understood gets a manager
        with somebody(channel, group.bot.url, group.telegram) as customer:
            answers = [*customer.say("привет"), *customer.say(command)]
        assert len(answers) == 2 and all(answers), command
        assert TEXTS.apology.text not in answers, command
        assert group.sql(TRACES, customer.dialog) == [], command
        assert group.sql(SESSIONS, customer.dialog) == [(1,)], command


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_hundred_thousand_characters_and_nothing_at_all_are_answered(group, channel):
    """And the dialog goes on after them."""
    with somebody(channel, group.bot.url, group.telegram) as customer:
        assert customer.say("\x00\x07🙂") == [TEXTS.no_words.text]
        assert customer.say("дисплей " * 12_500) == [TEXTS.too_long.text]
        assert "₽" in customer.say("дисплей самсунг а12")[0]


@pytest.mark.parametrize(
    "content",
    [
        {"dice": {"emoji": "🎲", "value": 6}},
        {
            "poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0}
            | {"is_closed": False, "is_anonymous": True, "type": "regular"}
            | {"allows_multiple_answers": False, "allows_revoting": True, "members_only": False}
        },
        {"location": {"latitude": 57.0, "longitude": 41.0}},
        {"text": "доставка в шую есть?", "forward_date": 1}
        | {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Некто"}},
        {"contact": {"phone_number": "79100000001", "first_name": "Другой", "user_id": 5}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_whatever_a_customer_sends_in_telegram_is_answered(group, content):
    """Dice, a poll, a place, somebody else's words or card: none is met with silence."""
    customer = group.customer()
    message = {**customer.writes("привет")["message"], "message_id": 900}
    customer.waits_for(1)
    message.pop("text")
    group.telegram.tell("update", kind="message", content={**message, **content})
    assert customer.waits_for(2)[1]["text"] != TEXTS.apology.text


def test_somebody_elses_button_of_a_message_opens_nothing(group):
    """A callback names any payload; one of another customer's buttons is only words here."""
    owner, thief = group.customer(), group.customer()
    owner.writes("сколько стоит доставка")
    thief.writes("привет")
    (shown,) = thief.waits_for(1)
    owner.waits_for(1)
    data = "/back_to_bot"
    group.telegram.tell("press", chat=thief.chat, message_id=shown["message_id"], data=data)
    thief.waits_for(2)
    assert group.sql(TRACES, f"tg:{thief.chat}") == []

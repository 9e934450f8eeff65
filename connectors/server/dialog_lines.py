"""Lines of a dialog that no turn of Rasa makes: written beside what tells of them.

Each function works in its caller's transaction.
"""

from collections.abc import Mapping
from typing import Any

from psycopg2.extensions import cursor as Cursor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered

from common import jsonb
from components.dialog_store import event_row
from connectors.inbox.incoming import Incoming
from connectors.server.answers import Answer


def enqueue(
    cursor: Cursor,
    kind: str,
    *,
    dialog: str,
    key: str,
    payload: Mapping[str, Any],
    request_id: int | None = None,
) -> int | None:
    """Let the worker tell something once the transaction is committed.

    :returns: the entry's number; None where this key was queued before.
    """
    cursor.execute(
        "SELECT enqueue(%s, %s, %s, %s::jsonb, %s)",
        (kind, dialog, request_id, jsonb.dumps(payload), key),
    )
    row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else None


def customer_line(cursor: Cursor, message: Incoming, dialog: str, text: str) -> None:
    """What a customer said to a manager; the bot has heard it and says nothing."""
    said = _customer(message, text, {"to": "manager"})
    _append(cursor, dialog, said, ActionExecuted(ACTION_LISTEN_NAME))


def lines_without_words(message: Incoming, text: str, said: list[Answer]) -> list[Event]:
    """A file or a smile, which no turn of Rasa answers, and what was said to it.

    :param text: cleaned; may be empty.
    """
    answers = [_answer(part, {"utter_action": "no_words"}) for part in said]
    return [_customer(message, text, {}), *answers, ActionExecuted(ACTION_LISTEN_NAME)]


def answer_line(cursor: Cursor, dialog: str, answer: Answer, manager: str | None = None) -> None:
    """What was said to a customer out of turn.

    :param manager: his name, where a person said it.
    """
    metadata = {"manager": manager} if manager else {"utter_action": "mode"}
    _append(cursor, dialog, _answer(answer, metadata))


def _customer(message: Incoming, text: str, metadata: dict[str, Any]) -> UserUttered:
    if message.attachments:
        file = message.attachments[0].as_file()
        text, metadata = text or file["name"], {**metadata, "file": file}
    return UserUttered(
        text,
        input_channel=message.channel,
        message_id=message.message_id,
        metadata=metadata,
    )


def _answer(answer: Answer, metadata: dict[str, Any]) -> BotUttered:
    data = {
        part: answer[part]
        for part in ("buttons", "custom", "image", "attachment")
        if answer.get(part)
    }
    return BotUttered(answer["text"], data=data, metadata=metadata)


def _append(cursor: Cursor, dialog: str, *events: Event) -> None:
    for event in events:
        cursor.execute(
            'INSERT INTO events (sender_id, type_name, "timestamp", intent_name, action_name, data)'
            " VALUES (%s, %s, %s, %s, %s, %s)",
            event_row(dialog, event),
        )

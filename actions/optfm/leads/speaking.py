"""What is said to a customer out of turn: written into the dialog, and queued for his channel.

As connectors/server/dialog_lines.py does it for managers in their group; each function works in
its caller's transaction.
"""

import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from common import jsonb
from optfm.leads.lifecycle import release_dialog, take_dialog
from optfm.outbox.entries import enqueue
from optfm.text.yaml_text import read_yaml

Answer = dict[str, Any]

_KNOWN = """
SELECT EXISTS (SELECT FROM events WHERE sender_id = :dialog)
    OR EXISTS (SELECT FROM dialogs WHERE external_id = :dialog)
"""
_LINE = """
INSERT INTO events (sender_id, type_name, "timestamp", data)
VALUES (:dialog, 'bot', :at, :data)
"""


def is_known(connection: Connection, dialog: str) -> bool:
    """Whether anything was ever said in a dialog, or it belongs to a request."""
    known: bool = connection.execute(text(_KNOWN), {"dialog": dialog}).scalar_one()
    return known


def say(connection: Connection, dialog: str, words: str, *, key: str) -> bool:
    """Say something as the bot.

    :param key: what makes it the same: said once.
    :returns: whether it was not said before.
    """
    answer: Answer = {"text": words, "custom": {"id": key}}
    return _tell(connection, dialog, answer, key=key, metadata={"utter_action": "api"})


def say_answer(connection: Connection, dialog: str, answer: Answer, *, key: str) -> bool:
    """Say a whole answer as the bot, with its buttons and its data.

    :param answer: `text`, and what Rasa's answers have beside it.
    :returns: as `say`.
    """
    custom = {**(answer.get("custom") or {}), "id": key}
    return _tell(
        connection, dialog, {**answer, "custom": custom}, key=key, metadata={"utter_action": "api"}
    )


def say_as_manager(
    connection: Connection,
    dialog: str,
    words: str,
    *,
    name: str,
    key: str,
    minutes: float,
    custom: Mapping[str, Any] | None = None,
) -> bool:
    """Say something as a manager, who then has the dialog for a while.

    :param name: as the customer reads it.
    :param custom: what stands beside the words: goods as cards, a file.
    :param minutes: after so long without a word of his the bot speaks again.
    :returns: as `say`.
    """
    marks = {"manager": {"name": name}, "id": key}
    answer: Answer = {"text": words, "custom": {**(custom or {}), **marks}}
    told = _tell(connection, dialog, answer, key=key, metadata={"manager": name})
    if told:
        take_dialog(connection, dialog, by=name, minutes=minutes)
    return told


def give_back(connection: Connection, dialog: str, *, key: str, closed: bool = False) -> bool:
    """Let the bot speak again, and tell the customer.

    :param closed: the talk is over: a farewell in place of the bot's greeting.
    :returns: whether somebody else had the dialog.
    """
    if release_dialog(connection, dialog) is None:
        return False
    say(connection, dialog, _texts()["closed" if closed else "back"], key=key)
    return True


def _tell(
    connection: Connection,
    dialog: str,
    answer: Answer,
    *,
    key: str,
    metadata: dict[str, str],
) -> bool:
    payload = {"answer": answer}
    if enqueue(connection, "customer", dialog=dialog, key=key, payload=payload) is None:
        return False
    at = time.time()
    event = {
        "event": "bot",
        "timestamp": at,
        "metadata": metadata,
        "text": answer["text"],
        "data": {name: part for name, part in answer.items() if name != "text"},
    }
    values = {"dialog": dialog, "at": at, "data": jsonb.dumps(event)}
    connection.execute(text(_LINE), values)
    return True


@cache
def _texts() -> dict[str, str]:
    found: dict[str, str] = read_yaml(
        Path(__file__).with_suffix(".yml").read_text(encoding="utf-8")
    )
    return found

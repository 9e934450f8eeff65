"""What was said in a dialog, as the site's chat shows it again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

from connectors.server.answers import Answer

WireMessage = dict[str, Any]

#: `session_history` names people so.
_FROM = {"customer": "user", "bot": "bot", "manager": "manager"}


class MessageRow(Protocol):
    """A row of the view `messages`."""

    at: datetime
    author: str
    text: str | None
    message_id: str | None
    buttons: list[dict[str, str]] | None
    custom: dict[str, Any] | None
    file: dict[str, Any] | None  #: what a customer sent


def history(rows: list[MessageRow]) -> list[WireMessage]:
    """Messages in the wire form of docs/websocket.md, oldest first.

    Each has the id that it had when it was said live, so that a client that saw it drops it:
    a customer's message its own, the bot's n-th answer to it `<message id>:<n>`.
    """
    messages: list[WireMessage] = []
    asked, count = "", 0
    for row in rows:
        message: WireMessage = {
            "from": _FROM[row.author],
            "text": row.text or "",
            "at": row.at.isoformat(timespec="milliseconds"),
        }
        if row.author == "customer":
            # What stands before a blank is the dialog that the visitor's id belongs to.
            asked, count = (row.message_id or "").rpartition(" ")[2], 0
            message["message_id"] = message["id"] = asked
            if row.file:
                message["custom"] = {"file": row.file}
                message["text"] = "" if row.text == row.file["name"] else message["text"]
        else:
            own = (row.custom or {}).get("id")
            message["id"] = own or answer_id(asked, count)
            count += not own
            if row.buttons:
                message["buttons"] = row.buttons
            if row.custom:
                message["custom"] = row.custom
        messages.append(message)
    return messages


def numbered(message_id: str, answers: list[Answer]) -> Iterator[tuple[str, Answer]]:
    """Answers to a message with their ids; what was said out of turn brings its own."""
    count = 0
    for answer in answers:
        own = (answer.get("custom") or {}).get("id")
        yield own or answer_id(message_id, count), answer
        count += not own


def answer_id(message_id: str, number: int) -> str:
    """The id of the bot's answer to a message.

    :param number: 0 for the first of them.
    """
    return f"{message_id}:{number}"

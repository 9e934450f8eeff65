"""What was received already: a message that a channel delivers again is answered once.

A row of the table `inbox` stands for each message that has an id in its channel. It is written
before the turn; the answers are added after it. A process that dies between the two leaves a row
without answers: the dialog itself then tells whether the turn was stored, for the customer's
event carries the message's id.
"""

import json
from dataclasses import dataclass

from psycopg2.extensions import cursor as Cursor

from common import jsonb
from connectors.server.answers import Answer, answer_of_event
from connectors.server.database import Database

#: Customer's messages among which an interrupted one is looked for.
_LOOKED_BACK = 50
_COMES = """
WITH met AS (
    INSERT INTO dialogs (channel, external_id) VALUES (%(channel)s, %(dialog)s)
    ON CONFLICT DO NOTHING
)
INSERT INTO inbox (channel, message_id, dialog) VALUES (%(channel)s, %(id)s, %(dialog)s)
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Taken:
    """What there is to say to a message."""

    answers: list[Answer]
    delivered: int = 0  #: how many of them the customer has got before a restart
    refused: bool = False  #: he writes too often; the message is not stored


class DedupStore:
    """The table `inbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def before(self, channel: str, message_id: str, dialog: str, sender: str) -> Taken | None:
        """Note that a message came, and its dialog, if that is new.

        :returns: None where it is new; else what was said to it.
        :raises DatabaseAway: nobody knows whether it is.
        """

        def work(cursor: Cursor) -> Taken | None:
            cursor.execute(_COMES, {"channel": channel, "id": message_id, "dialog": dialog})
            if cursor.rowcount:
                return None
            cursor.execute(
                "SELECT answers, delivered FROM inbox WHERE channel = %s AND message_id = %s",
                (channel, message_id),
            )
            answers, delivered = cursor.fetchone() or (None, 0)
            if answers is None:
                answers = _from_dialog(cursor, dialog, message_id, sender) or None
            return None if answers is None else Taken(answers, delivered)

        return await self._database.do(work)

    async def answered(self, channel: str, message_id: str, answers: list[Answer]) -> None:
        """Keep what was said."""
        await self._database.ask(
            "UPDATE inbox SET answers = %s::jsonb WHERE channel = %s AND message_id = %s",
            jsonb.dumps(answers),
            channel,
            message_id,
        )

    async def delivered(self, channel: str, message_id: str, count: int) -> None:
        """Keep that the customer has got the first `count` of the answers."""
        await self._database.ask(
            "UPDATE inbox SET delivered = %s WHERE channel = %s AND message_id = %s",
            count,
            channel,
            message_id,
        )


def _from_dialog(cursor: Cursor, dialog: str, message_id: str, sender: str) -> list[Answer]:
    cursor.execute(
        "SELECT id, data FROM events WHERE sender_id = %s AND type_name = 'user'"
        " ORDER BY id DESC LIMIT %s",
        (dialog, _LOOKED_BACK),
    )
    before: int | None = None  # the event of the message after it
    for event_id, data in cursor.fetchall():
        if json.loads(data).get("message_id") == message_id:
            cursor.execute(
                "SELECT data FROM events WHERE sender_id = %s AND type_name = 'bot' AND id > %s"
                " AND (%s IS NULL OR id < %s) ORDER BY id",
                (dialog, event_id, before, before),
            )
            said = [answer_of_event(json.loads(bot)) for (bot,) in cursor.fetchall()]
            return [{"recipient_id": sender, **part} for part in said if part]
        before = event_id
    return []

"""Who speaks in a dialog now, the bot or a manager: our table `dialogs`, looked at before Rasa.

Rasa's own pause is no place for it: a session's expiry ends it. The row is read for each
message, so that what another process changed counts at once (docs/adr/0012-manager-mode.md).
"""

import contextlib
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Protocol

from psycopg2.extensions import cursor as Cursor

from common import jsonb
from connectors.inbox.incoming import Incoming
from connectors.managers.lifecycle import release_dialog, take_dialog
from connectors.managers.words import BACK_TO_BOT, ManagerWords
from connectors.server.answers import Answer
from connectors.server.database import Database, DatabaseFailed
from connectors.server.dialog_lines import answer_line, customer_line, enqueue

_MODE = """
SELECT until <= now() FROM dialogs WHERE external_id = %s AND mode = 'manager'
ORDER BY until DESC LIMIT 1
"""
_SILENT = "SELECT DISTINCT external_id FROM dialogs WHERE mode = 'manager' AND until <= now()"
_TITLE = """
SELECT button ->> 'title' FROM messages,
    jsonb_array_elements(CASE jsonb_typeof(buttons) WHEN 'array' THEN buttons ELSE '[]' END)
    AS button
WHERE dialog = %s AND author = 'bot' AND button ->> 'payload' = %s
ORDER BY id DESC LIMIT 1
"""
#: What a customer gets when he is there again. Where no channel can speak first, also what the
#: worker has not come to yet.
_WAITING = """
UPDATE outbox SET status = 'sent', sent_at = now()
WHERE dialog = %(dialog)s AND kind = 'customer'
    AND (status = 'waiting' OR (status = 'pending' AND %(nobody_pushes)s))
RETURNING id, payload -> 'answer'
"""
_PUSHED = ("tg:", "web:")
_STAFF = "SELECT EXISTS (SELECT FROM staff WHERE disabled_at IS NULL AND password IS NOT NULL)"
#: How often it is looked for them.
_STAFF_S = 2.0


class Line(Protocol):
    """A dialog's line: `Inbox.in_line`."""

    def __call__(self, dialog: str) -> Any: ...  # noqa: ANN401


class Modes:
    """The modes of all dialogs.

    :param silence_min: after so long without a manager's word the bot speaks again.
    :param has_group: whether managers have a group; else they answer at the desk, where anybody
        has an account there.
    """

    def __init__(
        self,
        database: Database,
        words: ManagerWords,
        silence_min: float,
        *,
        has_group: bool = True,
    ) -> None:
        self._database = database
        self._words = words
        self._silence_min = silence_min
        self._has_group = has_group
        self._staffed, self._looked = False, 0.0

    async def staffed(self) -> bool:
        """Whether there is anybody who may take a dialog; who comes to the desk counts soon."""
        if self._has_group:
            return True
        if time.monotonic() - self._looked > _STAFF_S:
            self._looked = time.monotonic()
            with contextlib.suppress(DatabaseFailed):  # as it was
                [(self._staffed,)] = await self._database.ask(_STAFF)
        return self._staffed

    async def takes(self, message: Incoming, dialog: str, text: str) -> list[Answer] | None:
        """As `connectors.inbox.speaker.Modes`: hand a message to the manager who has the dialog.

        :raises DatabaseAway: nobody knows who has it.
        """
        if not await self.staffed():
            return None
        rows = await self._database.ask(_MODE, dialog)
        if not rows:
            # The button of a talk that has ended: Rasa knows nothing of it.
            return (
                [{"recipient_id": message.sender, **self._words.back(came=True)}]
                if text == BACK_TO_BOT
                else None
            )
        if rows[0][0]:
            await self._database.do(lambda cursor: self._silent(cursor, dialog, tell=_later))
            return None
        if self._words.wants_bot(text):
            return await self._database.do(
                lambda cursor: self._returns(cursor, message, dialog, text)
            )
        if not text and not message.attachments:
            return None
        await self._database.do(lambda cursor: self._relay(cursor, message, dialog, text))
        return []

    async def waiting(self, dialog: str) -> list[Answer]:
        """What could not be told to the customer while he was away; he has it now."""
        pushed = dialog.startswith(_PUSHED)
        rows = await self._database.ask(
            _WAITING.replace("%(dialog)s", "%s").replace("%(nobody_pushes)s", "%s"),
            dialog,
            not pushed,
        )
        return [answer for _, answer in sorted(rows, key=lambda row: int(row[0]))]

    def speaks(
        self, cursor: Cursor, dialog: str, manager: str | None, *, corrects: bool = False
    ) -> bool:
        """A manager has the dialog from now on, until he is silent for too long.

        :param manager: as his colleagues know him; whoever has it already keeps it.
        :param corrects: he only mends what he said before: what the bot has stays the bot's.
        :returns: whether the bot had it before, and he has it now.
        """
        began = take_dialog(
            cursor, dialog, by=manager, minutes=self._silence_min, only_if_taken=corrects
        )
        return began and not corrects

    def back(self, cursor: Cursor, dialog: str, answer: Answer | None = None) -> bool:
        """The bot has the dialog again, and the customer is told.

        :param answer: what he is told; None: the usual line.
        :returns: whether a manager had it.
        """
        return self._to_bot(cursor, dialog, silent=False, answer=answer, tell=_now) is not None

    async def silent_ones(self) -> list[str]:
        """Dialogs whose manager was silent for too long."""
        if not await self.staffed():
            return []
        return [dialog for (dialog,) in await self._database.ask(_SILENT)]

    async def end_silence(self, dialog: str) -> None:
        """Give such a dialog back to the bot, unless somebody did."""
        await self._database.do(lambda cursor: self._silent(cursor, dialog, tell=_now))

    def _silent(self, cursor: Cursor, dialog: str, tell: "_Tell") -> None:
        came = self._to_bot(cursor, dialog, silent=True, answer=None, tell=tell)
        if came is not None:
            note = self._words.say(
                "topic", "silence" if came else "nobody_came", minutes=f"{self._silence_min:g}"
            )
            self._note(cursor, dialog, note)

    def _to_bot(
        self, cursor: Cursor, dialog: str, *, silent: bool, answer: Answer | None, tell: "_Tell"
    ) -> bool | None:
        """:returns: whether a manager had come; None: the bot had the dialog before."""
        came = release_dialog(cursor, dialog, only_silent=silent)
        if came is None:
            return None
        said = answer or self._words.back(came=came)
        answer_line(cursor, dialog, said)
        tell(cursor, dialog, said)
        return came

    def _returns(self, cursor: Cursor, message: Incoming, dialog: str, text: str) -> list[Answer]:
        customer_line(cursor, message, dialog, text)
        self._to_bot(cursor, dialog, silent=False, answer=self._words.back(came=True), tell=_nobody)
        self._note(cursor, dialog, self._words.say("topic", "returned"))
        return [{"recipient_id": message.sender, **self._words.back(came=True)}]

    def _relay(self, cursor: Cursor, message: Incoming, dialog: str, text: str) -> None:
        if text.startswith("/"):  # a button's payload means nothing to a person
            cursor.execute(_TITLE, (dialog, text))
            (text,) = cursor.fetchone() or (text,)
        payload = {
            "text": text,
            "channel": message.channel,
            "edited": message.edited,
            "quoted": message.quoted,
            "attachments": [asdict(attachment) for attachment in message.attachments],
        }
        key = f"relay {message.channel} {dialog} {message.message_id}"
        if enqueue(cursor, "relay", dialog=dialog, key=key, payload=payload) is not None:
            customer_line(cursor, message, dialog, text)

    def _note(self, cursor: Cursor, dialog: str, text: str) -> None:
        note(cursor, dialog, text)


def note(
    cursor: Cursor, dialog: str, text: str, key: str = "", *, topic: int | None = None
) -> None:
    """Let a service line stand in a topic of the dialog.

    :param key: what makes it the same note; "": none is the same.
    :param topic: the id of ours; None: the one that was used last.
    """
    cursor.execute("SELECT txid_current()")
    (transaction,) = cursor.fetchone() or (0,)
    enqueue(
        cursor,
        "topic_note",
        dialog=dialog,
        key=key or f"note {dialog} {transaction} {text[:20]}",
        payload={"note": text, "topic": topic},
    )


_Tell = Callable[[Cursor, str, Answer], None]


def _now(cursor: Cursor, dialog: str, answer: Answer) -> None:
    """By the worker."""
    cursor.execute("SELECT txid_current()")
    (transaction,) = cursor.fetchone() or (0,)
    key = f"mode {dialog} {transaction}"
    enqueue(cursor, "customer", dialog=dialog, key=key, payload={"answer": answer})


def _later(cursor: Cursor, dialog: str, answer: Answer) -> None:
    """With the answer to the message that is being taken (`Modes.waiting`)."""
    cursor.execute(
        "INSERT INTO outbox (kind, dialog, payload, key, status) VALUES"
        " ('customer', %s, jsonb_build_object('answer', %s::jsonb),"
        " 'mode ' || %s || ' ' || txid_current(), 'waiting')",
        (dialog, jsonb.dumps(answer), dialog),
    )


def _nobody(cursor: Cursor, dialog: str, answer: Answer) -> None:
    """The caller says it."""

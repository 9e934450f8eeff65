"""Dialogs as Rasa and the channels leave them in the database."""

import json
import time
import uuid
from dataclasses import dataclass

from sqlalchemy import Engine, text

_EVENT = """
INSERT INTO events (sender_id, type_name, "timestamp", data) VALUES (:dialog, :kind, :at, :data)
RETURNING id
"""


@dataclass
class Customer:
    """Somebody who writes."""

    engine: Engine
    dialog: str
    channel: str = "web"

    def says(self, words: str, *, intent: str = "nlu_fallback", **metadata: object) -> int:
        """A message of his; the event's number."""
        parsed = {"intent": {"name": intent, "confidence": 0.5}}
        return self._event(
            "user",
            {"event": "user", "text": words, "input_channel": self.channel, "parse_data": parsed,
             "message_id": uuid.uuid4().hex, "metadata": metadata},
        )  # fmt: skip

    def hears(self, words: str, manager: str = "", **data: object) -> int:
        """What the bot, or a manager in the group, says to him."""
        metadata = {"manager": manager} if manager else {"utter_action": "utter_x"}
        said = {"event": "bot", "text": words, "data": data, "metadata": metadata}
        return self._event("bot", said)

    def calls(self) -> "Customer":
        """A person is called, as the action does it."""
        self._do("SELECT dialog_call(:dialog, :channel, 30)")
        return self

    def leaves_request(self, name: str, phone: str, about: str = "дисплеи") -> int:
        """A request of his; its number."""
        with self.engine.begin() as connection:
            user = connection.execute(
                text("INSERT INTO users (name, phone) VALUES (:n, :p) RETURNING id"),
                {"n": name, "p": phone},
            ).scalar_one()
            dialog = connection.execute(
                text(
                    "INSERT INTO dialogs (channel, external_id) VALUES (:c, :d)"
                    " ON CONFLICT (channel, external_id) DO UPDATE SET channel = excluded.channel"
                    " RETURNING id"
                ),
                {"c": self.channel, "d": self.dialog},
            ).scalar_one()
            consent = connection.execute(
                text(
                    "INSERT INTO consents (dialog_id, user_id, version, wording, channel, given_at)"
                    " VALUES (:d, :u, '1', 'да', :c, now()) RETURNING id"
                ),
                {"d": dialog, "u": user, "c": self.channel},
            ).scalar_one()
            return int(
                connection.execute(
                    text(
                        "INSERT INTO requests (dialog_id, user_id, consent_id, name, phone, about)"
                        " VALUES (:d, :u, :c, :n, :p, :a) RETURNING id"
                    ),
                    {"d": dialog, "u": user, "c": consent, "n": name, "p": phone, "a": about},
                ).scalar_one()
            )

    def outbox(self) -> list[dict[str, object]]:
        """What is on its way to him, in order."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT id, status, payload -> 'answer' ->> 'text' AS text FROM outbox"
                    " WHERE dialog = :dialog AND kind = 'customer' ORDER BY id"
                ),
                {"dialog": self.dialog},
            ).mappings()
            return [dict(row) for row in rows]

    def _event(self, kind: str, said: dict[str, object]) -> int:
        data = json.dumps({**said, "timestamp": time.time()}, ensure_ascii=False)
        values = {"dialog": self.dialog, "kind": kind, "at": time.time(), "data": data}
        with self.engine.begin() as connection:
            return int(connection.execute(text(_EVENT), values).scalar_one())

    def _do(self, statement: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement), {"dialog": self.dialog, "channel": self.channel})

"""Dialogs in the tables, as the product writes them."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

START = datetime.fromisoformat("2026-11-23T09:00:00+03:00")  # a Monday


@dataclass
class Shop:
    """Writes what happens; `minute` is the clock, from Monday 9:00 in Moscow."""

    connection: Connection
    requests: list[int] = field(default_factory=list)

    def at(self, minute: float) -> datetime:
        return START + timedelta(minutes=minute)

    def _event(self, dialog: str, minute: float, kind: str, data: dict[str, Any]) -> None:
        self.connection.execute(
            text(
                'INSERT INTO events (sender_id, type_name, "timestamp", data)'
                " VALUES (:dialog, :kind, :at, :data)"
            ),
            {
                "dialog": dialog,
                "kind": kind,
                "at": self.at(minute).timestamp(),
                "data": json.dumps({"event": kind, **data}),
            },
        )

    def asks(self, dialog: str, minute: float, said: str, *, manager: bool = False) -> None:
        """The customer writes; `manager`: the bot leaves it to people."""
        self._event(dialog, minute, "user", {
            "text": said, "input_channel": "telegram",
            "metadata": {"to": "manager"} if manager else {},
        })  # fmt: skip

    def bot(
        self, dialog: str, minute: float, response: str = "", custom: dict[str, Any] | None = None
    ) -> None:
        """The bot answers by a response, or shows goods."""
        self._event(dialog, minute, "bot", {
            "text": "…", "metadata": {"utter_action": response} if response else {},
            "data": {"custom": custom},
        })  # fmt: skip

    def manager(self, dialog: str, minute: float, name: str = "Ольга") -> None:
        """A manager answers."""
        self._event(dialog, minute, "bot", {"text": "да", "metadata": {"manager": name}})

    def searches(self, dialog: str, minute: float, question: str, answer: str = "found") -> None:
        """A search is recorded."""
        self.connection.execute(
            text(
                "INSERT INTO price_searches (at, dialog, question, normalised, answer, confidence,"
                " top_code) VALUES (:at, :dialog, :q, :q, :answer, .9, '0001')"
            ),
            {"at": self.at(minute), "dialog": dialog, "q": question, "answer": answer},
        )

    def watches(self, dialog: str, minute: float, state: str = "on") -> None:
        """He wants to be told when something is there."""
        self.connection.execute(
            text(
                "INSERT INTO watches (dialog, channel, kind, asked, name, consent_version,"
                " consent_wording, created_at, ends_at, state)"
                " VALUES (:d, 'telegram', 'appears', 'акб', 'Аккумулятор', '1', 'да', :at, :at, :s)"
            ),
            {"d": dialog, "at": self.at(minute), "s": state},
        )

    def leaves_request(
        self, dialog: str, minute: float, phone: str, *, taken_after: float | None = None
    ) -> int:
        """Consent and request of a person, known by the phone."""
        run = self.connection.execute
        user = run(text("SELECT id FROM users WHERE phone = :p"), {"p": phone}).scalar()
        user = (
            user
            or run(
                text("INSERT INTO users (phone) VALUES (:p) RETURNING id"), {"p": phone}
            ).scalar_one()
        )
        d = run(
            text(
                "INSERT INTO dialogs (channel, external_id, user_id) VALUES ('telegram', :d, :u)"
                " ON CONFLICT (channel, external_id) DO UPDATE SET user_id = :u RETURNING id"
            ),
            {"d": dialog, "u": user},
        ).scalar_one()
        consent = run(
            text(
                "INSERT INTO consents (dialog_id, user_id, version, wording, channel, given_at)"
                " VALUES (:d, :u, '1', 'да', 'telegram', :at) RETURNING id"
            ),
            {"d": d, "u": user, "at": self.at(minute)},
        ).scalar_one()
        taken = None if taken_after is None else self.at(minute + taken_after)
        number = run(
            text(
                "INSERT INTO requests (dialog_id, user_id, consent_id, name, phone, about,"
                " created_at, taken_at, status) VALUES (:d, :u, :c, 'Имя', :p, 'хочу', :at, :taken,"
                " :status) RETURNING id"
            ),
            {
                "d": d, "u": user, "c": consent, "p": phone, "at": self.at(minute),
                "taken": taken, "status": "taken" if taken else "new",
            },
        ).scalar_one()  # fmt: skip
        self.requests.append(number)
        return int(number)

    def orders(self, dialog: str, minute: float, request: int | None = None) -> None:
        """An order is begun; sent where it has a request."""
        self.connection.execute(
            text(
                "INSERT INTO orders (dialog, state, body, request_id, created_at, sent_at)"
                " VALUES (:d, :state, '{}', :r, :at, :sent)"
            ),
            {
                "d": dialog, "state": "sent" if request else "open", "r": request,
                "at": self.at(minute), "sent": self.at(minute) if request else None,
            },
        )  # fmt: skip


@pytest.fixture
def shop(engine: Engine):
    """An empty shop in a transaction of its own."""
    with engine.connect() as connection:
        yield Shop(connection)

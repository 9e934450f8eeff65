"""A customer in the request form, played as Rasa plays it: real actions, no server."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.executor import ActionExecutor
from sqlalchemy import Engine
from sqlalchemy import text as sql

from optfm.dialogue.request_fields import FIELDS

DOMAIN = {
    "intents": [],
    "slots": {},
    "actions": [],
    "forms": {},
    "entities": [],
    "responses": {"utter_faq_delivery_cost": [{"text": "3 000 ₽"}]},
}


PERSONAL = ("name", "phone", "email", "about", "town")


@dataclass
class Form:
    """A customer in the form, as the server's FormAction leads him through it."""

    executor: ActionExecutor
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    message: dict[str, Any] = field(default_factory=dict)
    said: list[dict[str, Any]] = field(default_factory=list)  #: since the last message
    active: bool = False
    now: float = 1_790_000_000.0  #: seconds since 1970 of the next message
    turns_loaded: int | None = None  #: how many messages an action sees; None: all

    def begin(self, text: str = "оставить заявку", intent: str = "leave_request") -> list[str]:
        """The message that opens the form; what the bot says."""
        self.hear(text, intent, 1.0)
        self.active = True
        self.events.append({"event": "active_loop", "name": "request_form"})
        return self._ask(None)

    def say(self, text: str, intent: str = "", sure: float = 0.9, **metadata: object) -> list[str]:
        """One message; the names of the responses to it."""
        self.hear(text, intent, sure, **metadata)
        before = len(self.events)
        said = self.run("validate_request_form")
        events = [e for e in self.events[before:] if e["event"] == "slot"]
        if not events:
            said += self.run("action_answer_in_form")
            return said + self._ask(self.slots["requested_slot"])
        ruled = [e for e in events if e["name"] == "requested_slot"]
        if ruled and ruled[-1]["value"] is None:
            return said + self._submit()
        return said + self._ask(ruled[-1]["value"] if ruled else None)

    def asked(self) -> str | None:
        """The field that is asked for; None when the form is over."""
        return self.slots.get("requested_slot")

    def _ask(self, forced: str | None) -> list[str]:
        missing = forced or next((f for f in FIELDS if self.slots.get(f) is None), None)
        if missing is None:
            return self._submit()
        self.slots["requested_slot"] = missing
        self.events.append({"event": "slot", "name": "requested_slot", "value": missing})
        return self.run(f"action_ask_request_form_{missing}")

    def _submit(self) -> list[str]:
        self.slots["requested_slot"] = None
        self.active = False
        before = len(self.events)
        said = self.run("action_submit_request")
        if {"event": "followup", "name": "request_form"} in self.events[before:]:
            said += self._ask(None)
        return said

    def hear(self, text: str, intent: str, sure: float, **metadata: object) -> None:
        """A message comes in; nothing answers it yet."""
        named = {"name": intent, "confidence": sure}
        self.message = {"text": text, "intent": named, "message_id": f"m-{len(self.events)}"}
        self.message["intent_ranking"] = [named]
        self.message["metadata"] = metadata
        self.said = []
        parsed = {"parse_data": {"intent": named}, "input_channel": "rest"}
        ids = {"message_id": self.message["message_id"], "timestamp": self.now}
        self.events.append({"event": "user", "text": text, **parsed, **ids})

    def run(self, action: str) -> list[str]:
        """One action of Rasa's; the names of the responses it gives."""
        tracker = {
            "sender_id": "dialog-1",
            "slots": self.slots,
            "latest_message": self.message,
            "events": self._seen(),
            "active_loop": {},
            "latest_input_channel": "rest",
            "latest_action_name": "action_listen",
            "paused": False,
            "followup_action": None,
        }
        call = {"next_action": action, "sender_id": "dialog-1", "tracker": tracker}
        result: Any = asyncio.run(self.executor.run({**call, "domain": DOMAIN}))
        result = result.model_dump() if hasattr(result, "model_dump") else result
        if not action.startswith("validate_"):
            name = "request_form" if action.startswith("action_ask") else action
            self.events.append({"event": "action", "name": name})
        for event in result["events"]:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            self.events.append(
                {"event": event["event"], "name": event["name"]}
                if event["event"] == "followup"
                else event
            )
        said = result["responses"]
        self.said += said
        for part in said:
            named = {"utter_action": part["response"]}
            text = part.get("wording") or ""
            self.events.append(
                {
                    "event": "bot",
                    "text": text,
                    "metadata": named,
                    "timestamp": self.now,
                    "data": {"custom": part.get("custom") or {}},
                }
            )
        return [part["response"] for part in said if part["response"]]

    def _seen(self) -> list[dict[str, Any]]:
        """The last messages and what came with them, as the dialog store loads them."""
        starts = [n for n, event in enumerate(self.events) if event["event"] == "user"]
        if self.turns_loaded is None or len(starts) <= self.turns_loaded:
            return self.events
        edge = starts[-self.turns_loaded]
        return [e for e in self.events[:edge] if e["event"] == "active_loop"] + self.events[edge:]

    def store(self, engine: Engine) -> None:
        """Write what was said so far where the server keeps it."""
        with engine.begin() as connection:
            for event in self.events:
                connection.execute(
                    sql(
                        "INSERT INTO events (sender_id, type_name, action_name, data)"
                        " VALUES ('dialog-1', :kind, :name, :data)"
                    ),
                    {
                        "kind": event["event"],
                        "name": event.get("name"),
                        "data": json.dumps(event, ensure_ascii=False),
                    },
                )


Start = Callable[..., Form]

"""What is said around a manager, to both sides (words.yml)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from connectors.server.answers import Answer

#: What the button that leaves the manager sends.
BACK_TO_BOT = "/back_to_bot"


@dataclass(frozen=True)
class ManagerWords:
    """All of them, by section and name."""

    sections: dict[str, Any]

    @classmethod
    def read(cls) -> "ManagerWords":
        """Read words.yml beside this module."""
        path = Path(__file__).with_suffix(".yml")
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    def say(self, section: str, name: str, /, **values: object) -> str:
        """One text with its values in it; whoever needs HTML escapes them."""
        text: str = self.sections[section][name]
        return text.format(**values) if values else text

    def names(self, section: str) -> dict[str, str]:
        """A whole section."""
        found: dict[str, str] = self.sections[section]
        return found

    @property
    def no_name(self) -> str:
        """How a manager is called who is in no setting."""
        return str(self.sections["no_name"])

    def wants_bot(self, text: str) -> bool:
        """Whether a customer in a talk with a manager wants the bot again."""
        words = " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
        return text == BACK_TO_BOT or words in self.sections["return_words"]

    def back(self, *, came: bool) -> Answer:
        """The line when nobody speaks for the shop any longer.

        :param came: whether a manager had.
        """
        if came:
            return {"text": self.say("customer", "back")}
        button = {"title": self.say("buttons", "leave_request"), "payload": "/leave_request"}
        return {"text": self.say("customer", "nobody_came"), "buttons": [button]}

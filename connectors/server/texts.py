"""The few texts that the connectors say themselves (texts.yml)."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Button = dict[str, str]
_UNREAD = ("photo", "voice", "sticker", "location")


@dataclass(frozen=True)
class Text:
    """A text and its buttons."""

    text: str
    buttons: tuple[Button, ...] = field(default=())

    def as_response(self) -> dict[str, Any]:
        """As an action's response: `{"text": …, "buttons": […]}`, fresh, to be changed freely."""
        response: dict[str, Any] = {"text": self.text}
        if self.buttons:
            response["buttons"] = [dict(button) for button in self.buttons]
        return response


@dataclass(frozen=True)
class Texts:
    """All of them, by what happened."""

    apology: Text  #: nothing came back: something is down, late or wrong
    too_long: Text
    no_words: Text  #: blank, emoji or punctuation only
    too_many: Text  #: the limit of one dialog, or of one address
    slow: Text  #: the answer takes long
    photo: Text  #: what a bot does not read, by its kind
    voice: Text
    sticker: Text
    file: Text  #: documents, videos and all the rest
    location: Text
    share_phone: Text  #: Telegram's button below the input
    link_question: Text  #: before a dialog of the site is shown elsewhere
    link_done: Text
    link_stale: Text
    link_refused: Text
    from_site: Text  #: {text}: what the customer said there
    command_start: Text  #: Telegram's menu
    command_help: Text
    command_request: Text
    command_manager: Text
    no_session: Text  #: a file of a visitor whose chat is not open any more
    file_empty: Text
    file_too_large: Text  #: `{largest}`: megabytes
    file_kind: Text
    order_too_large: Text  #: a document that may be an order, too large to be read
    file_lost: Text  #: a document that the channel does not give

    def unread(self, kind: str) -> Text:
        """What the customer reads who sent something that is no words.

        :param kind: of `connectors.inbox.incoming.Attachment`.
        """
        found: Text = getattr(self, kind, self.file)
        return found if kind in _UNREAD else self.file

    @classmethod
    def read(cls) -> "Texts":
        """Read the file beside this module."""
        raw = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
        return cls(
            **{
                name: Text(entry["text"], tuple(entry.get("buttons", ())))
                for name, entry in raw.items()
            }
        )

"""Which messages that begin with a slash Rasa may obey: the buttons that a dialog was shown."""

from dataclasses import dataclass
from typing import Protocol

from connectors.inbox.typed import is_command, known_command, without_slash
from connectors.server.texts import Texts

#: Apologies whose button is remembered though the database was away.
_APOLOGIES_KEPT = 10_000


class Offers(Protocol):
    """Knows the buttons of a dialog: components.dialog_store."""

    async def offered(self, dialog: str, payload: str) -> str | None:
        """The title of a button that the dialog was shown with this payload, or None."""


@dataclass(frozen=True)
class ForRasa:
    """A message as Rasa gets it."""

    text: str  #: "": nothing was left of it
    button: str | None = None  #: the title, if one was pressed
    about: str = ""  #: the question that got no answer, if this is the apology's button


class Pressed:
    """The buttons of all dialogs; the apology's among them, which no tracker knows of."""

    def __init__(self, offers: Offers, texts: Texts) -> None:
        self._offers = offers
        self._buttons = texts.apology.buttons
        self._unanswered: dict[str, str] = {}

    async def read(self, dialog: str, text: str) -> ForRasa:
        """What Rasa is to read of a text that was typed or pressed.

        Rasa obeys whatever begins with a slash; here only what this dialog was really offered,
        and the commands that people know from messengers.
        """
        if not is_command(text):
            return ForRasa(text)
        if command := known_command(text):
            return ForRasa(command)
        for button in self._buttons if dialog in self._unanswered else ():
            if button["payload"] == text:
                about = self._unanswered.pop(dialog)
                return ForRasa(text, button["title"], about)
        if title := await self._offers.offered(dialog, text):
            return ForRasa(text, title)
        return ForRasa(without_slash(text))

    def failed(self, dialog: str, question: str) -> None:
        """Let the apology's button work, and remember what it is about."""
        self._unanswered[dialog] = "" if is_command(question) else question
        if len(self._unanswered) > _APOLOGIES_KEPT:
            del self._unanswered[next(iter(self._unanswered))]

"""Who speaks in a dialog, as the inbox asks before each turn: a manager, or the bot."""

from typing import Protocol

from connectors.inbox.incoming import Incoming
from connectors.server.answers import Answer


class Modes(Protocol):
    """Who speaks in a dialog now: connectors.managers.takeover."""

    async def takes(self, message: Incoming, dialog: str, text: str) -> list[Answer] | None:
        """Hand a message to the manager who has the dialog.

        :param text: cleaned; may be empty or without words.
        :returns: None: the bot goes on; else what is said to the customer, maybe nothing.
        """

    async def waiting(self, dialog: str) -> list[Answer]:
        """What could not be told to the customer while he was away."""


class BotOnly:
    """No managers: the bot has every dialog."""

    async def takes(self, message: Incoming, dialog: str, text: str) -> list[Answer] | None:
        """Never."""
        return None

    async def waiting(self, dialog: str) -> list[Answer]:
        """Nothing."""
        return []

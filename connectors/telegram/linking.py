"""A dialog of the site that goes on in Telegram: asked for first, then one dialog in two places."""

import re

from connectors.server.texts import Texts
from connectors.site.links import Links
from connectors.telegram.sender import CHANNEL, Sender
from connectors.telegram.updates import CustomerUpdate

#: The button that agrees carries the link's token with it.
_YES, _NO = "link:", "link-no"
#: As connectors.site.links makes them; any other payload of a deep link is a greeting.
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


class Linking:
    """The question, and what follows a yes."""

    def __init__(
        self,
        sender: Sender,
        links: Links,
        texts: Texts,
    ) -> None:
        self._sender, self._links, self._texts = sender, links, texts

    async def takes(self, words: CustomerUpdate, chat: str) -> bool:
        """Whether a message was about linking; then everything is said already."""
        command, _, token = words.text.partition(" ")
        if command.partition("@")[0] == "/start" and _TOKEN.fullmatch(token.strip()):
            await self._ask(words.chat, token.strip())
            return True
        if not words.query or not words.text.startswith((_YES, _NO)):
            return False
        if words.text == _NO:
            await self._sender.say_surely(words.chat, self._texts.link_refused.as_response())
            return True
        linked = await self._links.redeem(words.text[len(_YES) :], CHANNEL, chat)
        outcome = self._texts.link_done if linked else self._texts.link_stale
        await self._sender.say_surely(words.chat, outcome.as_response())
        return True

    async def _ask(self, chat: int, token: str) -> None:
        """Nothing of the dialog is told before he says yes."""
        if not await self._links.is_open(token):
            await self._sender.say_surely(chat, self._texts.link_stale.as_response())
            return
        question = self._texts.link_question.as_response()
        for button, payload in zip(question["buttons"], (_YES + token, _NO), strict=True):
            button["payload"] = payload
        await self._sender.say_surely(chat, question)

"""Rasa's response templates: none twice in a row, and what else was asked answered below."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from common import published
from components.alarm import waits_too_long
from connectors.server.published import wordings

#: A response with several wordings is drawn so often before it counts as said already.
_TRIES = 6
_NOT_TWICE = ("utter_faq_", "utter_shop_", "utter_jobs", "utter_trade_", "utter_who", "utter_are_")
_SAME_AGAIN = "utter_same_again"
#: Said before the answer to who waits too long.
_WAITED, _ANSWERS = "utter_waited", ("utter_faq_", "utter_shop_")


class Responses(TemplatedNaturalLanguageGenerator):
    """`nlg` of endpoints.yml: the responses of the domain."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)
        self._of_file = self._said = domain.responses
        self._version = 0

    def _follow(self) -> None:
        """Let the answers say what was published last; Rasa sets them when a model is loaded."""
        if self.responses is not self._said:
            self._of_file, self._version = self.responses, -1
        if self._version != published.version():
            self._version = published.version()
            self._said = {name: _now(name, said) for name, said in self._of_file.items()}
            self.responses = self._said

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,  # noqa: ANN401 - Rasa's signature
    ) -> dict[str, Any] | None:
        """A response as Rasa says it; to a message that asked more, with the other answers.

        An action that says the others itself asks for it `alone`.

        :returns: the message as a channel takes it, None for a response that there is not.
        """
        self._follow()
        alone = kwargs.pop("alone", False)
        said = await self._another(utter_action, tracker, output_channel, **kwargs)
        message = tracker.latest_message
        if said is None or message is None:
            return said
        if not alone and utter_action == f"utter_{message.intent_name}":
            for topic in (message.parse_data or {}).get("also", ()):
                more = await super().generate(f"utter_{topic}", tracker, output_channel, **kwargs)
                if more:
                    said["text"] = f"{said['text']}\n\n{more['text']}"
                    buttons = [*(said.get("buttons") or ()), *(more.get("buttons") or ())]
                    said["buttons"] = list({b["payload"]: b for b in buttons}.values())
        if utter_action.startswith(_ANSWERS) and waits_too_long(message.text or ""):
            sorry = await super().generate(_WAITED, tracker, output_channel, **kwargs)
            said["text"] = f"{sorry['text']} {said['text']}" if sorry else said["text"]
        return said

    async def _another(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,  # noqa: ANN401 - Rasa's signature
    ) -> dict[str, Any] | None:
        """The response in a wording that was not said just before, else what to do instead.

        The questions of a form may be asked again: their actions know when.
        """
        before = last_text(tracker)
        for _ in range(_TRIES):
            said = await super().generate(utter_action, tracker, output_channel, **kwargs)
            if said is None or said.get("text") != before:
                return said
        if not utter_action.startswith(_NOT_TWICE):
            return said
        return await super().generate(_SAME_AGAIN, tracker, output_channel, **kwargs) or said


def _now(answer: str, said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not all(wording.get("text") for wording in said):
        return said
    texts = wordings(answer, [wording["text"] for wording in said])
    return [{**wording, "text": text} for wording, text in zip(said, texts, strict=True)]


def last_text(tracker: DialogueStateTracker) -> str | None:
    """What the bot said last."""
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            return event.text
    return None

"""Rasa's response templates, and a second answer below the first where two things were asked."""

from __future__ import annotations

from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig


class Responses(TemplatedNaturalLanguageGenerator):
    """`nlg` of endpoints.yml: the responses of the domain."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,  # noqa: ANN401 - Rasa's signature
    ) -> dict[str, Any] | None:
        """A response as Rasa says it; to a message that asked more, with the other answers.

        :returns: the message as a channel takes it, None for a response that there is not.
        """
        said = await super().generate(utter_action, tracker, output_channel, **kwargs)
        message = tracker.latest_message
        if said is None or message is None or utter_action != f"utter_{message.intent_name}":
            return said
        for topic in (message.parse_data or {}).get("also", ()):
            more = await super().generate(f"utter_{topic}", tracker, output_channel, **kwargs)
            if more:
                said["text"] = f"{said['text']}\n\n{more['text']}"
                buttons = [*(said.get("buttons") or ()), *(more.get("buttons") or ())]
                said["buttons"] = list({b["payload"]: b for b in buttons}.values())
        return said

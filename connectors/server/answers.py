"""What the bot says in one turn, in order, each message whole."""

from typing import Any

from rasa.core.channels.channel import OutputChannel

#: One message: `recipient_id`, and of `text`, `buttons`, `custom`, `image`, `attachment` what
#: it has.
Answer = dict[str, Any]

_PARTS = ("text", "image", "buttons", "attachment", "custom")
#: Intents of what the bot does not answer.
_NOT_UNDERSTOOD = ("nlu_fallback", "out_of_scope")


class Answers(OutputChannel):
    """Collects a turn's messages; text, buttons and data of one message stay together.

    Rasa's own collector cuts a text at blank lines and sends `custom` as a message of its own.

    :param channel: its name: Rasa picks a response's variant by it.
    :param recipient: whom the messages are for, as the channel calls him.
    """

    def __init__(self, channel: str, recipient: str) -> None:
        self.messages: list[Answer] = []
        self._channel = channel
        self._recipient = recipient

    def name(self) -> str:  # Rasa asks the instance
        """The channel's name."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message of the bot."""
        if said := _parts(message):
            self.messages.append({"recipient_id": self._recipient, **said})


def answer_of_event(event: dict[str, Any]) -> Answer:
    """What a `bot` event of a stored dialog said, as it was sent, but for the recipient.

    :param event: as Rasa keeps it: `text`, `data` (buttons, custom, …).
    :returns: {} where there was nothing in it.
    """
    return _parts({"text": event.get("text"), **(event.get("data") or {})})


def _parts(message: dict[str, Any]) -> Answer:
    said = {part: message[part] for part in _PARTS if message.get(part)}
    if message.get("quick_replies"):
        said["buttons"] = [*said.get("buttons", ()), *message["quick_replies"]]
    return said


def source_of(said: list[Answer], intent: str) -> str:
    """Who answered a turn, as /metrics counts it: `faq`, `price`, `llm` or `fallback`.

    :param said: the turn's answers.
    :param intent: what the message was understood as.
    """
    custom = [part.get("custom") or {} for part in said]
    if any(part.get("source") == "llm" for part in custom):
        return "llm"
    if any("rows" in part for part in custom):
        return "price"
    return "fallback" if intent in _NOT_UNDERSTOOD else "faq"

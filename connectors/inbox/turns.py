"""One message to Rasa and its answers back."""

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from connectors.inbox.incoming import Attachment, Incoming
from connectors.inbox.pressed import Pressed
from connectors.inbox.reading import Reader
from connectors.inbox.typed import has_words, without_slash
from connectors.server.action_server import one_apology
from connectors.server.answers import Answer, Answers, source_of
from connectors.server.dialog_lines import lines_without_words


class Turns:
    """Turns of Rasa.

    :param agent: with a loaded model.
    """

    def __init__(self, agent: Agent, pressed: Pressed) -> None:
        self._agent = agent
        self._pressed = pressed
        self._reader = Reader(agent)

    async def turn(self, message: Incoming, dialog: str, text: str) -> tuple[str, list[Answer]]:
        """Let Rasa answer.

        :param text: cleaned, with words in it.
        :returns: who answered (`faq`, `price`, `llm`, `fallback`, or `no_words`: nothing was
            left to read), and what.
        :raises Exception: whatever a policy, the store or a component raises.
        """
        read = await self._pressed.read(dialog, text)
        if not read.text:
            return "no_words", []
        output = Answers(message.channel, message.sender)
        for_rasa = UserMessage(
            read.text,
            output,
            dialog,
            input_channel=message.channel,
            message_id=message.message_id,
            metadata={"button": read.button} if read.button else None,
        )
        await self._reader.read(for_rasa)
        if read.about:
            # In words, so that the request is about the question that got no answer.
            for_rasa.text = f"{read.button}: {read.about}"
            for_rasa.metadata = None
            if for_rasa.parse_data:
                words = {"text": for_rasa.text, "metadata": {}}
                for_rasa.parse_data = {**for_rasa.parse_data, **words}
        with one_apology():
            await self._agent.handle_message(for_rasa)
        intent = (for_rasa.parse_data or {}).get("intent", {}).get("name") or ""
        return source_of(output.messages, intent), output.messages

    async def file(
        self, message: Incoming, dialog: str, text: str, file: Attachment
    ) -> tuple[str, list[Answer]]:
        """Let Rasa answer a document that is kept at this server.

        :param text: its caption, cleaned; may be empty.
        :returns: as `turn`.
        :raises Exception: as `turn`.
        """
        output = Answers(message.channel, message.sender)
        for_rasa = UserMessage(
            without_slash(text) if has_words(text) else file.file_name,
            output,
            dialog,
            input_channel=message.channel,
            message_id=message.message_id,
            metadata={"file": file.as_file()},
        )
        if has_words(text):
            await self._reader.read(for_rasa)
        else:  # a name of a file is not what the customer says: it means nothing
            for_rasa.parse_data = {
                "text": for_rasa.text,
                "intent": {"name": None, "confidence": 0.0},
                "intent_ranking": [],
                "entities": [],
                "message_id": message.message_id,
                "metadata": for_rasa.metadata,
            }
        with one_apology():
            await self._agent.handle_message(for_rasa)
        return source_of(output.messages, ""), output.messages

    async def form_waits(self, dialog: str) -> bool:
        """Whether a form has asked this customer something, so that «?!» is a bad answer to it.

        :raises DialogStoreAway: nobody knows.
        """
        processor = self._agent.processor
        tracker = await processor.tracker_store.retrieve(dialog) if processor else None
        return bool(tracker and tracker.active_loop_name)

    async def keep(self, message: Incoming, dialog: str, text: str, said: list[Answer]) -> None:
        """Keep in the dialog what is no turn of Rasa, a file or a smile, and what was said to it.

        :param text: cleaned; may be empty.
        :raises DialogStoreAway: it is not kept.
        """
        processor = self._agent.processor
        if processor is None or not (text or message.attachments):
            return
        output = Answers(message.channel, message.sender)
        async with self._agent.lock_store.lock(dialog):
            tracker = await processor.fetch_tracker_and_update_session(dialog, output)
            tracker.update_with_events(lines_without_words(message, text, said), processor.domain)
            await self._agent.tracker_store.save(tracker)

    def failed(self, dialog: str, question: str) -> None:
        """Remember a question that got the apology."""
        self._pressed.failed(dialog, question)

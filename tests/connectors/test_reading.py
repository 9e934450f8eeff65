"""Reading a message once, aside (connectors/inbox/reading.py)."""

import asyncio
import threading
from types import SimpleNamespace

import pytest
from rasa.core.channels.channel import UserMessage

from connectors.inbox import reading
from connectors.inbox.reading import Reader


class Processor:
    """Stands for Rasa's processor: notes what it read and on which thread."""

    def __init__(self):
        self.read = []
        self.threads = set()
        self.at_once = 0
        self._busy = threading.Lock()

    async def parse_message(self, message):
        assert self._busy.acquire(blocking=False), "two threads at once"
        self.read.append(message.text)
        self.threads.add(threading.current_thread())
        await asyncio.sleep(0.01)
        self._busy.release()
        if message.text == "сломай":
            raise ValueError("broken")
        return {"text": message.text, "intent": {"name": "ask"}, "message_id": message.message_id}


@pytest.fixture
def processor():
    return Processor()


@pytest.fixture
def reader(processor):
    return Reader(SimpleNamespace(processor=processor))


def message(text, **known):
    return UserMessage(text, sender_id="a", **known)


async def test_messages_are_read_on_one_thread_that_is_not_the_servers(reader, processor):
    """The server's loop goes on meanwhile, and components need not be safe for two threads."""
    await asyncio.gather(*(reader.read(message(str(number))) for number in range(5)))
    assert len(processor.threads) == 1
    assert threading.current_thread() not in processor.threads


async def test_the_same_words_are_read_once(reader, processor):
    """Each message keeps its own id and data, and changing one does not change the next."""
    first, second = message("привет"), message("привет", metadata={"button": "Привет"})
    await reader.read(first)
    first.parse_data["intent"]["name"] = "changed"
    await reader.read(second)
    assert processor.read == ["привет"]
    assert second.parse_data == {
        "text": "привет",
        "intent": {"name": "ask"},
        "message_id": second.message_id,
        "metadata": {"button": "Привет"},
    }


async def test_what_is_remembered_has_an_end(reader, processor, monkeypatch):
    """The oldest words are forgotten, long texts are not kept at all."""
    monkeypatch.setattr(reading, "_REMEMBERED", 2)
    for text in ("а", "б", "а", "в", "а", "б", "х" * 200, "х" * 200):
        await reader.read(message(text))
    assert processor.read == ["а", "б", "в", "б", "х" * 200, "х" * 200]


async def test_an_error_is_the_callers(reader):
    """Nothing is remembered of it."""
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            await reader.read(message("сломай"))


async def test_without_a_model_nothing_is_read():
    """Rasa then says that it is not ready."""
    incoming = message("привет")
    await Reader(SimpleNamespace(processor=None)).read(incoming)
    assert incoming.parse_data is None

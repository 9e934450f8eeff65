"""The one way in (connectors/inbox/inbox.py), with a Rasa of our own behind it."""

import asyncio
import dataclasses
import time
import uuid
from dataclasses import dataclass, field

import pytest

from connectors.inbox import inbox as inbox_module
from connectors.inbox.inbox import Inbox
from connectors.inbox.incoming import Incoming
from connectors.server.texts import Texts
from connectors.settings import Settings

TEXTS = Texts.read()


@dataclass
class Rasa:
    """Stands for rasa.core.agent.Agent: answers by what it was asked, slowly where told to."""

    processor = None  # no model: nothing is read before
    heard: list = field(default_factory=list)
    running: dict = field(default_factory=dict)
    most_at_once: int = 0

    async def handle_message(self, message):
        self.heard.append(message)
        self.running[message.sender_id] = self.running.get(message.sender_id, 0) + 1
        self.most_at_once = max(self.most_at_once, self.running[message.sender_id])
        try:
            if message.text == "медленно":
                await asyncio.sleep(0.05)
            if message.text == "вечно":
                await asyncio.sleep(60)
            if message.text == "ошибка":
                raise RuntimeError("no such thing")
            if message.text != "молчи":
                await message.output_channel.send_response(
                    message.sender_id, {"text": f"на {message.text}", "custom": {"a": 1}}
                )
        finally:
            self.running[message.sender_id] -= 1


class Offers:
    """Stands for the store of dialogs: dialog a was shown one button."""

    async def offered(self, dialog, payload):
        return "Сроки" if (dialog, payload) == ("a", "/faq_time") else None


@pytest.fixture
def rasa():
    return Rasa()


@pytest.fixture
def inbox(rasa):
    return Inbox(rasa, Offers(), Settings.from_env({}), TEXTS)


def message(text, sender="a"):
    return Incoming(channel="rest", sender=sender, text=text, message_id=uuid.uuid4().hex)


async def test_a_message_becomes_a_turn_of_rasa(inbox, rasa):
    """Its parts come back together; Rasa knows the channel and the message."""
    incoming = message(" привет\x00 ")
    assert await inbox.receive(incoming) == [
        {"recipient_id": "a", "text": "на привет", "custom": {"a": 1}}
    ]
    (heard,) = rasa.heard
    assert (heard.text, heard.sender_id, heard.input_channel, heard.message_id) == (
        "привет",
        "a",
        "rest",
        incoming.message_id,
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "no_words"),
        ("😀", "no_words"),
        ("???", "no_words"),
        ("/", "no_words"),
        ("x" * 4_001, "too_long"),
        ("\x00" * 100_000, "too_long"),
    ],
)
async def test_what_is_no_message_gets_a_civil_text(inbox, rasa, text, name):
    """Rasa does not hear of it."""
    assert await inbox.receive(message(text)) == [
        {"recipient_id": "a", **getattr(TEXTS, name).as_response()}
    ]
    assert rasa.heard == []


async def test_4000_characters_are_read(inbox, rasa):
    """The limit itself is a message."""
    await inbox.receive(message("я" * 4_000))
    assert rasa.heard[0].text == "я" * 4_000


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("/restart", "restart"),
        ("/session_start", "session_start"),
        ('/leave_request{"phone": "89"}', 'leave_request{"phone": "89"}'),
        ('/faq_time{"consent": true}', 'faq_time{"consent": true}'),
        ("/faq_timer", "faq_timer"),
        ("\u200b/restart", "restart"),
        ("\x00/restart", "restart"),
        ("//restart", "restart"),
        ("/start", "/greet"),
        ("/help", "/help"),
        ("/faq_time", "/faq_time"),
    ],
)
async def test_only_commands_that_were_offered_reach_rasa(inbox, rasa, typed, heard):
    """A typed intent, with or without slots, is plain text."""
    await inbox.receive(message(typed))
    assert rasa.heard[0].text == heard


async def test_another_dialogs_button_is_plain_text(inbox, rasa):
    """A button counts where it was shown."""
    await inbox.receive(message("/faq_time", "b"))
    assert rasa.heard[0].text == "faq_time"


async def test_a_pressed_button_is_kept_with_its_title(inbox, rasa):
    """Who reads the dialog sees what the customer saw."""
    await inbox.receive(message("/faq_time"))
    await inbox.receive(message("текст"))
    assert [heard.metadata for heard in rasa.heard] == [{"button": "Сроки"}, None]


@pytest.mark.parametrize("text", ["ошибка", "молчи", "вечно"])
async def test_a_turn_that_gives_nothing_is_apologised_for(inbox, rasa, text, monkeypatch):
    """Error, silence and time-out end alike, and the button of the apology works."""
    monkeypatch.setattr(inbox_module, "TURN_S", 0.2)
    assert await inbox.receive(message(text)) == [
        {"recipient_id": "a", **TEXTS.apology.as_response()}
    ]
    await inbox.receive(message("/leave_request", "b"))
    await inbox.receive(message("/leave_request"))
    assert [heard.text for heard in rasa.heard] == [
        text,
        "leave_request",
        f"Оставить заявку: {text}",
    ]


def test_a_turn_ends_before_rasas_lock():
    """Else two turns of a dialog could run at once."""
    from rasa.core.lock_store import LOCK_LIFETIME

    from components.dialog_store import PATIENCE_S

    assert inbox_module.TURN_S + PATIENCE_S < LOCK_LIFETIME


async def test_messages_of_a_dialog_are_answered_in_order(inbox, rasa):
    """Also when the first takes longer; never two turns at once."""
    said = await asyncio.gather(
        *(inbox.receive(message(text)) for text in ("медленно", "раз", "медленно", "два"))
    )
    assert [part["text"] for (part,) in said] == ["на медленно", "на раз", "на медленно", "на два"]
    assert [heard.text for heard in rasa.heard] == ["медленно", "раз", "медленно", "два"]
    assert rasa.most_at_once == 1


async def test_dialogs_do_not_wait_for_each_other(inbox, rasa):
    """Ten thousand answers arrive while one dialog hangs."""
    hanging = asyncio.ensure_future(inbox.receive(message("вечно")))
    said = await asyncio.gather(*(inbox.receive(message("да", str(i))) for i in range(10_000)))
    assert all(parts[0]["text"] == "на да" for parts in said)
    assert not hanging.done()
    hanging.cancel()


async def test_a_caller_who_goes_away_does_not_break_the_turn(inbox, rasa):
    """What was begun is finished and stored."""
    asking = asyncio.ensure_future(inbox.receive(message("медленно")))
    await asyncio.sleep(0.01)
    asking.cancel()
    assert (await inbox.receive(message("раз")))[0]["text"] == "на раз"
    assert [heard.text for heard in rasa.heard] == ["медленно", "раз"]


async def test_the_limited_customer_is_told_once(inbox, rasa):
    """Of forty messages at once five are answered, one is told why not, the rest are silent."""
    said = await asyncio.gather(*(inbox.receive(message("медленно")) for _ in range(40)))
    texts = [parts[0]["text"] for parts in said if parts]
    assert texts.count("на медленно") == 5
    assert texts.count(TEXTS.too_many.text) == 1
    assert len(texts) == 6


async def test_twenty_thousand_dialogs_leave_little_behind(inbox):
    """Nothing grows with the number of dialogs, whether answered, apologised to or refused."""
    began = time.time() - 30_000
    for number in range(20_000):
        text = "молчи" if number % 2 else "раз"
        asked = dataclasses.replace(message(text, f"d{number}"), sent_at=began + number)
        await inbox.receive(dataclasses.replace(asked, address=f"10.0.0.{number % 256}"))
    kept = {path: size for path, size in sizes(inbox) if size > 100}
    assert all(size <= 10_000 for size in kept.values()), kept
    assert inbox._lines._lines == {}


def sizes(thing, path="inbox", depth=4):
    """The lengths of what an object of ours holds, by its name."""
    for name, value in vars(thing).items():
        if isinstance(value, (dict, list, set, tuple)):
            yield f"{path}.{name}", len(value)
        elif depth and type(value).__module__.startswith("connectors."):
            yield from sizes(value, f"{path}.{name}", depth - 1)


async def test_nothing_is_kept_of_a_dialog_that_was_answered(inbox):
    """The lines are empty again."""
    await asyncio.gather(*(inbox.receive(message("раз", str(i))) for i in range(50)))
    assert not any(inbox._lines.somebody_waits(str(i)) for i in range(50))
    assert inbox._lines._lines == {}

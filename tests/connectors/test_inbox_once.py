"""What the inbox does for channels with ids, addresses, managers and slow answers."""

import asyncio
import json
from dataclasses import dataclass, field

import psycopg2
import pytest

from connectors.inbox import kept_files
from connectors.inbox.dedup_store import DedupStore
from connectors.inbox.inbox import Inbox
from connectors.inbox.incoming import Attachment, Incoming
from connectors.inbox.order_file import FetchFailed
from connectors.server.database import Database
from connectors.server.texts import Texts
from connectors.settings import Settings

TEXTS = Texts.read()


@dataclass
class Rasa:
    """Stands for rasa.core.agent.Agent: says what it heard; a model's answer where told so."""

    processor = None
    heard: list = field(default_factory=list)
    pause_s: float = 0.0
    source: str = "faq"
    broken: bool = False

    async def handle_message(self, message):
        self.heard.append(message)
        await asyncio.sleep(self.pause_s)
        if self.broken:
            raise RuntimeError("broken on purpose")
        said = {"text": f"на {message.text}", "custom": {"source": self.source}}
        await message.output_channel.send_response(message.sender_id, said)


class NoOffers:
    async def offered(self, dialog, payload):
        return None


def inbox_of(rasa, *, received=None, modes=None, **settings):
    return Inbox(rasa, NoOffers(), Settings.from_env(settings), TEXTS, received, modes)


def said_to(text, message_id="", **more):
    given = {"channel": "web", "sender": "a", "dialog": "web:a"} | more
    return Incoming(text=text, message_id=message_id, **given)


async def test_a_message_that_comes_again_gets_the_same_answer(database_url):
    """Also from a server that was started meanwhile; Rasa hears it once."""
    rasa = Rasa()
    first = await inbox_of(rasa, received=DedupStore(Database(database_url))).receive(
        said_to("привет", "m1")
    )
    later = inbox_of(rasa, received=DedupStore(Database(database_url)))
    assert await later.receive(said_to("привет", "m1")) == first
    assert await later.receive(said_to("привет", "m1", channel="telegram")) == first
    assert len(rasa.heard) == 2  # another channel's ids are other ids


async def test_the_same_message_at_the_same_time_is_one_turn(database_url):
    """A client that sends again because the answer takes long."""
    rasa = Rasa(pause_s=0.05)
    inbox = inbox_of(rasa, received=DedupStore(Database(database_url)))
    answers = await asyncio.gather(*(inbox.receive(said_to("раз", "m1")) for _ in range(5)))
    assert answers == [answers[0]] * 5
    assert len(rasa.heard) == 1


async def test_a_crash_after_the_turn_was_stored_is_no_second_turn(database_url):
    """The dialog's events have the message's id: what followed it is the answer."""
    rasa = Rasa()
    button = {"title": "Да", "payload": "/yes"}
    events = [
        ("user", {"event": "user", "text": "цена", "message_id": "m7"}),
        ("bot", {"event": "bot", "text": "100 ₽", "data": {"buttons": [button], "image": None}}),
        ("user", {"event": "user", "text": "ещё", "message_id": "m8"}),
        ("bot", {"event": "bot", "text": "не то", "data": {}}),
    ]
    connection = psycopg2.connect(database_url)
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO inbox (channel, message_id, dialog) VALUES ('web', 'm7', 'web:a')"
        )
        for kind, data in events:
            cursor.execute(
                'INSERT INTO events (sender_id, type_name, "timestamp", data)'
                " VALUES ('web:a', %s, 1, %s)",
                (kind, json.dumps(data)),
            )
    connection.close()
    inbox = inbox_of(rasa, received=DedupStore(Database(database_url)))
    assert await inbox.receive(said_to("цена", "m7")) == [
        {"recipient_id": "a", "text": "100 ₽", "buttons": [button]}
    ]
    assert rasa.heard == []


async def test_a_crash_before_the_turn_was_stored_is_a_turn_now(database_url):
    """The row is there, the dialog knows nothing."""
    rasa, received = Rasa(), DedupStore(Database(database_url))
    assert await received.before("web", "m1", "web:a", "a") is None
    assert (await inbox_of(rasa, received=received).receive(said_to("раз", "m1")))[0][
        "text"
    ] == "на раз"


async def test_without_a_database_a_message_is_taken_all_the_same():
    """The turn itself says what is wrong."""
    rasa = Rasa()
    inbox = inbox_of(rasa, received=DedupStore(Database("postgresql://nobody@127.0.0.1:1/none")))
    assert (await inbox.receive(said_to("раз", "m1")))[0]["text"] == "на раз"


async def test_an_address_that_floods_is_told_once():
    """Over all its dialogs; REST names no address and is not limited so."""
    inbox = inbox_of(Rasa(), ADDRESS_MESSAGES_PER_10_S="5")
    said = [
        await inbox.receive(said_to("раз", sender=str(n), dialog=f"web:{n}", address="10.0.0.1"))
        for n in range(20)
    ]
    texts = [parts[0]["text"] for parts in said if parts]
    assert (texts.count("на раз"), texts.count(TEXTS.too_many.text), len(texts)) == (5, 1, 6)
    other = said_to("раз", sender="x", dialog="web:x", address="10.0.0.2")
    assert (await inbox.receive(other))[0]["text"] == "на раз"


async def test_messages_are_counted_when_they_were_sent():
    """After an outage they come at once; whoever wrote them did not flood."""
    inbox = inbox_of(Rasa())
    said = [
        await inbox.receive(said_to("раз", sent_at=1_000_000.0 + n * 2, counts_waiting=False))
        for n in range(60)
    ]
    assert all(parts[0]["text"] == "на раз" for parts in said)


class Manager:
    """Stands for connectors.managers.takeover: has dialog web:b."""

    def __init__(self):
        self.got = []
        self.paths = []

    async def takes(self, message, dialog, text):
        if dialog != "web:b":
            return None
        self.got.append((text, [attachment.kind for attachment in message.attachments]))
        self.paths += [attachment.path for attachment in message.attachments]
        return []

    async def waiting(self, dialog):
        return [{"text": "пока вас не было"}] if dialog == "web:a" else []


async def test_a_manager_who_has_the_dialog_gets_everything():
    """Words, signs and files; the bot is silent."""
    manager, rasa = Manager(), Rasa()
    inbox = inbox_of(rasa, modes=manager)
    photo = (Attachment(kind="photo", file_id="f"),)
    for text, attachments in (("привет", ()), ("👍", ()), ("", photo)):
        assert await inbox.receive(said_to(text, dialog="web:b", attachments=attachments)) == []
    assert manager.got == [("привет", []), ("👍", []), ("", ["photo"])]
    assert rasa.heard == []


async def test_a_file_of_the_channel_s_is_kept_here_for_whoever_reads_the_dialog(monkeypatch):
    """One that the channel does not give, or takes too long over, goes on without a path."""
    monkeypatch.setattr(kept_files, "_PATIENCE_S", 0.1)

    async def fetch(file):
        if file.file_id == "lost":
            raise FetchFailed
        if file.file_id == "slow":
            await asyncio.sleep(60)
        return f"/files/{file.shown_name}"

    manager = Manager()
    inbox = inbox_of(Rasa(), modes=manager)
    for id_ in ("f", "lost", "slow"):
        sent = (Attachment(kind="photo", file_id=id_),)
        await inbox.receive(said_to("", dialog="web:b", attachments=sent, fetch=fetch))
    assert manager.paths == ["/files/фото.jpg", "", ""]


async def test_what_waited_comes_with_the_answer():
    """To another dialog it is said where the customer comes back."""
    said = await inbox_of(Rasa(), modes=Manager()).receive(said_to("привет"))
    assert [part["text"] for part in said] == ["пока вас не было", "на привет"]


async def test_a_slow_answer_is_announced_once():
    """Where the channel can speak first."""
    heard = []

    async def meanwhile(answer):
        heard.append(answer["text"])

    inbox = inbox_of(Rasa(pause_s=0.2), SLOW_ANSWER_S="0.02")
    said = await inbox.receive(said_to("раз", meanwhile=meanwhile))
    assert (heard, said[0]["text"]) == ([TEXTS.slow.text], "на раз")


@pytest.mark.parametrize(("source", "first"), [("llm", []), ("price", ["на раз"])])
async def test_a_late_answer_of_a_model_is_dropped_when_the_customer_went_on(source, first):
    """A price is still one."""

    async def meanwhile(answer):
        pass

    inbox = inbox_of(Rasa(pause_s=0.2, source=source), SLOW_ANSWER_S="0.02")
    one, two = await asyncio.gather(
        *(inbox.receive(said_to(text, meanwhile=meanwhile)) for text in ("раз", "два"))
    )
    assert [part["text"] for part in one] == first
    assert [part["text"] for part in two] == ["на два"]


async def test_a_button_of_the_apology_is_a_request_about_the_question():
    """The words that got no answer are what the request is about."""
    rasa = Rasa(broken=True)
    inbox = inbox_of(rasa)
    assert await inbox.receive(said_to("дисплей а12")) == [
        {"recipient_id": "a", **TEXTS.apology.as_response()}
    ]
    rasa.broken = False
    await inbox.receive(said_to("/leave_request"))
    assert rasa.heard[-1].text == "Оставить заявку: дисплей а12"

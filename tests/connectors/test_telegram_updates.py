"""Whatever Telegram tells of is taken, or passed over, and ends nothing."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from connectors.server.texts import Texts
from connectors.telegram.dispatcher import Dispatcher
from connectors.telegram.updates import CustomerUpdate, said

FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 7}
#: What a customer may send, a kind of content each.
CONTENTS = [
    {"text": "дисплей а12"},
    {"text": "😀😀"},
    {"text": "я" * 4096},
    {"text": "z̸̢̛a̷͠l̵̨g̶͘o̸"},
    {"text": "\u202eцена\u202c\u200f"},
    {"text": "\x07\x1b[31mакб\x00"},
    {"text": "\ud83d"},
    {"text": "https://example.ru/x"},
    {"text": "/команды"},
    {"photo": [FILE, FILE]},
    {"photo": [FILE], "caption": "такой есть?"},
    *({kind: FILE} for kind in ("voice", "video", "video_note", "audio", "sticker", "document")),
    {"animation": FILE, "document": FILE},
    {"contact": {"phone_number": "79100000001", "first_name": "x"}},
    {"contact": {"phone_number": "", "first_name": "x"}},
    {"location": {"latitude": 55.7, "longitude": 37.6}},
    {"venue": {"title": "x"}, "location": {"latitude": 1, "longitude": 2}},
    {"poll": {"id": "1", "question": "?", "options": []}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"story": {"chat": {"id": 1}, "id": 2}},
    {"game": {"title": "x"}},
    {"paid_media": {"star_count": 1, "paid_media": []}},
    {"checklist": {"title": "x", "tasks": []}},
    {"a_kind_of_tomorrow": {"id": 1}},
]
AROUND = [
    {},
    {"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}},
    {"reply_to_message": {"message_id": 1, "date": 1, "text": "старое", "chat": {"id": 5}}},
    {"reply_to_message": {"message_id": 1, "date": 0, "chat": {"id": 5}}},
    {"quote": {"text": "часть", "position": 0}},
    {"external_reply": {"origin": {"type": "channel"}}},
    {"media_group_id": "12"},
    {"via_bot": {"id": 1, "is_bot": True}},
]
SERVICE = [
    {"pinned_message": {"message_id": 1}},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    {"chat_background_set": {}},
    {"write_access_allowed": {}},
    {"gift": {}},
    {"forward_origin": {"type": "hidden_user"}},
]
CHAT = {"id": 5, "type": "private"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def message(content: dict, **more: object) -> dict:
    return {"message_id": 3, "date": 1_800_000_000, "chat": CHAT, **content, **more}


@pytest.mark.parametrize("kind", ["message", "edited_message"])
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("content", CONTENTS)
def test_what_a_customer_sends_is_heard(content: dict, around: dict, kind: str):
    """A text, a file, or that something came which nobody can read: never nothing."""
    found = said({"update_id": 1, kind: message(content, **around)})
    if kind == "edited_message" and "location" in content:
        assert found is None  # each step of somebody who moves
        return
    assert isinstance(found, CustomerUpdate)
    assert found.text or found.attachments
    assert (found.chat, found.message_id, found.edited) == (5, 3, kind == "edited_message")


@pytest.mark.parametrize("content", SERVICE)
def test_what_nobody_wrote_is_not_answered(content: dict):
    """Telegram tells of it, and the customer waits for nothing."""
    assert said({"update_id": 1, "message": message(content)}) is None


class Telegram:
    """Takes what the bot says."""

    def __init__(self) -> None:
        self.said: list[int] = []
        self.hurry = False

    async def say_surely(self, chat: int, answer: object) -> None:
        self.said.append(chat)

    async def call(self, *_: object, **__: object) -> None:
        return None


class Broken:
    """A part of the server that fails at whatever is asked of it."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(name)


def dispatcher(telegram: Telegram) -> Dispatcher:
    return Dispatcher(
        api=telegram,
        inbox=Broken(),
        addresses=Broken(),
        database=Broken(),
        sender=telegram,
        linking=Broken(),
        group=None,
        managers_chat=-100,
        apology=Texts.read().apology,
        var=Path(),
    )


@settings(
    deadline=None, max_examples=200, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(
    update=st.dictionaries(
        st.sampled_from(
            [
                "message",
                "edited_message",
                "callback_query",
                "my_chat_member",
                "message_reaction",
                "poll",
                "poll_answer",
                "chat_join_request",
                "business_message",
                "channel_post",
            ]
        ),
        JSON
        | st.dictionaries(
            st.sampled_from(
                [
                    "chat",
                    "text",
                    "photo",
                    "message",
                    "data",
                    "id",
                    "contact",
                    "date",
                    "message_id",
                    "location",
                    "new_chat_member",
                    "migrate_to_chat_id",
                ]
            ),
            JSON | st.just(CHAT) | st.just({"chat": CHAT}),
        ),
        max_size=2,
    )
)
@example(update={"callback_query": {"id": "1", "inline_message_id": "x", "data": "/a"}})
@example(update={"message": {"chat": CHAT, "message_id": 1, "photo": []}})
@example(update={"message": {"chat": {"id": -5, "type": "group"}, "migrate_to_chat_id": -100}})
def test_no_update_ends_the_poller(update: dict):
    """However odd, and while every part behind fails: the task ends, and without an error."""

    async def take() -> None:
        await dispatcher(Telegram()).take({"update_id": 7, **update})

    asyncio.run(asyncio.wait_for(take(), 5))


def test_a_customer_whose_update_nobody_could_take_is_told():
    """A failure behind is an apology before him, not silence."""
    telegram = Telegram()

    async def take() -> None:
        await dispatcher(telegram).take({"update_id": 7, "message": message({"text": "привет"})})

    asyncio.run(take())
    assert telegram.said == [5]

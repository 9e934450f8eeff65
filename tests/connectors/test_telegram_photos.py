"""A manager's picture on its way to a customer in Telegram, which refuses pictures of odd sides."""

import asyncio
import struct
import types
import zlib

import pytest
from conftest import free_port
from pydantic import SecretStr
from telegram_bot import telegram_peer

from common.kept_files import keep
from connectors.telegram.api import TelegramApi
from connectors.telegram.sender import Sender


@pytest.fixture(scope="module")
def telegram():
    """A strict Telegram."""
    with telegram_peer(free_port()) as running:
        yield running


def png(width, height):
    """A picture of these sides, black."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes((width + 7) // 8)) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def send(telegram, folder, chat, content):
    """Say an answer that carries the picture, as the worker lets the connector do."""
    url = keep(folder, "telegram:1", content, suffix=".png")
    file = {
        "kind": "photo",
        "name": "схема.png",
        "size": len(content),
        "mime": "image/png",
        "url": url,
    }
    texts = types.SimpleNamespace(share_phone=types.SimpleNamespace(text="Телефон"))

    async def say():
        api = TelegramApi(SecretStr(telegram.token), telegram.url)
        try:
            sender = Sender(api, None, None, None, texts, folder)
            await sender.say(
                chat, {"recipient_id": "1", "text": "Вот схема", "custom": {"file": file}}
            )
        finally:
            await api.close()

    asyncio.run(say())


@pytest.mark.parametrize(
    ("sides", "arrives"),
    [((800, 600), "photo"), ((9000, 1500), "document"), ((2100, 100), "document")],
    ids=["usual", "too-large", "a-strip"],
)
def test_a_picture_that_telegram_refuses_arrives_as_a_file(telegram, tmp_path, sides, arrives):
    """Once, with its name, its words and its content."""
    customer = telegram.customer()
    customer.writes("/start")
    send(telegram, tmp_path, customer.chat, png(*sides))
    (message,) = customer.got()
    assert arrives in message and message["caption"] == "Вот схема"
    if arrives == "document":
        assert message["document"]["file_name"] == "схема.png"

"""A customer's file on its way from Telegram."""

import asyncio
import json

import pytest
from pydantic import SecretStr

from connectors.telegram.api import TelegramApi, TelegramRefused

_PIECES = (b"a" * 100_000, b"b" * 100_000, b"c")


async def _downloaded(most_bytes: int) -> bytes:
    """The file of a Telegram that sends it in pieces, each after the one before has come."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        told = json.dumps({"ok": True, "result": {"file_path": "documents/1.xlsx"}}).encode()
        pieces = _PIECES if b"/file/bot" in asked else (told,)
        size = sum(map(len, pieces))
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.05)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    api = TelegramApi(SecretStr("1:token"), f"http://127.0.0.1:{port}")
    try:
        return await api.download("f1", most_bytes=most_bytes)
    finally:
        await api.close()
        server.close()


def test_a_file_that_comes_in_pieces_is_whole():
    """Whatever of it has come by the first look."""
    assert asyncio.run(_downloaded(2**20)) == b"".join(_PIECES)


def test_a_file_that_is_too_large_is_refused():
    """Without the rest of it."""
    with pytest.raises(TelegramRefused):
        asyncio.run(_downloaded(150_000))

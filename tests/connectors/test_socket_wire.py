"""Rasa's own wire written by hand, and visitors who send too much."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
import socketio
import websocket
from engineio.payload import Payload
from toy_bot import running, trained

_SEPARATOR = "\x1e"
#: Browsers read any number of packets at once; Python's client by itself does not.
Payload.max_decode_packets = 500


class Polling:
    """socket.io 5 over long polling, packet by packet, as any Rasa web chat may speak it."""

    def __init__(self, root: str) -> None:
        self._url = f"{root}/socket.io/?EIO=4&transport=polling"
        opened = requests.get(self._url, timeout=10).text
        assert opened[0] == "0"
        self._url += f"&sid={json.loads(opened[1:])['sid']}"
        self._waiting: list[str] = []
        self.post("40")
        assert self.packet().startswith("40")

    def post(self, packet: str) -> requests.Response:
        """Send one packet."""
        return requests.post(self._url, data=packet.encode(), timeout=10)

    def packet(self) -> str:
        """The next packet that is not a ping."""
        while True:
            while not self._waiting:
                self._waiting = requests.get(self._url, timeout=30).text.split(_SEPARATOR)
            if (packet := self._waiting.pop(0)) != "2":
                return packet
            self.post("3")

    def expect(self, name: str) -> Any:
        """The data of the next event of this name."""
        while True:
            packet = self.packet()
            if packet.startswith("42"):
                event, data = json.loads(packet[2:])
                if event == name:
                    return data


def test_stock_packets_over_polling_get_stock_events(bot):
    """The id is a plain string; a picture-less answer is a text with quick replies."""
    chat = Polling(bot.url)
    chat.post('42["session_request",{"session_id":"made-up-by-the-browser"}]')
    session_id = chat.expect("session_confirm")
    assert isinstance(session_id, str) and session_id != "made-up-by-the-browser"
    said = {"message": "привет", "customData": {"language": "ru"}, "session_id": session_id}
    chat.post("42" + json.dumps(["user_uttered", said]))
    assert chat.expect("bot_uttered")["text"]


def test_stock_packets_over_a_websocket_get_stock_events(bot):
    """The same, without polling before; a message with an id is acknowledged by its number."""
    wire = websocket.create_connection(
        f"{bot.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket", timeout=30
    )
    assert wire.recv()[0] == "0"
    wire.send("40")
    assert wire.recv().startswith("40")
    wire.send('427["user_uttered",{"message":"привет","message_id":"m-1"}]')
    packets: list[str] = []
    while not packets or not packets[-1].startswith("437"):
        packets.append(wire.recv())
    assert json.loads(packets[-1][3:])[0]["ok"] is True
    assert any(packet.startswith('42["bot_uttered"') for packet in packets)
    wire.close()


def test_many_messages_in_one_request_are_all_acknowledged(bot):
    """A page without a websocket that was away for a while: taken or refused, each is told so."""
    chat = Polling(bot.url)
    packets = [
        f'42{number}["user_uttered",{{"message":"привет","message_id":"m-{number}"}}]'
        for number in range(40)
    ]
    assert chat.post(_SEPARATOR.join(packets)).status_code == 200
    told = set()
    while len(told) < len(packets):
        if (packet := chat.packet()).startswith("43"):
            told.add(packet[2 : packet.index("[")])


def test_pages_that_leave_leave_nothing_behind(postgres_url, tmp_path):
    """A server that stops finds no task of a page whose last words nobody read."""
    with running(postgres_url, tmp_path, trained()) as server:
        for _ in range(20):
            page = socketio.SimpleClient()
            page.connect(f"http://127.0.0.1:{server.port}", transports=["websocket"])
            page.emit("session_request", {})
            page.receive(timeout=20)
            page.disconnect()
    assert "async_data_received" not in (tmp_path / "rasa.log").read_text()


def test_a_packet_too_large_ends_its_connection_only(bot):
    """Others go on, and he may come back."""
    other = Polling(bot.url)
    huge = "42" + json.dumps(["user_uttered", {"message": "я" * 200_000}])
    wire = websocket.create_connection(
        f"{bot.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket", timeout=30
    )
    wire.recv()
    wire.send("40")
    wire.recv()
    wire.send(huge)
    assert wire.recv() in ("", b"")
    other.post('42["user_uttered",{"message":"привет"}]')
    assert other.expect("bot_uttered")["text"]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_flood_is_refused_and_what_was_refused_may_be_sent_again(bot, transport):
    """Nothing that was not stored is acknowledged; in the end each message is there once."""
    client = socketio.SimpleClient()
    client.connect(bot.url, transports=[transport])
    client.emit("session_request", {})
    while (event := client.receive(timeout=10))[0] != "session_confirm":
        pass
    session_id = event[1]
    ids = [uuid.uuid4().hex for _ in range(12)]

    def say(message_id: str) -> bool:
        data = {"message": "привет", "message_id": message_id}
        return client.client.call("user_uttered", data, timeout=40)["ok"]

    with ThreadPoolExecutor(12) as pool:
        taken = list(pool.map(say, ids))
    assert any(taken) and not all(taken)
    assert all(say(message_id) for message_id, ok in zip(ids, taken, strict=True) if not ok)
    client.emit("session_request", {"session_id": session_id})
    while True:
        event = client.receive(timeout=10)
        if event[0] == "session_history" and event[1]:
            break
    asked = [message["id"] for message in event[1] if message["from"] == "user"]
    assert sorted(asked) == sorted(ids)
    client.client.eio.disconnect(abort=True)  # a long poll would be waited for

"""The site's chat on two Rasa servers with Redis between, and over a server's death."""

import asyncio
import queue
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
import socketio
from conftest import free_port
from redis import Redis
from toy_bot import Server, running, trained

from connectors.inbox import locks
from connectors.server.texts import Texts


class RedisServer:
    """A Redis of the tests' own, to be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            ["redis-server", "--port", str(self._port), "--save", "", "--bind", "127.0.0.1"],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 20
        while not _answers(self.url):
            assert time.monotonic() < deadline, "redis-server does not answer"
            time.sleep(0.05)

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()


@pytest.fixture(scope="module")
def redis(tmp_path_factory) -> Iterator[RedisServer]:
    """A running Redis."""
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed: several servers are not tested")
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


def _answers(url: str) -> bool:
    try:
        return bool(Redis.from_url(url).ping())
    except OSError:
        return False
    except Exception as exc:  # redis-py wraps a refused connection
        return "refused" not in str(exc) and False


@pytest.fixture(scope="module")
def servers(postgres_url, tmp_path_factory, redis) -> Iterator[tuple[Server, Server]]:
    """Two Rasa servers over one database, one Redis and one key of sessions."""
    model = trained()
    folder = tmp_path_factory.mktemp("first")
    shared = {
        "REDIS_URL": redis.url,
        "SESSION_KEYS": "a-key-of-both-servers",
        "INTERNAL_TOKEN": "the-workers-token",
        # One test sends fifty at a go.
        "DIALOG_MESSAGES_PER_10_S": "1000",
    }
    with running(postgres_url, folder, model, **shared) as first:
        second = Server(
            first.db_url,
            tmp_path_factory.mktemp("second"),
            model,
            shared,
            actions_port=first.actions_port,
        )
        second.start_rasa()
        yield first, second
        second.stop()


def test_every_turn_of_a_busy_server_ends(redis, monkeypatch):
    """Whatever Redis' client is at when a turn ends: who keeps its lock alive ends, too."""
    monkeypatch.setattr(locks, "_SAYS_SO_EVERY_S", 0.3)
    shared = locks.SharedLocks(redis.url)

    async def turn(number: int) -> None:
        async with shared.message(f"busy-{number}"):
            await asyncio.sleep(0.25 + number * 0.01)  # around the moment of a word to Redis

    async def keep_busy() -> None:
        while True:
            time.sleep(0.02)  # the loop stands still, as in Rasa's own work
            await asyncio.sleep(0)

    async def going_on() -> int:
        busy = asyncio.ensure_future(keep_busy())
        turns = [asyncio.ensure_future(turn(number)) for number in range(40)]
        _, going = await asyncio.wait(turns, timeout=20)
        busy.cancel()
        return len(going)

    loop = asyncio.new_event_loop()  # asyncio.run would wait for those that never end
    assert loop.run_until_complete(going_on()) == 0
    loop.close()


class Tab:
    """A tab that stays with one server, and keeps what it is told."""

    def __init__(self, server: Server) -> None:
        self.client = socketio.Client(reconnection=False)
        self.events: queue.Queue[tuple[str, Any]] = queue.Queue()
        self.client.on("*", lambda event, *data: self.events.put((event, data[0])))
        self.client.connect(f"http://127.0.0.1:{server.port}", transports=["websocket"])

    def expect(self, event: str) -> Any:
        """The next such event's data."""
        while True:
            name, data = self.events.get(timeout=30)
            if name == event:
                return data

    def has(self, event: str) -> bool:
        """Whether such an event has come; those before it are dropped."""
        while not self.events.empty():
            if self.events.get()[0] == event:
                return True
        return False

    def open(self, session_id: str | None = None, *, acks: bool = False) -> tuple[str, list[dict]]:
        """Its session id and what was said."""
        self.client.emit("session_request", {"session_id": session_id, "acks": acks})
        return self.expect("session_confirm"), self.expect("session_history")

    def say(self, text: str, message_id: str) -> dict:
        """The acknowledgement."""
        data = {"message": text, "message_id": message_id}
        return self.client.call("user_uttered", data, timeout=40)


@pytest.fixture
def tabs() -> Iterator[Any]:
    """Opens tabs and closes them in the end."""
    opened: list[Tab] = []

    def open_tab(server: Server) -> Tab:
        opened.append(Tab(server))
        return opened[-1]

    yield open_tab
    for tab in opened:
        tab.client.disconnect()


def test_what_one_server_hears_a_tab_at_the_other_sees(servers, tabs):
    """The same session id is good at both; a stranger's tab sees nothing of it."""
    here, there, stranger = tabs(servers[0]), tabs(servers[1]), tabs(servers[1])
    session_id, _ = here.open()
    assert there.open(session_id)[0] == session_id
    stranger.open()
    assert here.say("часы работы", "m-1")["ok"]
    assert there.expect("user_uttered_echo")["text"] == "часы работы"
    assert there.expect("bot_uttered")["id"] == here.expect("bot_uttered")["id"] == "m-1:0"
    assert stranger.say("привет", "s-1")["ok"]
    assert stranger.expect("bot_uttered")["id"] == "s-1:0"


def test_two_servers_take_turns_in_one_dialog(servers, tabs):
    """Tabs of one visitor write at the same time; each message is stored once and answered."""
    here, there = tabs(servers[0]), tabs(servers[1])
    session_id, _ = here.open()
    there.open(session_id)

    def talk(tab: Tab, name: str) -> None:
        for number in range(8):
            assert tab.say(f"дисплей {number}", f"{name}-{number}")["ok"]

    talking = [
        threading.Thread(target=talk, args=pair) for pair in ((here, "here"), (there, "there"))
    ]
    for thread in talking:
        thread.start()
    for thread in talking:
        thread.join()
    _, history = tabs(servers[0]).open(session_id)
    asked = [message["id"] for message in history if message["from"] == "user"]
    for name in ("here", "there"):
        mine = [message_id for message_id in asked if message_id.startswith(name)]
        assert mine == [f"{name}-{number}" for number in range(8)]
    # Each answer stands right below its question: no turn ran inside another.
    ids = [message["id"] for message in history]
    assert ids == [part for message_id in asked for part in (message_id, f"{message_id}:0")]


def test_a_message_sent_again_to_the_other_server_is_answered_once(servers, tabs):
    """A proxy may lead a browser that reconnects elsewhere."""
    here, there = tabs(servers[0]), tabs(servers[1])
    session_id, _ = here.open()
    there.open(session_id)
    here.say("привет", "same")
    there.say("привет", "same")
    assert len(tabs(servers[1]).open(session_id)[1]) == 2


def test_a_message_at_both_servers_at_once_is_answered_once(servers, tabs):
    """A browser that reconnects elsewhere sends again what its first server is answering yet."""
    here, there = tabs(servers[0]), tabs(servers[1])
    session_id, _ = here.open()
    there.open(session_id)
    wanted = [f"twice-{number}" for number in range(10)]
    with ThreadPoolExecutor(2) as pool:
        for message_id in wanted:
            asked = [pool.submit(tab.say, "дисплей а12", message_id) for tab in (here, there)]
            assert all(done.result()["ok"] for done in asked)
    _, history = tabs(servers[0]).open(session_id)
    assert [message["id"] for message in history if message["from"] == "user"] == wanted
    assert [message["id"] for message in history if message["from"] == "bot"] == [
        f"{message_id}:0" for message_id in wanted
    ]


def dialog_of(session_id: str) -> str:
    return f"web:{session_id.partition('.')[0]}"


def bring(server: Server, dialog: str, text: str) -> requests.Response:
    """What the worker does with a manager's words."""
    answer = {"text": text, "custom": {"id": f"m-{text}"}}
    entry = {"id": 1, "key": text, "kind": "customer", "dialog": dialog, "answer": answer}
    return requests.post(
        f"http://127.0.0.1:{server.port}/webhooks/internal/deliver",
        json=entry,
        headers={"Authorization": "Bearer the-workers-token"},
        timeout=30,
    )


def test_a_manager_reaches_a_tab_at_the_other_server(servers, tabs):
    """And is told so; the tab sees it once."""
    session_id, _ = (there := tabs(servers[1])).open(acks=True)
    assert bring(servers[0], dialog_of(session_id), "первое").status_code == 200
    assert bring(servers[0], dialog_of(session_id), "второе").status_code == 200
    seen = [there.expect("bot_uttered")["text"] for _ in range(2)]
    assert seen == ["первое", "второе"]


def test_what_is_written_to_a_closed_page_does_not_count_as_said(servers, tabs):
    """With Redis between, nobody may take the other server's tabs for granted."""
    session_id, _ = (tab := tabs(servers[1])).open(acks=True)
    tab.client.disconnect()
    refused = bring(servers[0], dialog_of(session_id), "вы тут?")
    assert refused.status_code == 409 and refused.json()["waits"]


def test_a_tab_that_got_nothing_does_not_count_as_told(servers, tabs):
    """A phone without a network looks connected for most of a minute, at its own server, too."""
    tab, network = tabs(servers[0]), threading.Event()
    tab.client.on("bot_uttered", lambda *_: network.wait(30))
    session_id, _ = tab.open(acks=True)
    for server in servers:
        refused = bring(server, dialog_of(session_id), "вы тут?")
        assert refused.status_code == 409 and refused.json()["waits"]
    network.set()


def test_without_redis_the_customer_is_told_and_afterwards_all_is_well(servers, tabs, redis):
    """Nobody knows whose turn it is: the apology, acknowledged, and never silence."""
    here, there = tabs(servers[0]), tabs(servers[1])
    session_id, _ = here.open()
    redis.stop()
    try:
        assert here.say("часы работы", "away")["ok"]
        assert here.expect("bot_uttered")["text"] == Texts.read().apology.text
    finally:
        redis.start()
    there.open(session_id)
    for number in range(60):  # the servers look for it again after a moment
        assert here.say("часы работы", f"back-{number}")["ok"]
        assert "С 9 до 20" in here.expect("bot_uttered")["text"]
        if there.has("bot_uttered"):
            return
        time.sleep(0.5)
    pytest.fail("the servers did not find each other again")


def test_fifty_messages_survive_the_death_of_the_server(servers, tabs):
    """The server is killed in the middle of a turn; the browser sends again what has no ack."""
    server = servers[0]
    tab = tabs(server)
    session_id, _ = tab.open()
    wanted = [f"m-{number}" for number in range(50)]
    heard: list[str] = []

    def hear() -> None:
        while not tab.events.empty():
            name, data = tab.events.get()
            if name == "bot_uttered":
                heard.append(data["id"])

    for number, message_id in enumerate(wanted):
        if number == 20:
            tab.client.emit("user_uttered", {"message": "часы работы", "message_id": message_id})
            server.kill("rasa")
            hear()
            server.start_rasa()
            tab = tabs(server)
            assert tab.open(session_id)[0] == session_id
        assert tab.say("часы работы", message_id)["ok"]
    hear()
    _, history = tabs(servers[1]).open(session_id)
    told = [m["id"] for m in history if m["from"] == "user"]
    assert told == wanted
    answers = [m["id"] for m in history if m["from"] == "bot"]
    assert answers == [f"{message_id}:0" for message_id in wanted]
    assert list(dict.fromkeys(h for h in heard if h.startswith("m-"))) == answers

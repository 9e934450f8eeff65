"""Two generations of a server and one door: nobody who knocks is refused."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from common import doors

_SERVER = """
import asyncio, signal, sys
from common.doors import door

async def main():
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    door().stand_in(loop)
    async def told(word):
        print(word, flush=True)
    door().when(opened=True, do=lambda: told("opened"))
    door().when(opened=False, do=lambda: told("closed"))
    class Greeter(asyncio.Protocol):
        def connection_made(self, transport):
            transport.write(sys.argv[1].encode())
            transport.close()
    server = await loop.create_server(Greeter, "127.0.0.1", int(sys.argv[2]))
    print("serves", flush=True)
    await ended.wait()
    server.close()
    # Whom asyncio has let in is greeted, as a server that ends in order does.
    await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})

asyncio.run(main())
"""


class Generation:
    """One process with the little server."""

    def __init__(self, name: str, listener: socket.socket, own_port: int | None, *, opened: bool):
        self.process = subprocess.Popen(
            [sys.executable, "-c", _SERVER, name, "1"],
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parents[2]),
                **doors.handed(listener, own_port, opened=opened),
            },
            pass_fds=(listener.fileno(),),
            stdout=subprocess.PIPE,
            text=True,
        )
        self.expect("serves")

    def expect(self, word: str) -> None:
        """Wait for the next word that it says."""
        assert self.process.stdout
        assert self.process.stdout.readline().strip() == word

    def tell(self, word: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(word)

    def end(self) -> None:
        """Let it end."""
        self.process.terminate()
        self.process.wait(timeout=60)
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """What a launcher holds."""
    with socket.create_server(("127.0.0.1", 0), backlog=doors.WAITING) as made:
        yield made


def knock(port: int) -> str:
    """Who answers."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        return connection.recv(100).decode()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_a_generation_waits_behind_its_own_port_until_it_may_open(listener):
    """It can be tried out there while all the others reach the one before."""
    door, own = listener.getsockname()[1], free_port()
    old = Generation("old", listener, None, opened=True)
    new = Generation("new", listener, own, opened=False)
    assert [knock(door) for _ in range(20)] == ["old"] * 20
    assert knock(own) == "new"
    new.tell(signal.SIGUSR1)
    new.expect("opened")
    old.tell(signal.SIGUSR2)
    old.expect("closed")
    assert [knock(door) for _ in range(20)] == ["new"] * 20
    old.tell(signal.SIGUSR1)  # and back
    old.expect("opened")
    new.tell(signal.SIGUSR2)
    new.expect("closed")
    assert [knock(door) for _ in range(20)] == ["old"] * 20
    assert knock(own) == "new"
    old.end()
    new.end()


def test_nobody_who_knocks_meanwhile_is_refused(listener):
    """Hundreds of connections through five changes, and through a death."""
    door = listener.getsockname()[1]
    answers: list[str] = []
    over = threading.Event()

    def knock_on() -> None:
        while not over.is_set():
            try:
                answers.append(knock(door))
            except OSError as exc:
                answers.append(repr(exc))

    generations = [Generation("0", listener, None, opened=True)]
    knocking = threading.Thread(target=knock_on)
    knocking.start()
    try:
        for number in range(1, 6):
            generations.append(Generation(str(number), listener, free_port(), opened=False))
            generations[-1].tell(signal.SIGUSR1)
            generations[-1].expect("opened")
            generations[-2].tell(signal.SIGUSR2)
            generations[-2].expect("closed")
            generations[-2].end()
        generations[-1].end()  # nobody is there: they wait
        time.sleep(0.2)
        generations.append(Generation("last", listener, None, opened=True))
        deadline = time.monotonic() + 60
        while "last" not in answers[-1:] and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        over.set()
        knocking.join()
        generations[-1].end()
    assert list(dict.fromkeys(answers)) == ["0", "1", "2", "3", "4", "5", "last"]


def test_without_a_launcher_a_server_binds_its_own_address():
    """As ever; nothing stands in its way."""
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if name != "OPTFM_DOOR"}
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER, "alone", str(port)],
        env={**environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
    )
    with contextlib.closing(process.stdout):
        assert process.stdout.readline() == b"serves\n"
        assert knock(port) == "alone"
        process.terminate()
        process.wait(timeout=60)

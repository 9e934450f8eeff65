"""How a command speaks with the bot that runs: JSON lines over a socket in `optfm_var`.

One client at a time. What he began is undone when he goes away before its end, so his connection
stands for him.
"""

import contextlib
import json
import os
import select
import socket
from pathlib import Path
from typing import Any, Self

from optfm.errors import Refused

#: What the launcher is asked, and what it says.
Words = dict[str, Any]
#: The client is no more.
GONE: Words = {"do": "gone"}
#: A Unix socket's address holds 103 bytes on macOS.
_LONGEST = 103
#: Starting a few programs takes the launcher no longer.
_PATIENCE_S = 30.0


class Control:
    """The launcher's end.

    :param var: the run-time folder; the socket is its owner's alone.
    """

    def __init__(self, var: Path) -> None:
        self._path = _path(var)
        self._client: socket.socket | None = None
        self._read = b""
        self._socket: socket.socket | None = None
        if len(os.fsencode(self._path)) > _LONGEST:
            return  # the bot runs all the same
        self._path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX)
        before = os.umask(0o177)
        try:
            self._socket.bind(str(self._path))
        finally:
            os.umask(before)
        self._socket.listen(1)

    def wait(self, seconds: float) -> Words | None:
        """The next word of the client; None where there is none in time."""
        listening = [end for end in (self._socket, self._client) if end is not None]
        ready, _, _ = select.select(listening, [], [], seconds)
        if self._socket is not None and self._socket in ready:
            self._welcome(self._socket)
        if self._client is not None and self._client in ready:
            return self._hear(self._client)
        return None

    def answer(self, words: Words) -> None:
        """Say something to the client, if he is still there."""
        if self._client is not None:
            with contextlib.suppress(OSError):
                self._client.sendall(_line(words))

    def close(self) -> None:
        """Nobody may ask any more."""
        for end in (self._client, self._socket):
            if end is not None:
                end.close()
        self._path.unlink(missing_ok=True)

    def _welcome(self, listening: socket.socket) -> None:
        client, _ = listening.accept()
        if self._client is None:
            self._client, self._read = client, b""
            return
        with contextlib.suppress(OSError):
            client.sendall(_line({"error": "бота уже меняет другая команда"}))
        client.close()

    def _hear(self, client: socket.socket) -> Words | None:
        try:
            part = client.recv(4096)
        except OSError:
            part = b""
        if not part:
            client.close()
            self._client = None
            return GONE
        self._read += part
        line, end, rest = self._read.partition(b"\n")
        if not end:
            return None
        self._read = rest
        try:
            said = json.loads(line)
        except ValueError:
            return {"do": ""}
        return said if isinstance(said, dict) else {"do": ""}


class Launcher:
    """A command's end.

    :raises Refused: no bot runs on this `optfm_var`.
    """

    def __init__(self, var: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(_PATIENCE_S)
        try:
            self._socket.connect(str(_path(var)))
        except OSError as exc:
            self._socket.close()
            raise Refused(f"бот здесь не запущен ({var}): ./optfm run") from exc
        self._lines = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self._socket.close()

    def ask(self, what: str, **more: object) -> Words:
        """Let the launcher do something.

        :returns: what it says.
        :raises Refused: it will not, or it is no more.
        """
        try:
            with contextlib.suppress(BrokenPipeError):  # it has said why
                self._socket.sendall(_line({"do": what, **more}))
            answer = json.loads(self._lines.readline() or b"{}")
        except (OSError, ValueError) as exc:
            raise Refused(f"бот не отвечает команде: {exc}") from exc
        if "error" in answer or not answer:
            raise Refused(str(answer.get("error", "бот остановлен")))
        return dict(answer)


def runs(var: Path) -> bool:
    """Whether a bot runs on this `optfm_var`."""
    try:
        with Launcher(var):
            return True
    except Refused:
        return False


def _path(var: Path) -> Path:
    return var / "control.sock"


def _line(words: Words) -> bytes:
    return json.dumps(words, ensure_ascii=False).encode() + b"\n"

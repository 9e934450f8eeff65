"""The peer as a process, and a test's hand on it; needs nothing but `requests`."""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

ACTIONS = Path(__file__).resolve().parents[3]
TOKEN = "123456789:TEST-peer-token-0000000000000000000"


class Telegram:
    """A running peer.

    :param url: its root: TELEGRAM_API_URL.
    """

    token = TOKEN

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()

    def tell(self, word: str, **given: Any) -> Any:
        """Give an order of `control.py`."""
        answer = self._session.post(f"{self.url}/control/{word}", json=given, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def ask(self, word: str, **given: Any) -> Any:
        """Ask a question of `control.py`."""
        answer = self._session.get(f"{self.url}/control/{word}", params=given, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def customer(self, first_name: str = "Покупатель") -> "Customer":
        """A person who has opened the chat."""
        return Customer(self, self.tell("user", first_name=first_name)["id"])

    def calls(self, method: str = "", *, after: int = 0) -> list[dict[str, Any]]:
        """What the bot called."""
        found: list[dict[str, Any]] = self.ask("calls", method=method, after=after)
        return found


class Customer:
    """A person and his chat with the bot."""

    def __init__(self, telegram: Telegram, chat: int) -> None:
        self.telegram, self.chat = telegram, chat

    def writes(self, text: str = "", **content: Any) -> dict[str, Any]:
        """Sends a message; {update_id, message}."""
        given = {"text": text, **content} if text else content
        sent: dict[str, Any] = self.telegram.tell("message", chat=self.chat, **given)
        return sent

    def presses(self, message: dict[str, Any], title: str) -> dict[str, Any]:
        """Presses the button of a title; {update_id, query}."""
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(b["callback_data"] for row in rows for b in row if title in b["text"])
        pressed: dict[str, Any] = self.telegram.tell(
            "press", chat=self.chat, message_id=message["message_id"], data=data
        )
        return pressed

    def chat_log(self) -> list[dict[str, Any]]:
        """All messages of the chat, oldest first."""
        found: list[dict[str, Any]] = self.telegram.ask("chat", chat=self.chat)
        return found

    def got(self) -> list[dict[str, Any]]:
        """What the bot sent him."""
        return [message for message in self.chat_log() if message["from"]["is_bot"]]

    def waits_for(self, count: int, timeout_s: float = 30.0) -> list[dict[str, Any]]:
        """Everything that the bot sent him, once it is so many messages."""
        deadline = time.monotonic() + timeout_s
        while len(got := self.got()) < count:
            assert time.monotonic() < deadline, [message.get("text") for message in got]
            time.sleep(0.05)
        return got


@contextlib.contextmanager
def telegram_peer(port: int, *options: str) -> Iterator[Telegram]:
    """Run the peer on a port for the block."""
    process = subprocess.Popen(
        [ACTIONS / ".venv" / "bin" / "python", "-m", "tests.peers.telegram", "--port", str(port)]
        + list(options),
        cwd=ACTIONS,
        env={**os.environ, "PYTHONPATH": "."},
    )
    telegram = Telegram(f"http://127.0.0.1:{port}")
    try:
        deadline = time.monotonic() + 240
        while True:
            assert process.poll() is None, "the Telegram peer ended"
            with contextlib.suppress(requests.ConnectionError):
                telegram.ask("updates")
                break
            assert time.monotonic() < deadline, "the Telegram peer does not answer"
            time.sleep(0.1)
        yield telegram
    finally:
        process.terminate()
        process.wait(timeout=10)

"""A real browser on the real server: Debian's Chromium, driven by Playwright."""

import contextlib
import os
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import requests
from conftest import ROOT, Bot
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

WIDGET = ROOT / "widget"
#: A turn on a machine that is busy with other tests.
PATIENCE_MS = 30_000
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}

expect.set_options(timeout=PATIENCE_MS)


def _absent(what: str) -> None:
    """A peer is missing: one loud line, or a failure where peers are required."""
    if os.environ.get("OPTFM_REQUIRE_PEERS") == "1":
        pytest.fail(f"{what} нет, а OPTFM_REQUIRE_PEERS=1")
    pytest.skip(f"НЕ ПРОВЕРЕНО: {what} нет на этой машине")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window.

    No longer than a module: while Playwright is there, no asyncio test can run in this process.
    """
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        _absent("Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """What widget/package-lock.json names, installed."""
    if shutil.which("npm") is None:
        _absent("Node.js")
    folder = WIDGET / "node_modules"
    if not (folder / "axe-core").is_dir() or not (folder / ".bin" / "esbuild").exists():
        done = subprocess.run(
            ["npm", "ci", "--silent"], cwd=WIDGET, capture_output=True, text=True, timeout=240
        )
        assert done.returncode == 0, done.stderr
    return folder


@dataclass
class Visitor:
    """Somebody with a browser on the shop's page."""

    page: Page

    @property
    def launcher(self) -> Locator:
        return self.page.locator(".launcher")

    @property
    def input(self) -> Locator:
        return self.page.locator("textarea")

    @property
    def cards(self) -> Locator:
        return self.page.locator(".card")

    def open(self) -> "Visitor":
        """Open the chat, and wait until it is connected."""
        if self.launcher.get_attribute("aria-expanded") != "true":
            self.launcher.click()
        self.connected()
        return self

    def connected(self, timeout_ms: float = PATIENCE_MS) -> None:
        """Wait until the server has confirmed the session and what waited is on its way."""
        self.page.wait_for_function(
            "() => document.querySelector('optfm-chat').chat.flushed", timeout=timeout_ms
        )

    def write(self, text: str) -> None:
        """Send a message without waiting for anything."""
        self.input.fill(text)
        self.input.press("Enter")

    def ask(self, text: str) -> None:
        """Send a message and wait for the whole answer."""
        self.write(text)
        self.answered(text)

    def answered(self, text: str) -> None:
        """Wait until a message is delivered and the bot has answered it."""
        self.page.wait_for_function(
            """text => {
                const own = document.querySelector('optfm-chat').chat;
                const at = own.messages.findLastIndex(m => m.from === 'user' && m.text === text);
                return at >= 0 && own.messages[at].state === 'sent' && !own.typing
                    && own.messages.slice(at + 1).some(m => m.from === 'bot');
            }""",
            arg=text,
            timeout=PATIENCE_MS,
        )

    def said(self, author: str = "") -> list[str]:
        """The texts of all messages, or of one side's, in order."""
        return self.page.evaluate(
            """author => document.querySelector('optfm-chat').chat.messages
                .filter(m => !author || m.from === author).map(m => m.text)""",
            author,
        )


@pytest.fixture
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers of people who have never been here; nothing may go wrong in any of them."""
    made: list[BrowserContext] = []
    wrong: list[str] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**{**DESKTOP, "locale": "ru-RU", **options})  # type: ignore[arg-type]
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on(
            "console",
            lambda line: wrong.append(line.text) if "Content Security" in line.text else None,
        )
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    assert not wrong


@pytest.fixture
def visit(context: Callable[..., BrowserContext], bot: Bot) -> Callable[..., Visitor]:
    """Lets somebody new visit the demo page: `visit(**options of the browser)`."""

    def come(**options: object) -> Visitor:
        page = context(**options).new_page()
        page.goto(bot.url)
        return Visitor(page)

    return come


def say_out_of_turn(bot: Bot, word: str, answer: dict) -> int:
    """Deliver an answer to the dialog in which a word was said, as the worker does.

    :returns: the HTTP status: 409 where no page has it.
    """
    with (
        contextlib.closing(psycopg2.connect(bot.db_url)) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT sender_id FROM events WHERE data LIKE %s", (f"%{word}%",))
        dialog = cursor.fetchone()[0]
    custom = {"id": f"m{uuid.uuid4().hex}", **answer.get("custom", {})}
    token = (bot.folder / "var" / "internal.token").read_text().strip()
    done = requests.post(
        f"{bot.url}/webhooks/internal/deliver",
        json={
            "id": 1,
            "key": custom["id"],
            "kind": "customer",
            "dialog": dialog,
            "answer": {**answer, "custom": custom},
        },
        headers={"Authorization": f"Bearer {token}"},
        timeout=30,
    )
    return done.status_code

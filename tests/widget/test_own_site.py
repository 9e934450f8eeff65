"""The chat on a shop's own site, beside Telegram, with a bot that may be killed."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest import ROOT, Bot, free_port, run_folder
from playwright.sync_api import expect
from widget.browsing import PATIENCE_MS, Visitor

sys.path.append(str(ROOT / "actions" / "tests" / "peers" / "telegram"))

from running import Telegram, telegram_peer

_PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Лавка</title></head>
<body><h1>Лавка</h1><script src="{bot}/widget.js" data-title="Лавка"></script></body></html>"""


@dataclass
class Site:
    """A shop's site, its bot and its Telegram."""

    origin: str
    bot: Bot
    telegram: Telegram


@contextmanager
def _shop(bot: Bot) -> Iterator[str]:
    """A page with the chat of a bot on it, under a strict policy; its origin."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            socket = bot.url.replace("http", "ws", 1)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header(
                "Content-Security-Policy",
                f"default-src 'none'; script-src {bot.url}; connect-src {bot.url} {socket}",
            )
            self.end_headers()
            self.wfile.write(_PAGE.format(bot=bot.url).encode())

        def log_message(self, *words: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """All of it, running."""
    with run_folder() as folder, telegram_peer(free_port()) as telegram:
        bot = Bot(folder)
        with _shop(bot) as origin:
            bot.environ.update(
                WIDGET_ORIGINS=origin,
                TELEGRAM_BOT_TOKEN=telegram.token,
                TELEGRAM_API_URL=telegram.url,
            )
            bot.start()
            yield Site(origin, bot, telegram)
            bot.stop()


def test_a_dialog_goes_on_in_telegram_and_is_one(context, site: Site):
    """The link asks first and works once; then each side shows what was said on the other."""
    page = context().new_page()
    page.goto(site.bot.url)
    visitor = Visitor(page).open()
    visitor.ask("дисплей на айфон 11")
    page.get_by_role("button", name="Продолжить в Telegram").click()
    link = page.get_by_role("link", name="Открыть Telegram").get_attribute("href")
    assert link.startswith("https://t.me/")
    customer = site.telegram.customer()
    customer.writes(f"/start {link.partition('start=')[2]}")
    question = customer.waits_for(1)[-1]
    assert "iPhone" not in question["text"]
    customer.presses(question, question["reply_markup"]["inline_keyboard"][0][0]["text"])
    customer.waits_for(2)
    customer.writes("а на 12?")
    visitor.answered("а на 12?")
    assert any("iPhone 12" in text for text in visitor.said("bot"))
    expect(visitor.cards.filter(has_text="iPhone 12").first).to_be_visible()
    thief = site.telegram.customer("Другой")
    thief.writes(f"/start {link.partition('start=')[2]}")
    assert "reply_markup" not in thief.waits_for(1)[-1]
    before = visitor.said()
    page.reload()
    visitor.open()
    assert visitor.said() == before


def test_a_site_that_is_not_named_is_told_so(context, site: Site):
    """The visitor reads that the chat is not switched on here, its owner what to add where."""
    page, lines = context().new_page(), []
    page.on("console", lambda line: lines.append(line.text))
    with _shop(site.bot) as stranger:
        page.goto(stranger)
        page.locator(".launcher").click()
        expect(page.locator(".banner")).to_contain_text("не включён")
    assert any("WIDGET_ORIGINS" in line and stranger in line for line in lines)


def test_a_killed_server_loses_and_doubles_nothing(context, site: Site):
    """Questions before, during and after a kill -9, from a page of the shop's own site."""
    page = context().new_page()
    page.goto(site.origin)
    visitor = Visitor(page).open()
    questions = ["дисплей на айфон 11", "сколько стоит доставка?", "где вы находитесь?"]
    visitor.ask(questions[0])
    visitor.write(questions[1])
    os.kill(site.bot.pid("rasa"), signal.SIGKILL)
    expect(page.locator(".banner")).to_be_visible()
    visitor.write(questions[2])
    visitor.connected(timeout_ms=3 * PATIENCE_MS)
    for question in questions:
        visitor.answered(question)
    assert visitor.said("user") == questions
    shown = visitor.said()
    page.reload()
    visitor.open()
    visitor.answered(questions[-1])
    assert visitor.said() == shown

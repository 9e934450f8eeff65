"""The chat when the network or the server goes away: nothing is lost, nothing is doubled."""

import os
import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest import Bot
from playwright.sync_api import expect
from widget.browsing import PATIENCE_MS, Visitor

_PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Лавка</title></head>
<body><h1>Лавка</h1><script src="{bot}/widget.js" data-title="Лавка"></script></body></html>"""


@pytest.fixture
def shop(own_bot: Bot) -> Iterator[str]:
    """A shop's own site with the chat of `own_bot` on it, under a strict policy; its origin."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            bot, socket = own_bot.url, own_bot.url.replace("http", "ws", 1)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header(
                "Content-Security-Policy",
                f"default-src 'none'; script-src {bot}; connect-src {bot} {socket}",
            )
            self.end_headers()
            self.wfile.write(_PAGE.format(bot=bot).encode())

        def log_message(self, *words: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_offline_is_said_and_what_was_written_is_sent_later(visit):
    """A banner; the message waits, also over a reload, and is answered once."""
    visitor = visit().open()
    visitor.ask("привет")
    visitor.page.context.set_offline(True)
    expect(visitor.page.locator(".banner")).to_be_visible()
    visitor.write("сколько стоит доставка?")
    expect(visitor.page.locator(".message.user .state").last).to_have_attribute(
        "title", "Отправляется"
    )
    visitor.page.context.set_offline(False)
    visitor.answered("сколько стоит доставка?")
    expect(visitor.page.locator(".banner")).to_have_count(0)
    assert visitor.said("user") == ["привет", "сколько стоит доставка?"]
    before = visitor.said()
    visitor.page.reload()
    visitor.open()
    assert visitor.said() == before


def test_what_was_not_sent_outlives_a_closed_tab(visit, bot: Bot):
    """The next page of the site sends it."""
    visitor = visit().open()
    visitor.ask("привет")
    visitor.page.context.set_offline(True)
    visitor.write("где вы находитесь?")
    context = visitor.page.context
    visitor.page.close()
    context.set_offline(False)
    later = Visitor(context.new_page())
    later.page.goto(bot.url)
    later.open()
    later.answered("где вы находитесь?")
    assert later.said("user") == ["привет", "где вы находитесь?"]


def test_a_killed_server_loses_and_doubles_nothing_on_another_origin(
    context, own_bot: Bot, shop: str
):
    """Questions before, during and after a kill -9, from a page of the shop's own site."""
    own_bot.environ["WIDGET_ORIGINS"] = shop
    own_bot.start()
    page = context().new_page()
    page.goto(shop)
    visitor = Visitor(page).open()
    questions = ["дисплей на айфон 11", "сколько стоит доставка?", "где вы находитесь?"]
    visitor.ask(questions[0])
    visitor.write(questions[1])
    os.kill(own_bot.pid("rasa"), signal.SIGKILL)
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

"""The chat when the network goes away: nothing is lost, nothing is doubled."""

import pytest
from conftest import Bot
from playwright.sync_api import expect
from widget.browsing import PATIENCE_MS, Visitor
from widget.proxies import proxy_without_websockets


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


@pytest.mark.parametrize("swallows", [False, True], ids=["refuses", "swallows"])
def test_a_proxy_without_websockets_is_no_hindrance(context, bot: Bot, swallows):
    """Plain requests carry the questions, the answers and what waited; a reload shows the same."""
    with proxy_without_websockets(bot.rasa_port, swallows=swallows) as origin:
        page = context().new_page()
        page.goto(origin)
        visitor = Visitor(page)
        visitor.launcher.click()
        visitor.connected(timeout_ms=2 * PATIENCE_MS)
        visitor.ask("привет")
        page.context.set_offline(True)
        expect(page.locator(".banner")).to_be_visible()
        visitor.write("сколько стоит доставка?")
        page.context.set_offline(False)
        visitor.answered("сколько стоит доставка?")
        assert visitor.said("user") == ["привет", "сколько стоит доставка?"]
        before = visitor.said()
        page.reload()
        visitor.connected(timeout_ms=2 * PATIENCE_MS)
        assert visitor.said() == before


def test_what_two_tabs_wrote_offline_is_sent_once_each(visit, bot: Bot):
    """Both know of both messages; each is answered once, and both tabs show the same."""
    visitor = visit().open()
    visitor.ask("привет")
    other = Visitor(visitor.page.context.new_page())
    other.page.goto(bot.url)
    other.open()
    visitor.page.context.set_offline(True)
    for tab in (visitor, other):
        expect(tab.page.locator(".banner")).to_be_visible()
    visitor.write("сколько стоит доставка?")
    other.write("где вы находитесь?")
    visitor.page.context.set_offline(False)
    for tab in (visitor, other):
        for question in ("сколько стоит доставка?", "где вы находитесь?"):
            tab.answered(question)
    visitor.page.reload()
    visitor.open()
    other.page.reload()
    other.open()
    assert sorted(visitor.said("user")) == sorted(
        ["привет", "сколько стоит доставка?", "где вы находитесь?"]
    )
    assert visitor.said() == other.said()
    assert visitor.page.locator(".message.bot").count() == len(visitor.said("bot"))


def test_a_reload_in_the_middle_of_a_turn_loses_and_doubles_nothing(visit):
    """The question was sent and not yet answered when the page went."""
    visitor = visit().open()
    visitor.ask("привет")
    visitor.write("сколько стоит доставка?")
    visitor.page.reload()
    visitor.open()
    visitor.answered("сколько стоит доставка?")
    assert visitor.said("user") == ["привет", "сколько стоит доставка?"]
    before = visitor.said()
    visitor.page.reload()
    visitor.open()
    assert visitor.said() == before


def test_a_half_written_message_outlives_a_reload(visit, bot: Bot):
    """In its own tab, and not in others."""
    visitor = visit().open()
    visitor.input.fill("дисплей на айф")
    visitor.page.reload()
    visitor.open()
    expect(visitor.input).to_have_value("дисплей на айф")
    other = Visitor(visitor.page.context.new_page())
    other.page.goto(bot.url)
    other.open()
    expect(other.input).to_have_value("")
    visitor.input.press("Enter")
    visitor.answered("дисплей на айф")
    expect(visitor.input).to_have_value("")


def test_a_page_that_the_server_turned_away_comes_back(visit):
    """socket.io by itself does not; what was written meanwhile is answered once."""
    visitor = visit().open()
    visitor.ask("привет")
    visitor.page.evaluate(
        """() => {
            const { socket } = document.querySelector('optfm-chat').chat.connection;
            for (let n = 0; n < 400; n++) socket.emit('session_request', {});
        }"""
    )
    expect(visitor.page.locator(".banner")).to_be_visible()
    visitor.write("сколько стоит доставка?")
    visitor.connected(timeout_ms=2 * PATIENCE_MS)
    visitor.answered("сколько стоит доставка?")
    assert visitor.said("user").count("сколько стоит доставка?") == 1

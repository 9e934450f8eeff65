"""The chat when the network goes away: nothing is lost, nothing is doubled."""

from conftest import Bot
from playwright.sync_api import expect
from widget.browsing import Visitor


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

"""What many pages ask for at once: one event of many changes, one look for all of them."""

import asyncio
import json
import uuid

import httpx
import pytest
from sqlalchemy import text

from optfm.desk.live import Live
from optfm.desk.queue import Counts
from optfm.desk.sharing import Listing, Listings
from tests.api.conftest import Server
from tests.desk.talking import Customer

NOBODY = Listing(rows=[], counts=Counts(waiting=0, mine={}, new=0), older=None)


@pytest.fixture
def live(server: Server) -> Live:
    """What tells pages, with nobody who listens to the database."""
    return Live(server.engine)


async def events_of(live: Live, notices: list[str], seconds: float) -> list[dict[str, object]]:
    """What a page is told of the notices."""
    heard: list[dict[str, object]] = []

    async def follow() -> None:
        async for event in live.events():
            heard.append(json.loads(event))

    page = asyncio.create_task(follow())
    await asyncio.sleep(0.01)
    for notice in notices:
        live.hear(notice)
        await asyncio.sleep(0)
    await asyncio.sleep(seconds)
    page.cancel()
    return heard


def test_a_burst_of_changes_is_two_events(live: Live):
    """The first is told at once, all that follow within a moment together, each dialog once."""
    notices = ["bot web:1", *[f"bot web:{n % 5}" for n in range(100)], "staff web:3"]
    everything, *told = asyncio.run(events_of(live, notices, 0.4))
    assert everything["dialogs"] is None
    assert len(told) == 2
    assert {d for event in told for d in event["dialogs"]} == {f"web:{n}" for n in range(5)}
    assert told[-1]["staff"] and told[-1]["at"] == live.mark()


def test_one_look_serves_all_who_heard_the_same(live: Live):
    """Until something is told that it does not know of."""
    looks = []

    def look() -> Listing:
        looks.append(live.mark())
        return NOBODY

    listings = Listings(live)
    for _ in range(20):
        listings.of(("all", ""), live.mark(), look)
    assert len(looks) == 1
    asyncio.run(events_of(live, ["bot web:1"], 0.05))
    listings.of(("all", ""), live.mark(), look)
    assert len(looks) == 2


@pytest.mark.parametrize("heard", ["", "7", "other-0", "other-99", "-", "x-²", "-1--1"])
def test_a_mark_of_nobody_is_covered_by_nothing(live: Live, heard: str):
    """A page whose stream is another process's is looked up for anew."""
    assert not live.covers(live.mark(), heard)


def test_a_shared_list_is_each_managers_own(server: Server, signed_in):
    """Who looks, what is unread, whose dialogs are counted: as if nothing were shared."""
    anna, oleg = signed_in("Анна"), signed_in("Олег")
    masha = Customer(server.engine, f"web:{uuid.uuid4().hex}", "web")
    masha.says("позовите менеджера")
    masha.calls()
    anna.post("/desk/look", data={"dialog": masha.dialog, "read": "0"})
    pages = {}
    for name, client in (("Анна", anna), ("Олег", oleg)):
        with client.stream("GET", "/desk/events") as stream:
            event = next(line for line in stream.iter_lines() if line.startswith("data:"))
        heard = {"X-Desk-Heard": json.loads(event[5:])["at"], "HX-Request": "true"}
        pages[name] = client.get("/desk/?tab=all", headers=heard).text
    assert "смотрит Анна" in pages["Олег"] and "смотрит" not in pages["Анна"]


def test_a_page_that_heard_of_a_change_shows_it(server: Server, signed_in):
    """Whatever another page was given a moment before."""
    anna, oleg = signed_in("Анна"), signed_in("Олег")
    for n in range(5):
        masha = Customer(server.engine, f"web:{uuid.uuid4().hex}", "web")
        with anna.stream("GET", "/desk/events") as stream:
            events = (json.loads(ln[5:]) for ln in stream.iter_lines() if ln.startswith("data:"))
            first = next(events)
            shown(oleg, first["at"])
            masha.says(f"дисплей номер {n}")
            told = next(event for event in events if masha.dialog in event.get("dialogs") or ())
        assert f"дисплей номер {n}" in shown(anna, told["at"])


def shown(client: httpx.Client, heard: str) -> str:
    """The list of all, as a page asks for it that has heard so far."""
    headers = {"X-Desk-Heard": heard, "HX-Request": "true"}
    return client.get("/desk/?tab=all", headers=headers).text


@pytest.fixture(autouse=True)
def nobody_else(server: Server):
    """The queue of each test is its own."""
    yield
    with server.engine.begin() as connection:
        connection.execute(text("TRUNCATE events, staff_views, requests CASCADE"))
        connection.execute(text("UPDATE dialogs SET mode = 'bot', manager = NULL, until = NULL"))

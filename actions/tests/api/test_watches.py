"""Watches over the API: begun with a consent, listed, ended, told by the next list."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import text

from optfm import watches
from optfm.api.scopes import Scope
from tests.api.conftest import Server, speak

CONSENT = {"wording": "Сообщить мне один раз?", "version": "test-1"}
UNKNOWN = "дисплей Honor Magic 99 Ultra"


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    """A site's shop: it may begin and end watches, and search."""
    with server.client(Scope.WATCHES_READ, Scope.WATCHES_WRITE, Scope.SEARCH) as client:
        yield client


@pytest.fixture
def dialog(server: Server) -> str:
    """A dialog in which something was said."""
    name = f"watch-{uuid.uuid4().hex[:8]}"
    speak(server, name)
    return name


@pytest.fixture(scope="module")
def goods(client: httpx.Client) -> dict:
    """A row of the list."""
    rows = client.get("/v1/search", params={"q": "дисплей iphone 11"}).json()["rows"]
    return rows[0]


def test_what_the_list_has_not_is_waited_for_once(client: httpx.Client, dialog: str):
    """The same wish again is the same watch; the dialog's list has it; it ends for good."""
    wish = {"dialog": dialog, "kind": "appears", "text": UNKNOWN, "consent": CONSENT}
    made = client.post("/v1/watches", json=wish)
    assert made.status_code == 201, made.text
    again = client.post("/v1/watches", json=wish)
    assert (again.status_code, again.json()) == (200, made.json())
    mine = client.get("/v1/watches", params={"dialog": dialog}).json()["items"]
    assert mine == [made.json()] and mine[0]["state"] == "on" and mine[0]["price"] is None
    where = made.headers["Location"]
    assert client.delete(where).json()["state"] == client.delete(where).json()["state"] == "off"
    assert client.get(where).json()["state"] == "off"
    assert client.get("/v1/watches", params={"dialog": dialog}).json()["items"] == []


def test_a_lower_price_is_waited_for_from_the_price_of_today(
    client: httpx.Client, dialog: str, goods: dict
):
    """The price is the list's, never the caller's."""
    wish = {"dialog": dialog, "kind": "cheaper", "code": goods["code"], "consent": CONSENT}
    watch = client.post("/v1/watches", json=wish).json()
    assert (watch["code"], watch["price"]) == (goods["code"], goods["price"])
    assert watch["name"] == " ".join(goods["name"].split())


def test_what_is_there_cannot_appear(client: httpx.Client, dialog: str, goods: dict):
    """By its code and by its words."""
    for named in ({"code": goods["code"]}, {"text": "дисплей iphone 11"}):
        wish = {"dialog": dialog, "kind": "appears", **named, "consent": CONSENT}
        refused = client.post("/v1/watches", json=wish)
        assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("wish", "where"),
    [
        ({"kind": "appears"}, "body"),
        ({"kind": "appears", "code": "нет-такого"}, "body.text"),
        ({"kind": "cheaper", "code": "нет-такого"}, "body.code"),
        ({"kind": "cheaper", "text": UNKNOWN}, "body.text"),
        ({"kind": "sooner", "text": UNKNOWN}, "body.kind"),
    ],
)
def test_a_wish_that_nothing_can_fulfil_is_refused(
    client: httpx.Client, dialog: str, wish: dict, where: str
):
    """422 with the place, and nothing is kept."""
    refused = client.post("/v1/watches", json={"dialog": dialog, "consent": CONSENT, **wish})
    assert refused.status_code == 422
    assert [error["where"] for error in refused.json()["errors"]] == [where]
    assert client.get("/v1/watches", params={"dialog": dialog}).json()["items"] == []


def test_nobody_is_watched_for_without_his_consent_or_in_a_dialog_that_never_was(
    client: httpx.Client, dialog: str
):
    """There is nobody to write to."""
    wish = {"kind": "appears", "text": UNKNOWN}
    assert client.post("/v1/watches", json={"dialog": dialog, **wish}).status_code == 422
    wish = {"dialog": "never-was", "consent": CONSENT, **wish}
    assert client.post("/v1/watches", json=wish).status_code == 404


def test_a_dialog_watches_no_more_than_it_may(client: httpx.Client, dialog: str):
    """As in the talk with the bot."""
    for number in range(watches.MOST + 1):
        wish = {"dialog": dialog, "kind": "appears", "code": f"Х-{number}", "text": UNKNOWN}
        answer = client.post("/v1/watches", json={**wish, "consent": CONSENT})
        assert answer.status_code == (201 if number < watches.MOST else 409)


def test_the_next_list_tells_of_it(server: Server, dialog: str, goods: dict):
    """The bot writes into the dialog once, and the watch has done what it was for."""
    with server.client() as client:
        wish = {"dialog": dialog, "kind": "cheaper", "code": goods["code"], "consent": CONSENT}
        watch = client.post("/v1/watches", json=wish).json()
        before = next(one["id"] for one in _lists(client) if one["active"])
        rows = [{"code": goods["code"], "name": goods["name"], "price": goods["price"] / 2}]
        loaded = client.put("/v1/price-list", json={"date": "2026-11-28", "rows": rows}).json()
        number = loaded["price_list"]["id"]
        try:
            client.post(f"/v1/price-lists/{number}/activate").raise_for_status()
            noon = datetime.now(UTC).replace(hour=12)
            assert watches.run(server.engine, now=noon) >= 1
            assert client.get(f"/v1/watches/{watch['id']}").json()["state"] == "told"
        finally:
            client.post(f"/v1/price-lists/{before}/activate").raise_for_status()
    with server.engine.connect() as connection:
        told = connection.execute(
            text("SELECT count(*) FROM outbox WHERE kind = 'customer' AND dialog = :d"),
            {"d": dialog},
        ).scalar_one()
    assert told == 1


def _lists(client: httpx.Client) -> list[dict]:
    return client.get("/v1/price-lists").json()["items"]

"""Notifications of closed browsers: a browser asks for them, and for nothing else."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from sqlalchemy import Engine, text

from optfm.push.keys import new_private_key, public_key
from optfm.settings import Settings
from tests.api.conftest import Server, serving
from tests.desk.conftest import SignedIn
from tests.peers.push_service import Browser

_KEY = new_private_key()


@pytest.fixture(scope="module")
def server(database: Engine, settings_for: Callable[..., Settings]) -> Iterator[Server]:
    """A server with a key."""
    settings = settings_for(push_private_key=_KEY, public_url="https://shop.example.ru")
    with serving(database, settings) as running:
        yield running


@pytest.fixture
def browser() -> Browser:
    """One that has a push service."""
    return Browser("https://push.example.com/send/1")


def _kept(server: Server) -> list[str]:
    with server.engine.connect() as connection:
        query = text("SELECT endpoint FROM push_subscriptions ORDER BY id")
        return list(connection.execute(query).scalars())


def _acts(server: Server) -> list[str]:
    with server.engine.connect() as connection:
        query = text("SELECT act FROM staff_audit WHERE act LIKE 'push%' ORDER BY id")
        return list(connection.execute(query).scalars())


def test_a_browser_is_kept_until_it_signs_out(
    server: Server, signed_in: SignedIn, browser: Browser
):
    """Asked twice it is one; the page offers it with the shop's key."""
    anna = signed_in("Анна")
    page = anna.get("/desk/account").text
    assert f'data-push="{public_key(_KEY)}"' in page and "Включить уведомления" in page
    for _ in range(2):
        assert anna.post("/desk/push", data=browser.subscription).status_code == 204
    assert _kept(server) == [browser.endpoint]
    assert anna.post("/desk/push/off").status_code == 204
    assert _kept(server) == []
    assert anna.post("/desk/push/off").status_code == 204
    assert _acts(server) == ["push_on", "push_off"]
    anna.post("/desk/push", data=browser.subscription)
    anna.post("/desk/sign-out")
    assert _kept(server) == []


@pytest.mark.parametrize(
    "given",
    [
        {"endpoint": "http://push.example.com/x"},
        {"endpoint": "https://127.0.0.1/x"},
        {"endpoint": "https://10.0.0.1/x"},
        {"endpoint": "https://[::1]/x"},
        {"endpoint": "https://u:p@push.example.com/x"},
        {"endpoint": "ftp://push.example.com/x"},
        {"endpoint": "https://push.example.com/" + "x" * 2500},
        {"p256dh": "AAAA"},
        {"p256dh": "не base64"},
        {"auth": "AAAA"},
    ],
    ids=str,
)
def test_what_cannot_be_told_is_refused_in_words(
    server: Server, signed_in: SignedIn, browser: Browser, given: dict[str, str]
):
    """An address of the own network, no TLS, no keys."""
    answer = signed_in("Анна").post("/desk/push", data={**browser.subscription, **given})
    assert answer.status_code == 422
    assert "Адрес сервиса" in answer.text or "не прочитать" in answer.text
    assert _kept(server) == []


def test_nobody_else_asks(server: Server, browser: Browser):
    """Who is not signed in; the worker itself holds nothing, and anybody may have it."""
    with server.anonymous(headers={"Sec-Fetch-Site": "same-origin"}) as stranger:
        assert stranger.post("/desk/push", data=browser.subscription).status_code == 401
        worker = stranger.get("/desk/push-worker.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache"


def test_without_a_key_nothing_is_offered(
    database: Engine, settings_for: Callable[..., Settings], browser: Browser
):
    """No button, no script, no subscription."""
    with serving(database, settings_for()) as plain:
        people = SignedIn(plain)
        anna: httpx.Client = people("Анна")
        page = anna.get("/desk/account").text
        assert "data-push" not in page and "push.js" not in page
        assert anna.post("/desk/push", data=browser.subscription).status_code == 404
        anna.close()

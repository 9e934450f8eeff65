"""Notifications with the desk closed, in a real browser: a button, and a worker that shows them."""

import base64
import json
import os
from collections.abc import Iterator

import pytest
from desk.desks import Desk
from desk.test_desk_page import PHONE, RUN_AXE
from playwright.sync_api import CDPSession, Page, expect
from widget.browsing import DESKTOP

# Debian's Chromium has no push service to subscribe at: what it would give is given to the page.
_SERVICE = """
const keys = {p256dh: "%(p256dh)s", auth: "c2l4dGVlbiBieXRlcyBvZg"};
class Subscription {
    constructor(options) { this.options = options; }
    toJSON() { return {endpoint: "https://push.example.com/send/1", keys}; }
    async unsubscribe() { current = null; return true; }
}
let current = null;
PushManager.prototype.getSubscription = async () => current;
PushManager.prototype.subscribe = async options => (current = new Subscription(options));
"""
#: The generator of the curve is as good a public key as any.
_POINT = bytes.fromhex(
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
)


def _letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.fixture
def pushing_desk(own_desk: Desk) -> Iterator[Desk]:
    """One with a key."""
    own_desk.stop()
    own_desk.environ = {
        "PUSH_PRIVATE_KEY": _letters(os.urandom(32)),
        "PUBLIC_URL": "https://shop.example.ru",
    }
    yield own_desk.start()


def _registration(page: Page, cdp: CDPSession) -> str:
    """The id of the only registration."""
    told: list[dict] = []
    cdp.on("ServiceWorker.workerRegistrationUpdated", lambda event: told.append(event))
    cdp.send("ServiceWorker.enable")
    while not told or not told[-1]["registrations"]:
        page.wait_for_timeout(50)
    (found,) = told[-1]["registrations"]
    assert found["scopeURL"].endswith("/desk/")
    return str(found["registrationId"])


def _shown(page: Page) -> list[list]:
    return page.evaluate(
        "async () => (await (await navigator.serviceWorker.ready).getNotifications())"
        ".map(one => [one.title, one.body, one.tag, one.data])"
    )


def test_button_subscribes_and_a_push_is_shown(pushing_desk: Desk, manager):
    """Within the page's policy; one notification a dialog; «Выключить» and signing out end it."""
    desk = pushing_desk
    anna = manager("Анна", permissions=["notifications"])
    anna.page.add_init_script(_SERVICE % {"p256dh": _letters(_POINT)})
    anna.open("/desk/")
    anna.page.get_by_role("button", name="Включить уведомления").click()
    expect(anna.page.locator("#toast")).to_contain_text("Уведомления включены")
    expect(anna.page.locator("[data-push-switch]")).to_be_hidden()
    kept = "SELECT endpoint, auth FROM push_subscriptions"
    assert desk.do(kept) == [("https://push.example.com/send/1", "c2l4dGVlbiBieXRlcyBvZg")]

    cdp = anna.page.context.new_cdp_session(anna.page)
    push = {"origin": desk.url, "registrationId": _registration(anna.page, cdp)}
    for words in ("Есть дисплеи на А12?", "<b>ау</b>"):
        told = {"title": "Клиент ждёт ответа", "text": words, "dialog": "web:1",
                "path": "/desk/dialogs/web%3A1"}  # fmt: skip
        cdp.send("ServiceWorker.deliverPushMessage", {**push, "data": json.dumps(told)})
    last = ["Клиент ждёт ответа", "<b>ау</b>", "web:1", {"path": "/desk/dialogs/web%3A1"}]
    while (shown := _shown(anna.page)) != [last]:
        assert len(shown) < 2, "a dialog has one notification"
        anna.page.wait_for_timeout(50)

    # The same browser after a new sign-in is told by itself; somebody else there is not.
    desk.do("DELETE FROM staff_sessions")
    account = anna.page
    _sign_in(account, desk, "Олег")
    expect(account.get_by_role("button", name="Включить уведомления")).to_be_visible()
    assert desk.do(kept) == []
    with account.expect_response("**/desk/push"):
        _sign_in(account, desk, "Анна")
    assert len(desk.do(kept)) == 1
    account.get_by_role("button", name="Выключить уведомления").click()
    expect(account.locator("#toast")).to_have_text("Уведомления выключены.")
    expect(account.get_by_role("button", name="Включить уведомления")).to_be_visible()
    assert desk.do(kept) == []


@pytest.mark.parametrize(
    ("device", "theme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"]
)
def test_axe_finds_nothing_beside_the_buttons(pushing_desk, manager, node_modules, device, theme):
    """On the queue and on one's own page, as wide as the screen and no wider."""
    source = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    anna = manager("Анна", **device, color_scheme=theme, reduced_motion="reduce")
    for path in ("/desk/", "/desk/account"):
        anna.open(path)
        expect(anna.page.get_by_role("button", name="Включить уведомления")).to_be_visible()
        anna.page.evaluate(source)
        assert (path, anna.page.evaluate(RUN_AXE)) == (path, [])
        assert anna.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def _sign_in(page: Page, desk: Desk, name: str) -> None:
    cookie = {"name": "desk", "value": desk.session(name), "url": desk.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"{desk.url}/desk/account")

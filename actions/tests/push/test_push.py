"""Notifications of closed browsers: whom they reach, what they say, and a strict push service."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, text

from optfm.cli.staff import staff
from optfm.desk import sessions
from optfm.errors import Refused
from optfm.events.addresses import Allowed
from optfm.outbox.entries import Later, deliver, find
from optfm.push import subscriptions
from optfm.push.calling import call
from optfm.push.keys import new_private_key, public_key
from optfm.settings import Settings
from optfm.worker.senders import senders
from tests.desk.conftest import session_of
from tests.desk.talking import Customer
from tests.peers.push_service import Browser, PushService

_KEY = new_private_key()
_SETTINGS = {"push_private_key": _KEY, "public_url": "https://shop.example.ru:8443/bot"}


@pytest.fixture
def service() -> Iterator[PushService]:
    """The browsers' push service."""
    running = PushService()
    running.shop_key = public_key(_KEY)
    yield running
    running.close()


@pytest.fixture
def told(engine: Engine, service: PushService) -> Callable[..., Browser]:
    """`told("Анна")`: a browser in which she is signed in and wants notifications."""

    def subscribe(name: str = "Анна", browser: Browser | None = None) -> Browser:
        browser = browser or service.browser()
        token = session_of(engine, name)
        with engine.begin() as connection:
            found = sessions.find(connection, token)
            assert found
            subscriptions.keep(
                connection, found.key, **browser.subscription, allowed=Allowed(["127.0.0.1"])
            )
        return browser

    return subscribe


@pytest.fixture
def customer(engine: Engine) -> Customer:
    """Somebody who has called a person."""
    customer = Customer(engine, "web:push")
    customer.says("позовите человека, мой телефон 8 912 345-67-89")
    return customer.calls()


def _look(engine: Engine, now: datetime | None = None) -> int:
    with engine.begin() as connection:
        return call(connection, now or datetime.now(UTC))


def _entries(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        query = text("SELECT id FROM outbox WHERE kind = 'push' ORDER BY id")
        return list(connection.execute(query).scalars())


def _deliver(engine: Engine, **given: object) -> list[tuple[str, object]]:
    """Deliver all that is there; state and result of each."""
    settings = Settings(
        **{**_SETTINGS, "work_hours": "24/7", "webhook_inner_hosts": "127.0.0.1", **given}  # type: ignore[arg-type]
    )
    known = senders(settings, engine)
    for number in _entries(engine):
        deliver(engine, number, known)
    with engine.connect() as connection:
        query = "SELECT status, coalesce(result, '{}') FROM outbox WHERE kind = 'push' ORDER BY id"
        return [tuple(row) for row in connection.execute(text(query))]


def _subscribed(engine: Engine) -> int:
    with engine.connect() as connection:
        query = text("SELECT count(*) FROM push_subscriptions")
        return int(connection.execute(query).scalar_one())


def test_a_browser_is_told_once_of_each_word(
    engine: Engine, service: PushService, told: Callable[..., Browser], customer: Customer
):
    """Sealed for it alone, signed, short-lived, and without the customer's phone."""
    anna, oleg = told("Анна"), told("Олег")
    assert (_look(engine), _look(engine)) == (2, 0)
    assert _deliver(engine) == [("sent", {"status": 201})] * 2
    assert service.refused == []
    assert [taken.browser for taken in service.taken] == [anna, oleg]
    first = service.taken[0]
    assert first.told == {
        "title": "Клиент ждёт ответа",
        "text": "позовите человека, мой телефон [телефон]",
        "dialog": "web:push",
        "path": "/desk/dialogs/web%3Apush",
    }
    assert 0 < int(first.headers["ttl"]) <= 600
    assert first.headers["urgency"] == "high"
    assert first.contact == "https://shop.example.ru"
    customer.says("ау")
    assert _look(engine) == 2
    with engine.connect() as connection:
        held = connection.execute(text("SELECT string_agg(payload::text, '') FROM outbox"))
        assert "ау" not in held.scalar_one()


def test_who_another_manager_has_is_his(
    engine: Engine, service: PushService, told: Callable[..., Browser], customer: Customer
):
    """Only the browser of whoever has the dialog is told; of what he has answered nobody is."""
    told("Анна")
    oleg = told("Олег")
    with engine.begin() as connection:
        connection.execute(text("UPDATE dialogs SET manager = 'Олег'"))
    assert _look(engine) == 1
    _deliver(engine)
    assert [taken.browser for taken in service.taken] == [oleg]
    customer.hears("Отвечаю", manager="Олег")
    assert _look(engine) == 0


def test_what_is_over_before_it_goes_out_does_not_go_out(
    engine: Engine, service: PushService, told: Callable[..., Browser], customer: Customer
):
    """Another has taken it, the shop has closed, the browser is signed out, time has passed."""
    told("Анна")
    assert _look(engine) == 1
    number = _entries(engine)[0]

    def again() -> tuple[str, object]:
        with engine.begin() as connection:
            connection.execute(text("UPDATE outbox SET status = 'pending', result = NULL"))
        return _deliver(engine)[-1]

    assert _deliver(engine, work_hours="Mon-Fri 09:00-09:01")[-1] == ("sent", {"skipped": "late"})
    with engine.begin() as connection:
        connection.execute(text("UPDATE dialogs SET manager = 'Олег'"))
    assert again() == ("sent", {"skipped": "nobody waits"})
    with engine.begin() as connection:
        connection.execute(text("UPDATE dialogs SET manager = NULL"))
        connection.execute(text("UPDATE staff_sessions SET seen_at = now() - interval '13 hours'"))
    assert again() == ("sent", {"skipped": "signed out"})
    with engine.begin() as connection:
        connection.execute(text("UPDATE outbox SET created_at = now() - interval '11 minutes'"))
    assert again() == ("sent", {"skipped": "late"})
    assert service.taken == [] and find(engine, number)


def test_whoever_waits_since_yesterday_rings_nowhere(
    engine: Engine, told: Callable[..., Browser], customer: Customer
):
    """Opening the shop, or subscribing, is no reason to be told of everybody at once."""
    told("Анна")
    assert _look(engine, datetime.now(UTC) + timedelta(minutes=6)) == 0


def test_sign_out_and_a_new_subscription_leave_nothing_behind(
    engine: Engine, service: PushService, told: Callable[..., Browser]
):
    """One a session and one an endpoint; it goes with the session."""
    browser = told("Анна")
    told("Олег", browser)
    assert _subscribed(engine) == 1
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM staff_sessions"))
    assert _subscribed(engine) == 0


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_listens_no_longer_is_forgotten(
    engine: Engine, service: PushService, told: Callable[..., Browser], customer: Customer,
    status: int,
):  # fmt: skip
    """And nothing is left to be tried again."""
    told("Анна")
    _look(engine)
    service.answers = [(status, {})]
    state, result = _deliver(engine)[0]
    assert (state, result["status"]) == ("sent", status)  # type: ignore[index]
    assert _subscribed(engine) == 0


@pytest.mark.parametrize(
    ("status", "headers", "pause"), [(429, {"Retry-After": "7"}, 7.0), (500, {}, None)]
)
def test_a_service_that_is_busy_is_asked_again(
    engine: Engine, service: PushService, told: Callable[..., Browser], customer: Customer,
    status: int, headers: dict[str, str], pause: float | None,
):  # fmt: skip
    """Not before it says; then it comes."""
    told("Анна")
    _look(engine)
    service.answers = [(status, headers)]
    with pytest.raises(Later) as later:
        _deliver(engine)
    assert later.value.after_s == pause
    assert _deliver(engine) == [("sent", {"status": 201})]
    assert len(service.taken) == 1


def test_a_service_that_knows_another_key_refuses_for_good(
    engine: Engine, service: PushService, told: Callable[..., Browser], customer: Customer
):
    """The subscription stays: the browser changes it when its page is opened."""
    told("Анна")
    _look(engine)
    state, _ = _deliver(engine, push_private_key=new_private_key())[0]
    assert (state, service.refused) == ("given_up", ["the key is not the subscription's (4.2)"])
    assert _subscribed(engine) == 1


def test_a_service_in_the_own_network_is_not_called(
    engine: Engine, service: PushService, told: Callable[..., Browser], customer: Customer
):
    """Also where it was allowed when the browser subscribed."""
    told("Анна")
    _look(engine)
    assert _deliver(engine, webhook_inner_hosts="")[0][0] == "given_up"
    assert service.taken == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"PUSH_PRIVATE_KEY": "abc"}, "PUSH_PRIVATE_KEY: нужен ключ из команды optfm staff"),
        ({"PUSH_PRIVATE_KEY": "ключ" * 8}, "PUSH_PRIVATE_KEY: нужен ключ из команды optfm staff"),
        ({"PUSH_PRIVATE_KEY": "A" * 43}, "PUSH_PRIVATE_KEY: нужен ключ из команды optfm staff"),
        ({"PUSH_PRIVATE_KEY": _KEY}, "для PUSH_PRIVATE_KEY нужен NOTIFY_EMAIL или PUBLIC_URL"),
        (
            {"PUSH_PRIVATE_KEY": _KEY, "PUBLIC_URL": "http://shop.example.ru"},
            "для PUSH_PRIVATE_KEY нужен NOTIFY_EMAIL или PUBLIC_URL",
        ),
    ],
)
def test_a_wrong_setting_is_told_in_one_line(given: dict[str, str], words: str):
    """With its name and what to do; the key itself is not shown."""
    with pytest.raises(Refused, match=words) as refused:
        Settings.from_env(given)
    assert "\n" not in str(refused.value) and _KEY not in str(refused.value)


def test_command_prints_a_line_for_the_settings():
    """It is taken as it is printed."""
    printed = CliRunner().invoke(staff, ["push-keys"]).stdout.splitlines()
    name, _, key = printed[0].partition("=")
    settings = Settings.from_env({name: key, "PUBLIC_URL": "https://shop.example.ru"})
    assert settings.push_private_key.get_secret_value() == key
    assert printed[1].endswith(public_key(key))


def test_no_key_no_notifications(engine: Engine):
    """Nothing is sent, nothing is looked for."""
    assert "push" not in senders(Settings(), engine)

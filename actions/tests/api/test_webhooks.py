"""Events to receivers that fail, hang, lie and are where they must not be."""

import contextlib
import itertools
import json
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import Engine, text
from standardwebhooks.webhooks import Webhook

from optfm.events import receivers
from optfm.events.addresses import Allowed, NotAllowed
from optfm.events.deliveries import Delivery, deliveries, replay
from optfm.events.delivering import Webhooks
from optfm.outbox.entries import Busy, Later, deliver, give_up
from tests.api.conftest import Server


class Receiver(ThreadingHTTPServer):
    """A receiver of another company, with its own library for signatures."""

    def __init__(self) -> None:
        self.got: list[dict] = []
        self.secret = ""
        self.answer = lambda: 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                status = outer.answer()
                if status < 300:
                    outer.got.append(Webhook(outer.secret).verify(body, dict(self.headers)))
                self.send_response(status)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that listens."""
    server = Receiver()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def deliver_all(engine: Engine, *, rounds: int) -> None:
    """What the worker does, without its pauses."""
    webhooks = Webhooks(engine, Allowed(["127.0.0.1"]))
    for _ in range(rounds):
        for delivery in deliveries(engine, limit=200, before=2**62, status="pending"):
            with contextlib.suppress(Later):
                deliver(engine, delivery.id, {"webhook": webhooks.deliver})


def make_requests(engine: Engine, count: int) -> None:
    """Rows as any process of the bot writes them."""
    with engine.begin() as connection:
        for n in range(count):
            connection.execute(
                text(
                    "WITH d AS (INSERT INTO dialogs (channel, external_id)"
                    " VALUES ('rest', 'w-' || :n || clock_timestamp()) RETURNING id),"
                    " u AS (INSERT INTO users (name, phone) VALUES ('А', '+79100000000')"
                    " RETURNING id),"
                    " c AS (INSERT INTO consents (dialog_id, version, wording, channel, given_at)"
                    " SELECT id, '', '', '', now() FROM d RETURNING id)"
                    " INSERT INTO requests (dialog_id, user_id, consent_id, name, phone, about)"
                    " SELECT d.id, u.id, c.id, 'А', '+79100000000', 'x' FROM d, u, c"
                ),
                {"n": n},
            )


def test_a_receiver_that_fails_half_of_the_time_gets_every_event(
    engine: Engine, receiver: Receiver
):
    """Nothing is lost; each is known by its id, signed, and holds nothing personal."""
    _, receiver.secret = receivers.add(engine, receiver.url, ["request.created"])
    dice = random.Random(7)
    receiver.answer = lambda: 500 if dice.random() < 0.5 else 200
    make_requests(engine, 20)
    deliver_all(engine, rounds=12)
    assert {e["data"]["request"] for e in receiver.got} == set(range(1, 21))
    assert {e["type"] for e in receiver.got} == {"request.created"}
    assert "+7910" not in json.dumps(receiver.got)


def test_who_finds_no_room_has_tried_nothing(engine: Engine, receiver: Receiver):
    """Behind a receiver that hangs, events wait for their turn: that is no failed try."""
    _, receiver.secret = receivers.add(engine, receiver.url, ["request.created"])
    free = threading.Event()
    receiver.answer = lambda: 200 if free.wait(10) else 500
    make_requests(engine, 30)
    webhooks = Webhooks(engine, Allowed(["127.0.0.1"]))

    def send(number: int) -> bool:
        """Whether there was no room for it."""
        try:
            deliver(engine, number, {"webhook": webhooks.deliver})
        except Busy:
            return True
        return False

    def standing(status: str) -> list[Delivery]:
        return deliveries(engine, limit=200, before=2**62, status=status)

    waiting = [delivery.id for delivery in standing("pending")]
    with ThreadPoolExecutor(len(waiting)) as pool:
        sending = [pool.submit(send, number) for number in waiting]
        assert next(as_completed(sending)).result()  # those who are sent hang
        free.set()
        refused = sum(done.result() for done in sending)
    assert {(d.attempts, d.last_error) for d in standing("pending")} == {(0, None)}
    assert refused == len(standing("pending")) == len(waiting) - len(standing("sent"))


def test_every_kind_of_change_is_told(engine: Engine, receiver: Receiver):
    """Requests, dialogs and lists, whoever changes them."""
    _, receiver.secret = receivers.add(engine, receiver.url, [])
    make_requests(engine, 1)
    with engine.begin() as connection:
        dialog = connection.execute(text("SELECT external_id FROM dialogs")).scalar_one()
        connection.execute(text("SELECT request_move(1, 'taken', 'И')"))
        connection.execute(text("SELECT dialog_take(:d, 'И', 5)"), {"d": dialog})
    with engine.begin() as connection:
        connection.execute(text("SELECT dialog_release(:d)"), {"d": dialog})
        connection.execute(
            text(
                "INSERT INTO price_lists (file_name, sha256, title, list_date, items, groups)"
                " VALUES ('', '', '', now(), 1, 0)"
            )
        )
        connection.execute(text("UPDATE price_lists SET held = 'x'"))
        connection.execute(text("UPDATE price_lists SET active = true, held = NULL"))
    deliver_all(engine, rounds=2)
    assert {e["type"] for e in receiver.got} == {
        *("request.created", "request.moved", "dialog.handed_over", "dialog.closed"),
        *("price_list.activated", "price_list.held"),
    }


def test_a_change_that_is_rolled_back_is_not_told(engine: Engine, receiver: Receiver):
    """An event is as sure as what it tells of."""
    receivers.add(engine, receiver.url, [])
    with engine.connect() as connection:
        connection.execute(text("SELECT tell_event('request.created', NULL, '{}', 'x')"))
        connection.rollback()
    assert deliveries(engine, limit=10, before=2**62) == []


def test_dead_events_are_listed_and_replayed(engine: Engine, receiver: Receiver):
    """What was given up waits in the dead list for a person."""
    _, receiver.secret = receivers.add(engine, receiver.url, [])
    receiver.answer = lambda: 503
    make_requests(engine, 1)
    deliver_all(engine, rounds=1)
    (pending,) = deliveries(engine, limit=10, before=2**62)
    assert pending.status == "pending" and "503" in pending.last_error
    give_up(engine, pending.id)
    with engine.begin() as connection:  # the job that gave it up has ended
        connection.execute(text("DELETE FROM procrastinate_jobs"))
    (dead,) = deliveries(engine, limit=10, before=2**62, status="dead")
    receiver.answer = lambda: 200
    assert replay(engine, dead.id)
    deliver_all(engine, rounds=1)
    assert len(receiver.got) == 1


def test_old_and_new_secret_both_sign_for_a_day(engine: Engine, receiver: Receiver):
    """A receiver changes its secret when it likes."""
    made, old = receivers.add(engine, receiver.url, [])
    new = receivers.rotate_secret(engine, made.id)
    for secret in (old, new):
        receiver.secret = secret
        make_requests(engine, 1)
        deliver_all(engine, rounds=1)
    assert len(receiver.got) == 2


def test_gone_receiver_is_told_nothing_more(engine: Engine, receiver: Receiver):
    """410 switches it off, and says why."""
    made, _ = receivers.add(engine, receiver.url, [])
    receiver.answer = lambda: 410
    make_requests(engine, 1)
    deliver_all(engine, rounds=1)
    assert receivers.find(engine, made.id).why_inactive == "получатель ответил 410"


def test_redirects_are_not_followed(engine: Engine, receiver: Receiver):
    """A receiver cannot send us anywhere else."""
    receivers.add(engine, receiver.url, [])
    receiver.answer = lambda: 307
    make_requests(engine, 1)
    deliver_all(engine, rounds=1)
    (waiting,) = deliveries(engine, limit=10, before=2**62)
    assert waiting.last_error == "получатель ответил 307"


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.ru/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/"),
        *("https://10.1.2.3/", "https://169.254.169.254/latest", "https://192.168.0.1/"),
        *("https://2130706433/", "https://0x7f000001/", "https://127.1/", "https://0/"),
        *("https://[::ffff:10.0.0.1]/", "https://[64:ff9b::a00:1]/", "https://[fd00::1]/"),
        *("ftp://example.ru/", "https://user:pw@example.ru/", "https:///x", "not an address"),
    ],
)
def test_addresses_of_the_own_network_are_refused(server: Server, url: str):
    """Unless the owner has allowed them."""
    with server.client() as client:
        answer = client.post("/v1/webhooks", json={"url": url})
    assert answer.status_code == 422 and answer.json()["errors"][0]["where"] == "body.url"


def test_a_name_that_leads_inside_is_refused_when_it_is_called():
    """The name server's answer is looked at, and what was looked at is called."""
    with pytest.raises(NotAllowed, match="внутреннюю сеть"):
        Allowed([]).resolve("localhost", 443)


def test_a_receiver_that_hangs_leaves_room(engine: Engine, receiver: Receiver):
    """One delivery of its own at a time: managers, customers and other receivers do not wait."""
    _, receiver.secret = receivers.add(engine, receiver.url, [])
    free = threading.Event()
    receiver.answer = lambda: 200 if free.wait(10) else 500
    make_requests(engine, 4)
    webhooks = Webhooks(engine, Allowed(["127.0.0.1"]))

    def send(number: int) -> str:
        try:
            deliver(engine, number, {"webhook": webhooks.deliver})
        except Busy as exc:
            return str(exc)
        return "tried"

    with ThreadPoolExecutor(8) as pool:
        hanging = deliveries(engine, limit=10, before=2**62)
        sending = [pool.submit(send, delivery.id) for delivery in hanging]
        first = [done.result() for done in itertools.islice(as_completed(sending), 3)]
        assert all("место" in outcome for outcome in first)
        other = Receiver()
        threading.Thread(target=other.serve_forever, daemon=True).start()
        told, other.secret = receivers.add(engine, other.url, [])
        make_requests(engine, 2)
        its_own = deliveries(engine, limit=10, before=2**62, receiver=told.id)
        assert [send(delivery.id) for delivery in its_own] == ["tried", "tried"]
        assert len(other.got) == 2
        free.set()
    assert [done.result() for done in sending].count("tried") == 1
    other.shutdown()
    other.server_close()

"""A request with its order is sent whole or not at all, wherever the connection is cut."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from optfm.db import connect
from optfm.leads import Consent, Draft, submit, wording
from optfm.orders import Line, Order, store
from optfm.outbox.entries import Entry, Later, deliver, undelivered

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KINDS = ("request_email", "request_crm")
ORDER = Order(
    lines=(
        Line(
            said="кабель", asked="кабель", quantity=2, state="sure", code="УТ-1", name="Кабель",
            price_kop=5000,
        ),
    )
)  # fmt: skip
#: What is there before anything is sent, and after, however often it was tried.
NOTHING = {"requests": 0, "consents": 0, "outbox": 0, "jobs": 0, "open": 1, "sent": 0}
WHOLE = {"requests": 1, "consents": 1, "outbox": 2, "jobs": 2, "open": 0, "sent": 1}
#: More statements than a sending has.
_MOST = 40


@pytest.fixture
def draft() -> Draft:
    """What the form hands over."""
    version, words = wording("https://bot.example.ru")
    return Draft(
        dialog="d-1", channel="rest", name="Анна", phone="+79100000000", email=None,
        about="Заказ: 1 строка, 100 ₽", town=None,
        consent=Consent(
            version=version, wording=words, given_at=NOW, channel="rest", message_id="m-1"
        ),
    )  # fmt: skip


@contextmanager
def cut_before(engine: Engine, statement: int) -> Iterator[list[str]]:
    """Postgres ends the connection before the given statement of the block, or its commit.

    :param statement: counted from 0.
    """
    run: list[str] = []
    killer = connect(engine.url.render_as_string(hide_password=False))

    def end(connection: Connection, what: str) -> None:
        run.append(what)
        if len(run) - 1 != statement:
            return
        pid = connection.connection.dbapi_connection.info.backend_pid
        with killer.begin() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    def before(connection: Connection, _cursor: Any, sql: str, *_rest: Any) -> None:
        end(connection, sql)

    def commit(connection: Connection) -> None:
        end(connection, "COMMIT")

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "commit", commit)
    try:
        yield run
    finally:
        event.remove(engine, "before_cursor_execute", before)
        event.remove(engine, "commit", commit)
        killer.dispose()


def _send(engine: Engine, draft: Draft) -> int:
    also = partial(store.send, dialog=draft.dialog)
    return submit(
        engine, draft, now=NOW, tell=KINDS,
        also=lambda connection, number: also(connection, request_id=number),
    )  # fmt: skip


def _there(engine: Engine) -> dict[str, int]:
    counts = {
        "requests": "requests",
        "consents": "consents",
        "outbox": "outbox",
        "jobs": "procrastinate_jobs WHERE task_name = 'deliver'",
        "open": "orders WHERE state = 'open'",
        "sent": "orders WHERE state = 'sent' AND request_id IS NOT NULL",
    }
    with engine.connect() as connection:
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {rows}")).scalar_one()
            for name, rows in counts.items()
        }


def test_a_cut_at_any_statement_leaves_nothing_and_the_next_try_all(
    engine: Engine, draft: Draft
) -> None:
    """Nothing is lost, nothing is there twice."""
    store.save(engine, draft.dialog, ORDER, before=None, focus=-1, list_id=None)
    cuts = []
    for statement in range(_MOST):
        with cut_before(engine, statement) as run:
            try:
                number = _send(engine, draft)
            except SQLAlchemyError:
                cuts.append(run[-1])
                assert _there(engine) == NOTHING, run[-1]
                continue
        break
    assert len(cuts) >= 8 and cuts[-1] == "COMMIT"
    assert _there(engine) == WHOLE
    # The answer to the commit is lost: the form is sent once more.
    assert _send(engine, draft) == number
    assert _there(engine) == WHOLE


def test_a_second_order_in_the_words_of_the_first_is_told_too(engine: Engine, draft: Draft) -> None:
    """It joins the request of the hour, and whoever was told of that is told of it."""
    for _ in range(2):
        store.save(engine, draft.dialog, ORDER, before=None, focus=-1, list_id=None)
        number = _send(engine, draft)
    there = _there(engine)
    assert (there["requests"], there["sent"], there["outbox"]) == (1, 2, 4)
    assert _send(engine, draft) == number and _there(engine) == there


def test_what_was_delivered_before_a_cut_comes_again_by_the_same_key(
    engine: Engine, draft: Draft
) -> None:
    """The far side knows it by its key; here it is written down once."""
    store.save(engine, draft.dialog, ORDER, before=None, focus=-1, list_id=None)
    _send(engine, draft)
    got: list[str] = []

    def sender(entry: Entry) -> dict[str, str]:
        got.append(entry.key)
        return {"id": "77"}

    [first, second] = undelivered(engine)
    for statement in range(_MOST):
        with cut_before(engine, statement):
            try:
                deliver(engine, first.id, {first.kind: sender})
            except (SQLAlchemyError, Later):
                continue
        break
    assert [entry.id for entry in undelivered(engine)] == [second.id]
    assert len(got) >= 2 and set(got) == {first.key}
    told = len(got)
    deliver(engine, first.id, {first.kind: sender})  # the job comes once more
    assert len(got) == told

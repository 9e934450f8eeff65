"""A request, its consent and its person are written together, and once."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from optfm.db.tables import consents, dialogs, outbox, users
from optfm.db.tables import requests as requests_table
from optfm.leads import Consent, Draft, list_requests, submit, wording
from optfm.leads.requests import Supplement, supplement

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def draft() -> Draft:
    """What the form hands over."""
    version, text = wording("https://bot.example.ru")
    return Draft(
        dialog="dialog-1",
        channel="rest",
        name="Анна",
        phone="+79100000000",
        email=None,
        about="дисплей на а12",
        town=None,
        consent=Consent(
            version=version, wording=text, given_at=NOW, channel="rest", message_id="m-1"
        ),
    )


def _count(engine: Engine, table: object) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_request_is_written_with_its_consent_and_its_person(engine: Engine, draft: Draft):
    """All that proves it is there."""
    number = submit(engine, draft, now=NOW)
    [request] = list_requests(engine)
    assert (request.id, request.status, request.phone) == (number, "new", "+79100000000")
    assert (request.channel, request.dialog, request.created) == ("rest", "dialog-1", NOW)
    with engine.connect() as connection:
        consent = connection.execute(select(consents)).mappings().one()
    assert consent["wording"] == draft.consent.wording
    assert consent["message_id"] == "m-1"


@pytest.mark.parametrize("other", [{"dialog": "dialog-2"}, {"phone": "+79200000000"}])
def test_the_same_form_or_phone_within_an_hour_gets_the_same_number(
    engine: Engine, draft: Draft, other: dict
):
    """What is new joins the request that is there."""
    first = submit(engine, draft, now=NOW)
    again = replace(draft, about="и акб", **other)
    assert submit(engine, again, now=NOW + timedelta(minutes=59)) == first
    [request] = list_requests(engine)
    assert request.about.startswith("дисплей на а12\nи акб")


def test_what_is_corrected_after_sending_is_not_lost(engine: Engine, draft: Draft):
    """Another phone and name join as lines, an address and a town fill what was empty."""
    submit(engine, draft, now=NOW)
    again = replace(draft, name="Пётр", phone="+79200000000", email="a@example.com", town="Шуя")
    submit(engine, again, now=NOW + timedelta(minutes=1), tell=["request_email"])
    with engine.connect() as connection:
        [told] = connection.execute(select(outbox.c.payload)).scalars()
    assert told["added"].splitlines()[:2] == ["Почта: a@example.com", "Город: Шуя"]
    [request] = list_requests(engine)
    assert (request.phone, request.email) == ("+79100000000", "a@example.com")
    assert request.about == "дисплей на а12\nЕщё имя: Пётр\nЕщё телефон: +79200000000"
    submit(engine, again, now=NOW + timedelta(minutes=2), tell=["request_email"])
    assert list_requests(engine) == [request] and _count(engine, outbox) == 1


def _says_later(engine: Engine, number: int, *, dialog: str, **fields: str) -> None:
    lines = tuple(f"теперь {value}" for value in fields.values())
    what = Supplement(lines=lines, fields=fields)
    assert supplement(engine, number, what, dialog=dialog, channel="rest", tell=("mail",))


def test_each_change_of_mind_after_sending_is_told(engine: Engine, draft: Draft):
    """«10», «4» and «10» again: whoever was told last knows what the request says."""
    number = submit(engine, draft, now=NOW)
    for town in ("Шуя", "Кинешма", "Шуя"):
        _says_later(engine, number, dialog=draft.dialog, town=town)
    with engine.connect() as connection:
        told = connection.execute(select(outbox.c.payload).order_by(outbox.c.id)).scalars()
        said = [payload["added"] for payload in told if payload]
    assert said == ["теперь Шуя", "теперь Кинешма", "теперь Шуя"]


def test_who_joined_a_request_changes_nothing_of_his_who_sent_it(engine: Engine, draft: Draft):
    """A stranger who knows a phone adds lines to its request; the contacts stay."""
    number = submit(engine, draft, now=NOW)
    stranger = replace(draft, dialog="dialog-2", about="и акб")
    assert submit(engine, stranger, now=NOW + timedelta(minutes=5)) == number
    _says_later(engine, number, dialog="dialog-2", phone="+79990000000")
    [request] = list_requests(engine)
    assert request.phone == draft.phone
    assert "теперь +79990000000" in request.about


def test_an_address_is_the_same_in_capitals(engine: Engine, draft: Draft):
    """Nobody owns another mailbox by its capitals; the person is one, too."""
    first = submit(engine, replace(draft, phone=None, email="anna@example.com"), now=NOW)
    again = replace(draft, dialog="dialog-2", name="анна", phone=None, email="Anna@example.com")
    assert submit(engine, again, now=NOW + timedelta(minutes=5)) == first
    assert _count(engine, users) == 1
    [request] = list_requests(engine)
    assert request.about == "дисплей на а12"


def test_every_consent_is_kept_once(engine: Engine, draft: Draft):
    """Of the other dialog too, but not twice when the same form is sent again."""
    for dialog in ("dialog-1", "dialog-1", "dialog-2"):
        submit(engine, replace(draft, dialog=dialog), now=NOW)
    assert _count(engine, consents) == 2
    assert len(list_requests(engine)) == 1


def test_after_an_hour_it_is_a_new_request_of_the_same_person(engine: Engine, draft: Draft):
    """The person is known, the request is another."""
    first = submit(engine, draft, now=NOW)
    assert submit(engine, draft, now=NOW + timedelta(minutes=61)) != first
    assert _count(engine, users) == 1


def test_two_at_once_are_one_request(engine: Engine, draft: Draft):
    """Ten presses of «Отправить» from ten dialogs: one row."""
    numbers: list[int] = []
    presses = [
        threading.Thread(
            target=lambda n=n: numbers.append(
                submit(engine, replace(draft, dialog=f"d{n}"), now=NOW)
            )
        )
        for n in range(10)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    assert len(numbers) == 10
    assert len(set(numbers)) == 1
    assert _count(engine, requests_table) == 1


def test_what_cannot_be_written_whole_is_not_written_at_all(engine: Engine, draft: Draft):
    """A request that the database refuses leaves no consent behind."""
    with pytest.raises(SQLAlchemyError):
        submit(engine, replace(draft, phone="+7" + "9" * 30), now=NOW)
    assert [_count(engine, t) for t in (users, consents, dialogs)] == [0, 0, 0]

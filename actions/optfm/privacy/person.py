"""Who a phone, an address or a dialog belongs to: all by which the shop knows that person."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal

import phonenumbers
from sqlalchemy import Connection, text

from optfm.errors import Refused
from optfm.leads.contact import email, phones
from optfm.leads.requests import ANOTHER

#: What people write between the digits of a phone.
_BETWEEN_DIGITS = " ()+./_~\t\u00a0\u2009\u2010\u2011\u2012\u2013\u2014-"

Kind = Literal["phone", "email", "dialog"]


def joined(column: str) -> str:
    """SQL for a text in which the digits of a phone stand together; quick enough for a million."""
    return f"translate({column}, '{_BETWEEN_DIGITS}', '')"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """By what a person is looked for."""

    kind: Kind
    value: str  #: E.164; an address in lower case; Rasa's sender id

    @classmethod
    def of(cls, kind: Kind, given: str) -> "Subject":
        """:raises Refused: it is no phone, no address, or nothing."""
        if kind == "phone":
            found = phones(given)
            if len(found) != 1:
                raise Refused(f"«{given}»: это не телефон; пример: 8 910 000-00-00")
            return cls(kind=kind, value=found[0])
        if kind == "email":
            address = email(given)
            if not address:
                raise Refused(f"«{given}»: это не адрес почты; пример: name@example.ru")
            return cls(kind=kind, value=address.lower())
        if not given.strip():
            raise Refused("номер диалога пуст")
        return cls(kind=kind, value=given.strip())


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """All of one person that may stand in a table."""

    phones: frozenset[str] = frozenset()  #: E.164
    emails: frozenset[str] = frozenset()  #: lower case
    dialogs: frozenset[str] = frozenset()  #: Rasa's sender ids
    users: frozenset[int] = frozenset()
    requests: frozenset[int] = frozenset()

    def parameters(self) -> dict[str, list[Any]]:
        """What the conditions of `person_places` ask for."""
        lists = {f.name: sorted(getattr(self, f.name)) for f in fields(self)}
        return {
            **lists,
            "digits": [f"%{number}%" for number in self.numbers()],
            "mails": [f"%{_escaped(mail)}%" for mail in lists["emails"]],
            "lines": [
                f"{ANOTHER[kind]}{value}".lower()
                for kind in ("phone", "email")
                for value in lists[f"{kind}s"]
            ],
        }

    def numbers(self) -> list[str]:
        """The phones as they stand in any writing of them: without the country's code."""
        return [str(phonenumbers.parse(phone).national_number) for phone in sorted(self.phones)]

    def subjects(self) -> Iterator[Subject]:
        """Everything by which the person could be looked for."""
        for phone in sorted(self.phones):
            yield Subject(kind="phone", value=phone)
        for mail in sorted(self.emails):
            yield Subject(kind="email", value=mail)
        for dialog in sorted(self.dialogs):
            yield Subject(kind="dialog", value=dialog)


def find(connection: Connection, subject: Subject) -> Person:
    """The person behind a phone, an address or a dialog.

    A row of `users` with the same phone or address is the same person; so is every dialog of
    his, every dialog that was linked with one of them, and every dialog in which the phone or
    the address was typed, sent as a request or not. Whoever left contacts in these dialogs alone
    is he as well, with all those contacts.

    :returns: empty sets (but of the subject itself) where nothing is known.
    """
    known = _with(Person(), subject)
    users = _ints(connection, _IN_DIALOG, known)
    while True:
        known = _merged(known, users=[*users, *_ints(connection, _USERS, known)])
        known = _with_contacts(connection, known)
        mentioned = _mentioning(connection, known)
        dialogs = connection.execute(text(_DIALOGS), known.parameters()).scalars()
        known = _merged(known, dialogs=[*mentioned, *dialogs])
        linked = connection.execute(text(_LINKED), known.parameters()).scalars()
        known = _merged(known, dialogs=list(linked))
        known = _merged(known, requests=_ints(connection, _REQUESTS, known))
        users = _ints(connection, _ONLY_THERE, known)
        if known.users.issuperset(users):
            return known


def everybody(connection: Connection) -> Iterator[Subject]:
    """Everything in the database by which somebody could be looked for."""
    for kind, query in _EVERYBODY.items():
        for value in connection.execute(text(query)).scalars():
            yield Subject(kind=kind, value=value)
    for data in connection.execute(text(_WITH_CONTACTS)).scalars():
        said = json.loads(data).get("text") or ""
        for phone in phones(said):
            yield Subject(kind="phone", value=phone)
        if mail := email(said):
            yield Subject(kind="email", value=mail.lower())


_IN_DIALOG = """
SELECT user_id FROM dialogs
WHERE external_id = ANY(CAST(:dialogs AS text[])) AND user_id IS NOT NULL
UNION SELECT requests.user_id FROM requests JOIN dialogs ON dialogs.id = requests.dialog_id
WHERE dialogs.external_id = ANY(CAST(:dialogs AS text[]))
"""
# What joined a request later, or was a second phone, is a line of its subject.
_USERS = """
SELECT id FROM users
WHERE phone = ANY(CAST(:phones AS text[])) OR lower(email) = ANY(CAST(:emails AS text[]))
UNION SELECT user_id FROM requests
WHERE phone = ANY(CAST(:phones AS text[])) OR lower(email) = ANY(CAST(:emails AS text[]))
    OR string_to_array(lower(about), E'\\n') && CAST(:lines AS text[])
"""
_CONTACTS = """
SELECT phone, lower(email), '' FROM users WHERE id = ANY(CAST(:users AS bigint[]))
UNION SELECT phone, lower(email), lower(about) FROM requests
WHERE user_id = ANY(CAST(:users AS bigint[]))
"""
_DIALOGS = """
SELECT external_id FROM dialogs
WHERE user_id = ANY(CAST(:users AS bigint[])) AND external_id NOT LIKE 'erased:%'
UNION SELECT dialogs.external_id FROM requests JOIN dialogs ON dialogs.id = requests.dialog_id
WHERE requests.user_id = ANY(CAST(:users AS bigint[]))
"""
# A chat of Telegram had a dialog of its own before it was linked with one of the site.
_LINKED = """
SELECT dialog FROM dialog_addresses
WHERE channel || ':' || address = ANY(CAST(:dialogs AS text[]))
    OR (channel = 'telegram' AND 'tg:' || address = ANY(CAST(:dialogs AS text[])))
UNION SELECT 'tg:' || address FROM dialog_addresses
WHERE channel = 'telegram' AND dialog = ANY(CAST(:dialogs AS text[]))
"""
_REQUESTS = """
SELECT requests.id FROM requests JOIN dialogs ON dialogs.id = requests.dialog_id
WHERE requests.user_id = ANY(CAST(:users AS bigint[]))
    OR dialogs.external_id = ANY(CAST(:dialogs AS text[]))
"""
# Whoever left all his requests in these dialogs, too.
_ONLY_THERE = """
SELECT user_id FROM (
    SELECT user_id FROM requests WHERE id = ANY(CAST(:requests AS bigint[]))
    UNION SELECT user_id FROM dialogs
    WHERE external_id = ANY(CAST(:dialogs AS text[])) AND user_id IS NOT NULL
) AS there WHERE NOT EXISTS (
    SELECT FROM requests AS others
    WHERE others.user_id = there.user_id AND others.id <> ALL(CAST(:requests AS bigint[])))
"""
_EVERYBODY: dict[Kind, str] = {
    "phone": "SELECT phone FROM users WHERE phone IS NOT NULL"
    " UNION SELECT phone FROM requests WHERE phone IS NOT NULL",
    "email": "SELECT lower(email) FROM users WHERE email IS NOT NULL"
    " UNION SELECT lower(email) FROM requests WHERE email IS NOT NULL",
    "dialog": "SELECT external_id FROM dialogs UNION SELECT DISTINCT sender_id FROM events"
    " UNION SELECT dialog FROM dialog_addresses",
}
_WITH_CONTACTS = f"""
SELECT data FROM events WHERE type_name = 'user' AND (
    position('@' IN data) > 0 OR {joined("(CAST(data AS jsonb) ->> 'text')")} ~ '[0-9]{{9}}')
"""
# Only a sieve: digits, whatever people write between them, or the address.
_MENTIONS = f"""
SELECT dialog, said FROM (
    SELECT sender_id AS dialog, data AS said FROM events WHERE type_name IN ('user', 'slot')
    UNION ALL SELECT external_id, CAST(to_json(about) AS text)
    FROM requests JOIN dialogs ON dialogs.id = requests.dialog_id
) AS everything
WHERE {joined("said")} LIKE ANY(CAST(:digits AS text[]))
    OR (position('@' IN said) > 0 AND lower(said) LIKE ANY(CAST(:mails AS text[])))
"""


def _with_contacts(connection: Connection, known: Person) -> Person:
    """All phones and addresses that a person's rows give as his own."""
    for phone, mail, about in connection.execute(text(_CONTACTS), known.parameters()):
        lines = about.splitlines()
        known = _merged(
            known,
            phones=[*filter(None, [phone]), *_after(ANOTHER["phone"], lines)],
            emails=[*filter(None, [mail]), *_after(ANOTHER["email"], lines)],
        )
    return known


def _after(label: str, lines: list[str]) -> list[str]:
    """What follows a label in lines of lower case, unless a customer wrote it himself."""
    found = [line.removeprefix(label.lower()) for line in lines if line.startswith(label.lower())]
    return [value for value in found if phones(value) == (value,) or email(value) == value]


def _mentioning(connection: Connection, known: Person) -> list[str]:
    """The dialogs in which the person's phone or address was typed."""
    if not known.phones and not known.emails:
        return []
    found: set[str] = set()
    for dialog, data in connection.execute(text(_MENTIONS), known.parameters()):
        if dialog in found:
            continue
        for said in _strings(json.loads(data)):
            mail = email(said) if "@" in said else None
            if known.phones & set(phones(said)) or (mail and mail.lower() in known.emails):
                found.add(dialog)
    return sorted(found)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _ints(connection: Connection, query: str, known: Person) -> list[int]:
    return list(connection.execute(text(query), known.parameters()).scalars())


def _with(person: Person, subject: Subject) -> Person:
    return _merged(person, **{f"{subject.kind}s": [subject.value]})


def _merged(person: Person, **more: list[Any]) -> Person:
    lists = {f.name: getattr(person, f.name) for f in fields(person)}
    return Person(**{name: both | frozenset(more.get(name, ())) for name, both in lists.items()})


def _escaped(said: str) -> str:
    """As `LIKE` reads it literally."""
    return re.sub(r"([%_\\])", r"\\\1", said)

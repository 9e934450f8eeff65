"""Erases one person everywhere, and writes the receipt of it.

What stays is what the law asks us to be able to prove: that somebody whose receipt it is agreed
to certain words at a certain time, and that his data were erased. A dialog that a consent refers
to stays as a row without a name; the price of an answer of a language model, without its text.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from optfm.outbox.entries import enqueue, forget_topic
from optfm.privacy import erase_files
from optfm.privacy.erase_receipts import Receipt, hashed, hashes, keep, masked, receipts, write_down
from optfm.privacy.person import Person, Subject, everybody, find
from optfm.privacy.person_places import PLACES, Place

#: What is done instead of deleting, one after the other; the counts are added.
_INSTEAD = {
    # A delivery under way keeps its job, which then names nobody.
    "procrastinate_jobs": (
        "DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND {his}",
        "UPDATE procrastinate_jobs SET lock = NULL WHERE lock IS NOT NULL AND {his}",
    ),
    "llm_calls": ("UPDATE llm_calls SET dialog = NULL, text = NULL WHERE {his}",),
    # That a key was used stays.
    "api_audit": ("UPDATE api_audit SET target = '' WHERE {his}",),
    "staff_audit": ("UPDATE staff_audit SET target = '' WHERE {his}",),
    # A message of the site's chat is known by its dialog and a number of its own.
    "consents": (
        "UPDATE consents SET user_id = NULL, erasure_id = :receipt,"
        " message_id = regexp_replace(message_id, '^.* ', ''),"
        " question_id = regexp_replace(question_id, '^.* ', '') WHERE {his}",
    ),
    "dialogs": (
        "DELETE FROM dialogs WHERE {his} AND id NOT IN (SELECT dialog_id FROM consents)",
        "SELECT dialog_erase(id) FROM dialogs WHERE {his}",
    ),
}
# A customer who came back after his erasure has agreed anew: what his new data need stays.
_STILL_USED = {
    "dialogs": "EXISTS (SELECT FROM requests WHERE dialog_id = dialogs.id)"
    " OR EXISTS (SELECT FROM consents WHERE dialog_id = dialogs.id AND erasure_id IS NULL)"
    " OR EXISTS (SELECT FROM events WHERE sender_id = external_id)",
    "users": "EXISTS (SELECT FROM requests WHERE user_id = users.id)",
    "dialog_addresses": "EXISTS (SELECT FROM events WHERE sender_id = dialog)",
}
#: A number that the sequence never gives: a rehearsal leaves no gap in the receipts.
_REHEARSED = -1
_CRM = """
SELECT DISTINCT crm_id FROM requests
WHERE crm_id IS NOT NULL AND id = ANY(CAST(:requests AS bigint[]))
    AND (CAST(:before AS timestamptz) IS NULL OR created_at < :before)
"""
#: What stands in Telegram goes with its topic; the numbers of it name nobody.
_TOPICS = "SELECT chat_id, thread_id FROM topics WHERE "


@dataclass(frozen=True, kw_only=True, slots=True)
class Stores:
    """All that holds personal data."""

    engine: Engine
    var: Path  #: OPTFM_VAR
    logs: Path  #: OPTFM_LOGS
    key: bytes  #: of the receipts' hashes


def erase(stores: Stores, subject: Subject, *, rehearse: bool = False) -> Receipt | None:
    """Erase the person behind a phone, an address or a dialog.

    :param rehearse: change nothing, but count what would go.
    :returns: the receipt; None where nothing is known of that person (any more).
    :raises SQLAlchemyError: nothing of the database was erased.
    """
    with stores.engine.connect() as connection:
        person = find(_patient(connection), subject)
        receipt = Receipt(
            id=_REHEARSED if rehearse else 0,
            at=datetime.now(UTC),
            subject=masked(subject),
            subject_sha256=hashed(subject, stores.key),
            hashes=hashes(person, stores.key),
            counts={},
        )
        receipt = keep(connection, receipt)
        counts = _erase_rows(connection, person, receipt, before=None)
        lines = erase_files.erase_lines(person, stores.logs, rehearse=rehearse)
        files = erase_files.erase_sent_files(person, stores.var, rehearse=rehearse)
        counts |= lines | ({"files": files} if files else {})
        if not counts:
            return None
        receipt = replace(receipt, counts=counts)
        if rehearse:
            return receipt
        keep(connection, receipt)
        write_down(receipt, stores.var)
        connection.commit()
    _sweep(stores.engine)
    return receipt


def replay(stores: Stores) -> list[Receipt]:
    """Erase again what a restored backup brought back.

    What a person left after his erasure, with a new consent, stays.

    :returns: of the receipts by which something was found, what it was.
    """
    done = []
    with stores.engine.connect() as connection:
        known = receipts(_patient(connection), stores.var)
        everyone = {hashed(s, stores.key): s for s in everybody(connection)} if known else {}
    for receipt in known:
        counts: dict[str, int] = {}
        kept = receipt
        for subject in [everyone[h] for h in receipt.hashes if h in everyone]:
            with stores.engine.begin() as connection:
                person = find(_patient(connection), subject)
                kept = keep(connection, receipt)
                found = _erase_rows(connection, person, kept, before=receipt.at)
                counts = {t: counts.get(t, 0) + found.get(t, 0) for t in counts | found}
        if counts:
            done.append(replace(kept, counts=counts))
    if done:
        _sweep(stores.engine)
    return done


def _erase_rows(
    connection: Connection, person: Person, receipt: Receipt, *, before: datetime | None
) -> dict[str, int]:
    """Rows a table, of the tables that had any.

    :param before: only what was written before.
    """
    values = {**person.parameters(), "receipt": receipt.id, "before": before}
    counts: dict[str, int] = {}
    for crm_id in connection.execute(text(_CRM), values).scalars():
        enqueue(connection, "erase_crm", key=f"erase_crm {crm_id}", payload={"crm_id": crm_id})
        counts["crm"] = counts.get("crm", 0) + 1
    topics = next(place for place in PLACES if place.table == "topics")
    for chat, topic in connection.execute(text(_TOPICS + _condition(topics, before)), values):
        forget_topic(connection, chat, topic)
    for place in PLACES:
        his = _condition(place, before)
        statements = _INSTEAD.get(place.table, (f"DELETE FROM {place.table} WHERE {{his}}",))
        count = sum(
            connection.execute(text(statement.format(his=his)), values).rowcount
            for statement in statements
        )
        if count:
            counts[place.table] = count
    return counts


def _condition(place: Place, before: datetime | None) -> str:
    conditions = [place.where]
    if before is not None and place.at:
        conditions.append(f"{place.at} < :before")
    if place.table in _STILL_USED:
        conditions.append(f"NOT ({_STILL_USED[place.table]})")
    return " AND ".join(f"({condition})" for condition in conditions)


def _patient(connection: Connection) -> Connection:
    """Every message is looked through: that may take its time."""
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    return connection


def _sweep(engine: Engine) -> None:
    """Let the server forget the erased rows on its disk as well, now and not some day."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        for table in sorted({place.table for place in PLACES}):
            connection.execute(text(f"VACUUM {table}"))
        connection.execute(text("RESET statement_timeout"))

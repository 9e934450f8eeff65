"""Everything the shop knows of one person, as one JSON object."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from optfm.leads.consent import documents
from optfm.privacy.erase import Stores
from optfm.privacy.erase_files import lines_of, sent_files
from optfm.privacy.erase_receipts import Receipt, hashed, receipts
from optfm.privacy.person import Subject, find
from optfm.privacy.person_places import PLACES


def export(stores: Stores, subject: Subject) -> dict[str, Any]:
    """What is kept of the person behind a phone, an address or a dialog.

    :returns: `tables`: rows of each table that has any; `log_lines`; `files`; and, by the keyed
        hash alone, `erasures` and `consents_of_erased`, the proofs that outlive the data;
        `consent_documents`: what stood behind the link, by version.
    """
    with stores.engine.connect() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        person = find(connection, subject)
        tables: dict[str, list[dict[str, Any]]] = {}
        for place in PLACES:
            rows = connection.execute(
                text(f"SELECT {place.read} FROM {place.table} WHERE {place.where}"),
                person.parameters(),
            )
            if found := [dict(row) for row in rows.mappings()]:
                tables[place.table] = [_readable(row) for row in found]
        mine = hashed(subject, stores.key)
        done = [r for r in receipts(connection, stores.var) if mine in r.hashes]
        of_erased = connection.execute(
            text(_OF_ERASED), {"erasures": [receipt.id for receipt in done]}
        )
        consents = [dict(row) for row in of_erased.mappings()]
        versions = [row["version"] for row in [*tables.get("consents", ()), *consents]]
        return {
            "subject": {subject.kind: subject.value},
            "made_at": datetime.now(UTC),
            "tables": tables,
            "log_lines": list(lines_of(person, stores.logs)),
            "files": [str(path.relative_to(stores.var)) for path in sent_files(person, stores.var)],
            "erasures": [_told(receipt) for receipt in done],
            "consents_of_erased": consents,
            "consent_documents": documents(versions),
        }


def is_empty(exported: Mapping[str, Any]) -> bool:
    """Whether nothing personal is left; receipts are none."""
    return not (exported["tables"] or exported["log_lines"] or exported["files"])


_OF_ERASED = """
SELECT id, version, wording, channel, asked_at, question_id, given_at, message_id, erasure_id
FROM consents WHERE erasure_id = ANY(CAST(:erasures AS bigint[])) ORDER BY id
"""


def _told(receipt: Receipt) -> dict[str, Any]:
    return {
        "id": receipt.id,
        "at": receipt.at,
        "subject": receipt.subject,
        "counts": receipt.counts,
    }


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    """An event's JSON as such and not as a text with JSON in it."""
    if isinstance(row.get("data"), str):
        row["data"] = json.loads(row["data"])
    return row

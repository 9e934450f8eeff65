"""Where in the database one person may stand: the one list that erasing and exporting share.

tests/privacy/test_erase.py fails for a table that is neither here nor among `IMPERSONAL`.
"""

from dataclasses import dataclass

from optfm.privacy.person import joined

#: What 1C tells is of goods.
EXCHANGE = (
    *("exchanges", "exchange_groups", "exchange_price_types"),
    *("exchange_goods", "exchange_offers", "exchange_prices"),
)
#: Tables that say nothing of a customer.
IMPERSONAL = frozenset(
    [
        *("price_lists", "price_rows", "watch_rounds", "api_keys", "webhook_receivers"),
        *("staff", "staff_sessions", "canned_texts", "content_revisions", "vain_verdicts"),
        "push_subscriptions",
        *EXCHANGE,
    ]
)

_BY_DIALOG = "dialog = ANY(CAST(:dialogs AS text[]))"
_BY_EITHER = f"({_BY_DIALOG} OR request_id = ANY(CAST(:requests AS bigint[])))"


def _mentions(column: str) -> str:
    """A text in which the phone or the address stands, whatever stands between its digits."""
    return (
        f"{joined(column)} LIKE ANY(CAST(:digits AS text[]))"
        f" OR lower({column}) LIKE ANY(CAST(:mails AS text[]))"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """The rows of one table that are about one person."""

    table: str
    where: str  #: with the parameters of `Person`
    at: str | None  #: when a row was written, as a time with a zone; None where nobody noted it
    read: str = "*"  #: what an export shows of a row


#: In an order in which they can be erased: who refers to a row goes before it.
PLACES = (
    Place(table="topics", where=_BY_EITHER, at="created_at"),
    Place(
        table="procrastinate_jobs",
        where=f"args->>'outbox_id' IN (SELECT CAST(id AS text) FROM outbox WHERE {_BY_EITHER})",
        at=None,
        read="id, status, task_name, args, lock",
    ),
    Place(table="outbox", where=_BY_EITHER, at="created_at"),
    Place(table="orders", where=_BY_EITHER, at="created_at"),
    Place(table="order_choices", where=_BY_DIALOG, at="at"),
    Place(table="watches", where=_BY_DIALOG, at="created_at"),
    Place(table="llm_calls", where=_BY_DIALOG, at="at"),
    Place(table="llm_cache", where=_mentions("answer::text"), at="at"),
    Place(table="price_searches", where=_BY_DIALOG, at="at"),
    Place(table="inbox", where=_BY_DIALOG, at="received_at"),
    Place(table="dialog_links", where=_BY_DIALOG, at="created_at"),
    Place(
        table="events",
        where="sender_id = ANY(CAST(:dialogs AS text[]))",
        at='to_timestamp("timestamp")',
        read='sender_id AS dialog, to_timestamp("timestamp") AS at, type_name, data',
    ),
    Place(table="dialog_addresses", where=_BY_DIALOG, at=None),
    Place(
        table="logs",
        where=f"{_BY_DIALOG} OR {_mentions('concat(text, detail)')}",
        at="at",
    ),
    Place(table="api_answers", where=_mentions("encode(body, 'escape')"), at="at", read="at, key"),
    Place(table="api_audit", where="target = ANY(CAST(:dialogs AS text[]))", at="at"),
    Place(table="staff_notes", where=_BY_DIALOG, at="at"),
    Place(table="staff_drafts", where=_BY_DIALOG, at="updated_at"),
    Place(table="staff_views", where=_BY_DIALOG, at="at"),
    Place(table="staff_audit", where="target = ANY(CAST(:dialogs AS text[]))", at="at"),
    Place(table="requests", where="id = ANY(CAST(:requests AS bigint[]))", at="created_at"),
    Place(
        table="consents",
        where="erasure_id IS NULL AND (user_id = ANY(CAST(:users AS bigint[])) OR dialog_id IN"
        " (SELECT id FROM dialogs WHERE external_id = ANY(CAST(:dialogs AS text[]))))",
        at="given_at",
    ),
    Place(
        table="dialogs",
        where="external_id = ANY(CAST(:dialogs AS text[]))",
        at="created_at",
    ),
    Place(table="users", where="id = ANY(CAST(:users AS bigint[]))", at="created_at"),
)

"""What 1C has told so far, in tables: a push of changes is understood by what was told before."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, text

from optfm.exchange.commerceml import Good, Group, Item, Offer, PriceType, Whole

_BATCH = 2_000

_GROUPS = """
INSERT INTO exchange_groups (id, parent, name, seen)
SELECT *, :seen FROM unnest(CAST(:id AS text[]), CAST(:parent AS text[]), CAST(:name AS text[]))
ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, name = excluded.name, seen = excluded.seen
"""
_TYPES = """
INSERT INTO exchange_price_types (id, name, currency)
SELECT * FROM unnest(CAST(:id AS text[]), CAST(:name AS text[]), CAST(:currency AS text[]))
ON CONFLICT (id) DO UPDATE SET name = excluded.name, currency = excluded.currency
"""
_GOODS = """
INSERT INTO exchange_goods (id, code, name, group_id, deleted, seen)
SELECT *, :seen FROM unnest(CAST(:id AS text[]), CAST(:code AS text[]), CAST(:name AS text[]),
    CAST(:group AS text[]), CAST(:deleted AS boolean[]))
ON CONFLICT (id) DO UPDATE SET
    code = CASE excluded.code WHEN '' THEN exchange_goods.code ELSE excluded.code END,
    name = CASE excluded.name WHEN '' THEN exchange_goods.name ELSE excluded.name END,
    group_id = coalesce(excluded.group_id, exchange_goods.group_id),
    deleted = excluded.deleted, seen = excluded.seen
"""
# A package of prices or of stock names its offers by their ids alone.
_OFFERS = """
INSERT INTO exchange_offers (id, good_id, name, features, deleted, stock, seen, stock_seen)
SELECT *, :seen, :seen FROM unnest(CAST(:id AS text[]), CAST(:good AS text[]),
    CAST(:name AS text[]), CAST(:features AS text[]), CAST(:deleted AS boolean[]),
    CAST(:stock AS numeric[]))
ON CONFLICT (id) DO UPDATE SET
    name = CASE excluded.name WHEN '' THEN exchange_offers.name ELSE excluded.name END,
    features = CASE excluded.features WHEN '' THEN exchange_offers.features
        ELSE excluded.features END,
    deleted = excluded.deleted,
    stock = coalesce(excluded.stock, exchange_offers.stock),
    stock_seen = CASE WHEN excluded.stock IS NULL THEN exchange_offers.stock_seen
        ELSE excluded.seen END,
    seen = excluded.seen
"""
_OLD_PRICES = "DELETE FROM exchange_prices WHERE offer_id = ANY(CAST(:priced AS text[]))"
_PRICES = """
INSERT INTO exchange_prices (offer_id, type_id, amount, currency, seen)
SELECT *, :seen FROM unnest(CAST(:offer AS text[]), CAST(:type AS text[]),
    CAST(:amount AS numeric[]), CAST(:currency AS text[]))
ON CONFLICT (offer_id, type_id) DO UPDATE SET
    amount = excluded.amount, currency = excluded.currency, seen = excluded.seen
"""


def take(
    connection: Connection,
    items: Iterable[Item],
    exchange: int,
    told: Callable[[int], None] = lambda count: None,
) -> set[str]:
    """Keep what a file says.

    :param exchange: its number.
    :param told: how many goods and offers were taken so far.
    :returns: what it was whole of: "catalog", "names", "prices", "stock", each after a "?" where
        it does not say whether it is; and "offers" where it had any.
    """
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    batch: list[Item] = []
    marks: set[str] = set()
    is_whole: dict[str, bool | None] = {"catalog": False, "offers": False}
    count = 0
    for item in items:
        if isinstance(item, Whole):
            is_whole[item.what] = item.whole
            continue
        marks |= _marks(item, is_whole)
        batch.append(item)
        if len(batch) >= _BATCH:
            _write(connection, batch, exchange)
            count += len(batch)
            told(count)
            batch = []
    _write(connection, batch, exchange)
    return marks


def prune(connection: Connection, exchange: int, whole: set[str]) -> None:
    """Drop what a whole catalogue or package of this exchange did not name.

    :param whole: of all its files, as `take` gives it.
    """
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    statements = {
        "catalog": ("DELETE FROM exchange_goods WHERE seen < :seen",),
        "names": ("DELETE FROM exchange_offers WHERE seen < :seen",),
        "prices": ("DELETE FROM exchange_prices WHERE seen < :seen",),
        "stock": ("UPDATE exchange_offers SET stock = 0 WHERE stock_seen < :seen",),
    }
    for mark in sorted(whole & statements.keys()):
        for statement in statements[mark]:
            connection.execute(text(statement), {"seen": exchange})
    connection.execute(
        text(
            "DELETE FROM exchange_prices WHERE NOT EXISTS"
            " (SELECT FROM exchange_offers WHERE id = offer_id)"
        )
    )


def decided(marks: set[str]) -> set[str]:
    """Marks of an exchange that 1C calls whole by `deactivate`: what did not say so is."""
    return {mark.removeprefix("?") for mark in marks}


def _marks(item: Item, is_whole: dict[str, bool | None]) -> set[str]:
    if isinstance(item, Good):
        return _named(is_whole["catalog"], {"catalog"})
    if not isinstance(item, Offer):
        return set()
    told = {
        "names": bool(item.name),
        "prices": item.prices is not None,
        "stock": item.stock is not None,
    }
    return {"offers"} | _named(is_whole["offers"], {what for what, said in told.items() if said})


def _named(is_whole: bool | None, marks: set[str]) -> set[str]:
    if is_whole is None:
        return {f"?{mark}" for mark in marks}
    return marks if is_whole else set()


def _write(connection: Connection, batch: list[Item], exchange: int) -> None:
    _insert(connection, _GROUPS, batch, Group, exchange)
    _insert(connection, _TYPES, batch, PriceType, exchange)
    _insert(connection, _GOODS, batch, Good, exchange)
    offers = {item.id: item for item in batch if isinstance(item, Offer)}
    if not offers:
        return
    found = list(offers.values())
    connection.execute(
        text(_OFFERS),
        {
            "seen": exchange,
            "id": [o.id for o in found],
            "good": [o.id.partition("#")[0] for o in found],
            "name": [o.name for o in found],
            "features": [o.features for o in found],
            "deleted": [o.deleted for o in found],
            "stock": [o.stock for o in found],
        },
    )
    priced = [o for o in found if o.prices is not None]
    connection.execute(text(_OLD_PRICES), {"priced": [o.id for o in priced]})
    prices = {(o.id, p.type): p for o in priced for p in o.prices or ()}
    if prices:
        connection.execute(
            text(_PRICES),
            {
                "seen": exchange,
                "offer": [offer for offer, _ in prices],
                "type": [kind for _, kind in prices],
                "amount": [price.amount for price in prices.values()],
                "currency": [price.currency for price in prices.values()],
            },
        )


def _insert(
    connection: Connection,
    statement: str,
    batch: list[Item],
    kind: type[Group] | type[PriceType] | type[Good],
    exchange: int,
) -> None:
    """The items of one kind; of those with one id the last counts."""
    items: dict[str, dict[str, Any]] = {
        item.id: asdict(item) for item in batch if isinstance(item, kind)
    }
    if items:
        rows = list(items.values())
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        connection.execute(text(statement), {"seen": exchange, **columns})

"""The difference of two revisions of the price list, a row a good, a page at a time.

As `optfm.catalog.compare` has it, but in the database: two lists of 100,000 goods are compared
without either of them in memory. Goods without a price count here, too.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import Engine, text

Kind = Literal[
    "new", "gone", "dearer", "cheaper", "priced", "unpriced", "renamed", "status", "moved"
]
KINDS: tuple[Kind, ...] = get_args(Kind)

# Goods of the newer list in its order, then those that are gone in the older one's order.
_PAGE = """
WITH old AS (SELECT * FROM price_rows WHERE list_id = :before AND NOT is_group),
    new AS (SELECT * FROM price_rows WHERE list_id = :after AND NOT is_group),
    pairs AS (
        SELECT coalesce(new.code, old.code) AS code,
            coalesce(new.position, old.position + CAST(2 ^ 40 AS bigint)) + 1 AS place,
            old.code IS NOT NULL AS was, new.code IS NOT NULL AS is_there,
            old.name AS old_name, CAST(old.price * 100 AS bigint) AS old_price,
            old.status AS old_status, old.path AS old_path,
            new.name AS new_name, CAST(new.price * 100 AS bigint) AS new_price,
            new.status AS new_status, new.path AS new_path
        FROM old FULL JOIN new ON old.code = new.code
    ),
    told AS (
        SELECT *, CASE
            WHEN NOT was THEN ARRAY['new']
            WHEN NOT is_there THEN ARRAY['gone']
            ELSE array_remove(ARRAY[
                CASE WHEN new_price > old_price THEN 'dearer' END,
                CASE WHEN new_price < old_price THEN 'cheaper' END,
                CASE WHEN old_price IS NULL AND new_price IS NOT NULL THEN 'priced' END,
                CASE WHEN old_price IS NOT NULL AND new_price IS NULL THEN 'unpriced' END,
                CASE WHEN new_name <> old_name THEN 'renamed' END,
                CASE WHEN new_status <> old_status THEN 'status' END,
                CASE WHEN new_path <> old_path THEN 'moved' END
            ], NULL) END AS kinds
        FROM pairs
    )
SELECT * FROM told
WHERE kinds && CAST(:kinds AS text[]) AND place > :after_place
ORDER BY place LIMIT :limit
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A good as one of the lists has it."""

    name: str
    price_kop: int | None  #: None: the list puts no price on it
    status: str
    path: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What is different about one code; at least one side is there."""

    code: str
    place: int  #: in the whole difference, from 1; not without gaps
    kinds: tuple[Kind, ...]
    before: Side | None
    after: Side | None


def differences(
    engine: Engine,
    *,
    before: int,
    after: int,
    kinds: Collection[Kind] = (),
    after_place: int = 0,
    limit: int = 50,
) -> list[Difference]:
    """What becomes different when one revision replaces another.

    :param before: number of the older revision, `after`: of the newer; one that is not there has
        no goods.
    :param kinds: only differences of one of these; none: all.
    :param after_place: only those with a larger place.
    """
    values = {
        "before": before,
        "after": after,
        "kinds": list(kinds or KINDS),
        "after_place": after_place,
        "limit": limit,
    }
    with engine.connect() as connection:
        rows = connection.execute(text(_PAGE), values).all()
    return [
        Difference(
            code=row.code,
            place=row.place,
            kinds=tuple(row.kinds),
            before=_side(row.old_name, row.old_price, row.old_status, row.old_path, row.was),
            after=_side(row.new_name, row.new_price, row.new_status, row.new_path, row.is_there),
        )
        for row in rows
    ]


def _side(
    name: str, price_kop: int | None, status: str, path: list[str], is_there: bool
) -> Side | None:
    if not is_there:
        return None
    return Side(name=name, price_kop=price_kop, status=status, path=tuple(path))

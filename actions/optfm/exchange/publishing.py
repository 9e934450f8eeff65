"""Makes a price list of what 1C has told, and lets the shop's guards look at it."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, text

from optfm.catalog import PriceGroup, PriceList, PriceRow, fields
from optfm.catalog.revisions import Import, Source, import_source
from optfm.exchange.commerceml import BadFile

_ROUBLES = ("", "руб", "руб.", "rub", "rur", "643", "810", "₽", "р.")
_UNGROUPED = ("Без группы",)
_DEEPEST = 8
_BATCH = 5_000
_TYPES = "SELECT id, name FROM exchange_price_types ORDER BY name"
_USED = "SELECT DISTINCT type_id FROM exchange_prices"
_ROWS = """
SELECT offers.id, goods.code, goods.name, offers.features, goods.group_id, prices.amount,
    coalesce(nullif(prices.currency, ''), types.currency, '') AS currency
FROM exchange_offers AS offers
JOIN exchange_goods AS goods ON goods.id = offers.good_id
JOIN exchange_prices AS prices ON prices.offer_id = offers.id AND prices.type_id = :type
LEFT JOIN exchange_price_types AS types ON types.id = prices.type_id
LEFT JOIN unnest(CAST(:groups AS text[]), CAST(:places AS integer[])) AS placed (id, place)
    ON placed.id = goods.group_id
WHERE NOT goods.deleted AND NOT offers.deleted AND goods.name <> '' AND prices.amount > 0
    AND (offers.stock IS NULL OR offers.stock > 0)
ORDER BY coalesce(placed.place, :ungrouped), goods.name, offers.id
"""


def publish(engine: Engine, *, price_type: str, today: date, most_gone: float) -> Import:
    """Make what was told the active price list, unless it is odd: then it waits for a person.

    :param price_type: name or id of the type of price that customers see; "": there is only one.
    :param most_gone: as `import_source`.
    :raises BadFile: nothing to sell, or nobody said which price customers see.
    """
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        price_list = _price_list(connection, _type(connection, price_type), today)
    return import_source(
        engine,
        Source(file_name="1С: обмен", sha256=_digest(price_list), price_list=price_list),
        most_gone=most_gone,
    )


def _type(connection: Connection, wanted: str) -> str:
    names = {row.id: row.name for row in connection.execute(text(_TYPES))}
    used = list(connection.execute(text(_USED)).scalars())
    if not used:
        raise BadFile("в обмене нет ни одной цены")
    if not wanted:
        if len(used) == 1:
            return str(used[0])
        said = ", ".join(sorted(names.get(kind, kind) for kind in used))
        raise BadFile(f"типов цен несколько ({said}): задайте EXCHANGE_PRICE_TYPE")
    for kind in used:
        if wanted.casefold() in (kind.casefold(), names.get(kind, "").casefold()):
            return str(kind)
    raise BadFile(f"в обмене нет типа цен «{wanted}» (EXCHANGE_PRICE_TYPE)")


def _price_list(connection: Connection, price_type: str, today: date) -> PriceList:
    paths = _paths(connection)
    # A list may have 100,000 goods: they come in the list's order, and none is kept twice.
    places = {path: n for n, path in enumerate(sorted({*paths.values(), _UNGROUPED}))}
    values = {
        "type": price_type,
        "groups": list(paths),
        "places": [places[path] for path in paths.values()],
        "ungrouped": places[_UNGROUPED],
    }
    foreign = 0
    rows: list[PriceRow] = []
    groups: list[PriceGroup] = []
    codes: set[str] = set()
    opened: set[tuple[str, ...]] = set()
    told = connection.execute(text(_ROWS), values, execution_options={"yield_per": _BATCH})
    for row in told:
        if row.currency.strip().lower() not in _ROUBLES:
            foreign += 1
            continue
        path = paths.get(row.group_id, _UNGROUPED)
        for group in _new_groups(path, opened):
            groups.append(_group(group, len(groups) + len(rows) + 1))
        if made := _row(row, path, len(groups) + len(rows) + 1, codes):
            rows.append(made)
    if not rows:
        raise BadFile("цены не в рублях" if foreign else "нет ни одного товара с ценой и остатком")
    return PriceList(
        title=f"Прайс-лист на {today:%d.%m.%Y} (обмен с 1С)",
        list_date=today,
        rows=tuple(rows),
        groups=tuple(groups),
    )


def _row(row: Any, path: tuple[str, ...], number: int, codes: set[str]) -> PriceRow | None:  # noqa: ANN401
    name = fields.clean(f"{row.name} ({row.features})" if row.features else row.name)
    _, _, feature = row.id.partition("#")
    code = fields.clean(row.code) or row.id.partition("#")[0]
    if feature:
        code = f"{code}#{feature[:8]}"
    code = code[: fields.MAX_CODE]
    if code in codes:  # the same code on two goods of 1C: its own id tells them apart
        code = row.id[: fields.MAX_CODE]
    price_kop = round(row.amount * 100)
    if not name or code in codes or not 0 < price_kop <= fields.MAX_PRICE_KOP:
        return None
    codes.add(code)
    return PriceRow(
        code=code,
        name=name[: fields.MAX_NAME],
        price_kop=price_kop,
        status="",
        path=path,
        row_number=number,
    )


def _new_groups(path: tuple[str, ...], opened: set[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for depth in range(1, len(path) + 1):
        if path[:depth] not in opened:
            opened.add(path[:depth])
            yield path[:depth]


def _group(path: tuple[str, ...], number: int) -> PriceGroup:
    return PriceGroup(
        code="",
        name=path[-1],
        price_kop=None,
        status="",
        path=path[:-1],
        row_number=number,
        depth=len(path) - 1,
    )


def _paths(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The names of the groups above and of each group itself, by its id."""
    rows = connection.execute(text("SELECT id, parent, name FROM exchange_groups")).all()
    known = {row.id: (row.parent, fields.clean(row.name)[:200] or "—") for row in rows}
    paths = {}
    for group in known:
        path: list[str] = []
        above: str | None = group
        while above in known and len(path) < _DEEPEST:  # a circle ends there, too
            parent, name = known[above]
            path.append(name)
            above = parent
        paths[group] = tuple(reversed(path))
    return paths


def _digest(price_list: PriceList) -> str:
    """The same goods at the same prices on the same day are the same list."""
    digest = hashlib.sha256(price_list.list_date.isoformat().encode())
    for row in price_list.rows:
        digest.update(f"\0{row.code}\0{row.name}\0{row.price_kop}\0{'/'.join(row.path)}".encode())
    return digest.hexdigest()

"""What the talk is about as the rows found name it: a device said without its line, a row's code.

«икс эр» found rows for an iPhone XR only: the talk is then about iPhones, and «а на 10» is one.
After a row that was asked for by its code or whole name, «а чёрный?» is of the goods that it is.
"""

from dataclasses import replace

from optfm.conversation.goods import Goods
from optfm.search import Answer, Device, Query
from optfm.text.mention import Mention


def settled(query: Query, answer: Answer, goods: Goods) -> Query:
    """The query with its bare devices as all the rows of its answer call them, a code as goods."""
    if query.codes and answer.rows:
        return _goods_of(query, answer.rows[0].row.code, goods)
    if not answer.rows or not any(map(_is_bare, query.devices)):
        return query
    facts = [goods.facts(hit.row.code) for hit in answer.rows]
    named = [one.devices if one else () for one in facts]
    devices = (_as_named(d, named) if _is_bare(d) else d for d in query.devices)
    return replace(query, devices=tuple(devices))


def _goods_of(query: Query, code: str, goods: Goods) -> Query:
    """What a row is, and for what device."""
    facts = goods.facts(code)
    if facts is None:
        return query
    said = " ".join([facts.goods, *(mention.label for mention in facts.devices[:1])])
    (named, *_) = goods.parse(said)
    return named if named.names_goods and goods.find(named, limit=1).rows else query


def _as_named(device: Device, rows: list[tuple[Mention, ...]]) -> Device:
    said = device.readings[0]
    lines = [
        {(m.brands, m.series) for m in row if (m.number, m.marks) == (said.number, said.marks)}
        for row in rows
    ]
    common = set.intersection(*lines)
    if len(common) != 1 or set.union(*lines) != common:
        return device
    brands, series = common.pop()
    own = next(m for row in rows for m in row if (m.brands, m.series) == (brands, series)
               and (m.number, m.marks) == (said.number, said.marks))  # fmt: skip
    reading = said._replace(brands=brands, series=series, label=own.label)
    return replace(device, readings=(reading, *device.readings[1:]))


def _is_bare(device: Device) -> bool:
    reading = device.readings[0]
    named = reading.series or reading.brands or not reading.number
    return not (device.whole or device.exclude or named)

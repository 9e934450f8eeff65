"""Only rows that state everything asked, where there are such (DESIGN section 5, rows shown)."""

from dataclasses import replace

from optfm.conversation.goods import Goods
from optfm.search import Answer, Colour, Facet, Query, Value, Words

#: Lines that «ещё» can reach; who wants more should ask more narrowly.
REACH = 60
#: words of a question that a row states or not: the others only help to order rows
_STATED = frozenset(
    {"brand", "quality", "connector", "packing", "property", "part", "article", "number", "word"}
)
#: of them those that are told where no row states them, whatever their weight for the order
_TOLD = frozenset({"brand", "quality", "connector", "packing"})


def find_strictly(query: Query, goods: Goods, reach: int = REACH) -> Answer:
    """The answer to a query, its rows without those that say nothing of what others state.

    «дисплей с ориг матрицей» finds displays, the original ones first; those after them are no
    answer. Where no row states a word, all rows stay: then the word is `unmet`.

    :param reach: so many lines are looked at.
    """
    answer = goods.find(query, limit=reach)
    rows = answer.rows
    unmet = list(answer.unmet)
    for facet in query.facets:
        if facet.exclude or not _is_stated(facet):
            continue
        having = tuple(hit for hit in rows if goods.has(hit.row.code, facet))
        if rows and not having and facet.name in _TOLD and facet.said not in unmet:
            unmet.append(facet.said)
        # «с защитой» of rows that are «без защиты»: these say that they are no answer.
        rows = having or tuple(hit for hit in rows if goods.has(hit.row.code, facet) is not False)
    if answer.rows and not rows:
        return replace(answer, kind="none", rows=(), total=0, choice=None, unmet=())
    answer = replace(answer, unmet=tuple(unmet))
    devices = [device for device in query.devices if not device.exclude]
    if devices:  # goods that fit any device give way to those that name it
        fitting = (h for h in rows if any(goods.fits(h.row.code, d) for d in devices))
        rows = tuple(fitting) or rows
    if len(rows) == len(answer.rows):
        return answer
    less = answer.total - (len(answer.rows) - len(rows))
    total = less if answer.total <= reach else len(rows)
    if answer.choice and len(rows) > len(answer.rows) / 2:  # it still tells these rows apart
        return replace(answer, rows=rows, total=total)
    return replace(answer, rows=rows, total=total, kind="found", choice=None)


def _is_stated(facet: Facet) -> bool:
    if isinstance(facet, Words):
        return facet.name in _STATED and bool(facet.options) and facet.how != "typo"
    return isinstance(facet, Colour | Value)

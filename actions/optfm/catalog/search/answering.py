"""An answer to an understood question: the rows that meet it, their order, and how sure it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest

import numpy as np
import numpy.typing as npt

from optfm.catalog.answer import Answer, Gap, Hit
from optfm.catalog.search import roles
from optfm.catalog.search.choosing import choose
from optfm.catalog.search.confidence import CURVE
from optfm.catalog.search.demands import Demand, Demanded, demands_of, meet
from optfm.catalog.search.gaps import gap_of
from optfm.catalog.search.postings import Ids, Matches, union, within
from optfm.catalog.search.question import Question
from optfm.catalog.search.shelf import Shelf

_MANY = 1500  #: more rows than that are first cut by the cheap part of their score
#: what the very device adds to a score of at most 1 for the words
_CLOSE = 0.3
_LONGER = 0.012  #: what each further word of what a row is called costs
_DEVICE_WEIGHT = 8.0  #: what the right device adds, in units of idf


@dataclass(slots=True)
class Judged:
    """Everything that led to an answer, for explain and for fitting."""

    question: Question
    demanded: Demanded | None = None
    matches: tuple[Matches, ...] = ()
    ids: Ids = field(default_factory=lambda: np.empty(0, np.int32))  #: best first
    score: npt.NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    met: bool = False  #: whether the rows meet all demands
    dropped: Demand | None = None  #: the demand that was given up to find any
    features: dict[str, float] = field(default_factory=dict)
    lines: int = 0  #: how many lines of colours there are, also beyond the rows kept


def answer(
    shelf: Shelf,
    question: Question,
    limit: int,
    candidates: Callable[[Sequence[str]], Sequence[int] | None] | None = None,
    nearness: Callable[[str, Sequence[str]], npt.NDArray[np.float32] | None] | None = None,
) -> Answer:
    """What the shelf has for the question."""
    if question.code is not None:
        return _by_code(shelf, question, limit)
    if question.empty or not shelf.rows:
        return _nothing(question)
    judged = judge(shelf, question, candidates)
    hits, total = _lines(shelf, judged, limit)
    confidence = CURVE.of(judged.features) if judged.features else 0.0
    if not judged.met or not hits or confidence < CURVE.threshold:
        gap = gap_of(shelf, judged.question, judged.demanded, judged.dropped, judged.ids)
        if gap is not None and gap.missing == "model" and gap.nearest:
            _nearest_first(shelf, judged, gap.nearest)
            hits, total = _lines(shelf, judged, limit)
        if nearness is not None:
            hits = _second_opinion(shelf, judged, hits, nearness, limit)
        if not judged.met:
            confidence = min(confidence, CURVE.threshold - 0.01)
        return Answer(
            query=question.text, kind="none", confidence=confidence, hits=hits, total=0,
            gap=None if judged.met and judged.dropped is None else gap, understood=judged,
        )  # fmt: skip
    kind = judged.demanded.kind if judged.demanded else None
    choice = choose(shelf, question, kind, judged.ids, total)
    return Answer(
        query=question.text, kind="ask" if choice else "found", confidence=confidence, hits=hits,
        total=total, choice=choice, understood=judged,
    )  # fmt: skip


#: demands that a word nobody knows may have got wrong; a model or a value is never one of them
_DOUBTFUL = frozenset({"word", "kind", "goods"})
#: so many rows near in meaning make more lines than anybody looks at
_NEAR = 300


def _second_opinion(
    shelf: Shelf,
    judged: Judged,
    hits: tuple[Hit, ...],
    nearness: Callable[[str, Sequence[str]], npt.NDArray[np.float32] | None],
    limit: int,
) -> tuple[Hit, ...]:
    """Lines near in meaning that contradict nothing understood, in turn with the nearest by words.

    The decision stays: meaning does not know one model number from the next.
    """
    demands = judged.demanded.demands if judged.demanded else []
    ids = meet(shelf, [d for d in demands if d.missing not in _DOUBTFUL])
    question = judged.question
    near_all = nearness(_as_meant(question), _lexemes_of(question)) if len(ids) else None
    if near_all is None:
        return hits
    ids = ids[near_all[ids] > 0]
    ids = ids[np.argsort(-near_all[ids], kind="stable")[:_NEAR]]
    near, _ = _lines(shelf, Judged(question, ids=ids, score=near_all[ids]), limit)
    in_turn: dict[str, Hit] = {}
    for hit in chain.from_iterable(zip_longest(near, hits)):
        if hit is not None:
            in_turn.setdefault(min(row.code for row in hit.rows), hit)
    return tuple(
        replace(hit, score=round(1 / (1 + at), 4))
        for at, hit in enumerate(list(in_turn.values())[: max(limit, 0)])
    )


def _as_meant(question: Question) -> str:
    """The text as typed, in the right keyboard layout."""
    turned = [after for what, _, after in question.steps if what == "раскладка"]
    return turned[-1] if turned else question.text


def judge(
    shelf: Shelf,
    question: Question,
    candidates: Callable[[Sequence[str]], Sequence[int] | None] | None = None,
) -> Judged:
    """Rows for the question in order, with all that was found on the way."""
    matches = tuple(
        shelf.postings.matches(t.options) if t.options else _NO_MATCH for t in question.terms
    )
    demanded = demands_of(shelf, question, matches)
    judged = Judged(question=question, demanded=demanded, matches=matches)
    ids = meet(shelf, demanded.demands) if demanded.demands else np.empty(0, np.int32)
    if not demanded.demands:
        ids = _any_of(shelf, matches)
    judged.met = len(ids) > 0
    if not judged.met:
        ids, judged.dropped = _nearly(shelf, demanded)
        judged.met = len(ids) > 0 and _is_aside(judged)
    ids, score, close, judged.lines = _ranked(shelf, question, demanded, matches, ids)
    if candidates is not None and judged.met and not question.money.order:
        ids, score = _candidates_first(question, ids, score, candidates)
    judged.ids, judged.score = ids, score
    if len(ids):
        judged.features = {"word_missing": float(judged.dropped is not None and judged.met)}
        judged.features |= _features(shelf, question, demanded, matches, int(ids[0]), float(close))
    return judged


_NO_MATCH = Matches(np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.uint8), 9.0)


def _candidates_first(
    question: Question,
    ids: Ids,
    score: npt.NDArray[np.float32],
    candidates: Callable[[Sequence[str]], Sequence[int] | None],
) -> tuple[Ids, npt.NDArray[np.float32]]:
    """The ranked rows that another engine gave before those it did not; none is lost."""
    found = candidates(_lexemes_of(question))
    if found is None:
        return ids, score
    given = np.isin(ids, np.asarray(found, dtype=np.int32))
    order = np.concatenate((np.flatnonzero(given), np.flatnonzero(~given)))
    return ids[order], np.minimum.accumulate(score[order])


def _lexemes_of(question: Question) -> list[str]:
    """All that the question may be called in a row, each once."""
    lexemes = [lexeme for t in question.terms for option in t.options for lexeme in option]
    lexemes += [q.lexeme for q in question.quantities]
    for device in question.names.devices:
        lexemes += [m.number for m in device.readings if m.number]
        lexemes += sorted({b for m in device.readings for b in m.brands})
    lexemes += sorted(question.names.brands | question.names.series)
    return list(dict.fromkeys(lexemes))


def _any_of(shelf: Shelf, matches: Sequence[Matches]) -> Ids:
    return union([m.ids for m in matches])


#: what is given up first when nothing meets all demands
_DROP_ORDER = (
    "colour", "price", "model", "capacity", "power", "memory", "length", "size", "voltage",
    "current", "brand", "code", "word", "kind",
)  # fmt: skip


def _nearly(shelf: Shelf, demanded: Demanded) -> tuple[Ids, Demand | None]:
    """Rows that meet all demands but one, and that one; else those that meet most."""
    demands = demanded.demands
    best: tuple[int, Demand, Ids] | None = None
    for demand in demands:
        rest = [d for d in demands if d is not demand]
        if not rest or (
            demanded.kind is not None and demand is not demanded.kind and not len(demanded.kind.ids)
        ):
            continue
        ids = meet(shelf, rest)
        if len(ids):
            rank = _DROP_ORDER.index(demand.missing)
            if best is None or rank < best[0]:
                best = (rank, demand, ids)
    if best is not None:
        return best[2], best[1]
    count = np.zeros(len(shelf.rows), dtype=np.uint8)
    for demand in demands:
        count[demand.ids] += 2 if demand is demanded.kind or demand.missing == "model" else 1
    most = int(count.max(initial=0))
    return (np.flatnonzero(count == most).astype(np.int32) if most else np.empty(0, np.int32)), None


def _ranked(
    shelf: Shelf,
    question: Question,
    demanded: Demanded,
    matches: Sequence[Matches],
    ids: Ids,
) -> tuple[Ids, npt.NDArray[np.float32], float, int]:
    """The rows best first, their scores, the closeness of the first one's device, all lines."""
    # the plain thing before a part of it: «Защитное стекло» before «… задней камеры»
    score = shelf.tie[ids] - (_LONGER * shelf.head_length[ids]).astype(np.float32)
    whole = sum(t.weight * m.idf for t, m in zip(question.terms, matches, strict=True)) or 1.0
    heads = [t for t in question.terms if demanded.kind is not None and t is demanded.kind.value]
    for term, match in zip(question.terms, matches, strict=True):
        if not len(match.ids):
            continue
        place = within(ids, match.ids)
        there = place >= 0
        score[there] += np.float32(term.weight * match.idf / whole) * match.weight[place[there]]
        if heads and term is heads[0]:
            role = match.role[place[there]]
            score[there] += np.where(
                role == roles.HEAD, 0.15, np.where(role <= roles.GROUP, 0.1, 0.0)
            )
    close_ids, closeness = demanded.closeness
    names = question.names
    close = 1.0
    if len(close_ids):
        place = within(ids, close_ids)
        there = place >= 0
        value = np.where(there, closeness[place], 0.0)
        if not demanded.soft_devices and there.any():
            keep = value >= value.max() - 0.16
            ids, score, value = ids[keep], score[keep], value[keep]
        plugged = bool(_connectors(shelf, question, demanded))
        if not (demanded.soft_devices and plugged and not names.devices):
            score += (_CLOSE if names.devices or not demanded.soft_devices else 0.2) * value
        # a row for that device alone before one for many
        score += np.float32(0.03) / shelf.device_count[ids]
    for connector_ids in _connectors(shelf, question, demanded):
        score += np.where(within(ids, connector_ids) >= 0, 0.25, 0.0).astype(np.float32)
    if demanded.colour == "met":
        plain = shelf.plain_colour_rows(question.colours)  # «зеленый» before «салатовый»
        score += np.where(within(ids, plain) >= 0, 0.02, 0.0).astype(np.float32)
    if question.colours and demanded.colour == "unstated":
        coloured = shelf.coloured[ids]
        score -= np.where(coloured, 0.1, 0.0).astype(np.float32)
    price = shelf.real_price[ids]
    if question.money.order:
        spread = np.argsort(np.argsort(price, kind="stable"), kind="stable") / max(1, len(ids))
        score += (0.4 * (spread if question.money.order == "dear" else 1 - spread)).astype(
            np.float32
        )
    score = score.astype(np.float32)
    lines = int(np.count_nonzero(np.bincount(shelf.line[ids]))) if len(ids) else 0
    if len(ids) > _MANY:
        best = np.argpartition(price * 1e-10 - np.round(score, 4), _MANY)[:_MANY]
        ids, score, price = ids[best], score[best], price[best]
    order = np.lexsort((ids, price, -np.round(score, 4)))
    ids, score = ids[order], score[order]
    if len(close_ids) and len(ids):
        place = within(ids[:1], close_ids)
        close = float(closeness[place[0]]) if place[0] >= 0 else 0.0
    return ids, score, close, lines


def _connectors(shelf: Shelf, question: Question, demanded: Demanded) -> list[Ids]:
    """Rows with the plug of the device, where the goods are plugged into it."""
    if demanded.kind is None or not isinstance(demanded.kind.value, object):
        return []
    term = demanded.kind.value
    if not any(lexeme in shelf.plugged for option in term.options for lexeme in option):  # type: ignore[attr-defined]
        return []
    found = []
    for device in question.names.devices:
        mention = device.readings[0]
        plugs = shelf.vocabulary.connectors.get(mention.series)
        if plugs is not None:
            plug = next(
                (p for p, numbers in plugs.of.items() if mention.number in numbers), plugs.default
            )
            found.append(shelf.postings.ids(plug))
    for series in question.names.series:
        plugs = shelf.vocabulary.connectors.get(series)
        if plugs is not None and plugs.default:
            found.append(shelf.postings.ids(plugs.default))
    return found


def _is_aside(judged: Judged) -> bool:
    """Whether the goods are there and only a word beside them is not."""
    dropped, demanded = judged.dropped, judged.demanded
    if dropped is None or demanded is None or dropped.missing != "word":
        return False
    term = dropped.value
    return demanded.kind is not None and getattr(term, "sort", "") == "noun"


_ASIDE = (roles.PATH, roles.BODY, roles.MODIFIER)


def _features(
    shelf: Shelf,
    question: Question,
    demanded: Demanded,
    matches: Sequence[Matches],
    row: int,
    close: float,
) -> dict[str, float]:
    covered = whole = weak = wished = beside = 0.0
    here = np.array([row], dtype=np.int32)
    for term, match in zip(question.terms, matches, strict=True):
        worth = term.weight * min(match.idf, 6.0)
        whole += worth
        place = within(here, match.ids)[0]
        if place >= 0:
            covered += worth
            named = term.sort == "noun" and not term.wish
            weak += demanded.kind is None and named and match.role[place] in _ASIDE
        elif term.governed:
            beside += worth
        if place < 0 and term.wish and demanded.kind is not None:
            wished += bool((within(demanded.kind.ids, match.ids) >= 0).any())
    # a part number says what it is of as well as any name does
    numbered = any(t.sort == "code" and t.options and len(t.typed) >= 5 for t in question.terms)
    names = question.names
    if names.devices or names.brands or names.series:
        whole += _DEVICE_WEIGHT
        covered += _DEVICE_WEIGHT
    stated = len(question.quantities) + bool(question.goods)
    whole += 5.0 * stated
    covered += 5.0 * stated
    costs = [t.cost for t in question.terms if t.cost]
    content = len(question.terms) + len(names.devices) + len(names.brands) + len(names.series)
    return {
        "bias": 1.0,
        "uncovered": 1 - (covered + beside) / whole if whole else 1.0,
        "beside": beside / whole if whole else 0.0,
        "covered": min(covered, 20.0) / 20,
        "mended": sum(min(c, 1.5) for c in costs) / max(1, content),
        "mended_much": float(any(c > 1.0 for c in costs)),
        "unknown": float(sum(t.how == "unknown" and t.sort != "adjective" for t in question.terms)),
        "closeness": 1 - close if (names.devices and not demanded.soft_devices) else 0.0,
        "part": float(demanded.part),
        "unproved": float(demanded.unproved),
        "no_kind": float(demanded.kind is None and not numbered),
        "governed": float(
            demanded.kind is not None and bool(getattr(demanded.kind.value, "governed", False))
        ),
        "colour_missing": float(demanded.colour == "unstated"),
        "one_word": float(content + len(question.quantities) == 1),
        "soft_device": float(demanded.soft_devices),
        "weak_role": float(weak > 0),
        "wished": min(wished, 2.0),
        "talk": float(bool(question.talk) and not (names.devices or names.brands or names.series)),
        "idle": float(min(len(question.idle), 2)),
        "idle_no_kind": float(bool(question.idle) and demanded.kind is None),
    }


def _nearest_first(shelf: Shelf, judged: Judged, nearest: Sequence[str]) -> None:
    """Put the rows for the nearest devices before the others."""
    rank = np.full(len(judged.ids), len(nearest), dtype=np.int32)
    for at, label in reversed(list(enumerate(nearest))):
        rank[within(judged.ids, shelf.rows_of_device(label)) >= 0] = at
    order = np.argsort(rank, kind="stable")
    judged.ids = judged.ids[order]
    judged.score = np.sort(judged.score)[::-1].copy()


def _lines(shelf: Shelf, judged: Judged, limit: int) -> tuple[tuple[Hit, ...], int]:
    """Rows merged by colour, best first, and how many lines there are in all."""
    ids = judged.ids
    if not len(ids):
        return (), 0
    first: dict[int, int] = {}  # line → place of its best row
    for at, line in enumerate(shelf.line[ids].tolist()):
        if line not in first:
            if len(first) >= limit:
                break
            first[line] = at
    hits = []
    for line, at in first.items():
        best = int(ids[at])
        alike = [int(r) for r in shelf.rows_of_line(line) if int(r) != best]
        rows = [best, *alike]
        variants = tuple(dict.fromkeys(shelf.variants[r] for r in rows if shelf.variants[r]))
        hits.append(
            Hit(
                row=shelf.rows[best],
                rows=tuple(shelf.rows[r] for r in rows),
                colours=variants if len(rows) > 1 else (),
                score=round(float(judged.score[at]), 4),
            )
        )
    return tuple(hits), judged.lines


def _by_code(shelf: Shelf, question: Question, limit: int) -> Answer:
    assert question.code is not None
    typed, rows = question.code
    judged = Judged(question=question)
    if not rows:
        gap = Gap(missing="code", asked=typed, nearest=())
        return Answer(
            query=question.text, kind="none", confidence=0.02, hits=(), total=0, gap=gap,
            understood=judged,
        )  # fmt: skip
    if question.section:
        ids = np.array(rows, dtype=np.int32)
        judged.ids, judged.score = ids, np.full(len(ids), 2.0, dtype=np.float32)
        judged.lines = int(np.count_nonzero(np.bincount(shelf.line[ids])))
        hits, total = _lines(shelf, judged, limit)
        return Answer(
            query=question.text, kind="found", confidence=0.995, hits=hits, total=total,
            section=question.section, understood=judged,
        )  # fmt: skip
    hits = tuple(
        Hit(row=shelf.rows[r], rows=(shelf.rows[r],), colours=(), score=2.0) for r in rows[:limit]
    )
    return Answer(
        query=question.text, kind="found", confidence=0.995, hits=hits, total=len(rows),
        understood=judged,
    )  # fmt: skip


def _nothing(question: Question) -> Answer:
    return Answer(
        query=question.text, kind="none", confidence=0.0, hits=(), total=0,
        understood=Judged(question=question),
    )  # fmt: skip

"""An answer to an understood question: the rows that meet it, their order, and how sure it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest

import numpy as np
import numpy.typing as npt

from optfm.search.answer import Answer, Gap, Hit
from optfm.search.choosing import choose
from optfm.search.confidence import CURVE
from optfm.search.demands import Demand, Demanded, demands_of, meet
from optfm.search.features import features_of
from optfm.search.gaps import gap_of
from optfm.search.postings import Ids, Matches, union, within
from optfm.search.question import Question
from optfm.search.ranking import ranked
from optfm.search.shelf import Shelf


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
    ids, score, close, judged.lines = ranked(shelf, question, demanded, matches, ids)
    if candidates is not None and judged.met and not question.money.order:
        ids, score = _candidates_first(question, ids, score, candidates)
    judged.ids, judged.score = ids, score
    if len(ids):
        judged.features = {"word_missing": float(judged.dropped is not None and judged.met)}
        judged.features |= features_of(
            shelf, question, demanded, matches, int(ids[0]), float(close)
        )
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


def _is_aside(judged: Judged) -> bool:
    """Whether the goods are there and only a word beside them is not."""
    dropped, demanded = judged.dropped, judged.demanded
    if dropped is None or demanded is None or dropped.missing != "word":
        return False
    term = dropped.value
    return demanded.kind is not None and getattr(term, "sort", "") == "noun"


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

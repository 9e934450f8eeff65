"""The answer to a query: the rows that meet it, their order, and how sure it is.

candidates → constraints → (relaxation) → ranking → confidence → facet selection
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest

import numpy as np
import numpy.typing as npt

from optfm.search.answer import Answer, Gap, Hit
from optfm.search.confidence import CURVE
from optfm.search.constraining import Constrained, constrain
from optfm.search.constraints import Constraint, DeviceConstraint, meet
from optfm.search.facet_selection import choose
from optfm.search.features import features_of
from optfm.search.postings import NONE, Ids, Matches, union, within
from optfm.search.query import Query, Words
from optfm.search.ranking import ranked
from optfm.search.relaxation import Relaxed, gap_of, nearest_devices, relax
from optfm.search.shelf import Shelf
from optfm.text.morphology import part_of_speech, stem

Scores = npt.NDArray[np.float32]
#: gives positions of candidate rows for the lexemes of a question, best first, or None
Candidates = Callable[[Sequence[str]], Sequence[int] | None]
#: gives how near each row is to a question's text and lexemes, 0 for not at all, or None
Nearness = Callable[[str, Sequence[str]], Scores | None]

#: constraints that a word nobody knows may have got wrong; a model or a value is never one of them
_DOUBTFUL = frozenset({"word", "kind", "goods"})
#: so many rows near in meaning make more lines than anybody looks at
_NEAR = 300
#: a word that counts for less may be missing without a word about it
_SAID_FROM = 0.5
#: words that are said to be missing whatever they count for
_TOLD = frozenset({"brand", "quality", "connector"})
_NO_MATCH = Matches(NONE, np.empty(0, np.float32), np.empty(0, np.uint8), 9.0)
_CODE_SURE, _CODE_UNSURE = 0.995, 0.02


@dataclass(slots=True)
class Found:
    """Everything that led to an answer, for explain and for fitting."""

    query: Query
    constrained: Constrained | None = None
    matches: tuple[Matches, ...] = ()  #: of each of the query's words
    ids: Ids = field(default_factory=lambda: NONE)  #: best first
    score: Scores = field(default_factory=lambda: np.empty(0, np.float32))
    met: bool = False  #: whether the rows are an answer
    dropped: Constraint | None = None  #: the constraint that was given up to find any
    unmet: tuple[str, ...] = ()  #: what of the question stands in no row, as typed
    features: dict[str, float] = field(default_factory=dict)
    lines: int = 0  #: how many lines of colours there are, also beyond the rows kept


def find(
    shelf: Shelf,
    query: Query,
    limit: int,
    candidates: Candidates | None = None,
    nearness: Nearness | None = None,
) -> Answer:
    """What the shelf has for the query."""
    if query.code_said or query.codes:
        return _by_code(shelf, query, limit)
    if not query.searchable or not shelf.rows:
        return Answer(query=query, kind="none", confidence=0.0, found=Found(query))
    found = judge(shelf, query, candidates)
    confidence = CURVE.of(found.features) if found.features else 0.0
    if not found.met or not len(found.ids) or confidence < CURVE.least(told=bool(found.unmet)):
        return _refusal(shelf, found, confidence, limit, nearness)
    hits, total = _lines(shelf, found, limit)
    assert found.constrained is not None
    choice = choose(shelf, query, found.constrained.goods, found.ids, total)
    return Answer(
        query=query, kind="ask" if choice else "found", confidence=confidence, rows=hits,
        total=total, unmet=found.unmet, choice=choice, found=found,
    )  # fmt: skip


def judge(shelf: Shelf, query: Query, candidates: Candidates | None = None) -> Found:
    """Rows for the query in order, with all that was found on the way."""
    matches = tuple(
        shelf.postings.matches(w.options) if w.options else _NO_MATCH for w in query.words
    )
    constrained = constrain(shelf, query, matches)
    found = Found(query, constrained, matches)
    if constrained.constraints:
        ids = meet(shelf, constrained.constraints)
    else:
        ids = union([m.ids for m in matches])
    relaxed = Relaxed(ids, met=True) if len(ids) else relax(shelf, query, constrained)
    found.met, found.dropped = relaxed.met, relaxed.dropped
    asked_for = _asked_for(query)
    if asked_for and not found.met:
        found.dropped = None  # without the noun nothing comes near
    ids, score, close, found.lines = ranked(shelf, query, constrained, matches, relaxed.ids)
    if candidates is not None and found.met and not query.sort:
        ids, score = _candidates_first(query, ids, score, candidates)
    found.ids, found.score = ids, score
    if found.met and len(ids):
        found.unmet = _unmet(shelf, found, relaxed.unmet)
        found.met = not asked_for.intersection(found.unmet)
    if len(ids):
        found.features = features_of(
            shelf, query, constrained, matches, ids, close, frozenset(found.unmet)
        )
    return found


def _asked_for(query: Query) -> set[str]:
    """The nouns that goods said after them only explain: «присоска для дисплея» is none of them.

    :returns: as typed; none where the goods themselves are what is asked for.
    """
    before: set[str] = set()
    explained = False
    for word in query.words:
        explained = explained or word.governed
        if word.name == "goods" and word.options:
            return before if explained else set()
        if not explained and word.speech == "noun" and word.name in ("word", "goods", "packing"):
            before.add(word.said)
    return set()


def _unmet(shelf: Shelf, found: Found, given_up: Sequence[Words]) -> tuple[str, ...]:
    """What of the question no row of the answer has, as typed."""
    assert found.constrained is not None
    said = [word.said for word in given_up]
    for word, match in zip(found.query.words, found.matches, strict=True):
        told = (word.weight >= _SAID_FROM and word.speech != "other") or word.name in _TOLD
        if told and word.said not in said and not (within(found.ids, match.ids) >= 0).any():
            said.append(word.said)
        said += _left_out(word, found.ids, shelf)
    said += [f.said for f in found.query.excluded if isinstance(f, Words) and not f.options]
    stated = {id(getattr(c, "value", None)) for c in found.constrained.constraints}
    said += [v.said for v in found.query.values if v.said and id(v) not in stated]
    if found.constrained.colour == "unstated":
        said += [str(f.said) for f in found.query.facets_of("colour", exclude=False)]
    return tuple(dict.fromkeys(said))


def _left_out(word: Words, ids: Ids, shelf: Shelf) -> list[str]:
    """«кольцевая» of «кольцевая лампа» where only other lamps are: said, and not passed over."""
    if word.how != "slang" or len(word.options) < 2 or len(word.said.split()) < 2:
        return []
    likeliest, *others = word.options
    if _all_of(shelf, ids, likeliest):
        return []
    there = {x for option in others if _all_of(shelf, ids, option) for x in option}
    said = [s for s in word.said.split() if stem(s) not in there and part_of_speech(s) != "service"]
    # a phrase that has no word of its meaning is no kind of it: «замок молния»
    return (
        said
        if len(said) < len(word.said.split()) and there & {*map(stem, word.said.split())}
        else []
    )


def _all_of(shelf: Shelf, ids: Ids, lexemes: Sequence[str]) -> bool:
    """Whether one of the rows has all of the lexemes."""
    for lexeme in lexemes:
        ids = ids[within(ids, shelf.postings.ids(lexeme)) >= 0]
    return len(ids) > 0


def _refusal(
    shelf: Shelf, found: Found, confidence: float, limit: int, nearness: Nearness | None
) -> Answer:
    """What comes near, and what is missing."""
    query = found.query
    gap: Gap | None = None
    if found.constrained is not None and not found.met:
        gap = gap_of(shelf, query, found.constrained, found.dropped, found.ids)
    if gap is not None:
        near = nearest_devices(gap, found.dropped)
        _of_nearest(shelf, found, near)
        if isinstance(found.dropped, DeviceConstraint) and not near:
            found.ids = NONE  # for any device but one like it: none is near
    elif not found.met:
        found.ids = NONE  # such goods are not sold: whatever has a word in common is not near
    hits, _ = _lines(shelf, found, limit)
    if nearness is not None:
        hits = _second_opinion(shelf, found, hits, nearness, limit)
    if not found.met:
        confidence = min(confidence, CURVE.threshold - 0.01)
    return Answer(
        query=query, kind="none", confidence=confidence, nearest=hits, gap=gap, found=found
    )


def _second_opinion(
    shelf: Shelf, found: Found, hits: tuple[Hit, ...], nearness: Nearness, limit: int
) -> tuple[Hit, ...]:
    """Lines near in meaning that contradict nothing understood, in turn with the nearest by words.

    The decision stays: meaning does not know one model number from the next.
    """
    constraints = found.constrained.constraints if found.constrained else []
    ids = meet(shelf, [c for c in constraints if c.missing not in _DOUBTFUL])
    query = found.query
    near_all = nearness(_as_meant(query), lexemes_of(query)) if len(ids) else None
    if near_all is None:
        return hits
    ids = ids[near_all[ids] > 0]
    ids = ids[np.argsort(-near_all[ids], kind="stable")[:_NEAR]]
    near, _ = _lines(shelf, Found(query, ids=ids, score=near_all[ids]), limit)
    in_turn: dict[str, Hit] = {}
    for hit in chain.from_iterable(zip_longest(near, hits)):
        if hit is not None:
            in_turn.setdefault(min(row.code for row in hit.rows), hit)
    return tuple(
        replace(hit, score=round(1 / (1 + at), 4))
        for at, hit in enumerate(list(in_turn.values())[: max(limit, 0)])
    )


def _as_meant(query: Query) -> str:
    """The text as typed, in the right keyboard layout."""
    turned = [c.read for c in query.corrections if c.kind == "раскладка"]
    return turned[-1] if turned else query.text


def _candidates_first(
    query: Query, ids: Ids, score: Scores, candidates: Candidates
) -> tuple[Ids, Scores]:
    """The ranked rows that another engine gave before those it did not; none is lost."""
    given_rows = candidates(lexemes_of(query))
    if given_rows is None:
        return ids, score
    given = np.isin(ids, np.asarray(given_rows, dtype=np.int32))
    order = np.concatenate((np.flatnonzero(given), np.flatnonzero(~given)))
    return ids[order], np.minimum.accumulate(score[order])


def lexemes_of(query: Query) -> list[str]:
    """All that the query may be called in a row, each once."""
    lexemes = [lexeme for w in query.words for option in w.options for lexeme in option]
    lexemes += [value.lexeme for value in query.values]
    for device in query.models:
        lexemes += [m.number for m in device.readings if m.number]
        lexemes += sorted({b for m in device.readings for b in m.brands})
    for make in query.makes:
        reading = make.readings[0]
        lexemes += [reading.series] if reading.series else sorted(reading.brands)
    return list(dict.fromkeys(lexemes))


def _of_nearest(shelf: Shelf, found: Found, nearest: Sequence[str]) -> None:
    """Keep the rows for the nearest devices, the nearest first: others are no nearer than any."""
    if not nearest:
        return
    rank = np.full(len(found.ids), len(nearest), dtype=np.int32)
    for at, label in reversed(list(enumerate(nearest))):
        rank[within(found.ids, shelf.rows_of_device(label)) >= 0] = at
    order = np.argsort(rank, kind="stable")[: int(np.count_nonzero(rank < len(nearest)))]
    found.ids = found.ids[order]
    found.score = np.sort(found.score)[::-1][: len(order)].copy()


def _lines(shelf: Shelf, found: Found, limit: int) -> tuple[tuple[Hit, ...], int]:
    """Rows merged by colour, best first, and how many lines there are in all."""
    ids = found.ids
    if not len(ids):
        return (), 0
    kept = frozenset(ids.tolist()) if found.query.excluded else None
    first: dict[int, int] = {}  # line → place of its best row
    for at, line in enumerate(shelf.line[ids].tolist()):
        if line not in first:
            if len(first) >= limit:
                break
            first[line] = at
    hits = []
    for line, at in first.items():
        best = int(ids[at])
        alike = [row for row in shelf.rows_of_line(line).tolist() if row != best]
        rows = [best, *(r for r in alike if kept is None or r in kept)]
        variants = tuple(dict.fromkeys(shelf.variants[r] for r in rows if shelf.variants[r]))
        hits.append(
            Hit(
                row=shelf.rows[best],
                rows=tuple(shelf.rows[r] for r in rows),
                colours=variants if len(rows) > 1 else (),
                score=round(float(found.score[at]), 4),
            )
        )
    return tuple(hits), found.lines


def _by_code(shelf: Shelf, query: Query, limit: int) -> Answer:
    found = Found(query)
    rows = [at for code in query.codes if (at := shelf.position_of.get(code)) is not None]
    if not rows:
        gap = Gap(missing="code", asked=query.code_said or ", ".join(query.codes), nearest=())
        return Answer(query=query, kind="none", confidence=_CODE_UNSURE, gap=gap, found=found)
    found.met = True
    if query.section:
        ids = np.array(rows, dtype=np.int32)
        found.ids, found.score = ids, np.full(len(ids), 2.0, dtype=np.float32)
        found.lines = int(np.count_nonzero(np.bincount(shelf.line[ids])))
        hits, total = _lines(shelf, found, limit)
    else:
        hits = tuple(
            Hit(row=shelf.rows[r], rows=(shelf.rows[r],), colours=(), score=2.0)
            for r in rows[:limit]
        )
        total = len(rows)
    return Answer(
        query=query, kind="found", confidence=_CODE_SURE, rows=hits, total=total,
        section=query.section, found=found,
    )  # fmt: skip

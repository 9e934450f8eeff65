"""What a change of words does to the search, before it is published; and the floors it must keep.

The questions are those of a list of our own making (floor_list.jsonl): they do not depend on which
price list is loaded. Its floors are the ones that the tests hold.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from common import published
from optfm.catalog import PriceGroup, PriceRow
from optfm.content.checks import WrongContent, check
from optfm.content.documents import Document
from optfm.search import Answer, PriceIndex
from optfm.text import load_vocabulary

_HERE = Path(__file__).parent
#: Questions about goods that are sold: how many find a right row first, and get any answer; of
#: those about goods that are not sold: how many get rows without a word about it.
_FIRST, _KEPT, _FALSE = 0.95, 0.94, 0.05

Kind = Literal["found", "ask", "none"]
_SAID: dict[Kind, str] = {
    "found": "покажет товары",
    "ask": "переспросит",
    "none": "ответит, что такого нет",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What the bot would do with a question."""

    kind: Kind
    rows: tuple[str, ...]  #: names, the best first
    unmet: tuple[str, ...] = ()  #: words that no row has

    def __str__(self) -> str:
        return _SAID[self.kind]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A question, now and then."""

    question: str
    before: Answered
    after: Answered

    @property
    def is_one(self) -> bool:
        """Whether anything differs."""
        return self.before != self.after


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What the committed questions say of a change."""

    questions: int
    first: float  #: share of goods that are sold whose right row comes first
    kept: float
    false: float
    changes: tuple[Change, ...]
    better: int  #: questions that are answered rightly only after it
    worse: int

    @property
    def fell(self) -> tuple[str, ...]:
        """The floors that it falls under, in words; none where no question is worse off."""
        if not self.worse:
            return ()
        found = []
        if self.first < _FIRST:
            found.append(f"первым нужный товар: {self.first:.0%}, нужно {_FIRST:.0%}")
        if self.kept < _KEPT:
            found.append(f"ответ получили {self.kept:.0%} вопросов, нужно {_KEPT:.0%}")
        if self.false > _FALSE:
            found.append(f"чужой товар вместо «нет»: {self.false:.0%}, можно {_FALSE:.0%}")
        return tuple(found)


def touches_search(document: Document) -> bool:
    """Whether a document changes what the search finds."""
    return "/text/vocabulary/" in document.name


def tried(document: Document, text: str) -> Trial:
    """Ask the committed questions with a text in the document's place.

    :raises WrongContent: it cannot be read at all.
    """
    check(document, text)
    before = _answers()
    with published.tried({document.name: text}):
        after = _answers()
    questions = _questions()
    right = [q.right for q in questions]
    pairs = list(zip(right, before, after, strict=True))
    sold = [a for r, _, a in pairs if r]
    other = [a for r, _, a in pairs if not r]
    return Trial(
        questions=len(questions),
        first=sum(_is_first(r, a) for r, _, a in pairs if r) / len(sold),
        kept=sum(a.kind != "none" for a in sold) / len(sold),
        false=sum(a.kind != "none" and not a.unmet for a in other) / len(other),
        changes=tuple(
            change
            for q, b, a in zip(questions, before, after, strict=True)
            if (change := Change(question=q.text, before=_told(b), after=_told(a))).is_one
        ),
        better=sum(_good(r, a) > _good(r, b) for r, b, a in pairs),
        worse=sum(_good(r, a) < _good(r, b) for r, b, a in pairs),
    )


def pass_floors(document: Document, text: str) -> None:
    """Let only a text through that keeps the floors.

    :raises WrongContent: with the floors that it falls under.
    """
    if touches_search(document) and (fell := tried(document, text).fell):
        raise WrongContent(f"вопросы, которые бот обязан понимать, пострадали: {'; '.join(fell)}")


def answered(
    rows: Sequence[PriceRow], groups: Sequence[PriceGroup], phrases: Sequence[str]
) -> list[Answered]:
    """What the bot would do with phrases over a price list, by the words as they are now.

    :param groups: of the list, as `PriceIndex.build` takes them.
    """
    index = PriceIndex.build(rows, load_vocabulary(), groups)
    return [_told(index.search(phrase)) for phrase in phrases]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Question:
    text: str
    right: frozenset[str]  #: codes; none: nothing in the list answers it


@cache
def _questions() -> tuple[_Question, ...]:
    return tuple(
        _Question(text=raw["q"], right=frozenset(raw["rel"]))
        for raw in _lines("floor_questions.jsonl")
    )


@cache
def _rows() -> tuple[PriceRow, ...]:
    return tuple(
        PriceRow(
            code=raw["code"],
            name=raw["name"],
            price_kop=round(raw["price"] * 100),
            status=raw["status"],
            path=tuple(raw["path"]),
            row_number=number,
        )
        for number, raw in enumerate(_lines("floor_list.jsonl"), 1)
    )


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_HERE / name).read_text("utf-8").splitlines()]


def _answers() -> list[Answer]:
    index = PriceIndex.build(_rows(), load_vocabulary())
    return [index.search(question.text) for question in _questions()]


def _is_first(right: frozenset[str], answer: Answer) -> bool:
    return bool(answer.hits) and answer.hits[0].row.code in right


def _good(right: frozenset[str], answer: Answer) -> bool:
    if right:
        return answer.kind != "none" and _is_first(right, answer)
    return answer.kind == "none" or bool(answer.unmet)


def _told(answer: Answer) -> Answered:
    return Answered(
        kind=answer.kind,
        rows=tuple(hit.row.name for hit in answer.rows[:3]),
        unmet=answer.unmet,
    )

"""The index over one revision of the price list."""

import math
import re
from collections.abc import Sequence

import snowballstemmer

from optfm.catalog.answer import Answer, Choice, Hit, Option
from optfm.catalog.rows import PriceRow
from optfm.catalog.vocabulary import Vocabulary

_WORD = re.compile(r"[a-zа-я0-9]+")
_FILLERS = frozenset("на для с и в есть сколько стоит почем цена у вас а по до".split())


class PriceIndex:
    """What the shop sells, ready for questions. Immutable, safe to share among threads."""

    def __init__(self, rows: Sequence[PriceRow], vocabulary: Vocabulary) -> None:
        self.rows = tuple(rows)
        self._stem = snowballstemmer.stemmer("russian").stemWord
        self._postings: dict[str, set[int]] = {}
        for number, row in enumerate(self.rows):
            for word in _WORD.findall(" ".join((row.name, *row.path[1:], row.code)).lower()):
                self._postings.setdefault(self._stem(word), set()).add(number)

    @classmethod
    def build(cls, rows: Sequence[PriceRow], vocabulary: Vocabulary) -> "PriceIndex":
        """An index over `rows`; pure, no SQL.

        :param rows: the items of one revision, in its order.
        :param vocabulary: the words of the trade.
        """
        return cls(rows, vocabulary)

    def search(self, question: str, *, limit: int = 10) -> Answer:
        """What answers the question.

        :param question: raw text, as typed; anything at all.
        :param limit: how many lines at most.
        :returns: never raises; an Answer with `kind` "none" where nothing answers.
        """
        words = [self._stem(w) for w in _WORD.findall(question.lower()[:400]) if w not in _FILLERS]
        scores: dict[int, float] = {}
        whole = 0.0
        for word in dict.fromkeys(words):
            found = self._postings.get(word, set())
            weight = math.log(1 + len(self.rows) / (1 + len(found)))
            whole += weight
            for number in found:
                scores[number] = scores.get(number, 0.0) + weight
        best = sorted(scores.items(), key=lambda x: (-x[1], x[0]))
        if not best or best[0][1] < 0.6 * whole:
            return Answer(query=question, kind="none", confidence=0.0, hits=(), total=0)
        top = [n for n, s in best if s > best[0][1] - 1e-9]
        hits = tuple(
            Hit(row=self.rows[n], rows=(self.rows[n],), colours=(), score=s)
            for n, s in best[:limit]
        )
        groups = list(dict.fromkeys(self.rows[n].path[-1] for n in top if self.rows[n].path))
        choice = None
        if len(groups) > 1:
            options = tuple(Option(label=g, query=f"{question} {g}") for g in groups[:4])
            choice = Choice(what="kind", options=options)
        return Answer(
            query=question,
            kind="ask" if choice else "found",
            confidence=best[0][1] / whole,
            hits=hits,
            total=len(top),
            choice=choice,
        )

    def search_all(self, question: str, *, limit: int = 10) -> list[Answer]:
        """One answer for each of the goods that the question names; usually one."""
        return [self.search(question, limit=limit)]

"""The index over one revision of the price list: built once, asked from any thread."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optfm.catalog.answer import Answer
from optfm.catalog.language.devices import Devices
from optfm.catalog.language.lexicon import Lexicon
from optfm.catalog.language.stems import forms, stem
from optfm.catalog.language.text import has_cyrillic
from optfm.catalog.language.typos import Speller
from optfm.catalog.language.units import Quantity
from optfm.catalog.rows import PriceRow
from optfm.catalog.search import roles
from optfm.catalog.search.answering import answer
from optfm.catalog.search.codes import Codes
from optfm.catalog.search.colours import Colours
from optfm.catalog.search.facts import FactReader
from optfm.catalog.search.naming import Namer
from optfm.catalog.search.postings import Postings
from optfm.catalog.search.question import Question, QuestionReader
from optfm.catalog.search.several import several
from optfm.catalog.search.shelf import Shelf
from optfm.catalog.vocabulary import Vocabulary

#: gives positions of candidate rows for the lexemes of a question, best first, or None
Candidates = Callable[[Sequence[str]], Sequence[int] | None]
#: gives how near each row is to a question's text and lexemes, 0 for not at all, or None
Nearness = Callable[[str, Sequence[str]], npt.NDArray[np.float32] | None]


class Document(NamedTuple):
    """A row in lexemes, for an engine that finds candidates."""

    lexemes: tuple[str, ...]  #: of the name
    path_lexemes: tuple[str, ...]  #: of the groups above


class PriceIndex:
    """What the shop sells, ready for questions. Immutable, safe to share among threads."""

    def __init__(self, shelf: Shelf, reader: QuestionReader) -> None:
        self._shelf = shelf
        self._reader = reader

    @property
    def shelf(self) -> Shelf:
        """The rows as arrays, for explaining an answer."""
        return self._shelf

    @property
    def rows(self) -> tuple[PriceRow, ...]:
        """The rows, in the order of their positions."""
        return self._shelf.rows

    @classmethod
    def build(cls, rows: Sequence[PriceRow], vocabulary: Vocabulary) -> "PriceIndex":
        """An index over `rows`; pure, no SQL.

        :param rows: the items of one revision, in its order.
        :param vocabulary: the words of the trade.
        """
        lexicon = Lexicon(vocabulary)
        devices = Devices(vocabulary, lexicon)
        colours = Colours(vocabulary.colours)
        facts = FactReader(lexicon, devices, colours)
        words = [facts.words(row.name) for row in rows]
        devices.learn(pieces for _, _, pieces in words)
        read = [facts.read(row, taken) for row, taken in zip(rows, words, strict=True)]
        postings = Postings(fact.roles for fact in read)
        shelf = Shelf(rows, read, postings, lexicon, devices, vocabulary)
        often: dict[str, int] = dict.fromkeys(lexicon.surfaces, 0)
        grouped: set[str] = set()
        for path in {row.path for row in rows}:
            for name in path[1:]:
                for token in facts.words(name)[1]:
                    if token.sort == "word":
                        grouped.add(token.text)
                        often[token.text] = often.get(token.text, 0) + 1
        for _, found, _ in words:
            for token in found:
                if token.sort == "word":
                    often[token.text] = often.get(token.text, 0) + 1
        named = frozenset(
            w
            for w in often
            if (often[w] > 2 and shelf.heads.get(stem(w), 0) >= 0.1)
            or (often[w] > 0 and shelf.heads.get(stem(w), 0) >= 0.3)
        ) | {w for w in lexicon.surfaces if len(w) >= 5 or (len(w) == 4 and has_cyrillic(w))}
        for word in (
            *_named_most(often, shelf.heads), *lexicon.surfaces, *vocabulary.optional, *grouped
        ):  # fmt: skip
            for form in forms(word) if has_cyrillic(word) and len(word) >= 5 else ():
                if stem(form) in postings or lexicon.is_phrase_word(stem(form)):
                    often.setdefault(form, often.get(word, 0) // 4)
        del words
        reader = QuestionReader(
            vocabulary,
            lexicon,
            devices,
            colours,
            Codes([row.code for row in rows]),
            Speller(
                {w: n for w, n in often.items() if not _mixed(w)},
                named,
            ),
            Namer(
                devices,
                shelf.numbers,
                shelf.lines_of_devices,
                shelf.articles,
                postings.__contains__,
                shelf.fits_any,
            ),
            postings.__contains__,
            shelf.heads,
            sorted(shelf.articles),
        )
        return cls(shelf, reader)

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        candidates: Candidates | None = None,
        nearness: Nearness | None = None,
    ) -> Answer:
        """What answers the question.

        :param question: raw text, as typed; anything at all.
        :param limit: how many lines at most.
        :param candidates: another engine's rows for the question's lexemes; None: our own.
        :param nearness: a second opinion on the order of the rows of a "none".
        :returns: never raises; an Answer with `kind` "none" where nothing answers.
        """
        return answer(self._shelf, self._reader.read(question), limit, candidates, nearness)

    def understand(self, question: str) -> Question:
        """What a text says of goods, devices and values, without a search."""
        return self._reader.read(question)

    def spoken(self, quantity: Quantity) -> str:
        """A value of a question for people: «3500 mAh», «2 м»."""
        return self._shelf.units.spoken(quantity)

    def search_all(
        self,
        question: str,
        *,
        limit: int = 10,
        candidates: Candidates | None = None,
        nearness: Nearness | None = None,
    ) -> list[Answer]:
        """One answer for each of the goods that the question names; usually one."""
        return [
            self.search(part, limit=limit, candidates=candidates, nearness=nearness)
            for part in several(question, self._reader, self._shelf.heads)
        ]

    def documents(self) -> list[Document]:
        """The lexemes of each row, in the order of its positions, for another engine."""
        return [
            Document(
                tuple(
                    lexeme
                    for lexeme, role in named.items()
                    if role < roles.GROUP or role in (3, 4, 5)
                ),
                tuple(
                    lexeme for lexeme, role in named.items() if role in (roles.GROUP, roles.PATH)
                ),
            )
            for named in self._shelf.named()
        ]


def _named_most(often: Mapping[str, int], heads: Mapping[str, float]) -> list[str]:
    """The words that goods are called by: people mistype their forms too."""
    named = [w for w in often if len(w) >= 5 and has_cyrillic(w) and heads.get(stem(w), 0) >= 0.1]
    return sorted(named, key=lambda w: -often[w])[:400]


def _mixed(word: str) -> bool:
    return not word.isalpha() or (
        has_cyrillic(word) and not word.isascii() and any(c.isascii() for c in word)
    )

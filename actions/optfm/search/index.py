"""The index over one revision of the price list: built once, asked from any thread."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from optfm.catalog.rows import PriceGroup, PriceRow
from optfm.search import roles
from optfm.search.answer import Answer
from optfm.search.answering import answer
from optfm.search.codes import Codes
from optfm.search.colours import Colours
from optfm.search.facts import FactReader, Facts, Words
from optfm.search.known import ListWords
from optfm.search.naming import Namer
from optfm.search.postings import Postings
from optfm.search.question import Question, QuestionReader
from optfm.search.sections import Sections
from optfm.search.several import several
from optfm.search.shelf import Shelf
from optfm.text.devices import Devices
from optfm.text.lexicon import Lexicon
from optfm.text.morphology import forms, stem
from optfm.text.normalise import has_cyrillic
from optfm.text.spelling import Speller
from optfm.text.units import Quantity
from optfm.text.vocabulary import Vocabulary

#: gives positions of candidate rows for the lexemes of a question, best first, or None
Candidates = Callable[[Sequence[str]], Sequence[int] | None]
#: gives how near each row is to a question's text and lexemes, 0 for not at all, or None
Nearness = Callable[[str, Sequence[str]], npt.NDArray[np.float32] | None]


#: so many rows teach all brands and lines of devices that a list has
_LEARNT_FROM = 20_000
#: so many names of goods are known in all their forms
_INFLECTED = 400


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
    def build(
        cls,
        rows: Sequence[PriceRow],
        vocabulary: Vocabulary,
        groups: Sequence[PriceGroup] = (),
    ) -> "PriceIndex":
        """An index over `rows`; pure, no SQL.

        :param rows: the items of one revision, in its order.
        :param vocabulary: the words of the trade.
        :param groups: the headings above the rows: their codes are known for what they are.
        """
        lexicon = Lexicon(vocabulary)
        devices = Devices(vocabulary, lexicon)
        colours = Colours(vocabulary.colours)
        facts = FactReader(lexicon, devices, colours)
        every = max(1, len(rows) // _LEARNT_FROM)
        sample = [facts.words(row.name) for row in rows[::every]]
        devices.learn(pieces for _, _, pieces in sample)
        words = iter(sample) if every == 1 else (facts.words(row.name) for row in rows)
        del sample
        often: dict[str, int] = dict.fromkeys(lexicon.surfaces, 0)
        read: list[Facts] = []
        postings = Postings(_roles(rows, words, facts, read, often))
        shelf = Shelf(rows, read, postings, lexicon, devices, vocabulary)
        speller = _speller(rows, facts, lexicon, vocabulary, shelf, often)
        namer = Namer(
            devices,
            shelf.numbers,
            shelf.lines_of_devices,
            shelf.articles,
            postings.__contains__,
            shelf.fits_any,
            shelf.is_called,
        )
        reader = QuestionReader(
            vocabulary,
            lexicon,
            devices,
            colours,
            Codes([row.code for row in rows]),
            Sections(groups, rows),
            speller,
            namer,
            ListWords(
                in_list=postings.__contains__,
                heads=shelf.heads,
                modifiers=shelf.modifiers,
                articles=sorted(shelf.articles),
                goods=frozenset(shelf.head_names),
            ),
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


def _roles(
    rows: Sequence[PriceRow],
    words: Iterator[Words],
    facts: FactReader,
    read: list[Facts],
    often: dict[str, int],
) -> Iterator[Mapping[str, int]]:
    """Roles of the lexemes of each row; the other facts and the words go to the lists given."""
    for row, taken in zip(rows, words, strict=True):
        for token in taken[1]:
            if token.sort == "word":
                often[token.text] = often.get(token.text, 0) + 1
        fact = facts.read(row, taken)
        read.append(fact._replace(roles={}))
        yield fact.roles


def _speller(
    rows: Sequence[PriceRow],
    facts: FactReader,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    shelf: Shelf,
    often: dict[str, int],
) -> Speller:
    """The words that people may mistype: of the list and the vocabulary, in all their forms."""
    groups = {name for row in rows for name in row.path[1:]}
    grouped = {t.text for name in groups for t in facts.words(name)[1] if t.sort == "word"}
    for word in grouped:
        often[word] = often.get(word, 0) + 1
    named = {
        w for w, n in often.items() if n and shelf.heads.get(stem(w), 0) >= (0.1 if n > 2 else 0.3)
    }
    most = sorted((w for w in named if len(w) >= 5), key=lambda w: -often[w])[:_INFLECTED]
    for word in {*most, *lexicon.surfaces, *vocabulary.optional, *grouped}:
        if len(word) < 5 or not has_cyrillic(word):
            continue
        # all forms have the stem of the word but for a few: to ask each takes a second
        if stem(word) in shelf.postings or lexicon.is_phrase_word(stem(word)):
            for form in forms(word):
                often.setdefault(form, often.get(word, 0) // 4)
    for word in (*vocabulary.colours, *(w for said in vocabulary.numbers.values() for w in said)):
        for form in forms(word) if len(word) >= 5 else ():
            often.setdefault(form, 1)
    named |= {w for w in lexicon.surfaces if len(w) >= 5 or (len(w) == 4 and has_cyrillic(w))}
    return Speller({w: n for w, n in often.items() if w.isalpha()}, frozenset(named))

"""The words of a question that goods are found by, each with what it may be called in a row."""

import bisect
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from rapidfuzz.distance import OSA

from optfm.search.articles import Articles
from optfm.search.facts import WITHOUT
from optfm.search.goods_asked import CALLED, MOSTLY, OPTIONAL_WEIGHT, GoodsAsked
from optfm.search.list_words import ListWords
from optfm.search.mending import Mended
from optfm.search.query import Option, Speech, Strength, Words
from optfm.search.slang import AND, WITH, Slang
from optfm.text.cache import Cache
from optfm.text.lexicon import Lexicon, Piece
from optfm.text.morphology import (
    is_derived,
    is_done,
    is_of,
    is_somebody,
    part_of_speech,
    plain_words,
    stem,
)
from optfm.text.normalise import has_cyrillic, readings
from optfm.text.spelling import Guess, Speller
from optfm.text.tokens import Token
from optfm.text.vocabulary import Vocabulary

_PREPOSITIONS = frozenset(
    {"на", "для", "от", "под", "к", "с", "со", "в", "во", "из", "без", "по", "у", "чтоб", "чтобы"}
)
#: the same, of something that the thing has: «с True Tone»
_HAVING = frozenset({"с", "со"})
#: what follows is wished of the goods, whatever little words stand between: «чтоб был штатив»
_SO_THAT = frozenset({"чтоб", "чтобы"})
_WEIGHTS = {"noun": 1.0, "name": 1.0, "adjective": 0.7}
#: a name so short sounds like too much
_SHORTEST_NAME = 3
#: a root so long is no other word's
_SHORTEST_ROOT = 5
#: a word so long is another's slip where one letter differs
_LONG_WORD = 8


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece of the question with its surroundings."""

    piece: Piece
    typed: str
    cost: float
    link: str  #: the preposition before it, or ""
    governed: bool
    had: bool = False  #: a Latin word of what the thing is to have, and so no brand of it


class WordsReader:
    """Turns the words left of a question into terms.

    :param words: what the list calls its goods.
    """

    def __init__(
        self, vocabulary: Vocabulary, lexicon: Lexicon, speller: Speller, words: ListWords
    ) -> None:
        self._lexicon = lexicon
        self._speller = speller
        self._in_list = words.in_list
        self._heads = words.heads
        self._modifiers = words.modifiers
        self._decisive = frozenset(x for w in vocabulary.decisive for x in lexicon.lexemes(w))
        self.articles = Articles(words)
        #: things of the vocabulary that the list does not call so → their other names
        self._names_of = {
            lexemes[0]: tuple(n for n in (word, *others) if n.isalpha() and len(n) > _SHORTEST_NAME)
            for word, others in vocabulary.synonyms.items()
            if len(lexemes := lexicon.lexemes(word)) == 1
            and words.heads.get(lexemes[0], 0.0) < CALLED
        }
        self._marks = frozenset(vocabulary.marks)
        self._heard: dict[str, str] = {}
        self._by_ear: dict[str, Option] = {}  #: as typed → the list's own spelling of the thing
        self._goods = GoodsAsked(vocabulary, lexicon, words, self._by_ear)
        self._derived: Cache[str, tuple[str, ...]] = Cache(5_000)
        self._lexemes = words.lexemes
        self.slang = Slang(vocabulary, lexicon, words)

    def read(
        self,
        pieces: Sequence[Piece],
        mended: Mended,
        *,
        for_device: bool,
        negated: Container[int] = (),
    ) -> list[Words]:
        """The facets in words of the pieces, in order.

        :param pieces: what devices, quantities and colours left over.
        :param mended: the tokens that the pieces point at.
        :param for_device: whether the question names a device.
        :param negated: the tokens that are not wanted.
        """
        found = mended.tokens
        pieces = self._unfolded(pieces, found)
        links = _links(pieces)
        words = [p for p in pieces if p.sort != "filler" or stem(p.lexeme) in self.slang.words]
        apart = {p.start for p in words if _begins_anew(p, links, found)}
        terms: list[Words] = []
        excluded: list[Words] = []
        at = 0
        while at < len(words):
            word = self._word(words, at, found, mended.costs, links, terms)
            if word.piece.start in negated:
                refused = word.piece.start - 1 in negated
                at += self._negated(
                    words, at, word, mended, excluded, for_device=for_device, refused=refused
                )
                continue
            reach = next(
                (n for n, p in enumerate(words[at:]) if p.start in negated), len(words) - at
            )
            slang, length = self.slang.said(
                words[: at + reach], at, word.link, apart, for_device=for_device
            )
            last = words[at + length - 1].end if slang else 0
            whole = self._joined(word, found, mended.costs, last) if slang else word
            if slang and not any(map(is_done, whole.typed.split(" "))):
                terms.append(self._slang_term(whole, slang, length))
                at += length
                continue
            at += 1
            if word.piece.sort == "filler":
                continue
            term = self._term(word, mended.others.get(word.piece.start, ()))
            if term is not None and terms and term.options and term.options == terms[-1].options:
                twice = "-".join(term.options[0] * 2)  # «type-c type-c»: a plug at both ends
                term = replace(term, options=((twice,),)) if self._in_list(twice) else None
            if term is not None:
                terms.append(term)
        return self._goods.of(terms, for_device=for_device) + excluded

    def _negated(
        self,
        words: Sequence[Piece],
        at: int,
        word: _Word,
        mended: Mended,
        excluded: list[Words],
        *,
        for_device: bool,
        refused: bool,
    ) -> int:
        """Take note of what is not wanted; how many pieces it is.

        :param refused: whether what is without the word is not wanted: «без шлейфа не надо».
        """
        lacking = f"{WITHOUT} {word.piece.lexeme}"
        if word.link == WITHOUT and self._in_list(lacking):
            excluded.append(
                Words(
                    name="property",
                    said=f"{WITHOUT} {word.typed}",
                    options=((lacking,),),
                    # else rows that say so come first; none need
                    strength="must" if refused else "may",
                    speech="other",
                    exclude=refused,
                )
            )
            if refused:
                return 1
        if for_device and word.piece.lexeme in self._marks:
            return 1  # «на 12, не про»: the model without the mark may share its row with the other
        word = replace(word, link="", governed=False)
        slang, length = self.slang.said(words, at, "", for_device=for_device)
        if slang:
            whole = self._joined(word, mended.tokens, mended.costs, words[at + length - 1].end)
            term: Words | None = self._slang_term(replace(whole, governed=False), slang, length)
        else:
            length = 1
            term = self._term(word, mended.others.get(word.piece.start, ()))
        if term is not None and (term.options or term.speech != "adjective"):
            term = replace(term, exclude=True, strength="must", governed=False)
            excluded.append(replace(term, name=self._goods.name_of(term)))
        return length

    def _word(
        self,
        words: Sequence[Piece],
        at: int,
        found: Sequence[Token],
        costs: Mapping[int, float],
        links: Mapping[int, str],
        terms: Sequence[Words],
    ) -> _Word:
        piece = words[at]
        link = links.get(piece.start, "")
        of_the_last = (
            bool(terms)
            and terms[-1].speech == "noun"
            and at > 0
            and words[at - 1].end == piece.start
            and is_of(found[piece.start].text)
        )
        had = self._is_had(found, piece)
        word = _Word(piece, "", 0.0, link, link in _PREPOSITIONS or of_the_last or had, had)
        return self._joined(word, found, costs, piece.end)

    @staticmethod
    def _is_had(found: Sequence[Token], piece: Piece) -> bool:
        """Whether a Latin word is of a phrase after «с»: both of «с True Tone»."""
        at = piece.start
        while at >= 0 and found[at].sort == "word" and not has_cyrillic(found[at].typed):
            at -= 1
        return 0 <= at < piece.start and found[at].text in _HAVING

    def _joined(
        self, word: _Word, found: Sequence[Token], costs: Mapping[int, float], end: int
    ) -> _Word:
        span = range(word.piece.start, end)
        typed = " ".join(found[t].typed for t in span)
        cost = max((costs.get(t, 0.0) for t in span), default=0.0)
        return replace(word, typed=typed, cost=cost)

    def _unfolded(self, pieces: Sequence[Piece], found: Sequence[Token]) -> list[Piece]:
        """Pieces with the phrases whose name the list has not taken apart into words again."""
        result: list[Piece] = []
        done = -1
        for piece in pieces:
            apart = bool(piece.how) and piece.end - piece.start > 1
            apart = apart and piece.lexeme not in self._goods.whole
            if apart and piece.start <= done:
                continue
            alike = [p.lexeme for p in pieces if p.start == piece.start]
            if not apart or all(map(self._in_list, alike)):
                result.append(piece)
                continue
            done = piece.start
            for at in range(piece.start, piece.end):
                alone = self._lexicon.fold([found[at]])
                result += [p._replace(start=at, end=at + 1) for p in alone]
        return result

    def _slang_term(self, word: _Word, options: tuple[Option, ...], length: int) -> Words:
        aside = word.governed and length == 1 and word.piece.lexeme in self._lexicon.optional
        adjective = part_of_speech(word.typed) == "adjective"
        if not word.governed and not adjective and all(map(self._is_property, options)):
            options = ()  # «машина» asks for a car, «в машину» does not
        return Words(
            name="word",
            said=word.typed,
            options=options,
            speech="noun",
            strength="may" if aside and options else "must",
            weight=OPTIONAL_WEIGHT if aside else 1.0,
            cost=word.cost,
            how="slang",
            governed=word.governed,
        )

    def _is_property(self, option: Option) -> bool:
        """Whether it only tells goods apart: «автомобильн», and not «фен»."""
        return len(option) == 1 and option[0].endswith("н") and not self._heads.get(option[0])

    def _term(self, word: _Word, others: Sequence[Guess]) -> Words | None:
        if word.link == WITHOUT and word.piece.sort == "word":
            lacking = f"{WITHOUT} {word.piece.lexeme}"
            if not self._in_list(lacking):
                return None  # what nothing is said to lack is no reason to choose
            word = replace(word, piece=word.piece._replace(lexeme=lacking))
        if word.piece.sort == "number":
            return self._number(word)
        if word.piece.sort in ("code", "quantity"):
            return self._code(word)
        if self._in_list(word.piece.lexeme):
            return self._known(word, others)
        if as_there := self._as_in_list(word.piece.lexeme):
            there = word.piece._replace(lexeme=as_there, how="synonym")
            return self._known(replace(word, piece=there), ())
        kin = (*self._twins(word), *self._derived.get(word.piece.lexeme, self._made_of))
        if own := next(filter(self._in_list, kin), ""):
            as_said = word.piece._replace(lexeme=own, how="synonym")
            return self._known(replace(word, piece=as_said), ())
        return self._unknown(word)

    def _twins(self, word: _Word) -> list[str]:
        """A word that only phrases of the vocabulary have, in the other alphabet: «софт», soft."""
        return [stem(twin) for twin in self._speller.twins(word.typed)]

    def _made_of(self, lexeme: str) -> tuple[str, ...]:
        """Words of the list made of the same root: «антистатический» for «антистатик»."""
        if len(lexeme) < _SHORTEST_ROOT or not has_cyrillic(lexeme) or not lexeme.isalpha():
            return ()
        beginning = lexeme[:_SHORTEST_ROOT]
        start = bisect.bisect_left(self._lexemes, beginning)
        near = list(takewhile(lambda x: x.startswith(beginning), self._lexemes[start:]))
        found = [x for x in near if is_derived(lexeme, x)]
        # the list makes slips, too: «антистатичсекий»
        found += [x for x in near if len(x) >= _LONG_WORD and self._is_slip_of(x, found)]
        return tuple(x for x in dict.fromkeys(found) if x != lexeme)

    @staticmethod
    def _is_slip_of(lexeme: str, words: Sequence[str]) -> bool:
        return any(OSA.distance(lexeme, word, score_cutoff=1) == 1 for word in words)

    def _as_in_list(self, lexeme: str) -> str:
        """What the list calls a thing of the vocabulary by its own ear: «flesh» for «флешка»."""
        if lexeme not in self._heard:
            names = self._names_of.get(lexeme, ())
            there = (stem(twin) for name in names for twin in self._speller.twins(name))
            self._heard[lexeme] = next((t for t in there if self._in_list(t)), "")
        return self._heard[lexeme]

    def _number(self, word: _Word) -> Words:
        text = word.piece.lexeme
        options = self.articles.of_number(text)
        return Words(
            name="word",
            said=word.typed,
            options=options,
            speech="number",
            strength="must" if len(text) > 1 else "may",
            weight=0.8,
            how="" if options else "unknown",
        )

    def _code(self, word: _Word) -> Words:
        likely = [word.piece.lexeme]
        if has_cyrillic(word.typed) and word.piece.sort == "code":
            likely += readings(word.typed.replace("-", "").replace(" ", ""))
        options, cost = self.articles.of_code(likely)
        options = options or self.articles.of_range(word.typed)
        return Words(
            name="word",
            said=word.typed,
            options=options,
            speech="code",
            strength="must",
            weight=1.3,
            cost=cost,
            how="typo" if cost else "" if options else "unknown",
            governed=word.governed,
        )

    def _speech_of(self, word: _Word, *, known: bool) -> Speech:
        lexeme = word.piece.lexeme
        if not has_cyrillic(lexeme):
            if self._heads.get(lexeme, 0.0) >= MOSTLY:
                return "noun"  # «powerbank»
            if lexeme in self._marks and has_cyrillic(word.typed):
                return "adjective"  # «мини вентилятор»: how large it is, and no brand
            return "name" if len(lexeme) > 1 else "other"
        if word.cost:
            named = self._heads.get(lexeme, 0.0) > 0
            return "adjective" if known and not named and lexeme.endswith("н") else "noun"
        parts = [part_of_speech(part) for part in word.typed.split(" ")]
        # «зарядка беспроводная» is as much a noun as «беспроводная зарядка»
        match "noun" if "noun" in parts and word.piece.how else parts[-1]:
            case "service":
                return "noun" if self._heads.get(lexeme, 0.0) > 0 else "other"
            case "adjective":
                return "adjective"
        return "noun"

    def _known(self, word: _Word, others: Sequence[Guess]) -> Words:
        lexeme = word.piece.lexeme
        speech = self._speech_of(word, known=True)
        if word.had and speech == "name" and not self._is_facet(lexeme):
            speech = "noun"
        options = self._options(word, others)
        if word.cost and speech == "adjective" and self._any_head(options):
            speech = "noun"
        optional = lexeme in self._lexicon.optional
        if optional and speech == "adjective" and lexeme in self._modifiers:
            optional = False  # «Аккумулятор универсальный» is sold beside the others
        if optional and speech == "noun" and self._heads.get(lexeme, 0.0) >= 0.5:
            optional = word.governed  # the list sells it
        wish = speech == "adjective" or (
            word.governed and speech == "noun" and self._is_wished(word) and not optional
        )
        strength: Strength = "may"
        if lexeme in self._decisive or (speech in ("name", "noun") and not optional and not wish):
            strength = "must"
        elif wish and not optional:
            strength = "wish"
        return Words(
            name="word",
            said=word.typed,
            options=options,
            speech=speech,
            strength=strength,
            weight=OPTIONAL_WEIGHT if optional else _WEIGHTS.get(speech, 0.3),
            cost=word.cost,
            how=word.piece.how or ("typo" if word.cost else ""),
            governed=word.governed,
        )

    @staticmethod
    def _is_wished(word: _Word) -> bool:
        return word.had or word.link in WITH

    def _is_facet(self, lexeme: str) -> bool:
        """Whether it is a connector, a quality and the like."""
        return any(lexeme in known for known in self._goods.facets.values())

    def _any_head(self, options: Sequence[Option]) -> bool:
        return any(self._heads.get(o[0], 0.0) >= 0.1 for o in options)

    def _options(self, word: _Word, others: Sequence[Guess]) -> tuple[Option, ...]:
        words = [g.word for g in others]
        derived: tuple[str, ...] = ()
        if not word.cost:
            words += self._speller.twins(word.typed)
        options: list[Option] = [(word.piece.lexeme,)]
        if not word.cost:  # «кроватка» where beds are sold, «стульчик» beside «стул»
            own = self._heads.get(word.piece.lexeme, 0.0) >= CALLED
            plain = plain_words(word.typed)
            words += [w for w in plain if not own or self._heads.get(stem(w), 0.0) >= CALLED]
        if there := self._as_in_list(word.piece.lexeme):
            words.append(there)
            thing = any(part_of_speech(part) == "noun" for part in word.typed.split(" "))
            called = self._heads.get(word.piece.lexeme)  # «под флешку» is for one
            if thing and not called and not word.governed:
                options = [(there,)]
                self._by_ear[word.typed] = (there,)
        if self._heads.get(word.piece.lexeme, 0.0) < CALLED:
            derived = tuple(
                x
                for x in self._derived.get(word.piece.lexeme, self._made_of)
                if self._heads.get(x, 0.0) < CALLED
            )
        for other in words:
            lexemes = self._lexicon.surfaces.get(other) or (stem(other),)
            if lexemes not in options and all(map(self._in_list, lexemes)):
                options.append(lexemes)
        return tuple(dict.fromkeys((*options, *((x,) for x in derived))))

    def _unknown(self, word: _Word) -> Words | None:
        lexeme = word.piece.lexeme
        speech = "noun" if word.had else self._speech_of(word, known=False)
        whole = lexeme in self._goods.whole and not word.governed
        if (lexeme in self._lexicon.optional or speech == "other") and not whole:
            return None
        weight, strength = (0.6, "may") if speech == "adjective" else (1.0, "must")
        if lexeme in self._decisive:
            speech, weight, strength = "adjective", 1.0, "must"  # «керамика» is a property, too
        if word.governed and self._is_wished(word) and speech == "noun":
            weight, strength = 0.7, "may"
        if speech == "noun" and not word.governed and is_somebody(word.typed):
            weight, strength = OPTIONAL_WEIGHT, "may"  # «парни, есть …»: who is asked
        return Words(
            name="word",
            said=word.typed,
            options=(),
            speech=speech,
            strength="must" if strength == "must" else "may",
            weight=weight,
            cost=word.cost,
            how="unknown",
            governed=word.governed,
        )


def _links(pieces: Sequence[Piece]) -> dict[int, str]:
    """The little word before each place; of several «чтоб» is the one that counts."""
    links: dict[int, str] = {}
    for piece in pieces:
        if piece.sort == "filler":
            before = links.get(piece.start, "")
            links[piece.end] = before if before in _SO_THAT else piece.lexeme
    return links


def _begins_anew(piece: Piece, links: Mapping[int, str], found: Sequence[Token]) -> bool:
    """Whether other goods may begin with a piece: «наушники и чехол», «стекло, чехол»."""
    sign = found[piece.start - 1] if piece.start else None
    return links.get(piece.start) in AND or (sign is not None and sign.sort == "sign")

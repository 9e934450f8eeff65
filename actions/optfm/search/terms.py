"""The words of a question that goods are found by, each with what it may be called in a row."""

import bisect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from optfm.search.facts import WITHOUT
from optfm.search.known import ListWords
from optfm.search.mending import Mended
from optfm.text.lexicon import Lexicon, Piece
from optfm.text.morphology import is_first_name, is_of, is_word, part_of_speech, stem
from optfm.text.normalise import has_cyrillic, readings
from optfm.text.spelling import Guess, Speller
from optfm.text.tokens import Token
from optfm.text.vocabulary import Vocabulary

Option = tuple[str, ...]  #: lexemes that all must be there

_PREPOSITIONS = frozenset(
    {"на", "для", "от", "под", "к", "с", "со", "в", "во", "из", "без", "по", "у"}
)
#: «с пультом», «без логотипа»: a wish, not the goods themselves
_WITH = frozenset({"с", "со", "без", "под"})
#: dimensions whose unit is often left out: «повербанк 20000», «флешка 64»
_BARE = ("capacity", "memory", "power")
#: the share of a word's rows that are called so, where the list sells the thing
_MOSTLY = 0.5
#: what is bought whole and not sold here unless the list says so
_WHOLE = frozenset({"телефон", "смартфон", "планшет", "ноутбук"})

_WEIGHTS = {"noun": 1.0, "name": 1.0, "adjective": 0.7}
_OPTIONAL = 0.35
#: a part number so long takes one slip: shorter ones are each other's neighbours
_LONG_ARTICLE = 9
#: «CR2032», «A312»: letters that people leave out before a number
_LETTERED = re.compile(r"[a-z]{1,2}(\d{3,4})")


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word of the question and what it may be called in a row."""

    typed: str
    options: tuple[Option, ...]  #: any of them
    sort: str  #: "noun", "adjective", "name", "code", "number" or "other"
    must: bool  #: a row without it is not an answer
    weight: float  #: how much it counts
    cost: float = 0.0  #: what its mending cost
    how: str = ""  #: "", "synonym", "slang", "typo", "unknown"
    governed: bool = False  #: stands after a preposition: not what is asked for
    wish: bool = False  #: a must where goods of the kind differ by it, else nothing


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece of the question with its surroundings."""

    piece: Piece
    typed: str
    cost: float
    link: str  #: the preposition before it, or ""
    governed: bool


class TermReader:
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
        self._articles = words.articles
        self._numbered_so: dict[str, list[str]] = {}
        for article in words.articles:
            if match := _LETTERED.fullmatch(article):
                self._numbered_so.setdefault(match[1], []).append(article)
        self._whole = frozenset(stem(word) for word in _WHOLE)
        self._slang: dict[Option, tuple[Option, ...]] = {}
        self._slang_words: set[str] = set()
        self._for_devices: set[Option] = set()
        for said, meant in vocabulary.slang.items():
            key = lexicon.key(said)
            options = tuple(o for m in meant if (o := lexicon.lexemes(m.lstrip("~"))))
            self._for_devices.update(lexicon.lexemes(m[1:]) for m in meant if m[:1] == "~")
            if key and options and tuple(tuple(sorted(o)) for o in options) != (key,):
                self._slang[key] = options
                self._slang_words.update(key)

    def read(self, pieces: Sequence[Piece], mended: Mended, *, for_device: bool) -> list[Term]:
        """The terms of the pieces, in order.

        :param pieces: what devices, quantities and colours left over.
        :param mended: the tokens that the pieces point at.
        :param for_device: whether the question names a device.
        """
        found = mended.tokens
        pieces = self._unfolded(pieces, found)
        links = {p.end: p.lexeme for p in pieces if p.sort == "filler"}
        words = [p for p in pieces if p.sort != "filler" or stem(p.lexeme) in self._slang_words]
        terms: list[Term] = []
        at = 0
        while at < len(words):
            word = self._word(words, at, found, mended.costs, links, terms)
            slang, length = self._said(words, at, word.link, for_device=for_device)
            if slang:
                last = words[at + length - 1].end
                whole = self._joined(word, found, mended.costs, last)
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
        return self._goods_asked(terms, for_device=for_device)

    # --- words

    def _word(
        self,
        words: Sequence[Piece],
        at: int,
        found: Sequence[Token],
        costs: Mapping[int, float],
        links: Mapping[int, str],
        terms: Sequence[Term],
    ) -> _Word:
        piece = words[at]
        link = links.get(piece.start, "")
        of_the_last = (
            bool(terms)
            and terms[-1].sort == "noun"
            and at > 0
            and words[at - 1].end == piece.start
            and is_of(found[piece.start].text)
        )
        word = _Word(piece, "", 0.0, link, link in _PREPOSITIONS or of_the_last)
        return self._joined(word, found, costs, piece.end)

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

    # --- what customers say

    def _said(
        self, words: Sequence[Piece], at: int, link: str, *, for_device: bool
    ) -> tuple[tuple[Option, ...], int]:
        """What the vocabulary says the next words may mean, and how many words they are."""
        window = [stem(p.lexeme) if p.sort == "filler" else p.lexeme for p in words[at : at + 4]]
        if window[0] not in self._slang_words:
            return (), 0
        for length in range(len(window), 0, -1):
            options = self._slang.get(tuple(sorted(window[:length])))
            if options is None:
                continue
            here = [
                o
                for o in options
                if all(map(self._in_list, o)) and (for_device or o not in self._for_devices)
            ]
            own = (window[0],)
            if length == 1 and link in _WITH and self._in_list(own[0]):
                return (), 0  # «с защитой», «без защиты»: a part of the goods, not what they are
            if here and length == 1 and own not in here and self._in_list(own[0]):
                here.append(own)  # the list may call something by that very word
            if here:
                return tuple(here), length
        return (), 0

    def _slang_term(self, word: _Word, options: tuple[Option, ...], length: int) -> Term:
        aside = word.governed and length == 1 and word.piece.lexeme in self._lexicon.optional
        if not word.governed and all(map(self._is_property, options)):
            options = ()  # «машина» asks for a car, «в машину» does not
        return Term(
            typed=word.typed,
            options=options,
            sort="noun",
            must=not aside or not options,
            weight=_OPTIONAL if aside else 1.0,
            cost=word.cost,
            how="slang",
            governed=word.governed,
        )

    def _is_property(self, option: Option) -> bool:
        """Whether it only tells goods apart: «автомобильн», and not «фен»."""
        return len(option) == 1 and option[0].endswith("н") and not self._heads.get(option[0])

    # --- one word

    def _term(self, word: _Word, others: Sequence[Guess]) -> Term | None:
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
        return self._unknown(word)

    def _number(self, word: _Word) -> Term:
        text = word.piece.lexeme
        number = float(text)
        valued = [f"{text}:{d}" for d in _BARE]
        if "." in text:
            valued = [f"{text}:size", f"{text}:length", f"{number * 1000:g}:length"]
        elif number < 100:
            valued += [f"{text}:size", f"{number * 10:g}:length", f"{text}:length"]
            if number <= 10:
                valued.append(f"{number * 1000:g}:length")
        else:
            valued.append(f"{text}:length")  # «350*230» of a mat
        options = tuple((o,) for o in (text, *valued) if self._in_list(o))
        if 3 <= len(text) <= 4 and text.isdigit() and len(options) < 2:
            # «батарейка 312», «таблетка 2032»: the letters before it are left out
            options += tuple((a,) for a in self._numbered_so.get(text, ()) if (a,) not in options)
        return Term(
            typed=word.typed,
            options=options,
            sort="number",
            must=len(text) > 1,
            weight=0.8,
            how="" if options else "unknown",
        )

    def _code(self, word: _Word) -> Term:
        likely = [word.piece.lexeme]
        if has_cyrillic(word.typed) and word.piece.sort == "code":
            likely += readings(word.typed.replace("-", "").replace(" ", ""))
        options = tuple((r,) for r in dict.fromkeys(likely) if self._in_list(r))
        if not options:
            begun = [a for r in likely for a in self._articles_begun(r)]
            options = tuple((a,) for a in begun[:12])
        cost = 0.0
        if not options and len(likely[0]) >= _LONG_ARTICLE:
            near = process.extractOne(
                likely[0], self._articles, scorer=OSA.distance, score_cutoff=1
            )
            if near is not None:
                options, cost = ((near[0],),), 1.0
        return Term(
            typed=word.typed,
            options=options,
            sort="code",
            must=True,
            weight=1.3,
            cost=cost,
            how="typo" if cost else "" if options else "unknown",
            governed=word.governed,
        )

    def _articles_begun(self, beginning: str) -> list[str]:
        """Part numbers of the list that begin so: «EB-BG530» for EB-BG530CBC."""
        if len(beginning) < 5:
            return []
        at = bisect.bisect_left(self._articles, beginning)
        found = []
        while at < len(self._articles) and self._articles[at].startswith(beginning):
            found.append(self._articles[at])
            at += 1
        return found

    def _sort_of(self, word: _Word, *, known: bool) -> str:
        lexeme = word.piece.lexeme
        if not has_cyrillic(lexeme):
            return "name" if len(lexeme) > 1 else "other"
        if word.cost:
            named = self._heads.get(lexeme, 0.0) > 0
            return "adjective" if known and not named and lexeme.endswith("н") else "noun"
        sort = part_of_speech(word.typed.split(" ")[-1])
        if sort == "service":
            return "noun" if self._heads.get(lexeme, 0.0) > 0 else "other"
        return "noun" if sort == "unknown" else sort

    def _known(self, word: _Word, others: Sequence[Guess]) -> Term:
        lexeme = word.piece.lexeme
        sort = self._sort_of(word, known=True)
        options = self._options(word, others)
        if word.cost and sort == "adjective" and self._any_head(options):
            sort = "noun"
        optional = lexeme in self._lexicon.optional
        if optional and sort == "adjective" and lexeme in self._modifiers:
            optional = False  # «Аккумулятор универсальный» is sold beside the others
        if optional and sort == "noun" and self._heads.get(lexeme, 0.0) >= 0.5:
            optional = word.governed  # the list sells it
        wish = sort == "adjective" or (
            word.governed and sort == "noun" and word.link in _WITH and not optional
        )
        return Term(
            typed=word.typed,
            options=options,
            sort=sort,
            must=lexeme in self._decisive
            or (sort in ("name", "noun") and not optional and not wish),
            weight=_OPTIONAL if optional else _WEIGHTS.get(sort, 0.3),
            cost=word.cost,
            how=word.piece.how or ("typo" if word.cost else ""),
            governed=word.governed,
            wish=wish and not optional,
        )

    def _any_head(self, options: Sequence[Option]) -> bool:
        return any(self._heads.get(o[0], 0.0) >= 0.1 for o in options)

    def _options(self, word: _Word, others: Sequence[Guess]) -> tuple[Option, ...]:
        words = [g.word for g in others]
        if not word.cost:
            words += self._speller.twins(word.typed)
        options: list[Option] = [(word.piece.lexeme,)]
        for other in words:
            lexemes = self._lexicon.surfaces.get(other) or (stem(other),)
            if lexemes not in options and all(map(self._in_list, lexemes)):
                options.append(lexemes)
        return tuple(options)

    def _unknown(self, word: _Word) -> Term | None:
        sort = self._sort_of(word, known=False)
        whole = word.piece.lexeme in self._whole and not word.governed
        if (word.piece.lexeme in self._lexicon.optional or sort == "other") and not whole:
            return None
        weight, must = (0.6, False) if sort == "adjective" else (1.0, True)
        if word.piece.lexeme in self._decisive:
            sort, weight, must = "adjective", 1.0, True  # «керамика» is a property, too
        if word.governed and word.link in _WITH and sort == "noun":
            weight, must = 0.7, False
        return Term(
            typed=word.typed,
            options=(),
            sort=sort,
            must=must,
            weight=weight,
            cost=word.cost,
            how="unknown",
            governed=word.governed,
        )

    # --- all words

    def _goods_asked(self, terms: list[Term], *, for_device: bool) -> list[Term]:
        """Terms once it is seen what is asked for.

        «телефон самсунг» asks for a phone, which a word that only says «for what» cannot be; a
        dictionary word that the list has not is only talk beside goods and a device.
        """
        sorts = ("noun", "name", "code")
        if any(t.must and t.sort in sorts and t.options and not self._is_whole(t) for t in terms):
            return [self._aside(t) if for_device else t for t in terms if not self._idle(t)]
        for at, term in enumerate(terms):
            if self._is_whole(term):
                terms[at] = replace(term, options=(), must=True, weight=1.0, how="unknown")
        return terms

    def _is_whole(self, term: Term) -> bool:
        """Whether it asks for a thing whose parts are sold here, and not for a part."""
        called = {stem(term.typed), *(o[0] for o in term.options if len(o) == 1)} & self._whole
        # «ЗУ для ноутбуков» is no notebook.
        sold = any(self._heads.get(word, 0.0) > _MOSTLY for word in called)
        return term.sort == "noun" and not term.governed and bool(called) and not sold

    def _idle(self, term: Term) -> bool:
        return not term.options and stem(term.typed) in self._whole

    def _aside(self, term: Term) -> Term:
        if term.options or term.how != "unknown" or term.sort != "noun" or term.cost:
            return term
        if not is_word(term.typed) or is_first_name(term.typed):
            return term
        return replace(term, must=False, weight=0.5)

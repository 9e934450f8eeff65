"""A question as it is understood: what goods, for what device, with what values and words."""

import bisect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from optfm.catalog.language.devices import Devices
from optfm.catalog.language.layout import repair
from optfm.catalog.language.lexicon import Lexicon, Piece
from optfm.catalog.language.stems import is_first_name, is_of, is_word, part_of_speech, stem
from optfm.catalog.language.text import clean, has_cyrillic, has_digit
from optfm.catalog.language.tokens import MOST, Token, tokens
from optfm.catalog.language.typos import Speller
from optfm.catalog.language.units import Quantity
from optfm.catalog.search.codes import Codes
from optfm.catalog.search.colours import Colours
from optfm.catalog.search.mending import Mender
from optfm.catalog.search.money import Money, read_money
from optfm.catalog.search.naming import Named, Namer, Names
from optfm.catalog.vocabulary import Vocabulary

_PREPOSITIONS = frozenset(
    {"на", "для", "от", "под", "к", "с", "со", "в", "во", "из", "без", "по", "у"}
)

#: «с пультом», «без логотипа»: a wish, not the goods themselves
_WITH = frozenset({"с", "со", "без", "под"})
#: dimensions whose unit is often left out: «повербанк 20000», «флешка 64»
_BARE = ("capacity", "memory", "power")


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word of the question and what it may be called in a row."""

    typed: str
    options: tuple[tuple[str, ...], ...]  #: any of them; each is lexemes that all must be there
    sort: str  #: "noun", "adjective", "name", "code", "number" or "other"
    must: bool  #: a row without it is not an answer
    weight: float  #: how much it counts
    cost: float = 0.0  #: what its mending cost
    how: str = ""  #: "", "synonym", "slang", "typo", "unknown"
    governed: bool = False  #: stands after a preposition: not what is asked for


@dataclass(frozen=True, kw_only=True)
class Question:
    """Everything that is understood of a question."""

    text: str  #: as asked
    clean: str
    code: tuple[str, tuple[int, ...]] | None = None  #: as typed, rows of that code
    terms: tuple[Term, ...] = ()
    names: Names = field(
        default_factory=lambda: Names(
            devices=(), brands=frozenset(), series=frozenset(), used=frozenset()
        )
    )
    quantities: tuple[Quantity, ...] = ()
    count: int = 0  #: how many pieces, 0 when not said
    colours: frozenset[str] = frozenset()
    money: Money = Money(None, None, "")
    steps: tuple[tuple[str, str, str], ...] = ()  #: (what was done, before, after)
    idle: tuple[str, ...] = ()  #: words that are neither of the trade nor fillers: «почините»

    @property
    def empty(self) -> bool:
        """Whether nothing in it could be goods."""
        return not (
            self.code
            or self.names.devices
            or self.names.brands
            or self.names.series
            or self.quantities
            or any(t.weight >= 0.4 for t in self.terms)
        )

    @property
    def normalised(self) -> str:
        """The question in lexemes, for the record of what was asked."""
        words = ["|".join(" ".join(o) for o in t.options) or t.typed for t in self.terms]
        words += [d.label for d in self.names.devices]
        words += [*sorted(self.names.brands | self.names.series), *sorted(self.colours)]
        words += [q.lexeme for q in self.quantities]
        return " ".join(words)


class QuestionReader:
    """Reads questions with what the vocabulary and one list know.

    :param heads: lexeme → share of its rows in which it is what the thing is called.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        lexicon: Lexicon,
        devices: Devices,
        colours: Colours,
        codes: Codes,
        speller: Speller,
        namer: Namer,
        in_list: Callable[[str], bool],
        heads: Mapping[str, float],
        articles: Sequence[str],
    ) -> None:
        self._lexicon = lexicon
        self._devices = devices
        self._colours = colours
        self._codes = codes
        self._speller = speller
        self._namer = namer
        self._in_list = in_list
        self._heads = heads
        self._mender = Mender(
            lexicon, speller, in_list, lambda word: heads.get(stem(word), 0.0) >= 0.2
        )
        self._slang: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
        self._slang_words: set[str] = set()
        for said, meant in vocabulary.slang.items():
            key = lexicon.key(said)
            options = tuple(o for o in (lexicon.lexemes(m) for m in meant) if o)
            if key and options and tuple(tuple(sorted(o)) for o in options) != (key,):
                self._slang[key] = options
                self._slang_words.update(key)
        self._articles = articles
        self._wholes = frozenset(
            {"телефон", "телефоны", "смартфон", "смартфоны", "планшет", "планшеты"}
        )

    def knows(self, word: str) -> bool:
        """Whether a (clean) word makes sense as typed."""
        if not word:
            return False
        if word.isdigit():
            return True
        if len(word) == 1:
            return word in self._lexicon.fillers
        if has_digit(word):
            return self._in_list(word)
        return self._mender.knows(word) or is_word(word)

    def read(self, text: str) -> Question:
        """What is understood of a question; never raises on any text."""
        cleaned = clean(text)
        steps: list[tuple[str, str, str]] = []
        if cleaned != text:
            steps.append(("чистка", text[:200], cleaned))
        if code := self._codes.read(cleaned):
            return Question(
                text=text, clean=cleaned, code=(code[0], tuple(code[1])), steps=tuple(steps)
            )
        turned = repair(cleaned, self.knows, self._guessed)
        if turned != cleaned:
            steps.append(("раскладка", cleaned, turned))
        money, rest = read_money(turned)
        if rest != turned:
            steps.append(("цена", turned, rest))
        found = tokens(rest, self._lexicon.units)[:MOST]
        mended = self._mender.mend(found)
        steps += mended.steps
        found = mended.tokens
        pieces = self._lexicon.fold(found)
        names = self._namer.read(pieces, found)
        names, pieces = self._line_words(names, pieces)
        quantities: list[Quantity] = []
        count = 0
        colours: set[str] = set()
        left: list[Piece] = []
        for piece in pieces:
            if piece.start in names.used or piece.sort == "sign":
                continue
            token = found[piece.start]
            if piece.sort == "quantity" and token.quantities:
                for quantity in token.quantities:
                    if quantity.dimension == "pieces":
                        count = int(min(quantity.value, 1_000_000))
                    else:
                        quantities.append(quantity)
                continue
            if piece.sort == "number" and self._is_capacity(piece.lexeme):
                quantities.append(Quantity("capacity", float(piece.lexeme)))
                continue
            if piece.sort == "word" and (of := self._colours.of_word(token.text)):
                colours.add(of)
                continue
            left.append(piece)
        terms = self._goods_asked(
            self._terms(left, found, mended.costs, mended.others), bool(names.devices)
        )
        return Question(
            text=text,
            clean=cleaned,
            terms=tuple(terms),
            names=names,
            quantities=tuple(dict.fromkeys(quantities)),
            count=count,
            colours=frozenset(colours),
            money=money,
            steps=tuple(steps),
            idle=tuple(
                found[p.start].typed
                for p in left
                if p.sort == "word"
                and not self._in_list(p.lexeme)
                and p.lexeme not in self._lexicon.optional
                and part_of_speech(found[p.start].text) == "service"
            ),
        )

    def _is_capacity(self, number: str) -> bool:
        """Whether a number without a unit can only be mAh."""
        if not number.isdigit() or not 1000 <= int(number) <= 100_000:
            return False
        return not self._in_list(number) and int(number) % 10 == 0

    def _line_words(self, names: Names, pieces: list[Piece]) -> tuple[Names, list[Piece]]:
        return names, pieces

    def _told_aside(self, term: Term, terms: list[Term], named: bool) -> Term:
        """A dictionary word that the list has not, beside goods and a device, is only talk."""
        if not named or term.options or term.how != "unknown" or term.sort != "noun":
            return term
        if term.cost or not is_word(term.typed) or is_first_name(term.typed):
            return term
        if not any(t.options and t.must and t.sort == "noun" for t in terms):
            return term
        return replace(term, must=False, weight=0.5)

    def _goods_asked(self, terms: list[Term], named: bool) -> list[Term]:
        """«телефон самсунг» asks for a phone, which a word that only says «for what» cannot be."""
        if any(t.must and t.sort in ("noun", "name", "code") for t in terms):
            return [self._told_aside(t, terms, named) for t in terms]
        for at, term in enumerate(terms):
            if term.sort == "noun" and not term.governed and term.typed in self._wholes:
                terms[at] = replace(term, options=(), must=True, weight=1.0, how="unknown")
        return terms

    def _guessed(self, word: str) -> bool:
        guesses = self._speller.guesses(word)
        return bool(guesses) and guesses[0].cost <= 1.0

    def _terms(
        self,
        pieces: Sequence[Piece],
        found: Sequence[Token],
        costs: Mapping[int, float],
        others: Mapping[int, tuple],
    ) -> list[Term]:
        terms: list[Term] = []
        pieces = self._unfolded(pieces, found)
        words = [p for p in pieces if p.sort != "filler" or stem(p.lexeme) in self._slang_words]
        links = {p.end: p.lexeme for p in pieces if p.sort == "filler"}
        at = 0
        while at < len(words):
            piece = words[at]
            governed = links.get(piece.start) in _PREPOSITIONS or (
                bool(terms)
                and terms[-1].sort == "noun"
                and at > 0
                and words[at - 1].end == piece.start
                and is_of(found[piece.start].text)
            )
            cost = max((costs.get(t, 0.0) for t in range(piece.start, piece.end)), default=0.0)
            typed = " ".join(found[t].typed for t in range(piece.start, piece.end))
            if slang := self._said(words, at):
                options, length = slang
                last = words[at + length - 1]
                typed = " ".join(found[t].typed for t in range(piece.start, last.end))
                cost = max((costs.get(t, 0.0) for t in range(piece.start, last.end)), default=0.0)
                here = tuple(o for o in options if all(map(self._in_list, o)))
                own = (piece.lexeme,)
                if length == 1 and here and own not in here and self._in_list(piece.lexeme):
                    here = (*here, own)  # the list may call something by that very word
                if here:
                    if not governed and all(o[0].endswith("н") and len(o) == 1 for o in here):
                        here, own = (), ()  # «машина» asks for a car, «в машину» does not
                    aside = governed and length == 1 and piece.lexeme in self._lexicon.optional
                    terms.append(
                        Term(
                            typed=typed, options=here, sort="noun", must=not aside or not here,
                            weight=0.35 if aside else 1.0,
                            cost=cost, how="slang", governed=governed,
                        )
                    )  # fmt: skip
                    at += length
                    continue
            if piece.sort == "filler":
                at += 1
                continue
            term = self._term(
                piece,
                typed,
                cost,
                others.get(piece.start, ()),
                governed,
                links.get(piece.start, ""),
            )
            if term is not None and terms and term.options and term.options == terms[-1].options:
                twice = "-".join(term.options[0] * 2)
                term = replace(term, options=((twice,),)) if self._in_list(twice) else None
            if term is not None:
                terms.append(term)
            at += 1
        return terms

    def _unfolded(self, pieces: Sequence[Piece], found: Sequence[Token]) -> list[Piece]:
        """Pieces with the phrases whose name the list has not taken apart into words again."""
        result: list[Piece] = []
        done = -1
        for piece in pieces:
            apart = piece.how and piece.end - piece.start > 1
            if apart and piece.start <= done:
                continue
            alike = [p.lexeme for p in pieces if p.start == piece.start]
            if not apart or all(map(self._in_list, alike)):
                result.append(piece)
                continue
            done = piece.start
            for at in range(piece.start, piece.end):
                result += [
                    p._replace(start=at, end=at + 1) for p in self._lexicon.fold([found[at]])
                ]
        return result

    def _said(
        self, words: Sequence[Piece], at: int
    ) -> tuple[tuple[tuple[str, ...], ...], int] | None:
        window = [stem(p.lexeme) if p.sort == "filler" else p.lexeme for p in words[at : at + 4]]
        if window[0] not in self._slang_words:
            return None
        for length in range(len(window), 0, -1):
            key = tuple(sorted(window[:length]))
            if options := self._slang.get(key):
                return options, length
        return None

    def _term(
        self,
        piece: Piece,
        typed: str,
        cost: float,
        others: Sequence,
        governed: bool,
        link: str,
    ) -> Term | None:
        lexeme = piece.lexeme
        known = self._in_list(lexeme)
        optional = lexeme in self._lexicon.optional
        how = piece.how or ("typo" if cost else "")
        if piece.sort == "number":
            valued = [f"{lexeme}:{d}" for d in _BARE]
            number = float(lexeme)
            if number < 100:
                valued += [f"{lexeme}:size", f"{number * 10:g}:length", f"{lexeme}:length"]
            if number <= 10:
                valued.append(f"{number * 1000:g}:length")
            if "." in lexeme:
                valued = [f"{lexeme}:size", f"{float(lexeme) * 1000:g}:length"]
            options = tuple((o,) for o in (lexeme, *valued) if self._in_list(o))
            return Term(
                typed=typed, options=options, sort="number", must=len(lexeme) > 1, weight=0.8,
                how="" if options else "unknown",
            )  # fmt: skip
        if piece.sort in ("code", "quantity"):
            likely = self._codes_like(piece, typed)
            options = tuple((r,) for r in likely if self._in_list(r))
            if not options:
                begun = [a for r in likely for a in self._articles_like(r)]
                options = tuple((a,) for a in begun[:12])
            return Term(
                typed=typed, options=options, sort="code", must=True, weight=1.3,
                how="" if options else "unknown", governed=governed,
            )  # fmt: skip
        latin = not has_cyrillic(lexeme)
        if latin:
            sort = "name" if len(lexeme) > 1 else "other"
        else:
            sort = part_of_speech(typed.split(" ")[-1] if not cost else lexeme)
            if cost and sort in ("unknown", "noun"):
                sort = (
                    "noun" if self._heads.get(lexeme, 0) > 0 else "adjective" if known else "noun"
                )
        if known:
            options_list = [(lexeme,)]
            for guess in others:
                for other in (self._lexicon.surfaces.get(guess.word) or (stem(guess.word),),):
                    if other not in options_list and all(map(self._in_list, other)):
                        options_list.append(tuple(other))
            if not cost:
                for twin in self._speller.twins(typed):
                    lexemes = self._lexicon.surfaces.get(twin) or (stem(twin),)
                    if lexemes not in options_list and all(map(self._in_list, lexemes)):
                        options_list.append(lexemes)
            if optional and sort == "noun" and self._heads.get(lexeme, 0.0) >= 0.5 and not governed:
                optional = False
            if self._heads.get(lexeme, 0.0) > 0 and sort in ("unknown", "service"):
                sort = "noun"
            if sort == "service":
                sort = "other"
            must = sort in ("name", "noun", "unknown") and not optional
            if governed and sort == "noun" and link in _WITH:
                must = False
            weight = {"noun": 1.0, "unknown": 1.0, "name": 1.0, "adjective": 0.7}.get(sort, 0.3)
            if optional:
                weight, must = 0.35, False
            return Term(
                typed=typed, options=tuple(options_list), sort="noun" if sort == "unknown" else sort,
                must=must, weight=weight, cost=cost, how=how, governed=governed,
            )  # fmt: skip
        if optional or sort in ("service", "other"):
            return None
        weight, must = (0.4, False) if sort == "adjective" else (1.0, True)
        if governed and link in _WITH and sort == "noun":
            must, weight = False, 0.7
        return Term(
            typed=typed, options=(), sort="noun" if sort == "unknown" else sort, must=must,
            weight=weight, cost=cost, how="unknown", governed=governed,
        )  # fmt: skip

    def _articles_like(self, beginning: str) -> list[str]:
        """Part numbers of the list that begin so: «EB-BG530» for EB-BG530CBC."""
        if len(beginning) < 5:
            return []
        at = bisect.bisect_left(self._articles, beginning)
        found = []
        while at < len(self._articles) and self._articles[at].startswith(beginning):
            found.append(self._articles[at])
            at += 1
        return found

    def _codes_like(self, piece: Piece, typed: str) -> list[str]:
        from optfm.catalog.language.text import readings

        options = [piece.lexeme]
        if has_cyrillic(typed) and piece.sort == "code":
            options += readings(typed.replace("-", "").replace(" ", ""))
        return list(dict.fromkeys(options))


def named_devices(names: Names) -> tuple[Named, ...]:
    """The devices of a question."""
    return names.devices

"""A question as it is understood: what goods, for what device, with what values and words."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from optfm.search.codes import Codes
from optfm.search.colours import Colours
from optfm.search.counting import read_count
from optfm.search.known import ListWords
from optfm.search.mending import Mender
from optfm.search.money import Money, read_money
from optfm.search.naming import Namer, Names
from optfm.search.sale import Sale, read_sale
from optfm.search.sections import Sections
from optfm.search.terms import Term, TermReader
from optfm.text.devices import Devices
from optfm.text.keyboard_layout import repair
from optfm.text.lexicon import Lexicon, Piece
from optfm.text.morphology import is_word, part_of_speech, stem
from optfm.text.normalise import clean, has_digit
from optfm.text.spelling import Speller
from optfm.text.tokens import MOST, Token, tokens
from optfm.text.units import Quantity
from optfm.text.vocabulary import Vocabulary

#: so many digits alone are the end of a code
_SHORTEST_CODE = 5
#: what a button of the kinds asks for, word for word
_QUOTED = re.compile(r'"([^"]{2,80})"')


@dataclass(frozen=True, kw_only=True)
class Question:
    """Everything that is understood of a question."""

    text: str  #: as asked
    clean: str
    read: str = ""  #: the clean text in the right keyboard layout
    goods: str = ""  #: what goods are called in the list, where the question puts it in quotes
    code: tuple[str, tuple[int, ...]] | None = None  #: as typed, rows of that code
    section: str = ""  #: the group that the code is of, and not of goods
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
    sale: Sale | None = None
    talk: tuple[str, ...] = ()  #: words about the shop and not its goods: «доставка», «оплатить»
    steps: tuple[tuple[str, str, str], ...] = ()  #: (what was done, before, after)
    idle: tuple[str, ...] = ()  #: words that are neither of the trade nor fillers: «почините»

    @property
    def empty(self) -> bool:
        """Whether nothing in it could be goods."""
        return not (
            self.code
            or self.goods
            or self.names.devices
            or self.names.brands
            or self.names.series
            or self.quantities
            or any(t.weight >= 0.4 for t in self.terms)
        )

    @property
    def normalised(self) -> str:
        """The question in lexemes, for the record of what was asked."""
        words = [self.goods] if self.goods else []
        words += ["|".join(" ".join(o) for o in t.options) or t.typed for t in self.terms]
        words += [d.label for d in self.names.devices]
        words += [*sorted(self.names.brands | self.names.series), *sorted(self.colours)]
        words += [q.lexeme for q in self.quantities]
        return " ".join(words)


class QuestionReader:
    """Reads questions with what the vocabulary and one list know.

    :param words: what the list calls its goods.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        lexicon: Lexicon,
        devices: Devices,
        colours: Colours,
        codes: Codes,
        sections: Sections,
        speller: Speller,
        namer: Namer,
        words: ListWords,
    ) -> None:
        self._goods = words.goods
        self._talk = frozenset(stem(word) for word in vocabulary.talk)
        self._lexicon = lexicon
        self._devices = devices
        self._colours = colours
        self._codes = codes
        self._sections = sections
        self._speller = speller
        self._namer = namer
        self._in_list = words.in_list
        self._mender = Mender(
            lexicon, speller, words.in_list, lambda word: words.heads.get(stem(word), 0.0) >= 0.2
        )
        self._terms = TermReader(vocabulary, lexicon, speller, words)

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
        if code := self._codes.read(self._as_code(cleaned)):
            return self._of_code(text, cleaned, code, steps)
        turned = repair(cleaned, self.knows, self._guessed)
        if turned != cleaned:
            steps.append(("раскладка", cleaned, turned))
        goods, unquoted = self._quoted(turned)
        money, rest = read_money(unquoted)
        if rest != unquoted:
            steps.append(("цена", unquoted, rest))
        sale, rest = read_sale(rest)
        if sale:
            steps.append(("статус", str(sale), rest))
        count, rest = read_count(rest)
        found = tokens(self._lexicon.units.said(rest), self._lexicon.units)[:MOST]
        mended = self._mender.mend(found)
        steps += mended.steps
        found = mended.tokens
        pieces = self._lexicon.fold(found)
        names = self._namer.read(pieces, found)
        quantities, colours, left = self._values(pieces, found, names.used)
        left, talk = self._without_talk(left, found)
        terms = self._terms.read(left, mended, for_device=bool(names.devices))
        return Question(
            text=text,
            clean=cleaned,
            read=turned,
            goods=goods,
            terms=tuple(terms),
            names=names,
            quantities=tuple(dict.fromkeys(quantities)),
            count=count,
            colours=frozenset(colours),
            money=money,
            sale=sale,
            talk=talk,
            steps=tuple(steps),
            idle=self._idle(left, found),
        )

    def _of_code(
        self,
        text: str,
        cleaned: str,
        code: tuple[str, Sequence[int]],
        steps: Sequence[tuple[str, str, str]],
    ) -> Question:
        typed, rows = code
        section = None if self._codes.whole(cleaned, rows) else self._sections.read(cleaned)
        return Question(
            text=text,
            clean=cleaned,
            code=(typed, section[1] if section else tuple(rows)),
            section=section[0] if section else "",
            steps=tuple(steps),
        )

    def _values(
        self, pieces: Sequence[Piece], found: Sequence[Token], used: Container[int]
    ) -> tuple[list[Quantity], set[str], list[Piece]]:
        """The quantities, the colours, and the pieces left when devices are taken too."""
        quantities: list[Quantity] = []
        colours: set[str] = set()
        left: list[Piece] = []
        for piece in pieces:
            if piece.start in used or piece.sort == "sign":
                continue
            token = found[piece.start]
            if piece.sort == "quantity" and token.quantities:
                quantities += [q for q in token.quantities if q.dimension != "pieces"]
            elif piece.sort == "number" and self._is_capacity(piece.lexeme):
                quantities.append(Quantity("capacity", float(piece.lexeme)))
            elif piece.sort == "word" and (of := self._colours.of_word(token.text)):
                colours.add(of)
            else:
                left.append(piece)
        return quantities, colours, left

    def _idle(self, left: Sequence[Piece], found: Sequence[Token]) -> tuple[str, ...]:
        return tuple(
            found[p.start].typed
            for p in left
            if p.sort == "word"
            and not self._in_list(p.lexeme)
            and p.lexeme not in self._lexicon.optional
            and part_of_speech(found[p.start].text) == "service"
        )

    def _as_code(self, text: str) -> str:
        """Digits alone that are no part number of the list are the end of a code: «51587»."""
        alone = text.strip(" ?.!№")
        if not alone.isdigit() or len(alone) < _SHORTEST_CODE or self._in_list(alone.lstrip("0")):
            return text
        return f"код {alone}"

    def _without_talk(
        self, left: Sequence[Piece], found: Sequence[Token]
    ) -> tuple[list[Piece], tuple[str, ...]]:
        """Words about goods, and those about the shop: «доставка в Шую» with its place."""
        kept: list[Piece] = []
        talk: list[str] = []
        follows = False
        for piece in left:
            about = piece.lexeme in self._talk and not self._in_list(piece.lexeme)
            place = follows and piece.sort == "word" and not self._in_list(piece.lexeme)
            if about or place:
                talk.append(found[piece.start].typed)
            else:
                kept.append(piece)
            follows = about or (follows and piece.sort == "filler")
        return kept, tuple(talk)

    def _quoted(self, text: str) -> tuple[str, str]:
        """What goods are called where that is in quotes, and the text without it."""
        for match in _QUOTED.finditer(text):
            if match[1] in self._goods:
                return match[1], f"{text[: match.start()]} {text[match.end() :]}".strip()
        return "", text

    def _is_capacity(self, number: str) -> bool:
        """Whether a number without a unit can only be mAh."""
        if not number.isdigit() or not 1000 <= int(number) <= 100_000:
            return False
        return not self._in_list(number) and int(number) % 10 == 0

    def _guessed(self, word: str) -> bool:
        guesses = self._speller.guesses(word)
        return bool(guesses) and guesses[0].cost <= 1.0

"""A text to the queries that it holds: what goods, for what device, with what values and words."""

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from functools import partial

from optfm.search.codes import Codes
from optfm.search.colours import Colours
from optfm.search.counting import CountReader
from optfm.search.device_tagger import DeviceTagger
from optfm.search.list_words import ListWords
from optfm.search.mending import Mender
from optfm.search.money import MoneyReader
from optfm.search.negation import NegationReader
from optfm.search.query import Colour, Correction, Device, Facet, Query, Value, ValueName
from optfm.search.sale import SaleReader
from optfm.search.sections import Sections
from optfm.search.whole_names import WholeNames
from optfm.search.words import WordsReader
from optfm.text.devices import Devices
from optfm.text.keyboard_layout import repair
from optfm.text.letters_said import LettersSaid
from optfm.text.lexicon import Lexicon, Piece
from optfm.text.morphology import is_word, part_of_speech, stem
from optfm.text.normalise import clean, has_digit
from optfm.text.numerals import Numerals
from optfm.text.spelling import Speller
from optfm.text.tokens import MOST, Token, tokens
from optfm.text.units import Quantity
from optfm.text.vocabulary import Vocabulary

#: so many digits alone are the end of a code
_SHORTEST_CODE = 5
#: goods as the list calls them, word for word
_QUOTED = re.compile(r'"([^"]{2,80})"')
#: what may stand between two goods
_BREAK = re.compile(r"\s+(?:и|а также|еще)\s+|(?<!\d)\s+плюс\s+|\s*[;\n]\s*|,\s+|\s+\+\s+")
#: what follows is wished of the goods before it: «лампа, чтоб штатив в комплекте»
_SO_THAT = re.compile(r"\s*(?:и\s+|но\s+|главное\s+|желательно\s+)?(?:чтоб|чтобы)(?!\w)")
#: so many goods of one message are told apart; longer lists are orders
_MOST_GOODS = 10
_READ = 400  #: characters
_WORD = re.compile(r"[а-я]+")
_VALUES: dict[str, ValueName] = {
    "capacity": "capacity", "power": "power", "memory": "memory", "length": "length",
    "size": "size", "voltage": "voltage", "current": "current", "volume": "volume",
    "pins": "pins", "layers": "layers", "hertz": "hertz", "weight": "weight", "pack": "pack",
    "usb": "usb", "typec": "typec",
}  # fmt: skip


class QueryParser:
    """Reads texts with what the vocabulary and one list know.

    :param words: what the list calls its goods.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        lexicon: Lexicon,
        devices: Devices,
        colours: Colours,
        codes: Codes,
        names: WholeNames,
        sections: Sections,
        speller: Speller,
        tagger: DeviceTagger,
        words: ListWords,
    ) -> None:
        self._talk = frozenset(stem(word) for word in vocabulary.talk)
        self._ports = vocabulary.ports
        self._lexicon = lexicon
        self._devices = devices
        self._colours = colours
        self._codes = codes
        self.names = names
        self._sections = sections
        self._speller = speller
        self._tagger = tagger
        self._list = words
        self._articles = frozenset(words.articles)
        numerals = {w: n for n, said in vocabulary.limits.numerals.items() for w in said}
        self._mender = Mender(
            lexicon,
            speller,
            words.in_list,
            lambda word: words.heads.get(stem(word), 0.0) >= 0.2,
            [said for others in vocabulary.marks.values() for said in others],
            devices.number_words,
        )
        self._letters = LettersSaid(
            vocabulary.letters,
            numerals,
            # a bound method of the parser would keep a swapped index alive
            partial(_is_spelt, words, lexicon.surfaces, self._articles),
        )
        self._words = WordsReader(vocabulary, lexicon, speller, words)
        # no bound method, as above
        idle = partial(_says_nothing, words, lexicon.surfaces, colours)
        self._negation = NegationReader(vocabulary, idle)
        self._money = MoneyReader(vocabulary)
        self._sale = SaleReader(vocabulary)
        self._count = CountReader(vocabulary)
        self._numerals = Numerals(numerals)

    def parse(self, text: str, *, about: Query | None = None) -> list[Query]:
        """One query for each of the goods that the text asks for, in its order; at least one.

        A part without a device takes that of the next part that names one, else of the one
        before; a part that is only a device («акб на 11 и на 12») takes the goods before it.

        :param text: anything at all, as typed.
        :param about: what the dialog is about: a bare «12» is a model of its device's line.
        """
        if copied := self.copied(text):
            return [copied]
        whole = self.parse_one(text, about=about)
        parts = [p for p in _BREAK.split(text[:_READ].lower()) if p.strip()]
        if not 2 <= len(parts) <= 2 * _MOST_GOODS or '"' in text or whole.code_said:
            return [whole]
        groups = self._grouped(parts, about)
        if len(groups) == 1 and whole.talk and groups[0].goods:
            return groups  # «отвертка, и доставка есть?»
        if not 2 <= len(groups) <= _MOST_GOODS:
            return [whole]
        if not self._is_sold(groups[0]) or any(q.code_said for q in groups):
            return [whole]
        if self._is_one_thing(whole, groups):
            return [whole]
        return self._completed(groups)

    def _is_one_thing(self, whole: Query, groups: Sequence[Query]) -> bool:
        """Whether the vocabulary knows the goods together: «клавиатура и мышь»."""
        named = [{w for g in q.goods for w in g.said.split()} for q in groups if q.goods]
        for one in whole.words:
            said = set(one.said.split())
            if len({frozenset(words & said) for words in named if words & said}) > 1:
                return True
        return False

    def _grouped(self, parts: Sequence[str], about: Query | None) -> list[Query]:
        """The parts as queries, each property read with the goods that it stands after."""
        groups: list[tuple[str, Query]] = []
        wished = False
        for part in parts:
            context = groups[-1][1] if groups and groups[-1][1].devices else about
            query = self.parse_one(part, about=context)
            beside = not query.searchable and not query.facets
            if beside and not query.price.bounded and not query.sale:
                continue
            own = bool(query.goods) or (query.models and not query.words)
            wished = wished or _SO_THAT.match(part) is not None  # «чтобы телефон, часы и наушники»
            own = own and not wished
            if groups and not own:
                joined = f"{groups[-1][0]}, {part}"
                groups[-1] = (joined, self.parse_one(joined, about=about))
                continue
            groups.append((part, query))
        return [query for _, query in groups]

    def _completed(self, groups: Sequence[Query]) -> list[Query]:
        """Each of the groups with the goods or the device that it leaves to the others."""
        found: list[Query] = []
        for at, query in enumerate(groups):
            if not query.goods and found:
                kept = tuple(f for f in found[-1].facets if f.name in ("goods", "quality", "part"))
                query = replace(query, facets=(*kept, *query.facets))
            if not query.devices:
                near = (*groups[at + 1 :], *reversed(groups[:at]))
                query = replace(query, devices=next((q.devices for q in near if q.devices), ()))
            found.append(query)
        return found

    @staticmethod
    def _is_sold(query: Query) -> bool:
        return any(word.options for word in query.goods)

    def heard(self, text: str) -> str:
        """The text in the right keyboard layout and alphabet, its small words as they are spelt.

        For whoever reads more of it than goods; as typed where nothing is to be mended.
        """
        return "\n".join(map(self._heard, text.split("\n")))

    def turned(self, text: str) -> str:
        """A text in the right keyboard layout; as typed where nothing is to be mended."""
        cleaned = clean(text)
        turned = self._turned(cleaned)
        return text if turned == cleaned else turned

    def _heard(self, line: str) -> str:
        if not any(letter.isalpha() for letter in line):
            return line  # «№ 2»
        cleaned = clean(line)
        russian = self._mender.in_russian(self._turned(cleaned))
        heard = self._small_words(self._letters.written(russian)[0])
        return line if heard == cleaned else heard

    def _turned(self, cleaned: str) -> str:
        return repair(cleaned, self.knows, self._guessed)

    def _small_words(self, text: str) -> str:
        return _WORD.sub(lambda word: self._mender.small(word[0]), text)

    # --- one of the goods

    def parse_one(self, text: str, *, about: Query | None = None) -> Query:
        """What is understood of a text as one question; never raises on any text."""
        cleaned = clean(text)
        steps: list[tuple[str, str, str]] = []
        if code := self._codes.read(self._as_code(cleaned)):
            return self._of_code(text, cleaned, code)
        turned = self._turned(cleaned)
        if turned != cleaned:
            steps.append(("раскладка", cleaned, turned))
        russian = self._mender.in_russian(turned)
        if russian != turned:
            steps.append(("транслит", turned, russian))
        pressed, unquoted = self._quoted(russian)
        spelt = self._small_words(unquoted)
        if spelt != unquoted:
            steps.append(("опечатка", unquoted, spelt))
        price, sort, rest = self._money.read(self._numerals.in_digits(spelt))
        sale, rest = self._sale.read(rest)
        quantity, rest = self._count.read(rest)
        rest = self._negation.said(self._lexicon.units.said(rest))
        rest, letters = self._letters.written(rest)
        steps += [("по буквам", said, meant) for said, meant in letters]
        found = tokens(rest, self._lexicon.units)[:MOST]
        mended = self._mender.mend(found)
        steps += mended.steps
        found = mended.tokens
        pieces = self._lexicon.fold(found)
        negated = self._negation.read(pieces, found)
        refusals = self._negation.refusals(pieces, found)
        pieces = [p._replace(sort="filler") if p.start in refusals else p for p in pieces]
        tagged = self._tagger.read(pieces, found, about=_first_device(about), negated=negated)
        values, left = self._values(pieces, found, tagged.used, negated)
        left, talk = self._without_talk(left, found)
        models = any(not d.whole and not d.exclude for d in tagged.devices)
        words = self._words.read(left, mended, for_device=models, negated=negated)
        facets: list[Facet] = [*words, *dict.fromkeys(values)]
        return Query(
            text=text,
            facets=tuple(facets),
            devices=tagged.devices,
            price=price,
            sale=sale,
            sort=sort,
            quantity=quantity,
            pressed=pressed,
            unknown=tuple(w.said for w in words if w.how == "unknown" and not w.options),
            talk=talk,
            idle=self._idle(left, found),
            corrections=tuple(Correction(kind=k, typed=t, read=r) for k, t, r in steps),
        )

    def general(self, query: Query) -> str:
        """What the goods of a query are called together with their kin, "" for none."""
        return next((said for word in query.goods if (said := self._words.slang.general(word))), "")

    def knows(self, word: str) -> bool:
        """Whether a (clean) word makes sense as typed."""
        if not word:
            return False
        if word.isdigit():
            return True
        if len(word) == 1:
            return word in self._lexicon.fillers
        if has_digit(word):
            return self._list.in_list(word)
        return self._mender.knows(word) or is_word(word)

    def _of_code(self, text: str, cleaned: str, code: tuple[str, Sequence[int]]) -> Query:
        typed, rows = code
        section = None if self._codes.whole(cleaned, rows) else self._sections.read(cleaned)
        positions = section[1] if section else tuple(rows)
        return Query(
            text=text,
            codes=tuple(self._list.codes[at] for at in positions),
            code_said=typed,
            section=section[0] if section else "",
        )

    def copied(self, text: str) -> Query | None:
        """A name of the list, whole, and perhaps a count: it is that row, as its code is."""
        cleaned, quantity = clean(text), 0
        if not self.names.read(cleaned):
            return None
        row = self.names.is_whole(cleaned)
        if row < 0:
            quantity, uncounted = self._count.read(cleaned)
            row = self.names.is_whole(uncounted) if quantity else -1
        if row < 0:
            return None
        code = self._list.codes[row]
        return Query(text=text, codes=(code,), code_said=code, quantity=quantity)

    def _values(
        self,
        pieces: Sequence[Piece],
        found: Sequence[Token],
        used: Container[int],
        negated: Container[int],
    ) -> tuple[list[Value | Colour], list[Piece]]:
        """The values and colours, and the pieces left when devices are taken too."""
        values: list[Value | Colour] = []
        left: list[Piece] = []
        for piece in pieces:
            if piece.start in used or piece.sort == "sign":
                continue
            token, out = found[piece.start], piece.start in negated
            if piece.sort == "quantity" and token.quantities:
                for q in token.quantities:
                    said = self._ports_said(q) or token.typed
                    name = _VALUES.get(q.dimension)
                    if name is not None:
                        values.append(Value(name=name, amount=q.value, said=said, exclude=out))
            elif piece.sort == "number" and self._is_capacity(piece.lexeme):
                amount = float(piece.lexeme)
                values.append(Value(name="capacity", amount=amount, said=token.typed, exclude=out))
            elif piece.sort == "word" and (of := self._colours.of_word(token.text)):
                values.append(Colour(colour=of, said=token.typed, exclude=out))
            else:
                left.append(piece)
        return values, left

    def _ports_said(self, quantity: Quantity) -> str:
        """«2 Type-C» where the socket's own word is read apart from its number."""
        known = quantity.dimension in self._ports
        return self._lexicon.units.spoken(quantity) if known else ""

    def _idle(self, left: Sequence[Piece], found: Sequence[Token]) -> tuple[str, ...]:
        return tuple(
            found[p.start].typed
            for p in left
            if p.sort == "word"
            and not self._list.in_list(p.lexeme)
            and p.lexeme not in self._lexicon.optional
            and part_of_speech(found[p.start].text) == "service"
        )

    def _as_code(self, text: str) -> str:
        """Digits alone that are no part number of the list are the end of a code: «51587»."""
        alone = text.strip(" ?.!#")
        if not alone.isdigit() or len(alone) < _SHORTEST_CODE:
            return text
        number = alone.lstrip("0")
        if self._list.in_list(number) or self._list.in_list(f"{number}:capacity"):
            return text
        code = self._codes.read(as_code := f"код {alone}")
        is_code = code is not None and bool(code[1])
        return text if not is_code and self._words.articles.has_digits(alone) else as_code

    def _without_talk(
        self, left: Sequence[Piece], found: Sequence[Token]
    ) -> tuple[list[Piece], tuple[str, ...]]:
        """Words about goods, and those about the shop: «доставка в Шую» with its place."""
        kept: list[Piece] = []
        talk: list[str] = []
        follows = False
        for piece in left:
            about = piece.lexeme in self._talk and not self._list.in_list(piece.lexeme)
            place = follows and piece.sort == "word" and not self._list.in_list(piece.lexeme)
            if about or place:
                talk.append(found[piece.start].typed)
            else:
                kept.append(piece)
            follows = about or (follows and piece.sort == "filler")
        return kept, tuple(talk)

    def _quoted(self, text: str) -> tuple[str, str]:
        """What goods are called where that is in quotes, and the text without it."""
        for match in _QUOTED.finditer(text):
            if match[1] in self._list.goods:
                return match[1], f"{text[: match.start()]} {text[match.end() :]}".strip()
        return "", text

    def _is_capacity(self, number: str) -> bool:
        """Whether a number without a unit can only be mAh."""
        if not number.isdigit() or not 1000 <= int(number) <= 100_000:
            return False
        if self._words.articles.has_lettered(number):
            return False  # «таблетка 1620»
        return not self._list.in_list(number) and int(number) % 10 == 0

    def _guessed(self, word: str) -> bool:
        guesses = self._speller.guesses(word)
        return bool(guesses) and guesses[0].cost <= 1.0


def _first_device(about: Query | None) -> Device | None:
    if about is None:
        return None
    return next((d for d in about.devices if not d.exclude), None)


def _is_spelt(
    words: ListWords, surfaces: Container[str], articles: Container[str], text: str
) -> bool:
    """Whether letters and digits are a part number or an abbreviation of the list."""
    if not text.isalpha():
        # a model has one letter: «эй 52» is left to the devices
        return text in articles or (text[:2].isalpha() and words.in_list(text))
    return text in surfaces or words.in_list(text)


def _says_nothing(
    words: ListWords, surfaces: Container[str], colours: Colours, piece: Piece, token: Token
) -> bool:
    """Whether a word is of no row, no device and no colour: «в руки», «висят»."""
    known = words.in_list(piece.lexeme) or token.text in surfaces
    return not (known or colours.of_word(token.text))

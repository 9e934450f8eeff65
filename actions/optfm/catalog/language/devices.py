"""Which devices a text names: «Xiaomi Redmi Note 11 Pro/11 Pro+ 5G» is two of them.

One reading for rows and questions. What the vocabulary does not know (a new brand, a new line of
phones) is learnt from the list: the Latin word after «совместим с», the word before a number.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from optfm.catalog.language.lexicon import Lexicon, Piece
from optfm.catalog.language.stems import stem
from optfm.catalog.language.units import Quantity
from optfm.catalog.vocabulary import Vocabulary

_NUMBER = re.compile(r"\d{1,4}[a-z]{0,2}|[a-z]{1,4}-?\d{1,5}[a-z]{0,3}\d?[a-z]?|x|xs|xr|se\d?|z\d?")
_PLAIN = re.compile(r"\d{1,4}[a-z]{0,2}|[a-z]{1,2}\d{1,3}[a-z]{0,2}|x|xs|xr|se\d?")
_YEAR = re.compile(r"20[0-3]\d")
_LATIN = re.compile(r"[a-z][a-z0-9]*")
_SPLIT = re.compile(r"(\d{1,3}[a-z]?)(pro|plus|max|promax|mini|lite|ultra|fe|se|neo|prime|air)")
_GLUED = re.compile(r"([a-z]{2,})(\d{1,4}[a-z]{0,2})")
_PART = re.compile(r"sm([a-z]\d{3}[a-z0-9]*)")
_SEPARATORS = frozenset("/,|;&")
_COMMON = frozenset(
    {
        "play", "view", "neo", "smart", "hot", "pop", "zero", "note", "magic", "switch",
        "galaxytab", "mate", "nova", "mimix", "enjoy", "phantom", "moto", "power", "nord"
    }
)  # fmt: skip
_MARKERS = frozenset({"совместим", "совместима", "совместимо", "совместимы", "совм", "для"})


class Mention(NamedTuple):
    """One device as a text names it."""

    brands: frozenset[str]  #: empty when none was named
    series: str  #: canonical name of the line, "" when none was named
    number: str  #: "13", "a12", "x"; "" for a line without a number
    marks: frozenset[str] = frozenset()  #: "pro", "max"…
    net: str = ""  #: "4g", "5g" or ""
    year: str = ""
    label: str = ""  #: for people

    @property
    def key(self) -> tuple[object, ...]:
        """What tells devices apart."""
        return self[:6]


class Devices:
    """Brands, lines and marks, as the vocabulary and the list know them."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self.brands: dict[str, str] = {}
        self.series_brand: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.marks: dict[str, str] = {}
        self._phrases: dict[tuple[str, ...], str] = {}
        self._longest = 1
        self._beginnings: set[str] = set()
        for brand in vocabulary.brands:
            self.brands[_one(lexicon, brand)] = brand
        for name, series in vocabulary.series.items():
            self.series_brand[name] = series.brand
            if series.hidden:
                self.hidden.add(name)
            for words in (name, *series.words):
                key = lexicon.lexemes(words)
                if key:
                    self._phrases[key] = name
                    self._beginnings.add(key[0])
                    self._longest = max(self._longest, len(key))
        for mark in vocabulary.marks:
            self.marks[_one(lexicon, mark)] = mark
        self._not_marks = frozenset(vocabulary.not_marks)
        self._nets = frozenset(vocabulary.nets)
        self._same = vocabulary.same_numbers
        self.number_words = {
            _key(word): number for number, words in vocabulary.numbers.items() for word in words
        }
        #: lines told apart by a size: iPad Pro 11", Apple Watch 44 мм
        self.sized = {
            "ipad": ("size",),
            "ipadpro": ("size",),
            "applewatch": ("length", "size"),
            "galaxytab": ("size",),
        }
        #: words of the trade that are no brand of devices, wherever they stand: «used»
        self._trade = frozenset(x for word in vocabulary.synonyms for x in lexicon.lexemes(word))
        #: learnt from the list
        self.learnt_brands: set[str] = set()
        self.learnt_series: set[str] = set()

    def learn(self, rows: Iterable[Sequence[Piece]]) -> None:
        """Take brands and lines that the vocabulary has no word of from the names of rows."""
        after: dict[str, int] = {}
        lines: dict[str, int] = {}
        for pieces in rows:
            marked = False
            for at, piece in enumerate(pieces):
                following = pieces[at + 1] if at + 1 < len(pieces) else None
                if piece.sort == "filler":
                    marked = marked or piece.lexeme in _MARKERS
                    continue
                if marked and piece.sort == "word" and piece.lexeme not in self.brands:
                    word = piece.lexeme
                    if (
                        _LATIN.fullmatch(word)
                        and len(word) >= 2
                        and word not in self._trade
                        and (word,) not in self._phrases
                        and following is not None
                        and following.sort in ("word", "code", "number")
                    ):
                        after[word] = after.get(word, 0) + 1
                if (
                    piece.sort == "word"
                    and piece.lexeme in self.brands | after
                    and following is not None
                    and following.sort == "word"
                    and _LATIN.fullmatch(following.lexeme)
                    and len(following.lexeme) >= 2
                    and following.lexeme not in self.marks
                    and following.lexeme not in self.brands
                    and (following.lexeme,) not in self._phrases
                    and at + 2 < len(pieces)
                    and pieces[at + 2].sort in ("number", "code")
                ):
                    lines[following.lexeme] = lines.get(following.lexeme, 0) + 1
                marked = False
        for word, times in after.items():
            if times >= 2 and word not in self.brands:
                self.brands[word] = word
                self.learnt_brands.add(word)
        for word in lines:
            if word not in self.brands:
                self._phrases[(word,)] = word
                self._beginnings.add(word)
                self.series_brand.setdefault(word, "")
                self.learnt_series.add(word)

    def is_brand(self, lexeme: str) -> bool:
        """Whether the lexeme is a brand of devices."""
        return lexeme in self.brands

    def series_of(self, lexeme: str) -> str:
        """The line of devices that the one word names, or ""."""
        return self._phrases.get((lexeme,), "")

    def folded(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Pieces with the names of lines as one, and numbers apart from words glued to them."""
        apart: list[Piece] = []
        for piece in pieces:
            apart.extend(self._apart(piece) if piece.sort == "code" else (piece,))
        result: list[Piece] = []
        at = 0
        while at < len(apart):
            if apart[at].lexeme not in self._beginnings:
                result.append(apart[at])
                at += 1
                continue
            for length in range(min(self._longest, len(apart) - at), 0, -1):
                window = apart[at : at + length]
                name = self._phrases.get(tuple(p.lexeme for p in window))
                if name and all(p.sort not in ("sign", "filler") for p in window):
                    result.append(Piece(name, "series", window[0].start, window[-1].end))
                    at += length
                    break
            else:
                result.append(apart[at])
                at += 1
        return result

    def _apart(self, piece: Piece) -> Iterable[Piece]:
        text = piece.lexeme
        if match := _PART.fullmatch(text):
            return (piece._replace(lexeme=match[1]),)
        if match := _SPLIT.fullmatch(text):
            tail = match[2]
            ends = ("pro", "max") if tail == "promax" else (tail,)
            first = piece._replace(lexeme=match[1], sort=_sort(match[1]))
            return (first, *(piece._replace(lexeme=e, sort="word") for e in ends))
        if match := _GLUED.fullmatch(text):
            word, number = match[1], match[2]
            if (word,) in self._phrases or word in self.brands:
                return (
                    piece._replace(lexeme=word, sort="word"),
                    piece._replace(lexeme=number, sort=_sort(number)),
                )
        return (piece,)

    def in_row(
        self,
        pieces: Sequence[Piece],
        sizes: Mapping[int, Sequence[Quantity]],
        brand: str = "",
    ) -> list[Mention]:
        """The devices that the name of a row fits.

        :param sizes: the quantities of the name by the token they begin at.
        :param brand: of the groups above, for names that leave it out.
        """
        reader = _RowReader(self, frozenset({brand}) if brand else frozenset())
        return reader.read(self.folded(pieces), sizes)

    def is_common_word(self, series: str) -> bool:
        """Whether the name of the line also is a word of goods («Mix», «Pop», «Smart»)."""
        return series in _COMMON

    def same(self, series: str) -> Mapping[str, str]:
        """Numbers of the line that are another number said differently."""
        return self._same.get(series, {})

    def canonical(self, series: str, number: str, year: str) -> tuple[str, str]:
        """A line's number said in another way: «iPhone 10» is X; as (number, year)."""
        if series and not year and _YEAR.fullmatch(number):
            return "", number  # «P Smart 2019» is «P Smart (2019)»
        same = self._same.get(series, {}).get(number)
        if same is None:
            return number, year
        number, _, other = same.partition(" ")
        return number, other or year

    def is_net(self, lexeme: str) -> bool:
        """Whether it is «5g» and the like."""
        return lexeme in self._nets

    def is_changing(self, mark: str) -> bool:
        """Whether the mark makes it another device (Pro does, NFC does not)."""
        return mark not in self._not_marks


class _RowReader:
    """Reads the devices of a row's name, left to right."""

    def __init__(self, devices: Devices, brands: frozenset[str]) -> None:
        self.devices = devices
        self.brands = brands
        self.series = ""
        self.lines: list[str] = []  # of the current brand, in this name, "" for none
        self.active = False
        self.mentions: list[Mention] = []

    def read(
        self, pieces: Sequence[Piece], sizes: Mapping[int, Sequence[Quantity]]
    ) -> list[Mention]:
        devices = self.devices
        at, depth = 0, 0
        slash = named_inside = False  # «BN46 (Redmi 7/Note 6)», unlike «(1904/1906)»
        brand_open = False  # the last word was a brand: another adds to it
        while at < len(pieces):
            piece = pieces[at]
            lexeme = piece.lexeme
            if piece.sort == "sign":
                depth += (lexeme in "([") - (lexeme in ")]")
                named_inside = named_inside and depth > 0
                if lexeme in _SEPARATORS:
                    slash = True
                elif lexeme in '+"' or lexeme == "[":
                    self.active = False
                at += 1
                continue
            if piece.sort == "series" and (
                self.active or not (self.mentions or devices.is_common_word(lexeme))
            ):
                self._open_series(lexeme)
                named_inside = depth > 0
                at = self._after_series(pieces, at + 1)
                slash = brand_open = False
                continue
            if lexeme in devices.brands and piece.sort == "word":
                name = devices.brands[lexeme]
                self.brands = (
                    self.brands | {name} if brand_open and not slash else frozenset({name})
                )
                self.series, self.lines = "", []
                self.active = brand_open = True
                named_inside = depth > 0
                slash = False
                at += 1
                continue
            brand_open = False
            if self.active and piece.sort in ("number", "code", "word"):
                end = self._number(pieces, at, slash=slash, inside=depth > 0 and not named_inside)
                if end:
                    at, slash = end, False
                    continue
            if piece.sort == "quantity" or depth > 0:
                if piece.sort == "quantity" and self.series in devices.sized:
                    self._sizes(sizes.get(piece.start, ()))
                at += 1
                continue
            if piece.sort == "word":
                ended = bool(self.mentions) and not slash
                self.active = self.active and not ended and bool(_LATIN.fullmatch(lexeme))
            slash = False
            at += 1
        return list(dict.fromkeys(self.mentions))

    def _sizes(self, quantities: Sequence[Quantity]) -> None:
        for quantity in quantities:
            if quantity.dimension in self.devices.sized[self.series]:
                self._add(f"{quantity.value:g}", frozenset(), "", "")

    def _open_series(self, name: str) -> None:
        brand = self.devices.series_brand.get(name, "")
        if name == "note":
            if "xiaomi" in self.brands or self.series in ("redmi", "redminote"):
                name = "redminote"
        elif brand and brand not in self.brands and not _same_maker(brand, self.brands):
            self.brands = frozenset({brand})
        self.series = "" if name in self.devices.hidden else name
        self.active = True

    def _after_series(self, pieces: Sequence[Piece], at: int) -> int:
        """A line without a number is a device too: «Mi Max», «Honor Play»."""
        following = pieces[at] if at < len(pieces) else None
        if following is not None and self._is_number(following, inside=False):
            return at
        if following is not None and following.lexeme in self.devices.same(self.series):
            self._add(following.lexeme, *self._marks(pieces, at + 1)[:3])
            return at + 1
        if not self.series:
            return at
        marks, net, year, end = self._marks(pieces, at)
        if year or following is None or following.sort in ("sign", "word", "filler"):
            self._add("", marks, net, year)
            return end
        return at

    def _is_number(self, piece: Piece, *, inside: bool) -> bool:
        if piece.sort not in ("number", "code", "word"):
            return False
        if self.devices.is_net(piece.lexeme) or piece.lexeme in self.devices.marks:
            return False
        if piece.sort == "quantity":
            return False
        if piece.sort == "number" and inside:
            return False
        if _YEAR.fullmatch(piece.lexeme) and not self.series:
            return False
        return _NUMBER.fullmatch(piece.lexeme) is not None

    def _number(self, pieces: Sequence[Piece], at: int, *, slash: bool, inside: bool) -> int:
        piece = pieces[at]
        if not self._is_number(piece, inside=inside):
            return 0
        number = piece.lexeme
        yearless = bool(self.mentions) and not self.mentions[-1].year
        if inside and yearless and _YEAR.fullmatch(number) and self.series != "sparkgo":
            return 0
        numbers = [number]
        just_named = at > 0 and pieces[at - 1].sort == "series"
        last = self.mentions[-1].number if self.mentions else ""
        if slash and number.isdigit() and re.fullmatch(rf"[a-z]+\d{{{len(number)}}}[a-z]*", last):
            numbers.append(re.match(r"[a-z]+", last)[0] + number)  # type: ignore[index]
        marks, net, year, end = self._marks(pieces, at + 1)
        for one in numbers:
            self._add(one, marks, net, year)
        if slash and not just_named and number[0].isdigit():
            for other in self.lines:
                if other != self.series:
                    self._add(number, marks, net, year, series=other)
        if self.series not in self.lines:
            self.lines.append(self.series)
        return end

    def _marks(self, pieces: Sequence[Piece], at: int) -> tuple[frozenset[str], str, str, int]:
        marks: set[str] = set()
        net = year = ""
        while at < len(pieces):
            piece = pieces[at]
            lexeme = piece.lexeme
            if piece.sort in ("word", "series") and (
                lexeme in self.devices.marks or lexeme in ("neo", "play", "e", "s")
            ):
                marks.add(self.devices.marks.get(lexeme, lexeme))
            elif self.devices.is_net(lexeme):
                net = "4g" if lexeme == "lte" else lexeme
            elif _YEAR.fullmatch(lexeme) and piece.sort == "number":
                year = lexeme
            elif (
                lexeme == "("
                and at + 2 < len(pieces)
                and _YEAR.fullmatch(pieces[at + 1].lexeme)
                and pieces[at + 2].lexeme == ")"
            ):
                year = pieces[at + 1].lexeme
                at += 2
            else:
                break
            at += 1
        return frozenset(filter(self.devices.is_changing, marks)), net, year, at

    def _add(
        self,
        number: str,
        marks: frozenset[str],
        net: str,
        year: str,
        series: str | None = None,
    ) -> None:
        line = self.series if series is None else series
        number, year = self.devices.canonical(line, number, year)
        mention = Mention(self.brands, line, number, marks, net, year)
        self.mentions.append(mention._replace(label=spoken(mention)))


def _same_maker(brand: str, brands: frozenset[str]) -> bool:
    return brand == "honor" and "huawei" in brands


_SPOKEN = {
    "iphone": "iPhone", "ipad": "iPad", "redminote": "Redmi Note", "ipadpro": "iPad Pro",
    "ipadair": "iPad Air", "ipadmini": "iPad mini", "psmart": "P Smart", "sparkgo": "Spark Go",
    "applewatch": "Apple Watch", "airpods": "AirPods", "airpodspro": "AirPods Pro",
    "galaxytab": "Galaxy Tab", "miband": "Mi Band", "mimax": "Mi Max", "minote": "Mi Note",
    "mimix": "Mi Mix", "povaneo": "Pova Neo", "macbook": "MacBook",
    "realmegt": "Realme GT", "mi": "Xiaomi Mi", "airpodsmax": "AirPods Max",
    "mini": "mini", "se": "SE", "fe": "FE", "zte": "ZTE", "htc": "HTC", "lg": "LG", "hp": "HP",
}  # fmt: skip
_NAMED_LINES = frozenset({"redmi", "redminote", "poco", "minote", "mimax", "mimix", "nova", "mate"})
_ORDER = ("pro", "plus", "max", "mini", "lite", "ultra")


def of_brand(mention: Mention) -> tuple[str, ...]:
    """The brands of a device as a shop sorts by them: Apple's are its lines."""
    if "apple" in mention.brands and mention.series:
        line = next((x for x in ("ipad", "airpods") if mention.series.startswith(x)), "")
        return (printed(line or mention.series),)
    return tuple(printed(brand) for brand in sorted(mention.brands))


def printed(name: str) -> str:
    """A brand or a line for people."""
    return _SPOKEN.get(name, name.capitalize())


def spoken(mention: Mention) -> str:
    """The device for people: «iPhone 13 Pro Max», «Samsung A12»."""
    marks = sorted(mention.marks, key=lambda m: (_ORDER.index(m) if m in _ORDER else 9, m))
    number = mention.number.upper() if len(mention.number) > 2 else mention.number
    number = {"x": "X", "xs": "XS", "xr": "XR", "se": "SE"}.get(number, number)
    number = number.upper()
    words = [mention.series or min(mention.brands, default=""), number, *marks]
    if mention.series and mention.series not in _SPOKEN:
        words.insert(0, min(mention.brands, default=""))
    words = [_SPOKEN.get(w, w.capitalize() if w.islower() and w.isalpha() else w) for w in words]
    extra = [mention.net.upper(), mention.year]
    return " ".join(w for w in (*words, *extra) if w)


def closeness(
    asked: Mention, there: Mention, kin: Mapping[str, str], plain: frozenset[str] = frozenset()
) -> float:
    """How surely the device of a row is the one asked for; 0 is another device.

    1 the same; .9 the list does not say the year or net; .8 said without its line or brand;
    .6 the net or year is asked and the row does not say it.

    :param kin: brand → the brand it counts as.
    :param plain: brands with a line that has no name but numbers: «Xiaomi 14» is no Redmi 14.
    """
    if asked.marks != there.marks:
        return 0.0
    value = 1.0
    if asked.brands and there.brands and not asked.brands & there.brands:
        named = {kin.get(b, b) for b in asked.brands} & {kin.get(b, b) for b in there.brands}
        if not named:
            return 0.0
        value = 0.95
    if asked.series != there.series and not (asked.series == "mi" and not there.series):
        if asked.series == "note" and there.series.endswith("note"):
            value = min(value, 0.95)
        elif not asked.series:
            if asked.number.isdigit() and asked.brands & plain and there.series in _NAMED_LINES:
                return 0.0
            value = min(value, 0.8 if asked.brands else 0.75)
        elif not there.series and there.brands and asked.number[:1].isalpha():
            value = min(value, 0.8)
        else:
            return 0.0
    for mine, theirs in ((asked.net, there.net), (asked.year, there.year)):
        if mine and theirs and mine != theirs:
            return 0.0
        if theirs and not mine:
            value = min(value, 0.9)
        elif mine and not theirs:
            value = min(value, 0.6)
    return value


def _one(lexicon: Lexicon, word: str) -> str:
    return (lexicon.lexemes(word) or (word,))[0]


def _key(word: str) -> str:
    return " ".join(stem(part) if len(part) > 1 else part for part in word.split())


def _sort(text: str) -> str:
    return "number" if text.isdigit() else "code" if re.search(r"\d", text) else "word"

"""Brands, lines and marks of devices: what a text may name one by.

One reading for rows and questions. What the vocabulary does not know (a new brand, a new line of
phones) is learnt from the list: the Latin word after «совместим с», the word before a number.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from optfm.text.lexicon import Lexicon, Piece
from optfm.text.morphology import forms, stem
from optfm.text.vocabulary import Vocabulary

_YEAR = re.compile(r"20[0-3]\d")
_LATIN = re.compile(r"[a-z][a-z0-9]*")
_GLUED = re.compile(r"([a-z]{2,})(\d{1,4}[a-z]{0,2})")
_PART = re.compile(r"sm([a-z]\d{3}[a-z0-9]*)")
_MARKERS = frozenset({"совместим", "совместима", "совместимо", "совместимы", "совм", "для"})


class Devices:
    """Brands, lines and marks, as the vocabulary and the list know them."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self.brands: dict[str, str] = {}
        self.series_brand: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.alone: set[str] = set()  #: lines whose name alone is a device
        self.line_marks: set[str] = set()  #: lines that follow a number, too: «Hot 12 Play»
        self.sized: dict[str, tuple[str, ...]] = {}  #: lines told apart by a size: iPad Pro 11"
        self.marks: dict[str, str] = {}
        self._common: set[str] = set()
        self._numbers_of: dict[str, frozenset[str]] = {}
        self._phrases: dict[tuple[str, ...], str] = {}
        self._longest = 1
        self._beginnings: set[str] = set()
        for brand in vocabulary.brands:
            self.brands[_one(lexicon, brand)] = brand
        for name, series in vocabulary.series.items():
            self.series_brand[name] = series.brand
            if series.hidden:
                self.hidden.add(name)
            if series.common:
                self._common.add(name)
            if series.alone:
                self.alone.add(name)
            if series.mark:
                self.line_marks.add(name)
            if series.sizes:
                self.sized[name] = series.sizes
            self._numbers_of[name] = frozenset(series.numbers)
            for words in (name, *series.words):
                key = lexicon.lexemes(words)
                if key:
                    self._phrases[key] = name
                    self._beginnings.add(key[0])
                    self._longest = max(self._longest, len(key))
        for mark in vocabulary.marks:
            self.marks[_one(lexicon, mark)] = mark
        self._split = _glued_marks(vocabulary.marks)
        self._not_marks = frozenset(vocabulary.not_marks)
        #: model numbers that are words: «x», «se»
        self.worded_numbers = frozenset(n for n in vocabulary.numbers if n.isalpha())
        self._nets = frozenset(vocabulary.nets)
        self._same = vocabulary.same_numbers
        self.number_words = {
            key: number
            for number, words in vocabulary.numbers.items()
            for word in words
            for key in _keys(word)
        }
        self.letter_words: dict[str, str] = {}
        for letter, names in vocabulary.letters.items():
            for name in names:
                self.letter_words.setdefault(_key(name), letter)
        self._codes = [
            (brand, re.compile(code.replace("#", r"(\d)") + r"(?:[a-z]{1,2}\d?)?"), number)
            for brand, codes in vocabulary.model_codes.items()
            for code, number in codes.items()
        ]
        self._parts = [
            (brand, re.compile(code.replace("#", r"([a-z]\d{3})") + "[a-z]*"))
            for brand, codes in vocabulary.part_codes.items()
            for code in codes
        ]
        self._other_numbers = {n for one in vocabulary.same_numbers.values() for n in one}
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
        if match := self._split.fullmatch(text):
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

    def is_common_word(self, series: str) -> bool:
        """Whether the name of the line also is a word of goods («Mix», «Pop», «Smart»)."""
        return series in self._common or series in self.marks

    def numbers_of(self, series: str) -> frozenset[str]:
        """Words that are numbers of the line and never follow one: «SE» of iPhones."""
        return self._numbers_of.get(series, frozenset())

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

    def of_code(self, code: str) -> tuple[str, str] | None:
        """(brand, number) of the device that a maker's code names: «a105f» is a Samsung A10."""
        for brand, pattern, number in self._codes:
            if match := pattern.fullmatch(code):
                for digit in match.groups():
                    number = number.replace("#", digit, 1)
                return brand, number
        return None

    def same_device(self, code: str) -> tuple[str, str] | None:
        """The same, for codes of one device: «J330» is sold as J3, and so are J320 and J310."""
        sold = self.of_code(code)
        return sold if sold is not None and len(re.findall(r"\d", sold[1])) > 1 else None

    def of_part(self, code: str) -> tuple[str, tuple[str, ...]] | None:
        """(brand, numbers) of the device that the code of a part holds: EB-BA515ABY, A515, A51."""
        for brand, pattern in self._parts:
            if match := pattern.fullmatch(code):
                sold = self.same_device(match[1])
                return brand, (match[1], sold[1]) if sold is not None else (match[1],)
        return None

    def line_of_number(self, number: str) -> str:
        """The one line that says a number of its own so («10r»: iPhone), "" for none or several."""
        if number.isdigit():
            return ""
        lines = [line for line, numbers in self._same.items() if number in numbers]
        return lines[0] if len(lines) == 1 else ""

    def is_other_number(self, number: str) -> bool:
        """Whether some line says a number of its own in this way: «10r»."""
        return number in self._other_numbers

    def is_net(self, lexeme: str) -> bool:
        """Whether it is «5g» and the like."""
        return lexeme in self._nets

    def is_changing(self, mark: str) -> bool:
        """Whether the mark makes it another device (Pro does, NFC does not)."""
        return mark not in self._not_marks


def _glued_marks(marks: Iterable[str]) -> re.Pattern[str]:
    """A number and the mark glued to it: «13pro», «s20fe»."""
    tails = "|".join(sorted((m for m in {*marks, "promax"} if len(m) > 1), key=len, reverse=True))
    return re.compile(rf"([a-z]?\d{{1,3}}[a-z]?)({tails})")


def _one(lexicon: Lexicon, word: str) -> str:
    return (lexicon.lexemes(word) or (word,))[0]


def _keys(word: str) -> set[str]:
    """A number's word in all its forms: «десятку» has the stem of «десяток»."""
    if " " in word or len(word) < 4:
        return {_key(word)}
    return {_key(word), *(stem(form) for form in forms(word))}


def _key(word: str) -> str:
    return " ".join(stem(part) if len(part) > 1 else part for part in word.split())


def _sort(text: str) -> str:
    return "number" if text.isdigit() else "code" if re.search(r"\d", text) else "word"

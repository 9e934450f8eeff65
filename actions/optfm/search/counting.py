"""How many pieces a question asks for: «5 шт», «штук десять», «10 кабелей», and not a model."""

import re

from optfm.text.morphology import is_abbreviation, is_of, is_of_many, is_subject, part_of_speech
from optfm.text.phrases import START, alternatives
from optfm.text.vocabulary import Vocabulary

_FEW = (2, 3, 4)
#: «по 50» is a price sooner than pieces
_MOST_EACH = 30
#: what stands before a number that is a model: «айфон 5 дисплея»
_NAMING = re.compile(r"(?:[a-z]{2,}|[а-я]{4,})\s+$")


class CountReader:
    """Reads numbers of pieces by the words of `limits.yml`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary.limits
        self._numerals = {w: number for number, said in words.numerals.items() for w in said}
        amount = rf"(\d{{1,4}}|{alternatives(self._numerals)})"
        pieces = rf"{alternatives(words.count['штуки'])}\.?"
        self._before = re.compile(rf"(?<![\w.,-]){amount}\s*-?\s*{pieces}")
        self._after = re.compile(rf"{START}{pieces}\s+{amount}(?![\w.,])")
        self._of_goods = re.compile(rf"(?<![\w.,-]){amount}\s+([а-я]{{4,}})")
        #: «стёкол 20», «чехлов чёрных 10 на айфон 15»: what follows is no part of a model's name
        self._many = re.compile(
            rf"(?<![\w.,-])([а-я]{{4,}})\s+({amount})"
            rf"(?=\s*(?:[?!.;]|$)|\s+(?:на|для|под|к)\s)"
        )
        self._no_count = frozenset(words.count["не_счёт"])
        self._sizes = frozenset(map(int, words.count["объёмы"]))
        # What has no cases is counted where its device is named behind: «10 акб на редми 9».
        self._of_caseless = re.compile(
            rf"(?<![\w.,-]){amount}\s+([а-я]{{2,3}})\s+(?:на|для|под|к)\s+(?:[а-я]+\s+){{0,2}}\w*[a-z\d]"
        )
        #: «5 акб айфон 7», «10 дисплей xiaomi redmi 9»: the line has a number of its own
        self._before_device = re.compile(
            rf"^{amount}\s+([а-я]{{3,}})\s+(?:[a-zа-я]{{2,}}\s+){{1,2}}[a-zа-я]?\d+(?!\w)"
        )
        #: «акб по 2»: of each, and no price
        self._each = re.compile(rf"{START}по\s+(\d{{1,2}})\s*[?.!]*$")
        self._devices = frozenset(
            word for name, series in vocabulary.series.items() for word in (name, *series.words)
        ) | frozenset(w for name, said in vocabulary.brands.items() for w in (name, *said))
        self._devices |= frozenset(
            w for name, said in vocabulary.marks.items() for w in (name, *said)
        )
        packs = alternatives(words.count["упаковки"])
        self._packed = re.compile(
            rf"({START}{packs}) (?:по |из )?{amount}(?![\w.,])(?!\s*{pieces}(?!\w))"
            rf"|({START}{packs}) (?:по|из) {amount}\s*{pieces}(?!\w)"
        )
        self._pieces = words.count["штуки"][0]
        self._unit = re.compile(alternatives(words.count["не_количество"]))
        self._units = frozenset(name for names in vocabulary.units.values() for name in names)

    def read(self, text: str) -> tuple[int, str]:
        """How many pieces clean text asks for, 0 where it does not say, and the text without it."""
        if packed := self._packed.search(text):
            pack, number = packed[1] or packed[3], self._number(packed[2] or packed[4])
            before, after = text[: packed.start()], text[packed.end() :]
            count, rest = self.read(f"{before} {after}")
            return count, f"{rest} {pack} {number} {self._pieces}".strip()
        for pattern in (self._before, self._after):
            if match := pattern.search(text):
                twice = pattern is self._before and self._after.search(text)
                if twice and _named_before(text[: match.start()]):
                    continue  # «redmi 7 штук 5»
                rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
                return self._number(match[1]), rest
        if (match := self._each.search(text)) and int(match[1]) <= _MOST_EACH:
            return int(match[1]), text[: match.start()].strip()
        if (match := self._before_device.match(text)) and self._is_thing(match[2]):
            return self._number(match[1]), text[match.start(2) :]
        for match in self._of_goods.finditer(text):
            word, number = match[2], self._number(match[1])
            if self._unit.match(word):
                continue
            # «3 стекла» are three, though «стекла» may also be all there are.
            counted = is_of(word) and (number in _FEW or not is_subject(word))
            if counted and not _named_before(text[: match.start()]):
                return number, f"{text[: match.start()]}{word}{text[match.end() :]}".strip()
        if match := self._many.search(text):
            number = self._number(match[2])
            if self._counts_many(match[1], number, text[: match.start()]):
                return number, f"{text[: match.start(2)]}{text[match.end(2) :]}".strip()
        for match in self._of_caseless.finditer(text):
            word, before = match[2], text[: match.start()]
            plain = is_abbreviation(word) and part_of_speech(word) != "service"
            if plain and word not in self._units and not _named_before(before):
                return self._number(match[1]), f"{before}{text[match.start(2) :]}".strip()
        return 0, text

    def _counts_many(self, word: str, number: int, before: str) -> bool:
        """Whether «стёкол 20» are twenty: no word before it asks for this case or names goods."""
        said = before.split()
        return (
            is_of_many(word)
            and number not in self._sizes
            and not self._no_count.intersection(said)
            and all(is_of_many(other) or part_of_speech(other) == "service" for other in said)
        )

    def _is_thing(self, word: str) -> bool:
        """Whether a word may be goods: no device, no unit, no verb or link."""
        known = word in self._devices or word in self._units or self._unit.match(word)
        return not known and part_of_speech(word) != "service"

    def _number(self, text: str) -> int:
        return self._numerals.get(text) or int(text)


def _named_before(before: str) -> bool:
    """Whether the word before the number may be a line of devices and not a verb or a wish."""
    match = _NAMING.search(before)
    return match is not None and part_of_speech(match[0].strip()) != "service"

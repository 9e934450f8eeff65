"""How many pieces a question asks for: «5 шт», «штук десять», «10 кабелей», and not a model."""

import re

from optfm.text.morphology import is_of, is_subject, part_of_speech

_NUMERALS = {
    "один": 1, "одну": 1, "одна": 1, "два": 2, "две": 2, "пару": 2, "три": 3, "четыре": 4,
    "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10, "десяток": 10,
    "пятнадцать": 15, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "сто": 100,
}  # fmt: skip
_AMOUNT = rf"\d{{1,4}}|{'|'.join(_NUMERALS)}"
_PIECES = r"(?:шт|штук\w?|штучек|штучки|экземпляр\w*)\b\.?"
_BEFORE = re.compile(rf"(?<![\w.,-])({_AMOUNT})\s*-?\s*{_PIECES}")
_AFTER = re.compile(rf"(?<!\w){_PIECES}\s+({_AMOUNT})(?![\w.,])")
_OF_GOODS = re.compile(rf"(?<![\w.,-])({_AMOUNT})\s+([а-я]{{4,}})")
_FEW = (2, 3, 4)
_UNIT = re.compile(
    "метр|литр|ватт|вольт|ампер|дюйм|гиг|терабайт|грамм|милли|санти|рубл|пикс|лет|час"
)
#: what stands before a number that is a model: «айфон 5 дисплея»
_NAMING = re.compile(r"(?:[a-z]{2,}|[а-я]{4,})\s+$")


def read_count(text: str) -> tuple[int, str]:
    """How many pieces clean text asks for, 0 where it does not say, and the text without that."""
    for pattern in (_BEFORE, _AFTER):
        if match := pattern.search(text):
            if pattern is _BEFORE and _AFTER.search(text) and _named_before(text[: match.start()]):
                continue  # «redmi 7 штук 5»
            rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
            return _number(match[1]), rest
    for match in _OF_GOODS.finditer(text):
        if _UNIT.match(match[2]):
            continue
        word, number = match[2], _number(match[1])
        # «3 стекла» are three, though «стекла» may also be all there are.
        counted = is_of(word) and (number in _FEW or not is_subject(word))
        if counted and not _named_before(text[: match.start()]):
            return number, f"{text[: match.start()]}{word}{text[match.end() :]}".strip()
    return 0, text


def _named_before(before: str) -> bool:
    """Whether the word before the number may be a line of devices and not a verb or a wish."""
    match = _NAMING.search(before)
    return match is not None and part_of_speech(match[0].strip()) != "service"


def _number(text: str) -> int:
    return _NUMERALS.get(text) or int(text)

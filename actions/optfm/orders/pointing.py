"""Lines of an order named by their numbers: «второе и третье», «последние два», «строки 2-4».

What points is replaced by marks, one letter of Unicode's private area a line, so that a sentence
may be cut at its commas and at «и» without a list of numbers falling apart.
"""

import re
from collections.abc import Callable, Sequence

from common import published
from optfm.orders.edit_words import edit_words
from optfm.orders.quantities import number_of, number_pattern, plain
from optfm.orders.words import FILES

#: of «строка 2», of «второй» alone; of lines that the order does not have, named so or so
_LINE, _BARE, _ABSENT, _ABSENT_BARE = 0xE000, 0xE400, 0xE800, 0xEC00
_ROOM = 0x3FF
_MARK = re.compile(r"[\ue000-\uefff]")
_ENDING = r"(?:х(?=\s+\D)|-?(?:й|я|ю|го|му|ую|ой|ый|ей|их|ым|ом|ая|ое|ий)|-(?:е|х|ые|ых|ми|м))"
#: «13-х», «32-е»: of goods rather than of a line, where a line is named so
_OF_MANY = re.compile(r"\d{1,4}-(?:е|х|ые|ых|ми)$")
_Named = Callable[[int], list[int]]
_Marks = Callable[[re.Match[str]], str]
_AND = r"(?:\s*[,+&]\s*(?:и\s+)?|\s+и\s+|\s+плюс\s+)"


def _made_patterns() -> tuple[re.Pattern[str], ...]:
    words = edit_words()
    line = words.verbs["line"].pattern
    said = "|".join(sorted(words.ordinals, key=len, reverse=True))
    other = rf"(?!\s+{words.verbs['no_line'].pattern})"
    ordinal = rf"(?<!\w)(?:(?:{said})(?!\w)|\d{{1,4}}{_ENDING}(?!\w)){other}"
    digits = rf"(?<![\w.,-])\d{{1,3}}(?!\w|[.,]\d|\s*(?:{_unit()}))"
    item = rf"(?:{ordinal}|{digits})"
    return (
        re.compile(
            rf"{line}\s+(?:с|со)\s+({item})\s+по\s+({item})"
            rf"|(?<!\w)(?:с|со)\s+({ordinal})\s+по\s+({ordinal})(?:\s+{line})?"
        ),
        re.compile(
            rf"{line}\s+(\d{{1,3}})-(\d{{1,3}})(?![\w-])"
            rf"|(?<![\w.,-])(\d{{1,3}})-(\d{{1,3}})\s+{line}"
        ),
        re.compile(
            rf"(?<!\w)(перв(?:ые|ых|ыми)|(?:последн|крайн)(?:ие|их|ими))\s+({number_pattern()})"
            rf"(?!\w|\s*(?:{_unit()}))(?:\s+{line})?"
        ),
        re.compile(rf"{line}\s*((?:{digits}|{ordinal})(?:{_AND}(?:{item}))*)"),
        re.compile(rf"((?:{item})(?:{_AND}(?:{item}))*)\s+{line}"),
        re.compile(rf"({ordinal}(?:{_AND}{ordinal})+)"),
        re.compile(rf"({ordinal})(?:\s+вариант\w*)?"),
        re.compile(rf"(?<!\w)(предпоследн\w+|{words.verbs['last'].pattern})(?:\s+{line})?"),
    )  # fmt: skip


_patterns: published.Following[tuple[re.Pattern[str], ...]] = published.Following(
    _made_patterns, *FILES
)


def _unit() -> str:
    return r"шт\w*|уп\w*|штук\w*|пач\w*|компл\w*"


def marked(text: str, count: int, named: _Named = lambda _: []) -> str:
    """The text with a mark in place of each line that it names by its number.

    :param count: how many lines the order has.
    :param named: the places of the lines whose own words have a number: «32-е», «13-х».
    """
    span, dashed, ends, after, before, several, one, last = _patterns()
    for pattern in (span, dashed):
        text = _replaced(pattern, text, lambda m: _line_marks(_span(m, count), count))
    text = _replaced(
        ends, text, lambda m: _first_so_many(m, count) or _line_marks(_ends(m, count), count)
    )
    for pattern in (before, after, several):
        text = _replaced(pattern, text, lambda m: _line_marks(_numbers(m[1]), count))
    text = _replaced(one, text, lambda m: _one(m[1], count, named))
    return _replaced(last, text, lambda m: _line_marks(_last(m[1], count), count))


def listed(text: str, count: int) -> str:
    """As `marked`, for a text that is known to speak of lines: «1, 3 и 4», «во 2 и 3»."""
    digits = r"(?<![\w.,-])\d{1,3}(?!\w|[.,]\d)"
    pattern = re.compile(rf"^\W*(?:во?\s+)?({digits}(?:{_AND}{digits})+)(?=\s)")
    return _replaced(pattern, text, lambda m: _line_marks(_numbers(m[1]), count))


def places(text: str) -> list[int]:
    """The places of the lines that are marked, each once."""
    found = (ord(mark) for mark in _MARK.findall(text))
    return list(dict.fromkeys(code & _ROOM for code in found if code < _ABSENT))


def as_numbers(text: str) -> str:
    """«на восьмой» of an order of two lines, as the number that it is then."""
    return _MARK.sub(lambda m: str(ord(m[0]) & _ROOM) if ord(m[0]) >= _ABSENT else m[0], text)


def absent(text: str) -> list[int]:
    """The numbers that are marked and that the order does not have."""
    codes = (ord(mark) for mark in _MARK.findall(text))
    return [code & _ROOM for code in codes if code >= _ABSENT]


def is_bare(text: str) -> bool:
    """Whether one ordinal alone points: it may be a line or one of the options."""
    codes = (ord(mark) for mark in _MARK.findall(text))
    return any(_BARE <= code < _ABSENT or code >= _ABSENT_BARE for code in codes)


def without(text: str) -> str:
    """The text without its marks."""
    return " ".join(_MARK.sub(" ", text).split())


def shifted(text: str, removals: Sequence[frozenset[int]]) -> str:
    """The text with the marks of the same lines after others were taken away."""

    def _moved(match: re.Match[str]) -> str:
        code = ord(match[0])
        kind, place = code & ~_ROOM, code & _ROOM
        for gone in removals if code < _ABSENT else ():
            if place in gone:
                return ""
            place -= sum(other < place for other in gone)
        return chr(kind + place)

    return _MARK.sub(_moved, text)


def _replaced(pattern: re.Pattern[str], text: str, marks: _Marks) -> str:
    low, found, start = plain(text), "", 0
    for match in pattern.finditer(low):
        if (said := marks(match)) and match.start() >= start:
            found += f"{text[start : match.start()]} {said} "
            start = match.end()
    return found + text[start:]


def marks(at: Sequence[int]) -> str:
    """The marks of the lines at those places."""
    return "".join(chr(_LINE + place) for place in at)


def _one(said: str, count: int, named: _Named) -> str:
    """The mark of a single ordinal; none for «13-х» where several lines have that number."""
    number = re.match(r"\d+", said)
    if number and said.endswith("х") and said[-2].isdigit():  # «13х надо три», «3х» is a count
        places = named(int(number[0]))
        return marks(places) if len(places) == 1 else ""
    of_goods = number and (_OF_MANY.match(said) or int(number[0]) > count)
    if number and of_goods and (places := named(int(number[0]))):
        return marks(places) if len(places) == 1 else ""
    if said in edit_words().models_said and edit_words().ordinals[said] > count:
        places = named(edit_words().ordinals[said])  # «двенадцатых» is of goods, too
        return marks(places) if len(places) == 1 else ""
    return _bare_marks(_numbers(said), count)


def _line_marks(numbers: list[int], count: int) -> str:
    return "".join(_mark(n, count, _LINE) for n in numbers)


def _bare_marks(numbers: list[int], count: int) -> str:
    return "".join(_mark(n, count, _BARE) for n in numbers)


def _mark(number: int, count: int, kind: int) -> str:
    if 0 < number <= count:
        return chr(kind + number - 1)
    return chr((_ABSENT if kind == _LINE else _ABSENT_BARE) + min(number, _ROOM))


def _numbers(said: str) -> list[int]:
    found = []
    for word in re.findall(r"\d+|[^\W\d]+", said):
        if word.isdigit():
            found.append(int(word))
        elif (number := edit_words().ordinals.get(word)) is not None:
            found.append(number)
    return found


def _first_so_many(match: re.Match[str], count: int) -> str:
    """«первых пять» of three lines: five of what stands first."""
    if not match[1].startswith("перв") or (number_of(match[2]) or 0) <= count:
        return ""
    return f"{_bare_marks([1], count)} {match[2]}"


def _span(match: re.Match[str], count: int) -> list[int]:
    low = _numbers(match[1] or match[3])[:1]
    high = _numbers(match[2] or match[4])[:1]
    if not low or not high or high[0] > count:
        return []
    return list(range(low[0], high[0] + 1))


def _ends(match: re.Match[str], count: int) -> list[int]:
    how_many = number_of(match[2]) or 0
    if how_many > count:
        return [how_many]
    first = match[1].startswith("перв")
    return list(range(1, how_many + 1) if first else range(count - how_many + 1, count + 1))


def _last(said: str, count: int) -> list[int]:
    number = count - 1 if said.startswith("предпоследн") else count
    return [number] if number > 0 else []

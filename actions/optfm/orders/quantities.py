"""How many pieces a clause of an order asks for, told from models, sizes, packs and prices."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from optfm.orders.senses import Goods
from optfm.orders.words import OrderWords, order_words
from optfm.text.morphology import is_counted_by

How = Literal["dash", "times", "paren", "unit", "each", "each_first", "word", "start", "end"]

#: Letters of one clause. What is longer has no quantity of its own: whoever looks for one compares
#: every number with everything around it.
LONGEST = 500
_NEAR = 60  #: letters before a number that may say what it is of
#: nobody orders more of one thing in a chat; a longer number is a code or a phone
MOST = 99_999
PREPOSITIONS = frozenset({"на", "для", "к", "под", "от", "с", "со", "в", "до", "за", "из", "после"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A quantity as it stands in a clause."""

    value: int | None  #: None: said as a range
    how: How
    rest: str  #: the clause without it
    low: int = 0  #: of a range
    high: int = 0

    @property
    def explicit(self) -> bool:
        """Whether it is a quantity whatever stands beside."""
        return self.how not in ("start", "end")


def plain(text: str) -> str:
    """Lower case without «ё», of the same length: places in it are places in `text`."""
    low = text.lower()
    if len(low) != len(text):  # «İ» is two letters when small
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("ё", "е").translate(_DASHES)


_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "×": "x"})


def without(text: str, pattern: re.Pattern[str]) -> str:
    """The text without what a pattern over plain texts finds in it."""
    start, kept = 0, ""
    for match in pattern.finditer(plain(text)):
        kept, start = f"{kept}{text[start : match.start()]}", match.end()
    return kept + text[start:]


def current_grammar() -> "Grammar":
    return _made_of(order_words())


@functools.lru_cache(maxsize=2)
def _made_of(words: OrderWords) -> "Grammar":
    return Grammar(words)


class Grammar:
    """The patterns, made of the vocabulary once."""

    def __init__(self, words: OrderWords) -> None:
        self.words = words
        single = "|".join(sorted(map(re.escape, words.numerals), key=len, reverse=True))
        times = "|".join(sorted(map(re.escape, words.multiples), key=len, reverse=True))
        parts = "|".join(sorted(map(re.escape, words.fractions), key=len, reverse=True))
        many = rf"(?:{single}|{parts}|\d{{1,3}})\s+(?:{times})(?!\w)"
        self.said = rf"(?:{many}|(?:{single})(?:\s+(?:{single})){{0,4}}(?!\w))"
        number = rf"(?:{self.said}|\d{{1,6}})"
        unit = rf"(?:{words.pieces.pattern})(?![\w-])\.?"
        packs, inside = words.packs.pattern, words.inside.pattern
        end = r"\s*[.,;!]*\s*$"
        self.dash = re.compile(
            rf"(?:(?:(?<=\s)|^)-+>?\s*|-+>?\s+|\s*[=:]\s*)({number})\s*(?:{unit})?(?:\s*\([^)]*\))?{end}"
        )
        self.slashed = re.compile(rf"(?<=[^\W\d])\s?/\s?(\d{{1,4}})\s*(?:{unit})?{end}")
        self.glued = re.compile(rf"(?<=\w)-(\d{{1,4}})\s*({unit})?{end}")
        self.spread = re.compile(
            rf"(?:(?<![\w.,-])|(?<=\s-))(?:от\s+)?(\d{{1,4}})\s?(?:-|до|или|\.\.)\s?(\d{{1,4}})\s*({unit})?{end}"
        )
        self.times = re.compile(rf"(?:(?<=\s)|^)[xх*]\s?({number})\s*(?:{unit})?{end}")
        self.times_first = re.compile(r"^(\d{1,4})\s?(?:[xх]\s+|\*\s*)(?=[^\W\d])")
        self.paren = re.compile(rf"\(\s*({number})\s*(?:{unit})?\s*\){end}")
        self.paren_first = re.compile(rf"^\(\s*({number})\s*(?:{unit})?\s*\)\s*")
        self.unit = re.compile(rf"(?<![\w.,-])(по\s+)?({number})\s*-?\s*({unit})")
        self.unit_dashed = re.compile(rf"(?<=\s)-({number})\s*({unit})")
        self.unit_first = re.compile(
            rf"(?<![\w-])((?:по\s+)?)(?:шт|штук|штуки|штучек|штучки)\.?\s*(?:так\s+)?({number})(?![\w.,-])"
        )
        self.unit_before = re.compile(
            rf"(?:^|(?<=\s))({words.pieces.pattern})\s*[:=-]?\s*({number}){end}"
        )
        of_an_article = "|".join(
            rf"(?<=[a-zа-я-]{digits} )" for digits in (r"\d", r"\d\d", r"\d{3}")
        )
        self.one_unit = re.compile(  # «wfan-63 штучку», not the «11» of «11 штук»
            rf"(?<![\w-])(?:(?<!\d )|{of_an_article})(?:{words.single.pattern})(?![\w-])"
        )
        self.counted = re.compile(
            rf"(?<![\w-])(?:{words.counted.pattern})\s*[:=-]?\s*({number})\s*(?:{unit})?(?![\w.,-])"
        )
        self.times_glued = re.compile(rf"(?<=\w)\*(\d{{1,4}})\s*(?:{unit})?{end}")
        self.each = re.compile(rf"(?<![\w-])по\s+({number}){end}")
        self.each_of = re.compile(
            rf"(?<![\w-])по\s+({number})\s*(?:{unit})?\s+(?:на\s+)?(?:{words.each.pattern})(?!\w){end}"
        )
        marks = "|".join(re.escape(mark) for mark in words.marks if mark[-1].isalpha())
        self.each_inside = re.compile(
            rf"(?<![\w-])по\s+({number})\s+(?!(?:{words.measures.pattern}|{marks})(?!\w))(?=[^\W\d]{{2}})"
        )
        self.word_first = re.compile(rf"^({self.said})\s+(?=[\w«\"„])")
        self.word_last = re.compile(rf"(?<=\s)({self.said}){end}")
        self.things_inside = re.compile(
            rf"(?<=\s)(?P<number>{self.said})\s+(?P<noun>[а-я]{{4,}})(?!\w)"
        )
        self.packs_first = re.compile(
            rf"^(?P<number>{number})\s+(?=(?:{words.pieces.pattern})(?!\w)\.?"
            rf"\s+\S.*\sпо\s+(?:{number})\s*(?:{unit}){end})"
        )
        self.things_last = re.compile(rf"^(.*?[^\W\d]\S*)\s+(\d{{1,4}})\s+([а-я]{{4,}}){end}")
        self.number_last = re.compile(rf"^(.*?[^\s.,-])\s+(\d{{1,5}}){end}")
        self.spread_first = re.compile(
            rf"^(?:{unit}\s+)?(\d{{1,4}})\s?(?:-|до|или)\s?(\d{{1,4}})\s*({unit})?\s+(?=\S)"
        )
        self.model_second = re.compile(r"^(\d{1,4})\s+(\d{1,2}(?:\s\S+)?\s+[^\W\d].*)$")
        self.number_first = re.compile(
            rf"^(\d{{1,4}})\s+(?!(?:{words.measures.pattern})(?!\w))(?=[^\W\d])"
        )
        # «в упаковке 5», «отдельно упак 20» tell how one is packed, «в пачке по 5» how many are
        # in one
        wrapped = "".join(rf"(?<!{re.escape(word)} )" for word in words.wrapped)
        self.pack_before = re.compile(
            rf"(?:{wrapped}(?:{packs})\.?\s*(?:-\s*)?(?:{inside}\s+)?(?:по\s+)?"
            rf"|(?<=в )(?!уп)(?:{packs})\s+по\s+)$"
        )
        self.pack_of = re.compile(
            rf"(?<![\w-])(?:{packs})\s+((?:из|{inside}(?:\s+по)?)\s+(?P<number>{single}|\d{{1,3}})"
            r"(?:\s*шт\w*)?)(?![\w-]|[.,]\d)"
        )
        # «где четыре в блистере», «по четыре в пачке»
        self.pack_behind = re.compile(
            rf"(?<![\w-])(?:{inside}|по)\s+(?P<number>{single}|\d{{1,3}})(?:\s*шт\w*)?"
            rf"\s+(?:в|на)\s+(?P<pack>{packs})(?!\w)"
        )
        measure = rf"(?:{words.measures.pattern})(?!\w)"
        self.measured = re.compile(rf"(?<!\w)(?:по|на)\s+\d+\s*({measure})")
        self.like_measured = re.compile(
            rf"(?:(?<!\w)и|[,;+])\s*\d{{1,4}}\s+(?:по|на)\s+\d+(?![\d.,]*\d)(?!\s*(?:{measure}|{unit}))"
        )
        self.pack_after = re.compile(rf"\s*(?:в|на)\s+(?:{packs})(?!\w)")
        self.only_one = re.compile(rf"^по\s+(?:{words.single.pattern}|{unit}){end}")
        self.only = re.compile(rf"(?:по\s+)?({number})\s*(?:{unit})?{end}")

    def number(self, said: str) -> int | None:
        """The value of «25», «двадцать пять», «полтора десятка»; None for what is absurd."""
        said = said.strip()
        if said.isdigit():
            value = int(said)
            return value if value <= MOST else None
        total, last = 0.0, 0.0
        for word in said.split():
            if word in self.words.multiples and last:
                total += last * self.words.multiples[word] - last
            elif word in self.words.fractions:
                last = self.words.fractions[word]
                total += last
            else:
                last = float(int(word) if word.isdigit() else self.words.numerals.get(word, 0))
                total += last
        return int(total)


def number_pattern() -> str:
    """A number in digits or words, over lower-case text without «ё»."""
    return rf"(?:{current_grammar().said}|\d{{1,6}})"


def number_of(said: str) -> int | None:
    """The value of what `number_pattern` matched; None for what is absurd."""
    return current_grammar().number(said)


def with_packs(text: str) -> str:
    """«пачку из пяти», «где пять в пачке» as «пачку по 5»: of how many are in one."""
    grammar = current_grammar()
    if behind := grammar.pack_behind.search(plain(text)):
        pack = text[behind.start("pack") : behind.end("pack")]
        value = grammar.number(behind["number"])
        return f"{text[: behind.start()]}{pack} по {value}{text[behind.end() :]}"
    found = grammar.pack_of.search(plain(text))
    value = grammar.number(found["number"]) if found else None
    if found is None or value is None:
        return text
    return f"{text[: found.start(1)]}по {value}{text[found.end() :]}"


def with_measures(text: str) -> str:
    """«5 по 32 гб и 3 по 64» as «… 3 по 64 гб»: what is measured once is so again."""
    grammar = current_grammar()
    low = plain(text)
    measured = grammar.measured.search(low)
    if measured is None:
        return text
    ends = [like.end() for like in grammar.like_measured.finditer(low, measured.end())]
    parts = (text[start:end] for start, end in pairwise([0, *ends, len(text)]))
    return f" {measured[1]}".join(parts)


def only_amount(text: str) -> int | None:
    """The quantity of a clause that says nothing else: «4 бутылки», «по 5»."""
    short = text.strip() and len(text) <= LONGEST
    low = plain(text).strip(" -=:(") if short else ""
    if current_grammar().only_one.match(low):
        return 1  # «по штучке»
    if short and (before := current_grammar().unit_before.fullmatch(low)):
        return current_grammar().number(before[2]) if is_counted_by(before[1], 5) else None
    match = current_grammar().only.match(low) if short else None
    return current_grammar().number(match[1]) if match else None


def says_one(text: str) -> bool:
    """«скотч на 11, пачку по 5»: whether a text without a count names one of what it is sold by."""
    return len(text) <= LONGEST and current_grammar().one_unit.search(plain(text)) is not None


def explicit_amount(text: str) -> Amount | None:
    """A quantity that is one by its form alone: after a dash, an x, with a unit, in words."""
    if len(text) > LONGEST:
        return None
    grammar, low = current_grammar(), plain(text)
    for found in _by_form(grammar, text, low):
        if found.rest.strip(" -–—.,:") or found.how == "unit":
            return found
    return None


_NAMED_X = re.compile(r"^(.*[^\W\d_].*?)\s([xх])\s+(\d{1,4})[\s.,!]*$", re.IGNORECASE)
_MODEL_X = re.compile(r"(?<![\w-])([^\W\d_]+)\s([xх]\d{1,4})[\s.,!]*$", re.IGNORECASE)


def plain_amount(text: str, goods: Goods) -> Amount | None:
    """As `explicit_amount`; the «x8» of «Honor X8», the «x» of «акб x 5» is a model."""
    found = explicit_amount(text)
    if found and found.how == "times" and (named := _NAMED_X.match(text)):
        rest = f"{named[1]} {named[2]}"
        if not goods.sense(named[1]).whole and goods.finds_model(rest):
            return Amount(value=int(named[3]), how="times", rest=rest)
    if found and found.how == "unit" and _counts_goods(text, found, goods):
        return None
    if found and found.how == "times" and (model := _MODEL_X.search(text)):
        counted_so = explicit_amount(text[: model.start(2)])
        if counted_so and counted_so.how == "unit" and counted_so.value:  # «2 шт приставка х6»
            return replace(counted_so, rest=f"{counted_so.rest} {model[2]}")
        if goods.sense(model[2]).article and goods.names_wholly(
            f"{model[1]} {model[2]}"
        ):  # «1 геймпад X360»
            return None
        return None if goods.brand_alone(model[1]) else found
    return found


def _counts_goods(text: str, found: Amount, goods: Goods) -> bool:
    """«банку на xr 2», «пачку по 5»: what would be the unit says what the goods are."""
    unit = current_grammar().one_unit.search(plain(text))
    if unit is None or found.value != 1 or goods.sense(found.rest).goods:
        return False
    if only_amount(found.rest) is not None:
        return True  # «…, пачку по 5, две»
    return goods.sense(text[unit.start() : unit.end()]).goods and goods.sense(text).device


def _by_form(grammar: Grammar, text: str, low: str) -> Iterator[Amount]:
    if match := grammar.counted.search(low):
        yield amount_of(grammar, match[1], "unit", f"{text[: match.start()]} {text[match.end() :]}")
    match = grammar.times_glued.search(low)
    if match and re.search(r"[^\W\d]|\d{6}", low[: match.start()].split()[-1]):
        yield amount_of(grammar, match[1], "times", text[: match.start()])  # not of «200*300»
    if match := grammar.each_of.search(low):
        yield amount_of(grammar, match[1], "each", text[: match.start()])
    if (match := grammar.spread.search(low)) and is_range(match):
        rest = text[: match.start()].rstrip(" -–—")
        yield Amount(value=None, how="dash", rest=rest, low=int(match[1]), high=int(match[2]))
    if match := grammar.paren.search(low):
        yield amount_of(grammar, match[1], "paren", text[: match.start()])
    if match := grammar.dash.search(low):
        yield amount_of(grammar, match[1], "dash", text[: match.start()])
    if match := grammar.times.search(low):
        yield amount_of(grammar, match[1], "times", text[: match.start()])
    for first in (grammar.paren_first, grammar.times_first):
        if match := first.match(low):
            yield amount_of(grammar, match[1], "paren", text[match.end() :])
    if match := grammar.packs_first.match(low):  # «пять блистеров батареек по 4 штуки»
        yield amount_of(grammar, match["number"], "unit", text[match.end() :])
    yield from _with_units(grammar, text, low)
    if (match := grammar.each.search(low)) and not grammar.pack_before.search(
        low[: match.start(1)]
    ):
        yield amount_of(grammar, match[1], "each", text[: match.start()])
    match = grammar.each_inside.search(low)
    if match and grammar.only.match(low, match.end()):
        match = None  # «BW79 по 480 одну»: a price, or a pack
    if match and not grammar.pack_before.search(low[: match.start(1)]):
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        how: How = "unit" if low[: match.start()].strip() else "each_first"
        yield amount_of(grammar, match[1], how, rest)
    if found := _of_things_for(grammar, text, low):
        yield found
    last = grammar.word_last.search(low)
    match = grammar.one_unit.search(low)
    if match and last and _stands_apart(grammar, low[: last.start()]):  # «катушку 0,5 четыре»
        yield amount_of(grammar, last[1], "word", text[: last.start()])
    if match:
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        yield Amount(value=1, how="unit", rest=" ".join(rest.split()))
    if match := grammar.word_first.match(low):
        yield amount_of(grammar, match[1], "word", text[match.end() :])
    if last and not PREPOSITIONS & set(low[: last.start()].split()[-1:]):
        yield amount_of(grammar, last[1], "word", text[: last.start()])


def _of_things_for(grammar: Grammar, text: str, low: str) -> Amount | None:
    """«на айфон 11 две батареи hg»: a number in words with a noun as it wants it."""
    if low.split()[:1] and low.split()[0] not in PREPOSITIONS:
        return None
    for match in grammar.things_inside.finditer(low):
        value = grammar.number(match["number"]) or 0
        before = low[: match.start()].split()[-1]
        measured = grammar.words.measures.fullmatch(match["noun"])
        counts = value and before not in (*PREPOSITIONS, "по") and not measured
        if counts and any(is_counted_by(match["noun"], n) for n in (value, 5 if value > 1 else 1)):
            rest = f"{text[: match.start()]} {text[match.start('noun') :]}"
            return amount_of(grammar, match["number"], "unit", rest)
    return None


def _stands_apart(grammar: Grammar, before: str) -> bool:
    """Whether a number is neither of «пачку по», «на» nor of «пачку» itself."""
    last = before.split()[-1]
    of_it = last in PREPOSITIONS or last == "по"
    return not (of_it or grammar.words.pieces.fullmatch(last))


def _with_units(grammar: Grammar, text: str, low: str) -> Iterator[Amount]:
    match = grammar.unit_before.search(low)
    if match and is_counted_by(match[1], 5):  # «пачек 1»
        yield amount_of(grammar, match[2], "unit", text[: match.start()])
    if match := grammar.unit_first.search(low):
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        yield amount_of(grammar, match[2], "each" if match[1] else "unit", rest)
    for match in reversed(list(grammar.unit_dashed.finditer(low))):
        yield amount_of(grammar, match[1], "unit", f"{text[: match.start()]} {text[match.end() :]}")
    for match in reversed(list(grammar.unit.finditer(low))):
        if _is_of_a_pack(grammar, low, match) or not _agrees(grammar.number(match[2]), match[3]):
            continue
        rest = f"{text[: match.start()]} {text[match.end() :]}"
        first = not low[: match.start()].strip()
        each: How = "each_first" if first else "each"
        yield amount_of(grammar, match[2], each if match[1] else "unit", rest)


def counted(text: str) -> list[tuple[int, int]]:
    """Where quantities with a unit stand in a clause: «А12 10шт А32 5шт»."""
    grammar, low = current_grammar(), plain(text)
    return [
        match.span()
        for match in grammar.unit.finditer(low)
        if not _is_of_a_pack(grammar, low, match) and _agrees(grammar.number(match[2]), match[3])
    ]


def _is_of_a_pack(grammar: Grammar, low: str, match: re.Match[str]) -> bool:
    """«пачка 5 шт», «5 штук в пачке»: how many are in one."""
    if grammar.number(match[2]) == 1:
        return False  # «мятая упаковка 1 шт»
    before = grammar.pack_before.search(low[max(0, match.start() - _NEAR) : match.start()])
    return bool(before or grammar.pack_after.match(low, match.end()))


#: forms that stand after «один» only: «винты 7 комплект» are for iPhone 7
_ONE_OF = re.compile(
    r"(?:комплект|набор|блистер|рулон|флакон|тюбик|моток|пачка|упаковка|коробка|банка|бутылка|катушка)\.?$"
)


def _agrees(value: int | None, unit: str) -> bool:
    one = _ONE_OF.match(unit) or current_grammar().words.single.fullmatch(unit.rstrip("."))
    return value is not None and ((value % 10 == 1 and value % 100 != 11) or not one)


def is_range(match: re.Match[str]) -> bool:
    low, high = int(match[1]), int(match[2])
    said = match.string[match.start(1) : match.end(2)]
    return 0 < low < high and (" " not in said or "до" in said or "или" in said)


def amount_of(grammar: Grammar, said: str, how: How, rest: str) -> Amount:
    return Amount(
        value=grammar.number(said), how=how, rest=" ".join(rest.split()).strip(" ,;=:-–—")
    )

"""Numbers and part numbers of a question: the values and articles of the list that they may be."""

import bisect
import re
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from optfm.search.list_words import ListWords
from optfm.search.query import Option

#: dimensions whose unit is often left out: «повербанк 20000», «флешка 64»
_BARE = ("capacity", "memory", "power", "size", "length", "volume", "weight", "pack")
#: up to so many of a thousandfold unit people leave out: «кабель 3», «калоша 0.5»
_FEW = 10
#: «повербанк 20»: so many thousands of mAh and no more
_THOUSANDS = 100
#: a part number so long takes one slip: shorter ones are each other's neighbours
_LONG_ARTICLE = 9
#: so many digits of a part number tell it
_SHORTEST_DIGITS = 3
_MOST_ARTICLES = 12
#: the beginning of a part number that tells it; of a shorter one only the last letter may lack
_LONG_BEGINNING = 5
#: the number of a part number, too long to be the beginning of another
_WHOLE_NUMBER = re.compile(r"(?<!\d)\d{3,}$")
#: «UL424», «HB386590ECW»: the only digits of a part number
_DIGITS = re.compile(r"\d+")
_RANGE = re.compile(r"(\d{1,3})-(\d{1,3})")
#: «27а», «2032cr»: the letters of a part number after its digits
_TURNED_ROUND = re.compile(r"(\d{2,})([a-z]{1,2})")
#: «CR2032», «A312»: letters that people leave out before a number
_LETTERED = re.compile(r"[a-z]{1,2}(\d{3,4})")


class Articles:
    """Part numbers of a list, by the parts of them that people say.

    :param words: what the list calls its goods.
    """

    def __init__(self, words: ListWords) -> None:
        self._in_list = words.in_list
        self._articles = words.articles
        self._numbered_so: dict[str, list[str]] = {}
        self._with_digits: dict[str, list[str]] = {}
        for article in words.articles:
            if match := _LETTERED.fullmatch(article):
                self._numbered_so.setdefault(match[1], []).append(article)
            elif len(digits := _DIGITS.findall(article)) == 1 and digits[0] != article:
                self._with_digits.setdefault(digits[0], []).append(article)

    def has_lettered(self, number: str) -> bool:
        """Whether a part number of the list is the number with a letter or two before it."""
        return number in self._numbered_so

    def has_digits(self, digits: str) -> bool:
        """Whether they are the only digits of a part number of the list: «386590»."""
        return digits in self._with_digits

    def of_number(self, text: str) -> tuple[Option, ...]:
        """What a number without a unit may be: a value, a word, the digits of a part number."""
        number = float(text)
        thousands = [f"{number * 1000:g}:capacity"] if 1 < number < _THOUSANDS else []
        valued = [f"{number:g}:{dimension}" for dimension in _BARE]
        if "." not in text:
            valued.append(f"{number * 10:g}:length")  # «102» of a bath in centimetres
        if number <= _FEW:
            valued += [f"{number * 1000:g}:length", f"{number * 1000:g}:volume"]
        if len(text) == 1:
            valued.append(f"{text}.0")  # «usb 3», «bluetooth 5»
        options = tuple((o,) for o in (*thousands, text, *valued) if self._in_list(o))
        if 3 <= len(text) <= 4 and text.isdigit() and len(options) < 2:
            # «батарейка 312», «таблетка 2032»: the letters before it are left out
            options += tuple((a,) for a in self._numbered_so.get(text, ()) if (a,) not in options)
        if not options and len(text) >= _SHORTEST_DIGITS:
            options = tuple((a,) for a in self._with_digits.get(text, ())[:_MOST_ARTICLES])
        return options

    def of_code(self, likely: Sequence[str]) -> tuple[tuple[Option, ...], float]:
        """The part numbers that a word with digits may be, and what mending it cost.

        :param likely: how it may be read, the likeliest first.
        """
        options = tuple((r,) for r in dict.fromkeys(likely) if self._in_list(r))
        if not options:
            turned = (_TURNED_ROUND.fullmatch(r) for r in likely)
            options = tuple((t[2] + t[1],) for t in turned if t and self._in_list(t[2] + t[1]))
        if not options:
            begun = [a for r in likely for a in self._begun(r)]
            options = tuple((a,) for a in begun[:12])
        cost = 0.0
        if not options and len(likely[0]) >= _LONG_ARTICLE:
            near = process.extractOne(
                likely[0], self._articles, scorer=OSA.distance, score_cutoff=1
            )
            if near is not None and _DIGITS.findall(near[0]) == _DIGITS.findall(likely[0]):
                options, cost = ((near[0],),), 1.0
        return options, cost

    def of_range(self, typed: str) -> tuple[Option, ...]:
        """«9-36» of rows that say «9-36 кг»: from one number to a value of the list."""
        ends = _RANGE.fullmatch(typed)
        if ends is None:
            return ()
        first = (ends[1],) if self._in_list(ends[1]) else ()
        last = (f"{float(ends[2]) * unit:g}:{name}" for name in _BARE for unit in (1, 1000))
        return tuple((*first, value) for value in last if self._in_list(value))

    def _begun(self, beginning: str) -> list[str]:
        """Part numbers of the list that begin so: «EB-BG530» for EB-BG530CBC."""
        at = bisect.bisect_left(self._articles, beginning)
        found = []
        while at < len(self._articles) and self._articles[at].startswith(beginning):
            found.append(self._articles[at])
            at += 1
        lettered = [a for a in found if a[len(beginning) :].isalpha()]
        if lettered and _WHOLE_NUMBER.search(beginning):
            return lettered  # «L800» for L800RGB, and not for L8000
        if len(beginning) < _LONG_BEGINNING:  # «D22» for D22L, D22T and D22V
            found = [a for a in found if len(a) == len(beginning) + 1 and a[-1].isalpha()]
        return found

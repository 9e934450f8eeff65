"""Numbers said in several words, as digits: «шестьдесят пять ватт», «полторы тысячи»."""

import re
from collections.abc import Mapping

from optfm.text.phrases import alternatives

_ONE_AND_A_HALF = re.compile(r"(?<!\w)(?:пол(?:тора|торы|утора)|1\.5)\s+ты[сщ]\w*")


class Numerals:
    """Joins the words of a number.

    A word alone stays one: «пять» may be pieces, a model or a line, which others tell.

    :param words: a number's word → the number, 1 to 900.
    """

    def __init__(self, words: Mapping[str, int]) -> None:
        self._words = dict(words)
        hundreds, tens, teens, ones = (
            alternatives([w for w, n in words.items() if n in numbers])
            for numbers in (range(100, 1000, 100), range(20, 100, 10), range(10, 20), range(1, 10))
        )
        self._several = re.compile(
            rf"(?<!\w)(?:(?:{hundreds})\s+(?:(?:{tens})\s+(?:{ones})|{tens}|{teens}|{ones})"
            rf"|(?:{tens})\s+(?:{ones}))(?!\w)"
        )

    def in_digits(self, text: str) -> str:
        """Clean text with each number of several words in digits."""
        text = _ONE_AND_A_HALF.sub("1500", text)
        return self._several.sub(
            lambda m: str(sum(map(self._words.__getitem__, m[0].split()))), text
        )

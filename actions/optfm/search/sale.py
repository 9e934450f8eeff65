"""Sales in a question: «со скидкой 70», «на распродаже», «по акции», «хиты»."""

import re
from typing import Literal

from optfm.search.query import Sale
from optfm.text.phrases import END, START, alternatives
from optfm.text.vocabulary import Vocabulary

_LINK = rf"{START}(?:(?:со|по|с|на)\s+)?"
_PERCENT = r"\s*(?:%|процент\w*)"
#: discounts that are believed
_LEAST, _MOST = 5, 95


class SaleReader:
    """Reads what the status of a row must be by the words of `limits.yml`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = vocabulary.limits.sale
        discount = alternatives(words["скидка"])
        self._percent = re.compile(
            rf"{_LINK}{discount}\s*(?:в |до |на )?-?(\d{{1,2}})(?!\d){_PERCENT}?"
            rf"|{_LINK}(\d{{1,2}}){_PERCENT}(?: {discount})?"
        )
        self._any = re.compile(_LINK + alternatives(words["любая"]) + END)
        named: tuple[Literal["акция", "хит"], ...] = ("акция", "хит")
        self._named = [
            (re.compile(_LINK + alternatives(words[name]) + END), name) for name in named
        ]

    def read(self, text: str) -> tuple[Sale | None, str]:
        """The status that clean text asks for, if any, and the text without it."""
        match = self._percent.search(text)
        if match and _LEAST <= int(match[1] or match[2]) <= _MOST:
            return Sale(percent=int(match[1] or match[2])), _without(text, match)
        if match := self._any.search(text):
            return Sale(), _without(text, match)
        for pattern, name in self._named:
            if match := pattern.search(text):
                return Sale(named=name), _without(text, match)
        return None, text


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()

"""Sales in a question: «со скидкой 70», «на распродаже», «по акции», «хиты»."""

import re
from typing import Literal

from optfm.search.query import Sale

_PERCENT = re.compile(
    r"(?:(?:со |по |с )?скидк\w*|минус|распродаж\w*)\s*(?:в |до |на )?-?(\d{1,2})(?!\d)"
    r"\s*(?:%|процент\w*)?|(?:со |по |с )?(\d{1,2})\s*(?:%|процент\w*)(?: скидк\w*)?"
)
_ANY = re.compile(
    r"(?:со |по |с |на )?(?:скидками?|скидкой|скидке|распродаж\w*|уценк\w*|уцененн\w*)(?!\w)"
)
_NAMED: tuple[tuple[re.Pattern[str], Literal["акция", "хит"]], ...] = (
    (re.compile(r"(?:по |с )?(?<!\w)(?:акци\w*|акционн\w*)"), "акция"),
    (re.compile(r"(?<!\w)хит(?:ы|ов)?(?: продаж)?(?!\w)"), "хит"),
)


def read_sale(text: str) -> tuple[Sale | None, str]:
    """The status that clean text asks for, if any, and the text without it."""
    if (match := _PERCENT.search(text)) and 5 <= int(match[1] or match[2]) <= 95:
        return Sale(percent=int(match[1] or match[2])), _without(text, match)
    if match := _ANY.search(text):
        return Sale(), _without(text, match)
    for pattern, named in _NAMED:
        if match := pattern.search(text):
            return Sale(named=named), _without(text, match)
    return None, text


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()

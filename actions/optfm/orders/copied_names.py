"""Names copied from the list: «Дисплей … (V2111) + тачскрин черный (матрица orig) 3 шт».

A name has commas, brackets and a plus of its own, and none of these ends a line of an order. So
where a row is one name and a count, the name is read as the code that it stands for.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from optfm.catalog import PriceRow
from optfm.orders.prices_said import prices_of, without_prices
from optfm.orders.quantities import explicit_amount, plain
from optfm.orders.said import SaidLine
from optfm.orders.senses import Copied

_TOKEN = re.compile(r"[^\W_]+")
#: left out by who shortens what he copies
_LITTLE = frozenset({"совместим", "совместима", "совместимо", "совместимы", "с", "со", "для"})
#: signs that a name ends with
_CLOSING = ')]"/.+'
#: tokens of a name that is nobody's own words
_SHORTEST = 4
#: tokens of a number and a bullet before a name: «12) 3 шт …»
_BEFORE = 4
#: what stands for the name while the rest is read
_NAME = "товар"
#: «3) товар 5», «5 товар»
_BARE = re.compile(rf"\W*(?:\d{{1,3}}[.)]?\s+)?(?:{_NAME}\W*(\d{{1,5}})|(\d{{1,5}})\W*{_NAME})\W*")


class CopiedNames:
    """The names of a list, to be found in rows of messages.

    :param rows: of the list; a name of several rows is none of theirs.
    """

    def __init__(self, rows: Iterable[PriceRow]) -> None:
        codes: dict[tuple[str, ...], str] = {}
        for row in rows:
            tokens = tuple(word for word, _, _ in _tokens(row.name))
            if len(tokens) >= _SHORTEST:
                codes[tokens] = "" if tokens in codes else row.code
        self._codes = {tokens: code for tokens, code in codes.items() if code}
        self._lengths = sorted({len(tokens) for tokens in self._codes}, reverse=True)

    def read(self, row: str) -> Copied | None:
        """A row that is one name and perhaps a count, else None."""
        tokens = _tokens(row)
        words = tuple(word for word, _, _ in tokens)
        for start in range(min(_BEFORE, len(words))):
            for length in self._lengths:
                end = start + length
                code = self._codes.get(words[start:end]) if end <= len(words) else None
                if code is None:
                    continue
                before = row[: tokens[start][1]]
                after = row[_closed(row, tokens[end - 1][2]) :]
                name = row[len(before) : len(row) - len(after)].strip()
                if (rest := _counted(before, after)) is not None:
                    return Copied(f"{code} {rest}".strip(), code, name)
        return None


def named_again(line: SaidLine, copied: Mapping[str, str]) -> SaidLine:
    """A line that was read by a code, in the customer's words.

    :param copied: code → the name as typed.
    """
    name = copied.get(line.said)
    return replace(line, said=name, code=line.said) if name else line


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """Words and numbers with their places, without the little words."""
    found = ((m[0], m.start(), m.end()) for m in _TOKEN.finditer(plain(text)))
    return [token for token in found if token[0] not in _LITTLE]


def _closed(row: str, end: int) -> int:
    """Where a name ends, with the signs that close what it opened: «…(1мм)», «…/тех.пак/»."""
    return end + len(row[end:]) - len(row[end:].lstrip(_CLOSING))


def _counted(before: str, after: str) -> str | None:
    """The count that stands around a name, to be read behind it; None where more is said."""
    around = without_prices(f"{before}{_NAME} {after}")
    if not re.search(r"[^\W_]", around.replace(_NAME, "", 1)):
        return after.strip() if prices_of(after) else ""
    bare = _BARE.fullmatch(around)
    amount = explicit_amount(around)
    told = amount is not None and amount.rest.strip(' -–—.,:;|\t()"') == _NAME
    if bare:
        return f"- {bare[1] or bare[2]}"
    if amount is None or not told:
        return None
    return after.strip() if amount.low or prices_of(after) else f"- {amount.value}"

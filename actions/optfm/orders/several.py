"""Several models in one clause, or one after another, apart."""

import re

from optfm.orders.context import Context, stripped
from optfm.orders.quantities import explicit_amount, only_amount, plain
from optfm.orders.senses import Goods

#: «оплётка 1515 2015 2515 по 2», «стекло 11 12 13 по 10»
_NUMBERS_EACH = re.compile(
    r"^(.*?[^\W\d]\S*)\s((?:\d{1,4}\s+)+\d{1,4}|(?:\S*\d\S*\s+)+\S*\d\S*)\s+(по\s+\S.*)$"
)
_MODELS = re.compile(r"(?<![\w.,-])(\d{1,2})\s?-\s?(\d{1,2})(?![\w.,-])")
_PART_NUMBER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_LONG_WORD = re.compile(r"(?<![\w-])(?=[^\W_-]*-?\d{6})[\w-]{8,14}(?![\w-])")
_SLASHED = re.compile(r"(?<!\S)(?P<one>[\w-]+)(?P<gap>\s+/\s+)(?=(?P<other>[\w-]+))")
#: before the next code
_JOINS = re.compile(r"\s+(?:и|а также|и ещ[её]|ещ[её]|да|плюс)$", re.IGNORECASE)
_MOST_MODELS = 6
_EACH = re.compile(r"(?<!\w)по\s+\d")
#: «7 8 и se», «7 8, xr»; «7 8 по 3» alone is `of_models`
_ROW_OF_MODELS = re.compile(r"(?<![\w.,-])\d{1,2}(?:\s+\d{1,2})+(?=\s*(?:,|\sи\s))")


def of_one_series(said: str, other: str) -> bool:
    """Whether two texts have part numbers that differ by their ends: «900m-t-ks», «900m-t-ki»."""
    before, after = (
        [word.split("-") for word in plain(text).split() if _PART_NUMBER.fullmatch(word)]
        for text in (said, other)
    )
    return any(
        len(one) == len(two) and one[0] == two[0] and one != two for one in before for two in after
    )


def with_codes_apart(goods: Goods, text: str) -> str:
    """«УТ-… УТ-… по 2» with a comma before each code but the first."""
    codes = [m for m in _LONG_WORD.finditer(text) if goods.sense(m[0]).code]
    for match in reversed(codes[1:]):
        before = _JOINS.sub("", text[: match.start()].rstrip())
        if before[-1:] not in ",;:":
            text = f"{before}, {text[match.start() :]}"
    return text


def _comma_in_a_series(match: re.Match[str]) -> str:
    """«rl-1515 / rl-2515»: other goods of a series rather than one for both."""
    series = of_one_series(match["one"], match["other"])
    return f"{match['one']}, " if series else match[0]


def apart(goods: Goods, part: str) -> str:
    """«акб на 7 8 и se 2020 по 3» with commas among the models that are counted together."""
    part = _SLASHED.sub(_comma_in_a_series, with_codes_apart(goods, part))
    low = plain(part)
    each = _EACH.search(low)
    if each is None or not _ROW_OF_MODELS.search(low[: each.start()]):
        return part
    first = _ROW_OF_MODELS.search(low)
    assert first is not None
    head = low[: first.start()]
    numbers = first[0].split()
    if not goods.sense(head).goods or not all(
        goods.finds_model(f"{head} {number}") for number in numbers
    ):
        return part
    return f"{part[: first.start()]}{', '.join(numbers)}{part[first.end() :]}"


def of_models(state: Context, text: str) -> list[str]:
    """«скотчи на айфон 11-13 по 3 пачки»: a clause for each of the models."""
    if several := _of_numbers(state, text):
        return several
    match = _MODELS.search(plain(text))
    if match is None or not 0 < int(match[2]) - int(match[1]) <= _MOST_MODELS:
        return []
    counted_so = state.words.pieces.match(plain(text[match.end() :]).lstrip())
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    if counted_so or explicit_amount(rest) is None:
        return []  # «дисплей 11 5-10 шт»
    clauses = [
        f"{text[: match.start()]}{model}{text[match.end() :]}"
        for model in range(int(match[1]), int(match[2]) + 1)
    ]
    return clauses if all(state.goods.sense(stripped(c)).device for c in clauses) else []


def _of_numbers(state: Context, text: str) -> list[str]:
    """«оплётка 1515 2015 2515 по 2»: a clause for each of the numbers that name goods."""
    match = _NUMBERS_EACH.match(plain(text))
    if match is None or only_amount(match[3]) is None:
        return []
    head = text[: match.end(1)]
    named = [f"{head} {number}" for number in match[2].split()]
    if not all(state.goods.names_by_number(n) or state.goods.sense(n).device for n in named):
        return []
    return [f"{one} {text[match.start(3) :]}" for one in named]

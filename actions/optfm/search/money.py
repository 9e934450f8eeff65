"""Price words of a question: «до 500», «от 1000 до 2000», «самый дешёвый»."""

import re

from optfm.search.query import Price, Sort

_AMOUNT = r"(\d{1,3}(?: \d{3})+|\d+(?:[.,]\d+)?)\s*(к|k|тыс\w*|тр|косар\w*)?"
_ROUBLES = r"\s*(?:р\b|руб\w*|₽|р\.|рэ\b|r\b)"
_NO_UNIT = (
    r"(?!\s*(?:mah|мач|ма\b|ma\b|мм|mm|gb|гб|гиг|тб|tb|w\b|вт|ват|м\b|m\b|мет|см|cm|дюйм|шт|\"|в\b"
    r"|v\b|вольт|про|pro|\d|[.,/]\d|-|%|ампер|a\b|а\b|мл|л\b))"
)
_START = r"(?<![а-яa-z0-9])"
_MOST = (
    r"(?:до|дешевле|не\s+дороже|не\s+больше|не\s+более|в\s+пределах|максимум|макс|меньше|бюджет"
    r"|ниже|не\s+выше)"
)
_LEAST = r"(?:от|дороже|не\s+дешевле|не\s+меньше|больше|более|свыше|минимум|выше)"

_BETWEEN = re.compile(
    rf"{_START}от\s+{_AMOUNT}(?:{_ROUBLES})?\s*(?:и\s+)?до\s+{_AMOUNT}{_NO_UNIT}(?:{_ROUBLES})?"
)
_DASHED = re.compile(rf"{_START}{_AMOUNT}\s*-\s*{_AMOUNT}{_ROUBLES}")
_UP_TO = re.compile(rf"{_START}{_MOST}\s+(?:чем\s+|за\s+)?{_AMOUNT}(?:{_ROUBLES}|{_NO_UNIT})")
_FROM = re.compile(rf"{_START}{_LEAST}\s+(?:чем\s+|за\s+)?{_AMOUNT}{_ROUBLES}")
_FROM_BARE = re.compile(
    rf"{_START}(?:от|дороже|не\s+дешевле)\s+(\d{{3,6}})()(?=$|\s*[а-яa-z?.!]){_NO_UNIT}"
)
_ABOUT = re.compile(rf"{_START}(?:около|примерно|порядка|за|по|в\s+районе)\s+{_AMOUNT}{_ROUBLES}")
#: «за 3000 отдадите?», «по 150», «за 3к»
_ABOUT_BARE = re.compile(
    rf"{_START}(?:около|примерно|порядка|за|по|в\s+районе)\s+{_AMOUNT}(?=$|\s*[а-яa-z?.!]){_NO_UNIT}"
)
_LEAST_BARE = 100
_CHEAP = re.compile(
    r"сам\w+ (?:дешев|недорог|бюджет|низк)\w*|\b(?:по)?дешевле\b|\bподешевше\b|\bдешев\w*"
    r"|\bнедорог\w*|\bбюджетн\w*"
)
_DEAR = re.compile(r"сам\w+ (?:дорог|топов|крут)\w*|\bподороже\b")


def read_money(text: str) -> tuple[Price, Sort, str]:
    """The bounds and the order that clean text asks for, and the text without the bounds."""
    sort: Sort = "dear" if _DEAR.search(text) else "cheap" if _CHEAP.search(text) else ""
    for pattern in (_BETWEEN, _DASHED):
        if match := pattern.search(text):
            least, most = _sum(match[1], match[2] or match[4]), _sum(match[3], match[4])
            if least <= most and most >= 20:
                return Price(least=least, most=most), sort, _without(text, match)
    if (match := _UP_TO.search(text)) and _sum(match[1], match[2]) >= 20:
        return Price(most=_sum(match[1], match[2])), sort, _without(text, match)
    for pattern in (_FROM, _FROM_BARE):
        if (match := pattern.search(text)) and _sum(match[1], match[2]) >= 20:
            return Price(least=_sum(match[1], match[2])), sort, _without(text, match)
    match = _ABOUT.search(text) or _ABOUT_BARE.search(text)
    if match and (match.re is _ABOUT or _sum(match[1], match[2]) >= _LEAST_BARE):
        about = _sum(match[1], match[2])
        return Price(least=about * 0.8, most=about * 1.2, about=about), sort, _without(text, match)
    return Price(), sort, text


def _sum(number: str, thousands: str | None) -> float:
    amount = float(number.replace(" ", "").replace(",", ".")[:12])
    return amount * 1000 if thousands else amount


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()

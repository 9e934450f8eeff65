"""The roubles that a text names: «дисплей 11 1490 р», «2 шт х 1560 = 3120»."""

import re

from optfm.orders.quantities import plain

_ROUBLES = r"(?:руб(?:л\w+|\.)?|р\.?(?!\w)|₽)"
#: «на 10 тыщ»: money; «5 тыс. шт» is not
_THOUSANDS = r"(?:тыс(?:яч\w*|\.)?|тыщ\w*|т\.\s?р\.?)(?!\w|\.?\s*шт)"
_MONEY = r"(?:\d{1,3}(?: \d{3}){1,3}|\d{1,12})(?:[.,]\d{1,2})?"
_SUM = re.compile(
    rf"(\d\s*(?:[а-я]+\.?)?)\s*(?:[xх*×]|(?<!\w)по(?!\w))\s*(?P<price>{_MONEY})\s*{_ROUBLES}?"
    rf"\s*=\s*(?P<sum>{_MONEY})\s*{_ROUBLES}?\s*$"
)
_TIMES_PRICE = re.compile(
    rf"(\d\s*(?:шт|уп)[а-я]*\.?)\s*(?:[xх*×]|по)\s*{_MONEY}\s*{_ROUBLES}?\s*$"
)
#: «АКБ 11 390 р»: 390, for 11 is a model unless a price is said to follow
_MONEY_AFTER = rf"(?<=по ){_MONEY}|(?<=за ){_MONEY}|(?<=до ){_MONEY}|(?<=цен[ае] ){_MONEY}"
_SHORT_MONEY = r"(?:\d(?: \d{3}){1,3}|\d{1,12})(?:[.,]\d{1,2})?"
_PRICE = re.compile(
    rf"(?:(?<!\w)(?:по|за|на|до|цена|цене)\s+)?(?<![\w.,])(?<!\w-)({_MONEY_AFTER}|{_SHORT_MONEY})"
    rf"\s*(?:(?P<thousands>{_THOUSANDS})\s*(?:{_ROUBLES})?|{_ROUBLES})"
    r"(?:\s*(?:/|за)\s*шт\w*\.?)?"
)
#: «…, цена 385, 3 шт»: a price by its name, without its unit; «цена 11 про?» asks for one
_CALLED = re.compile(
    rf"(?<=[\w,;)]\s)(?:по\s+)?цен(?:а|е|ою|ой)\s*[:=-]?\s*({_SHORT_MONEY})(?=\s*(?:[,;)=-]|$))"
)


def without_prices(text: str) -> str:
    """The clause without prices and sums: «2 шт х 1560 = 3120» is «2 шт»."""
    low = plain(text)
    for pattern in (_SUM, _TIMES_PRICE):
        if (match := pattern.search(low)) and not _tells_count(match):
            text, low = text[: match.end(1)], low[: match.end(1)]
    start, kept = 0, ""
    for match in _told(low):
        kept, start = f"{kept}{text[start : match.start()]} ", match.end()
    text = kept + text[start:]
    return text.strip(" ,=-–—") if text.strip() != text else text


def _told(low: str) -> list[re.Match[str]]:
    """The prices of a plain text, in its order."""
    found = [*_PRICE.finditer(low)]
    ends = {match.end(1) for match in found}
    found += [match for match in _CALLED.finditer(low) if match.end(1) not in ends]
    return sorted(found, key=lambda match: match.start())


def _tells_count(match: re.Match[str]) -> bool:
    """«WTS-60 по 981 = 3»: what is less than one costs is no sum, but how many."""
    said = match.groupdict()
    return bool(said) and _roubles(said["sum"]) < _roubles(said["price"])


def _roubles(said: str) -> float:
    return float(said.replace(" ", "").replace(",", "."))


def prices_of(text: str) -> list[float]:
    """The roubles that a text names, in its order: «дисплей 11 1490 р, акб 460 р»."""
    return [
        _roubles(match[1]) * (1000 if match.groupdict().get("thousands") else 1)
        for match in _told(plain(text))
    ]

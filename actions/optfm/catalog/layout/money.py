"""In which currency prices are: said by a head, a cell, its format or a sentence above."""

import re
from functools import lru_cache

from optfm.catalog.layout.words import tokens, words

_SYMBOL = re.compile(r"\[\$([^\]-]*)(?:-([0-9A-Fa-f]+))?\]")
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
#: «Цены в долларах, оплата в рублях»: the part that speaks of prices decides.
_CLAUSES = re.compile(r"[,;()]|\s[-–—]\s")
_BARE = re.compile(r"[$€₽₴₸¥]|[^\W\d_]{1,6}\.?")


@lru_cache(maxsize=5_000)
def currency_in(text: str) -> str:
    """The code of the one currency that the text names, "" for none.

    Another currency beside the rouble wins: «бел. руб.» are no roubles of ours.
    """
    found = tokens(text)
    named = [code for code, phrases in words().currencies.items() if phrases.found(found)]
    foreign = [code for code in named if code != "RUB"]
    return (foreign or named or [""])[0]


@lru_cache(maxsize=1_000)
def currency_of_format(code: str) -> str:
    """The currency that a number format prints, e.g. KZT for '#,##0.00" KZT"'."""
    for symbol, locale in _SYMBOL.findall(code):
        here = words().currency_locales.get(locale.upper().lstrip("0"), "")
        named = currency_in(symbol)
        if named == "RUB" and here and here not in ("RUB", "USD"):
            return here
        if named:
            return named
    rest = _SYMBOL.sub("", code)
    text = " ".join(quoted or escaped for quoted, escaped in _QUOTED.findall(rest))
    bare = " ".join(re.findall("[$€₽₴₸¥]", _QUOTED.sub("", rest)))
    return currency_in(f"{text} {bare}")


def currency_of_sentence(text: str) -> str:
    """The foreign currency of «Цены указаны в долларах», "" for sentences that are not so."""
    for part in (*_CLAUSES.split(text), text):
        found = tokens(part)
        named = currency_in(part)
        if named and words().money_sentences.found(found):
            roubles = words().currencies["RUB"].found(found) and named != "BYN"
            return "" if named == "RUB" or roubles else named
    return ""

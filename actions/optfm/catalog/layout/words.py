"""The words by which columns, currencies and papers are known, from words.yml."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict

HERE = Path(__file__).parent

Role = Literal[
    "number", "currency", "sum", "price", "barcode", "code", "article", "unit", "order", "pack",
    "stock", "discount", "quantity", "measure", "status", "group", "brand", "name",
    "characteristic", "note", "weak_name", "price_kind",
]  # fmt: skip

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[№$€₽₴₸¥%<>~≈]")
#: A longer text is a sentence, not the head of a column.
_LONGEST_HEAD = 160


def tokens(text: str) -> tuple[str, ...]:
    """Words, numbers and signs of money, in small letters."""
    return tuple(_TOKEN.findall(text.casefold().replace("ё", "е")))


class Phrases:
    """Phrases of words.yml, found in a text wherever they stand."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
        self._open: list[tuple[tuple[str, ...], bool]] = []
        for phrase in phrases:
            whole = phrase.startswith("=")
            words = tuple(
                re.findall(r"[^\W\d_]+\*?|\d+|[№$€₽₴₸¥%<>~≈]|\*", phrase.lstrip("=").casefold())
            )
            words = tuple(word.replace("ё", "е") for word in words)
            if words[0].endswith("*"):
                self._open.append((words, whole))
            else:
                self._by_first.setdefault(words[0], []).append((words, whole))

    def found(self, words: tuple[str, ...]) -> bool:
        """Whether one of the phrases stands in these tokens."""
        return any(self._at(words, at) for at in range(len(words)))

    def begin(self, words: tuple[str, ...]) -> bool:
        """Whether one of the phrases stands before all else in these tokens."""
        return bool(words) and self._at(words, 0)

    def _at(self, words: tuple[str, ...], at: int) -> bool:
        candidates = (*self._by_first.get(words[at], ()), *self._open)
        return any(_fits(phrase, whole, words, at) for phrase, whole in candidates)


def _fits(phrase: tuple[str, ...], whole: bool, words: tuple[str, ...], at: int) -> bool:
    if at + len(phrase) > len(words) or (whole and (at or len(phrase) != len(words))):
        return False
    return all(
        word.startswith(part[:-1]) if part.endswith("*") else word == part
        for part, word in zip(phrase, words[at:], strict=False)
    )


class _File(BaseModel):
    """The schema of words.yml."""

    model_config = ConfigDict(extra="forbid")

    heads: dict[Role, list[str]]
    level_heads: list[str]
    currencies: dict[str, list[str]]
    currency_names: dict[str, str]
    currency_locales: dict[str, str]
    scales: dict[str, float]
    price_units: list[str]
    money_sentences: list[str]
    months: list[list[str]]
    date_near: list[str]
    date_far: list[str]
    date_until: list[str]
    no_price: list[str]
    stock: list[str]
    stock_whole: list[str]
    stock_sum: list[str]
    stock_moved: list[str]
    excluded: list[str]
    totals: list[str]
    footers: list[str]
    phones: list[str]
    papers: dict[str, list[str]]
    other_heads: dict[str, list[str]]
    countries: dict[str, list[str]]
    at_home: list[str]
    foreign_heads: dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class Words:
    """words.yml, ready to be asked."""

    heads: Mapping[Role, Phrases]
    level_heads: frozenset[tuple[str, ...]]
    currencies: Mapping[str, Phrases]
    currency_names: Mapping[str, str]
    currency_locales: Mapping[str, str]
    scales: Mapping[str, float]
    price_units: Phrases
    money_sentences: Phrases
    months: Mapping[str, int]
    date_near: Phrases
    date_far: Phrases
    date_until: Phrases
    no_price: Phrases
    stock: Phrases
    stock_whole: Phrases
    stock_sum: Phrases
    stock_moved: Phrases
    excluded: Phrases
    totals: Phrases
    footers: Phrases
    phones: Phrases
    papers: Mapping[str, Phrases]
    other_heads: Mapping[str, Phrases]
    countries: Mapping[str, Phrases]
    at_home: Phrases
    foreign_heads: Mapping[str, Phrases]


@cache
def words() -> Words:
    """The words, read once.

    :raises pydantic.ValidationError: words.yml is not as its schema says.
    """
    raw = _File.model_validate(yaml.safe_load((HERE / "words.yml").read_text(encoding="utf-8")))
    assert set(raw.heads) == set(get_args(Role))
    return Words(
        heads={role: Phrases(given) for role, given in raw.heads.items()},
        level_heads=frozenset(tokens(text) for text in raw.level_heads),
        currencies={code: Phrases(given) for code, given in raw.currencies.items()},
        currency_names=raw.currency_names,
        currency_locales={key.upper(): code for key, code in raw.currency_locales.items()},
        scales=raw.scales,
        price_units=Phrases(raw.price_units),
        money_sentences=Phrases(raw.money_sentences),
        months={
            name.replace("ё", "е"): number
            for number, names in enumerate(raw.months, start=1)
            for name in names
        },
        date_near=Phrases(raw.date_near),
        date_far=Phrases(raw.date_far),
        date_until=Phrases(raw.date_until),
        no_price=Phrases(raw.no_price),
        stock=Phrases(raw.stock),
        stock_whole=Phrases(raw.stock_whole),
        stock_sum=Phrases(raw.stock_sum),
        stock_moved=Phrases(raw.stock_moved),
        excluded=Phrases(raw.excluded),
        totals=Phrases(raw.totals),
        footers=Phrases(raw.footers),
        phones=Phrases(raw.phones),
        papers={paper: Phrases(given) for paper, given in raw.papers.items()},
        other_heads={paper: Phrases(given) for paper, given in raw.other_heads.items()},
        countries={code: Phrases(given) for code, given in raw.countries.items()},
        at_home=Phrases(raw.at_home),
        foreign_heads={code: Phrases(given) for code, given in raw.foreign_heads.items()},
    )


@lru_cache(maxsize=20_000)
def roles(text: str) -> tuple[Role, ...]:
    """What a column under this head may be, likeliest first; () for words that name no column."""
    if len(text) > _LONGEST_HEAD:
        return ()
    found = tokens(text)
    if not found or found[:2] == ("прайс", "лист"):
        return ()
    return tuple(role for role, phrases in words().heads.items() if phrases.found(found))


def is_strong(role: Role) -> bool:
    """Whether the word alone names a column; a kind of price or a model may stand anywhere."""
    return role not in ("price_kind", "weak_name")

"""The words that orders are read by: a YAML file, checked when it is loaded."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from common import published
from optfm.errors import Refused
from optfm.text.openers import FILE as OPENERS
from optfm.text.openers import openers
from optfm.text.phonetic import sound
from optfm.text.yaml_text import read_yaml

HERE = Path(__file__).parent / "vocabulary"
FILES = (HERE / "orders.yml", HERE / "edits.yml")  #: of all the words of orders
_LISTS = {
    "штуки", "количеством", "пачки", "каждого", "тому_же", "начала", "концы", "итоги", "подписи",
    "вопросы", "условия", "приставки", "время", "упаковка", "обычный",
    "нумеруют", "поправка", "одна", "мера", "им_же", "пачкой", "столько_же", "отказы",
    "бумаги", "если", "нет_такого", "уложен", "уточняют", "дешевле_всех", "заказывают", "внутри",
}  # fmt: skip
#: lists whose words a customer without a Russian keyboard types by their sound
_TYPED_IN_LATIN = (
    "штуки",
    "пачки",
    "пачкой",
    "одна",
    "каждого",
    "столько_же",
    "нумеруют",
    "отказы",
    "обычный",
)
_PREPOSITIONS = ("на", "по", "в", "и", "для", "к")
_RUSSIAN = re.compile(r"[а-я]{3,}")
_MAPS = {"числа", "умножаются", "дробные", "столбцы"}


class WordsError(Refused):
    """The file is not as it must be; the line names the place."""


@dataclass(frozen=True, kw_only=True, eq=False)
class OrderWords:
    """Words of orders, each group as a pattern over lower-case text without «ё»."""

    numerals: Mapping[str, int]
    multiples: Mapping[str, int]
    fractions: Mapping[str, float]
    pieces: re.Pattern[str]  #: one whole word: what goods are counted in
    counted: re.Pattern[str]  #: before a number: «в количестве 4»
    packs: re.Pattern[str]  #: one whole word after which «5 шт» is the pack
    inside: re.Pattern[str]  #: one whole word: how many are in a pack, «пачку, где пять»
    single_pack: re.Pattern[str]  #: one whole word: sold as a pack
    single: re.Pattern[str]  #: one whole word: one piece without a number
    measures: re.Pattern[str]  #: one whole word: what is measured after a number
    each: re.Pattern[str]  #: anywhere in a text
    same_device: re.Pattern[str]  #: anywhere in a text
    of_several: re.Pattern[str]  #: the same of several devices
    as_many: re.Pattern[str]  #: anywhere in a text: the quantity of the line before
    openers: re.Pattern[str]  #: at the beginning of a text
    closers: re.Pattern[str]  #: at the end of a text
    refusals: re.Pattern[str]  #: at the end of a clause: what it names is not wanted
    totals: re.Pattern[str]  #: at the beginning of a line
    signatures: re.Pattern[str]  #: at the beginning of a line
    talk: re.Pattern[str]  #: anywhere: the shop rather than goods
    conditions: re.Pattern[str]  #: at the beginning of a clause
    absent: re.Pattern[str]  #: anywhere: what follows is for where there is none of the goods
    parenthesised: re.Pattern[str]  #: a condition in parentheses
    papers: re.Pattern[str]  #: at the beginning of a file: it is another paper than an order
    wrapped: frozenset[str]  #: before «упаковка»: how one is packed rather than how many
    marks: frozenset[str]  #: what follows a model's number
    clock: re.Pattern[str]  #: one whole word after a number that is a date or a time
    packing: re.Pattern[str]  #: anywhere in a row's name: how it is packed
    numbering: frozenset[str]  #: a number after them is of the name
    correction: re.Pattern[str]  #: anywhere: what follows stands in place of what precedes
    orders: re.Pattern[str]  #: at the beginning: he takes what he names
    takes: re.Pattern[str]  #: at the beginning, after a few words without a number, which it groups
    narrows: re.Pattern[str]  #: at the beginning: more of what the line before is
    cheapest: re.Pattern[str]  #: anywhere: the least price of several goods
    plainest: re.Pattern[str]  #: anywhere: the plain one of several goods
    by_sound: Mapping[str, str]  #: how words of orders sound → the word: «pachki» → «пачки»
    columns: Mapping[str, frozenset[str]]  #: kind of a column → its headers


def order_words(folder: Path = HERE) -> OrderWords:
    """The words of `orders.yml`, as it is now.

    :raises WordsError: the file is missing or not as it must be.
    """
    return _following(folder)()


@functools.cache
def _following(folder: Path) -> published.Following[OrderWords]:
    path = folder / "orders.yml"
    return published.Following(lambda: _made(path), path, OPENERS)


def _made(path: Path) -> OrderWords:
    raw = _read(path)
    if odd := (_LISTS | _MAPS) ^ set(raw):
        raise WordsError(f"словарь orders.yml: раздел «{sorted(odd)[0]}» лишний или пропущен")
    lists = {name: _texts(name, raw[name]) for name in _LISTS}
    gone = _any(lists["нет_такого"])
    # «не будет хаки» tells a condition by itself; «закончились батарейки» why one buys
    not_to_be = _any(word for word in lists["нет_такого"] if word.startswith("не "))
    numerals = {
        word: number
        for key, said in _map("числа", raw["числа"]).items()
        for word in _texts("числа", said)
        for number in [_number("числа", key)]
    }
    return OrderWords(
        numerals=numerals,
        multiples={
            w: _number("умножаются", n) for w, n in _map("умножаются", raw["умножаются"]).items()
        },
        fractions={w: _share("дробные", n) for w, n in _map("дробные", raw["дробные"]).items()},
        pieces=_whole(lists["штуки"]),
        counted=_whole(lists["количеством"]),
        packs=_whole(lists["пачки"]),
        inside=_whole(lists["внутри"]),
        single_pack=_whole(lists["пачкой"]),
        single=_whole(lists["одна"]),
        measures=_whole(lists["мера"]),
        each=anywhere(lists["каждого"]),
        same_device=anywhere(lists["тому_же"]),
        of_several=anywhere(lists["им_же"]),
        as_many=anywhere(lists["столько_же"]),
        openers=re.compile(rf"^(?:{_any((*openers().all, *lists['начала']))})(?![\w-])"),
        closers=re.compile(rf"(?<![\w-])(?:{_any(lists['концы'])})$"),
        refusals=re.compile(rf"(?<![\w-])(?:{_any(lists['отказы'])})$"),
        totals=re.compile(rf"^(?:{_any(lists['итоги'])})(?![\w-])"),
        signatures=re.compile(rf"^(?:{_any(lists['подписи'])})(?![\w-])"),
        talk=anywhere(lists["вопросы"]),
        conditions=re.compile(rf"^(?:{_any(lists['условия'])})(?![\w-])"),
        absent=re.compile(
            rf"(?:(?:^|(?<=\s))(?:а\s+)?(?:{_any(lists['если'])})\s+(?:[^\W\d]+\s+){{0,3}}?"
            rf"(?:{gone})|^(?:{not_to_be})\s+[^\W\d]+)(?![\w-])(?:[\s,—–-]+(?:то|тогда)(?!\w))?"
        ),
        parenthesised=re.compile(rf"\s*\(\s*(?:{_any(lists['если'])})\s[^()]*\)"),
        papers=re.compile(rf"^(?:{_any(lists['бумаги'])})(?![\w-])"),
        wrapped=frozenset(lists["уложен"]),
        marks=frozenset(lists["приставки"]),
        clock=_whole(lists["время"]),
        packing=re.compile(
            "|".join(sorted(map(re.escape, lists["упаковка"]), key=len, reverse=True))
        ),
        numbering=frozenset(lists["нумеруют"]),
        correction=re.compile(
            rf"\s*,?\s+(?:{'|'.join(map(_spaced, sorted(lists['поправка'], key=len)[::-1]))})\s+"
        ),
        orders=re.compile(rf"^(?:\w{{1,4}}\W+){{0,2}}(?:{_any(lists['заказывают'])})(?![\w-])"),
        takes=re.compile(rf"^((?:[^\W\d]+[\s,]+){{1,4}}?)(?:{_any(lists['заказывают'])})(?![\w-])"),
        narrows=re.compile(rf"^(?:{_any(lists['уточняют'])})(?![\w-])[\s,]*"),
        cheapest=anywhere(lists["дешевле_всех"]),
        plainest=anywhere(lists["обычный"]),
        by_sound=_by_sound(
            [*numerals, *_map("умножаются", raw["умножаются"])],
            *(lists[name] for name in _TYPED_IN_LATIN),
            openers().all,
            unlike=lists["приставки"],
        ),
        columns={
            name: frozenset(_texts(f"столбцы: {name}", said))
            for name, said in _map("столбцы", raw["столбцы"]).items()
        },
    )


def _any(words: Iterable[str]) -> str:
    """The longest first; «бутыл*» is a beginning."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) for w in ordered
    )


def _by_sound(*lists: Iterable[str], unlike: Iterable[str]) -> dict[str, str]:
    """The single words of the lists by their sounds, and the prepositions that stand beside them.

    :param unlike: marks of models: «plus» stays what it is.
    """
    said = [word for words in lists for text in words for word in text.split()]
    known = {sound(word): word for word in said if _RUSSIAN.fullmatch(word)}
    known |= {sound(word): word for word in _PREPOSITIONS}
    for word in unlike:
        known.pop(sound(word), None)
    return known


def _spaced(words: str) -> str:
    """The words with or without commas between them."""
    return r"\s*,?\s+".join(map(re.escape, words.split()))


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(words)})")


def anywhere(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words, whole, anywhere in a text; «бутыл*» is a beginning."""
    return re.compile(rf"(?<![\w-])(?:{_any(words)})(?![\w-])")


def _read(path: Path) -> dict[str, object]:
    try:
        found = read_yaml(published.read(path))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise WordsError(
            f"словарь {path.name} не читается: {' '.join(str(error).split())}"
        ) from error
    return _map(path.stem, found)


def _map(place: str, found: object) -> dict[str, object]:
    if not isinstance(found, dict):
        raise WordsError(f"словарь orders.yml: {place}: ожидается «слово: …» в каждой строке")
    return {str(key).lower(): value for key, value in found.items()}


def _texts(place: str, found: object) -> tuple[str, ...]:
    # Of no words, or of an empty one, a pattern would be made that stands everywhere.
    if (
        not isinstance(found, list)
        or not found
        or not all(isinstance(word, str | int) and str(word).strip() for word in found)
    ):
        raise WordsError(f"словарь orders.yml: {place}: ожидается список слов")
    return tuple(dict.fromkeys(str(word).lower().replace("ё", "е") for word in found))


def _share(place: str, found: object) -> float:
    try:
        return float(str(found))
    except ValueError as error:
        raise WordsError(f"словарь orders.yml: {place}: «{found}» — не число") from error


def _number(place: str, found: object) -> int:
    try:
        return int(str(found))
    except ValueError as error:
        raise WordsError(f"словарь orders.yml: {place}: «{found}» — не число") from error

"""The words that an order is edited by: a YAML file, checked when it is loaded."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from common import published
from optfm.orders.words import HERE, WordsError, anywhere
from optfm.text.morphology import forms, stem, told
from optfm.text.yaml_text import read_yaml

#: what a whole message may say
COMMANDS = {
    "показать": "show",
    "сумма": "total",
    "очистить": "clear",
    "вернуть": "undo",
    "повторить": "repeat",
    "оформить": "checkout",
    "предложение": "offer",
    "дешевые": "cheapest",
    "выбрать": "choose",
    "выборы": "choices",
    "забыть": "forget",
}
_VERBS = {
    "убрать": "remove",
    "оставить": "keep",
    "заменить": "replace",
    "дешевле": "cheaper",
    "дороже": "dearer",
    "дорого": "complains",
    "изменить": "change",
    "добавить": "add",
    "столько_же": "same",
    "номер": "line",
    "варианты": "option",
    "последний": "last",
    "пустые": "empty",
    "вместо_числа": "instead",
    "не_строка": "no_line",
    "в_придачу": "besides",
    "всё_то_же": "whole_set",
    "больше": "more",
    "меньше": "less",
    "прибавить": "increase",
    "убавить": "decrease",
    "вдвое_больше": "twice",
    "вдвое_меньше": "half",
    "все_строки": "all_lines",
    "все_сколько": "all_so_many",
    "остаётся": "stay",
    "чего_нет": "not_found",
    "вставки": "filler",
    "такие_же": "alike",
    "ещё": "again",
    "остальные": "others",
    "вернуть_строку": "restore",
    "всё_же_надо": "needed_after_all",
    "согласие": "accept",
    "его": "pronoun",
    "тоже": "too",
    "хватит": "enough",
    "по_цене": "by_price",
    "в_заказ": "into_order",
    "цена_его": "price_of_it",
    "как_было": "as_before",
    "раз": "so_many_times",
    "половина": "half_of",
    "другая_часть": "rest_of",
    "поровну": "evenly",
    "из_них": "of_them",
    "местами": "swap",
    "ни_одного": "none_of_it",
    "вводные": "aside",
    "другой_такой": "another",
    "лучше": "rather",
}


#: sections whose verbs give the others their form
_TOLD = ("убрать", "оставить", "заменить", "добавить", "прибавить", "убавить", "вернуть_строку")


@dataclass(frozen=True, kw_only=True, eq=False)
class MadeOf:
    """The words of a command that a customer puts in his own way."""

    needed: re.Pattern[str]  #: one of these stands in it
    also: re.Pattern[str] | None  #: and one of these
    allowed: re.Pattern[str]  #: besides them only these, and words that join or point


@dataclass(frozen=True, kw_only=True, eq=False)
class EditWords:
    """Words of edits; patterns over lower-case text without «ё»."""

    commands: Mapping[
        str, frozenset[str]
    ]  #: name of a command → whole messages, words by the alphabet
    verbs: Mapping[str, re.Pattern[str]]  #: anywhere, whole words
    made_of: Mapping[str, "MadeOf"]  #: name of a command → the words that it is told in
    by_infinitive: Mapping[str, str]  #: «отменять» → the form that the file has, «отменяй»
    known: frozenset[str]  #: all words of the file
    ordinals: Mapping[str, int]
    models_said: frozenset[str]  #: ordinals that are sooner of a model than of a line
    times: Mapping[str, int]  #: «вдвое» → 2
    also_called: Mapping[str, str]  #: stem of «батарейка» → «аккумулятор»
    retractions: tuple[str, ...]  #: at the end of a message: what it says is taken back


def edit_words(folder: Path = HERE) -> EditWords:
    """The words of `edits.yml`, as it is now.

    :raises WordsError: the file is missing or not as it must be.
    """
    return _following(folder)()


@functools.cache
def _following(folder: Path) -> published.Following[EditWords]:
    path = folder / "edits.yml"
    return published.Following(lambda: _made(path), path)


def _made(path: Path) -> EditWords:
    try:
        raw = read_yaml(published.read(path))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise WordsError(
            f"словарь {path.name} не читается: {' '.join(str(error).split())}"
        ) from error
    wanted = {
        *COMMANDS,
        *_VERBS,
        "порядковые",
        "отбой",
        "своими_словами",
        "во_сколько",
        "ещё_зовут",
        "порядковые_моделей",
    }
    if not isinstance(raw, dict) or wanted ^ set(raw):
        odd = sorted(wanted ^ set(raw))[0] if isinstance(raw, dict) else "?"
        raise WordsError(f"словарь {path.name}: раздел «{odd}» лишний или пропущен")
    models = {
        form: number
        for word, number in _ordinals(raw["порядковые_моделей"])
        for form in forms(word)
    }
    return EditWords(
        commands={
            name: frozenset(" ".join(sorted(said.split())) for said in _texts(raw[title]))
            for title, name in COMMANDS.items()
        },
        verbs={name: anywhere(_texts(raw[title])) for title, name in _VERBS.items()},
        made_of=dict(_made_of(raw["своими_словами"])),
        by_infinitive=_by_infinitive(raw),
        known=frozenset(word for text in _all_texts(raw) for word in text.split()),
        ordinals=dict([*_ordinals(raw["порядковые"]), *models.items()]),
        models_said=frozenset(models),
        times=dict(_times(raw["во_сколько"])),
        also_called=dict(_called(raw["ещё_зовут"])),
        retractions=tuple(_texts(raw["отбой"])),
    )


def _made_of(found: object) -> Iterator[tuple[str, MadeOf]]:
    if not isinstance(found, dict) or not set(found) <= set(COMMANDS):
        raise WordsError("словарь edits.yml: своими_словами: ожидается «команда: {нужно, можно}»")
    for title, said in found.items():
        if not isinstance(said, dict) or set(said) - {"вместе"} != {"нужно", "можно"}:
            raise WordsError(f"словарь edits.yml: своими_словами: {title}: нужно и можно")
        also = anywhere(_texts(said["вместе"])) if "вместе" in said else None
        needed, allowed = anywhere(_texts(said["нужно"])), anywhere(_texts(said["можно"]))
        yield COMMANDS[title], MadeOf(needed=needed, also=also, allowed=allowed)


def _all_texts(raw: object) -> Iterator[str]:
    """Every text of the file, whatever section it stands in."""
    if isinstance(raw, dict):
        for value in raw.values():
            yield from _all_texts(value)
    elif isinstance(raw, list):
        yield from _texts(raw)


def _by_infinitive(raw: dict[str, object]) -> dict[str, str]:
    """The forms of verbs that the file has, «не берем» with its «не», by their infinitives."""
    found: dict[str, str] = {}
    told_in = [raw[title] for title in _TOLD]
    for text in [*(text for said in told_in for text in _texts(said)), *_all_texts(raw)]:
        negated = "не " if text.startswith("не ") else ""
        verb = told(text.removeprefix(negated))
        if verb:
            found.setdefault(f"{negated}{verb}", text)
    return found


def _ordinals(found: object) -> Iterator[tuple[str, int]]:
    if not isinstance(found, dict) or not all(isinstance(number, int) for number in found):
        raise WordsError("словарь edits.yml: порядковые: ожидается «число: [слова]»")
    yield from ((word, number) for number, said in found.items() for word in _texts(said))


def _called(found: object) -> Iterator[tuple[str, str]]:
    if not isinstance(found, dict):
        raise WordsError("словарь edits.yml: ещё_зовут: ожидается «товар: [слова]»")
    yield from ((stem(word), str(name)) for name, said in found.items() for word in _texts(said))


def _times(found: object) -> Iterator[tuple[str, int]]:
    if not isinstance(found, dict) or not all(isinstance(n, int) for n in found.values()):
        raise WordsError("словарь edits.yml: во_сколько: ожидается «слово: число»")
    yield from ((str(word), number) for word, number in found.items())


def _texts(found: object) -> list[str]:
    if not isinstance(found, list) or not found or not all(str(word).strip() for word in found):
        raise WordsError("словарь edits.yml: ожидается список слов")
    return list(dict.fromkeys(str(word).lower().replace("ё", "е") for word in found))

"""Sentences of the computed answers: texts.yml filled in."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from common import published
from optfm.facts.towns import Town
from optfm.text.morphology import readings
from optfm.text.yaml_text import read_yaml

FILE = Path(__file__).with_name("texts.yml")
_texts: published.Following[dict[str, Any]] = published.Following(
    lambda: read_yaml(published.read(FILE)), FILE
)


def manager() -> str:
    """Who knows what the facts do not say, and when he is there."""
    return str(_texts()["manager"])


def say(group: str, name: str, **values: str) -> str:
    """A sentence.

    :raises KeyError: no such sentence, or a value of it is missing.
    """
    text: str = _texts()[group][name]
    return text.format(manager=manager(), **values)


def roubles(value: int) -> str:
    """«25 000 ₽»."""
    return f"{value:,}".replace(",", " ") + " ₽"


def counted(number: int, one: str, few: str, many: str) -> str:
    """«2 дня»."""
    if number % 10 == 1 and number % 100 != 11:
        return f"{number} {one}"
    between = 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14
    return f"{number} {few if between else many}"


def days(number: int) -> str:
    """«12 дней»."""
    return counted(number, "день", "дня", "дней")


def months(number: int) -> str:
    """«6 месяцев»."""
    return counted(number, "месяц", "месяца", "месяцев")


@lru_cache(maxsize=1_000)
def into(town: Town) -> str:
    """«В Шую»; where the dictionary is not sure of the case, «В город Ростов-на-Дону»."""
    form = _accusative(town.name)
    if form is None:
        return f"В город {town.name}"
    low = form.lower()
    hard = low[0] == "в" and low[1:2] not in "аеиоуыэюя"
    return f"{'Во' if hard else 'В'} {form}"


def _accusative(name: str) -> str | None:
    if not name.isalpha():
        return None
    for reading in readings(name):
        if "Geox" in reading.tag and reading.normal_form.replace("ё", "е") == name.lower().replace(
            "ё", "е"
        ):
            form = reading.inflect({"accs"})
            return str(form.word).capitalize() if form else None
    return None

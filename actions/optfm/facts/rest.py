"""What a follow-up hears that asks no known part of its topic (rest.yml)."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from common import published
from optfm.facts.wording import manager
from optfm.text.yaml_text import read_yaml

FILE = Path(__file__).with_name("rest.yml")
_ANY = "any"


class _Lines(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    case: dict[str, str]
    again: dict[str, str]
    number: dict[str, str]


def rest(topic: str, *, again: bool = False) -> str | None:
    """The rule of a topic, that it does not say this case, and who does; None for no topic.

    :param again: the customer has just read such a line.
    """
    lines = _lines()
    said = lines.case.get(topic)
    if said and again:
        said = lines.again.get(topic, lines.again[_ANY])
    return said.format(manager=manager()) if said else None


def is_rest(text: str) -> bool:
    """Whether a text of the bot is such a line."""
    lines = _lines()
    said = (*lines.case.values(), *lines.again.values())
    return any(text == line.format(manager=manager()) for line in said)


def of_a_number(topic: str, number: str) -> str | None:
    """What is said to the number of an order or a paper; None where the topic asks for none."""
    said = _lines().number.get(topic)
    return said.format(number=number, manager=manager()) if said else None


def _read() -> _Lines:
    return _Lines.model_validate(read_yaml(published.read(FILE)))


_lines = published.Following(_read, FILE)

"""What a call costs, by the price file beside this module."""

from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from optfm.errors import Refused
from optfm.text.yaml_text import read_yaml

_FILE = Path(__file__).with_name("prices.yml")


@dataclass(frozen=True, slots=True)
class Price:
    """Roubles for a thousand tokens."""

    question: Decimal
    answer: Decimal
    source: str = ""  #: where it stands; "" for a guess

    def of(self, tokens_in: int, tokens_out: int) -> Decimal:
        """Roubles of one call."""
        return (self.question * tokens_in + self.answer * tokens_out) / 1000


def price_of(provider: str, model: str, file: Path = _FILE) -> Price:
    """The first line of the file that fits the model.

    :raises Refused: the file cannot be read, or no line fits.
    """
    try:
        lines = read_yaml(file.read_text(encoding="utf-8"))[provider]
        for pattern, line in lines.items():
            if fnmatchcase(model.lower(), pattern):
                question, answer = (Decimal(str(line[name])) for name in ("question", "answer"))
                return Price(question, answer, str(line.get("source") or ""))
    except (
        *(OSError, yaml.YAMLError, KeyError, TypeError),
        *(ValueError, ArithmeticError, AttributeError),
    ) as exc:
        raise Refused(f"{file.name}: нет цены для {provider}: {exc}") from exc
    raise Refused(f"{file.name}: нет цены для {provider} {model}; добавьте строку «*»")

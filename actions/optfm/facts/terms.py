"""The terms in facts.yml, checked when they are read."""

from datetime import time
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, PositiveInt

FILE = Path(__file__).with_name("facts.yml")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Hours(_Strict):
    """Of a working day; Saturday, Sunday and holidays are closed."""

    opens: time
    closes: time


class Office(Hours):
    """A place where goods are looked at and fetched."""

    town: str
    name: str  #: with the street, as customers read it


class Window(_Strict):
    """When an order that was made in time is brought in Иваново."""

    until: time
    window: str


class Terms(_Strict):
    """Everything that is computed with; sums in roubles."""

    offices: tuple[Office, ...]
    phone: Hours
    free_delivery: dict[str, PositiveInt]
    free_delivery_elsewhere: PositiveInt
    free_to_terminal: PositiveInt
    smallest_delivered: PositiveInt
    minimum_in_regions: PositiveInt
    minimum_wholesale: PositiveInt
    same_day: tuple[str, ...]
    same_day_until: time
    windows: tuple[Window, ...]
    return_days: PositiveInt
    warranty_months: dict[str, PositiveInt]

    def office(self, town: str) -> Office | None:
        """The office of a town, None where there is none."""
        return next((office for office in self.offices if office.town == town), None)


@lru_cache(maxsize=1)
def terms() -> Terms:
    """The company's terms.

    :raises pydantic.ValidationError: facts.yml is not of this form.
    """
    return Terms.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))

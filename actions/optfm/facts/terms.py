"""The terms in facts.yml, checked when they are read."""

from datetime import time
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, PositiveInt

from common import published
from common.holidays import read_holidays
from optfm.text.yaml_text import read_yaml

FILE = Path(__file__).with_name("facts.yml")


def _holidays(value: str) -> str:
    read_holidays(value)
    return value


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
    #: `01-01..01-08, 03-08`, of every year; None: as the setting HOLIDAYS says.
    holidays: Annotated[str, AfterValidator(_holidays)] | None = None

    def office(self, town: str) -> Office | None:
        """The office of a town, None where there is none."""
        return next((office for office in self.offices if office.town == town), None)


def _read() -> Terms:
    return Terms.model_validate(read_yaml(published.read(FILE)))


_current = published.Following(_read, FILE)


def terms() -> Terms:
    """The company's terms, as facts.yml or what was published in its place says them now.

    :raises pydantic.ValidationError: facts.yml is not of this form.
    """
    return _current()

"""The kinds of values that requests carry: what Postgres and people can take."""

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def without_nul(value: str) -> str:
    """:raises ValueError: Postgres takes no such text."""
    if "\0" in value:
        raise ValueError("знак с кодом 0 не принимается")
    return value


def _in_our_time(value: datetime) -> datetime:
    if not _FIRST_YEAR <= value.year < _LAST_YEAR:
        raise ValueError(f"год от {_FIRST_YEAR} до {_LAST_YEAR - 1}")
    return value


_Clean = AfterValidator(without_nul)

#: A short text on one line or several; never a NUL.
Line = Annotated[str, StringConstraints(min_length=1, max_length=200), _Clean]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000), _Clean]
#: An id of a dialog, a code of a row, a name of a file.
Name = Annotated[str, StringConstraints(min_length=1, max_length=255), _Clean]
#: What a customer types into a search; also nothing yet.
Question = Annotated[str, StringConstraints(max_length=400), _Clean]
Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
#: A number of a row of ours.
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


class Body(BaseModel):
    """What a request may say: unknown fields are refused, so that a slip is seen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Out(BaseModel):
    """What an answer says."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

"""The answers a shop has given once: which column is the price, and the like.

Kept in `OPTFM_VAR/price-profile.json`. A date and a rate are of one list only and never kept. What
names a column by its letter holds as long as the heads of the list stay what they were.
"""

import json
import os
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from optfm.catalog.outcome import ListOptions, Outcome, Refused
from optfm.catalog.reading import read_list

FILE = "price-profile.json"
_OF_ONE_LIST = ("list_date", "rates", "skip_wrong")


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """The kept answers."""

    options: ListOptions = ListOptions()
    heads: tuple[str, ...] = ()  #: of the list whose columns were named by letters

    @property
    def names_letters(self) -> bool:
        return bool(self.options.columns) or any(_is_letter(name) for name in self.options.price)

    def under(self, given: ListOptions, *, letters: bool) -> ListOptions:
        """The options with the kept answers where nothing was given."""
        kept = self.options
        if not letters:
            named = tuple(name for name in kept.price if not _is_letter(name))
            kept = replace(kept, columns={}, price=named)
        empty = ListOptions()
        return replace(
            given,
            **{
                field.name: getattr(kept, field.name)
                for field in fields(ListOptions)
                if field.name not in _OF_ONE_LIST
                and getattr(given, field.name) == getattr(empty, field.name)
            },
        )

    def with_answers(self, given: ListOptions, heads: tuple[str, ...]) -> "Profile":
        """The profile after a list was imported with these options."""
        empty = ListOptions()
        answers = {
            field.name: getattr(given, field.name)
            for field in fields(ListOptions)
            if field.name not in _OF_ONE_LIST
            and getattr(given, field.name) != getattr(empty, field.name)
        }
        return Profile(options=replace(self.options, **answers), heads=heads)


def load(var: Path) -> Profile:
    """The shop's profile; an empty one where there is none or it cannot be read."""
    try:
        raw = json.loads((var / FILE).read_text(encoding="utf-8"))
        return TypeAdapter(Profile).validate_python(raw)
    except (OSError, ValueError, ValidationError):
        return Profile()


def keep(var: Path, profile: Profile) -> None:
    """Write the profile whole or not at all."""
    raw: dict[str, Any] = {
        "options": {
            field.name: getattr(profile.options, field.name)
            for field in fields(ListOptions)
            if field.name not in _OF_ONE_LIST
        },
        "heads": profile.heads,
    }
    var.mkdir(parents=True, exist_ok=True)
    draft = var / f"{FILE}.{os.getpid()}"
    draft.write_text(json.dumps(raw, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(var / FILE)


def forget(var: Path) -> None:
    """Ask everything anew with the next list."""
    (var / FILE).unlink(missing_ok=True)


def read_for_shop(
    data: bytes, given: ListOptions, profile: Profile, *, file_name: str = ""
) -> Outcome:
    """Read a list with the shop's kept answers below the ones given now."""
    found = read_list(data, profile.under(given, letters=False), file_name=file_name)
    if not profile.names_letters or isinstance(found, Refused):
        return found
    if found.report.heads != profile.heads:
        return found
    return read_list(data, profile.under(given, letters=True), file_name=file_name)


def heads_of(data: bytes, given: ListOptions, *, file_name: str = "") -> tuple[str, ...]:
    """The heads by which a list of the same shape is known: all of them, also of columns that the
    answers leave out."""
    named = tuple(name for name in given.price if not _is_letter(name))
    asked = replace(given, columns={}, price=named)
    return read_list(data, asked, file_name=file_name).report.heads


def _is_letter(name: str) -> bool:
    return len(name.strip()) <= 3 and name.strip().isascii() and name.strip().isalpha()

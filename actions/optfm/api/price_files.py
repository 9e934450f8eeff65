"""Price lists as other systems send them: a file of Excel's, or rows as JSON."""

import json
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from optfm.api.fields import Body, Line, Name
from optfm.api.problems import Problem, field_errors
from optfm.catalog import (
    ListOptions,
    PriceGroup,
    PriceList,
    PriceRow,
    Questions,
    ReadList,
    Suggestion,
)
from optfm.catalog.fields import MAX_CODE, MAX_NAME, MAX_PRICE_KOP, MAX_STATUS, clean
from optfm.catalog.profile import Profile, read_for_shop
from optfm.catalog.revisions import Source, source_of

_MOST_ROWS = 200_000


def _printed(value: str) -> str:
    printed = clean(value)
    if not printed:
        raise ValueError("нужен видимый текст")
    return printed


_Printed = AfterValidator(_printed)


class RowIn(Body):
    """Something to sell."""

    code: Annotated[Name, Field(max_length=MAX_CODE), _Printed]
    name: Annotated[str, Field(min_length=1, max_length=MAX_NAME), _Printed]
    price: Annotated[float, Field(ge=0.01, le=MAX_PRICE_KOP / 100, description="₽")]
    status: Annotated[str, Field(max_length=MAX_STATUS), AfterValidator(clean)] = ""
    path: Annotated[
        list[Annotated[Line, _Printed]],
        Field(max_length=10, description="Группы над товаром, внешняя первой"),
    ] = []


class PriceListIn(Body):
    """A whole price list."""

    date: date
    title: Line | None = None
    rows: Annotated[list[RowIn], Field(min_length=1, max_length=_MOST_ROWS)]


def read_any(
    data: bytes, given: ListOptions, kept: Profile, *, name: str, media_type: str
) -> Source:
    """A list from the body of a request.

    :param given: answers to the questions that a file may raise.
    :param kept: those that the shop has given before.
    :param name: of the file, where it has one.
    :param media_type: of the body, without parameters.
    :raises Problem: it is no price list, or raises a question; says which.
    """
    if media_type == "application/json":
        return source_of(_of_json(data), data, name)
    told = kept.under(given, letters=True)
    return source_of(_of_file(data, given, kept, name), data, name, told)


def _of_file(data: bytes, given: ListOptions, kept: Profile, name: str) -> PriceList:
    found = read_for_shop(data, given, kept, file_name=name)
    report = {"report": found.report.as_json()}
    if isinstance(found, ReadList):
        return found.price_list
    if isinstance(found, Questions):
        asked = [
            {"kind": q.kind, "text": q.text, "options": [*map(_parameter, q.suggestions)]}
            for q in found.questions
        ]
        said = "\n".join(f"{q['text']}\n    {'  или  '.join(q['options'])}" for q in asked)
        raise Problem("price_list_unclear", said, more={"questions": asked, **report})
    raise Problem("price_list_refused", found.message, more=report)


def _parameter(suggestion: Suggestion) -> str:
    """What to add to the address."""
    name = {"rates": "rate"}.get(suggestion.answer, suggestion.answer)
    values = suggestion.values or ("true",)
    said = "&".join(f"{name}={value}" for value in values) if name else ""
    return f"{said} {suggestion.note}".strip()


def _of_json(data: bytes) -> PriceList:
    try:
        given = PriceListIn.model_validate(json.loads(data))
    except ValidationError as exc:
        errors = [{**e, "loc": ("body", *e["loc"])} for e in exc.errors(include_url=False)]
        raise Problem("invalid", errors=field_errors(errors)) from exc
    except (ValueError, RecursionError) as exc:
        raise Problem("bad_request", "Тело — не JSON.") from exc
    rows: list[PriceRow] = []
    groups: dict[tuple[str, ...], PriceGroup] = {}
    codes: set[str] = set()
    number = 0
    for row in sorted(given.rows, key=lambda row: row.path):
        if row.code in codes:
            raise Problem("price_list_refused", f"Код {row.code} стоит дважды.")
        codes.add(row.code)
        for depth in range(len(row.path)):
            path = tuple(row.path[: depth + 1])
            if path not in groups:
                number += 1
                groups[path] = _group(path, number)
        number += 1
        rows.append(
            PriceRow(
                code=row.code,
                name=row.name,
                price_kop=round(row.price * 100),
                status=row.status,
                path=tuple(row.path),
                row_number=number,
            )
        )
    title = given.title or f"Прайс-лист на {given.date:%d.%m.%Y}"
    return PriceList(
        title=title, list_date=given.date, rows=tuple(rows), groups=tuple(groups.values())
    )


def _group(path: tuple[str, ...], number: int) -> PriceGroup:
    return PriceGroup(
        code="",
        name=path[-1],
        price_kop=None,
        status="",
        path=path[:-1],
        row_number=number,
        depth=len(path) - 1,
    )

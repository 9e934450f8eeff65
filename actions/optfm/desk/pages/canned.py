"""Canned texts: seen, added, changed and deleted by anybody of the staff."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from optfm.desk import audit, canned
from optfm.desk.desk import Given
from optfm.desk.door import Who, address_of
from optfm.desk.rendering import page

router = APIRouter(prefix="/canned")

Title = Annotated[str, Form(min_length=1, max_length=80)]
Words = Annotated[str, Form(min_length=1, max_length=3_000)]
Number = Annotated[int | None, Form(ge=1, le=2**62)]


@router.get("")
def show(request: Request, given: Given, who: Who, edit: int = 0) -> Response:
    """All of them, one open for changes."""
    with given.engine.connect() as connection:
        found = canned.listed(connection)
    return page(request, "canned.html", canned=found, edit=edit)


@router.post("")
def keep(
    request: Request, given: Given, who: Who, title: Title, text: Words, id: Number = None
) -> Response:
    """Add one, or change it."""
    with given.engine.begin() as connection:
        if not canned.keep(connection, title.strip(), text.strip(), id):
            raise HTTPException(409, "Этой заготовки больше нет, или их уже слишком много.")
        audit.note(
            connection, who.staff.id, "canned_keep", str(id or ""), address=address_of(request)
        )
    return RedirectResponse("/desk/canned", 303)


@router.post("/drop")
def drop(
    request: Request, given: Given, who: Who, id: Annotated[int, Form(ge=1, le=2**62)]
) -> Response:
    """Delete one."""
    with given.engine.begin() as connection:
        canned.drop(connection, id)
        audit.note(connection, who.staff.id, "canned_drop", str(id), address=address_of(request))
    return RedirectResponse("/desk/canned", 303)

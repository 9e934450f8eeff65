"""In by a name and a password, which a link sets; out again."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from common.masking import mask
from optfm.desk import accounts, audit, passwords, sessions
from optfm.desk.accounts import Staff, login_of
from optfm.desk.desk import Given
from optfm.desk.door import NotSignedIn, Who, address_of, let_in, let_out, token_of
from optfm.desk.rendering import is_partial, page

router = APIRouter()

_WRONG = "Имя или пароль не подходят."
_TOO_MANY = "Слишком много попыток. Подождите четверть часа или попросите у владельца новую ссылку."
Field = Annotated[str, Form(max_length=400)]


@router.get("/sign-in")
def form(request: Request, next: str = "/desk/") -> Response:
    """The form; whoever is signed in does not need it."""
    return page(request, "sign_in.html", wrong="", name="", next=_inside(next))


@router.post("/sign-in")
def sign_in(
    request: Request, given: Given, name: Field, password: Field, next: Field = "/desk/"
) -> Response:
    """Let somebody in; a session that the browser had before ends."""
    login, address = mask(login_of(name))[:60], address_of(request)
    with given.engine.begin() as connection:
        if audit.too_many(connection, login, address):
            return _again(request, _TOO_MANY, name, next, status=429)
        found = accounts.of_login(connection, name)
    staff, kept = found or (None, None)
    fits = passwords.fits(password, kept)
    with given.engine.begin() as connection:
        if staff is None or not fits:
            audit.note(connection, None, audit.FAILED, login, address=address)
            return _again(request, _WRONG, name, next, status=401)
        token = _begin(connection, request, staff)
    response: Response
    response = Response(status_code=204) if is_partial(request) else _to(_inside(next))
    let_in(request, response, token)
    return response


@router.post("/sign-out")
def sign_out(request: Request, given: Given, who: Who) -> Response:
    """End this browser's session."""
    with given.engine.begin() as connection:
        sessions.end(connection, who.key)
        audit.note(connection, who.staff.id, "sign_out", address=address_of(request))
    response = _to("/desk/sign-in")
    let_out(request, response)
    return response


@router.get("/invitation/{token}")
def invitation(request: Request, given: Given, token: str) -> Response:
    """The form that sets a password; asking for it does not use the link up."""
    with given.engine.connect() as connection:
        found = accounts.invited(connection, token)
    if found is None:
        return page(request, "invitation.html", status=404, invited=None, wrong="", token="")
    return page(request, "invitation.html", invited=found, wrong="", token=token)


@router.post("/invitation/{token}")
def accept(request: Request, given: Given, token: str, password: Field, again: Field) -> Response:
    """Set it, and let its owner in."""
    with given.engine.connect() as connection:
        found = accounts.invited(connection, token)
    if found is None:
        return page(request, "invitation.html", status=404, invited=None, wrong="", token="")
    wrong = passwords.wrong(password, found.name)
    wrong = wrong or ("Пароли различаются." if password != again else "")
    if wrong:
        return page(request, "invitation.html", status=422, invited=found, wrong=wrong, token=token)
    with given.engine.begin() as connection:
        staff = accounts.set_password(connection, token, password)
        if staff is None:
            raise NotSignedIn
        audit.note(connection, staff.id, "set_password", address=address_of(request))
        session = _begin(connection, request, staff)
    response = _to("/desk/")
    let_in(request, response, session)
    return response


def _begin(connection: Connection, request: Request, staff: Staff) -> str:
    """A session of somebody whose browser had maybe another one."""
    if before := sessions.find(connection, token_of(request)):
        sessions.end(connection, before.key)
    address = address_of(request)
    audit.note(
        connection, staff.id, audit.SIGNED_IN, mask(login_of(staff.name))[:60], address=address
    )
    return sessions.begin(connection, staff.id, address)


def _again(request: Request, wrong: str, name: str, next: str, *, status: int) -> Response:
    if is_partial(request):
        return page(request, "part_error.html", status=status, title=wrong, text="")
    return page(request, "sign_in.html", status=status, wrong=wrong, name=name, next=_inside(next))


def _inside(next: str) -> str:
    """Where to go afterwards; nowhere but to our own pages."""
    inside = next.startswith("/desk/") and "//" not in next and "\\" not in next
    return next if inside and next.isprintable() else "/desk/"


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)

"""One's own account: where one is signed in."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from optfm.desk import audit, sessions
from optfm.desk.desk import Given
from optfm.desk.door import Who, address_of, let_out
from optfm.desk.rendering import page

router = APIRouter(prefix="/account")


@router.get("")
def account(request: Request, given: Given, who: Who) -> Response:
    """Browsers that are signed in, this one marked."""
    with given.engine.connect() as connection:
        found = sessions.of_staff(connection, who.staff.id)
    return page(request, "account.html", sessions=found, current=who.key)


@router.post("/sign-out-everywhere")
def sign_out_everywhere(request: Request, given: Given, who: Who) -> Response:
    """End all of one's sessions, at once."""
    with given.engine.begin() as connection:
        sessions.end_all(connection, who.staff.id)
        audit.note(connection, who.staff.id, "sign_out_everywhere", address=address_of(request))
    response = RedirectResponse("/desk/sign-in", 303)
    let_out(request, response)
    return response

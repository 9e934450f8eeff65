"""Who may see a page: `Who` and `Owner` in a route's parameters let nobody else in."""

from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.exceptions import HTTPException

from optfm.db.signed_in import LONGEST
from optfm.desk import sessions
from optfm.desk.desk import Given
from optfm.desk.sessions import Session

#: Behind TLS the cookie is one that no other host and no plain connection can set.
_SECURE, _PLAIN = "__Host-desk", "desk"


class NotSignedIn(HTTPException):
    """Nobody we know asks."""

    def __init__(self) -> None:
        super().__init__(401, "Войдите, чтобы продолжить.")


def session(request: Request, given: Given) -> Session:
    """:raises NotSignedIn: no session, or one that has ended."""
    with given.engine.begin() as connection:
        found = sessions.find(connection, token_of(request))
    if found is None:
        raise NotSignedIn
    request.state.session = found
    return found


def owner_session(who: "Who") -> Session:
    """:raises HTTPException: a manager asks."""
    if not who.staff.is_owner:
        raise HTTPException(403, "Эта страница открыта владельцу.")
    return who


Who = Annotated[Session, Depends(session)]
Owner = Annotated[Session, Depends(owner_session)]


def token_of(request: Request) -> str:
    """What a browser shows; "" for one that is not signed in."""
    return request.cookies.get(_cookie(request), "")


def let_in(request: Request, response: Response, token: str) -> None:
    """Give a browser its cookie, which ends when the session does at the latest."""
    response.set_cookie(
        _cookie(request),
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )


def let_out(request: Request, response: Response) -> None:
    """Take it away."""
    response.delete_cookie(
        _cookie(request), path="/", secure=_is_secure(request), httponly=True, samesite="lax"
    )


def address_of(request: Request) -> str:
    """The network address of whoever asks."""
    return request.client.host if request.client else ""


def _cookie(request: Request) -> str:
    return _SECURE if _is_secure(request) else _PLAIN


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"

"""Notifications of a browser that has the desk closed: on, off, and the worker that shows them."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import FileResponse
from starlette.exceptions import HTTPException

from optfm.desk import audit
from optfm.desk.desk import Given
from optfm.desk.door import Who, address_of
from optfm.desk.rendering import STATIC
from optfm.events.addresses import Allowed
from optfm.push import subscriptions

router = APIRouter()

Field = Annotated[str, Form(max_length=3000)]


@router.get("/push-worker.js")
def worker() -> Response:
    """The service worker; a browser asks for it again by itself, signed in or not.

    It stands here and not among the static files: what it may serve is below its own address.
    """
    return FileResponse(
        STATIC / "push-worker.js",
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


@router.post("/push")
def on(
    request: Request, given: Given, who: Who, endpoint: Field, p256dh: Field, auth: Field
) -> Response:
    """Notify this browser, as long as its session goes on."""
    if not given.push_key:
        raise HTTPException(404, "Уведомления не настроены.")
    allowed = Allowed(given.settings.webhook_inner_list)
    with given.engine.begin() as connection:
        was_on = subscriptions.is_on(connection, who.key)
        try:
            subscriptions.keep(
                connection, who.key, endpoint=endpoint, p256dh=p256dh, auth=auth, allowed=allowed
            )
        except subscriptions.NotUsable as exc:
            raise HTTPException(422, str(exc)) from exc
        if not was_on:
            audit.note(connection, who.staff.id, "push_on", address=address_of(request))
    return Response(status_code=204)


@router.post("/push/off")
def off(request: Request, given: Given, who: Who) -> Response:
    """Notify this browser no longer."""
    with given.engine.begin() as connection:
        if subscriptions.is_on(connection, who.key):
            subscriptions.drop(connection, who.key)
            audit.note(connection, who.staff.id, "push_off", address=address_of(request))
    return Response(status_code=204)

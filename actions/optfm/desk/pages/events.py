"""The stream that tells an open page what has changed."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from sse_starlette import EventSourceResponse

from optfm.desk import sessions
from optfm.desk.desk import Given
from optfm.desk.door import Who

router = APIRouter()

#: A session that has ended is noticed within this time; so is a browser that has gone.
_ASK_S = 5.0
_PING_S = 15
_SIGNED_OUT = json.dumps({"signed_out": True})


@router.get("/events")
async def events(request: Request, given: Given, who: Who) -> EventSourceResponse:
    """`{"at": mark, "dialogs": [id…], "staff": bool}`; null: anything may have changed.

    `{"signed_out": true}` is the last one; `{}` says that the line is alive.
    """

    def is_open() -> bool:
        try:
            with given.engine.connect() as connection:
                return sessions.is_open(connection, who.key)
        except SQLAlchemyError:  # asked again in a moment
            return True

    async def told() -> AsyncIterator[dict[str, str]]:
        changes = given.live.events()
        coming = asyncio.ensure_future(anext(changes))
        ending = asyncio.ensure_future(given.live.closed.wait())
        asked = time.monotonic()
        try:
            while True:
                done, _ = await asyncio.wait(
                    {coming, ending}, timeout=_ASK_S, return_when=asyncio.FIRST_COMPLETED
                )
                if ending in done:
                    return
                if coming in done:
                    yield {"data": coming.result()}
                    coming = asyncio.ensure_future(anext(changes))
                else:  # a page that hears nothing for long knows that its line is dead
                    yield {"data": "{}"}
                if time.monotonic() - asked > _ASK_S:
                    asked = time.monotonic()
                    if not await asyncio.to_thread(is_open):
                        yield {"data": _SIGNED_OUT}
                        return
        finally:
            coming.cancel()
            ending.cancel()
            await asyncio.gather(coming, ending, return_exceptions=True)
            await changes.aclose()

    return EventSourceResponse(told(), ping=_PING_S, headers={"Cache-Control": "no-store"})

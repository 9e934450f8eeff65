"""`/1c/exchange`: the exchange that 1C calls «Обмен с сайтом» (CommerceML 2), of the list only."""

import asyncio
import base64
import binascii
import logging
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse
from sqlalchemy.exc import SQLAlchemyError

from optfm.api.fields import Name
from optfm.api.problems import Problem
from optfm.api.scopes import Scope
from optfm.api.services import Given, Services
from optfm.exchange.commerceml import BadFile
from optfm.exchange.exchange import Busy, Exchanges
from optfm.exchange.files import PART_LIMIT, is_wanted

log = logging.getLogger(__name__)

router = APIRouter(include_in_schema=False)

_COOKIE = "optfm_exchange"
_COMPLETE = "complete"
#: Another part of a file waits until this one is written.
_one_part = asyncio.Lock()


@router.api_route("/1c/exchange", methods=["GET", "POST"], operation_id="exchange")
async def exchange(
    request: Request,
    given: Given,
    type: Annotated[Name, Query()] = "catalog",
    mode: Annotated[Name, Query()] = "checkauth",
    filename: Annotated[Name | None, Query()] = None,
) -> PlainTextResponse:
    """One step; every answer is one that 1C understands, errors too."""
    try:
        if type != "catalog":
            return _failure(f"обмен «{type}» не ведётся: выгружайте только товары (type=catalog)")
        if mode == "checkauth":
            return await run_in_threadpool(_check_auth, given, request)
        number = await run_in_threadpool(_open_exchange, given, request)
        if number is None and mode == _COMPLETE:
            said = await run_in_threadpool(given.exchanges.ended, request.cookies.get(_COOKIE, ""))
            if said is not None:
                return _said("success", said)
        if number is None:
            return _unauthorized("обмен не начат: сначала checkauth")
        return await _step(request, given.exchanges, number, mode, filename or "")
    except Busy:
        return _failure("идёт другой обмен: повторите через минуту")
    except BadFile as exc:
        return _failure(str(exc))
    except SQLAlchemyError:
        log.exception("a step of the exchange met the database away")
        return _failure("база данных не отвечает: повторите позже")


async def _step(
    request: Request, exchanges: Exchanges, number: int, mode: str, filename: str
) -> PlainTextResponse:
    match mode:
        case "init":
            await run_in_threadpool(exchanges.start_over, number)
            return _said("zip=yes", f"file_limit={PART_LIMIT}")
        case "file":
            if not filename:
                return _failure("нет имени файла: filename")
            async with _one_part:
                await _take_part(request, exchanges, number, filename)
            return _said("success")
        case "import":
            if not filename:
                return _failure("нет имени файла: filename")
            far = await run_in_threadpool(exchanges.import_file, number, filename)
            return _said("progress", far) if far else _said("success")
        case "deactivate":  # what a whole exchange did not name goes when it is complete
            await run_in_threadpool(exchanges.drop_unnamed, number)
            return _said("success")
        case "complete":
            far = await run_in_threadpool(exchanges.complete, number)
            if far:
                return _said("progress", "готовится прайс-лист")
            return _said("success", await run_in_threadpool(exchanges.outcome, number))
        case _:
            return _failure(f"шаг «{mode}» не известен")


async def _take_part(request: Request, exchanges: Exchanges, number: int, name: str) -> None:
    """:raises Problem: the part is too large, too slow, or was cut: nothing of it counts."""
    incoming = exchanges.files(number).incoming
    size = 0
    with incoming.open("wb") as part:
        async for piece in request.stream():
            size += len(piece)
            await asyncio.to_thread(part.write, piece)
    said = request.headers.get("content-length")
    if said is not None and said.isdecimal() and int(said) != size:
        raise BadFile("часть файла пришла не целиком: повторите")
    if not size:
        raise BadFile("часть файла пуста")
    if not is_wanted(name):
        return  # read and let go
    await run_in_threadpool(exchanges.add_part, number, name)


def _check_auth(given: Services, request: Request) -> PlainTextResponse:
    client = _client(given, request)
    if client is None:
        return _unauthorized("имя или ключ не подходят")
    token = given.exchanges.begin(client)
    return _said("success", _COOKIE, token)


def _open_exchange(given: Services, request: Request) -> int | None:
    token = request.cookies.get(_COOKIE, "")
    found = given.exchanges.find(token=token, client="") if token else None
    if found is None and (client := _client(given, request)):
        found = given.exchanges.find(token=token, client=client)
    return found


def _client(given: Services, request: Request) -> str | None:
    """Whose name and key the request shows by HTTP Basic; None: they open nothing."""
    kind, _, said = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, token = base64.b64decode(said, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    try:
        key = given.keys.open_now(token)
    except Problem:
        return None
    if Scope.EXCHANGE not in key.scopes or name not in (key.client, key.prefix):
        return None
    request.scope["state"]["key"] = key
    return key.client


def _said(*lines: str) -> PlainTextResponse:
    return PlainTextResponse("\n".join(lines) + "\n")


def _failure(why: str) -> PlainTextResponse:
    return _said("failure", why)


def _unauthorized(why: str) -> PlainTextResponse:
    return PlainTextResponse(
        f"failure\n{why}\n", status_code=401, headers={"WWW-Authenticate": "Basic"}
    )

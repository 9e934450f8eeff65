"""`Idempotency-Key`: a request that is sent again is done once and answered with the same bytes.

A request under way has a row without an answer. Where its process died, the row is free again
after a while: what it changed is then told apart by the operation's own means, if it has any.
"""

import asyncio
import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from optfm.api.problems import Problem
from optfm.api.wire import App, Message, Receive, Scope, Send, header, send_problem
from optfm.db.tables import api_answers

#: How long an answer is kept.
KEPT = timedelta(hours=24)
#: Nobody works so long on one request.
_ABANDONED = timedelta(minutes=10)
_CHANGES = ("POST", "PUT", "PATCH", "DELETE")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
#: Headers that belong to the answer; the others are of its delivery.
_OWN = (b"content-type", b"location", b"etag", b"content-disposition")
_BOUNDARY = re.compile(rb'boundary="?([^";]+)"?')


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a request was answered."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class Idempotency:
    """:param engine: the shop's database."""

    def __init__(self, app: App, engine: Engine) -> None:
        self._app = app
        self._engine = engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = header(scope, b"idempotency-key") if scope["type"] == "http" else ""
        client = scope.get("state", {}).get("key")
        if not key or client is None or scope["method"] not in _CHANGES:
            await self._app(scope, receive, send)
            return
        try:
            if not _KEY.fullmatch(key):
                raise Problem("bad_request", "Idempotency-Key: от 1 до 255 знаков ASCII.")
            body = await _whole(receive)
            known = await asyncio.to_thread(
                self._begin, client.client, key, _fingerprint(scope, body)
            )
        except Problem as problem:
            await send_problem(scope, send, problem)
            return
        except SQLAlchemyError:
            away = Problem("unavailable", "База данных не отвечает.", {"Retry-After": "5"})
            await send_problem(scope, send, away)
            return
        if known is not None:
            await _answer(send, known)
            return
        scope["state"]["idempotency_key"] = key
        done = False
        try:
            given = await self._ask(scope, body, receive)
            if given.status < 500:
                await asyncio.to_thread(self._keep, client.client, key, given)
                done = True
        finally:
            if not done:  # it may be tried anew
                await asyncio.to_thread(self._forget, client.client, key)
        await _answer(send, given)

    async def _ask(self, scope: Scope, body: bytes, receive: Receive) -> Answer:
        start: Message = {}
        parts: list[bytes] = []
        given = False

        async def replayed() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def held(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                parts.append(message.get("body", b""))

        await self._app(scope, replayed, held)
        return Answer(status=start["status"], headers=tuple(start["headers"]), body=b"".join(parts))

    def _begin(self, client: str, key: str, fingerprint: str) -> Answer | None:
        """The answer that was given before; None: it is ours to find.

        :raises Problem: the key is another request's, or that request is under way.
        """
        a = api_answers.c
        mine = {"client": client, "key": key}
        with self._engine.begin() as connection:
            connection.execute(
                api_answers.delete().where(
                    a.client == client,
                    a.key == key,
                    (a.at < func.now() - KEPT)
                    | (a.status.is_(None) & (a.at < func.now() - _ABANDONED)),
                )
            )
            added = connection.execute(
                insert(api_answers)
                .values(**mine, fingerprint=fingerprint)
                .on_conflict_do_nothing()
                .returning(a.key)
            ).scalar_one_or_none()
            if added is not None:
                return None
            row = connection.execute(
                api_answers.select().where(a.client == client, a.key == key)
            ).one_or_none()
        if row is not None and row.fingerprint != fingerprint:
            raise Problem("key_reused")
        if row is None or row.status is None:
            raise Problem("in_progress", headers={"Retry-After": "1"})
        headers = tuple((k.encode(), v.encode()) for k, v in row.headers)
        return Answer(status=row.status, headers=headers, body=bytes(row.body))

    def _keep(self, client: str, key: str, answer: Answer) -> None:
        headers = [[k.decode(), v.decode()] for k, v in answer.headers if k.lower() in _OWN]
        with self._engine.begin() as connection:
            connection.execute(
                api_answers.update()
                .where(api_answers.c.client == client, api_answers.c.key == key)
                .values(status=answer.status, headers=headers, body=answer.body)
            )

    def _forget(self, client: str, key: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(
                api_answers.delete().where(api_answers.c.client == client, api_answers.c.key == key)
            )


async def _whole(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Problem("bad_request", "Соединение прервано.")
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _fingerprint(scope: Scope, body: bytes) -> str:
    """What makes two requests the same; a form's boundary is new each time and does not."""
    kind = header(scope, b"content-type").encode("latin-1")
    if boundary := _BOUNDARY.search(kind):
        body = body.replace(boundary[1], b"boundary")
        kind = kind.replace(boundary[1], b"boundary")
    parts = (scope["method"].encode(), scope["path"].encode(), scope["query_string"], kind, body)
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


async def _answer(send: Send, answer: Answer) -> None:
    headers = [
        *((k, v) for k, v in answer.headers if k.lower() != b"content-length"),
        (b"content-length", str(len(answer.body)).encode()),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})

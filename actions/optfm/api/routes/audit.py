"""Which key did what and when."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select

from optfm.api.fields import Name, Out
from optfm.api.paging import Page, Paging, page_of, paging
from optfm.api.scopes import Scope
from optfm.api.services import Given, needs
from optfm.db.tables import api_audit

router = APIRouter(prefix="/v1", tags=["audit"], dependencies=[needs(Scope.AUDIT_READ)])


class ActOut(Out):
    """One act; the same reading within seconds is one."""

    id: int
    at: datetime
    client: str | None
    key_prefix: str | None
    operation: str
    target: str
    status: int
    request_id: str
    address: str
    times: int


@router.get("/audit", operation_id="list_audit", summary="Журнал обращений")
def list_audit(
    given: Given,
    asked: Annotated[Paging, Depends(paging)],
    client: Annotated[Name | None, Query(description="Только этой системы")] = None,
    operation: Annotated[Name | None, Query(description="Только эта операция")] = None,
) -> Page[ActOut]:
    """Какой ключ что сделал и когда, новое сверху."""
    a = api_audit.c
    query = select(api_audit).where(a.id < asked.before).order_by(a.id.desc())
    if asked.since:
        query = query.where(a.at >= asked.since)
    if asked.until:
        query = query.where(a.at < asked.until)
    if client:
        query = query.where(a.client == client)
    if operation:
        query = query.where(a.operation == operation)
    with given.engine.connect() as connection:
        rows = connection.execute(query.limit(asked.limit + 1)).all()
    return page_of([ActOut.model_validate(row) for row in rows], asked, lambda act: act.id)

"""The pages, a module a subject; each has a `router`."""

from fastapi import APIRouter

from optfm.desk.pages import (
    account,
    answer,
    beside,
    canned,
    content,
    dialog,
    events,
    order,
    push,
    queue,
    reports,
    requests,
    sign_in,
)

ROUTERS: tuple[APIRouter, ...] = (
    sign_in.router,
    account.router,
    queue.router,
    events.router,
    push.router,
    dialog.router,
    answer.router,
    beside.router,
    order.router,
    canned.router,
    requests.router,
    reports.router,
    content.router,
)

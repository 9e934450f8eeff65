"""The operations, a module a subject."""

from fastapi import APIRouter

from optfm.api.routes import (
    audit,
    dialogs,
    docs,
    exchange,
    health,
    orders,
    persons,
    price_lists,
    reports,
    requests,
    search,
    watches,
    webhooks,
)

ROUTERS: tuple[APIRouter, ...] = (
    health.router,
    docs.router,
    search.router,
    price_lists.router,
    requests.router,
    orders.router,
    dialogs.router,
    watches.router,
    reports.router,
    persons.router,
    webhooks.router,
    audit.router,
    exchange.router,
)

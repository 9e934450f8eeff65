"""The pages, a module a subject; each has a `router`."""

from fastapi import APIRouter

from optfm.desk.pages import account, home, reports, requests, sign_in

ROUTERS: tuple[APIRouter, ...] = (
    sign_in.router,
    account.router,
    home.router,
    requests.router,
    reports.router,
)

"""What the desk's pages work with: put together once by the process that serves them."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Protocol
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from sqlalchemy import Engine

from optfm.catalog import PriceRow
from optfm.search import Answer, Hit
from optfm.settings import Settings


class Found(Protocol):
    """What a question about goods finds."""

    @property
    def rows(self) -> tuple[Hit, ...]: ...
    @property
    def nearest(self) -> tuple[Hit, ...]: ...
    @property
    def answers(self) -> tuple[Answer, ...]: ...
    @property
    def list_date(self) -> date: ...


class Goods(Protocol):
    """The active price list."""

    @property
    def list_date(self) -> date:
        """:raises NoPriceList: there is none yet."""

    def search_typed(self, typed: str, *, limit: int) -> Found:
        """:raises NoPriceList: there is none yet."""

    def search(self, question: str, *, limit: int) -> Found:
        """:raises NoPriceList: there is none yet."""

    def row(self, code: str) -> PriceRow | None:
        """:raises NoPriceList: there is none yet."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The parts of the desk."""

    settings: Settings
    engine: Engine
    goods: Goods

    @property
    def zone(self) -> ZoneInfo:
        """Whose clock the staff read."""
        return ZoneInfo(self.settings.timezone)


def desk(request: Request) -> Desk:
    """For FastAPI."""
    found: Desk = request.app.state.desk
    return found


Given = Annotated[Desk, Depends(desk)]

"""What the desk's pages work with: put together once by the process that serves them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Protocol
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from sqlalchemy import Engine

from common.work_hours import WorkHours
from optfm.catalog import PriceRow
from optfm.desk.helping import Assistant
from optfm.desk.live import Live
from optfm.desk.sharing import Listings
from optfm.orders import Matcher
from optfm.push.keys import public_key
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

    def explained(self, question: str) -> list[str]:
        """Lines of text; :raises NoPriceList: there is none yet."""

    def row(self, code: str) -> PriceRow | None:
        """:raises NoPriceList: there is none yet."""

    @property
    def list_id(self) -> int | None:
        """Of the revision that is asked; None: there is none yet."""

    def matcher(self) -> Matcher:
        """:raises NoPriceList: there is none yet."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The parts of the desk."""

    settings: Settings
    engine: Engine
    goods: Goods
    live: Live
    listings: Listings
    assistant: Assistant | None = None  #: None: no language model is set

    @property
    def has_group(self) -> bool:
        """Whether managers answer in a group of Telegram, too."""
        return "request_topic" in self.settings.notices

    @property
    def push_key(self) -> str:
        """What browsers ask to be notified with; "": notifications are not set up."""
        private = self.settings.push_private_key.get_secret_value()
        return public_key(private) if private else ""

    def is_open(self, moment: datetime) -> bool:
        """Whether managers answer now.

        :param moment: with a time zone.
        """
        hours = WorkHours.read(self.settings.work_hours)
        return hours.open_at(moment.astimezone(self.zone))

    @property
    def zone(self) -> ZoneInfo:
        """Whose clock the staff read."""
        return ZoneInfo(self.settings.timezone)


async def desk(request: Request) -> Desk:
    """For FastAPI, which sends what is not async to another thread."""
    found: Desk = request.app.state.desk
    return found


Given = Annotated[Desk, Depends(desk)]

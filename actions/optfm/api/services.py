"""What the routes work with: put together once, given to each by FastAPI."""

from dataclasses import dataclass
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request, params
from fastapi.security import HTTPBearer
from sqlalchemy import Engine

from optfm.api.audit import Audit
from optfm.api.gate import KeyRing
from optfm.api.goods import Goods
from optfm.api.keys import Key
from optfm.api.problems import Problem
from optfm.api.scopes import Scope
from optfm.desk.helping import Assistant
from optfm.exchange.exchange import Exchanges
from optfm.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Services:
    """The parts of one API process."""

    settings: Settings
    engine: Engine
    goods: Goods
    keys: KeyRing
    audit: Audit
    exchanges: Exchanges
    assistant: Assistant | None = None  #: of the staff; None: no language model is set

    @property
    def zone(self) -> ZoneInfo:
        """Whose clock people read."""
        return ZoneInfo(self.settings.timezone)


def services_of(request: Request) -> Services:
    """For operations that are asked with each letter typed: a dependency costs them a tenth."""
    found: Services = request.app.state.services
    return found


async def services(request: Request) -> Services:
    """For FastAPI, which sends what is not async to another thread: dearer than the work."""
    return services_of(request)


Given = Annotated[Services, Depends(services)]


class Needs(HTTPBearer):
    """Lets only keys with a right into an operation; gives the key.

    It describes how a key is shown, too; the key itself is looked at by the gate.
    """

    def __init__(self, scope: Scope) -> None:
        super().__init__(scheme_name="key", description="Ключ вида optfm_…")
        self.scope = scope

    async def __call__(self, request: Request) -> Key:  # type: ignore[override]
        key: Key | None = getattr(request.state, "key", None)
        if key is None:
            raise Problem("unauthorized", headers={"WWW-Authenticate": "Bearer"})
        if self.scope not in key.scopes:
            raise Problem("forbidden", f"Нужно право «{self.scope}».")
        return key


def needs(scope: Scope) -> params.Depends:
    """The dependency of an operation, or of a whole router."""
    made: params.Depends = Depends(Needs(scope))
    return made

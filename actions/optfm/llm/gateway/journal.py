"""A row a call in `llm_calls`, and what was used so far."""

import logging
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, case, func, select
from sqlalchemy.exc import SQLAlchemyError

from optfm.db.connection import reason
from optfm.db.tables import llm_calls

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One call, or why there was none."""

    dialog: str | None
    purpose: str
    provider: str
    model: str
    prompt_version: str
    tokens_in: int
    tokens_out: int
    cost_rub: Decimal
    took_ms: int
    outcome: str  #: ok, cached, or an `outcome` of the errors
    text: dict[str, str] | None  #: masked; None where AI_KEEP_TEXT is off


@dataclass(frozen=True, kw_only=True, slots=True)
class Used:
    """What calls have used."""

    dialog_tokens: int  #: this dialog, today
    day_tokens: int
    month_rub: Decimal


class Journal:
    """The table `llm_calls`."""

    def __init__(self, engine: Engine, zone: ZoneInfo) -> None:
        """:param zone: whose midnight ends a day and a month."""
        self._engine = engine
        self._zone = zone

    def record(self, call: Call) -> None:
        """Write a row; a database that is away costs the row, not the answer."""
        values = {name: getattr(call, name) for name in Call.__slots__}
        try:
            with self._engine.begin() as connection:
                connection.execute(llm_calls.insert().values(**values))
        except SQLAlchemyError as exc:
            log.error("a model's call is not recorded: %s", reason(exc))

    def used(self, dialog: str | None) -> Used:
        """Since midnight and since the first of the month.

        :raises SQLAlchemyError: nobody can tell.
        """
        now = datetime.now(self._zone)
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        calls = llm_calls.c
        tokens = calls.tokens_in + calls.tokens_out
        question = select(
            func.coalesce(
                func.sum(case(((calls.at >= today) & (calls.dialog == dialog), tokens))), 0
            ),
            func.coalesce(func.sum(case((calls.at >= today, tokens))), 0),
            func.coalesce(func.sum(calls.cost_rub), 0),
        ).where(calls.at >= today.replace(day=1))
        with self._engine.connect() as connection:
            one = connection.execute(question).one()
        return Used(dialog_tokens=int(one[0]), day_tokens=int(one[1]), month_rub=Decimal(one[2]))

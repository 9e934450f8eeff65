"""How much may still be spent. Looked at before anything is sent."""

from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy.exc import SQLAlchemyError

from optfm.db.connection import reason
from optfm.llm.gateway.errors import OverBudget
from optfm.llm.gateway.journal import Journal, Used


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The owner's; 0: no limit."""

    dialog_tokens: int
    day_tokens: int
    month_rub: int


@dataclass(kw_only=True)
class Budget:
    """What the journal says was used, and what is on its way in this process."""

    limits: Limits
    journal: Journal
    _away: dict[int, tuple[str | None, int, Decimal]] = field(default_factory=dict)
    _tickets: int = 0

    def used(self, dialog: str | None) -> Used:
        """What the journal knows; a database query.

        :raises OverBudget: it cannot be asked: better no call than one that nobody counts.
        """
        try:
            return self.journal.used(dialog)
        except SQLAlchemyError as exc:
            raise OverBudget(f"расход неизвестен: {reason(exc)}") from exc

    def take(self, dialog: str | None, used: Used, *, tokens: int, rub: Decimal) -> int:
        """Set aside what a call may cost at most.

        :returns: a ticket for `give_back` once the call is in the journal.
        :raises OverBudget: one of the limits does not allow it.
        """
        away = self._away.values()
        mine = sum(t for whose, t, _ in away if whose == dialog)
        day, month = sum(t for _, t, _ in away), sum((r for _, _, r in away), Decimal(0))
        wanted = (
            ("диалог", used.dialog_tokens + mine + tokens, self.limits.dialog_tokens),
            ("день", used.day_tokens + day + tokens, self.limits.day_tokens),
            ("месяц", used.month_rub + month + rub, self.limits.month_rub),
        )
        for what, sum_, limit in wanted:
            if limit and sum_ > limit:
                raise OverBudget(f"предел на {what}: {limit}")
        self._tickets += 1
        self._away[self._tickets] = (dialog, tokens, rub)
        return self._tickets

    def give_back(self, ticket: int) -> None:
        """The call is over and in the journal."""
        self._away.pop(ticket, None)

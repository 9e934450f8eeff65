"""An answer for this customer's town, sum, day and hour; nothing where the rule itself answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from optfm.facts import delivery, hours, terms_of_trade
from optfm.facts.calendar import Calendar
from optfm.facts.details import Details
from optfm.facts.terms import Terms


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What every answer is computed from."""

    terms: Terms
    calendar: Calendar
    now: datetime  #: in the shop's time zone


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A topic with the details of the case."""

    topic: str  #: `faq_…`
    details: Details
    text: str  #: as typed: what is guaranteed, whether a call is meant


_Answer = Callable[[Asked, Terms, Calendar, datetime], str | None]
#: The topics that may be computed.
TOPICS: dict[str, _Answer] = {
    "faq_delivery_cost": lambda a, t, c, n: delivery.cost(a.details, t),
    "faq_delivery_regions": lambda a, t, c, n: delivery.cost(a.details, t),
    "faq_delivery_time": lambda a, t, c, n: delivery.when(a.details, t, c, n),
    "faq_delivery_windows": lambda a, t, c, n: delivery.when(a.details, t, c, n, town="Иваново"),
    "faq_hours": lambda a, t, c, n: hours.opening(a.details, a.text, t, c, n),
    "faq_pickup": lambda a, t, c, n: hours.pickup(a.details, a.text, t, c, n),
    "faq_view_goods": lambda a, t, c, n: hours.visit(a.details, a.text, t, c, n),
    "faq_addresses": lambda a, t, c, n: hours.address(a.details, a.text, t, c, n),
    "faq_contacts": lambda a, t, c, n: hours.phone(a.details, t, c, n),
    "faq_returns": lambda a, t, c, n: terms_of_trade.returns(a.details, t),
    "faq_defects": lambda a, t, c, n: terms_of_trade.defects(a.details, a.text, t),
    "faq_warranty": lambda a, t, c, n: terms_of_trade.warranty(a.details, a.text, t),
    "faq_payment": lambda a, t, c, n: terms_of_trade.payment(a.details),
    "faq_wholesale_retail": lambda a, t, c, n: terms_of_trade.minimum(a.details, t),
    "faq_minimum_order": lambda a, t, c, n: terms_of_trade.minimum(a.details, t),
}


def answer(asked: Asked, known: Known) -> str | None:
    """The computed answer, None where the topic's own text says as much."""
    compute = TOPICS.get(asked.topic)
    return compute(asked, known.terms, known.calendar, known.now) if compute else None

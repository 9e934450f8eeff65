"""Returns and warranty by how long ago, and what a sum is enough for."""

import re

from optfm.facts.details import Details
from optfm.facts.terms import Terms
from optfm.facts.wording import days, months, roubles, say

_BATTERY = re.compile(r"\b(?:акб|акум\w*|аккум\w*|акк?ом\w*|батар\w*)", re.IGNORECASE)
_DAYS_A_MONTH = 30


def returns(details: Details, terms: Terms) -> str | None:
    """Whether goods can still be returned; None where it was not said how long ago."""
    passed = _days_passed(details)
    if passed is None:
        return None
    allowed = terms.return_days
    if passed > allowed:
        return say("returns", "late", days=days(allowed), passed=days(passed))
    left = allowed - passed
    rest = say("returns", "left", left=days(left)) if left else say("returns", "last_day")
    return say("returns", "in_time", days=days(allowed), passed=days(passed), rest=rest)


def defects(details: Details, text: str, terms: Terms) -> str | None:
    """A battery by its warranty, any other defect by whether its time to be returned is over.

    None where neither was said, or where there still is time: the rule itself says what to do.
    """
    if _BATTERY.search(text):
        return warranty(details, text, terms)
    passed = _days_passed(details)
    if passed is None or passed <= terms.return_days:
        return None
    battery = months(terms.warranty_months["battery"])
    return say("defects", "late", days=days(terms.return_days), passed=days(passed), months=battery)


def warranty(details: Details, text: str, terms: Terms) -> str | None:
    """Whether the warranty still runs; None where it was not said how long ago."""
    passed = _months_passed(details)
    if passed is None:
        return None
    said = {"months": months(terms.warranty_months["battery"]), "passed": _passed(details)}
    if not _BATTERY.search(text):
        return say("warranty", "other", **said)
    late = passed > terms.warranty_months["battery"]
    return say("warranty", "late" if late else "in_time", **said)


def payment(details: Details) -> str | None:
    """How to pay from the neighbours; None where no town of theirs was named."""
    abroad = details.town is not None and details.town.where in ("kazakhstan", "belarus")
    return say("payment", "country") if abroad else None


def minimum(details: Details, terms: Terms) -> str | None:
    """What a sum is enough for; None where none was said."""
    total = details.roubles
    if total is None:
        return None
    wholesale = terms.minimum_wholesale
    said = {"sum": roubles(total), "wholesale": roubles(wholesale)}
    if total >= wholesale:
        answer = say("minimum", "enough", **said)
    else:
        answer = say("minimum", "short", left=roubles(wholesale - total), **said)
    town = details.town
    if total >= wholesale or (town and town.name in terms.free_delivery):
        return answer
    least = terms.minimum_in_regions
    if total >= least:
        return f"{answer} {say('minimum', 'region_ok', minimum=roubles(least))}"
    lacks = say("minimum", "region_short", minimum=roubles(least), left=roubles(least - total))
    if total >= terms.smallest_delivered:
        return f"{answer} {lacks}"
    small = say("cost", "small", small=roubles(terms.smallest_delivered))
    return f"{answer} {lacks} {small}"


def _days_passed(details: Details) -> int | None:
    if details.days is None and details.months is None:
        return None
    return (details.days or 0) + (details.months or 0) * _DAYS_A_MONTH


def _months_passed(details: Details) -> float | None:
    if details.days is None and details.months is None:
        return None
    return (details.months or 0) + (details.days or 0) / _DAYS_A_MONTH


def _passed(details: Details) -> str:
    """«6 месяцев и 14 дней»."""
    said = [months(details.months)] if details.months else []
    return " и ".join([*said, days(details.days)] if details.days is not None else said)

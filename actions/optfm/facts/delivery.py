"""What delivery costs to a town for a sum, and when an order of a day and hour comes."""

from datetime import date, datetime, time, timedelta

from optfm.facts.calendar import Calendar, clock, on_day
from optfm.facts.details import Details
from optfm.facts.terms import Terms
from optfm.facts.towns import Town
from optfm.facts.wording import into, roubles, say

_HOME = "Иваново"
_MOST_TOWNS = 3


def cost(details: Details, terms: Terms) -> str | None:
    """What delivery costs; None where neither a town nor a sum was said."""
    towns = details.towns or ((details.town,) if details.town else ())
    if towns:
        return "\n".join(_to_town(town, details.roubles, terms) for town in towns[:_MOST_TOWNS])
    return _for_sum(details.roubles, terms) if details.roubles else None


def counted_before(total: int) -> str:
    """That the answer is for the roubles that were counted before it."""
    return say("cost", "counted", sum=roubles(total))


def _to_town(town: Town, total: int | None, terms: Terms) -> str:
    if town.where == "abroad":
        return say("cost", "abroad", to=town.name)
    if town.where != "russia":
        if total:
            return say("cost", "country_sum", to=into(town), sum=roubles(total))
        return say("cost", "country", to=into(town))
    least = terms.free_delivery.get(town.name)
    if least is None:
        return _to_region(into(town), total, terms)
    said = {"to": into(town), "least": roubles(least)}
    if total is None:
        return say("cost", "local", **said)
    if total >= least:
        return say("cost", "free", sum=roubles(total), **said)
    short = say("cost", "short", sum=roubles(total), left=roubles(least - total), **said)
    if total < terms.smallest_delivered:
        return f"{short} {say('cost', 'small', small=roubles(terms.smallest_delivered))}"
    return f"{short} {say('cost', 'price_asks')}"


def _to_region(to: str, total: int | None, terms: Terms) -> str:
    said = {
        "to": to,
        "elsewhere": roubles(terms.free_delivery_elsewhere),
        "terminal": roubles(terms.free_to_terminal),
        "minimum": roubles(terms.minimum_in_regions),
        "small": roubles(terms.smallest_delivered),
    }
    if total is None:
        return say("cost", "region", **said)
    said["sum"] = roubles(total)
    if total >= terms.free_delivery_elsewhere:
        return say("cost", "region_free", **said)
    if total >= terms.free_to_terminal:
        left = roubles(terms.free_delivery_elsewhere - total)
        said_all = say("cost", "region_terminal", left=left, **said)
    elif total >= terms.minimum_in_regions:
        said_all = say("cost", "region_below", left=roubles(terms.free_to_terminal - total), **said)
    else:
        return say("cost", "region_small", left=roubles(terms.minimum_in_regions - total), **said)
    return f"{said_all} {say('cost', 'price_asks')}"


def _for_sum(total: int, terms: Terms) -> str:
    said = {
        "sum": roubles(total),
        "elsewhere": roubles(terms.free_delivery_elsewhere),
        "terminal": roubles(terms.free_to_terminal),
    }
    if total >= terms.free_delivery_elsewhere:
        return say("cost", "sum_free", **said)
    places = [
        f"{town} — " + ("бесплатно" if total >= least else f"не хватает {roubles(least - total)}")
        for town, least in terms.free_delivery.items()
    ]
    if total >= terms.free_to_terminal:
        left = roubles(terms.free_delivery_elsewhere - total)
        elsewhere = say("cost", "elsewhere_terminal", left=left, **said)
    elif total >= terms.minimum_in_regions:
        elsewhere = say("cost", "elsewhere_below", **said)
    else:
        said |= {"minimum": roubles(terms.minimum_in_regions)}
        said |= {"small": roubles(terms.smallest_delivered)}
        left = roubles(terms.minimum_in_regions - total)
        elsewhere = say("cost", "elsewhere_small", left=left, **said)
    return say("cost", "sum_only", free=", ".join(places), elsewhere_says=elsewhere, **said)


def when(
    details: Details, terms: Terms, calendar: Calendar, now: datetime, *, town: str | None = None
) -> str | None:
    """When an order comes; None where no town, day or hour was said.

    :param town: where the topic itself is of one town.
    """
    asked = details.town or (Town(name=town) if town else None)
    timed = details.now or details.day is not None or details.hour is not None
    if asked is None and not timed:
        return None
    if asked and not timed and asked.name == town:
        return None  # the windows themselves are the answer
    ordered = _moment(details, now)
    if asked is None:
        home = _to_home(ordered, terms, calendar, now)
        return say("time", "no_town", ivanovo=home, until=clock(terms.same_day_until))
    if asked.where == "abroad":
        return say("cost", "abroad", to=asked.name)
    if asked.where != "russia":
        return say("time", "country", to=into(asked))
    if asked.name == _HOME:
        return f"{_to_home(ordered, terms, calendar, now)}\n{say('time', 'rule')}"
    if asked.name in terms.same_day:
        return _same_day(asked, ordered, terms, calendar, now)
    return say("time", "carrier", to=into(asked))


def _moment(details: Details, now: datetime) -> datetime:
    """When the order is made: as was said, else now; on another day from its morning on."""
    day = details.day or now.date()
    if details.hour is not None:
        hour = details.hour
    else:
        hour = now.time() if day == now.date() else time(9)
    return datetime.combine(day, hour, tzinfo=now.tzinfo)


def _to_home(ordered: datetime, terms: Terms, calendar: Calendar, now: datetime) -> str:
    today = now.date()
    day, window = _window(ordered, terms, calendar)
    said = {"when": _said(ordered, now), "day": on_day(day, today), "window": window}
    said["ordered"] = say("time", "made" if ordered.date() < today else "will_be_made").capitalize()
    if day == ordered.date():
        return say("time", "ivanovo_today", **said)
    return say("time", "ivanovo_later", why=_why_later(ordered.date(), calendar, today), **said)


def _window(ordered: datetime, terms: Terms, calendar: Calendar) -> tuple[date, str]:
    day = ordered.date()
    if calendar.is_working(day):
        for window in terms.windows:
            if ordered.time() <= window.until:
                return day, window.window
    return calendar.next_working(day), terms.windows[0].window


def _same_day(
    town: Town, ordered: datetime, terms: Terms, calendar: Calendar, now: datetime
) -> str:
    today, day = now.date(), ordered.date()
    until = clock(terms.same_day_until)
    if calendar.is_working(day) and ordered.time() <= terms.same_day_until:
        made = say("time", "made" if day < today else "will_be_made")
        said = {"when": _said(ordered, now), "day": on_day(day, today), "ordered": made}
        return say("time", "same_day", to=into(town), until=until, **said)
    following = calendar.next_working(day)
    return say(
        "time",
        "not_today",
        why=_why_later(day, calendar, today),
        to=into(town),
        until=until,
        next=on_day(following, today),
    )


def _why_later(day: date, calendar: Calendar, today: date) -> str:
    if why := calendar.why_closed(day):
        return say("time", "weekend", day_name=on_day(day, today).capitalize(), why=why)
    return say("time", "too_late") if day == today else ""


def _said(ordered: datetime, now: datetime) -> str:
    """«сейчас», «сегодня в 14:00», «завтра, 30 ноября, в 9:00»."""
    if abs(ordered - now) < timedelta(minutes=1):
        return "сейчас"
    at = "после" if ordered.second else "в"
    return f"{on_day(ordered.date(), now.date())} {at} {clock(ordered.time())}"

"""What is open at the moment that is asked about, and when what is closed opens."""

import re
from datetime import datetime, time, timedelta

from optfm.facts.calendar import Calendar, clock, on_day
from optfm.facts.details import Details
from optfm.facts.terms import Office, Terms
from optfm.facts.wording import say

_PHONE = re.compile(r"телефон|звон|позвон|трубк|горяч|на связи|дозвон", re.IGNORECASE)
#: … but who stands before a closed door asks of the office, also if he has called.
_AT_THE_DOOR = re.compile(
    r"\bдвер[ьи]|\bстою\b|\bсижу\b|\bприехал|\bприш[её]?л|\bподъехал|\bстуч[уа]|\bзаперт|\bзамк[еа]",
    re.IGNORECASE,
)
#: «вы сейчас работаете?», «ещё открыты?», «на месте?»: about this moment without naming it.
_THIS_MOMENT = re.compile(
    r"\b(?:открыты?о?|работаете|еще|ещё|на месте|застану|успею|закрыты?о?|ближайш\w+"
    r"|когда откро\w+)\b",
    re.IGNORECASE,
)
_WHEN_OPENS = re.compile(r"когда\s+(?:вы\s+)?откро|когда\s+начн|ближайш", re.IGNORECASE)
#: «до скольки?», «со скольки?»: of an office that was named.
_UNTIL = re.compile(r"\bдо\s+(?:скольк|котор|каки)|\bво\s+сколько\s+закр", re.IGNORECASE)
_SINCE = re.compile(r"\bс[о]?\s+(?:скольк|котор|каки)|\bво\s+сколько\s+откр", re.IGNORECASE)
_LONG_WORD, _ENDING = re.compile(r"[а-я]{9,}"), 2
_HEAD = re.compile(r"головн|центральн|главн|склад", re.IGNORECASE)
#: «с тридцатого декабря по восьмое января»: of many days the general rule is all that is known.
_MANY_DAYS = re.compile(
    r"\bсо?\s+(?:[а-я]+|\d+)(?:-?го)?(?:\s+[а-я]+)?\s+по\s+(?:[а-я]+ое|\d+)\b", re.I
)
_HOLIDAYS = re.compile(r"праздник", re.IGNORECASE)


def opening(
    details: Details, text: str, terms: Terms, calendar: Calendar, now: datetime
) -> str | None:
    """Whether the shop is open; None for the hours in general."""
    if _HOLIDAYS.search(text) and details.day is None:
        return None
    if details.day is not None and _MANY_DAYS.search(text):
        return None
    if _PHONE.search(text) and not _AT_THE_DOOR.search(text):
        return _phone(_moment(details, now), terms, calendar, now)
    office = _office(details, text, terms)
    if details.town and office is None:
        return say("hours", "no_office", town=details.town.name)
    timed = details.now or details.day is not None or details.hour is not None
    if not timed and not _THIS_MOMENT.search(text):
        return _end_of_day(office, text) or _of_office(office) if office else None
    moment = _moment(details, now)
    if _WHEN_OPENS.search(text) and not calendar.is_open(terms.offices[0], moment):
        day = calendar.opens_next(terms.offices[0], moment)
        return say("hours", "opens", day=on_day(day, now.date()))
    said = _of(office, moment, terms, calendar, now) if office else _of_all(
        moment, terms, calendar, now
    )  # fmt: skip
    if moment == now:
        return f"{said}\n{_phone(now, terms, calendar, now)}"
    return said


def pickup(
    details: Details, text: str, terms: Terms, calendar: Calendar, now: datetime
) -> str | None:
    """Whether goods can be fetched at that moment; None for the offices in general."""
    return _with_pickup(_visit(details, text, terms, calendar, now))


def visit(
    details: Details, text: str, terms: Terms, calendar: Calendar, now: datetime
) -> str | None:
    """The same for whoever only comes to look."""
    said = _visit(details, text, terms, calendar, now)
    return f"{said} {say('hours', 'look')}" if said else None


def _visit(
    details: Details, text: str, terms: Terms, calendar: Calendar, now: datetime
) -> str | None:
    office = _office(details, text, terms)
    timed = details.now or details.day is not None or details.hour is not None
    if office is None and not timed:
        return None
    if office and not timed:
        return _of_office(office)
    moment = _moment(details, now)
    if office:
        return _of(office, moment, terms, calendar, now)
    return _of_all(moment, terms, calendar, now)


def address(
    details: Details, text: str, terms: Terms, calendar: Calendar, now: datetime
) -> str | None:
    """The office of a town; None for all of them."""
    office = _office(details, text, terms)
    if details.town and office is None:
        return say("hours", "no_office", town=details.town.name)
    return _of_office(office) if office else None


def phone(details: Details, terms: Terms, calendar: Calendar, now: datetime) -> str | None:
    """Whether the phone is answered; None for all contacts."""
    if not (details.now or details.day or details.hour):
        return None
    return _phone(_moment(details, now), terms, calendar, now)


def _with_pickup(said: str | None) -> str | None:
    return f"{said} {say('hours', 'pickup')}" if said else None


def _office(details: Details, text: str, terms: Terms) -> Office | None:
    if details.town:
        return terms.office(details.town.name)
    plain = text.lower().replace("ё", "е")
    for office in terms.offices:
        if any(stem in plain for stem in _stems(office)):
            return office
    return terms.offices[0] if _HEAD.search(text) else None


def _stems(office: Office) -> list[str]:
    """By what its address is called: «на Ленинградской», «в Бутусовском»."""
    words = _LONG_WORD.findall(office.name.removeprefix(office.town).lower().replace("ё", "е"))
    return [word[:-_ENDING] for word in words]


def _of_office(office: Office) -> str:
    return f"{office.name} — пн–пт {clock(office.opens)}–{clock(office.closes)}."


def _end_of_day(office: Office, text: str) -> str | None:
    """When an office closes, or opens, to who asks for one of them; None for both and for none."""
    until, since = _UNTIL.search(text), _SINCE.search(text)
    if bool(until) == bool(since):
        return None
    name = "until" if until else "since"
    said = {"closes": clock(office.closes), "opens": clock(office.opens)}
    return say("hours", name, town=office.town, **said)


def _moment(details: Details, now: datetime) -> datetime:
    if details.day is None and details.hour is None:
        return now
    day = details.day or now.date()
    hour = details.hour or (now.time() if day == now.date() else time(12))
    return datetime.combine(day, hour, tzinfo=now.tzinfo)


def _of(office: Office, moment: datetime, terms: Terms, calendar: Calendar, now: datetime) -> str:
    when = _named(moment, now)
    if calendar.is_open(office, moment):
        opened = say("hours", "open", when=when, office=office.name, closes=clock(office.closes))
        return f"{opened}{_eve(moment, calendar)}"
    return say(
        "hours",
        "closed",
        When=_upper(when),
        why=_why(moment, calendar),
        day=on_day(calendar.opens_next(office, moment), now.date()),
        opens=clock(office.opens),
        office=office.name,
        closes=clock(office.closes),
    )


def _of_all(moment: datetime, terms: Terms, calendar: Calendar, now: datetime) -> str:
    when = _named(moment, now)
    there = [o for o in terms.offices if calendar.is_open(o, moment)]
    if not there:
        day = calendar.opens_next(terms.offices[0], moment)
        return say(
            "hours",
            "all_closed",
            When=_upper(when),
            why=_why(moment, calendar),
            day=on_day(day, now.date()),
        )
    places = ", ".join(f"{o.town} {clock(o.opens)}–{clock(o.closes)}" for o in there)
    said = say("hours", "some_open", When=_upper(when), offices=places) + _eve(moment, calendar)
    closed = [f"{o.town} (до {clock(o.closes)})" for o in terms.offices if o not in there]
    return f"{said} {say('hours', 'also_closed', offices=', '.join(closed))}" if closed else said


def _phone(moment: datetime, terms: Terms, calendar: Calendar, now: datetime) -> str:
    said = {"When": _upper(_named(moment, now)), "closes": clock(terms.phone.closes)}
    if calendar.is_open(terms.phone, moment):
        return f"{say('hours', 'phone_open', **said)}{_eve(moment, calendar)}"
    said |= {"day": on_day(calendar.opens_next(terms.phone, moment), now.date())}
    said |= {"opens": clock(terms.phone.opens), "why": _why(moment, calendar)}
    return say("hours", "phone_closed", **said)


def _named(moment: datetime, now: datetime) -> str:
    if abs(moment - now) < timedelta(minutes=1):
        return "сейчас"
    day = on_day(moment.date(), now.date())
    if moment.time() == time(12):
        return day
    return f"{day} {'после' if moment.second else 'в'} {clock(moment.time())}"


def _why(moment: datetime, calendar: Calendar) -> str:
    why = calendar.why_closed(moment.date())
    return f": {why}" if why else ""


def _eve(moment: datetime, calendar: Calendar) -> str:
    """What nobody promises of a working day before holidays: 31 December may be short, or free."""
    return f" {say('hours', 'eve')}" if calendar.is_eve(moment.date()) else ""


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

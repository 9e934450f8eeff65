"""What the computed answers say to phrases, now and with other terms."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from common import published
from optfm.facts import TOPICS, Asked, Known, answer, read_details, terms
from optfm.facts.calendar import Calendar

#: What the topics are asked with where the owner names nothing: each answer of each kind once.
PHRASES = (
    "сколько стоит доставка в Шую на 7 тысяч",
    "доставка в Кохму",
    "доставка в Иваново на 2000",
    "доставка в Ярославль на 500",
    "доставка в Москву на 30 тысяч",
    "доставка в Казань на 900",
    "если закажу сейчас, когда привезёте",
    "заказ в Вологду в 10:00",
    "заказ в Иваново завтра в 14:00",
    "вы сейчас открыты",
    "в воскресенье работаете",
    "1 января работаете",
    "офис в Ярославле в 17:45",
    "позвонить сейчас можно",
    "прошло 12 дней, можно вернуть",
    "прошло 3 дня, можно вернуть",
    "аккумулятор сломался через 5 месяцев",
    "аккумулятор сломался через 7 месяцев",
    "хватит ли 4 тысяч на первый заказ",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A phrase to a topic, now and then."""

    phrase: str
    topic: str
    before: str  #: "": the topic's own text is the answer
    after: str


def computed(
    texts: Mapping[str, str], phrases: Iterable[str], *, calendar: Calendar, zone: ZoneInfo
) -> Iterator[Said]:
    """What differs, to the owner's phrases first, then to those above.

    :param texts: to be published, by document.
    :param calendar: of the settings.
    """
    now = datetime.now(UTC).astimezone(zone)
    asked = [(topic, phrase) for phrase in (*phrases, *PHRASES) for topic in TOPICS]
    answers = [_answer(topic, phrase, calendar, now) for topic, phrase in asked]
    with published.tried(texts):
        then = [_answer(topic, phrase, calendar, now) for topic, phrase in asked]
    told: set[tuple[str, str]] = set()
    for (topic, phrase), before, after in zip(asked, answers, then, strict=True):
        if before != after and (before, after) not in told:
            told.add((before, after))
            yield Said(phrase=phrase, topic=topic, before=before, after=after)


def _answer(topic: str, phrase: str, calendar: Calendar, now: datetime) -> str:
    said = terms().holidays
    known = Known(
        terms=terms(), calendar=calendar if said is None else Calendar.read(said), now=now
    )
    asked = Asked(topic=topic, details=read_details(phrase, now), text=phrase)
    return answer(asked, known) or ""

"""What a message says of the customer's case: his town, sum, hour, day, how long ago."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from common.latin import from_latin
from common.phrases import plain
from optfm.facts.numbers import numbers
from optfm.facts.towns import Town, town_in_latin, towns_of
from optfm.text.morphology import is_word

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|\s+")
_THOUSANDS_APART = re.compile(r"(?<=\d)[  ](?=\d{3}\b)")
_THOUSANDS = r"(?:к|k|т\.?\s?р\b\.?|тыр\w*|тыс\w*|тыщ\w*|тыс\.|косар\w*)"
_SUMS = (
    (re.compile(rf"\b(\d+(?:[.,]\d+)?)\s*{_THOUSANDS}(?!\w)"), 1000.0),
    (re.compile(r"\b(?:тыс|тыщ|тыр)\w*\s+(?:на\s+|по\s+)?(\d+(?:,5)?)\b"), 1000.0),
    (re.compile(r"\b(\d+)\s*(?:р|руб\w*|рэ|₽)(?!\w)"), 1.0),
    (re.compile(r"\b(\d{3,6})\b(?!\s*(?:дн|ден|час|мин|шт|мес|год|лет|числ|[:%]))"), 1.0),
)
#: «2 тысячи 640», «3 тыс 50 руб»: the rest is less than a thousand, and no count of goods.
_AND_THE_REST = re.compile(
    rf"\b(\d{{1,3}})\s*{_THOUSANDS}\s+"
    r"(\d{3}(?!\s*(?:дн|ден|час|мин|шт|мес|год|лет|числ|[:%.,]?\d))|\d{2}(?=\s*(?:р|руб\w*|₽)(?!\w)))(?!\w)"
)
_HALF_THOUSAND = re.compile(
    rf"\bполтор\w*\s+{_THOUSANDS}(?!\w)|\b(?:тыс|тыщ)\w*\s+(?:на\s+|в\s+)?полтор\w*"
)
_BARE_NUMBER = re.compile(r"\d+(?:,5)?")
#: «две с половиной тыщи», in digits.
_AND_A_HALF = re.compile(r"\b(\d+)\s+с\s+половин\w+")
#: … of thousands where nothing else is named: «заказ на две с половиной».
_HALF_OF_THOUSANDS = re.compile(r"\b(?:на|за|от|до|около)\s+(\d+,5)\s*(?=$|[?!.,;)])")
_A_THOUSAND = re.compile(r"\b(?:на|за|с)\s+(?:тысячу|тыщу|косарь)\b")
_SMALLEST_SUM = 100
_THOUSAND, _MOST_THOUSANDS = 1000, 500
#: What somebody took for the delivery is no sum of an order.
_SPENT = re.compile(
    r"(?:взял\w*|содрал\w*|отдал\w*|заплатил\w*|списал\w*|платил\w*|стоил\w*)[^.,;!?]*"
    r"(?:доставк|транспортн|пересыл|курьер|сдэк)[^.,;!?]*"
    r"|(?:доставк|транспортн|пересыл|курьер|сдэк)[^.,;!?]*"
    r"(?:взял|содрал|отдал|заплатил|списал|платил|стоил)[^.,;!?]*"
)
#: What a sum falls short by is not the sum: «на 24900, сто рублей не хватает».
_LACKING = re.compile(
    r"\b\d+\s*(?:р|руб\w*|₽)?\s*не\s+хват\w*|\bне\s+хват\w*\s+\d+\s*(?:р|руб\w*|₽)?(?!\w)"
)

_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b(?!\.)")
#: «в 14-20», «в 11 40»; «11-13» is from eleven to one.
_CLOCK_APART = re.compile(
    r"\b(в|к|до|после)\s+([01]?\d|2[0-3])[- ]([0-5][05])\b"
    rf"(?!\s*(?:шт|дн|ден|час|руб|р\b|{_THOUSANDS}))"
)
_HOUR = re.compile(
    r"\b(?:в|во|к|до|после|около|часов|часам|часа)\s+(\d{1,2})\b"
    r"(?!\s*(?:дн|ден|тыс|тыщ|т\.?р|к\b|р\b|руб|шт|мес|нед|год|лет|числ|янв|фев|мар|апр|ма[йя]|июн"
    r"|июл|авг|сен|окт|ноя|дек|₽|%))(?:\s*(?:час\w*|ч\b))?(?:\s+(утра|дня|вечера|ночи))?"
)
_PLAIN_HOUR = re.compile(r"\b(\d{1,2})\s*(?:час\w*|ч\b)?\s+(утра|дня|вечера|ночи)\b")
_HALF_PAST = re.compile(r"\bпол(?:ов\w*)?\s+(\d{1,2})\b(?:-?го)?(?:\s+(утра|дня|вечера))?")
#: «полшестого»: half past, written together.
_RUN_TOGETHER = re.compile(
    r"\bпол-?(?=(?:перво|второ|треть|четв|пято|шест|седьм|восьм|девят|десят|одиннадц|двенадц)\w*го\b)"
)
#: «без двадцати шесть», «без четверти пять».
_QUARTER = re.compile(r"\bбез\s+четверти\b")
_TO_THE_HOUR = re.compile(
    r"\bбез\s+(\d{1,2})\s+(?:минут\w*\s+)?(\d{1,2})\b(?:\s+(утра|дня|вечера))?"
)
#: … whose numerals were read as one: «без двадцати шесть» → «без 26».
_TWENTY_TO = re.compile(r"\bбез\s+2([1-9])\b(?!\s*(?:\d|р\b|руб|коп|шт|тыс|₽))")
_AN_HOUR, _HALF_A_DAY = 60, 12
#: «в 5:40» is in the afternoon: nobody fetches goods before.
_OPENS, _MORNING = 7, re.compile(r"\bутр\w*|\bноч\w*")
_AFTER = re.compile(r"\bпосле\s+\d")
_AT_ONE = re.compile(r"\bв час\b(?:\s+(дня|ночи))?")
_IN_HOURS = re.compile(r"\bчерез\s+(?:(\d{1,2})\s+)?час")
_PARTS_OF_DAY = (
    (re.compile(r"\bполдень\b|\bв полдень"), time(12)),
    (re.compile(r"\b(?:в обед|после обеда|днем)\b"), time(13)),
    (re.compile(r"\b(?:утром|с утра)\b"), time(9)),
    (re.compile(r"(?<!добрый )\b(?:вечером|под вечер|вечер)\b"), time(19)),
    (re.compile(r"\bночью\b"), time(23)),
)
_NOW = re.compile(r"\b(?:сейчас|щас|прямо сейчас|сию минуту)\b")
_DAYS = (("послезавтра", 2), ("завтра", 1), ("сегодня", 0), ("севодня", 0))
_WEEKEND = re.compile(r"\bвыходны[ехм]\w*")
_MONTHS = (
    "янв",
    "фев",
    "март",
    "апр",
    "ма[йяе]",
    "июн",
    "июл",
    "авг",
    "сент",
    "окт",
    "нояб",
    "дек",
)
_DATE = re.compile(r"\b(\d{1,2})(?:-?го)?\s+(" + "|".join(_MONTHS) + r")\w*")
_NUMERIC_DATE = re.compile(
    rf"\b(\d{{1,2}})\.(\d{{1,2}})(?:\.\d{{2,4}})?\b(?!\s*{_THOUSANDS}(?!\w))"
)
_OF_MONTH = re.compile(r"\b(\d{1,2})(?:-?го|\s+числа)\b|\b(\d{1,2})-?ое?\b")
_PASSED_DAYS = re.compile(r"\b(\d{1,3})\s*(?:дн|ден|суток)\w*|\b(?:дней|дня)\s+(\d{1,2})\b")
#: «полмесяца провалялось».
_HALF_MONTH = re.compile(r"\bпол\s?месяца\b|\bполмесяц\w*")
#: «третья неделя пошла»: two have passed; of the second nobody knows whether ten days have.
_RUNNING_WEEK = re.compile(r"\b((?:втор|трет|четверт|пят)\w*)\s+недел[яюеи]\b")
#: «а на одиннадцатый день?», «на 12-й?»
_NTH_DAY = re.compile(
    r"\W*(?:(?:а|и|ну|но|если|то|уже)\s+)*(?:на|в)\s+(?:(\d{1,2})-?(?:й|ый|ой|ий)?|([а-я]{5,}))"
    r"(?:\s+(?:день|сутки))?(?:\s+(?:уже|можно|еще|нельзя|поздно|всё|все))*\W*$"
)
_LONGEST_ENDING = 3
_ENDS = re.compile(r"\bк концу\b|\bна исходе\b|\b(?:за)?канчива\w*|\bконча\w*|\bв конце\b")
_PASSED_WEEKS = re.compile(r"\b(?:(\d{1,2})\s+|(полтор\w*)\s+)?недел\w*")
_HOW_MANY = re.compile(r"\bскольк\w*\s+(?:мес\w*|лет|недел\w*)")
_PASSED_MONTHS = re.compile(r"\b(?:(\d{1,2})\s*|(полтор\w*)\s+)?мес(?:яц\w*|\.)?(?!т)\b")
#: «четвёртый месяц»: three have passed.
_RUNNING_MONTH = re.compile(r"\b((?:втор|трет|четверт|пят|шест|седьм|восьм)\w*)\s+месяц[еа]?\b")
_YEARS = re.compile(r"\b(?:(\d)\s+|(полтор\w*)\s+)?(?:год[а]?|лет)\b")
_HALF_YEAR = re.compile(r"\bпол\s?года\b")
_YESTERDAYS = {re.compile(r"\bпозавчера\b"): 2, re.compile(r"\bвчера\b"): 1}
#: What is said of an order that is made, in any time.
_ORDERED = re.compile(r"\b(?:оформ|заказ|сдела\w+ заявк|отправил\w* (?:заявк|список|заказ))\w*")
_RECEIVED = re.compile(r"\b(?:получ|пришл|приш[её]л|забрал|взял|купил|привезл|брал)\w*")
_DAYS_A_WEEK, _DAYS_A_MONTH, _DAYS_A_YEAR = 7, 30, 365
_CLAUSES = re.compile(r"[,;:.?!()—]+")
_STORY_WORDS = 12
_LATIN_WORD, _CYRILLIC = re.compile(r"[a-z]+"), re.compile("[а-яё]", re.IGNORECASE)
_MOSTLY = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Details:
    """What is known of the case; None: not said."""

    town: Town | None = None
    towns: tuple[Town, ...] = ()  #: all that were named
    roubles: int | None = None  #: of the order
    day: date | None = None  #: that is asked about
    hour: time | None = None  #: a second later where it is «после трёх»
    now: bool = False  #: «сейчас»
    days: int | None = None  #: that have passed
    months: int | None = None  #: that have passed

    def over(self, before: "Details") -> "Details":
        """These, and what was said before where these say nothing."""
        still_now = before.now and self.day is None and self.hour is None
        later = replace(before, towns=self.towns, now=self.now or still_now)
        said = {
            name: value
            for name in ("town", "roubles", "day", "hour", "days", "months")
            if (value := getattr(self, name)) is not None
        }
        if self.day is not None or self.now:
            said |= {"hour": self.hour, "day": self.day}
        if self.days is not None or self.months is not None:
            said |= {"days": self.days, "months": self.months}
        return replace(later, **said)

    def of_a_story(self, told: "Details") -> "Details":
        """What the part of a story that asks says, with the place and the time passed of all of it.

        Sums, days and hours that are only told are of something else.
        """
        return replace(
            self,
            town=self.town or told.town,
            towns=told.towns or self.towns,
            days=self.days if self.days is not None else told.days,
            months=self.months if self.months is not None else told.months,
        )

    def __bool__(self) -> bool:
        said = (self.town, self.roubles, self.day, self.hour, self.days, self.months)
        return self.now or any(value is not None for value in said)


def read_details(text: str, now: datetime) -> Details:
    """What a message says.

    :param text: as typed.
    :param now: in the shop's time zone.
    """
    text = in_cyrillic(text)
    towns = tuple(towns_of(numbers().elsewhere.sub(" ", text)) or towns_of(text))
    said = _HOW_MANY.sub(" ", numbers().not_passed.sub(" ", _with_digits(text)))
    said = _CLOCK_APART.sub(r"\1 \2:\3", said)
    hour = _hour(said, now)
    if hour and _AFTER.search(said):
        hour = hour.replace(second=1)
    # «гарантия кончилась неделю назад»: since its end, not since the purchase.
    over = bool(numbers().is_over.search(said))
    counted = not over and not numbers().asks_of_the_term.search(said)
    days = _days_between(said, now.date()) if counted else None
    months = None if over or days is not None else _months_passed(said)
    if counted and days is None:
        days = _days_passed(said, now, dated=months is None)
    return Details(
        town=towns[0] if towns else None,
        towns=towns,
        roubles=_roubles(said),
        day=_day(said, now),
        hour=hour,
        now=bool(_NOW.search(said)),
        days=days,
        months=months,
    )


def _roubles(text: str) -> int | None:
    if _HALF_THOUSAND.search(text):
        return 1500
    text = _LACKING.sub(" ", _SPENT.sub(" ", text))
    without_clock = _NUMERIC_DATE.sub(" ", _CLOCK.sub(" ", text))
    if found := _AND_THE_REST.search(without_clock):
        return int(found[1]) * _THOUSAND + int(found[2])
    for pattern, factor in _SUMS:
        if found := pattern.search(without_clock):
            value = int(float(found[1].replace(",", ".")) * factor)
            return value if value >= _SMALLEST_SUM else None
    if found := _HALF_OF_THOUSANDS.search(text):
        return int(float(found[1].replace(",", ".")) * _THOUSAND)
    return _THOUSAND if _A_THOUSAND.search(text) else None


def _hour(text: str, now: datetime) -> time | None:
    if found := _CLOCK.search(text):
        early = found[1][0] != "0" and 0 < int(found[1]) < _OPENS and not _MORNING.search(text)
        return time(int(found[1]) + (_HALF_A_DAY if early else 0), int(found[2]))
    if found := _AT_ONE.search(text):
        return time(1 if found[1] == "ночи" else 13)
    if found := _IN_HOURS.search(text):
        return (now + timedelta(hours=int(found[1] or 1))).time()
    if (found := _HALF_PAST.search(text)) and 1 <= int(found[1]) <= 12:
        return _of_work((int(found[1]) - 1) % 12, found[2] or "", 30)
    if found := _TO_THE_HOUR.search(_TWENTY_TO.sub(r"без 20 \1", text)):
        minutes, hour = int(found[1]), int(found[2])
        if 1 <= minutes < _AN_HOUR and 1 <= hour <= 12:
            return _of_work((hour - 1) % 12, found[3] or "", _AN_HOUR - minutes)
    for pattern in (_PLAIN_HOUR, _HOUR):
        if (found := pattern.search(text)) and int(found[1]) <= 23:
            return _of_work(int(found[1]), found[2] or "", 0)
    return next((hour for pattern, hour in _PARTS_OF_DAY if pattern.search(text)), None)


def _of_work(hour: int, part: str, minute: int) -> time:
    """An hour as people of trade say it: «в два» is two in the afternoon."""
    afternoon = part in ("дня", "вечера") or (not part and hour <= 7)
    return time((hour + 12) % 24 if afternoon and hour < 12 else hour, minute)


def _day(text: str, now: datetime) -> date | None:
    """The day that a message names first; an order made yesterday is of yesterday."""
    today = now.date()
    if _ORDERED.search(text):
        for pattern, ago in _YESTERDAYS.items():
            if pattern.search(text):
                return today - timedelta(days=ago)
    found = [(match.start(), day) for match, day in _days_named(text, today)]
    return min(found)[1] if found else None


def _days_named(text: str, today: date) -> Iterator[tuple[re.Match[str], date]]:
    for word, later in _DAYS:
        if match := re.search(rf"\b{word}\b", text):
            yield match, today + timedelta(days=later)
    if (match := _DATE.search(text)) and (day := _date(match, today)):
        following = _date(match, today.replace(year=today.year + 1, day=1))
        yield match, day if day >= today else following or day
    for name, (month, number) in numbers().named.items():
        if match := name.search(text):
            day = date(today.year, month, number)
            yield match, day if day >= today else day.replace(year=today.year + 1)
    for number, name in enumerate(numbers().days):
        if match := name.search(text):
            yield match, today + timedelta(days=(number - today.weekday()) % 7)
    if match := _WEEKEND.search(text):
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        yield match, saturday if today.weekday() < 5 else today


def _date(found: re.Match[str], near: date) -> date | None:
    month = next(n for n, name in enumerate(_MONTHS, 1) if re.match(name, found[2]))
    try:
        return date(near.year, month, int(found[1]))
    except ValueError:
        return None


def _days_between(text: str, today: date) -> int | None:
    """«купил 5 января, сегодня 25 июня»: whose today the second is, the customer knows."""
    days = [day for found in _DATE.finditer(text) if (day := _date(found, today))]
    if len(days) != 2 or not _RECEIVED.search(text):
        return None
    return (days[1] - days[0]).days % _DAYS_A_YEAR


def _days_passed(text: str, now: datetime, *, dated: bool) -> int | None:
    """The days that have passed.

    :param dated: a date counts, too; where months were said it would be counted twice.
    """
    if found := _PASSED_DAYS.search(text):
        return int(found[1] or found[2])
    if _HALF_MONTH.search(text):
        return _DAYS_A_MONTH // 2
    if (found := _RUNNING_WEEK.search(text)) and (running := _nth(found[1])):
        return _of_a_running_week(running, ends=bool(_ENDS.search(text)))
    if found := _PASSED_WEEKS.search(text):
        return 10 if found[2] else _DAYS_A_WEEK * int(found[1] or 1)
    for word, passed in _YESTERDAYS.items():
        if word.search(text) and _may_be_received(text, word):
            return passed
    if not dated or not _RECEIVED.search(text):
        return None
    if (found := _DATE.search(text)) and (day := _date(found, now.date())):
        if day > now.date():
            day = day.replace(year=day.year - 1)
        return (now.date() - day).days
    numbers = [int(a or b) for a, b in _OF_MONTH.findall(text)]
    if not numbers or not 1 <= numbers[0] <= 31:
        return None
    today = numbers[1] if len(numbers) > 1 else now.day
    return (today - numbers[0]) % _DAYS_A_MONTH


def _of_a_running_week(number: int, *, ends: bool) -> int | None:
    """The days that have passed in a week that runs; None where they may be enough, or not."""
    if ends:
        return _DAYS_A_WEEK * number - 1
    return _DAYS_A_WEEK * (number - 1) + 1 if number > 2 else None


def _may_be_received(text: str, day: re.Pattern[str]) -> bool:
    """Whether the goods may have come on a day: in a story it must be said beside the day."""
    if len(text.split()) < _STORY_WORDS:
        return True
    return any(day.search(one) and _RECEIVED.search(one) for one in _CLAUSES.split(text))


def _months_passed(text: str) -> int | None:
    if _HALF_YEAR.search(text):
        return 6
    if (found := _RUNNING_MONTH.search(text)) and (running := _nth(found[1])):
        return running - 1
    if found := _PASSED_MONTHS.search(text):
        return 2 if found[2] else int(found[1] or 1)
    if found := _YEARS.search(text):
        return 18 if found[2] else 12 * int(found[1] or 1)
    named = [n for name in re.findall(r"[^\W\d_]+", text) if (n := _month(name))]
    if len(named) >= 2 and named[0] != named[-1]:
        return (named[-1] - named[0]) % 12
    return None


def _nth(word: str) -> int | None:
    """The number of an ordinal in any of its forms; None for any other word."""
    found = [(len(said), n) for said, n in numbers().places.items() if _same_ordinal(said, word)]
    return max(found)[1] if found else None


def _same_ordinal(one: str, other: str) -> bool:
    """«пятое» and «пятый», and not «пятнадцатый»."""
    stem = re.sub(r"(?:ое|ье|ого|ьего)$", "", one)
    return other.startswith(stem) and len(other) - len(stem) <= _LONGEST_ENDING


def of_a_running_day(text: str) -> Details | None:
    """«а на одиннадцатый?», «на 12-й день»: the day of a term that is counted; None for others.

    Only for who has just been told how many days there are.
    """
    if not (found := _NTH_DAY.match(plain(text))):
        return None
    passed = int(found[1]) if found[1] else _nth(found[2])
    return Details(days=passed) if passed else None


def _month(word: str) -> int | None:
    for number, name in enumerate(_MONTHS, 1):
        if re.fullmatch(
            rf"{name}(?:ар[яье]|рал[яье]|[аеу]|ел[яье]|[яье]|уст[ае]?|ябр[яье]|бр[яье])?", word
        ):
            return number
    return None


def _with_digits(text: str) -> str:
    """The text in lower case, its numbers in digits: «двадцать пять тысяч» → «25 тысяч»."""
    apart = _QUARTER.sub("без 15", _RUN_TOGETHER.sub("пол ", plain(text)))
    apart = numbers().notes.sub(lambda said: f"{said[1]} {numbers().note(said[2])} тыс", apart)
    digits = "".join(_joined(_TOKEN.findall(apart)))
    return _AND_A_HALF.sub(r"\1,5", _THOUSANDS_APART.sub("", digits))


def _joined(tokens: list[str]) -> Iterator[str]:
    cardinal, ordinal = numbers().values, numbers().places
    value: int | None = None
    waiting = ""  # the space after a numeral, which may join it to the next
    for token in tokens:
        number = cardinal.get(token, ordinal.get(token))
        if number is None and value is not None and token.isspace():
            waiting = token
            continue
        if number is not None and not (token == "час" and value is None):
            if value is not None and number < _step(value):
                value += number
            else:
                if value is not None:
                    yield f"{value}{waiting}"
                value = number
            waiting = ""
            if token in ordinal and value is not None:
                yield f"{value}-го"
                value = None
            continue
        if value is not None:
            yield f"{value}{waiting}"
            value, waiting = None, ""
        yield token
    if value is not None:
        yield str(value)


def _step(value: int) -> int:
    """What may follow a number in words: after «двадцать» a unit, after «сто» a ten."""
    return 100 if value % 100 == 0 else 10 if value % 10 == 0 and value > 10 else 0


def of_the_same_measure(text: str, before: Details, *, asked: bool = False) -> Details | None:
    """«а на 26?» after «на 7 тысяч»: a bare number is of thousands, too; None for anything else.

    :param before: what was known when the message came.
    :param asked: the answer before it has asked for a sum.
    """
    if not asked and (before.roubles is None or before.roubles < _THOUSAND):
        return None
    *little, number = _with_digits(text).strip(" ?!.…").split() or [""]
    if not _BARE_NUMBER.fullmatch(number) or not set(little) <= numbers().before_a_sum:
        return None
    thousands = float(number.replace(",", "."))
    in_range = 1 <= thousands < _MOST_THOUSANDS
    return Details(roubles=int(thousands * _THOUSAND)) if in_range else None


def points_at_a_sum(text: str) -> bool:
    """«на эту сумму», «за такой заказ»: a sum that was told before."""
    return bool(numbers().points_at_a_sum.search(plain(text)))


def asks_how_far(text: str) -> bool:
    """«сколько до бесплатной доставки?», «на опт хватает?»: of a sum that was told before."""
    return bool(numbers().asks_how_far.search(plain(text)))


def in_cyrillic(text: str) -> str:
    """A text in Latin letters in Russian ones, if most of its words are Russian: «a na 30 tysyach».

    Any other text as it is.
    """
    said = _LATIN_WORD.findall(text.lower())
    if not said or _CYRILLIC.search(text) or not numbers().english.isdisjoint(said):
        return text
    russian = {word: way for word in said if (way := _of_latin(word))}
    if len(russian) < len(said) * _MOSTLY:
        return text
    return _LATIN_WORD.sub(lambda found: russian.get(found[0], found[0]), text.lower())


@lru_cache(maxsize=2_000)
def _of_latin(word: str) -> str:
    return town_in_latin(word) or next((way for way in from_latin(word) if is_word(way)), "")

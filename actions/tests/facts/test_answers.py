"""Computed answers on a fixed clock: the customer's town, sum, day and hour."""

from datetime import datetime

import pytest

from optfm.facts import (
    TOPICS,
    Asked,
    Details,
    Known,
    answer,
    of_a_running_day,
    of_the_same_measure,
    read_details,
    terms,
)
from optfm.facts.calendar import Calendar

CALENDAR = Calendar.read("01-01..01-08, 02-23, 03-08, 05-01, 05-09, 06-12, 11-04")
SUNDAY = "2026-11-29T12:00"
TUESDAY = "2026-12-01T11:00"


def said(topic: str, text: str, now: str = TUESDAY) -> str | None:
    """The computed answer to a text at a moment, with one kind of space."""
    moment = datetime.fromisoformat(now)
    asked = Asked(topic=f"faq_{topic}", details=read_details(text, moment), text=text)
    return answer(asked, Known(terms=terms(), calendar=CALENDAR, now=moment))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("в Шую на 7 тысяч", "не хватает 18 000 ₽"),
        ("в шую на 7к", "терминала транспортной компании — бесплатно"),
        ("доставка в Кохму на 2500", "не хватает 1 500 ₽"),
        ("ну а в кохму если на пять тысяч", "бесплатно"),
        ("Доставка в Иванво сколько", "от 3 000 ₽"),
        ("до ярика", "от 1 000 ₽"),
        ("700 рублей заказ в Иваново", "Яндекс Доставкой"),
        ("в тулу на 900", "минимальный заказ в регионы — 1 000 ₽"),
        ("корзина на 21300, нижний новгород", "не хватает 3 700 ₽"),
        ("заказ на двадцать шесть тысяч в пензу", "бесплатно"),
        ("сколько в Алматы", "назовёт менеджер"),
        ("в Тбилиси", "скажет менеджер"),
        ("на 3000", "Кохма — не хватает 1 000 ₽"),
        ("возьму на 800, отправите?", "минимальный заказ — 1 000 ₽, не хватает 200 ₽"),
        ("в рязань на две с половиной тыщи", "терминала транспортной компании — бесплатно"),
        ("в рязань на 2.5к", "на 2 500 ₽"),
        ("skolko dostavka v Kazan", "Казань"),
        ("do you ship to Kazakhstan and is there any minimum order", "Казахстан"),
        ("ці адпраўляеце ў Мінск", "Минск"),
        ("на 24900 в самару, сто рублей не хватает", "не хватает 100 ₽"),
        ("самара, 9 тыр", "не хватает 16 000 ₽"),
        ("в кохму на пятёрку даром?", "на 5 000 ₽ — бесплатно"),
        ("в тверь на полтинник", "на 50 000 ₽ — бесплатно"),
        ("из пскова, заказ на три с половиной", "на 3 500 ₽"),
    ],
)
def test_delivery_is_answered_for_the_town_and_the_sum(text, holds):
    """The answer first, in roubles that the customer need not subtract himself."""
    assert holds in (said("delivery_cost", text) or "")


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("область ивановская, посёлок Савино", []),
        ("по вологодской обл, Череповец", ["Череповец"]),
        ("г. Иваново, Ивановская область", ["Иваново"]),
        ("Вологда, Вологодская область", ["Вологда"]),
    ],
)
def test_a_region_is_not_its_capital(text, towns):
    """What holds in Ivanovo is promised to no village of its region."""
    moment = datetime.fromisoformat(TUESDAY)
    assert [town.name for town in read_details(text, moment).towns] == towns


@pytest.mark.parametrize("text", ["гарантия кончилась неделю назад", "истёк срок месяц назад"])
def test_what_has_passed_since_a_term_was_over_is_no_age(text):
    """«срок ещё идёт» would be untrue."""
    found = read_details(text, datetime.fromisoformat(TUESDAY))
    assert (found.days, found.months) == (None, None)


def test_no_threshold_of_russia_is_promised_abroad():
    """What the facts do not say of another country goes to the manager."""
    assert "25 000" not in (said("delivery_cost", "сколько в Минск на 30 тысяч") or "")


@pytest.mark.parametrize(
    ("text", "now", "holds"),
    [
        ("я в Иваново, если сейчас закажу сегодня привезут?", SUNDAY, "завтра, 30 ноября, в 11–13"),
        ("иваново, если сейчас закажу", TUESDAY, "сегодня, в 13–15"),
        ("закажу в два, я в иванове", TUESDAY, "сегодня, в 16–19"),
        ("в иваново сейчас закажу", "2026-12-04T16:30", "в понедельник, 7 декабря, в 11–13"),
        ("иваново, завтра в 10:31", TUESDAY, "завтра, 2 декабря, в 13–15"),
        ("Вологда, сегодня довезёте?", "2026-12-02T09:00", "привезём сегодня"),
        ("Вологда, сегодня довезёте?", "2026-12-02T10:31", "Сегодня уже не успеть"),
        ("в Иваново 31 декабря вечером закажу", "2026-12-30T12:00", "11 января, в 11–13"),
        ("в самару когда придёт", TUESDAY, "зависит от транспортной компании"),
        (
            "закажу в пятницу в четыре дня, иваново, на понедельник уже привезут?",
            TUESDAY,
            "в пятницу, 4 декабря в 16:00 — привезём в понедельник, 7 декабря, в 11–13",
        ),
        (
            "сегодня приедут, если в Иваново вчера в 16:20 оформил?",
            "2026-12-02T09:00",
            "Заказали вчера в 16:20 — привезём сегодня, в 11–13",
        ),
        ("оформили вчера в 9:30, вологда, где же он", "2026-12-02T09:00", "заказали вчера в 9:30"),
    ],
)
def test_the_day_of_delivery_is_computed(text, now, holds):
    """Weekends and holidays are not promised; a town without a rule is the manager's."""
    assert holds in (said("delivery_time", text, now) or "")


@pytest.mark.parametrize(
    ("text", "now", "holds"),
    [
        ("вы сейчас открыты?", SUNDAY, "Сейчас закрыто: воскресенье. Откроемся завтра"),
        ("вы ещё работаете?", "2026-12-01T17:45", "Закрыто: Иваново (до 17:30)"),
        ("а в Иванове ещё открыто?", "2026-12-01T17:45", "Сейчас закрыто"),
        ("в пять вечера в пятницу в Иванове открыто?", TUESDAY, "до 17:30"),
        ("завтра работаете", "2026-12-31T10:00", "праздничный день"),
        ("успею к шести в вологду?", TUESDAY, "закрыто"),
        ("до скольки офис в ярике", TUESDAY, "9:00–18:00"),
        ("а в москве", TUESDAY, "офиса там у нас нет"),
        ("стою у двери на Ленинградской, звоню, вы работаете?", TUESDAY, "открыто: Вологда"),
        ("до скольки в Бутусовском", TUESDAY, "9:00–18:00"),
        ("в новый год работаете", TUESDAY, "праздничный день"),
        ("на рождество открыты?", TUESDAY, "праздничный день"),
    ],
)
def test_what_is_open_is_said_for_the_moment(text, now, holds):
    """Not the week's table, but whether the customer finds somebody."""
    assert holds in (said("hours", text, now) or "")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("прошло 12 дней", "срок уже прошёл"),
        ("две недели назад получил", "срок уже прошёл"),
        ("получили 24 ноября", "осталось 3 дня"),
        ("получил двадцать первого", "последний день"),
        ("8 дней", "осталось 2 дня"),
    ],
)
def test_a_return_is_judged_by_how_long_ago(text, holds):
    """Ten days, counted from what the customer says."""
    assert holds in (said("returns", text) or "")


def test_a_battery_has_six_months():
    """Longer, or another category, is the manager's."""
    assert "срок ещё идёт" in (said("warranty", "акб проработал 5 месяцев") or "")
    assert "срок вышел" in (said("warranty", "акбу 8 месяцев, вздулся") or "")
    assert "зависит от категории" in (said("warranty", "дисплею месяц") or "")


def test_a_sum_is_held_against_the_minimum_order():
    """For wholesale prices, and for the region."""
    assert "не хватает 2 000 ₽" in (said("minimum_order", "первый раз хочу взять на 3000") or "")
    assert "не хватает 200 ₽" in (said("minimum_order", "я из тулы, на 800") or "")


@pytest.mark.parametrize("topic", TOPICS)
def test_without_a_detail_the_rule_itself_is_the_answer(topic):
    """Nothing is computed from nothing."""
    assert said(topic.removeprefix("faq_"), "подскажите условия") is None


def test_a_detail_alone_goes_on_with_what_was_said():
    """«а 30 тысяч?» is of the town before it; «сейчас» ends with another day."""
    now = datetime.fromisoformat(TUESDAY)
    town = read_details("сколько доставка в Шую", now)
    both = read_details("а 30 тысяч?", now).over(town)
    assert both.town == town.town
    assert both.roubles == 30_000
    later = read_details("а завтра в 9", now).over(Details(now=True))
    assert not later.now


def test_words_of_goods_are_no_towns():
    """Models, colours and everyday words."""
    now = datetime.fromisoformat(TUESDAY)
    for text in ("чехол на редми 9 белый", "дисплей а12", "есть орёл и решка игра", "стекло 10d"):
        assert read_details(text, now).town is None or "орёл" in text, text


@pytest.mark.parametrize("value", ["13-01", "1-1", "02-30", "вчера"])
def test_a_wrong_holiday_stops_the_start(value):
    """With one line for the owner."""
    with pytest.raises(ValueError, match=r"нет такого дня|нужно так"):
        Calendar.read(value)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("акб полгода и две недели прошло, поменяете", "срок вышел"),
        ("аккумулятор брал 5 месяцев и 10 дней назад", "5 месяцев и 10 дней"),
        ("акб полгода прошло", "ещё идёт"),
        ("акб четвёртый месяц стоит и раздулась", "прошло 3 месяца"),
        ("акб сдох на четвёртом месяце", "прошло 3 месяца"),
    ],
)
def test_months_and_days_that_passed_are_one_time(text, holds):
    """The days count beside the months."""
    assert holds in (said("warranty", text) or "")


@pytest.mark.parametrize("text", ["на сколько месяцев гарантия", "и скольки месяцев ждать"])
def test_asking_how_many_months_tells_of_none(text):
    """No case was told, the rule is the answer."""
    assert said("warranty", text) is None


@pytest.mark.parametrize("day", ["в суботу", "в субату", "saturday", "у суботу"])
def test_a_day_is_known_as_it_is_heard(day):
    """And by its name in the neighbours' languages."""
    assert "закрыто" in (said("hours", f"работаете {day}") or "")


@pytest.mark.parametrize(
    ("text", "sum_"),
    [("а на 26?", 26_000), ("26", 26_000), ("ну а если на тридцать", 30_000)],
)
def test_a_bare_number_after_thousands_is_of_thousands(text, sum_):
    """«в Шую на 7 тысяч», then «а на 26?»."""
    more = of_the_same_measure(text, Details(roubles=7000))
    assert more == Details(roubles=sum_)
    assert of_the_same_measure("а если на две с половиной?", Details(), asked=True) == Details(
        roubles=2500
    )


@pytest.mark.parametrize("text", ["акб 7", "а на 11 айфон", "второй", "а на 700", "а в 11?"])
def test_other_numbers_are_no_sums(text):
    """Nor is anything where no sum was said before."""
    assert of_the_same_measure(text, Details(roubles=7000)) is None
    assert of_the_same_measure("а на 26?", Details()) is None


@pytest.mark.parametrize(
    ("topic", "text", "holds"),
    [
        ("delivery_time", "в Иваново закажу после трёх, когда ждать", "завтра"),
        ("hours", "ярославский филиал до скольки", "9:00–18:00"),
        ("hours", "в Вологде буду полшестого", "сегодня в 17:30 открыто"),
        ("hours", "в вологду после шести можно", "сегодня после 18:00 закрыто"),
        ("hours", "до скольки вы в ераславле", "Ярославль"),
        ("delivery_time", "курьер по выходным ездит?", "не работаем"),
        ("payment", "платить из Гродно чем", "Беларусь"),
        ("delivery_time", "сколько ехать в Китай", "таких условий доставки у меня нет"),
    ],
)
def test_a_case_is_read_as_people_say_it(topic, text, holds):
    """«после трёх» is later than three; a town is in its adjective; abroad nothing is promised."""
    assert holds.lower() in (said(topic, text) or "").lower()


@pytest.mark.parametrize(
    ("topic", "text", "holds"),
    [
        ("contacts", "в субботу трубку берёте", "В субботу, 5 декабря по телефону"),
        ("contacts", "а по сб?", "не отвечают: суббота"),
        ("hours", "31 декабря трудитесь?", "Назавтра праздник"),
        ("hours", "в пятницу ярославль", "до 18:00"),
        ("view_goods", "в пятницу в Вологде", "Товар там можно посмотреть"),
        ("delivery_windows", "заказ в 14-20", "сегодня в 14:20"),
        ("delivery_windows", "заказ в 14 20", "сегодня в 14:20"),
    ],
)
def test_the_day_and_the_hour_of_the_question_are_answered(topic, text, holds):
    """Not those of this moment; what nobody promises of a day before holidays is said."""
    assert holds in (said(topic, text) or "")


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("returns", "десять дней это от чего считать"),
        ("warranty", "каждый месяц меняю батареи, какой срок на акб"),
        (
            "returns",
            "вчера дети сломали телевизор, было не до работы, забыла спросить: кто везёт обратно, "
            "если не тот чехол пришёл",
        ),
        ("delivery_cost", "на десятку чехлов скидка есть"),
    ],
)
def test_what_is_no_case_is_not_computed(topic, text):
    """How often something is done, and the term itself, are no time that has passed."""
    assert said(topic, text) is None


def test_what_came_yesterday_is_told_beside_the_day():
    """Also in a story."""
    told = (
        "вчера привезли от вас коробку с чехлами, половина не подошла по цвету, могу сдать назад?"
    )
    assert "прошло 1 день" in (said("returns", told) or "")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Вологда, без двадцати шесть подъеду", "17:40"),
        ("без четверти шесть буду в Вологде", "17:45"),
        ("в Вологде окажусь в пять сорок", "17:40"),
        ("к Вологде подкачу полдвенадцатого", "11:30"),
        ("в Вологду без пятнадцати девять утра можно", "8:45"),
    ],
)
def test_an_hour_is_read_as_people_tell_the_time(text, holds):
    """«без двадцати шесть»; nobody fetches goods at 5:40 in the morning."""
    assert holds in (said("hours", text) or "")


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("полмесяца лежал, не работает", 15),
        ("третья неделя пошла, не включается", 15),
        ("вторая неделя к концу, не пашет", 13),
    ],
)
def test_a_fault_that_is_found_late_is_told_so(text, passed):
    """The term is over, and a fault is still the manager's to decide."""
    answer = said("defects", text) or ""
    assert f"прошло {passed} дней" in answer
    assert "менеджер" in answer


@pytest.mark.parametrize("text", ["вторая неделя пошла, не работает", "вчера пришло битое"])
def test_a_fault_in_time_is_answered_by_the_rule(text):
    """Of the second week nobody knows whether ten days have passed."""
    assert said("defects", text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [("а на одиннадцатый?", 11), ("на 12-й день", 12), ("а на пятый ещё можно", 5)],
)
def test_a_day_of_a_term_is_counted(text, days):
    """After «10 дней»."""
    assert of_a_running_day(text) == Details(days=days)


@pytest.mark.parametrize("text", ["а на пятый айфон", "а на дисплеи?", "одиннадцатый"])
def test_other_ordinals_are_no_days(text):
    """Models are called by them, too."""
    assert of_a_running_day(text) is None


@pytest.mark.parametrize("text", ["Алматыға жеткізу қанша", "Астанадан аламыз ба"])
def test_a_town_is_known_in_kazakh_cases(text):
    """And no threshold of Russia is said for it."""
    assert "товар поставляем" in (said("delivery_cost", text) or "")


def test_who_asks_until_when_is_told_the_end_first():
    """And a sum abroad is answered for that sum."""
    assert (said("hours", "до скольки вы в Вологде") or "").startswith("Вологда — до 18:00")
    assert "30 000 ₽" in (said("delivery_cost", "в Актобе на 30 тысяч") or "")


@pytest.mark.parametrize(
    "text", ["с тридцатого декабря по восьмое января вы есть?", "с 30 декабря по 8 января открыты?"]
)
def test_of_many_days_no_single_one_is_answered(text):
    """That the first of them is open says nothing of the others."""
    assert said("hours", text) is None


@pytest.mark.parametrize(
    ("said", "days", "months"),
    [
        ("взял аккумулятор 3 марта, сегодня 20 мая, не держит", 78, None),
        ("получил 28 декабря, а сейчас уже 4 января, сдать можно?", 7, None),
        ("купил батарею 5 января, на дворе июль, а она вздулась", None, 6),
    ],
)
def test_what_has_passed_is_counted_to_the_day_that_the_customer_calls_today(said, days, months):
    """Not to the clock's day, and once: a date and two months are no two times that add up."""
    details = read_details(said, datetime.fromisoformat(TUESDAY))
    assert (details.days, details.months) == (days, months)


@pytest.mark.parametrize(
    ("said", "roubles"),
    [
        ("до Кинешмы на 4 тысячи 350", 4350),
        ("наберу на две тысячи девятьсот десять", 2910),
        ("заказ 6 тыс 40 рублей", 6040),
        ("на 5 тысяч 20 кабелей", 5000),
        ("на 3 тысячи 150 шт", 3000),
    ],
)
def test_a_sum_of_thousands_has_its_rest(said, roubles):
    """A count of goods beside it is no rest."""
    assert read_details(said, datetime.fromisoformat(TUESDAY)).roubles == roubles


def test_a_country_beside_its_town_is_said_once():
    """«в Беларусь, Брест» is one place, «в Беларусь и Казахстан» are two."""
    assert [
        town.name
        for town in read_details(
            "в Беларусь шлёте, город Брест?", datetime.fromisoformat(TUESDAY)
        ).towns
    ] == ["Брест"]
    assert (
        len(read_details("в Беларусь и в Казахстан возите?", datetime.fromisoformat(TUESDAY)).towns)
        == 2
    )

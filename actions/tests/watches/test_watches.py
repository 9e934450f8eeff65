"""Watches in a real Postgres, told of by the next lists."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from optfm import watches
from optfm.catalog import revisions
from optfm.catalog.read import read_price_list
from optfm.catalog.rows import PriceList, PriceRow
from optfm.settings import ROOT
from optfm.watches import Agreed, Wanted

DEMO = ROOT / "prices" / "demo.xls"
_AGREED = Agreed(version="2026-11-29", wording="Согласны?", message_id="m-1")
_NOON = datetime(2026, 11, 30, 12, tzinfo=ZoneInfo("Europe/Moscow"))
_NIGHT = _NOON.replace(hour=3)
_NEW = PriceRow(
    code="УТ-90000001", name="Дисплей совместим с Honor X9 + тачскрин черный", price_kop=350_000,
    status="", path=("Запчасти", "Дисплеи"), row_number=9_999,
)  # fmt: skip


@pytest.fixture
def demo() -> PriceList:
    """The demo list, as it is read."""
    return read_price_list(DEMO)


def _watch(engine: Engine, wanted: Wanted, dialog: str = "d-1") -> tuple[watches.Watch, bool]:
    active = revisions.active(engine)
    return watches.add(
        engine, dialog, wanted, _AGREED, channel="rest",
        list_id=active.id if active else None, now=datetime.now(UTC),
    )  # fmt: skip


def _import(engine: Engine, price_list: PriceList, name: str) -> None:
    source = revisions.source_of(price_list, name.encode(), f"{name}.xls")
    revisions.import_source(engine, source, force=True)


def _with(demo: PriceList, *rows: PriceRow) -> PriceList:
    return replace(demo, rows=(*demo.rows, *rows))


def _queued(engine: Engine) -> list[dict]:
    with engine.connect() as connection:
        return list(
            connection.execute(
                text("SELECT payload FROM outbox WHERE kind = 'customer' ORDER BY id")
            ).scalars()
        )


_HONOR = Wanted(kind="appears", asked="дисплей honor x9", name="дисплей honor x9")


def test_goods_that_appear_are_told_once(engine: Engine, demo: PriceList) -> None:
    """By the next list, not by the one he saw, nor by those that come after."""
    _import(engine, demo, "demo")
    _watch(engine, _HONOR)
    assert watches.run(engine, now=_NOON) == 0
    _import(engine, _with(demo, _NEW), "next")
    assert watches.run(engine, now=_NOON) == 1
    _import(engine, _with(demo, replace(_NEW, price_kop=1)), "later")
    assert watches.run(engine, now=_NOON) == 0
    [told] = _queued(engine)
    assert "УТ-90000001" in told["answer"]["text"] and "3 500 ₽" in told["answer"]["text"]
    assert "Отписаться" in [button["title"] for button in told["answer"]["buttons"]]


def test_what_is_told_stands_in_the_dialog(engine: Engine, demo: PriceList) -> None:
    """Whoever had the page closed, and the manager at the desk, read it there, buttons and all."""
    _import(engine, demo, "demo")
    _watch(engine, _HONOR)
    _import(engine, _with(demo, _NEW), "next")
    watches.run(engine, now=_NOON)
    [told] = _queued(engine)
    with engine.connect() as connection:
        said = connection.execute(
            text("SELECT author, text, buttons, custom FROM messages WHERE dialog = 'd-1'")
        ).one()
    assert (said.author, said.text) == ("bot", told["answer"]["text"])
    assert said.buttons == told["answer"]["buttons"]
    assert said.custom["watches"] == [{"code": "УТ-90000001", "kind": "appears"}]


def test_nobody_is_woken_and_nothing_is_lost(engine: Engine, demo: PriceList) -> None:
    """A list of the night is told of in the morning."""
    _import(engine, demo, "demo")
    _watch(engine, _HONOR)
    _import(engine, _with(demo, _NEW), "night")
    assert watches.run(engine, now=_NIGHT) == 0
    assert watches.run(engine, now=_NOON) == 1


def test_a_lower_price_is_told_and_a_higher_one_is_not(engine: Engine, demo: PriceList) -> None:
    """Several of one dialog in one message."""
    first, second, *rest = demo.rows
    _import(engine, demo, "demo")
    for row in (first, second):
        wanted = Wanted(
            kind="cheaper", asked=row.name, name=row.name, code=row.code, price_kop=row.price_kop
        )
        _watch(engine, wanted)
    dearer = [replace(row, price_kop=row.price_kop + 100) for row in (first, second)]
    _import(engine, replace(demo, rows=(*dearer, *rest)), "dearer")
    assert watches.run(engine, now=_NOON) == 0
    cheaper = [replace(row, price_kop=row.price_kop - 100) for row in (first, second)]
    _import(engine, replace(demo, rows=(*cheaper, *rest)), "cheaper")
    assert watches.run(engine, now=_NOON) == 2
    [told] = _queued(engine)
    assert first.code in told["answer"]["text"] and second.code in told["answer"]["text"]


def test_going_back_to_an_older_list_tells_nobody(engine: Engine, demo: PriceList) -> None:
    """A rollback is no news."""
    _import(engine, _with(demo, _NEW), "had it")
    had = revisions.active(engine)
    _import(engine, demo, "lost it")
    watches.run(engine, now=_NOON)
    _watch(engine, _HONOR)
    assert had is not None
    revisions.activate(engine, had.id)
    assert watches.run(engine, now=_NOON) == 0
    assert _queued(engine) == []


def test_a_list_that_comes_again_tells_nobody_twice(engine: Engine, demo: PriceList) -> None:
    """The same file once more, back to the one before, forth to the newest: told once of all."""
    _import(engine, demo, "demo")
    before = revisions.active(engine)
    _watch(engine, _HONOR)
    _import(engine, _with(demo, _NEW), "brings it")
    brought = revisions.active(engine)
    assert watches.run(engine, now=_NOON) == 1
    _import(engine, _with(demo, _NEW), "brings it")
    assert watches.run(engine, now=_NOON) == 0
    assert before is not None and brought is not None
    for number in (before.id, brought.id):
        revisions.activate(engine, number)
        assert watches.run(engine, now=_NOON) == 0
    assert len(_queued(engine)) == 1


def test_a_dialog_watches_twenty_and_each_once(engine: Engine, demo: PriceList) -> None:
    """The same again is the same watch; one too many is refused."""
    _import(engine, demo, "demo")
    first, new = _watch(engine, _HONOR)
    again, once_more = _watch(engine, _HONOR)
    assert new and not once_more and again.id == first.id
    for n in range(watches.MOST - 1):
        _watch(engine, replace(_HONOR, asked=f"дисплей honor x{n + 20}"))
    with pytest.raises(watches.TooMany):
        _watch(engine, replace(_HONOR, asked="дисплей honor x99"))
    assert len(watches.stop(engine, "d-1")) == watches.MOST
    assert watches.of_dialog(engine, "d-1") == []


@pytest.mark.parametrize(
    ("said", "wish", "goods"),
    [
        ("сообщите, когда появится", "appears", ""),
        ("дайте знать как подешевеет", "cheaper", ""),
        ("Сообщите, когда появится дисплей на honor x9", "appears", "дисплей на honor x9"),
        ("маякните если акб на редми 9 будет в наличии", "appears", "акб на редми 9"),
        ("уведомите при снижении цены на УТ-00036257", "cheaper", "ут-00036257"),
        ("отписаться", "stop", None),
        ("на что я подписан", "show", None),
        ("когда появится?", None, None),
        ("сколько стоит дисплей", None, None),
    ],
)
def test_a_wish_is_read_with_its_goods(said: str, wish: str | None, goods: str | None) -> None:
    """In the words that customers have for it."""
    assert watches.wish_of(said) == wish
    if goods is not None:
        assert goods in watches.goods_in(said)

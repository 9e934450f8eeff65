"""What a new price list changes."""

from optfm.catalog import PriceRow
from optfm.catalog.compare import compare
from optfm.catalog.guard import doubts


def row(code: str, price_kop: int = 10000, **change: object) -> PriceRow:
    """An item of a list."""
    fields = {"name": f"Чехол {code}", "status": "", "path": ("Чехлы",), "row_number": 1}
    return PriceRow(**{**fields, "code": code, "price_kop": price_kop, **change})


def test_equal_lists_differ_in_nothing():
    """The order and the rows of the sheet are no difference."""
    before = [row("1"), row("2", row_number=2)]
    changes = compare(before, [row("2", row_number=7), row("1", row_number=9)])
    assert not any((changes.new, changes.gone, changes.dearer, changes.cheaper, changes.jumps()))
    assert not any((changes.renamed, changes.status_changed, changes.moved))


def test_every_kind_of_change_is_told():
    """By code; one code may change in several ways."""
    before = [row("stays"), row("gone"), row("up"), row("down"), row("other")]
    after = [
        row("stays"),
        row("up", 12000, name="Чехол новый"),
        row("down", 9000),
        row("other", status="Хит", path=("Акции",)),
        row("new"),
    ]
    changes = compare(before, after)

    def codes(pairs):
        return [pair.after.code for pair in pairs]

    assert [one.code for one in changes.new] == ["new"]
    assert [one.code for one in changes.gone] == ["gone"]
    assert codes(changes.dearer) == ["up"]
    assert codes(changes.cheaper) == ["down"]
    assert codes(changes.renamed) == ["up"]
    assert codes(changes.status_changed) == ["other"]
    assert codes(changes.moved) == ["other"]


def test_the_largest_jumps_come_first_whichever_way_they_go():
    """Ten times cheaper is as suspicious as ten times dearer, and more so than twice."""
    before = [row(str(n), 100_000) for n in range(20)]
    after = [row(str(n), 100_000 + n * 100) for n in range(17)]
    after += [row("17", 1_000_000), row("18", 9_000), row("19", 200_000)]
    jumps = compare(before, after).jumps()
    assert [jump.after.code for jump in jumps[:4]] == ["18", "17", "19", "16"]
    assert len(jumps) == 10
    assert jumps[1].growth == 10


def test_half_of_the_prices_is_enough_to_wait_for_a_person():
    """The guide promises it: more than 30 % of the goods gone, or half of the prices."""
    before = [row(str(n)) for n in range(10)]
    half = [row(str(n), 10100 if n < 5 else 10000) for n in range(10)]
    assert doubts(before, compare(before, half)) == ("другие цены у 50 % товаров (5)",)
    less = [row(str(n), 10100 if n < 4 else 10000) for n in range(10)]
    assert (
        doubts(before, compare(before, less)) == doubts(before, compare(before, before[3:])) == ()
    )
    assert doubts(before, compare(before, before[4:])) == ("нет 40 % прежних товаров (4)",)

"""A header's goods keep under words that would be goods; a price beside a count is none."""

import pytest

from optfm.catalog import PriceRow
from optfm.orders import IndexGoods, Line, Matcher, read
from optfm.search import PriceIndex
from optfm.text import load_vocabulary

_NAMES = (
    "Шлейф совместим с iPhone 11 + разъем зарядки + микрофон черный",
    "Шлейф совместим с iPhone 11 + кнопки громкости",
    "Шлейф совместим с iPhone 12 mini + разъем зарядки + микрофон белый",
    "Шлейф совместим с iPhone Xr + кнопка громкости",
    "СЗУ [USB-C(1), 3A, 30W] REMAX RP-U91 белый",
    "СЗУ [USB-C(1), 3A, 30W] REMAX RP-U91 красный",
    "Защитное стекло совместим с iPhone 12 черный",
    "Дисплей совместим с iPhone 11 + тачскрин черный incell",
    "Дисплей совместим с iPhone 12 + тачскрин черный incell",
    "Дисплей совместим с iPhone Xr + тачскрин черный incell",
    "Кабель USB - Lightning [3.1A, 1m] WALKER C580 бел.",
    "Геймпад проводной X360",
    "Геймпад проводной L700",
    "Припой-катушка RELIFE RL-440 0,6mm (40г)",
)
#: roubles of each of them
_COSTS = 150


@pytest.fixture(scope="module")
def shop() -> Matcher:
    """A shop where all things cost the same."""
    rows = [
        PriceRow(
            code=f"УТ-{at:08}", name=name, price_kop=_COSTS * 100, status="", path=(), row_number=at
        )
        for at, name in enumerate(_NAMES, 1)
    ]
    return Matcher(IndexGoods(PriceIndex.build(rows, load_vocabulary(), [])))


def _lines(shop: Matcher, text: str) -> list[tuple[str, int | None]]:
    """Each line by its state or the beginning of its goods, with its quantity."""
    return [(_short(line), line.quantity) for line in shop.order(read(text, shop.goods)).lines]


def _short(line: Line) -> str:
    return line.name if line.state == "sure" else line.state


def test_what_a_flex_is_for_is_no_charger(shop: Matcher) -> None:
    """The header's goods keep, for the next rows, too, and in a colour that there is not."""
    text = "Шлейфы на айфон:\n11 зарядка 2\n12 мини зарядка красный 1\nxr громкость 3"
    assert _lines(shop, text) == [(_NAMES[0], 2), ("none", 1), (_NAMES[3], 3)]


def test_goods_of_their_own_leave_the_header(shop: Matcher) -> None:
    """A charger, and a glass for a model, are what they are called."""
    text = "Дисплеи: 11 - 2, стекло на 12 - 3, зарядка rp-u91 красная - 1"
    assert _lines(shop, text) == [(_NAMES[7], 2), (_NAMES[6], 3), (_NAMES[5], 1)]


def test_models_of_a_header_are_parted_by_bars(shop: Matcher) -> None:
    """A model's number has no letter, and is a line under a header all the same."""
    text = "Дисплеи: 11 3шт / 12 5шт / xr 2шт"
    assert _lines(shop, text) == [(_NAMES[7], 3), (_NAMES[8], 5), (_NAMES[9], 2)]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("C580 по 150 = 7", 7),  # not a sum: less than one costs
        ("C580 белый 2 шт по 150 = 300", 2),
        ("4 кабеля C580 по 150", 4),
        ("C580 белые 6 по 150", 6),
        ("C580 по 12", 12),
    ],
)
def test_a_price_is_no_count(shop: Matcher, text: str, quantity: int) -> None:
    """What one costs by the list is a price where another number tells how many."""
    assert _lines(shop, text) == [(_NAMES[10], quantity)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1 геймпад X360", (_NAMES[11], 1)),
        ("геймпад L700 x36", (_NAMES[12], 36)),
        ("катушку припоя RL-440 0,6 три", (_NAMES[13], 3)),
        ("припой RL-440 - 2 рул", (_NAMES[13], 2)),
    ],
)
def test_articles_and_counts_at_the_end(shop: Matcher, text: str, line: tuple[str, int]) -> None:
    """An article that begins with «X» is no count; a number in words behind goods is one."""
    assert _lines(shop, text) == [line]

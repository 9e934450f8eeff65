"""A header's goods keep under words that would be goods; a price beside a count is none."""

from collections.abc import Sequence

import pytest

from optfm.catalog import PriceRow
from optfm.orders import Editor, IndexGoods, Line, Matcher, read
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
#: goods of which one is meant; each costs a hundred roubles and its place here
_KINDS = (
    "Наушники внутриканальные YOLKKI Pop 03 pack белый",
    "Наушники внутриканальные YOLKKI Pop 03 pack черный",
    "Наушники внутриканальные YOLKKI Pop 07 pack белый",
    "Наушники внутриканальные YOLKKI Pop 07 pack черный",
    "Кабель AUX плоский с пружиной черный (1м)",
    "Кабель AUX плоский YOLKKI Violin (1м)",
    "Кабель AUX DENMEN (2м)",
    "Припой-катушка RELIFE RL-440 0,3mm (40г)",
    "Припой-катушка RELIFE RL-440 0,5mm (40г)",
    "Припой-катушка RELIFE RL-440 0,6mm (40г)",
    "Аккумулятор совместим с iPhone 11 HG (Huarigor) 3110 mAh",
    "Аккумулятор совместим с iPhone 11 KF (Ku Feng) 3110 mAh",
    "Аккумулятор совместим с iPhone Xr HG (Huarigor) 2942 mAh",
    "Аккумулятор совместим с iPhone Xr KF (Ku Feng) 2942 mAh",
    "Хаб USB [4 USB] черн.",
    "Хаб USB-C [2 USB, HDMI] сер.",
)
#: roubles of each of them
_COSTS = 150


@pytest.fixture(scope="module")
def shop() -> Matcher:
    """A shop where all things cost the same."""
    return _shop(_NAMES, [_COSTS] * len(_NAMES))


@pytest.fixture(scope="module")
def kinds() -> Matcher:
    """A shop that has several of each kind."""
    return _shop(_KINDS, range(100, 100 + len(_KINDS)))


def _shop(names: Sequence[str], roubles: Sequence[int]) -> Matcher:
    rows = [
        PriceRow(
            code=f"УТ-{at:08}", name=name, price_kop=cost * 100, status="", path=(), row_number=at
        )
        for at, (name, cost) in enumerate(zip(names, roubles, strict=True), 1)
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


def test_colours_under_an_article_are_of_it_alone(kinds: Matcher) -> None:
    """The number of the header is kept under bare colours, for each of them."""
    text = "наушники yolkki pop 07: белые 5, черные 3"
    assert _lines(kinds, text) == [(_KINDS[2], 5), (_KINDS[3], 3)]


def test_the_row_with_all_words_is_meant(kinds: Matcher) -> None:
    """Others have one of the words each."""
    assert _lines(kinds, "кабель aux плоский с пружиной 4 шт") == [(_KINDS[4], 4)]


@pytest.mark.parametrize(
    ("start", "said", "lines"),
    [
        # a decimal is a size and no count
        ("припой rl-440 0,3мм - 4", "0,5 а не 0,3", [(8, 4)]),
        ("припой rl-440 0,3мм - 4\nприпой rl-440 0,5мм - 2", "в первой 0.6, а не 0.3",
         [(9, 4), (8, 2)]),
        # what costs so much, of whatever line it is
        ("акб 11 kf 2\nакб xr kf 3", "hg, который 110", [(10, 2), (13, 3)]),
        ("акб 11 kf 2\nакб xr kf 3", "который 999", [(11, 2), (13, 3)]),
        ("припой rl-440 0,3мм - 4, хаб usb 2", "хаб какой дешевле тот и давайте",
         [(7, 4), (14, 2)]),
    ],
)  # fmt: skip
def test_edits_by_size_and_price(
    kinds: Matcher, start: str, said: str, lines: list[tuple[int, int]]
) -> None:
    """The line meant gets other goods; no number of theirs becomes a count."""
    order = kinds.order(read(start, kinds.goods))
    edited = Editor(kinds).edit(said, order)
    after = edited.order if edited else order
    assert [(x.name, x.quantity) for x in after.lines] == [(_KINDS[at], n) for at, n in lines]


@pytest.mark.parametrize(
    ("text", "said", "quantity", "told"),
    [
        ("кабель type-c, цена 385, 3 шт", "кабель type-c", 3, 385),
        ("дисплей 11, по цене 1490, две штуки", "дисплей 11", 2, 1490),
        ("клей B7000 цена: 120 - 5", "клей B7000", 5, 120),
    ],
)
def test_a_price_by_its_name_is_no_count(
    goods: IndexGoods, text: str, said: str, quantity: int, told: float
) -> None:
    """«цена 385, 3 шт» counts three, also without «р»."""
    [line] = read(text, goods).lines
    assert (line.said, line.quantity, line.told) == (said, quantity, told)


@pytest.mark.parametrize("unit", ["гигов", "гига", "гигабайт", "гб", "ватт"])
def test_a_value_that_goods_begin_with_is_no_count(goods: IndexGoods, unit: str) -> None:
    """«16 гигов чёрную 5» under a header are five, however the unit is said."""
    lines = read(f"флешки: 16 {unit} чёрную 5, 32 {unit} розовую 3", goods).lines
    assert [line.quantity for line in lines] == [5, 3]

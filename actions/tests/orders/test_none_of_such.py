"""«Нет» where no row has the brand, the plug or the property named; and what is not left out."""

import pytest

from optfm.catalog import PriceRow
from optfm.orders import IndexGoods, Line, Matcher, read
from optfm.search import PriceIndex
from optfm.text import load_vocabulary

_NAMES = (
    "Дисплей совместим с iPhone 12 mini + тачскрин черный incell ZY",
    "Дисплей совместим с Tecno Camon 15/Camon 15 Pro + тачскрин черный",
    "Аккумулятор совместим с iPhone 11 HG (Huarigor) 3110 mAh",
    "Аккумулятор совместим с iPhone 11 KF (Ku Feng) 3110 mAh",
    "Аккумулятор совместим с iPhone 12 mini KF (Ku Feng) 2227 mAh",
    "Аккумулятор совместим с iPhone 15 Pro KF (Ku Feng) 3274 mAh",
    "Аккумулятор BN34, совместим с Xiaomi High Quality/ES",
    "Аккумулятор BN45, совместим с Xiaomi High Quality/ES",
    "Стикер наклейка аккумулятора совместим с Apple iPhone X",
    "Кабель USB - Lightning [3.1A, 1m] WALKER C580 бел.",
    "Кабель USB - Lightning [3.1A, 1m] WALKER C580 черн.",
    "Кабель USB - Micro USB [3.1A, 1m] WALKER C580 бел.",
    "Кабель USB - Micro USB [3.1A, 1m] WALKER C580 черн.",
    "Кабель USB - USB-C [3.0A, 1m] BOROFONE BX51 черн.",
    "Припой бытовой - размотка ПОС-61 без канифоли (1мм) (8г)",
    "Канифоль сосновая марка \"А\" (20г)",
    "Паста теплопроводная КПТ-8 (50г)",
    "Наушники накладные Bluetooth P9 Pro Max черный",
    "Наушники внутриканальные Bluetooth TWS DENMEN DL32 белый",
    "Колонки компьютерные T-WOLF S5 синий",
    "Колонка портативная DENMEN DR32 черный",
    "Чехол - накладка совместим с Samsung Galaxy S5 силикон черный",
    "Батарейка 6LR61 Крона алкалиновая SmartBuy (блистер/1шт)",
    "Батарейка AAA LR03 алкалиновая SmartBuy (блистер/4шт)",
    "Батарейка AA LR6 алкалиновая SmartBuy (блистер/4шт)",
    "Защитное стекло задней камеры совместим с iPhone 11 Pro",
    "Камера совместим с iPhone 11 Pro задняя orig Factory",
    "Динамик совместим с iPhone 12",
    "Скотч совместим с iPhone 13 (между дисплеем и корпусом) (5 штук)",
)  # fmt: skip


@pytest.fixture(scope="module")
def shop() -> Matcher:
    """A shop that has one thing of each kind and not the next."""
    rows = [
        PriceRow(
            code=f"УТ-{at:08}", name=name, price_kop=10_000 + at, status="", path=(), row_number=at
        )
        for at, name in enumerate(_NAMES, 1)
    ]
    return Matcher(IndexGoods(PriceIndex.build(rows, load_vocabulary(), [])))


def _lines(shop: Matcher, text: str) -> list[tuple[str, int | None]]:
    """Each line by its state or its goods, with its quantity."""
    return [(_short(line), line.quantity) for line in shop.order(read(text, shop.goods)).lines]


def _short(line: Line) -> str:
    return line.name if line.state == "sure" else line.state


@pytest.mark.parametrize(
    ("text", "nth"),
    [
        ("Аккумуляторы HG на айфон: 11 - 2, 12 mini - 1", 1),
        ("стикеры под акб:\nX - 10\n11 - 5", 1),
        ("WALKER C580 лайтнинг белый 5, тайпси черный 5", 1),
        ("АКБ Xiaomi BN59 ES - 2", 0),
        ("шесть мотков ПОС-61 с канифолью 1 мм", 0),
        ("дисплей на 15 про - 1", 0),
        ("крона смартбай 2, A23 смартбай 3", 1),
        ("Денменовские DL30 чёрные ещё возите? Тогда DL32 белые 4 шт", 0),
    ],
)
def test_what_no_row_has_is_none(shop: Matcher, text: str, nth: int) -> None:
    """And is no choice among goods that lack it."""
    assert _lines(shop, text)[nth][0] == "none"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("P9 Pro Max - 3", ["Наушники накладные"]),
        ("колонки s5 1", ["Колонки компьютерные T-WOLF S5"]),
        ("слуховой 12 - 1", ["Динамик совместим"]),
        ("защитные на заднюю камеру айфон: 11 про - 5", ["Защитное стекло задней"]),
        ("батарейки: крона смартбай 10, ааа смартбай 5", ["Батарейка 6LR61", "Батарейка AAA"]),
    ],
)
def test_what_there_is_is_found(shop: Matcher, text: str, names: list[str]) -> None:
    """By the words that a row is called by, though a phone or another kind has them, too."""
    found = _lines(shop, text)
    assert [name for name, _ in found] == [
        next(n for n in _NAMES if n.startswith(beginning)) for beginning in names
    ]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("DL32 белые, четыре пары", [4]),
        ("DL32 белые пару", [2]),
        ("DL32 которые по 480 одну", [1]),
        ("скотч на 13, пачку где по пять, две", [2]),
        ("скотч на 13, пачку по 5", [1]),
        ("три канифоли по 20 грамм, пяток КПТ-8 по 50 г", [3, 5]),
        ("C580 лайтнинг белый и черный по 10, микро белый и черный по 5", [10, 10, 5, 5]),
        ("по 3 дисплея на 11 и 12, акб 11 и 12 мини по 2", [3, 3, 2, 2]),
        ("АКБ 11 390р 2 шт", [2]),
    ],
)
def test_counts_beside_prices_packs_and_pairs(
    shop: Matcher, text: str, quantities: list[int]
) -> None:
    """Each line has its own."""
    assert [quantity for _, quantity in _lines(shop, text)] == quantities

"""Lines told what their goods should be, in any order of words, over the shop's list."""

import pytest

from optfm.orders import Editor, IndexGoods, Matcher, read
from optfm.orders.notes import first_to_settle
from optfm.orders.properties import Wanted, wanted
from optfm.search import PriceIndex


@pytest.fixture(scope="module")
def editor(real_index: PriceIndex) -> Editor:
    """Edits over the shop's list."""
    return Editor(Matcher(IndexGoods(real_index)))


_CARDS = "карта памяти 128 smartbuy 2\nкарта памяти 256 smartbuy без адаптера 3"
_CELLS = "аккумулятор gopower 18650 2500 mah 4\nаккумулятор gopower 18650 3000 mah 4"
_MICE = "мышь bg14 белая 2, мышь bg4 белая 2"
_GLUE = "клей relife rl-035a 5cc черный 4\nклей relife rl-035a 10cc прозрачный 2"


@pytest.mark.parametrize(
    ("start", "said", "codes"),
    [
        (_CELLS, "2500 ту что 389 р", ["УТ-00038577", ""]),
        (_CELLS, "3000 где плоский контакт", ["", "УТ-00038579"]),
        (_CELLS, "2500 с защитой, 3000 плоский контакт", ["УТ-00038577", "УТ-00038579"]),
        (_CELLS, "2500 без защиты", ["УТ-00038576", ""]),
        (_CARDS, "256 с адаптером всё же", ["", "ФМ-00001268"]),
        (_CARDS, "128 которая для видеонаблюдения", ["УТ-00032681", "ФМ-00020950"]),
        ("крона 10 шт", "gopower но не ultra", ["УТ-00035693"]),
        ("крона 10 шт", "не ультра и gopower", ["УТ-00035693"]),
        (_MICE, "bg4 чёрная", ["УТ-00038916", "УТ-00032071"]),
        (_MICE, "чёрная bg4 нужна", ["УТ-00038916", "УТ-00032071"]),
        (_GLUE, "10cc черный нужен а не прозрачный", ["УТ-00030989", "УТ-00033944"]),
        ("ааа gopower блистер 10 шт - 6", "в блистере по 5 возьму", ["УТ-00035532"]),
        ("акб iphone 8 2", "huarigor обычной ёмкости", ["00000055692"]),
        ("акб iphone 8 2", "hg с повышенной ёмкостью", ["ФМ-00021390"]),
        ("на xs экран 1, на xs max экран 2", "оба с оригинальной матрицей",
         ["ФМ-00019267", "ФМ-00019268"]),
        ("акб 11 hg 4, акб 11 pro hg 2", "на 11 поставьте kf вместо hg",
         ["УТ-00035709", "ФМ-00014778"]),
        ("паста rl-404 2\nоплетка 3515 4", "возьму лучше 1515", ["УТ-00037430", "УТ-00030975"]),
        ("коврик relife 170c 1", "замени на что подешевле, 170a", ["УТ-00030957"]),
        ("чехол книжка redmi 12c wellington зелёный 2, синий 2",
         "зеленых не надо, вместо них фиолетовые", ["УТ-00028910", "УТ-00030872"]),
    ],
)  # fmt: skip
def test_what_goods_should_be_is_heard_in_any_order(
    editor: Editor, start: str, said: str, codes: list[str]
) -> None:
    """A price, «с/без X», «не X», a colour, a pack; quantities stay as they were."""
    order = editor.matcher.order(read(start, editor.goods))
    edited = editor.edit(said, order, first_to_settle(order))
    assert edited is not None
    assert [line.code for line in edited.order.lines] == codes
    now = sorted(line.quantity or 0 for line in edited.order.lines)
    assert now == sorted(line.quantity or 0 for line in order.lines)


@pytest.mark.parametrize(
    ("start", "said", "quantities"),
    [
        ("акб 11 hg 4, акб 11 pro hg 2", "обычных 11 сделай 6", [6, 2]),
        ("коврик relife 170b 5\nковрик relife 170c 5", "170c многовато, оставьте 2", [5, 2]),
        ("припой relife rl-440 0.3 - 2, 0.5 - 2, rl-445 0.4 - 5", "440е по три", [3, 3, 5]),
        ("оплетка 1515 - 3\nоплетка 2515 - 3", "давай без 2515", [3]),
        (_MICE, "п.2 - 8", [2, 8]),
        ("зарядка walker WH-35 белый 4\nв машину WCR-61 2", "машина который убирай", [4]),
        ("наушники walker wbt-23 2\nнаушники walker wbt-27 3", "вбт-27 четыре", [2, 4]),
        (_MICE, "первой три штуки второй четыре", [3, 4]),
        (f"{_MICE}, кабель bx51 micro черный 5", "мышей обеих на одну больше", [3, 3, 5]),
        ("кабель bx51 micro черный 5, мышь bg4 белая 2", "те что по 205 сделай 9", [5, 9]),
        (f"{_MICE}, кабель bx51 micro черный 5", "bg4 выкинь, остальное по 4", [4, 4]),
        (_MICE, "bg14 не надо, заказчик нашёл дешевле", [2]),
        ("попсокет вид 2 желтый 20\nпопсокет вид 1 розовый 10", "второго вида 15", [15, 10]),
        ("наушники dr01 белые 5\nнаушники dr01 жёлтые 5\nнаушники dr01 синие 5",
         "желтые плохо берут, их не надо", [5, 5]),
    ],
)  # fmt: skip
def test_lines_are_pointed_at_in_ones_own_words(
    editor: Editor, start: str, said: str, quantities: list[int]
) -> None:
    """The plain one of two, a number with an ending, a word of the customer's own."""
    order = editor.matcher.order(read(start, editor.goods))
    edited = editor.edit(said, order)
    assert edited is not None
    assert [line.quantity for line in edited.order.lines] == quantities


@pytest.mark.parametrize(
    ("start", "said", "count"),
    [
        ("крона gopower 10 шт", "и столько же smartbuy", ("00000041179", 10)),
        ("мышь smartbuy 352 проводная 3 шт", "ещё беспроводную чёрную 2", ("ФМ-00015781", 2)),
        ("кабель remax rc-c137 lightning серый 4", "и такой же белый", ("УТ-00038542", None)),
        ("дисплей xs max incell 1", "и одну батарею на него же, hg", ("ФМ-00004767", 1)),
    ],
)
def test_another_of_a_kind_is_added(
    editor: Editor, start: str, said: str, count: tuple[str, int | None]
) -> None:
    """Another maker's beside the first, and what is said of it after a comma."""
    order = editor.matcher.order(read(start, editor.goods))
    edited = editor.edit(said, order)
    assert edited is not None
    assert [(line.code, line.quantity) for line in edited.order.lines[1:]] == [count]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("та что 389 р", Wanted(kop=38900)),
        ("за 389", Wanted(kop=38900)),
        ("только не lux", Wanted(banned=("lux",))),
        ("с адаптером", Wanted(having=("адаптером",))),
        ("блистер по 5", Wanted(pack=5)),
        ("самый дешёвый", Wanted(best="cheaper")),
        ("по самой низкой цене", Wanted(best="cheaper")),
        ("ну и", Wanted()),
    ],
)
def test_what_a_text_asks_of_goods(said: str, asked: Wanted) -> None:
    """Each by itself, without fillers."""
    assert wanted(said) == asked


@pytest.mark.parametrize("instead", ["вместо", "взамен", "заместо"])
def test_more_of_one_line_in_place_of_another(editor, instead):
    """The first goes, the second has as many more as are said."""
    order = editor.matcher.order(read(_MICE, editor.goods))
    edited = editor.edit(f"{instead} bg14 ещё две bg4 белых", order)
    assert edited is not None
    assert [(line.code, line.quantity) for line in edited.order.lines] == [("УТ-00032486", 4)]

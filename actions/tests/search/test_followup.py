"""What a message means after a price question."""

from dataclasses import replace

import pytest

from optfm.catalog import PriceRow
from optfm.search import PriceIndex
from optfm.search.followup import (
    Again,
    Ask,
    LastQuestion,
    More,
    Pick,
    Sort,
    Total,
    Unclear,
    meaning,
)
from optfm.text import load_vocabulary

_NAMES = (
    "Дисплей совместим с iPhone 11 + тачскрин черный",
    "Дисплей совместим с iPhone 12/12 Pro + тачскрин черный",
    "Дисплей совместим с Samsung Galaxy A12 + тачскрин черный",
    "Аккумулятор совместим с iPhone 11",
    "Аккумулятор совместим с Samsung Galaxy A12",
    "Кабель USB - USB-C [3A, 1m] белый",
    "Кабель USB - USB-C [3A, 2m] белый",
    "Кабель USB - USB-C [3A, 2m] черный",
    "Чехол-накладка совместим с iPhone 11 силикон прозрачный",
)


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    """A small list of displays, batteries, cables and a case."""
    rows = [
        PriceRow(
            code=f"УТ-9000000{n}",
            name=name,
            price_kop=100_00 + n,
            status="",
            path=("Запчасти", name.split()[0]),
            row_number=n,
        )
        for n, name in enumerate(_NAMES, 1)
    ]
    return PriceIndex.build(rows, load_vocabulary())


@pytest.fixture(scope="module")
def display(index: PriceIndex) -> LastQuestion:
    """The dialog has just shown three rows for a display."""
    asked = LastQuestion.of(index.understand("дисплей на айфон 11"), index.spoken)
    return replace(asked, shown=("УТ-1", "УТ-2", "УТ-3"), offset=3)


def _question(text: str, index: PriceIndex, last: LastQuestion) -> str:
    found = meaning(text, index, last)
    assert isinstance(found, Ask)
    return found.question


def test_a_first_question_is_searched_as_it_is(index: PriceIndex):
    """Without a question before there is nothing to lean on."""
    assert meaning("а на 12?", index, None) == Ask(question="а на 12?")


@pytest.mark.parametrize("text", ["а на 12?", "на 12 айфон", "а двенадцатый айфон 12"])
def test_another_model_keeps_the_goods(text: str, index: PriceIndex, display: LastQuestion):
    """«а на 12?» after a display for iPhone 11 is a display for iPhone 12."""
    answer = index.search(_question(text, index, display))
    assert answer.hits[0].row.name == _NAMES[1]


def test_other_goods_for_the_same_device(index: PriceIndex, display: LastQuestion):
    """«а акб?» keeps the device."""
    answer = index.search(_question("а акб?", index, display))
    assert answer.hits[0].row.name == _NAMES[3]


def test_a_whole_question_leans_on_nothing(index: PriceIndex, display: LastQuestion):
    """Goods with their own device are a new question."""
    assert _question("акб на самсунг а12", index, display) == "акб на самсунг а12"


def test_other_goods_without_a_hint_are_a_new_question(index: PriceIndex, display: LastQuestion):
    """A cable is not looked for among things for the last phone."""
    assert _question("кабель type-c 2 метра", index, display) == "кабель type-c 2 метра"


def test_a_colour_and_a_length_narrow_the_last_question(index: PriceIndex):
    """«черный» keeps the length, «1 метр» replaces it."""
    cable = LastQuestion.of(index.understand("кабель type-c 2 метра белый"), index.spoken)
    assert index.search(_question("черный", index, cable)).hits[0].row.name == _NAMES[7]
    assert index.search(_question("а 1 метр", index, cable)).hits[0].row.name == _NAMES[5]


@pytest.mark.parametrize("text", ["ещё", "еще", "а ещё варианты?", "дальше", "остальные"])
def test_more_goes_on(text: str, index: PriceIndex, display: LastQuestion):
    """«ещё» in its usual wordings."""
    assert meaning(text, index, display) == More()


@pytest.mark.parametrize(
    ("text", "cheapest"),
    [
        ("подешевле", True),
        ("есть дешевле?", True),
        ("самый дешевый", True),
        ("а подешевле есть", True),
        ("подороже", False),
        ("дороже", False),
        ("самые дорогие", False),
    ],
)
def test_cheaper_and_dearer_sort(
    text: str, cheapest: bool, index: PriceIndex, display: LastQuestion
):
    """Price words without goods put the last answer in order."""
    assert meaning(text, index, display) == Sort(cheapest=cheapest)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("второй", "УТ-2"),
        ("первый сколько стоит", "УТ-1"),
        ("беру третий", "УТ-3"),
        ("№ 2", "УТ-2"),
        ("вариант 3", "УТ-3"),
        ("первый в наличии есть?", "УТ-1"),
        ("сколько стоит второй", "УТ-2"),
    ],
)
def test_a_row_is_picked_by_its_number(
    text: str, code: str, index: PriceIndex, display: LastQuestion
):
    """Rows are numbered as they were shown."""
    assert meaning(text, index, display) == Pick(code=code)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("5 шт сколько будет", 5),
        ("а если 10 штук", 10),
        ("2шт", 2),
        ("две штуки", 2),
        ("два таких", 2),
        ("ок, беру 3 штуки", 3),
    ],
)
def test_pieces_are_counted_for_the_row_on_top(
    text: str, count: int, index: PriceIndex, display: LastQuestion
):
    """So many pieces of what was shown first."""
    assert meaning(text, index, display) == Total(code="УТ-1", count=count)


@pytest.mark.parametrize("text", ["второй 10 шт", "беру второй, 10 штук", "второй беру 10"])
def test_pieces_of_a_row_that_is_named(text: str, index: PriceIndex, display: LastQuestion):
    """Its place in the list and the count in one message."""
    assert meaning(text, index, display) == Total(code="УТ-2", count=10)


def test_another_row_of_the_list_is_picked_after_one(index: PriceIndex, display: LastQuestion):
    """«второй» after «первый» is the second of the same list."""
    one = replace(display, shown=("УТ-1",), listed=display.shown)
    assert meaning("а второй?", index, one) == Pick(code="УТ-2")


def test_a_mark_alone_is_of_the_last_model(index: PriceIndex, display: LastQuestion):
    """«мини» after an iPhone 12 is an iPhone 12 mini."""
    twelve = replace(display, device="iPhone 12")
    assert _question("а мини?", index, twelve).endswith("iPhone 12 мини")
    assert _question("про макс", index, twelve).endswith("iPhone 12 про макс")


@pytest.mark.parametrize("text", ["а на 27?", "а 27", "на 27 про"])
def test_a_number_that_no_device_has_is_still_a_model(
    text: str, index: PriceIndex, display: LastQuestion
):
    """«а на 27?» after an iPhone 11 is an iPhone 27, which is not there."""
    question = _question(text, index, display)
    assert "iPhone 27" in question
    assert index.search(question).kind == "none"


def test_a_number_after_one_shown_row_is_a_model_not_a_count(
    index: PriceIndex, display: LastQuestion
):
    """«а 12?» is another phone, «12 шт» is so many pieces."""
    one = replace(display, shown=("УТ-1",))
    assert "iPhone 12" in _question("а 12?", index, one)
    assert meaning("12 шт", index, one) == Total(code="УТ-1", count=12)


def test_goods_alone_are_for_the_last_device_and_as_typed_otherwise(
    index: PriceIndex, display: LastQuestion
):
    """«чехол» after a display: for the same phone; who asks gets both questions to try."""
    assert meaning("чехол", index, display) == Ask(question="чехол iPhone 11", plain="чехол")


@pytest.mark.parametrize("text", ["второй", "подешевле", "самый дорогой", "5 шт сколько будет"])
def test_nothing_to_lean_on_is_said_so(text: str, index: PriceIndex):
    """Words about rows that were never shown are no goods."""
    assert meaning(text, index, None) == Unclear()


@pytest.mark.parametrize("text", ["сколько стоит", "цена", "сколько", "а почем?"])
def test_a_price_of_nothing_is_about_the_rows_shown(
    text: str, index: PriceIndex, display: LastQuestion
):
    """«сколько стоит» means what is on the screen; before any answer it means nothing yet."""
    assert meaning(text, index, display) == Again()
    assert meaning(text, index, None) == Unclear()


def test_a_brand_after_a_bare_model_joins_it(index: PriceIndex):
    """«а12», then «самсунг»: a Samsung A12, not all of Samsung."""
    bare = LastQuestion(text="дисплей а12", goods="дисплей", device="A12", shown=("УТ-1",))
    assert "A12" in _question("самсунг", index, bare)


def test_a_bare_model_after_a_brand_joins_it(index: PriceIndex):
    """«дисплей самсунг», then «а12»: a Samsung A12, nobody else's."""
    brand = LastQuestion.of(index.understand("дисплей самсунг"), index.spoken)
    assert index.understand(_question("а12", index, brand)).models[0].label == "Samsung A12"


def test_a_row_that_was_not_shown_is_not_guessed(index: PriceIndex, display: LastQuestion):
    """Three rows have no fifth."""
    assert meaning("пятый", index, display) == Unclear()


def test_what_the_dialog_remembers_survives_json(display: LastQuestion):
    """A slot of an older version is forgotten, not an error."""
    slot = {**display.as_slot(), "shown": list(display.shown)}
    assert LastQuestion.from_slot(slot) == display
    assert LastQuestion.from_slot({"question": "старое"}) is None
    assert LastQuestion.from_slot(None) is None

"""What a word makes of the goods beside it: another thing, or only a size; a bare number."""

import pytest

from optfm.search import PriceIndex
from tests.search.conftest import index_of


@pytest.fixture(scope="module")
def index() -> PriceIndex:
    return index_of(
        "Камера совместим с iPhone 8 задняя", "Камера совместим с iPhone 7 задняя",
        "Чехол - книжка совместим с Honor X6", "Карта памяти MicroSD 16Gb",
        "Вентилятор поворотный FAN-35 белый", "Клей B7000 (50мл)",
        "Дисплей совместим с Huawei P40 Lite", "Дисплей совместим с Huawei P40 Lite E",
        "Дисплей совместим с Huawei P Smart", "Дисплей совместим с Huawei P Smart Z",
        "Дисплей совместим с Samsung SM-J320F/Galaxy J3", "Разъем совместим с Samsung SM-J320",
        "Дисплей совместим с Tecno Camon 15 Pro", "Дисплей совместим с iPhone 14 Pro",
        "Чехол - накладка совместим с iPhone 15 Pro", "Чехол - накладка совместим с iPhone 14 Pro",
        "Кольцевая лампа 26см", "Лампа с лупой",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["веб-камера", "вебка", "веб камера для компа", "экшн камера", "электронная книга",
     "звуковая карта", "камера видеонаблюдения"],
)  # fmt: skip
def test_another_thing_is_not_answered_with_the_parts_of_a_phone(index: PriceIndex, text: str):
    """A webcam is no camera of a phone, an e-reader no flip case."""
    assert index.search(text).kind == "none"


def test_a_whole_thing_that_the_list_sells_is_found():
    """Where the list has webcams, they are what is asked for."""
    answer = index_of("Веб-камера W20", "Камера совместим с iPhone 8").search("вебка")
    assert [hit.row.name for hit in answer.rows] == ["Веб-камера W20"]


@pytest.mark.parametrize(
    ("text", "found"), [("мини вентилятор", "FAN-35"), ("супер-клей", "B7000")]
)
def test_a_word_for_size_or_praise_is_no_brand_that_vetoes(
    index: PriceIndex, text: str, found: str
):
    """The goods are shown."""
    answer = index.search(text)
    assert answer.kind != "none" and found in answer.rows[0].row.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("дисплей п40 лайт е", "P40 Lite E"),
        ("дисплей п40 лайт", "P40 Lite"),
        ("дисплей п смарт з", "P Smart Z"),
        ("дисплей п смарт зет", "P Smart Z"),
        ("дисплей п смарт с рамкой", "P Smart"),
        ("дисплей самсунг j320", "SM-J320F/Galaxy J3"),
    ],
)
def test_a_letter_at_the_end_is_of_the_model(index: PriceIndex, text: str, name: str):
    """Typed in Russian, too; a preposition is none; a maker's code may end in letters more."""
    answer = index.search(text)
    assert [hit.row.name.removeprefix("Дисплей совместим с ") for hit in answer.rows] in (
        [f"Huawei {name}"], [f"Samsung {name}"],
    )  # fmt: skip


def test_a_bare_number_is_the_iphones_where_the_list_knows_it(index: PriceIndex):
    """«дисплей на 15 про» gets a no with what comes near, and no display of a Camon."""
    answer = index.search("дисплей на 15 про")
    assert answer.kind == "none" and answer.gap is not None
    assert answer.gap.asked == "iPhone 15 Pro"
    assert index.search("дисплей камон 15 про").kind != "none"


def test_a_lamp_of_another_kind_is_no_ring_light(index: PriceIndex):
    """«кольцевая лампа» is no lamp with a loupe."""
    assert [h.row.name for h in index.search("кольцевая лампа").rows] == ["Кольцевая лампа 26см"]

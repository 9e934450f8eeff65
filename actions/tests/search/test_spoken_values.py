"""Values, part numbers and lines as people say them; a table a rule, on a few rows of our own."""

import pytest

from tests.search.small_shop import index_of


@pytest.fixture(scope="module")
def index():
    """A dozen goods."""
    return index_of(
        {
            "1": ("Набор пластин для держателя (2 шт.)", "Автотовары", 40),
            "2": ("Набор пластин для держателя (20 шт.)", "Автотовары", 250),
            "3": ("Кабель USB - USB-C [2.4A, 1m] DENMEN D22T бел.", "Кабели", 56),
            "4": ("Кабель USB - Lightning [2.4A, 1m] DENMEN D22L бел.", "Кабели", 68),
            "5": ("Кабель USB - USB-C [2.4A, 1m] DENMEN D25T бел.", "Кабели", 58),
            "6": ("Кольцевая лампа 26см", "Свет", 420),
            "7": ("Кольцевая лампа 26см + штатив", "Свет", 450),
            "8": ("Штатив настольный", "Штативы", 500),
            "9": ("Карта памяти MicroSD 16Gb б/адаптера", "Память", 590),
            "10": ("Карта памяти MicroSD 16Gb с адаптером", "Память", 650),
            "11": ("СЗУ [USB-C(1), 65W]", "Зарядки", 900),
            "12": ("СЗУ [USB-C(1), 20W]", "Зарядки", 400),
        }
    )


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("двадцатиштучный набор пластин", {"2"}),
        ("65-ваттная зарядка", {"11"}),
        ("двадцативаттная зарядка", {"12"}),
        ("D22", {"3", "4"}),
        ("кабель d22", {"3", "4"}),
        ("кольцевая лампа, чтоб штатив в комплекте", {"7"}),
        ("карта памяти 16 без адаптера", {"9"}),
    ],
)
def test_what_is_said_finds_its_rows_only(index, question: str, codes: set[str]):
    """All the rows that are given, and no other."""
    answer = index.search(question)
    assert answer.kind != "none"
    assert {hit.row.code for hit in answer.rows} == codes

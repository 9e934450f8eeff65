"""Rows and questions name devices by one grammar: what a row fits is found as it is called."""

import re
from collections.abc import Iterable

import pytest

from optfm.catalog import PriceRow
from optfm.search import PriceIndex
from optfm.text import Vocabulary, load_vocabulary
from optfm.text.mention import Mention

_CYRILLIC = re.compile("[а-я ]+")


def lower(label: str, _: Vocabulary) -> str:
    """«iphone 13 pro max»."""
    return label.lower()


def in_russian(label: str, vocabulary: Vocabulary) -> str:
    """«самсунг галакси а12 лайт»: brands, lines and marks as people say them."""
    said = {
        **{name: _first_russian(words) for name, words in vocabulary.brands.items()},
        **{name: _first_russian(words) for name, words in vocabulary.marks.items()},
        "iphone": "айфон", "ipad": "айпад", "redmi": "редми", "note": "нот", "poco": "поко",
    }  # fmt: skip
    return " ".join(said.get(word) or word for word in label.lower().split())


def with_letters_said(label: str, vocabulary: Vocabulary) -> str:
    """«самсунг эй 12», «айфон 6 эс»: the letter of a number as it is called."""
    letters = {letter: words[0] for letter, words in vocabulary.letters.items()}
    *before, number = label.lower().split()
    if found := re.fullmatch(r"([a-z])(\d{1,2})", number):
        number = f"{letters.get(found[1], found[1])} {found[2]}"
    elif found := re.fullmatch(r"(\d{1,2})([a-z])", number):
        number = f"{found[1]} {letters.get(found[2], found[2])}"
    return " ".join([*before, number])


def with_digits_said(label: str, vocabulary: Vocabulary) -> str:
    """«iphone тринадцатый pro»."""
    said = {number: words[-1] for number, words in vocabulary.numbers.items() if number.isdigit()}
    return " ".join(said.get(word, word) for word in label.lower().split())


def _first_russian(words: Iterable[str]) -> str:
    return next((word for word in words if _CYRILLIC.fullmatch(word)), "")


def misread(index: PriceIndex, form) -> list[tuple[str, list[str]]]:
    """The devices of the rows that a text naming them in that form is not read to."""
    vocabulary = load_vocabulary()
    wrong = []
    for device in dict.fromkeys(index.shelf.mentions):
        if not device.number or device.number.isdigit() and len(device.number) > 3:
            continue
        text = form(device.label, vocabulary)
        read = [reading for one in index.understand(text).devices for reading in one.readings]
        if not any(_same(device, reading) for reading in read):
            wrong.append((text, [reading.label for reading in read]))
    return wrong


def _same(device: Mention, reading: Mention) -> bool:
    """One device, whichever of its brands was said."""
    return device.key[1:] == reading.key[1:] and device.brands >= reading.brands


FORMS = (lower, in_russian, with_letters_said, with_digits_said)


@pytest.mark.parametrize("form", FORMS)
def test_every_device_of_a_list_is_read_as_it_is_called(demo, form):
    """What the rows name is read to the same device when a customer types it."""
    assert misread(demo, form) == []


@pytest.mark.parametrize("form", FORMS)
def test_nearly_every_device_of_the_real_list_is_read_as_it_is_called(real_index, form):
    """All but a few maker's codes in brackets."""
    wrong = misread(real_index, form)
    assert len(wrong) <= 0.01 * len(real_index.shelf.mentions), wrong


@pytest.fixture(scope="module")
def phones() -> PriceIndex:
    """Phones whose names begin alike."""
    names = [
        'Дисплей совместим с Huawei Honor 10 5,84"(COL-L29) черный',
        "Дисплей совместим с Huawei Honor 10 Lite/Honor 10i черный",
        "Дисплей совместим с Huawei Honor 10 SE/11 SE (BNE-LX1) черный",
        "Дисплей совместим с Huawei Honor 30S/Nova 7SE черный",
        "Дисплей совместим с Huawei Honor Play (COR-L29) черный",
        "Дисплей совместим с Huawei Honor 7A/Play 3 черный",
        "Дисплей совместим с Huawei Honor Y6 II/5A Play черный",
        "Дисплей совместим с Tecno Spark 6 Go/Tecno Spark Go 2020 черный",
        "Дисплей совместим с Meizu M5 Note черный",
        "Дисплей совместим с Samsung Galaxy S20FE черный",
        "Дисплей совместим с Samsung Galaxy A03 черный",
        "Дисплей совместим с Samsung Galaxy A3 черный",
        "Дисплей совместим с iPhone 8/SE 2020 черный",
        'Дисплей планшета совместим с iPad Pro 12,9" черный',
    ]
    rows = [
        PriceRow(
            code=f"Т-{number:03}", name=name, price_kop=10_000, status="",
            path=("Дисплеи",), row_number=number,
        )
        for number, name in enumerate(names)
    ]  # fmt: skip
    return PriceIndex.build(rows, load_vocabulary())


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("дисплей honor 10", 0),
        ("дисплей хонор 10 лайт", 1),
        ("дисплей хонор 10 се", 2),
        ("дисплей 10 se honor", 2),
        ("дисплей нова 7 se", 3),
        ("дисплей honor play", 4),
        ("дисплей honor play 3", 5),
        ("дисплей y6 ii", 6),
        ("дисплей спарк го 2020", 7),
        ("дисплей meizu m5 note", 8),
        ("дисплей самсунг s20 fe", 9),
        ("дисплей s20fe", 9),
        ("дисплей самсунг эй 03", 10),
        ("дисплей самсунг эй 3", 11),
        ("дисплей айфон се 2020", 12),
        ("дисплей айпад про 12.9", 13),
    ],
)
def test_a_longer_name_is_no_shorter_one(phones, text, row):
    """Only the row of the very device is shown, without a word that anything is missing."""
    answer = phones.search(text)
    assert [hit.row.code for hit in answer.rows] == [f"Т-{row:03}"]
    assert answer.unmet == ()


@pytest.mark.parametrize("text", ["дисплей honor 11", "дисплей nova 7", "дисплей y6", "дисплей m5"])
def test_a_shorter_name_is_not_given_for_a_longer_one(phones, text):
    """An Honor 11 SE is no Honor 11: an honest «нет»."""
    assert phones.search(text).kind == "none"


def test_two_devices_in_a_row_are_two(phones):
    """«8 SE 2020» of iPhones is no mark of the eight."""
    query = phones.understand("дисплей айфон 8 se 2020")
    assert [device.label for device in query.devices] == ["iPhone 8", "iPhone SE 2020"]

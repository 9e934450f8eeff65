"""Numbers of pieces, told from models and units."""

import pytest

from optfm.search.counting import CountReader
from optfm.text import load_vocabulary


@pytest.mark.parametrize(
    ("text", "count", "rest"),
    [
        ("5 акб на xr", 5, "акб на xr"),
        ("10 акб для redmi 9", 10, "акб для redmi 9"),
        ("2 азу на 18w", 2, "азу на 18w"),
        ("11 акб hg", 0, "11 акб hg"),  # of the iPhone 11
        ("айфон 5 акб на замену", 0, "айфон 5 акб на замену"),
        ("64 гб на 3.0", 0, "64 гб на 3.0"),
        ("12 про на xr", 0, "12 про на xr"),
        ("5 акб айфон 7", 5, "акб айфон 7"),
        ("10 дисплей xiaomi redmi 9", 10, "дисплей xiaomi redmi 9"),
        ("8 плюс айфон 7", 0, "8 плюс айфон 7"),
        ("акб по 2", 2, "акб"),
        ("чехлы по 50", 0, "чехлы по 50"),
    ],
)
def test_what_has_no_cases_is_counted_where_its_device_is_named_behind(
    text: str, count: int, rest: str
) -> None:
    """A number before «акб» is else a model."""
    assert CountReader(load_vocabulary()).read(text) == (count, rest)

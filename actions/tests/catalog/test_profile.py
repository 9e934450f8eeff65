"""The shop's kept answers: what holds for the next list and what does not."""

from datetime import date
from pathlib import Path

from optfm.catalog import ListOptions, Questions, ReadList, profile
from optfm.catalog.profile import Profile
from tests.catalog.lists.pages import Page, r, xlsx

DAY = date(2026, 3, 14)


def two_prices(*heads: str) -> bytes:
    """A list with two price columns under these heads."""
    rows = [r("Прайс-лист"), r("Код", "Наименование", *heads)]
    return xlsx(Page(rows=[*rows, *[r(f"К{n}", f"Кран {n}", 10 + n, 20 + n) for n in range(4)]]))


def test_answers_are_kept_but_a_date_and_a_rate_are_not(tmp_path: Path):
    """Those are of one list."""
    given = ListOptions(price=("Опт",), list_date=DAY, rates={"USD": 90.0}, hidden="skip")
    profile.keep(tmp_path, Profile().with_answers(given, ()))
    kept = profile.load(tmp_path).options
    assert kept == ListOptions(price=("Опт",), hidden="skip")
    profile.forget(tmp_path)
    assert profile.load(tmp_path) == Profile()


def test_a_profile_that_cannot_be_read_is_no_profile(tmp_path: Path):
    """The questions come again, nothing breaks."""
    (tmp_path / profile.FILE).write_text('{"options": {"price": 5}}')
    assert profile.load(tmp_path) == Profile()


def test_a_letter_holds_only_while_the_heads_are_the_same():
    """A new column moves the letters, and the price must not move with them."""
    given = ListOptions(price=("C",), list_date=DAY)
    first = profile.read_for_shop(two_prices("Цена", "Цена"), given, Profile())
    assert isinstance(first, ReadList)
    kept = Profile().with_answers(given, first.report.heads)
    day = ListOptions(list_date=DAY)
    again = profile.read_for_shop(two_prices("Цена", "Цена"), day, kept)
    assert isinstance(again, ReadList)
    assert again.price_list.rows[0].price_kop == 1000
    other = profile.read_for_shop(two_prices("Закупка", "Цена"), day, kept)
    assert isinstance(other, Questions)

"""The demo list that a fresh clone sells from."""

import runpy
from pathlib import Path

import pytest
import yaml

from optfm.catalog import PriceList
from optfm.catalog.read import read_price_list

PRICES = Path(__file__).parents[3] / "prices"


@pytest.fixture(scope="module")
def demo() -> PriceList:
    """The committed file."""
    return read_price_list(PRICES / "demo.xls")


def test_the_committed_file_is_what_the_script_makes():
    """Whoever edits demo.yml runs make_demo.py."""
    script = runpy.run_path(str(PRICES / "make_demo.py"))
    made = script["book"](yaml.safe_load((PRICES / "demo.yml").read_text(encoding="utf-8")))
    assert made == (PRICES / "demo.xls").read_bytes()


def test_it_has_every_feature_of_the_real_list(demo: PriceList):
    """Groups of all depths and with a price, all statuses, all kinds of codes, look-alikes."""
    assert len(demo.rows) >= 500
    assert {group.depth for group in demo.groups} >= {0, 1, 2, 3, 4, 5}
    assert any(group.price_kop for group in demo.groups)
    statuses = {row.status for row in demo.rows}
    assert statuses >= {"", "Хит", "Акция", "Кратно 5 шт", "Дешевле от 5 шт", "Распродажа -70%"}
    assert {row.code[:3] for row in demo.rows} == {"УТ-", "ФМ-", "000"}
    assert any("\u0421" in row.name and "C" in row.name for row in demo.rows)


def test_names_are_unique_but_for_the_case(demo: PriceList):
    """Two rows that a customer cannot tell apart would be a mistake in demo.yml."""
    names = [" ".join(row.name.casefold().split()) for row in demo.rows]
    assert len(set(names)) == len(names)


def test_nothing_of_the_real_list_is_in_it(demo: PriceList, real_price_list: Path):
    """The shop's codes and goods are the shop's own."""
    real = read_price_list(real_price_list)
    codes = {row.code for row in (*real.rows, *real.groups)}
    assert not codes & {row.code for row in (*demo.rows, *demo.groups)}
    assert not {row.name for row in real.rows} & {row.name for row in demo.rows}

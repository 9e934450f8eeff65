"""Sums as people here write them."""

from common.money import amount, price


def test_thousands_stand_apart_and_kopecks_only_where_there_are_any():
    """The contract of prices in answers."""
    assert (amount(123400), amount(5), amount(100_000_000)) == ("1 234", "0,05", "1 000 000")
    assert price(123450) == "1 234,50 ₽"

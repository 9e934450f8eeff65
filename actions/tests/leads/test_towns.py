"""Towns as customers write them, in any case."""

import pytest

from optfm.leads.towns import nominative


@pytest.mark.parametrize(
    ("town", "named"),
    [
        ("Вологды", "Вологда"),
        ("Москве", "Москва"),
        ("Туле", "Тула"),
        ("Бишкека", "Бишкек"),
        ("Казань", "Казань"),
        ("Сочи", "Сочи"),
    ],
)
def test_a_town_that_the_dictionary_is_sure_of_is_named(town: str, named: str):
    assert nominative(town) == named


@pytest.mark.parametrize("town", ["Самары", "Кирова", "Нижнего Новгорода", "Орла", "Ош-2"])
def test_any_other_words_are_kept(town: str):
    """A wrong town is worse than an awkward one."""
    assert nominative(town) == town

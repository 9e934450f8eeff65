"""The words of orders while their files change under a running process."""

import shutil
from pathlib import Path

import pytest

from common import published
from optfm.orders.edit_words import edit_words
from optfm.orders.words import HERE, WordsError, order_words


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the vocabulary that may be spoilt; each look at it counts."""
    monkeypatch.setattr(published, "LOOK_S", 0)
    for name in ("orders.yml", "edits.yml"):
        shutil.copy(HERE / name, tmp_path / name)
    return tmp_path


def test_words_once_read_outlive_a_file_that_is_newer_than_the_program(folder: Path) -> None:
    """A section that this version does not know, as after a pull: the words before count."""
    before, edits = order_words(folder), edit_words(folder)
    for name in ("orders.yml", "edits.yml"):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\nновое_в_другой_версии: [слово]\n")
    assert order_words(folder) is before
    assert edit_words(folder) is edits


def test_a_mended_file_counts(folder: Path) -> None:
    """After a slip the words follow the file again."""
    whole = (folder / "orders.yml").read_text(encoding="utf-8")
    before = order_words(folder)
    (folder / "orders.yml").write_text("штуки: [", encoding="utf-8")
    assert order_words(folder) is before
    mended = whole.replace("числа:\n", "числа:\n  7000: [семитысячник]\n", 1)
    (folder / "orders.yml").write_text(mended, encoding="utf-8")
    assert order_words(folder).numerals["семитысячник"] == 7000


def test_a_file_broken_from_the_beginning_is_said_at_the_start(folder: Path) -> None:
    """Before anything was read there is nothing to go on with."""
    (folder / "edits.yml").write_text("показать: [", encoding="utf-8")
    with pytest.raises(WordsError, match=r"edits\.yml"):
        edit_words(folder)

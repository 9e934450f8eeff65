"""The vocabulary is data that an editor may change, and may get wrong."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from optfm.search import PriceIndex
from optfm.text import load_vocabulary
from optfm.text.vocabulary import HERE, VocabularyError, stamp


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the vocabulary to edit."""
    for file in HERE.glob("*.yml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def edit(folder: Path, name: str, text: str) -> None:
    with (folder / f"{name}.yml").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def test_a_new_word_works_without_code(folder, demo):
    """An editor writes a line, the next index knows it, the stamp tells of the change."""
    before = stamp(folder)
    assert demo.search("кракозябра на samsung a12").kind == "none"
    edit(folder, "slang", "кракозябра: [дисплей]")
    assert stamp(folder) != before
    index = PriceIndex.build(demo.rows, load_vocabulary(folder))
    answer = index.search("кракозябра на samsung a12")
    assert answer.kind in ("found", "ask")
    assert "Дисплей" in answer.hits[0].row.name


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("slang", "дисплей: экран", "slang: дисплей: ожидается список"),
        ("slang", "экран: [дисплей]", "«экран» записано дважды"),
        ("slang", "экран2: [[дисплей]]", "не слово"),
        ("synonyms", "слово: [а, б", "synonyms.yml, строка"),
        ("units", "speed: {name: м/с, units: {мс: -1}}", "число больше нуля"),
        ("units", "speed: {name: м/с}", "нет раздела «units»"),
        ("slang", "экран3: [no, дисплей]", "в кавычках"),
        ("fillers", "лишнее: [а]", "незнакомый раздел «лишнее»"),
        ("devices", "brand: {}", "незнакомый раздел «brand»"),
    ],
)
def test_a_slip_in_a_file_is_one_clear_line(folder, name, text, said):
    """The line names the file and what is expected."""
    edit(folder, name, text)
    with pytest.raises(VocabularyError) as caught:
        load_vocabulary(folder)
    assert said in caught.value.message
    assert "\n" not in caught.value.message


def test_a_missing_or_broken_file_is_named(folder):
    """Deleted, or in another encoding."""
    (folder / "quality.yml").write_bytes("чехол".encode("cp1251"))
    with pytest.raises(VocabularyError, match=r"quality\.yml: файл не в кодировке UTF-8"):
        load_vocabulary(folder)
    (folder / "quality.yml").unlink()
    with pytest.raises(VocabularyError, match=r"quality\.yml: не читается"):
        load_vocabulary(folder)


@pytest.mark.parametrize("index", ["demo", "real_index"])
def test_no_word_that_says_nothing_begins_rows(index: str, request: pytest.FixtureRequest) -> None:
    """Forms count alike: «жаль» among the words without meaning would be a «жало», too."""
    prices: PriceIndex = request.getfixturevalue(index)
    began = (re.match(r"[А-Яа-яЁё]{3,}", row.name) for row in prices.rows)
    rows = Counter(match[0].lower() for match in began if match)
    often = [word for word, count in rows.items() if count > 2]
    assert len(often) > 10
    said = {word: prices.understand(word) for word in often}
    assert [word for word, query in said.items() if not (query.facets or query.devices)] == []

"""The words of acts: found by the longest phrase, and their vocabulary checked."""

from pathlib import Path

import pytest

from optfm.conversation import cues
from optfm.conversation.cues import ActWordsError, cue_reader

FOLDER = Path(cues.__file__).parent / "vocabulary"


def _named(text: str) -> list[tuple[str, int | str]]:
    return [
        (cue.name, cue.number or cue.of)
        for cue in cue_reader().read(text).found
        if cue.name != "little"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ещё", [("more", "")]),
        ("тогда второй, 5 штук", [("ordinal", 2), ("number", 5), ("pieces", "")]),
        ("и то и другое по 10", [("both", ""), ("each", ""), ("number", 10)]),
        ("возьму пару", [("take", ""), ("number", 2)]),
        ("3шт", [("number", 3), ("pieces", "")]),
        ("чем они отличаются", [("this", ""), ("compare", "")]),
        ("какая у него ёмкость", [("this", ""), ("attribute", "capacity")]),
        ("цена любая", [("any_price", "")]),
        ("самый дешёвый", [("cheapest", "")]),
        ("подешевле", [("sort_cheap", "")]),
        ("какая самая мощная", [("most", "power")]),
        ("самый короткий какой", [("least", "length")]),
        ("а другой фирмы есть?", [("other_brand", "")]),
    ],
)
def test_words_of_acts_are_found(text: str, found: list[tuple[str, int | str]]):
    """Each with its number or the property that it asks for."""
    assert [cue for cue in _named(text) if cue in found] == found


def test_a_message_without_its_cues_is_as_typed():
    """What is left goes to the search unchanged but for the words taken out."""
    read = cue_reader().read("Беру 5 штук Чехла А12")
    assert read.without(read.of("take", "number", "pieces")) == "Чехла А12"


@pytest.mark.parametrize("text", ["", "…", "İ" * 50, "\u0000", "👍 1", "а" * 5_000])
def test_any_text_is_read(text: str):
    """Odd letters and lengths raise nothing."""
    cue_reader().read(text)


@pytest.mark.parametrize(
    ("file", "written", "said"),
    [
        ("acts.yml", "шуткую: [ха]", "шуткую: такого действия нет"),
        ("acts.yml", "more: ещё", "acts.yml: more: нужен список слов"),
        ("acts.yml", "- more", "acts.yml: нужны пары"),
        ("acts.yml", "more: [", "acts.yml: не читается"),
        ("numbers.yml", "counts: {1: [один]}", "нет раздела ordinals"),
        ("numbers.yml", "ordinals: {первый: [первый]}", "первый не число"),
        ("attributes.yml", "capacity: [ёмкость]", "нужны called и asks"),
    ],
)
def test_a_slip_in_the_vocabulary_is_told_in_one_line(
    tmp_path: Path, file: str, written: str, said: str
):
    """The line names the file and the place."""
    for name in ("acts.yml", "numbers.yml", "attributes.yml"):
        (tmp_path / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / file).write_text(written, encoding="utf-8")
    with pytest.raises(ActWordsError, match=said):
        cue_reader(tmp_path)

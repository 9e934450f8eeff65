"""The phrases of a topic: shown as one list, written back to the files they come from."""

import shutil
from pathlib import Path

import pytest

from common import published
from optfm.content import WrongContent, document, examples
from optfm.content.checks import check
from optfm.settings import ROOT

COST = document("data/nlu#faq_delivery_cost")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of data/nlu that may be written."""
    return Path(shutil.copytree(ROOT / "data" / "nlu", tmp_path / "nlu"))


def told(folder: Path) -> dict[str, str]:
    """What each file says."""
    return {path.name: path.read_text("utf-8") for path in folder.glob("*.yml")}


def test_writing_what_is_there_changes_no_letter(folder: Path):
    """A topic that stands in several files, and one in few phrases."""
    before = told(folder)
    for intent in ("faq_delivery_cost", "out_of_scope", "detail"):
        examples.write(folder, intent, examples.phrases()[intent])
    assert told(folder) == before


def test_phrases_go_and_come_and_nothing_else_changes(folder: Path):
    """New ones stand below the topic's own; the diff is these lines."""
    before = told(folder)
    said = [*examples.phrases()["faq_delivery_cost"][1:], "привоз на дачу почём", "а до дачи?"]
    examples.write(folder, "faq_delivery_cost", said)
    after = told(folder)
    lines_before = [line for text in before.values() for line in text.splitlines()]
    lines_after = [line for text in after.values() for line in text.splitlines()]
    gone = examples.phrases()["faq_delivery_cost"][0]
    assert sorted([*lines_after, f"      - {gone}"]) == sorted(
        [*lines_before, "      - привоз на дачу почём", "      - а до дачи?"]
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: "доставка\nдоставка\n \n", "хотя бы 5 фраз"),
        (lambda text: f"{text}\n{'о' * 400}", "длиннее"),
        (lambda text: f"{text}\nпривоз в [Тулу](town)", "разметки"),
        (lambda text: f"{text}\nМожно  вернуть товар", "faq_returns"),
    ],
)
def test_phrases_that_teach_nothing_or_two_topics_are_refused(change, said: str):
    """In a line that says which and why."""
    other = document("data/nlu#faq_returns").in_file() + "\nможно вернуть товар"
    with published.tried({"data/nlu#faq_returns": other}), pytest.raises(WrongContent) as caught:
        check(COST, change(COST.in_file()))
    assert said in caught.value.message


def test_what_the_repository_teaches_may_be_published():
    """Of every topic."""
    for intent in list(examples.phrases())[::8]:
        found = document(f"{examples.FOLDER}#{intent}")
        check(found, found.in_file())
        assert found.title

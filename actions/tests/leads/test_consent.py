"""The consent's texts as they lie in the repository."""

import re

from optfm.leads.consent import TEXTS, document, wording


def test_every_question_has_its_document():
    """A new wording is a pair of files with a date for a name."""
    questions = {path.stem for path in TEXTS.glob("*.txt")}
    assert questions == {path.stem for path in TEXTS.glob("*.md")}
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", name) for name in questions)


def test_the_question_names_the_document():
    """The version in force is the latest date."""
    version, question = wording("https://bot.example/consent")
    assert version == max(path.stem for path in TEXTS.glob("*.txt"))
    assert question.endswith("https://bot.example/consent")


def test_the_document_is_readable_in_a_chat():
    """Without signs of Markdown, and short enough for one message of Telegram."""
    text = document()
    assert "#" not in text
    assert text.startswith("Согласие на обработку персональных данных")
    assert len(text) < 4096

"""The words of the trade (docs/knowledge/словарь.md)."""

import pytest

from optfm.dialogue.trade_terms import PAGE
from optfm.facts.glossary import glossary

WORDS = glossary(PAGE)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("что такое инселл", ["Incell"]),
        ("чем oled отличается от инцела", ["OLED", "Incell"]),
        ("hard oled или soft что лучше", ["Hard OLED", "OLED", "Soft OLED"]),
        ("что значит тех.пак", ["Тех.пак"]),
        ("для чего банка акб", ["Банка"]),
        ("орижинал фэктори это снятый?", ["Orig", "Original Factory"]),
        ("с лого это как", ["С лого"]),
        ("GX что за буквы", ["Обозначения изготовителей"]),
        ("фм1 это что", ["Колонка ФМ1"]),
        ("какая погода", []),
    ],
)
def test_the_entries_that_a_question_names(text, titles):
    """In the order of the question, in any case and spelling of the trade."""
    assert [term.title for term in WORDS.of(text, limit=3)] == titles


def test_no_entry_promises_anything_of_a_row():
    """General knowledge: no price, no stock, no «лучший»."""
    for term in WORDS.terms:
        assert "₽" not in term.text
        assert "лучш" not in term.text.lower().replace("сбережёт лучше", "").replace(
            "бережёт лучше", ""
        ), term.title

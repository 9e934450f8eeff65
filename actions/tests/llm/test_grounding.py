"""Which sentences may be shown, judged by all that the company says."""

from pathlib import Path

import pytest
import yaml

from optfm.llm.gateway.errors import Unfounded
from optfm.llm.grounding.claims import sentences
from optfm.llm.grounding.grounding import require_grounded
from optfm.llm.knowledge.fact import Fact
from optfm.llm.knowledge.knowledge import faq, faq_texts, pages
from tests.llm.conftest import DOMAIN, FOLDER

SAYINGS = yaml.safe_load(Path(__file__).with_name("sayings.yml").read_text(encoding="utf-8"))
FACTS = [
    Fact(id=f"F{n}", title=p.title, text=p.text)
    for n, p in enumerate([*pages(FOLDER), *faq(faq_texts(DOMAIN))], 1)
]


@pytest.mark.parametrize("text", SAYINGS["invented"])
def test_what_no_fact_says_is_refused(text: str):
    """Made up, cut short, turned round, spelled out, in other letters or another language."""
    with pytest.raises(Unfounded):
        require_grounded(text, FACTS)


@pytest.mark.parametrize("text", SAYINGS["honest"])
def test_what_a_fact_says_passes_in_other_words_order(text: str):
    """A judge that refuses everything would be no use."""
    require_grounded(text, FACTS)


WARRANTY = Fact(
    id="F1",
    title="Товар — Гарантия",
    text="Гарантия на кабели, если пломба цела (не порвана), — 3 месяца, на прочее гарантии нет.",
)


@pytest.mark.parametrize(
    "text",
    ["Гарантия — 3 месяца.", "Гарантия на кабели — 3 месяца.", "Гарантия на товар — 3 месяца."],
)
def test_a_condition_cannot_be_left_out(text: str):
    """Neither what the promise is about, nor what it hangs on."""
    with pytest.raises(Unfounded):
        require_grounded(text, [WARRANTY])


def test_a_line_of_a_list_needs_the_promise_that_opens_it():
    """«Кохма — от 4 000 ₽» alone sounds like the price of the delivery."""
    fact = Fact(id="F1", title="", text="Бесплатная доставка:\n• Кохма — от 4 000 ₽")
    require_grounded("Кохма: бесплатная доставка — от 4 000 ₽", [fact])
    with pytest.raises(Unfounded):
        require_grounded("Доставка Кохма — от 4 000 ₽", [fact])


def test_every_sentence_of_a_fact_may_be_repeated():
    """Else a model that does as it is told is refused; but a line whose promise stands above it."""
    refused = []
    for fact in FACTS:
        opened = False
        for line in fact.text.splitlines():
            opens = line.rstrip().endswith(":")
            opened = opens or (opened and line.startswith("•"))
            for sentence in [] if opens else sentences(line):
                try:
                    require_grounded(sentence, [fact])
                except Unfounded:
                    refused += [] if opened else [sentence]
    assert len(FACTS) > 40
    assert not refused

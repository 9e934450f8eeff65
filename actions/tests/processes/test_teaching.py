"""What `rasa interactive` teaches lands in the files of its topics."""

from pathlib import Path

import pytest

from optfm.processes.teaching import file_by_topic, keep_layout

_DELIVERY = """version: "3.1"

nlu:
  # What it costs.
  - intent: faq_delivery_cost
    examples: |
      - сколько стоит доставка
      - доставка

  - intent: faq_delivery_time
    examples: |
      - когда привезут
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Training data with one topic, and what Rasa wrote after a conversation."""
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "delivery.yml").write_text(_DELIVERY, encoding="utf-8")
    (tmp_path / "nlu.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: faq_delivery_cost\n  examples: |\n'
        "    - почём привезти\n    - доставка\n"
        "- intent: faq_new\n  examples: |\n    - новый вопрос\n",
        encoding="utf-8",
    )
    return tmp_path


def test_a_new_example_lands_in_the_file_of_its_topic(data: Path):
    """Only what is new is added, below the old examples; comments stay."""
    lesson = file_by_topic(data)
    assert lesson.added == {"faq_delivery_cost": 1}
    assert (data / "nlu" / "delivery.yml").read_text(encoding="utf-8") == _DELIVERY.replace(
        "      - доставка\n", "      - доставка\n      - почём привезти\n"
    )


def test_an_intent_without_a_file_stays_where_rasa_put_it(data: Path):
    """Nothing that was taught is lost."""
    assert file_by_topic(data).left == ("faq_new",)
    assert "новый вопрос" in (data / "nlu.yml").read_text(encoding="utf-8")


def test_a_domain_that_was_only_laid_out_anew_gets_its_text_back(tmp_path: Path):
    """The order and the comments of domain.yml survive a conversation."""
    before = "# Intents.\nintents:\n  - greet\n  - bye\nactions: []\n"
    domain = tmp_path / "domain.yml"
    domain.write_text("actions: [utter_bye]\nintents:\n- bye\n- greet\n", encoding="utf-8")
    assert not keep_layout(domain, before)
    assert domain.read_text(encoding="utf-8") == before


def test_a_new_intent_in_the_domain_is_kept(tmp_path: Path):
    """What the conversation added is the maintainer's to look at."""
    domain = tmp_path / "domain.yml"
    domain.write_text("intents:\n- bye\n- greet\n- thanks\n", encoding="utf-8")
    assert keep_layout(domain, "intents:\n- greet\n- bye\n")
    assert "thanks" in domain.read_text(encoding="utf-8")

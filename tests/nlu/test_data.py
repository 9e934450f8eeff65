"""The training data itself: enough of it, clean, and apart from what judges it."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from tests.nlu.evaluate import read_utterances

ROOT = Path(__file__).parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
EXAMPLES = read_utterances(sorted(ROOT.glob("data/nlu/*.yml")))
TESTS = read_utterances(sorted(ROOT.glob("tests/nlu/*.yml")))
BY_KIND = [
    json.loads(line)["text"]
    for file in sorted(ROOT.glob("tests/nlu/kinds_*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]
#: Only a button says them.
PRESSED = {"press_goods"}
INTENTS = {one if isinstance(one, str) else next(iter(one)) for one in DOMAIN["intents"]}
TOPICS = sorted(intent for intent in INTENTS if intent.startswith("faq_"))
RULES = [
    rule
    for file in sorted(ROOT.glob("data/rules/*.yml"))
    for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]
]


def normalised(text: str) -> str:
    """A phrase without case, punctuation and ё; an emoji or dots stay as they are."""
    words = re.findall(r"\w+", text.lower().replace("ё", "е"))
    return " ".join(words) or text.strip()


def by_intent() -> dict[str, list[str]]:
    """Training phrases of each intent."""
    phrases = defaultdict(list)
    for text, intent in EXAMPLES:
        phrases[intent].append(text)
    return phrases


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_examples_an_answer_and_a_rule(topic):
    """A topic in the domain can be understood and is answered."""
    assert len(by_intent()[topic]) >= 25
    assert f"utter_{topic}" in DOMAIN["responses"]
    ways = [
        [{"intent": topic}, {"action": action}]
        for action in (f"utter_{topic}", "action_answer_facts")
    ]
    assert any(rule["steps"] in ways and "condition" not in rule for rule in RULES)


def test_out_of_scope_has_many_examples():
    """What we do not answer is of every sort."""
    assert len(by_intent()["out_of_scope"]) >= 250


def test_every_intent_of_the_domain_has_examples_and_the_other_way_round():
    """No intent is dead and none is unknown."""
    assert set(by_intent()) == INTENTS - PRESSED


def test_no_phrase_stands_under_two_intents():
    """A phrase means one thing, however it is written."""
    intents = defaultdict(set)
    for text, intent in EXAMPLES:
        intents[normalised(text)].add(intent)
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}


def test_no_phrase_stands_twice_under_an_intent():
    """A doubled phrase weighs double without teaching anything."""
    for intent, texts in by_intent().items():
        phrases = [normalised(text) for text in texts]
        assert [p for p in set(phrases) if phrases.count(p) > 1] == [], intent


def test_no_test_utterance_is_trained_on():
    """What judges the model was never shown to it."""
    trained = {normalised(text) for text, _ in EXAMPLES}
    judging = [*(text for text, _ in TESTS), *BY_KIND]
    assert [text for text in judging if normalised(text) in trained] == []


#: Commands that connectors/managers/takeover.py takes while a manager has the dialog.
TAKEN_BEFORE_RASA = ("/back_to_bot",)


def test_every_button_leads_to_an_intent_that_is_answered():
    """A button of an answer does what it says."""
    for name, variants in DOMAIN["responses"].items():
        for button in [b for v in variants for b in v.get("buttons", [])]:
            payload = button["payload"]
            if payload.startswith("/") and payload not in TAKEN_BEFORE_RASA:
                assert payload[1:] in INTENTS, (name, payload)
            assert len(payload.encode()) <= 64, "Telegram takes no more"


def test_answers_are_short():
    """An answer is read on a phone, in a hurry."""
    for topic in TOPICS:
        for variant in DOMAIN["responses"][f"utter_{topic}"]:
            assert len(variant["text"]) <= 700, topic

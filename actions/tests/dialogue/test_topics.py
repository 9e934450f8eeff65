"""The list of topics that a model may choose from."""

import yaml

from optfm.dialogue.model_answers import TOPICS
from optfm.settings import ROOT

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))


def test_every_question_of_the_domain_has_a_short_line():
    """A topic that is missing there cannot be understood by a model."""
    # an intent with options is a mapping of one name: `- press_goods: {use_entities: []}`
    intents = {name for i in DOMAIN["intents"] for name in ([i] if isinstance(i, str) else i)}
    answered = {name for name in intents if name.startswith(("faq_", "shop_"))}
    assert answered <= set(TOPICS)
    assert set(TOPICS) <= intents
    assert max(map(len, TOPICS.values())) <= 45

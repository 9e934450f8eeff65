"""Messages that tell of an order which came wrong: too few, or other goods (claims.yml).

«заказывал 10 стёкол, пришло 8» has goods and counts and is no order; «просил чёрный модуль, приехал
белый» asks for no module.
"""

import re
from pathlib import Path

import yaml

from common import published
from common.phrases import any_of, plain

VOCABULARY = Path(__file__).with_suffix(".yml")


def _read() -> dict[str, re.Pattern[str]]:
    read = yaml.safe_load(published.read(VOCABULARY))
    return {kind: any_of(said) for kind, said in read.items()}


_words = published.Following(_read, VOCABULARY)


def came_wrong(text: str) -> bool:
    """Whether a message sets what came against what was ordered.

    Who only tells that he got his goods, and who waits or wants more, claims nothing.
    """
    words, said = _words(), plain(text)
    told = words["ordered"].search(said) and words["came"].search(said)
    return bool(told) and not words["else"].search(said)

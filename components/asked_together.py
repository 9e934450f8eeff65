"""Several questions in one message: «дисплей а12 и доставка в шую», «есть самовывоз? часы?».

A message has one intent in Rasa; whoever answers it (components/responses.py, the price search)
finds here what else was asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: The topic that has no answer in the domain: the price list answers it.
PRICES = "price_question"
_FAQ = "faq_"
#: Ends of a question inside a message. A comma inside a number, and the point of «т.п.», end none.
_BETWEEN = re.compile(
    r"[?!;\n]+|[.,](?=\s)|\s+(?:и ещ[её]|и|а также|а|плюс|также)(?=\s)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
#: A part is asked for itself when its topic is as sure as this (0..1). Among 1,300 messages that
#: ask one thing (tests/nlu) it tears none whose answer would be wrong.
_SURE = 0.8
#: A list of prices answers these by itself.
_IN_PRICES = {
    "faq_assortment",
    "faq_how_to_order",
    "faq_not_in_catalog",
    "faq_offers",
    "faq_price_list",
    "faq_quality",
    "faq_sale_statuses",
    "faq_stock",
}
#: Who asks more at once is better asked back than buried.
_MOST_ALSO = 2
_MOST_PARTS = 6


@dataclass(frozen=True, kw_only=True)
class Together:
    """A message that asks two things or three.

    `intent`: whose answer comes first; `also`: the one or two `faq_…` topics that are answered
    beside it; `goods`: the words about goods, "" where nobody asks a price.
    """

    intent: str
    also: tuple[str, ...]
    goods: str = ""


def asked_together(
    text: str, intent: str, rank: Callable[[str], tuple[str, float]]
) -> Together | None:
    """The questions of a message, None where it asks one thing.

    :param text: as typed.
    :param intent: what the whole message was taken for; always one of them.
    :param rank: gives the topic of a text and how sure it is, 0..1.
    """
    if not (intent.startswith(_FAQ) or intent == PRICES):
        return None
    parts = [part.strip() for part in _BETWEEN.split(text)]
    parts = [part for part in parts if _WORD.search(part)]
    if not 2 <= len(parts) <= _MOST_PARTS:
        return None
    topics = [topic if sure >= _SURE else "" for topic, sure in map(rank, parts)]
    faqs = list(dict.fromkeys(topic for topic in topics if topic.startswith(_FAQ)))
    if PRICES in (intent, *topics):
        also = tuple(faq for faq in faqs if faq not in _IN_PRICES)
        goods = ", ".join(
            part for part, topic in zip(parts, topics, strict=True) if topic not in also
        )
        first = PRICES if PRICES in topics and intent in (PRICES, *also) else ""
    else:
        first = intent if intent in faqs or len(faqs) < 2 else faqs[0]
        also = tuple(faq for faq in faqs if faq != first)
        goods = ""
        first = first if first in faqs else ""
    if not first or not 1 <= len(also) <= _MOST_ALSO:
        return None
    return Together(intent=first, also=also, goods=goods)


#: Of a long story a part is its question when its topic is as sure as this.
_CLEAR = 0.7
#: A shorter message is no story.
_STORY_WORDS = 9
#: What a topic counts that the whole story does not hint at, and a part with a question mark.
_LIKELY = 0.1
_ASKED = 1.3
_MOST_SENTENCES = 12


def clearest_part(
    text: str,
    rank: Callable[[str], tuple[str, float]],
    answerable: Callable[[str], bool],
    whole: Mapping[str, float],
) -> str | None:
    """The topic of a story's question, None where no part of it is clear.

    Whoever tells what happened asks somewhere in the middle or at the end: a part with a
    question mark counts before one without, and the surer before the less sure.

    :param answerable: whether a topic is one that a story may ask for.
    :param whole: how sure the topics of the whole story are, 0..1.
    """
    if len(text.split()) < _STORY_WORDS:
        return None
    parts = _spans(text)
    found = []
    for number, part in enumerate(parts):
        topic, sure = rank(part)
        if answerable(topic) and sure >= _CLEAR:
            weight = sure * (_LIKELY + whole.get(topic, 0.0)) * (_ASKED if "?" in part else 1.0)
            found.append((weight, number, topic))
    best = max(whole, key=lambda topic: whole[topic])
    if answerable(best):  # what the whole is about is no worse a guess than a part by itself
        found.append((whole[best] * (_LIKELY + whole[best]), len(parts), ""))
    return (max(found)[-1] or None) if found else None


def _spans(text: str) -> list[str]:
    """Sentences, their parts between commas, and every two parts that follow each other."""
    parts = [part.strip() for part in re.split(r"(?<=[?!;\n.,])\s+", text)][:_MOST_SENTENCES]
    parts = [part for part in parts if _WORD.search(part)]
    pairs = [f"{one} {two}" for one, two in zip(parts, parts[1:], strict=False)]
    return [*parts, *pairs]


def surely(topic: str, ranking: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A ranking whose first is decided; the others are halved, so that none is as sure."""
    others = [
        {**one, "confidence": one["confidence"] / 2} for one in ranking if one["name"] != topic
    ]
    return [{"name": topic, "confidence": 1.0}, *others]

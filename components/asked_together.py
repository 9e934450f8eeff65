"""Several questions in one message: «дисплей а12 и доставка в шую», «есть самовывоз? часы?».

A message has one intent in Rasa; whoever answers it (components/responses.py, the price search)
finds here what else was asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from common.phrases import any_of, plain
from components.languages import in_russian

#: The topic that has no answer in the domain: the price list answers it.
PRICES = "price_question"
_FAQ = "faq_"
#: Ends of a question inside a message. A comma inside a number, and the point of «т.п.», end none.
_BETWEEN = re.compile(
    r"[?!;\n]+|[.,](?=\s)|\s+(?:и ещ[её]|и|а также|а|плюс|также|and)(?=\s)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")
#: A part is asked for itself when its topic is as sure as this (0..1). Among 1,300 messages that
#: ask one thing (tests/nlu) it tears none whose answer would be wrong.
_SURE = 0.8
#: The only part of a message that is no small talk need not be so sure.
_LIKELY = 0.5
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
#: The answer to the first says what the others would.
_SAYS_AS_MUCH = {"faq_defects": {"faq_returns", "faq_refund"}}
#: What is said on the way to a question; a message that is nothing else asks nothing.
_SAID_BY_THE_WAY = {"affirm", "deny", "greet", "thanks", "bye", "stop", "skip", "small_talk"}
_A_PERSON = "call_manager"
#: Who asks more at once is better asked back than buried.
_MOST_ALSO = 2
_MOST_PARTS = 6
#: Words that name a topic (`names`), shared with the answers that go on with one.
NAMES = Path("actions/optfm/dialogue/follow_up.yml")
_SHORT = 4


@dataclass(frozen=True, kw_only=True)
class Together:
    """A message that asks two things or three.

    `intent`: whose answer comes first; `also`: the one or two `faq_…` topics that are answered
    beside it, none where the rest is small talk; `goods`: the words about
    goods, "" where nobody asks a price.
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
    parts = [part.strip() for part in _BETWEEN.split(text)]
    parts = [part for part in parts if _WORD.search(part)]
    if not 2 <= len(parts) <= _MOST_PARTS:
        return None
    ranked = [rank(part) for part in parts]
    topics = _of_themselves(parts, [topic if sure >= _SURE else "" for topic, sure in ranked])
    if not (intent.startswith(_FAQ) or intent == PRICES):
        return _beside_small_talk(ranked)
    faqs = list(dict.fromkeys(topic for topic in topics if topic.startswith(_FAQ)))
    told = {other for faq in faqs for other in _SAYS_AS_MUCH.get(faq, ())}
    faqs = [faq for faq in faqs if faq not in told]
    if PRICES in (intent, *topics):
        also = tuple(faq for faq in faqs if faq not in _IN_PRICES)
        goods = ", ".join(
            part for part, topic in zip(parts, topics, strict=True) if topic not in also
        )
        # The whole may sound like a third thing, where each part is sure of its own.
        fits = intent in (PRICES, *also) or all(topics)
        first = PRICES if PRICES in topics and fits else ""
    else:
        first = intent if intent in faqs or len(faqs) < 2 else faqs[0]
        also = tuple(faq for faq in faqs if faq != first)
        goods = ""
        first = first if first in faqs else ""
    if not first or not 1 <= len(also) <= _MOST_ALSO:
        return None
    return Together(intent=first, also=also, goods=goods)


def _of_themselves(parts: Sequence[str], topics: Sequence[str]) -> list[str]:
    """The topics of the parts; none of a short part that is about what stands before it.

    «есть ли возврат и сколько дней»: the days are the return's; «гарантия на зарядки и кабели»:
    so are the cables the guarantee's, and «отправляете? сколько это стоит?» names no goods.
    """
    own, before = [], ""
    for part, topic in zip(parts, topics, strict=True):
        if before and topic == PRICES and (len(part.split()) == 1 or _only_asks_a_price(part)):
            own.append("")
            continue
        leans = before and _family(topic) != _family(before) and not _names_its_own(part)
        own.append("" if leans and topic.startswith(_FAQ) else topic)
        before = topic if topic.startswith(_FAQ) and not leans else before
    return own


def _family(topic: str) -> str:
    return "_".join(topic.split("_")[:2])


def _only_asks_a_price(part: str) -> bool:
    return set(re.findall(r"\w+", plain(in_russian(part.lower())))) <= _price_words()


@lru_cache(maxsize=1)
def _price_words() -> frozenset[str]:
    return frozenset(yaml.safe_load(NAMES.read_text(encoding="utf-8"))["price"])


def _names_its_own(part: str) -> bool:
    return len(part.split()) > _SHORT or bool(_names().search(plain(part)))


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    return any_of(yaml.safe_load(NAMES.read_text(encoding="utf-8"))["names"])


def _beside_small_talk(ranked: Sequence[tuple[str, float]]) -> Together | None:
    """«ладно, какой у вас адрес», «сам позвоню, дайте номер»: the one part that asks something."""
    asked = [
        (topic, sure) for topic, sure in ranked if not (topic in _SAID_BY_THE_WAY and sure >= _SURE)
    ]
    if len(asked) != 1:
        return None
    topic, sure = asked[0]
    return Together(intent=topic, also=()) if _is_asked(topic) and sure >= _LIKELY else None


def _is_asked(topic: str) -> bool:
    return topic.startswith(_FAQ) or topic == _A_PERSON


def surely(topic: str, ranking: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A ranking whose first is decided; the others are halved, so that none is as sure."""
    others = [
        {**one, "confidence": one["confidence"] / 2} for one in ranking if one["name"] != topic
    ]
    return [{"name": topic, "confidence": 1.0}, *others]

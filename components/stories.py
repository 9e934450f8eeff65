"""What a long story asks: its sentences are read one by one, and the part that asks decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from common import published
from common.phrases import any_of, plain

VOCABULARY = Path(__file__).with_suffix(".yml")
#: A shorter message is no story.
_STORY_WORDS = 9
#: What a topic counts that the whole story does not hint at, a part with a question mark, and one
#: that tells while others ask.
_LIKELY = 0.05
_ASKED = 2.0
_TOLD = 0.2
#: A question that is so sure by itself counts as if the whole hinted at it half.
_SURELY_ASKED, _PLAINLY = 0.9, 0.5
#: Topics of a part that are looked at, and how sure they must be.
_TOPICS = 4
_LEAST = 0.1
_MOST_SENTENCES = 12
#: In place of the number of a sentence.
_THE_WHOLE = -1
_END = re.compile(r"(?<=[?!;\n.])\s+")
_WORD = re.compile(r"[^\W\d_]{4,}|\d{2,}")

Rank = Callable[[str], Mapping[str, float]]


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a story asks, and the sentence that asks it with a neighbour."""

    topic: str
    asked: str


def story(
    text: str, rank: Rank, answerable: Callable[[str], bool], whole: Mapping[str, float]
) -> Story | None:
    """What a long message asks, None for a short one and where nothing in it can be asked.

    A topic is worth its surest part times what the whole makes of it; parts of a sentence that
    asks count before those that tell.

    :param rank: gives the topics of a text and how sure they are, 0..1, the surest first.
    :param answerable: whether a topic is one that a story may ask for.
    :param whole: the same of the whole story.
    """
    if not is_story(text):
        return None
    sentences = [one for one in map(str.strip, _END.split(text)) if one][-_MOST_SENTENCES:]
    asking = [asks(sentence) for sentence in sentences]
    found: list[tuple[float, str, int]] = []
    best = max(whole, key=lambda topic: whole[topic])
    if answerable(best):  # what the whole is about is no worse a guess than a part by itself
        found.append((whole[best] * (_LIKELY + whole[best]), best, _THE_WHOLE))
    likeliest = max((sure for topic, sure in whole.items() if answerable(topic)), default=0.0)
    parts = []
    for number, sentence in enumerate(sentences):
        weight = 1.0 if asking[number] or not any(asking) else _TOLD
        for part in _parts(sentence):
            of_part = weight * (_ASKED if "?" in part else 1.0)
            hinted = max(_LIKELY + likeliest, _PLAINLY if "?" in part else 0.0)
            parts.append((hinted * of_part, of_part, number, part))
    # Hearing a part is what takes the time: those that may be worth most go first, and one that
    # cannot be worth as much as what was found is not heard.
    for most, of_part, number, part in sorted(parts, key=lambda one: -one[0]):
        if found and most < max(found)[0]:
            break
        for topic, sure in list(rank(part).items())[:_TOPICS]:
            if answerable(topic) and sure >= _LEAST:
                hinted = _LIKELY + whole.get(topic, 0.0)
                if "?" in part and sure >= _SURELY_ASKED:
                    hinted = max(hinted, _PLAINLY)
                found.append((sure * hinted * of_part, topic, number))
    if not found:
        return None
    _, topic, number = max(found)
    of_all = number == _THE_WHOLE
    return Story(
        topic=topic, asked=asked_part(text) if of_all else _with_neighbour(sentences, number)
    )


def is_story(text: str) -> bool:
    """Whether a message is long enough to tell something before it asks."""
    return len(text.split()) >= _STORY_WORDS


def asks(sentence: str) -> bool:
    """Whether a sentence asks, with a question mark or without."""
    return "?" in sentence or bool(_words().asking.search(sentence.lower().replace("ё", "е")))


def is_question(part: str) -> bool:
    """Whether a part of a message has a word that asks, as a question has."""
    return asks(part) or bool(_words().interrogatives.search(plain(part)))


def asked_part(text: str) -> str:
    """The last sentence of a text that asks, with a neighbour; all of it where none does."""
    sentences = [one for one in map(str.strip, _END.split(text)) if one]
    asking = [number for number, sentence in enumerate(sentences) if asks(sentence)]
    return _with_neighbour(sentences, asking[-1]) if asking else text


def _with_neighbour(sentences: Sequence[str], number: int) -> str:
    """A sentence with the one before it; with the one after it where it is the first.

    Who asks at once tells his case after: «везёте даром? заказ на 3 тысячи».
    """
    return " ".join(sentences[number - 1 : number + 1] if number else sentences[:2])


def _parts(sentence: str) -> Iterator[str]:
    """A sentence, its parts between commas, and every two of them that follow each other."""
    parts = [part.strip() for part in re.split(r"(?<=,)\s+", sentence)]
    pairs = [f"{one} {two}" for one, two in zip(parts, parts[1:], strict=False)]
    for part in dict.fromkeys([*parts, *pairs, sentence]):
        if _WORD.search(part):
            yield part


@dataclass(frozen=True, kw_only=True)
class _Words:
    asking: re.Pattern[str]  #: beginnings of words
    interrogatives: re.Pattern[str]


def _read() -> _Words:
    read = yaml.safe_load(published.read(VOCABULARY))
    asking = "|".join(map(re.escape, read["спрашивает"]))
    return _Words(
        asking=re.compile(rf"\b(?:{asking})"),
        interrogatives=any_of(map(plain, read["вопросительные"])),
    )


_words = published.Following(_read, VOCABULARY)

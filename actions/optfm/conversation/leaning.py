"""What a message leaves out because it was just said: «адаптер не нужен, без него», «49ft»."""

import re

from optfm.conversation.cues import Cues, Token, cue_reader
from optfm.conversation.goods import Goods
from optfm.conversation.words import act_words
from optfm.search import Query
from optfm.text.morphology import is_preposition, part_of_speech
from optfm.text.normalise import one_alphabet

#: a part number's own mark: letters and digits in one
_CODE = re.compile(r"(?<![\w-])(?=\w*\d)(?=\w*[^\W\d])\w{3,}(?![\w-])")
_WITH = frozenset({"с", "со", "без"})


def with_nouns(text: str, goods: Goods) -> str:
    """«пульт лишний, без него» as «без пульт», «HG дорогой, его уберите» as «HG уберите».

    What stood between says no more than the pronoun's own words do.
    """
    cues, its = cue_reader().read(text), act_words().its
    tokens = cues.tokens
    for at, pronoun in enumerate(tokens[1:], 1):
        noun = _noun_before(at, cues) if pronoun.text in its else None
        if noun is None:
            continue
        if tokens[at - 1].text in _WITH:
            return f"{text[: noun.start]}{tokens[at - 1].text} {noun.text}{text[pronoun.end :]}"
        meant = f"{noun.text}{text[pronoun.end :]}"
        if goods.parse(meant)[0].excluded:
            return f"{text[: noun.start]}{meant}"
    return text


def _noun_before(at: int, cues: Cues) -> Token | None:
    """The last word before a place that may name goods, and is governed by nothing."""
    left = set(cues.left)
    nouns = [
        noun
        for before, noun in zip((None, *cues.tokens), cues.tokens[:at], strict=False)
        if noun in left
        and part_of_speech(noun.text) in ("noun", "unknown")
        and not (before and is_preposition(before.text))
    ]
    return nouns[-1] if nouns else None


def with_whole_codes(text: str, goods: Goods, focus: Query | None) -> str:
    """«а 49ft?» after BL-49GT as «а bl49ft?»: a part number said by its end.

    Only one that the list has, of the same shape as the end of the one before.
    """
    codes = [w.said.lower() for w in focus.words if w.speech == "code"] if focus else []

    def whole(match: re.Match[str]) -> str:
        typed = one_alphabet(match[0].lower())
        for code in codes:
            begin, end = code[: -len(typed)], code[-len(typed) :]
            if not begin or typed == end or _shape(typed) != _shape(end):
                continue
            (said, *others) = goods.parse(f"{begin}{typed}")
            if not others and goods.find(said, limit=1).kind != "none":
                return f"{begin}{typed}"
        return match[0]

    return _CODE.sub(whole, text) if codes else text


def _shape(code: str) -> str:
    return re.sub(r"\d", "0", re.sub(r"[^\W\d]", "a", code))

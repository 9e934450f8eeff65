"""Adds a customer's word to the words of customers, without touching the rest of the file."""

import re

from optfm.content.checks import WrongContent
from optfm.text.yaml_text import read_yaml

_WORD = re.compile(r"[^\W_](?:[\w .+/-]*[\w+])?")
_LONGEST = 60


def with_word(source: str, said: str, means: str) -> str:
    """The file with one more word, or with more meanings of one that it has.

    :param said: as customers say it; of one word or more.
    :param means: what the goods are called, by commas, the likeliest first.
    :raises WrongContent: it is no word, or means nothing new.
    """
    word = _clean(said)
    meanings = list(dict.fromkeys(_clean(part) for part in means.split(",") if part.strip()))
    if not meanings:
        raise WrongContent("напишите, как этот товар называется в прайс-листе")
    there = [str(m) for m in (read_yaml(source) or {}).get(word) or ()]
    new = [meaning for meaning in meanings if meaning not in there]
    if not new:
        raise WrongContent(f"«{word}» бот уже понимает так: {', '.join(there)}")
    line = f"{word}: [{', '.join([*there, *new])}]"
    if not there:
        return f"{source.rstrip()}\n{line}\n"
    pattern = re.compile(rf"^{re.escape(word)}:\s*\[[^\]]*\]", re.MULTILINE)
    replaced, times = pattern.subn(lambda _: line, source, count=1)
    if not times:
        raise WrongContent(f"«{word}» записано в файле необычно: поправьте его там")
    return replaced


def _clean(text: str) -> str:
    word = " ".join(text.lower().split())
    if not _WORD.fullmatch(word) or len(word) > _LONGEST:
        raise WrongContent(f"«{word[:_LONGEST]}»: нужны слова из букв и цифр, без знаков")
    return word

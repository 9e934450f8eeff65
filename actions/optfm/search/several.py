"""Several goods in one message: «дисплей и акб на а12» is two questions."""

import re
from collections.abc import Mapping

from optfm.search.question import Question, QuestionReader
from optfm.search.terms import Term

_BREAK = re.compile(r"\s+(?:и|а также|еще)\s+|(?<!\d)\s+плюс\s+|\s*[;\n]\s*|,\s+|\s+\+\s+")
_MOST = 4


def several(question: str, reader: QuestionReader, heads: Mapping[str, float]) -> list[str]:
    """The questions that the message holds, each whole; usually the message itself.

    A part without a device takes that of the next part that names one, else of the one before;
    a part that is only a device («акб на 11 и на 12») takes the goods of the first.
    """
    parts = [p for p in _BREAK.split(question[:400].lower()) if p.strip()]
    if not 2 <= len(parts) <= 2 * _MOST or '"' in question:
        return [question]
    read = [reader.read(part) for part in parts]
    about = [at for at, one in enumerate(read) if not _beside(one)]
    talk = any(one.talk for one in read)
    parts, read = [parts[at] for at in about], [read[at] for at in about]
    if len(parts) == 1 and read[0].terms and talk:
        return parts  # «отвертка, и доставка есть?»
    if not 2 <= len(parts) <= _MOST:
        return [question]
    goods = [_goods(one, heads) for one in read]
    named = [bool(one.names.devices or one.names.brands or one.names.series) for one in read]
    if goods[0] is None or any(one.code for one in read):
        return [question]
    if not all(
        g is not None or (n and not one.terms) for g, n, one in zip(goods, named, read, strict=True)
    ):
        return [question]
    kinds = {g.options for g in goods if g is not None}
    own = sum(g is not None for g in goods)
    if own > 1 and len(kinds) < own:
        return [question]
    whole = [t for t in reader.read(question).terms if _is_goods(t, heads)]
    if own > len(whole):  # the vocabulary knows them as one thing: «клавиатура и мышь»
        return [question]
    first = goods[0].typed
    return [
        " ".join(w for w in ("" if g else first, part.strip(), "" if n else _device(read, at)) if w)
        for at, (part, g, n) in enumerate(zip(parts, goods, named, strict=True))
    ]


def _beside(question: Question) -> bool:
    """Whether the part says nothing of goods: «почем будет», «доставка в Шую есть»."""
    said = question.colours or question.quantities or question.money.bounded or question.sale
    return question.empty and not (said or question.terms or question.money.order)


def _goods(question: Question, heads: Mapping[str, float]) -> Term | None:
    return next((t for t in question.terms if _is_goods(t, heads)), None)


def _is_goods(term: Term, heads: Mapping[str, float]) -> bool:
    return (
        term.sort == "noun"
        and term.must
        and not term.governed
        and any(heads.get(lexeme, 0.0) >= 0.3 for option in term.options for lexeme in option)
    )


def _device(read: list[Question], at: int) -> str:
    """What is said of the device in the parts after this one, else in those before."""
    for one in (*read[at + 1 :], *reversed(read[:at])):
        if one.names.devices:
            return " ".join(d.label for d in one.names.devices)
        if one.names.brands or one.names.series:
            return " ".join(sorted(one.names.brands | one.names.series))
    return ""

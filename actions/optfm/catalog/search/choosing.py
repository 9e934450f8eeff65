"""What to ask back when many rows fit: the few values that split them best."""

from collections.abc import Callable

import numpy as np

from optfm.catalog.answer import Choice, Option, What
from optfm.catalog.language.text import clean
from optfm.catalog.search.postings import Ids, within
from optfm.catalog.search.question import Question
from optfm.catalog.search.shelf import Shelf

_FEW = 8  #: so many lines are simply shown
_MOST_OPTIONS = 6
_LOOKED_AT = 1500


def choose(shelf: Shelf, question: Question, ids: Ids, lines: int) -> Choice | None:
    """The question to ask back, or None when the rows are few or alike."""
    if lines <= _FEW:
        return None
    ids = ids[:_LOOKED_AT]
    for split in (_kinds, _brands, _models, _qualities):
        if choice := split(shelf, question, ids):
            return choice
    return None


def _counted(ids: Ids, value: Callable[[int], tuple[str, ...]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for i in ids.tolist():
        for one in value(i):
            counts[one] = counts.get(one, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def _choice(what: What, question: Question, counts: dict[str, int], total: int) -> Choice | None:
    """A choice that splits: at least two values, none of which is nearly everything."""
    options = [o for o, n in counts.items() if n >= max(1, 0.01 * total)][:_MOST_OPTIONS]
    if len(options) < 2 or counts[options[0]] > 0.92 * total:
        return None
    return Choice(
        what=what,
        options=tuple(Option(label=o, query=f"{question.clean} {o}".strip()) for o in options),
    )


def _kinds(shelf: Shelf, question: Question, ids: Ids) -> Choice | None:
    found = np.bincount(shelf.head_number[ids])
    order = np.argsort(-found, kind="stable")[: int(np.count_nonzero(found))].tolist()
    counts = {_upper(shelf.head_names[n]): int(found[n]) for n in order if shelf.head_names[n]}
    if any(question.clean.endswith(f" {clean(kind)}") for kind in counts):
        return None  # its button was pressed: asking again would go round in a circle
    if (
        len(counts) > 12
        and not question.names.devices
        and next(iter(counts.values())) < 0.1 * len(ids)
    ):
        return None
    return _choice("kind", question, counts, len(ids))


def _brands(shelf: Shelf, question: Question, ids: Ids) -> Choice | None:
    names = question.names
    if names.devices or names.brands or names.series or shelf.has_device[ids].mean() < 0.5:
        return None

    def brand(i: int) -> tuple[str, ...]:
        found = {
            "iPhone" if shelf.mentions[at].series == "iphone" else b.capitalize()
            for at in shelf.mentions_of[i]
            for b in shelf.mentions[at].brands
        }
        return tuple(sorted(found))

    return _choice("brand", question, _counted(ids, brand), len(ids))


def _models(shelf: Shelf, question: Question, ids: Ids) -> Choice | None:
    names = question.names
    if names.devices or shelf.has_device[ids].mean() < 0.5:
        return None

    def model(i: int) -> tuple[str, ...]:
        return tuple(
            m.label
            for m in (shelf.mentions[at] for at in shelf.mentions_of[i])
            if m.number and (not names.series or m.series in names.series)
        )

    counts = _counted(ids, model)
    options = list(counts)[:_MOST_OPTIONS]
    if len(options) < 2:
        return None
    goods = " ".join(t.typed for t in question.terms)
    return Choice(
        what="model",
        options=tuple(Option(label=o, query=f"{goods} {o}".strip()) for o in options),
    )


def _qualities(shelf: Shelf, question: Question, ids: Ids) -> Choice | None:
    counts: dict[str, int] = {}
    for label, keys in shelf.quality.items():
        found = shelf.postings.matches(keys)
        count = int((within(ids, found.ids) >= 0).sum())
        if count:
            counts[label] = count
    asked = {lexeme for t in question.terms for o in t.options for lexeme in o}
    if any(set(key) <= asked for keys in shelf.quality.values() for key in keys):
        return None
    return _choice("quality", question, counts, len(ids))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

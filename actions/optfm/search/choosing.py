"""What to ask back when many rows fit: the few values that split them best."""

import re
from collections.abc import Callable

import numpy as np

from optfm.search import roles
from optfm.search.answer import Choice, Option, What
from optfm.search.demands import Demand
from optfm.search.postings import Ids, within
from optfm.search.question import Question
from optfm.search.shelf import Shelf
from optfm.text.morphology import stem
from optfm.text.normalise import has_cyrillic
from optfm.text.units import Quantity

_FEW = 8  #: so many lines are simply shown
_MOST_OPTIONS = 6
_LOOKED_AT = 1500
_BUTTON = 40  #: letters that a messenger's button holds
#: values that tell goods for no device apart, the first that the rows state
_VALUED = ("memory", "capacity", "power", "length")
_PLUGS = {
    "typec": "Type-C", "lightning": "Lightning", "microusb": "Micro USB", "aux": "AUX",
    "hdmi": "HDMI",
}  # fmt: skip


def choose(
    shelf: Shelf, question: Question, kind: Demand | None, ids: Ids, lines: int
) -> Choice | None:
    """The question to ask back, or None when the rows are few or alike.

    :param kind: what the question says the thing is, where it does.
    :param ids: the rows that answer.
    :param lines: how many lines of colours they make.
    """
    if lines <= _FEW:
        return None
    ids = ids[:_LOOKED_AT]
    if choice := _kinds(shelf, question, kind, ids):
        return choice
    for split in (_plugs, _values, _brands, _models, _qualities):
        if choice := split(shelf, question, ids):
            return choice
    return None


def _counted(ids: Ids, value: Callable[[int], tuple[str, ...]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for i in ids.tolist():
        for one in value(i):
            counts[one] = counts.get(one, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def _choice(
    what: What, counts: dict[str, int], total: int, query: Callable[[str], str]
) -> Choice | None:
    """A choice that splits: at least two values, none of which is nearly everything."""
    options = [o for o, n in counts.items() if n >= max(1, 0.01 * total)][:_MOST_OPTIONS]
    if len(options) < 2 or max(counts.values()) > 0.92 * total:
        return None
    return Choice(
        what=what, options=tuple(Option(label=o, query=query(o).strip()) for o in options)
    )


def _kinds(shelf: Shelf, question: Question, kind: Demand | None, ids: Ids) -> Choice | None:
    if question.goods:
        return None  # its button was pressed
    words: tuple[str, ...] = ()
    devices = question.names.devices
    if kind is not None:
        words = tuple(kind.asked.split())
        named = shelf.postings.matches(kind.value.options)  # type: ignore[attr-defined]
        own = within(ids, named.ids[named.role <= roles.ALSO]) >= 0
        if own.mean() >= 0.5:  # not what only lies in their group
            ids = ids[own]
    found = np.bincount(shelf.head_number[ids])
    order = np.argsort(-found, kind="stable")[: int(np.count_nonzero(found))].tolist()
    names = {n: shelf.head_names[n] for n in order if len(shelf.head_names[n]) <= _BUTTON}
    counts = {_upper(name): int(found[n]) for n, name in names.items() if has_cyrillic(name)}
    if not counts:
        return None
    first, most = next(iter(counts.items()))
    if " " not in first and most >= 0.5 * len(ids) and not (devices or kind is None):
        return None  # «акб»: the plain word is what was meant, and the brand is what to ask
    if len(counts) > 12 and not devices and most < 0.1 * len(ids):
        return None
    return _choice(
        "kind", counts, len(ids), lambda label: f'"{label}" {_without(question.read, words, label)}'
    )


def _without(text: str, words: tuple[str, ...], label: str) -> str:
    """The text without those of the words that the label says again."""
    said = {stem(word) for word in label.lower().split()}
    for word in words:
        if stem(word) not in said:
            continue
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", text, count=1)
    return " ".join(text.split())


def _plugs(shelf: Shelf, question: Question, ids: Ids) -> Choice | None:
    asked = {lexeme for t in question.terms for o in t.options for lexeme in o}
    if question.names.devices or asked & _PLUGS.keys():
        return None
    counts = {
        label: int((within(ids, shelf.postings.ids(plug)) >= 0).sum())
        for plug, label in _PLUGS.items()
    }
    if sum(counts.values()) < 0.6 * len(ids):
        return None
    counts = dict(sorted(counts.items(), key=lambda pair: -pair[1]))
    return _choice("value", counts, len(ids), lambda label: f"{question.read} {label}")


def _values(shelf: Shelf, question: Question, ids: Ids) -> Choice | None:
    names = question.names
    if names.devices or names.brands or names.series or shelf.has_brand[ids].mean() >= 0.5:
        return None
    asked = {quantity.dimension for quantity in question.quantities}
    for dimension in _VALUED:
        stated = (within(ids, shelf.dimension_rows(dimension)) >= 0).mean()
        if dimension in asked or stated < 0.6:
            continue

        amounts: dict[float, int] = {}
        for i in ids.tolist():
            for its, amount in shelf.values_of[i]:
                if its == dimension:
                    amounts[amount] = amounts.get(amount, 0) + 1
        most = sorted(sorted(amounts, key=lambda a: -amounts[a])[:_MOST_OPTIONS])
        labels = {shelf.units.spoken(Quantity(dimension, a)): amounts[a] for a in most}
        return _choice("value", labels, len(ids), lambda label: f"{question.read} {label}")
    return None


def _brands(shelf: Shelf, question: Question, ids: Ids) -> Choice | None:
    names = question.names
    if names.devices or names.brands or names.series or shelf.has_brand[ids].mean() < 0.5:
        return None
    counts = _counted(ids, shelf.brands_of)
    return _choice("brand", counts, len(ids), lambda label: f"{question.read} {label}")


def _models(shelf: Shelf, question: Question, ids: Ids) -> Choice | None:
    names = question.names
    if names.devices or shelf.has_device[ids].mean() < 0.5:
        return None

    def model(i: int) -> tuple[str, ...]:
        return tuple(
            m.label
            for m in (shelf.mentions[at] for at in shelf.mentions_of[i])
            if m.number
            and (not names.series or m.series in names.series)
            and (not names.brands or m.brands & names.brands)
        )

    counts = _counted(ids, model)
    options = list(counts)[:_MOST_OPTIONS]
    if len(options) < 2:
        return None
    return Choice(
        what="model",
        options=tuple(Option(label=o, query=f"{question.read} {o}".strip()) for o in options),
    )


def _qualities(shelf: Shelf, question: Question, ids: Ids) -> Choice | None:
    asked = {lexeme for t in question.terms for o in t.options for lexeme in o}
    if any(set(key) <= asked for keys in shelf.quality.values() for key in keys):
        return None
    counts: dict[str, int] = {}
    words: dict[str, str] = {}
    for label, keys in shelf.quality.items():
        found = shelf.postings.matches(keys)
        count = int((within(ids, found.ids) >= 0).sum())
        if count:
            counts[label] = count
            words[label] = shelf.vocabulary.quality[label][0]
    return _choice("quality", counts, len(ids), lambda label: f"{question.read} {words[label]}")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

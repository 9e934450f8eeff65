"""What to ask back when many rows fit: the few values that split them best."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain

import numpy as np

from optfm.search import roles
from optfm.search.answer import Choice, Choosable, What
from optfm.search.constraints import GoodsConstraint
from optfm.search.postings import Ids, within
from optfm.search.query import Device, Query, Value, ValueName, Words
from optfm.search.shelf import Shelf
from optfm.text.mention import Mention
from optfm.text.morphology import stem
from optfm.text.normalise import has_cyrillic
from optfm.text.units import Quantity

_FEW = 8  #: so many lines are simply shown
_MOST_OPTIONS = 6
_LOOKED_AT = 1500
_BUTTON = 40  #: letters that a messenger's button holds
_MANY_KINDS = 12  #: more names than that, each of few rows, are no kinds to choose from
#: what is left out of every share: one value of nearly all rows splits nothing
_NEARLY_ALL, _HARDLY_ANY = 0.92, 0.01
_MOST_ROWS = 0.5
#: so large a share of the rows must say anything of what is asked back
_STATED = 0.6
#: values that tell goods for no device apart, the first that the rows state
_VALUED: tuple[ValueName, ...] = ("memory", "capacity", "power", "length")


def choose(
    shelf: Shelf, query: Query, goods: GoodsConstraint | None, ids: Ids, lines: int
) -> Choice | None:
    """The question to ask back, or None when the rows are few or alike.

    :param goods: what the query says the thing is, where it does.
    :param ids: the rows that answer.
    :param lines: how many lines of colours they make.
    """
    if lines <= _FEW:
        return None
    ids = ids[:_LOOKED_AT]
    if choice := _kinds(shelf, query, goods, ids):
        return choice
    for split in (_plugs, _values, _brands, _models, _qualities):
        if choice := split(shelf, query, ids):
            return choice
    return None


def _counted(ids: Ids, value: Callable[[int], tuple[str, ...]]) -> dict[str, int]:
    return dict(Counter(chain.from_iterable(map(value, ids.tolist()))).most_common())


def _choice(
    what: What, counts: Mapping[str, int], total: int, query: Callable[[str], Query]
) -> Choice | None:
    """A choice that splits: at least two values, none of which is nearly everything."""
    labels = [o for o, n in counts.items() if n >= max(1, _HARDLY_ANY * total)][:_MOST_OPTIONS]
    if len(labels) < 2 or max(counts.values()) > _NEARLY_ALL * total:
        return None
    return Choice(
        what=what,
        options=tuple(
            Choosable(label=label, query=query(label), count=counts[label]) for label in labels
        ),
    )


def _kinds(shelf: Shelf, query: Query, goods: GoodsConstraint | None, ids: Ids) -> Choice | None:
    if query.pressed:
        return None
    if goods is not None and goods.words:
        named = shelf.postings.matches(goods.words[0].options)
        own = within(ids, named.ids[named.role <= roles.ALSO]) >= 0
        if own.mean() >= _MOST_ROWS:  # not what only lies in their group
            ids = ids[own]
    found = np.bincount(shelf.head_number[ids])
    order = np.argsort(-found, kind="stable")[: int(np.count_nonzero(found))].tolist()
    names = {n: shelf.head_names[n] for n in order if len(shelf.head_names[n]) <= _BUTTON}
    heads = {_upper(name): name for name in names.values() if has_cyrillic(name)}
    counts = {_upper(name): int(found[n]) for n, name in names.items() if has_cyrillic(name)}
    if not counts:
        return None
    first, most = next(iter(counts.items()))
    if " " not in first and most >= _MOST_ROWS * len(ids) and not (query.models or goods is None):
        return None  # «акб»: the plain word is what was meant, and the brand is what to ask
    if len(counts) > _MANY_KINDS and not query.models and most < 0.1 * len(ids):
        return None
    return _choice("kind", counts, len(ids), lambda label: _pressed(query, heads[label]))


def _pressed(query: Query, head: str) -> Query:
    """The query with the goods called exactly so, and without the words that the name repeats."""
    said = {stem(word) for word in head.lower().split()}
    kept = tuple(
        f
        for f in query.facets
        if not (
            isinstance(f, Words)
            and f.name == "goods"
            and {stem(word) for word in f.said.lower().split()} <= said
        )
    )
    return replace(query, facets=kept, pressed=head, text=f'"{head}" {query.text}'.strip())


def _plugs(shelf: Shelf, query: Query, ids: Ids) -> Choice | None:
    plugs = shelf.vocabulary.plugs
    asked = {lexeme for w in query.words for o in w.options for lexeme in o}
    if query.models or asked & plugs.keys():
        return None
    counts = {
        label: int((within(ids, shelf.postings.ids(plug)) >= 0).sum())
        for plug, label in plugs.items()
        if plug not in ("usb", "jack")
    }
    if sum(counts.values()) < _STATED * len(ids):
        return None
    counts = dict(sorted(counts.items(), key=lambda pair: -pair[1]))
    of_label = {label: plug for plug, label in plugs.items()}

    def plugged(label: str) -> Query:
        words = Words(name="connector", said=label, options=((of_label[label],),), speech="name")
        return _in_words(query.with_facet(words), label)

    return _choice("value", counts, len(ids), plugged)


def _values(shelf: Shelf, query: Query, ids: Ids) -> Choice | None:
    if query.models or query.makes or shelf.has_brand[ids].mean() >= _MOST_ROWS:
        return None
    asked = {value.name for value in query.values}
    for name in _VALUED:
        stated = (within(ids, shelf.dimension_rows(name)) >= 0).mean()
        if name in asked or stated < _STATED:
            continue
        amounts: dict[float, int] = {}
        for i in ids.tolist():
            for dimension, amount in shelf.values_of[i]:
                if dimension == name:
                    amounts[amount] = amounts.get(amount, 0) + 1
        most = sorted(sorted(amounts, key=lambda a: -amounts[a])[:_MOST_OPTIONS])
        spoken = {shelf.units.spoken(Quantity(name, a)): a for a in most}
        counts = {label: amounts[a] for label, a in spoken.items()}
        return _choice("value", counts, len(ids), _with_value(query, name, spoken))
    return None


def _with_value(
    query: Query, name: ValueName, amounts: Mapping[str, float]
) -> Callable[[str], Query]:
    def with_value(label: str) -> Query:
        value = Value(name=name, amount=amounts[label], said=label)
        return _in_words(query.with_facet(value), label)

    return with_value


def _brands(shelf: Shelf, query: Query, ids: Ids) -> Choice | None:
    if query.models or query.makes or shelf.has_brand[ids].mean() < _MOST_ROWS:
        return None
    counts = _counted(ids, shelf.brands_of.__getitem__)
    return _choice("brand", counts, len(ids), lambda label: _made(shelf, query, label))


def _made(shelf: Shelf, query: Query, label: str) -> Query:
    """The query for any device of a brand, or of a line where the shop sorts by lines."""
    mention = shelf.makes[label]._replace(label=label)
    device = Device(readings=(mention,), said=label, whole=True)
    return _in_words(query.for_device(device), label)


def _models(shelf: Shelf, query: Query, ids: Ids) -> Choice | None:
    if query.models or shelf.has_device[ids].mean() < _MOST_ROWS:
        return None
    series = {d.readings[0].series for d in query.makes} - {""}
    brands = {b for d in query.makes for b in d.readings[0].brands}
    by_label: dict[str, Mention] = {}

    def model(i: int) -> tuple[str, ...]:
        fitting = [
            m
            for m in (shelf.mentions[at] for at in shelf.mentions_of[i])
            if m.number and (not (series or brands) or m.series in series or m.brands & brands)
        ]
        by_label.update({m.label: m for m in fitting})
        return tuple(m.label for m in fitting)

    counts = _counted(ids, model)
    labels = list(counts)[:_MOST_OPTIONS]
    if len(labels) < 2:
        return None
    return Choice(
        what="model",
        options=tuple(
            Choosable(
                label=label,
                query=_in_words(
                    query.for_device(Device(readings=(by_label[label],), said=label)), label
                ),
                count=counts[label],
            )
            for label in labels
        ),
    )


def _qualities(shelf: Shelf, query: Query, ids: Ids) -> Choice | None:
    asked = {lexeme for w in query.words for o in w.options for lexeme in o}
    if any(set(key) <= asked for keys in shelf.quality.values() for key in keys):
        return None
    counts: dict[str, int] = {}
    for label, keys in shelf.quality.items():
        found = shelf.postings.matches(keys)
        count = int((within(ids, found.ids) >= 0).sum())
        if count:
            counts[label] = count

    def of_quality(label: str) -> Query:
        words = Words(name="quality", said=label, options=shelf.quality[label], speech="adjective")
        return _in_words(query.with_facet(words), label)

    return _choice("quality", counts, len(ids), of_quality)


def _in_words(query: Query, label: str) -> Query:
    return replace(query, text=f"{query.text} {label}".strip())


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

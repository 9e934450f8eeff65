"""What is known of an answer that tells how sure it is; `confidence.py` weighs it."""

from collections.abc import Sequence

from optfm.search import roles
from optfm.search.constraining import Constrained
from optfm.search.postings import Ids, Matches, within
from optfm.search.query import Query
from optfm.search.shelf import Shelf

_DEVICE_WEIGHT = 8.0  #: what the right device adds, in units of idf
#: the word says what the thing is of, for, or lies among: not what it is
_ASIDE = (roles.PATH, roles.MODIFIER, roles.PURPOSE)


_LOOKED_AT = 100  #: rows
#: a name that so few rows have is that of one thing
_FEW_ROWS = 5
_SHORTEST_NAME = 4


def _is_named(query: Query, matches: Sequence[Matches], here: Ids) -> bool:
    """Whether Latin words of the row's own name are that thing's name: «Tigris», «Peg Perego».

    One of few rows is enough; two that stand together in the row name it, however many have them.
    """
    names = 0
    for word, match in zip(query.words, matches, strict=True):
        if word.governed or not len(match.ids):
            continue
        latin = all(
            len(x) >= _SHORTEST_NAME and x.isascii() and x.isalpha()
            for o in word.options
            for x in o
        )
        place = within(here, match.ids)[0]
        if latin and place >= 0 and match.role[place] not in (roles.PATH, roles.PURPOSE):
            names += 2 if len(match.ids) <= _FEW_ROWS else 1
    return names >= 2


#: so many words of what the goods are like or for tell the goods
_TELLING = 2


def _tell_the_goods(shelf: Shelf, query: Query, matches: Sequence[Matches], ids: Ids) -> bool:
    """Whether words for no goods leave goods of one kind: «держать в машине на дефлектор»."""
    telling = [
        word
        for word, match in zip(query.words, matches, strict=True)
        if word.must and word.options and word.speech in ("noun", "adjective") and len(match.ids)
    ]
    kinds = {shelf.head_of[row].split(" ")[0] for row in ids[:_LOOKED_AT].tolist()}
    return len(telling) >= _TELLING and len(kinds) == 1


def features_of(
    shelf: Shelf,
    query: Query,
    constrained: Constrained,
    matches: Sequence[Matches],
    ids: Ids,
    close: float,
    unmet: frozenset[str],
) -> dict[str, float]:
    """The features of an answer, by the names in `confidence.FEATURES`.

    :param ids: the rows, the first first.
    :param close: how surely it fits the device.
    :param unmet: words of the query that are said to be missing.
    """
    covered = whole = weak = named_so = wished = beside = 0.0
    called = bool(query.pressed)
    goods = constrained.goods
    here = ids[:1]
    for word, match in zip(query.words, matches, strict=True):
        if word.said in unmet or (word.speech == "other" and word.name == "property"):
            continue  # «без кабеля»: rows that say so are no surer than those that have none
        worth = word.weight * min(match.idf, 6.0)
        whole += worth
        place = within(here, match.ids)[0]
        if place >= 0:
            covered += worth
            called |= word.name == "goods" and int(match.role[place]) <= roles.GROUP
            named = word.speech == "noun" and not word.wish
            weak += goods is None and named and match.role[place] in _ASIDE
            named_so += goods is None and named and match.role[place] == roles.BODY
        elif word.governed:
            beside += worth
        if place < 0 and word.wish and goods is not None:
            wished += bool((within(goods.ids, match.ids) >= 0).any())
    # a part number says what it is of as well as any name does
    numbered = any(w.speech == "code" and w.options and len(w.said) >= 5 for w in query.words)
    numbered |= _is_named(query, matches, here)
    agreed = goods is None and not unmet and _tell_the_goods(shelf, query, matches, ids)
    nameless = goods is None and not (numbered or agreed)
    if query.models or query.makes:
        whole += _DEVICE_WEIGHT
        covered += _DEVICE_WEIGHT
    stated = len(query.values) + bool(query.pressed)
    whole += 5.0 * stated
    covered += 5.0 * stated
    costs = [w.cost for w in query.words if w.cost]
    content = len(query.words) + len(query.models) + len(query.makes)
    idle = len(query.idle)
    for_device = bool(query.models or query.makes)
    return {
        "bias": 1.0,
        "uncovered": 1 - (covered + beside) / whole if whole else 1.0,
        "beside": beside / whole if whole else 0.0,
        "covered": min(covered, 20.0) / 20,
        "mended": sum(min(c, 1.5) for c in costs) / max(1, content),
        "mended_much": float(any(c > 1.0 for c in costs)),
        "closeness": 1 - close if (query.models and not constrained.soft_devices) else 0.0,
        "part": float(constrained.part),
        "no_kind": float(nameless),
        "governed": float(goods is not None and any(w.governed for w in goods.words[:1])),
        "one_word": float(content + len(query.values) == 1),
        "soft_device": float(constrained.soft_devices),
        "weak_role": float(weak > 0 and not (numbered or agreed)),
        "body_role": float(named_so > 0 and not agreed),
        "wished": min(wished, 2.0),
        "unmet": float(min(len(unmet), 3)),
        "unmet_no_kind": float(bool(unmet) and not called),
        "talk": float(bool(query.talk) and not for_device),
        "idle": float(min(idle, 2)),
        "idle_no_kind": float(bool(idle) and nameless),
    }

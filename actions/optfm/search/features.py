"""What is known of an answer that tells how sure it is; `confidence.py` weighs it."""

from collections.abc import Sequence

import numpy as np

from optfm.search import roles
from optfm.search.demands import Demanded
from optfm.search.postings import Matches, within
from optfm.search.question import Question
from optfm.search.shelf import Shelf

_DEVICE_WEIGHT = 8.0  #: what the right device adds, in units of idf
_ASIDE = (roles.PATH, roles.BODY, roles.MODIFIER)


def features_of(
    shelf: Shelf,
    question: Question,
    demanded: Demanded,
    matches: Sequence[Matches],
    row: int,
    close: float,
) -> dict[str, float]:
    """The features of an answer, by the names in `confidence.FEATURES`.

    :param row: the first row.
    :param close: how surely it fits the device.
    """
    covered = whole = weak = wished = beside = 0.0
    here = np.array([row], dtype=np.int32)
    for term, match in zip(question.terms, matches, strict=True):
        worth = term.weight * min(match.idf, 6.0)
        whole += worth
        place = within(here, match.ids)[0]
        if place >= 0:
            covered += worth
            named = term.sort == "noun" and not term.wish
            weak += demanded.kind is None and named and match.role[place] in _ASIDE
        elif term.governed:
            beside += worth
        if place < 0 and term.wish and demanded.kind is not None:
            wished += bool((within(demanded.kind.ids, match.ids) >= 0).any())
    # a part number says what it is of as well as any name does
    numbered = any(t.sort == "code" and t.options and len(t.typed) >= 5 for t in question.terms)
    names = question.names
    if names.devices or names.brands or names.series:
        whole += _DEVICE_WEIGHT
        covered += _DEVICE_WEIGHT
    stated = len(question.quantities) + bool(question.goods)
    whole += 5.0 * stated
    covered += 5.0 * stated
    costs = [t.cost for t in question.terms if t.cost]
    content = len(question.terms) + len(names.devices) + len(names.brands) + len(names.series)
    return {
        "bias": 1.0,
        "uncovered": 1 - (covered + beside) / whole if whole else 1.0,
        "beside": beside / whole if whole else 0.0,
        "covered": min(covered, 20.0) / 20,
        "mended": sum(min(c, 1.5) for c in costs) / max(1, content),
        "mended_much": float(any(c > 1.0 for c in costs)),
        "unknown": float(sum(t.how == "unknown" and t.sort != "adjective" for t in question.terms)),
        "closeness": 1 - close if (names.devices and not demanded.soft_devices) else 0.0,
        "part": float(demanded.part),
        "unproved": float(demanded.unproved),
        "no_kind": float(demanded.kind is None and not numbered),
        "governed": float(
            demanded.kind is not None and bool(getattr(demanded.kind.value, "governed", False))
        ),
        "colour_missing": float(demanded.colour == "unstated"),
        "one_word": float(content + len(question.quantities) == 1),
        "soft_device": float(demanded.soft_devices),
        "weak_role": float(weak > 0),
        "wished": min(wished, 2.0),
        "talk": float(bool(question.talk) and not (names.devices or names.brands or names.series)),
        "idle": float(min(len(question.idle), 2)),
        "idle_no_kind": float(bool(question.idle) and demanded.kind is None),
    }

"""What to say when the goods are sold but not as asked: what is missing, and the nearest."""

import math

from optfm.search.answer import Gap
from optfm.search.demands import Demand, Demanded
from optfm.search.postings import Ids
from optfm.search.question import Question
from optfm.search.sale import Sale
from optfm.search.shelf import Shelf
from optfm.text.mention import Mention
from optfm.text.units import Quantity

_NEAREST = 4
#: printed in capitals like the brands of accessories
_NO_BRANDS = frozenset(
    """
    USB HDMI AUX OTG TWS RGB LED OLED AMOLED TFT IPS LCD FHD NFC SIM ANC ENC ORIG FACTORY HARD SOFT
    MINI MAX PRO PLUS HUB DIY NVME SSD MAGSAFE BGA OCA VGA DVI RCA TYPE PORT BOX LITE ULTRA
    """.split()  # noqa: SIM905 - a list of words reads worse
)


def gap_of(
    shelf: Shelf,
    question: Question,
    demanded: Demanded | None,
    dropped: Demand | None,
    ids: Ids,
) -> Gap | None:
    """The gap between the question and the list, or None when such goods are not sold at all.

    :param dropped: the one demand that the rows do not meet.
    :param ids: the rows that meet all the others.
    """
    if demanded is None or dropped is None or not len(ids):
        return None
    if demanded.kind is None and not question.names.devices:
        valued = dropped.missing in ("price", "colour") or isinstance(dropped.value, Quantity)
        if not valued or len(demanded.demands) < 2:
            return None
    if dropped.missing == "kind" and not question.names.devices:
        return None
    if dropped.missing in ("word",) and demanded.kind is None:
        return None
    return Gap(missing=dropped.missing, asked=dropped.asked, nearest=_nearest(shelf, dropped, ids))


def _nearest(shelf: Shelf, dropped: Demand, ids: Ids) -> tuple[str, ...]:
    if dropped.missing == "model":
        asked = dropped.value[0].readings[0]  # type: ignore[index]
        return _devices(shelf, asked, ids)
    if isinstance(dropped.value, Sale):
        return tuple(f"скидка {percent} %" for percent in shelf.discounts(ids)[:_NEAREST])
    if dropped.missing == "price":
        low = shelf.real_price[ids]
        most = dropped.value.most  # type: ignore[attr-defined]
        nearest = low.min() if most is not None else low.max()
        return (f"{nearest:.0f} ₽",)
    if dropped.missing == "colour":
        found = [shelf.variants[i] for i in ids.tolist() if shelf.variants[i]]
        return tuple(dict.fromkeys(found))[:_NEAREST]
    if dropped.missing == "kind":
        return tuple(_heads(shelf, ids))
    if isinstance(dropped.value, Quantity):
        return _values(shelf, dropped.value, ids)
    if dropped.missing == "brand":
        return _brands(shelf, ids)
    return ()


def _values(shelf: Shelf, asked: Quantity, ids: Ids) -> tuple[str, ...]:
    """Values of the dimension that the rows have, those in the nearest proportion first."""
    values = {
        value
        for i in ids[:3000].tolist()
        for dimension, value in shelf.values_of[i]
        if dimension == asked.dimension and value > 0
    }
    ranked = sorted(values, key=lambda v: (abs(math.log(v / max(asked.value, 1e-6))), v))
    return tuple(shelf.units.spoken(Quantity(asked.dimension, v)) for v in ranked[:_NEAREST])


def _heads(shelf: Shelf, ids: Ids) -> list[str]:
    counts: dict[str, int] = {}
    for i in ids[:3000].tolist():
        counts[shelf.head_of[i]] = counts.get(shelf.head_of[i], 0) + 1
    return sorted((h for h in counts if h), key=lambda h: -counts[h])[:_NEAREST]


def _brands(shelf: Shelf, ids: Ids) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for i in ids[:500].tolist():
        for at in shelf.mentions_of[i]:
            for brand in shelf.mentions[at].brands:
                counts[brand] = counts.get(brand, 0) + 1
        for word in shelf.rows[i].name.split():
            if (
                len(word) > 2
                and word.isascii()
                and word.isalpha()
                and word.isupper()
                and (word not in _NO_BRANDS)
            ):
                counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts, key=lambda b: -counts[b])
    return tuple(b if b.isupper() else b.capitalize() for b in ranked[:_NEAREST])


def _devices(shelf: Shelf, asked: Mention, ids: Ids) -> tuple[str, ...]:
    """Devices that the rows fit, the ones most like the asked first."""
    seen: dict[str, tuple[float, ...]] = {}
    for there in shelf.devices_of(ids, asked):
        seen.setdefault(
            there.label,
            (
                float(there.number != asked.number),
                float(len(there.marks ^ asked.marks)) if there.number == asked.number else 0.0,
                _distance(asked.number, there.number),
                float(len(there.marks ^ asked.marks)),
                float(bool(there.year or there.net)),
            ),
        )
    return tuple(sorted(seen, key=lambda label: (seen[label], label))[:_NEAREST])


def _distance(one: str, two: str) -> float:
    first, second = _split(one), _split(two)
    if first[0] != second[0]:
        return 500.0 + abs(first[1] - second[1])
    return abs(first[1] - second[1]) + (0.5 if first[2] != second[2] else 0.0)


def _split(number: str) -> tuple[str, int, str]:
    digits = "".join(c for c in number if c.isdigit())[:6]
    head = number[: number.find(digits)] if digits else number
    return head, int(digits or 0), number[len(head) + len(digits) :]

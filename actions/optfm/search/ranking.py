"""The order of the rows that answer: how well the words fit, the device, the plug, the price."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from optfm.search import roles, weights
from optfm.search.constraining import Constrained, is_plugged
from optfm.search.postings import Ids, Matches, within
from optfm.search.query import Query
from optfm.search.shelf import Shelf

Scores = npt.NDArray[np.float32]

_MANY = 1500  #: more rows than that are first cut by the cheap part of their score


def ranked(
    shelf: Shelf,
    query: Query,
    constrained: Constrained,
    matches: Sequence[Matches],
    ids: Ids,
) -> tuple[Ids, Scores, float, int]:
    """The rows best first, their scores, the closeness of the first one's device, all lines."""
    # the plain thing before a part of it: «Защитное стекло» before «… задней камеры»
    score = shelf.tie[ids] - (weights.LONGER * shelf.head_length[ids]).astype(np.float32)
    score += _for_words(query, constrained, matches, ids)
    close_ids, closeness = constrained.closeness
    if len(close_ids):
        place = within(ids, close_ids)
        value = np.where(place >= 0, closeness[place], 0.0)
        if not constrained.soft_devices and (place >= 0).any():
            keep = value >= value.max() - weights.SAME_DEVICE
            ids, score, value = ids[keep], score[keep], value[keep]
        plugged = bool(_connectors(shelf, query, constrained))
        if not (constrained.soft_devices and plugged and not query.models):
            own = query.models or not constrained.soft_devices
            much = weights.VERY_DEVICE if own else weights.ANY_DEVICE
            score = score + (much * value).astype(np.float32)
        # a row for that device alone before one for many
        score = score + np.float32(weights.ONE_DEVICE) / shelf.device_count[ids]
    score = score + _for_the_rest(shelf, query, constrained, ids)
    lines = int(np.count_nonzero(np.bincount(shelf.line[ids]))) if len(ids) else 0
    price = shelf.real_price[ids]
    if len(ids) > _MANY:
        best = np.argpartition(price * 1e-10 - np.round(score, 4), _MANY)[:_MANY]
        ids, score, price = ids[best], score[best], price[best]
    order = np.lexsort((ids, price, -np.round(score, 4)))
    ids, score = ids[order], score[order].astype(np.float32)
    close = 1.0
    if len(close_ids) and len(ids):
        first = within(ids[:1], close_ids)[0]
        close = float(closeness[first]) if first >= 0 else 0.0
    return ids, score, close, lines


def _for_words(
    query: Query, constrained: Constrained, matches: Sequence[Matches], ids: Ids
) -> Scores:
    score = np.zeros(len(ids), dtype=np.float32)
    whole = sum(t.weight * m.idf for t, m in zip(query.words, matches, strict=True)) or 1.0
    heads = constrained.goods.words[:1] if constrained.goods is not None else ()
    for term, match in zip(query.words, matches, strict=True):
        if not len(match.ids):
            continue
        place = within(ids, match.ids)
        there = place >= 0
        score[there] += np.float32(term.weight * match.idf / whole) * match.weight[place[there]]
        if heads and term is heads[0]:
            role = match.role[place[there]]
            score[there] += np.where(
                role == roles.HEAD,
                weights.HEAD,
                np.where(role <= roles.GROUP, weights.NAMED, 0.0),
            )
    return score


def _for_the_rest(shelf: Shelf, query: Query, constrained: Constrained, ids: Ids) -> Scores:
    """For the plug, the colour and the price that were asked for."""
    score = np.zeros(len(ids), dtype=np.float32)
    for connector_ids in _connectors(shelf, query, constrained):
        score += np.where(within(ids, connector_ids) >= 0, weights.PLUG, 0.0).astype(np.float32)
    if constrained.colour == "met":
        plain = shelf.plain_colour_rows(query.colours)  # «зеленый» before «салатовый»
        score += np.where(within(ids, plain) >= 0, weights.PLAIN_COLOUR, 0.0).astype(np.float32)
    if query.quantity:
        packs = shelf.value_rows(("pack", float(query.quantity)))
        score += np.where(within(ids, packs) >= 0, weights.PACK, 0.0).astype(np.float32)
    if query.colours and constrained.colour == "unstated":
        score -= np.where(shelf.coloured[ids], weights.COLOURED, 0.0).astype(np.float32)
    if query.price.about is not None:
        off = np.abs(shelf.real_price[ids] - query.price.about) / query.price.about
        score -= (weights.OFF_PRICE * off).astype(np.float32)
    if query.sort:
        price = shelf.real_price[ids]
        spread = np.argsort(np.argsort(price, kind="stable"), kind="stable") / max(1, len(ids))
        part = spread if query.sort == "dear" else 1 - spread
        score += (weights.SORTED * part).astype(np.float32)
    return score


def _connectors(shelf: Shelf, query: Query, constrained: Constrained) -> list[Ids]:
    """Rows with the plug of the device, where the goods are plugged into it."""
    if constrained.goods is None or not is_plugged(shelf, constrained.goods):
        return []
    found = []
    for device in query.models:
        mention = device.readings[0]
        plugs = shelf.vocabulary.connectors.get(mention.series)
        if plugs is not None:
            plug = next(
                (p for p, numbers in plugs.of.items() if mention.number in numbers), plugs.default
            )
            found.append(shelf.postings.ids(plug))
    for make in query.makes:
        plugs = shelf.vocabulary.connectors.get(make.readings[0].series)
        if plugs is not None and plugs.default:
            found.append(shelf.postings.ids(plugs.default))
    return found

"""The order of the rows that answer: how well the words fit, the device, the plug, the price."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from optfm.search import roles
from optfm.search.demands import Demanded
from optfm.search.postings import Ids, Matches, within
from optfm.search.question import Question
from optfm.search.shelf import Shelf

Scores = npt.NDArray[np.float32]

_MANY = 1500  #: more rows than that are first cut by the cheap part of their score
#: what the very device adds to a score of at most 1 for the words
_CLOSE = 0.3
_LONGER = 0.012  #: what each further word of what a row is called costs


def ranked(
    shelf: Shelf,
    question: Question,
    demanded: Demanded,
    matches: Sequence[Matches],
    ids: Ids,
) -> tuple[Ids, Scores, float, int]:
    """The rows best first, their scores, the closeness of the first one's device, all lines."""
    # the plain thing before a part of it: «Защитное стекло» before «… задней камеры»
    score = shelf.tie[ids] - (_LONGER * shelf.head_length[ids]).astype(np.float32)
    score += _for_words(question, demanded, matches, ids)
    close_ids, closeness = demanded.closeness
    if len(close_ids):
        place = within(ids, close_ids)
        value = np.where(place >= 0, closeness[place], 0.0)
        if not demanded.soft_devices and (place >= 0).any():
            keep = value >= value.max() - 0.16
            ids, score, value = ids[keep], score[keep], value[keep]
        plugged = bool(_connectors(shelf, question, demanded))
        if not (demanded.soft_devices and plugged and not question.names.devices):
            much = _CLOSE if question.names.devices or not demanded.soft_devices else 0.2
            score = score + (much * value).astype(np.float32)
        # a row for that device alone before one for many
        score = score + np.float32(0.03) / shelf.device_count[ids]
    score = score + _for_the_rest(shelf, question, demanded, ids)
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
    question: Question, demanded: Demanded, matches: Sequence[Matches], ids: Ids
) -> Scores:
    score = np.zeros(len(ids), dtype=np.float32)
    whole = sum(t.weight * m.idf for t, m in zip(question.terms, matches, strict=True)) or 1.0
    heads = [t for t in question.terms if demanded.kind is not None and t is demanded.kind.value]
    for term, match in zip(question.terms, matches, strict=True):
        if not len(match.ids):
            continue
        place = within(ids, match.ids)
        there = place >= 0
        score[there] += np.float32(term.weight * match.idf / whole) * match.weight[place[there]]
        if heads and term is heads[0]:
            role = match.role[place[there]]
            score[there] += np.where(
                role == roles.HEAD, 0.15, np.where(role <= roles.GROUP, 0.1, 0.0)
            )
    return score


def _for_the_rest(shelf: Shelf, question: Question, demanded: Demanded, ids: Ids) -> Scores:
    """For the plug, the colour and the price that were asked for."""
    score = np.zeros(len(ids), dtype=np.float32)
    for connector_ids in _connectors(shelf, question, demanded):
        score += np.where(within(ids, connector_ids) >= 0, 0.25, 0.0).astype(np.float32)
    if demanded.colour == "met":
        plain = shelf.plain_colour_rows(question.colours)  # «зеленый» before «салатовый»
        score += np.where(within(ids, plain) >= 0, 0.02, 0.0).astype(np.float32)
    if question.colours and demanded.colour == "unstated":
        score -= np.where(shelf.coloured[ids], 0.1, 0.0).astype(np.float32)
    if question.money.order:
        price = shelf.real_price[ids]
        spread = np.argsort(np.argsort(price, kind="stable"), kind="stable") / max(1, len(ids))
        part = spread if question.money.order == "dear" else 1 - spread
        score += (0.4 * part).astype(np.float32)
    return score


def _connectors(shelf: Shelf, question: Question, demanded: Demanded) -> list[Ids]:
    """Rows with the plug of the device, where the goods are plugged into it."""
    if demanded.kind is None or not isinstance(demanded.kind.value, object):
        return []
    term = demanded.kind.value
    if not any(lexeme in shelf.plugged for option in term.options for lexeme in option):  # type: ignore[attr-defined]
        return []
    found = []
    for device in question.names.devices:
        mention = device.readings[0]
        plugs = shelf.vocabulary.connectors.get(mention.series)
        if plugs is not None:
            plug = next(
                (p for p, numbers in plugs.of.items() if mention.number in numbers), plugs.default
            )
            found.append(shelf.postings.ids(plug))
    for series in question.names.series:
        plugs = shelf.vocabulary.connectors.get(series)
        if plugs is not None and plugs.default:
            found.append(shelf.postings.ids(plugs.default))
    return found

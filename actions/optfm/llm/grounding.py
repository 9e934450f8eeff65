"""The judge of an answer, outside the model: only what the cited facts say may be shown.

A model may be lied to, or lie. So a sentence passes only if **one** sentence of a cited fact says
it: all its words (but for harmless ones), numbers in their order, what bounds and counts them,
links, negations. It cannot add; nor can it leave out what a number, a promise or a negation is
about («гарантия [на аккумуляторы] — 6 месяцев»). docs/adr/0014-grounding.md has what that costs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from optfm.llm.claims import Claims, Clause, claims, clauses, sentences
from optfm.llm.errors import Unfounded
from optfm.llm.fact import Fact

_LONGEST = 700
#: Anything else may hide a word or a link from the judge.
_PLAIN = re.compile(r"[A-Za-zА-Яа-яЁё0-9\s.,;:!?…()«»\"'’–—\-−%₽№@+/&•]*")


def require_grounded(text: str, facts: Sequence[Fact]) -> list[Fact]:
    """Let a text through only if the facts say all of it, and it says anything.

    :param facts: those that the model named.
    :returns: those of them that say it.
    :raises Unfounded: with the sentence that no fact has.
    """
    if len(text) > _LONGEST:
        raise Unfounded("слишком длинно")
    if not _PLAIN.fullmatch(text):
        raise Unfounded("необычные знаки")
    said = [(fact, list(_said(fact))) for fact in facts]
    supported: list[Fact] = []
    for sentence in sentences(text):
        claimed = claims(sentence)
        if claimed.empty:
            continue
        by = [fact for fact, its in said if any(_supports(one, claimed) for one in its)]
        if not by:
            raise Unfounded(f"нет в фактах: {sentence}")
        supported += by
    if not supported:
        raise Unfounded("ничего не сказано")
    return supported


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sentence:
    """One sentence of a fact, with what stands above it."""

    may: Claims  #: the most that may be said of it
    binding: bool
    clauses: tuple[Clause, ...]  #: its own
    opened_by: frozenset[str]  #: promises of the line that opens its list


def _said(fact: Fact) -> Iterator[_Sentence]:
    """The sentences of a fact; a line of a list belongs to the line that opens the list."""
    heading = claims(fact.title.rsplit(" — ", 1)[-1])
    opened: Claims | None = None
    for line in fact.text.splitlines():
        in_list = line.lstrip().startswith(("•", "-", "*", "—"))
        if not in_list:
            opened = None
        for sentence in sentences(line):
            own = claims(sentence)
            if not in_list and line.rstrip().endswith(":"):
                opened = own  # says nothing without its list: «Бесплатная доставка:»
                continue
            above = opened if in_list and opened else claims("")
            may = replace(
                own,
                words=own.words | heading.words | above.words,
                promises=own.promises | above.promises,
            )
            yield _Sentence(
                may=may,
                binding=own.binding or bool(above.promises),
                clauses=clauses(sentence),
                opened_by=above.promises,
            )


def _supports(fact: _Sentence, claimed: Claims) -> bool:
    may = fact.may
    return (
        claimed.words <= may.words
        and claimed.links <= may.links
        and claimed.negators == may.negators
        and _in_order(claimed.numbers, may.numbers)
        and claimed.pairs == _about(may.pairs, claimed.numbers)
        and fact.opened_by <= claimed.promises <= may.promises
        and (not claimed.promises or set(may.numbers) <= set(claimed.numbers))
        and _whole(fact, claimed.said)
    )


def _whole(fact: _Sentence, said: frozenset[str]) -> bool:
    """Nothing was left out that limits what is said.

    The first clause names what it is all about; others may be left out, but not in part. With a
    condition anywhere all of it stands.
    """
    conditional = any(clause.condition for clause in fact.clauses)
    return all(
        clause.said <= said
        for place, clause in enumerate(fact.clauses)
        if conditional or (fact.binding and (place == 0 or clause.said & said))
    )


def _about(
    pairs: frozenset[tuple[str, str]], numbers: tuple[str, ...]
) -> frozenset[tuple[str, str]]:
    """The pairs of these numbers."""
    return frozenset(pair for pair in pairs if pair[0] in numbers or pair[1] in numbers)


def _in_order(some: tuple[str, ...], all_of_them: tuple[str, ...]) -> bool:
    rest = iter(all_of_them)
    return all(number in rest for number in some)

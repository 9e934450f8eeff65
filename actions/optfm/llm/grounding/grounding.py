"""The judge of an answer, outside the model: only what the cited facts say may be shown.

A model may be lied to, or lie. So a sentence passes only if **one** sentence of a cited fact says
it: all its words (but for harmless ones), numbers in their order, what bounds and counts them,
links, negations. It cannot add; nor can it leave out what a number, a promise, a negation or a
verb is about («гарантия [на аккумуляторы] — 6 месяцев»); only a list may be named in part.
docs/adr/0014-grounding.md has what that costs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from optfm.llm.gateway.errors import Unfounded
from optfm.llm.grounding.claims import Claims, Clause, claims, clauses, pieces, sentences, spoken
from optfm.llm.grounding.word_lists import stems
from optfm.llm.knowledge.fact import Fact

_LONGEST = 700
#: Anything else may hide a word or a link from the judge.
_PLAIN = re.compile(r"[A-Za-zА-Яа-яЁё0-9\s.,;:!?…()«»\"'’–—\-−→%₽№@+/&•]*")
#: Clauses without a verb: so many are a list, of which some may be named.
_LIST = 3
_COURTESIES = stems("courtesies")


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
        if claimed.empty and spoken(sentence) <= _COURTESIES:
            continue
        parts = pieces(sentence)
        by = [fact for fact, its in said if any(_supports(one, claimed, parts) for one in its)]
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
    binding: bool  #: cut short it would say something else
    named: frozenset[str]  #: words of what stands above it
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
            its = clauses(sentence)
            yield _Sentence(
                may=may,
                binding=own.binding or bool(above.promises) or not _is_list(its),
                named=heading.words | above.words,
                clauses=its,
                opened_by=above.promises,
            )


def _is_list(its: Sequence[Clause]) -> bool:
    return len(its) >= _LIST and not any(clause.condition for clause in its)


def _supports(fact: _Sentence, claimed: Claims, parts: Sequence[frozenset[str]]) -> bool:
    may = fact.may
    return (
        not claimed.empty
        and claimed.words <= may.words
        and claimed.links <= may.links
        and claimed.negators == may.negators
        and _in_order(claimed.numbers, may.numbers)
        and claimed.pairs == _about(may.pairs, claimed.numbers)
        and fact.opened_by <= claimed.promises <= may.promises
        and (not claimed.promises or set(may.numbers) <= set(claimed.numbers))
        and (_whole(fact, claimed.said) if fact.binding else _listed(fact, parts))
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
        if conditional or place == 0 or clause.said & said
    )


def _listed(fact: _Sentence, parts: Sequence[frozenset[str]]) -> bool:
    """Each part names one thing of a list: «автомобильные зарядки, колонки» has no car speakers."""
    return all(any(part <= clause.said | fact.named for clause in fact.clauses) for part in parts)


def _about(
    pairs: frozenset[tuple[str, str]], numbers: tuple[str, ...]
) -> frozenset[tuple[str, str]]:
    """The pairs of these numbers."""
    return frozenset(pair for pair in pairs if pair[0] in numbers or pair[1] in numbers)


def _in_order(some: tuple[str, ...], all_of_them: tuple[str, ...]) -> bool:
    rest = iter(all_of_them)
    return all(number in rest for number in some)

"""The judge of an answer, outside the model: only what the cited facts say may be shown.

A model may be lied to, or lie. So a sentence passes only if **one** sentence of a cited fact says
it: all its words (but for harmless ones), numbers in their order, what bounds and counts them,
links, negations; and a promise only with every number that its fact binds it to. A model may
shorten and rearrange; it cannot add. docs/adr/0014-grounding.md has what that costs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from optfm.llm.claims import Claims, claims, sentences
from optfm.llm.errors import Unfounded
from optfm.llm.fact import Fact

_LONGEST = 700
#: Anything else may hide a word or a link from the judge.
_PLAIN = re.compile(r"[A-Za-zА-Яа-яЁё0-9\s.,;:!?…()«»\"'’–—\-−%₽№@+/&•]*")


def require_grounded(text: str, facts: Sequence[Fact]) -> None:
    """Let a text through only if the facts say all of it, and it says anything.

    :param facts: those that the model named.
    :raises Unfounded: with the sentence that no fact has.
    """
    if len(text) > _LONGEST:
        raise Unfounded("слишком длинно")
    if not _PLAIN.fullmatch(text):
        raise Unfounded("необычные знаки")
    said = [list(_said(fact)) for fact in facts]
    supported = False
    for sentence in sentences(text):
        claimed = claims(sentence)
        if claimed.empty:
            continue
        if not any(_supports(fact, claimed) for of_fact in said for fact in of_fact):
            raise Unfounded(f"нет в фактах: {sentence}")
        supported = True
    if not supported:
        raise Unfounded("ничего не сказано")


def _said(fact: Fact) -> Iterator[Claims]:
    """The sentences of a fact; a line of a list belongs to the line that opens the list."""
    title = claims(fact.title)
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
            above = opened if in_list else None
            yield replace(
                own,
                words=own.words | title.words | (above.words if above else frozenset()),
                promises=own.promises | (above.promises if above else frozenset()),
            )


def _supports(fact: Claims, claimed: Claims) -> bool:
    return (
        claimed.words <= fact.words
        and claimed.links <= fact.links
        and claimed.negators == fact.negators
        and _in_order(claimed.numbers, fact.numbers)
        and claimed.pairs == _about(fact.pairs, claimed.numbers)
        and claimed.promises <= fact.promises
        and (not claimed.promises or set(fact.numbers) <= set(claimed.numbers))
    )


def _about(
    pairs: frozenset[tuple[str, str]], numbers: tuple[str, ...]
) -> frozenset[tuple[str, str]]:
    """The pairs of these numbers."""
    return frozenset(pair for pair in pairs if pair[0] in numbers or pair[1] in numbers)


def _in_order(some: tuple[str, ...], all_of_them: tuple[str, ...]) -> bool:
    rest = iter(all_of_them)
    return all(number in rest for number in some)

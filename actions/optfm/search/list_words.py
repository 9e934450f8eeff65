"""What one price list knows of words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class ListWords:
    """The words of the rows, as a question needs them."""

    in_list: Callable[[str], bool]  #: whether any row has the lexeme
    heads: Mapping[
        str, float
    ]  #: lexeme → share of its rows in which it is what the thing is called
    modifiers: frozenset[str]  #: adjectives that tell kinds of a thing apart: «универсальный»
    lexemes: Sequence[str]  #: Cyrillic words of the rows, ascending
    articles: Sequence[str]  #: part numbers, ascending
    goods: frozenset[str]  #: what the rows are called, word for word
    codes: Sequence[str]  #: of the rows, in their order

"""Whether what no row has makes other goods of a question's: its brand, plug, property."""

from collections.abc import Sequence

from optfm.search import Colour, Query, Value
from optfm.text.normalise import clean


def tells_apart(query: Query, unmet: Sequence[str]) -> bool:
    """Whether a brand, a plug, a colour or a value is among the words that no row has."""
    facets = (f for f in query.facets if f.said in unmet and not f.exclude)
    plain_ones = any(isinstance(f, Colour | Value) or f.name == "brand" for f in facets)
    return plain_ones or is_another(query, unmet)


def is_another(query: Query, unmet: Sequence[str]) -> bool:
    """Whether other goods have what no row has: that brand or plug, of a model that property."""
    named = [f for f in query.words if f.said in unmet and f.options and not f.governed]
    return any(
        (f.name == "brand" and f.said.isalpha())
        or f.name == "connector"
        or (f.must and bool(query.models) and f.name == "property")
        for f in named
    )


def is_compound(query: Query, unmet: Sequence[str]) -> bool:
    """«веб-камера»: a word that nobody knows makes other goods of those it is joined to."""
    low, goods = clean(query.text), [word.said for word in query.goods]
    return any(f"{word}-{other}" in low for word in unmet for other in goods)

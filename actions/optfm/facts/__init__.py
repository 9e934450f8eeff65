"""The company's terms with types, and answers computed from them for a town, a sum, a day."""

from optfm.facts.answers import TOPICS, Asked, Known, answer
from optfm.facts.aspects import aspect
from optfm.facts.details import (
    Details,
    asks_how_far,
    in_cyrillic,
    of_a_running_day,
    of_the_same_measure,
    points_at_a_sum,
    read_details,
)
from optfm.facts.rest import is_rest, of_a_number, rest
from optfm.facts.terms import Terms, terms

__all__ = [
    "TOPICS",
    "Asked",
    "Details",
    "Known",
    "Terms",
    "answer",
    "asks_how_far",
    "aspect",
    "in_cyrillic",
    "is_rest",
    "of_a_number",
    "of_a_running_day",
    "of_the_same_measure",
    "points_at_a_sum",
    "read_details",
    "rest",
    "terms",
]

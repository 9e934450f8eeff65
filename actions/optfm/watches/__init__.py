"""Watches: a customer is told once when goods appear in the list, or become cheaper."""

from optfm.watches.round import Found, found_for, run
from optfm.watches.store import TooMany, add, listed, of_dialog, of_number, stop
from optfm.watches.texts import consent, lines, texts, what
from optfm.watches.watch import LASTS, MOST, Agreed, Kind, State, Wanted, Watch
from optfm.watches.words import goods_in, wish_of

__all__ = [
    "LASTS",
    "MOST",
    "Agreed",
    "Found",
    "Kind",
    "State",
    "TooMany",
    "Wanted",
    "Watch",
    "add",
    "consent",
    "found_for",
    "goods_in",
    "lines",
    "listed",
    "of_dialog",
    "of_number",
    "run",
    "stop",
    "texts",
    "what",
    "wish_of",
]

"""A phone that was typed too short: «Вася 8910123» has a name, and a number to be asked again."""

import re

from optfm.leads.contact_words import contact_words
from optfm.text.phrases import plain

#: A run of digits as phones are written.
_RUN = re.compile(r"\+?\d[\d\s()-]*\d")
#: Fewer digits are no phone, right or wrong; so many are a whole one.
_FEWEST, _WHOLE = 5, 11


def digits_typed(text: str) -> int:
    """How many digits the one too short number of a text has; 0 where it has none."""
    found = [sum(map(str.isdigit, run)) for run in _RUN.findall(text)]
    return found[0] if len(found) == 1 and _FEWEST <= found[0] < _WHOLE else 0


def beside_number(text: str) -> str:
    """The text without its number and the words that lead to it: «тел», «мой номер»."""
    before, number, after = text.partition(_RUN.findall(text)[0])
    words = before.split()
    while words and _leads(words[-1]):
        words.pop()
    return " ".join([*words, *after.split()]).strip(" ,;:—-") if number else text


def _leads(word: str) -> bool:
    said, known = plain(word).strip(".,:№-"), contact_words()
    return bool(known.beside.fullmatch(said) or known.fields["phone"].match(said))

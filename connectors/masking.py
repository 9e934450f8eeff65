"""Takes phones and e-mail addresses out of a text that is kept for other purposes.

The same as actions/optfm/masking.py, which this environment cannot import;
tests/connectors/test_masking.py holds the two together.
"""

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_GAP = r"[ \u00a0().-]{0,2}"
#: Ten digits of a Russian or Kazakh number after 8, 7 or nothing, or nine after 375. What begins
#: with a zero or hangs on a letter is a price-list code.
_PHONE = re.compile(
    rf"(?<![\w+-])(?:\+?375{_GAP}\d{{2}}|(?:\+?[78]{_GAP})?[3-9]\d{{2}})"
    rf"{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}(?!\w)"
)


def masked(text: str) -> str:
    """The text with `[телефон]` and `[почта]` in place of the customer's own."""
    return _PHONE.sub("[телефон]", _EMAIL.sub("[почта]", text))

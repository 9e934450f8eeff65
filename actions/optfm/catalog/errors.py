"""Why a file is not taken as a price list.

- Refused (optfm.errors)
  - PriceListError: the file; says what is wrong and what helps.
    - UnansweredError: a list that raises questions which nobody has answered yet.
"""

from collections.abc import Sequence
from typing import Protocol

from optfm.errors import Refused


class PriceListError(Refused):
    """A file that is not a price list, or one that must be mended first; nothing was changed.

    :param message: one line in Russian: what is wrong and how to mend it.
    """


class _Question(Protocol):
    @property
    def text(self) -> str: ...

    @property
    def options(self) -> tuple[str, ...]: ...


class UnansweredError(PriceListError):
    """A list that raises questions; the message is one line with the options that answer them."""

    def __init__(self, questions: Sequence[_Question]) -> None:
        told = (
            f"{question.text.splitlines()[0]} [{' или '.join(question.options)}]"
            for question in questions
        )
        super().__init__("; ".join(told))

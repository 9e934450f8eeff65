"""What a language model may do for a manager: read a dialog for him, propose an answer.

Nothing of it is sent by itself, and nothing of it is kept: the manager reads it and writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from optfm.desk.talk import Line

Help = Literal["summary", "suggestion"]

HELPS: tuple[Help, ...] = ("summary", "suggestion")

_AUTHORS = {"customer": "клиент", "bot": "бот", "manager": "менеджер"}


class NoHelp(Exception):
    """There is none; its message tells a manager why, in one sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A dialog as a model may read it; who it masks what is personal in is the model's room."""

    dialog: str
    lines: Sequence[str]  #: «клиент: …», «бот: …», oldest first
    question: str  #: the customer's last words; "" where he has said none
    before: Sequence[str]  #: the lines before them
    names: tuple[str, ...]  #: of the customer, as far as he gave them


class Assistant(Protocol):
    """A model behind its gateway."""

    def does(self, what: Help) -> bool:
        """Whether it may be asked for this at all."""

    def summary(self, said: Said) -> str:
        """Two lines; "" of a dialog that is read faster.

        :raises NoHelp: there is none.
        """

    def suggestion(self, said: Said) -> str:
        """An answer out of the company's facts and the price list.

        :raises NoHelp: there is none.
        """


def said(dialog: str, lines: Sequence[Line], names: tuple[str, ...]) -> Said:
    """A dialog for a model: no notes of the staff, no files."""
    spoken = [line for line in lines if line.author in _AUTHORS and line.text.strip()]
    told = [f"{_AUTHORS[line.author]}: {line.text}" for line in spoken]
    asked = [at for at, line in enumerate(spoken) if line.author == "customer"]
    return Said(
        dialog=dialog,
        lines=told,
        question=spoken[asked[-1]].text if asked else "",
        before=told[: asked[-1]] if asked else (),
        names=names,
    )

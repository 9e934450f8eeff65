"""Two lines about a dialog, for the manager who takes the request."""

import re
from collections.abc import Sequence

from optfm.llm.gateway.errors import BadAnswer, Unfounded
from optfm.llm.gateway.gateway import Gateway
from optfm.llm.gateway.task import Restore, Task
from optfm.llm.grounding.claims import claims
from optfm.llm.grounding.prompts import SUMMARY

_TOKENS = 160
_LONGEST = 400
#: A shorter dialog is read faster than a summary is made.
_SHORT = 6
_LINES = 30
_LINE = 200
_NUMBER = re.compile(r"\d+")


async def summary(
    gateway: Gateway, lines: Sequence[str], *, dialog: str, names: tuple[str, ...] = ()
) -> str:
    """What the customer wants, in at most two lines; "" for a short dialog.

    :param lines: «клиент: …», «бот: …», oldest first.
    :raises ModelError: there is no summary.
    """
    if len(lines) < _SHORT:
        return ""
    said = "\n".join(line[:_LINE] for line in lines[-_LINES:])

    def check(text: str, restore: Restore) -> str:
        return judged(restore(text), said)

    return await gateway.ask(
        Task(
            purpose="summary",
            prompt_version=SUMMARY.version,
            system=SUMMARY.text,
            question=said,
            check=check,
            max_tokens=_TOKENS,
            json=False,
            cached=True,  # a letter and a topic about one request: paid for once
            dialog=dialog,
            names=names,
        )
    )


def judged(text: str, said: str) -> str:
    """The summary, one or two lines.

    :raises BadAnswer: longer, or with a number, an address or a promise that nobody said.
    """
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > 2 or sum(map(len, lines)) > _LONGEST:
        raise BadAnswer("не две строки")
    if not set(_NUMBER.findall(text)) <= set(_NUMBER.findall(said)):
        raise Unfounded("число, которого в диалоге не было")
    spoken = claims(said)
    told = claims(text)
    if not told.links <= spoken.links or not told.promises <= spoken.promises:
        raise Unfounded("обещание или ссылка, которых в диалоге не было")
    return "\n".join(lines)

"""What of a turn stays out of the log: answers to the request form and words for a manager.

Phones and addresses are masked in any text (common/masking.py); a name, a town or what
somebody tells a manager cannot be told from other words, so such a turn is logged without them.
"""

from dataclasses import dataclass

from connectors.server.answers import Answer

_UNSAID = "[личное]"


@dataclass(frozen=True, kw_only=True)
class Loggable:
    """The words of a turn, as the log may have them."""

    incoming: str
    answers: list[str]


def loggable(text: str, said: list[Answer], outcome: str) -> Loggable:
    """Of a message and the answers to it.

    :param outcome: who answered, as `connectors.server.log.answer` has it.
    """
    fields = [field for part in said if (field := _asked(part))]
    if fields or outcome == "manager":
        asked = f"[заявка: {', '.join(fields)}]" if fields else _UNSAID
        return Loggable(incoming=_UNSAID, answers=[asked])
    return Loggable(incoming=text, answers=[part.get("text", "") for part in said])


def _asked(part: Answer) -> str | None:
    """The field of the form that an answer asks for."""
    custom = part.get("custom") or {}
    form = custom.get("form") if isinstance(custom, dict) else None
    return str(form["field"]) if isinstance(form, dict) and "field" in form else None

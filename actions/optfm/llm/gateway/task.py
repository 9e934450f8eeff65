"""What the gateway is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from optfm.llm.gateway.model import ChatMessage, Prompt

Purpose = Literal["answer", "understand", "summary", "ask"]
Restore = Callable[[str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Task[T]:
    """One question to a model. What customers wrote is masked; what the company wrote is not."""

    purpose: Purpose
    prompt_version: str
    system: str  #: the rules; the same for all, so that a provider may cache them
    facts: str = ""  #: the company's
    history: str = ""  #: what was said before
    question: str
    #: Turns the model's text into what was asked for; raises `BadAnswer` where it is not that.
    check: Callable[[str, Restore], T]
    max_tokens: int
    json: bool = True
    cached: bool = True
    dialog: str | None = None
    names: tuple[str, ...] = ()  #: of the customer, from the form
    timeout_s: float | None = None  #: what is left of the customer's patience

    def prompt(self, mask: Callable[[str], str]) -> Prompt:
        """The messages, masked."""
        parts = (
            ("ФАКТЫ", self.facts),
            ("РАНЬШЕ В ДИАЛОГЕ", mask(self.history)),
            ("ВОПРОС КЛИЕНТА", mask(self.question)),
        )
        text = "\n\n".join(f"### {name}\n{part}" for name, part in parts if part)
        messages = (ChatMessage("system", self.system), ChatMessage("user", text))
        return Prompt(messages=messages, max_tokens=self.max_tokens, json=self.json)

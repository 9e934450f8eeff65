"""A fact that may be said to a customer: something the company wrote."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A passage of the company's own text."""

    id: str  #: what the model names it by: «F1»
    title: str
    text: str

    def for_prompt(self) -> str:
        """As the model reads it."""
        return f"[{self.id}] {self.title}\n{self.text}"

"""What is said to a model and what it says back, whoever it is."""

from dataclasses import dataclass
from typing import Literal, Protocol

#: Letters a token where the provider counts none: Russian text in today's tokenisers has 3-4.
_LETTERS_PER_TOKEN = 3


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of a prompt."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """One call."""

    messages: tuple[ChatMessage, ...]
    max_tokens: int  #: of the answer
    json: bool = False  #: the answer is a JSON object

    @property
    def tokens(self) -> int:
        """How many tokens it has, guessed."""
        return guessed_tokens("".join(message.text for message in self.messages))


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What came back."""

    text: str
    tokens_in: int
    tokens_out: int


class Provider(Protocol):
    """A model at a vendor or on a machine."""

    name: str  #: ollama, openai, yandex, sber
    model: str

    async def complete(self, prompt: Prompt, *, timeout_s: float) -> Reply:
        """One answer; never tries twice by itself.

        :raises ModelError: there is none.
        """

    async def check(self, *, timeout_s: float) -> None:
        """Whether key, address and model are right, for at most one token.

        :raises ModelError: one of them is not.
        """

    async def close(self) -> None:
        """Let the connections go."""


def guessed_tokens(text: str) -> int:
    """About how many tokens a text has."""
    return -(-len(text) // _LETTERS_PER_TOKEN)

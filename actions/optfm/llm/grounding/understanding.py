"""What an unclear message asks for; the answer itself comes from a template or the list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from optfm.llm.gateway.errors import BadAnswer, Unfounded
from optfm.llm.gateway.gateway import Gateway
from optfm.llm.gateway.task import Restore, Task
from optfm.llm.grounding.answer_form import UnderstandingForm, read
from optfm.llm.grounding.answering import shortened
from optfm.llm.grounding.prompts import UNDERSTAND

_TOKENS = 80
_LONGEST_QUERY = 120
_MOST_TOPICS = 3
#: Left out of the names in the prompt: they are paid for at each call.
_FAQ = "faq_"
_HISTORY_LINES = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """One of the three."""

    topics: tuple[str, ...] = ()  #: what is asked, the most important first
    query: str = ""  #: for the price search
    alien: bool = False  #: nobody's business here


async def understand(
    gateway: Gateway,
    text: str,
    *,
    topics: Mapping[str, str],
    lexemes: Callable[[str], set[str]],
    history: Sequence[str] = (),
    dialog: str | None = None,
    names: tuple[str, ...] = (),
    timeout_s: float | None = None,
) -> Understood:
    """Ask the model what a message means.

    :param topics: all that it may choose from: name → what it is about. The same at every call,
        so that what stands before the question is a prefix which providers keep.
    :param lexemes: the words of a text as the price search knows them.
    :raises ModelError: it does not know, or names what the customer has not said.
    """

    def check(said: str, restore: Restore) -> Understood:
        return judged(said, text, topics=topics, lexemes=lexemes)

    return await gateway.ask(
        Task(
            purpose="understand",
            prompt_version=UNDERSTAND.version,
            system=UNDERSTAND.text,
            facts=listed(topics),
            history=shortened(history[-_HISTORY_LINES:]),
            question=text,
            check=check,
            max_tokens=_TOKENS,
            dialog=dialog,
            names=names,
            timeout_s=timeout_s,
        )
    )


def listed(topics: Mapping[str, str]) -> str:
    """The topics as a model reads them, a line each."""
    return "\n".join(f"{name.removeprefix(_FAQ)}: {about}" for name, about in topics.items())


def judged(
    said: str,
    question: str,
    *,
    topics: Mapping[str, str],
    lexemes: Callable[[str], set[str]],
) -> Understood:
    """The model's text as topics, a query, or the verdict that it is alien.

    Every word of the query must be one of the question's: a model that makes up goods would have
    the customer read prices that he did not ask for.

    :raises BadAnswer: none of them.
    """
    form = read(UnderstandingForm, said)
    query = " ".join(form.query.split())
    if query:
        asked = lexemes(query)
        if len(query) > _LONGEST_QUERY or not asked or not asked <= lexemes(question):
            raise Unfounded("клиент этого не спрашивал")
    chosen = [_full(name, topics) for name in (*form.topics, form.topic)]
    named = tuple(dict.fromkeys(name for name in chosen if name))[:_MOST_TOPICS]
    if named or query:
        return Understood(topics=named, query=query)
    if form.alien:
        return Understood(alien=True)
    raise BadAnswer("не понято")


def _full(name: str, topics: Mapping[str, str]) -> str:
    """The topic's whole name, "" for one that there is not."""
    return next((full for full in (name, f"{_FAQ}{name}") if full in topics), "")

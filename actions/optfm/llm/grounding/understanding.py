"""What a rambling question is about; the answer itself comes from a template or the list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from optfm.llm.gateway.errors import BadAnswer, Unfounded
from optfm.llm.gateway.gateway import Gateway
from optfm.llm.gateway.task import Restore, Task
from optfm.llm.grounding.answer_form import UnderstandingForm, read
from optfm.llm.grounding.prompts import UNDERSTAND

_TOKENS = 80
_LONGEST_QUERY = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """One of the two."""

    query: str = ""  #: for the price search
    topic: str = ""  #: of the FAQ


async def understand(
    gateway: Gateway,
    text: str,
    *,
    topics: Mapping[str, str],
    lexemes: Callable[[str], set[str]],
    dialog: str | None = None,
    names: tuple[str, ...] = (),
    timeout_s: float | None = None,
) -> Understood:
    """Ask the model what a question is about.

    :param topics: among which it may choose: name → what it is about.
    :param lexemes: the words of a text as the price search knows them.
    :raises ModelError: it does not know, or names what the customer has not said.
    """

    def check(said: str, restore: Restore) -> Understood:
        return judged(said, text, topics=topics, lexemes=lexemes)

    listed = "\n".join(f"{name}: {about}" for name, about in topics.items())
    return await gateway.ask(
        Task(
            purpose="understand",
            prompt_version=UNDERSTAND.version,
            system=UNDERSTAND.text,
            facts=listed,
            question=text,
            check=check,
            max_tokens=_TOKENS,
            dialog=dialog,
            names=names,
            timeout_s=timeout_s,
        )
    )


def judged(
    said: str,
    question: str,
    *,
    topics: Mapping[str, str],
    lexemes: Callable[[str], set[str]],
) -> Understood:
    """The model's text as a query or a topic.

    Every word of the query must be one of the question's: a model that makes up goods would have
    the customer read prices that he did not ask for.

    :raises BadAnswer: neither.
    """
    form = read(UnderstandingForm, said)
    query = " ".join(form.query.split())
    if query:
        asked = lexemes(query)
        if len(query) > _LONGEST_QUERY or not asked or not asked <= lexemes(question):
            raise Unfounded("клиент этого не спрашивал")
        return Understood(query=query)
    if form.topic in topics:
        return Understood(topic=form.topic)
    raise BadAnswer("не понято")

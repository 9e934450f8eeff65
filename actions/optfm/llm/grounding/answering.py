"""An answer to a customer from the company's facts and the rows of its list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from optfm.llm.gateway.errors import BadAnswer, Unfounded
from optfm.llm.gateway.gateway import Gateway
from optfm.llm.gateway.task import Restore, Task
from optfm.llm.grounding.answer_form import AnswerForm, read
from optfm.llm.grounding.grounding import require_grounded
from optfm.llm.grounding.prompts import ANSWER, Prompting
from optfm.llm.knowledge.fact import Fact

_TOKENS = 220
#: Of the dialog, what a model reads: more costs tokens at every question and helps no answer.
_LINES = 4
_LINE = 160


@dataclass(frozen=True, kw_only=True, slots=True)
class Goods:
    """A row of the list as the model sees it: without its price, which it is not to name."""

    id: str  #: «P1»
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounded:
    """What may be shown."""

    text: str  #: stands in the facts; may be empty where rows answer
    goods: tuple[str, ...]  #: ids of the rows to be printed, from the list, by the caller


@dataclass(frozen=True, kw_only=True, slots=True)
class GroundedQuestion:
    """A customer's question with all that may answer it."""

    text: str
    facts: Sequence[Fact] = ()
    goods: Sequence[Goods] = ()
    history: Sequence[str] = ()  #: «клиент: …», «бот: …», oldest first
    dialog: str | None = None
    names: tuple[str, ...] = ()
    #: Whether a text is about what was asked: a true sentence beside the question is no answer.
    fits: Callable[[str], bool] = lambda text: True


async def answer(
    gateway: Gateway, question: GroundedQuestion, *, timeout_s: float | None = None
) -> Grounded:
    """Ask the model, and let through what the facts say.

    :raises ModelError: there is no answer that may be shown.
    """
    return await gateway.ask(task(question, ANSWER, timeout_s=timeout_s))


def task(
    question: GroundedQuestion, prompting: Prompting, *, timeout_s: float | None = None
) -> Task[Grounded]:
    """The call for a question."""

    def check(text: str, restore: Restore) -> Grounded:
        return judged(text, question)

    facts = [fact.for_prompt() for fact in question.facts]
    goods = [f"[{row.id}] {_one_line(row.name)}" for row in question.goods]
    return Task(
        purpose="answer",
        prompt_version=prompting.version,
        system=prompting.text,
        facts="\n\n".join([*facts, "\n".join(goods)]).strip(),
        history=shortened(question.history),
        question=question.text,
        check=check,
        max_tokens=_TOKENS,
        dialog=question.dialog,
        names=question.names,
        timeout_s=timeout_s,
    )


def judged(text: str, question: GroundedQuestion) -> Grounded:
    """The model's text as an answer, or its end.

    Rows carry no sentence: a name in the list is data that somebody else may have written.

    :raises BadAnswer: not the form, not sure, or not in the facts.
    """
    form = read(AnswerForm, text)
    if not form.sure:
        raise BadAnswer("не уверена")
    facts = {fact.id: fact for fact in question.facts}
    goods = {row.id for row in question.goods}
    if not form.ids or not set(form.ids) <= facts.keys() | goods:
        raise Unfounded("ссылается на то, чего не было")
    cited = [facts[name] for name in form.ids if name in facts]
    shown = tuple(dict.fromkeys(name for name in form.ids if name in goods))
    said = form.text.strip()
    if said or not shown:
        by = require_grounded(said, cited)
        if not question.fits("\n".join([said, *(fact.title for fact in by)])):
            raise Unfounded(f"не о том: {said}")
    return Grounded(text=said, goods=shown)


def shortened(history: Sequence[str]) -> str:
    """The last lines, each cut: what «а в Вологду?» leans on."""
    return "\n".join(_one_line(line)[:_LINE] for line in history[-_LINES:])


def _one_line(text: str) -> str:
    return " ".join(text.split())

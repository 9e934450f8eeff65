"""Tokens an answered question: our way against the whole FAQ and the whole dialog in each prompt.

The naive way is measured twice: with the FAQ's answers only, and with the pages of docs/knowledge
too, all of which our way chooses from.

What it measures: the tokens of the prompts, and whether the right fact's text comes out of a
stand-in that repeats the sentence that shares most words with the question, judged by the same
check: the prompts, not any vendor's model. Tokens are letters / 3, for both ways alike.
`cd actions && PYTHONPATH=. .venv/bin/python ../benchmarks/llm_tokens.py`
"""

from collections.abc import Callable, Sequence
from functools import partial

from optfm.llm.gateway.errors import BadAnswer
from optfm.llm.gateway.model import guessed_tokens
from optfm.llm.grounding.answering import GroundedQuestion, judged, task
from optfm.llm.grounding.prompts import ANSWER
from optfm.llm.knowledge.fact import Fact
from optfm.llm.knowledge.knowledge import Passage, faq, faq_texts, pages
from optfm.llm.knowledge.live_knowledge import LiveKnowledge
from tests.eval.knowledge import DOMAIN, FOLDER, QUESTIONS
from tests.peers.models import extractive

#: A dialog as it is by then: a greeting, a price with five rows, a term.
_HISTORY = [
    "клиент: здравствуйте, подскажите пожалуйста по ценам",
    "бот: Здравствуйте! Напишите товар и модель, и я назову цену из прайс-листа.",
    "клиент: дисплей на самсунг а12 нужен, желательно оригинал",
    "бот: "
    + "Дисплей совместим с Samsung A12/A125 + тачскрин черный, 1 240 ₽, код УТ-00000001. " * 5,
    "клиент: а сколько стоит доставка",
    "бот: "
    + "Бесплатная доставка — от суммы заказа: Иваново — от 3 000 ₽, Кохма — от 4 000 ₽. " * 4,
]


def main() -> None:
    """Print all ways."""
    knowledge = LiveKnowledge(FOLDER, DOMAIN)
    answers = faq(faq_texts(DOMAIN))
    print(f"{'':<28}{'токенов на вопрос':>20}{'верных':>9}{'токенов на верный':>20}")
    ours = way(knowledge, knowledge.facts)
    whole_faq = whole(knowledge, answers)
    everything = whole(knowledge, [*pages(FOLDER), *answers])
    ways = {
        "отобранные факты": ours,
        "частые вопросы целиком": whole_faq,
        "и все страницы": everything,
    }
    for name, (tokens, right) in ways.items():
        per_right = tokens * len(QUESTIONS["answerable"]) / max(1, right)
        share = right / len(QUESTIONS["answerable"])
        print(f"{name:<28}{tokens:>20.0f}{share:>9.2f}{per_right:>20.0f}")
    print(f"меньше на {1 - ours[0] / whole_faq[0]:.1%} и {1 - ours[0] / everything[0]:.1%}")


def whole(knowledge: LiveKnowledge, passages: Sequence[Passage]) -> tuple[float, int]:
    """The naive way: all of them and the whole dialog in each prompt."""
    facts = [Fact(id=f"F{n}", title=p.title, text=p.text) for n, p in enumerate(passages, 1)]
    return way(knowledge, lambda question: facts, whole_history=True)


def way(
    knowledge: LiveKnowledge, facts_of: Callable[[str], list[Fact]], *, whole_history: bool = False
) -> tuple[float, int]:
    """Tokens a question, and how many answers hold what they should."""
    tokens = right = asked = 0
    for text, holds in QUESTIONS["answerable"].items():
        facts = facts_of(text)
        if not facts:
            continue  # no call: nothing to answer from
        asked += 1
        fits = partial(knowledge.fits, text)
        question = GroundedQuestion(text=text, facts=facts, history=_HISTORY, fits=fits)
        call = task(question, ANSWER)
        prompt = call.prompt(str)
        tokens += prompt.tokens
        if whole_history:
            tokens += guessed_tokens("\n".join(_HISTORY)) - guessed_tokens(call.history)
        said = extractive({"messages": [{"content": m.text} for m in prompt.messages]})
        tokens += guessed_tokens(said)
        try:
            right += holds.lower() in judged(said, question).text.lower()
        except BadAnswer:
            continue
    return tokens / asked, right


if __name__ == "__main__":
    main()

"""The model that helps managers at the desk: the gateway, the company's facts, the price list."""

import logging
from collections.abc import Coroutine
from dataclasses import dataclass

from common.money import price
from optfm.api.goods import Goods
from optfm.desk.helping import Help, NoHelp, Said
from optfm.llm.gateway.errors import ModelError
from optfm.llm.grounding import answering
from optfm.llm.grounding.answering import GroundedQuestion
from optfm.llm.grounding.summary import summary
from optfm.llm.knowledge.live_knowledge import LiveKnowledge
from optfm.llm.providers.models import Models
from optfm.search import Hit
from optfm.search.live import NoPriceList

log = logging.getLogger(__name__)

_PURPOSES: dict[Help, str] = {"summary": "summary", "suggestion": "answer"}
#: Rows of the list that a model may point at.
_ROWS = 5
_WHY = {
    "over_budget": "Предел расходов на модель исчерпан.",
    "unfounded": "Модель сказала то, чего нет в фактах, и это отброшено.",
    "bad_answer": "Уверенного ответа у модели нет.",
    "filtered": "Модель отказалась отвечать на это.",
    "timeout": "Модель не успела ответить. Попробуйте ещё раз.",
}
_AWAY = "Модель сейчас не отвечает. Попробуйте позже."
_NOTHING = "В фактах компании и в прайс-листе ответа на это нет."


@dataclass(frozen=True, kw_only=True)
class ModelAssistant:
    """Whatever it says went through the gateway: budget, mask, check, journal."""

    models: Models
    knowledge: LiveKnowledge
    goods: Goods

    def does(self, what: Help) -> bool:
        """Whether AI_USE has it."""
        return self.models.uses(_PURPOSES[what])

    def summary(self, said: Said) -> str:
        """What the customer wants, in two lines; "" for a short dialog.

        :raises NoHelp: there is no summary.
        """
        made = summary(self.models.gateway, said.lines, dialog=said.dialog, names=said.names)
        return self._made(made)

    def suggestion(self, said: Said) -> str:
        """An answer that stands in the facts, with rows of the list in the list's own words.

        :raises NoHelp: there is none.
        """
        facts = self.knowledge.facts(said.question)
        hits, day = self._rows(said.question)
        if not said.question or not (facts or hits):
            raise NoHelp(_NOTHING)  # a model would have to make it up
        question = GroundedQuestion(
            text=said.question,
            facts=facts,
            goods=[answering.Goods(id=name, name=hit.row.name) for name, hit in hits.items()],
            history=said.before,
            dialog=said.dialog,
            names=said.names,
            fits=lambda text: self.knowledge.fits(said.question, text),
        )
        found = self._made(answering.answer(self.models.gateway, question))
        rows = [_line(hits[name], day) for name in found.goods]
        return "\n\n".join(filter(None, (found.text, "\n".join(rows))))

    def _rows(self, question: str) -> tuple[dict[str, Hit], str]:
        try:
            found = self.goods.search(question, limit=_ROWS)
        except NoPriceList:
            return {}, ""
        hits = {f"P{number}": hit for number, hit in enumerate(found.rows, 1)}
        return hits, f"{found.list_date:%d.%m.%Y}"

    def _made[T](self, work: Coroutine[object, object, T]) -> T:
        try:
            return self.models.thread.wait(work)
        except ModelError as exc:
            log.info("no help of a model for a manager (%s): %s", exc.outcome, exc)
            raise NoHelp(_WHY.get(exc.outcome, _AWAY)) from exc


def _line(hit: Hit, day: str) -> str:
    row = hit.row
    status = f", {row.status}" if row.status else ""
    name = " ".join(row.name.split())
    return f"{name}: {price(row.price_kop)}{status} (код {row.code}, прайс-лист от {day})"

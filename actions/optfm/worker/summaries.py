"""A request's dialog in two lines, before it is told of; nothing where no model makes them."""

import logging
from dataclasses import replace

from optfm.leads.card import Card
from optfm.llm.gateway.errors import ModelError
from optfm.llm.grounding.summary import summary
from optfm.llm.providers.models import Models

log = logging.getLogger(__name__)

_AUTHORS = {"customer": "клиент", "bot": "бот", "manager": "менеджер"}


class Summaries:
    """Of this worker; a notice waits for AI_TIMEOUT_S at most and never fails with them."""

    def __init__(self, models: Models | None) -> None:
        self._models = models

    def of(self, card: Card) -> Card:
        """The card with its summary, or as it is."""
        models = self._models
        if models is None or not models.uses("summary"):
            return card
        lines = [f"{_AUTHORS.get(line.author, line.author)}: {line.text}" for line in card.lines]
        try:
            made = models.thread.wait(
                summary(models.gateway, lines, dialog=card.dialog, names=(card.name,))
            )
        except ModelError as exc:
            log.info("no summary of request %s (%s): %s", card.id, exc.outcome, exc)
            return card
        return replace(card, summary=made)

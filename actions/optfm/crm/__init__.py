"""Requests in the company's CRM: one small interface, a module a system."""

from typing import Protocol

from optfm.crm.amocrm import AmoCrm
from optfm.crm.bitrix24 import Bitrix24
from optfm.crm.webhook import Webhook
from optfm.leads.card import Card
from optfm.settings import Settings

__all__ = ["Crm", "crm_of"]


class Crm(Protocol):
    """Where requests go. Each call may be repeated with the same key and adds nothing then.

    All raise `Later` (away, busy, an expired key: a person mends it) or `Never` (refused for good).
    """

    def add(self, card: Card, *, key: str) -> str:
        """Make a lead of a request; its id there."""

    def comment(self, crm_id: str, text: str, *, key: str) -> None:
        """Add a comment to a lead."""

    def check(self) -> str:
        """Whether address and key work; what is wrong, empty: nothing."""


def crm_of(settings: Settings) -> Crm | None:
    """The configured CRM, or None."""
    url, key = settings.crm_url.get_secret_value(), settings.crm_api_key.get_secret_value()
    match settings.crm_kind:
        case "bitrix24":
            return Bitrix24(url)
        case "amocrm":
            return AmoCrm(url, key)
        case "webhook":
            return Webhook(url, key)
    return None

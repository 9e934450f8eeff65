"""Who delivers which kind of entry, by what is configured."""

from collections.abc import Mapping

from sqlalchemy import Engine

from optfm.leads.outbox import Sender
from optfm.settings import Settings


def senders(settings: Settings, engine: Engine) -> Mapping[str, Sender]:
    """The senders of this worker, by kind."""
    return {}

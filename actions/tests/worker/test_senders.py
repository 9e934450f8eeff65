"""Who is told of a request gets what a model made of its dialog, where one does."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine, text

from optfm.leads import Consent, Draft, submit
from optfm.outbox.entries import deliver
from optfm.settings import Settings
from optfm.worker.senders import senders
from tests.peers.crm import Portal, serving

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_the_crm_gets_the_summary(engine: Engine, tmp_path):
    """In the lead's comment, above the dialog."""
    consent = Consent(version="1", wording="Согласен", given_at=NOW, channel="rest", message_id="m")
    draft = Draft(
        dialog="d", channel="rest", name="Анна", phone="+79100000000", email=None,
        about="дисплей на а12", town=None, consent=consent,
    )  # fmt: skip
    submit(engine, draft, now=NOW, tell=("request_crm",))
    with engine.connect() as connection:
        query = text("SELECT id FROM outbox WHERE kind = 'request_crm'")
        entry = connection.execute(query).scalar_one()
    with serving(Portal()) as portal:
        assert isinstance(portal, Portal)
        settings = Settings(
            optfm_var=tmp_path, crm_kind="bitrix24", crm_url=f"{portal.url}/rest/1/secret"
        )
        known = senders(settings, engine, lambda card: replace(card, summary="Хочет два дисплея."))
        deliver(engine, entry, known)
        [lead] = portal.leads.values()
    assert "Хочет два дисплея." in lead["COMMENTS"]

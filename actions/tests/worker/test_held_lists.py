"""A price list that waits for a person is told of to every way that the shop has, once."""

from email import message_from_string, policy

from sqlalchemy import Engine, text

from optfm.catalog import revisions
from optfm.outbox.entries import deliver
from optfm.settings import ROOT, Settings
from optfm.worker.senders import senders
from tests.worker.test_mail import Server, serving


def _pending(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        query = text("SELECT kind, id FROM outbox WHERE status = 'pending' AND kind <> 'webhook'")
        return {row.kind: row.id for row in connection.execute(query)}


def _hold(engine: Engine) -> int:
    """A second list that came by itself and lost too much."""
    revisions.import_file(engine, ROOT / "prices" / "demo.xls")
    number = revisions.active(engine).id
    with engine.begin() as connection:
        connection.execute(text("UPDATE price_lists SET active = false"))
        for _ in range(2):  # the same doubt again is no news
            connection.execute(text("UPDATE price_lists SET held = 'пропало 300 из 500 позиций'"))
    return number


def test_a_held_list_is_told_by_mail_and_in_the_group(engine: Engine, tmp_path):
    """With the reason and the command that takes it."""
    number = _hold(engine)
    with serving(Server()) as server:
        settings = Settings(
            optfm_var=tmp_path,
            smtp_url=f"smtp://127.0.0.1:{server.port}",
            notify_email="zakaz@example.ru",
            telegram_bot_token="123456789:TEST-peer-token-0000000000000000000",
            telegram_managers_chat=-1001,
        )
        known = senders(settings, engine)
        deliver(engine, _pending(engine)["list_held"], known)
        waiting = _pending(engine)
        assert set(waiting) == {"staff_email", "group_note"}
        deliver(engine, waiting["staff_email"], known)
        (letter,) = server.letters
    mail = message_from_string(letter, policy=policy.default)
    assert f"№ {number}" in mail["Subject"]
    assert "пропало 300 из 500" in mail.get_content()
    assert f"./optfm prices activate {number}" in mail.get_content()


def test_a_shop_that_tells_nobody_is_not_told(engine: Engine, tmp_path):
    """Nothing is left in the queue for ever."""
    _hold(engine)
    deliver(engine, _pending(engine)["list_held"], senders(Settings(optfm_var=tmp_path), engine))
    assert _pending(engine) == {}

"""Where the parts are put together: settings in, a migrated database out."""

import contextlib
import os
from collections.abc import Iterator

from sqlalchemy import Engine

from optfm.backup import Bucket
from optfm.db import connect, upgrade
from optfm.db.embedded import EmbeddedPostgres
from optfm.settings import Settings


def settings() -> Settings:
    """The settings of this process; call it once, at its start.

    :raises Refused: a wrong value.
    """
    return Settings.from_env(os.environ)


def bucket_of(settings: Settings) -> Bucket | None:
    """Where backups go besides their folder; None: nowhere."""
    if not settings.backup_s3_url:
        return None
    return Bucket(
        url=settings.backup_s3_url,
        key_id=settings.backup_s3_key_id,
        secret=settings.backup_s3_secret.get_secret_value(),
        region=settings.backup_s3_region,
    )


@contextlib.contextmanager
def bare_database(settings: Settings) -> Iterator[Engine]:
    """The shop's database as it is: `DB_URL`, the running bot's, or one started for the block.

    :raises Refused: it cannot be reached or started.
    """
    with contextlib.ExitStack() as stack:
        url = settings.db_url.get_secret_value()
        if not url:
            url = stack.enter_context(EmbeddedPostgres(settings.optfm_var).borrow())
        engine = connect(url)
        stack.callback(engine.dispose)
        yield engine


@contextlib.contextmanager
def database(settings: Settings, *, patience_s: float = 0) -> Iterator[Engine]:
    """The same, migrated.

    :param patience_s: as `connect` takes it.
    :raises Refused: it cannot be reached, started or migrated.
    """
    with bare_database(settings) as engine:
        upgrade(engine)
        if not patience_s:
            yield engine
            return
        patient = connect(engine.url.render_as_string(hide_password=False), patience_s=patience_s)
        try:
            yield patient
        finally:
            patient.dispose()

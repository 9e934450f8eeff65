"""`optfm db …`: the database's own commands."""

import click

from optfm.bootstrap import database, settings
from optfm.catalog import profile, revisions


@click.group()
def db() -> None:
    """База данных."""


@db.command()
@click.option(
    "--first-list", is_flag=True, help="Загрузить и прайс-лист из PRICE_LIST, если нет никакого."
)
def upgrade(first_list: bool) -> None:
    """Привести базу к последней версии."""
    configured = settings()
    with database(configured) as engine:
        if first_list and revisions.active(engine) is None:
            kept = profile.load(configured.optfm_var)
            revisions.import_file(engine, configured.price_list, kept)
        click.echo("База данных готова.")

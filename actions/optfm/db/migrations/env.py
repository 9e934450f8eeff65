"""Alembic's entry: runs the migrations over the connection that `optfm.db.upgrade` hands in."""

from alembic import context

from optfm.db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()

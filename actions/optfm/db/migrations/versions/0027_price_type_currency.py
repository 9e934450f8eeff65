"""What 1C says of a type of prices holds for its prices that name no currency of their own."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE exchange_price_types ADD COLUMN currency text NOT NULL DEFAULT ''")


def downgrade() -> None:
    op.execute("ALTER TABLE exchange_price_types DROP COLUMN currency")

"""What foreign lists have beside a price: a unit, a stock, words in place of the price."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("unit", "stock", "said"):
        column = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("price_rows", column)
    op.drop_constraint(op.f("price_rows_price_check"), "price_rows")
    op.create_check_constraint(
        op.f("price_rows_price_check"), "price_rows", "is_group OR price IS NULL OR price > 0"
    )


def downgrade() -> None:
    op.execute("DELETE FROM price_rows WHERE NOT is_group AND price IS NULL")
    op.drop_constraint(op.f("price_rows_price_check"), "price_rows")
    op.create_check_constraint(
        op.f("price_rows_price_check"), "price_rows", "is_group OR price > 0"
    )
    for name in ("unit", "stock", "said"):
        op.drop_column("price_rows", name)

"""Which engine answered a price question: the owner sees how often Weaviate was away."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "price_searches",
        sa.Column("engine", sa.Text(), nullable=False, server_default="local"),
    )


def downgrade() -> None:
    op.drop_column("price_searches", "engine")

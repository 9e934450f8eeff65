"""What 1C has told by its exchange, and who exchanges now."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exchanges",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column(
            "started_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column(
            "touched_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column("state", sa.Text(), nullable=False, server_default="open"),
        sa.Column("whole", ARRAY(sa.Text()), nullable=False, server_default="{}"),
        sa.Column("outcome", sa.Text()),
    )
    op.create_index("exchanges_token_idx", "exchanges", ["token_sha256"])
    op.create_table(
        "exchange_groups",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("parent", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "exchange_price_types",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
    )
    op.create_table(
        "exchange_goods",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Text()),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "exchange_offers",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("good_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("stock", sa.Numeric()),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("stock_seen", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "exchange_prices",
        sa.Column("offer_id", sa.Text(), primary_key=True),
        sa.Column("type_id", sa.Text(), primary_key=True),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    for table in ("prices", "offers", "goods", "price_types", "groups"):
        op.drop_table(f"exchange_{table}")
    op.drop_table("exchanges")

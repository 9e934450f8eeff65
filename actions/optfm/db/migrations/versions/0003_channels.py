"""What the channels keep: messages taken, where a dialog is reached, one-time links."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("channel", sa.Text(), primary_key=True),
        sa.Column("message_id", sa.Text(), primary_key=True),
        sa.Column("dialog", sa.Text(), nullable=False),
        sa.Column(
            "received_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column("answers", JSONB()),
        sa.Column("delivered", sa.SmallInteger(), nullable=False, server_default="0"),
    )
    op.create_index("inbox_received_at_idx", "inbox", ["received_at"])
    op.create_table(
        "dialog_addresses",
        sa.Column("channel", sa.Text(), primary_key=True),
        sa.Column("address", sa.Text(), primary_key=True),
        sa.Column("dialog", sa.Text(), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True)),
    )
    op.create_index("dialog_addresses_dialog_idx", "dialog_addresses", ["dialog"])
    op.create_table(
        "dialog_links",
        sa.Column("token_sha256", sa.String(64), primary_key=True),
        sa.Column("dialog", sa.Text(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    for table in ("dialog_links", "dialog_addresses", "inbox"):
        op.drop_table(table)

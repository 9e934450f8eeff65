"""Keys of the API, what was done with them, and answers to requests that may be repeated."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _now(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now())


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("scopes", ARRAY(sa.Text()), nullable=False),
        _now("created_at"),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("prefix", name="api_keys_prefix_key"),
    )
    op.create_index("api_keys_client_idx", "api_keys", ["client"])
    op.create_table(
        "api_audit",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=True),
        _now("at"),
        sa.Column("client", sa.Text()),
        sa.Column("key_prefix", sa.Text()),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False, server_default="1"),
    )
    op.create_index("api_audit_at_idx", "api_audit", ["at"])
    op.create_table(
        "api_answers",
        sa.Column("client", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        _now("at"),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("status", sa.SmallInteger()),
        sa.Column("headers", JSONB()),
        sa.Column("body", sa.LargeBinary()),
    )
    op.create_index("api_answers_at_idx", "api_answers", ["at"])


def downgrade() -> None:
    for table in ("api_answers", "api_audit", "api_keys"):
        op.drop_table(table)

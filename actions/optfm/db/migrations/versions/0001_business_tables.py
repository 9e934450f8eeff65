"""The business tables (optfm.db.tables)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "logs",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("dialog", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("logs_pkey")),
    )
    op.create_index("logs_at_idx", "logs", ["at"], unique=False)
    op.create_index("logs_dialog_idx", "logs", ["dialog", "at"], unique=False)
    op.create_table(
        "price_lists",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("list_date", sa.Date(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.Column(
            "imported_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("price_lists_pkey")),
    )
    op.create_index(
        "price_lists_one_active", "price_lists", ["active"], unique=True, postgresql_where="active"
    )
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("users_pkey")),
    )
    op.create_index("users_email_idx", "users", ["email"], unique=False)
    op.create_index("users_phone_idx", "users", ["phone"], unique=False)
    op.create_table(
        "dialogs",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("mode", sa.Text(), server_default="bot", nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("mode IN ('bot', 'manager')", name=op.f("dialogs_mode_check")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("dialogs_user_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("dialogs_pkey")),
        sa.UniqueConstraint("channel", "external_id", name="dialogs_channel_external_id_key"),
    )
    op.create_table(
        "price_rows",
        sa.Column("list_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_group", sa.Boolean(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("price", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("status", sa.Text(), server_default="", nullable=False),
        sa.Column("depth", sa.SmallInteger(), nullable=False),
        sa.Column("path", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("is_group OR price > 0", name=op.f("price_rows_price_check")),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["price_lists.id"],
            name=op.f("price_rows_list_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("list_id", "position", name=op.f("price_rows_pkey")),
    )
    op.create_index("price_rows_code_idx", "price_rows", ["list_id", "code"], unique=False)
    op.create_table(
        "price_searches",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("dialog", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("normalised", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Numeric(precision=4, scale=3), nullable=False),
        sa.Column("top_code", sa.Text(), nullable=True),
        sa.Column("list_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "answer IN ('found', 'ask', 'none')", name=op.f("price_searches_answer_check")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["price_lists.id"],
            name=op.f("price_searches_list_id_fkey"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("price_searches_pkey")),
    )
    op.create_index("price_searches_at_idx", "price_searches", ["at"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("dialog_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialog_id"], ["dialogs.id"], name=op.f("consents_dialog_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("consents_user_id_fkey"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("consents_pkey")),
    )
    op.create_table(
        "requests",
        sa.Column("id", sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column("dialog_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("consent_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), server_default="new", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "status IN ('new', 'taken', 'answered', 'closed')", name=op.f("requests_status_check")
        ),
        sa.CheckConstraint(
            "phone IS NOT NULL OR email IS NOT NULL", name=op.f("requests_contact_check")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consents.id"], name=op.f("requests_consent_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["dialog_id"], ["dialogs.id"], name=op.f("requests_dialog_id_fkey")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("requests_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("requests_pkey")),
    )
    op.create_index("requests_dialog_id_idx", "requests", ["dialog_id", "created_at"], unique=False)
    op.create_index("requests_phone_idx", "requests", ["phone", "created_at"], unique=False)


def downgrade() -> None:

    op.drop_index("requests_phone_idx", table_name="requests")
    op.drop_index("requests_dialog_id_idx", table_name="requests")
    op.drop_table("requests")
    op.drop_table("consents")
    op.drop_index("price_searches_at_idx", table_name="price_searches")
    op.drop_table("price_searches")
    op.drop_index("price_rows_code_idx", table_name="price_rows")
    op.drop_table("price_rows")
    op.drop_table("dialogs")
    op.drop_index("users_phone_idx", table_name="users")
    op.drop_index("users_email_idx", table_name="users")
    op.drop_table("users")
    op.drop_index("price_lists_one_active", table_name="price_lists", postgresql_where="active")
    op.drop_table("price_lists")
    op.drop_index("logs_dialog_idx", table_name="logs")
    op.drop_index("logs_at_idx", table_name="logs")
    op.drop_table("logs")

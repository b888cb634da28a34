"""Who sent it: addresses that several people share or that fail, letters to who is not registered, purged bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    _share_addresses()
    op.add_column("outbox", sa.Column("address", sa.Text(), nullable=False, server_default=""))
    op.add_column("blob", sa.Column("gone", sa.String(16), nullable=False, server_default=""))
    op.add_column("partnership", sa.Column("retention", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("inbox", sa.Column("accepted_by", sa.String(64), nullable=False, server_default=""))
    op.add_column("inbox", sa.Column("aside", sa.JSON()))
    op.create_table(
        "known_address",
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("person", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("said_by", sa.String(64), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email", "person"),
    )
    op.create_table(
        "failing_address",
        sa.Column("email", sa.String(320), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_index("ix_inbox_settled_at", "inbox", ["settled_at"])
    op.create_index("ix_outbox_sent_at", "outbox", ["sent_at"])


def _share_addresses() -> None:
    """An address may be several people's: its key is made anew, which SQLite does only with the table."""
    bind = op.get_bind()
    held = [tuple(row) for row in bind.execute(sa.text("SELECT email, person, place FROM address"))]
    op.drop_table("address")
    made = op.create_table(
        "address",
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("person", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("email", "person"),
    )
    if held:
        op.bulk_insert(made, [dict(zip(("email", "person", "place"), row, strict=True)) for row in held])

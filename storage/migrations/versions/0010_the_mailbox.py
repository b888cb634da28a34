"""The mailbox: what is wrong with a door and since when, and messages that were met again under another UID."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "outage",
        sa.Column("part", sa.String(64), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_table(
        "met_again",
        sa.Column("delivery_key", sa.String(512), primary_key=True),
        sa.Column("inbox", sa.Integer(), sa.ForeignKey("inbox.id"), nullable=False),
    )
    op.create_index("ix_inbox_blob", "inbox", ["blob"])

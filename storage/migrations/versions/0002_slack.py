"""Slack: who is met there, messages that are edited in place, files that are fetched."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("person", sa.Column("slack_team", sa.String(length=32)))
    op.add_column("person", sa.Column("slack_conversation", sa.String(length=32)))
    op.add_column("outbox", sa.Column("edits", sa.String(length=512)))
    op.add_column("outbox", sa.Column("faults", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "enclosure",
        sa.Column("inbox", sa.Integer(), nullable=False),
        sa.Column("remote_id", sa.String(length=255), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("blob", sa.String(length=64)),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("inbox", "remote_id", name=op.f("pk_enclosure")),
        sa.ForeignKeyConstraint(["inbox"], ["inbox.id"], name=op.f("fk_enclosure_inbox")),
        sa.ForeignKeyConstraint(["blob"], ["blob.sha256"], name=op.f("fk_enclosure_blob")),
    )

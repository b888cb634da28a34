"""Texts for publication, beside the words that senders wrote."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "publication_text",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("period", sa.String(9), nullable=False),
        sa.Column("measure", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("legal_check", sa.Boolean(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_publication_text_period", "publication_text", ["period"])

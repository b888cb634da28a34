"""Drafts: the pages of a form that were sent in before its last."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("person", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("period", sa.String(9), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", "period", "page"),
    )

"""Going public: the rules of a public export, and words that are held back because they hold personal data."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("partnership", sa.Column("publication", sa.JSON()))
    op.create_table(
        "held_words",
        sa.Column("figure", sa.Integer(), sa.ForeignKey("figure.id"), primary_key=True),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("dealt", sa.String(32)),
        sa.Column("shown", sa.Text(), nullable=False, server_default=""),
    )

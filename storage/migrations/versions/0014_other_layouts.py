"""Other people's layouts: how a sender's own files are to be understood, asked about once and remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "mapping",
        sa.Column("query", sa.Integer(), sa.ForeignKey("query.id"), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("mapping", sa.String(64), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_mapping_person", "mapping", ["person"])

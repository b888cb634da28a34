"""The numbers a sender gave beside the figure, kept with it, each with what it is."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("figure", sa.Column("facts", sa.JSON(), nullable=False, server_default="[]"))

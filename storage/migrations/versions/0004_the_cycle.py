"""The cycle: extensions that were granted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("obligation", sa.Column("extended_to", sa.Date()))

"""By when something is done about a Red figure, as a date."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("plan_for_red", sa.Column("due", sa.Date()))

"""The clock: one unprompted message a person and day, release control, and what lets a tick ask cheap questions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("said_on", sa.Date()))
    op.add_column("outbox", sa.Column("released_by", sa.String(64)))
    op.add_column("outbox", sa.Column("cover", sa.Text(), nullable=False, server_default=""))
    op.create_index("uq_outbox_person_said_on", "outbox", ["person", "said_on"], unique=True)
    # These hold all that claiming and "was told" look at: a row's message is long, and is not read for them.
    op.create_index("ix_outbox_claim", "outbox", ["state", "not_before", "lease_until", "channel"])
    op.create_index("ix_outbox_told", "outbox", ["period", "dedupe_key", "person", "state", "sent_at"])
    op.create_index("ix_obligation_period_person", "obligation", ["period", "person"])
    op.create_index("ix_obligation_period_state", "obligation", ["period", "state"])
    op.create_index("ix_query_period", "query", ["period"])
    op.create_index("ix_audit_action", "audit", ["action"])
    op.add_column("partnership", sa.Column("stamp", sa.String(32), nullable=False, server_default=""))
    op.add_column("partnership", sa.Column("release", sa.JSON(), nullable=False, server_default="{}"))

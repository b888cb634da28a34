"""People: who is away and who stands in, reminders put off, hand-overs, alarms that were told."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("person", sa.Column("deputy", sa.String(64), nullable=False, server_default=""))
    op.add_column("person", sa.Column("left_on", sa.Date()))
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("deputy", sa.String(64), nullable=False),
        sa.Column("said_by", sa.String(64), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_absence_person", "absence", ["person"])
    op.create_table(
        "snooze",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("person", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("measure", sa.String(32), sa.ForeignKey("measure.code"), nullable=False),
        sa.Column("giver", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("taker", sa.String(64), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("since", sa.String(9), nullable=False),
        sa.Column("said_by", sa.String(64), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "alarm",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
    )

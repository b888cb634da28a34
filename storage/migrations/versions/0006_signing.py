"""Signing off, locking, and what comes after: signatures, snapshots, corrections, decisions, plans for what is Red."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _signing()
    _locking()
    _following_up()


def _signing() -> None:
    op.create_table(
        "signoff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("priority", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("at", tables.Moment(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("outstanding", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoff")),
    )
    op.create_index(op.f("ix_signoff_period"), "signoff", ["period"])
    op.create_table(
        "sent_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("figure", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("at", tables.Moment(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_back")),
        sa.ForeignKeyConstraint(["figure"], ["figure.id"], name=op.f("fk_sent_back_figure")),
    )
    op.create_index(op.f("ix_sent_back_period"), "sent_back", ["period"])


def _locking() -> None:
    op.create_table(
        "snapshot",
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("at", tables.Moment(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("period", "number", name=op.f("pk_snapshot")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_snapshot_sha256")),
    )
    op.create_table(
        "reopening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("at", tables.Moment(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("was", sa.Integer()),
        sa.Column("now", sa.Integer()),
        sa.Column("settled_at", tables.Moment()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopening")),
        sa.ForeignKeyConstraint(["was"], ["figure.id"], name=op.f("fk_reopening_was")),
        sa.ForeignKeyConstraint(["now"], ["figure.id"], name=op.f("fk_reopening_now")),
    )
    op.create_index(op.f("ix_reopening_period"), "reopening", ["period"])
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("reported", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_period"), "correction", ["period"])
    op.create_index(op.f("ix_correction_state"), "correction", ["state"])


def _following_up() -> None:
    op.add_column("change_request", sa.Column("state", sa.String(length=16), nullable=False, server_default="open"))
    op.add_column("change_request", sa.Column("decided_by", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("change_request", sa.Column("decided_at", tables.Moment()))
    op.add_column("change_request", sa.Column("decision", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "plan_for_red",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("at", tables.Moment(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("by_when", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_for_red")),
        sa.ForeignKeyConstraint(["submission"], ["inbox.id"], name=op.f("fk_plan_for_red_submission")),
    )
    op.create_index(op.f("ix_plan_for_red_period"), "plan_for_red", ["period"])

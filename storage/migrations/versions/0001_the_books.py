"""The books as they begin."""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Moment(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "door_cursor",
        sa.Column("door", sa.String(length=320), nullable=False),
        sa.Column("folder", sa.String(length=255), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("door", "folder", name=op.f("pk_door_cursor")),
    )
    op.create_table(
        "indicator",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_indicator")),
    )
    op.create_table(
        "partnership",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("timetable", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnership")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "round",
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("opens", tables.Moment(), nullable=False),
        sa.Column("due", tables.Moment(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("period", name=op.f("pk_round")),
    )
    op.create_table(
        "address",
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_address_person")),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_address")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delivery_key", sa.String(length=512), nullable=False),
        sa.Column("door", sa.String(length=16), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.Column("claimed_sender", sa.Text(), nullable=True),
        sa.Column("received_at", tables.Moment(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=True),
        sa.Column("lease_until", tables.Moment(), nullable=True),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("settled_at", tables.Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["blob"], ["blob.sha256"], name=op.f("fk_inbox_blob")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_inbox_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("delivery_key", name=op.f("uq_inbox_delivery_key")),
    )
    op.create_index(op.f("ix_inbox_fingerprint"), "inbox", ["fingerprint"], unique=False)
    op.create_index(op.f("ix_inbox_message_id"), "inbox", ["message_id"], unique=False)
    op.create_index(op.f("ix_inbox_state"), "inbox", ["state"], unique=False)
    op.create_table(
        "measure",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("indicator", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["indicator"], ["indicator.code"], name=op.f("fk_measure_indicator")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_measure")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=255), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("period", tables.Period(), nullable=True),
        sa.Column("not_before", tables.Moment(), nullable=False),
        sa.Column("unprompted", sa.Boolean(), nullable=False),
        sa.Column("in_reply_to", sa.Text(), nullable=True),
        sa.Column("references", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=64), nullable=True),
        sa.Column("lease_until", tables.Moment(), nullable=True),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("planned_at", tables.Moment(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=True),
        sa.Column("external_ref", sa.String(length=512), nullable=True),
        sa.Column("sent_at", tables.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["blob"], ["blob.sha256"], name=op.f("fk_outbox_blob")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_outbox_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_outbox_dedupe_key")),
        sa.UniqueConstraint("token", name=op.f("uq_outbox_token")),
    )
    op.create_index(op.f("ix_outbox_external_ref"), "outbox", ["external_ref"], unique=False)
    op.create_index(op.f("ix_outbox_state"), "outbox", ["state"], unique=False)
    op.create_table(
        "priority",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["lead"], ["person.id"], name=op.f("fk_priority_lead")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_priority")),
    )
    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measure.code"], name=op.f("fk_change_request_measure")),
        sa.ForeignKeyConstraint(["submission"], ["inbox.id"], name=op.f("fk_change_request_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
    )
    op.create_table(
        "definition",
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("from_period", tables.Period(), nullable=False),
        sa.Column("retired_from", tables.Period(), nullable=True),
        sa.Column("priority", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measure.code"], name=op.f("fk_definition_measure")),
        sa.ForeignKeyConstraint(["priority"], ["priority.code"], name=op.f("fk_definition_priority")),
        sa.PrimaryKeyConstraint("measure", "from_period", name=op.f("pk_definition")),
    )
    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("value", tables.Exact(), nullable=True),
        sa.Column("numerator", tables.Exact(), nullable=True),
        sa.Column("denominator", tables.Exact(), nullable=True),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("reference_from", sa.Date(), nullable=True),
        sa.Column("reference_to", sa.Date(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("door", sa.String(length=16), nullable=False),
        sa.Column("said_at", tables.Moment(), nullable=False),
        sa.Column("received_at", tables.Moment(), nullable=False),
        sa.Column("recorded_at", tables.Moment(), nullable=False),
        sa.Column("reader", sa.String(length=64), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["measure"], ["measure.code"], name=op.f("fk_figure_measure")),
        sa.ForeignKeyConstraint(["submission"], ["inbox.id"], name=op.f("fk_figure_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        sa.UniqueConstraint("measure", "period", "version", name=op.f("uq_figure_measure")),
    )
    op.create_index(op.f("ix_figure_period"), "figure", ["period"], unique=False)
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["measure"], ["measure.code"], name=op.f("fk_obligation_measure")),
        sa.ForeignKeyConstraint(["period"], ["round.period"], name=op.f("fk_obligation_period")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_obligation_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("period", "measure", name=op.f("uq_obligation_period")),
    )
    op.create_table(
        "responsibility",
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("since", tables.Period(), nullable=False),
        sa.Column("until", tables.Period(), nullable=True),
        sa.ForeignKeyConstraint(["measure"], ["measure.code"], name=op.f("fk_responsibility_measure")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_responsibility_person")),
        sa.PrimaryKeyConstraint("measure", "person", "since", name=op.f("pk_responsibility")),
    )
    op.create_table(
        "query",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation", sa.Integer(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("period", tables.Period(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("raised_at", tables.Moment(), nullable=False),
        sa.Column("asked_at", tables.Moment(), nullable=False),
        sa.Column("answered_at", tables.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["obligation"], ["obligation.id"], name=op.f("fk_query_obligation")),
        sa.ForeignKeyConstraint(["submission"], ["inbox.id"], name=op.f("fk_query_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_query")),
    )

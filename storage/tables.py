"""The tables of the books. Decimals and quarters are text: exact, and the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from collector.domain.period import Quarter


class Moment(sa.TypeDecorator[datetime]):
    """A moment, always UTC inside and always with a zone outside (SQLite would hand back a naive one)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse a moment without a zone: it could be off by an hour all summer."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment on the books needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(sa.TypeDecorator[Decimal]):
    """An exact decimal, kept as text."""

    impl = sa.String(64)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> str | None:
        """Write all digits and no exponent."""
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        """Read it back as it was written."""
        return None if value is None else Decimal(value)


@lru_cache(maxsize=512)
def _quarter(key: str) -> Quarter:
    return Quarter.parse(key)


class Period(sa.TypeDecorator[Quarter]):
    """A quarter, kept as "2015-16Q2", which sorts as time does."""

    impl = sa.String(9)
    cache_ok = True

    def process_bind_param(self, value: Quarter | None, dialect: sa.Dialect) -> str | None:
        """The quarter's key."""
        return None if value is None else value.key

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Quarter | None:
        """The quarter again."""
        return None if value is None else _quarter(value)


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

blob = sa.Table(
    "blob",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Column("gone", sa.String(16), nullable=False, server_default=""),
)

partnership = sa.Table(
    "partnership",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("plan", sa.Text, nullable=False),
    sa.Column("mailbox", sa.Text, nullable=False),
    sa.Column("timetable", sa.JSON, nullable=False),
    sa.Column("stamp", sa.String(32), nullable=False, server_default=""),
    sa.Column("release", sa.JSON, nullable=False, server_default="{}"),
    sa.Column("retention", sa.JSON, nullable=False, server_default="{}"),
    sa.Column("publication", sa.JSON(none_as_null=True)),
)

person = sa.Table(
    "person",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("role", sa.String(32), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False, default=True),
    sa.Column("slack_team", sa.String(32)),
    sa.Column("slack_conversation", sa.String(32)),
    sa.Column("deputy", sa.String(64), nullable=False, server_default=""),
    sa.Column("left_on", sa.Date),
)

address = sa.Table(
    "address",
    metadata,
    sa.Column("email", sa.String(320), primary_key=True),
    sa.Column("person", sa.ForeignKey("person.id"), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
)

known_address = sa.Table(
    "known_address",
    metadata,
    sa.Column("email", sa.String(320), primary_key=True),
    sa.Column("person", sa.ForeignKey("person.id"), primary_key=True),
    sa.Column("said_by", sa.String(64), nullable=False),
    sa.Column("said_at", Moment, nullable=False),
)

failing_address = sa.Table(
    "failing_address",
    metadata,
    sa.Column("email", sa.String(320), primary_key=True),
    sa.Column("since", Moment, nullable=False),
    sa.Column("last", Moment, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)

absence = sa.Table(
    "absence",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("person", sa.ForeignKey("person.id"), nullable=False, index=True),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
    sa.Column("deputy", sa.String(64), nullable=False),
    sa.Column("said_by", sa.String(64), nullable=False),
    sa.Column("said_at", Moment, nullable=False),
    sa.Column("proposed", sa.Boolean, nullable=False),
)

snooze = sa.Table(
    "snooze",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("person", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("until", sa.Date, nullable=False),
    sa.Column("said_at", Moment, nullable=False),
)

hand_over = sa.Table(
    "hand_over",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("measure", sa.ForeignKey("measure.code"), nullable=False),
    sa.Column("giver", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("taker", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("since", Period, nullable=False),
    sa.Column("said_by", sa.String(64), nullable=False),
    sa.Column("said_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
)

alarm = sa.Table(
    "alarm",
    metadata,
    sa.Column("key", sa.String(255), primary_key=True),
    sa.Column("told_at", Moment, nullable=False),
)

priority = sa.Table(
    "priority",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("lead", sa.ForeignKey("person.id"), nullable=False),
)

indicator = sa.Table("indicator", metadata, sa.Column("code", sa.String(32), primary_key=True))

measure = sa.Table(
    "measure",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("indicator", sa.ForeignKey("indicator.code"), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
)

definition = sa.Table(
    "definition",
    metadata,
    sa.Column("measure", sa.ForeignKey("measure.code"), primary_key=True),
    sa.Column("from_period", Period, primary_key=True),
    sa.Column("retired_from", Period),
    sa.Column("priority", sa.ForeignKey("priority.code"), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("unit", sa.String(32), nullable=False),
    sa.Column("content", sa.JSON, nullable=False),
)

responsibility = sa.Table(
    "responsibility",
    metadata,
    sa.Column("measure", sa.ForeignKey("measure.code"), primary_key=True),
    sa.Column("person", sa.ForeignKey("person.id"), primary_key=True),
    sa.Column("since", Period, primary_key=True),
    sa.Column("until", Period),
)

round_ = sa.Table(
    "round",
    metadata,
    sa.Column("period", Period, primary_key=True),
    sa.Column("opens", Moment, nullable=False),
    sa.Column("due", Moment, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
)

obligation = sa.Table(
    "obligation",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("period", sa.ForeignKey("round.period"), nullable=False),
    sa.Column("measure", sa.ForeignKey("measure.code"), nullable=False),
    sa.Column("person", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("expected_on", sa.Date),
    sa.Column("extended_to", sa.Date),
    sa.UniqueConstraint("period", "measure"),
    sa.Index("ix_obligation_period_person", "period", "person"),
    sa.Index("ix_obligation_period_state", "period", "state"),
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("delivery_key", sa.String(512), nullable=False, unique=True),
    sa.Column("door", sa.String(16), nullable=False),
    sa.Column("blob", sa.ForeignKey("blob.sha256"), nullable=False, index=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("cut", sa.Boolean, nullable=False),
    sa.Column("claimed_sender", sa.Text),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("worker", sa.String(64)),
    sa.Column("lease_until", Moment),
    sa.Column("person", sa.ForeignKey("person.id")),
    sa.Column("message_id", sa.Text, index=True),
    sa.Column("fingerprint", sa.String(64), index=True),
    sa.Column("outcome", sa.String(16)),
    sa.Column("settled_at", Moment, index=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("accepted_by", sa.String(64), nullable=False, server_default=""),
    sa.Column("aside", sa.JSON),
)

enclosure = sa.Table(
    "enclosure",
    metadata,
    sa.Column("inbox", sa.ForeignKey("inbox.id"), primary_key=True),
    sa.Column("remote_id", sa.String(255), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("content_type", sa.Text, nullable=False),
    sa.Column("blob", sa.ForeignKey("blob.sha256")),
    sa.Column("missing", sa.Text, nullable=False),
)

figure = sa.Table(
    "figure",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("measure", sa.ForeignKey("measure.code"), nullable=False),
    sa.Column("period", Period, nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("status", sa.String(32), nullable=False),
    sa.Column("value", Exact),
    sa.Column("numerator", Exact),
    sa.Column("denominator", Exact),
    sa.Column("basis", sa.String(32), nullable=False),
    sa.Column("reference_from", sa.Date),
    sa.Column("reference_to", sa.Date),
    sa.Column("expected_on", sa.Date),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("submission", sa.ForeignKey("inbox.id"), nullable=False),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("door", sa.String(16), nullable=False),
    sa.Column("said_at", Moment, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("recorded_at", Moment, nullable=False),
    sa.Column("reader", sa.String(64), nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("facts", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("late", sa.Boolean, nullable=False),
    sa.UniqueConstraint("measure", "period", "version"),
)

held_words = sa.Table(
    "held_words",
    metadata,
    sa.Column("figure", sa.ForeignKey("figure.id"), primary_key=True),
    sa.Column("kinds", sa.JSON, nullable=False),
    sa.Column("dealt", sa.String(32)),
    sa.Column("shown", sa.Text, nullable=False, server_default=""),
)

publication_text = sa.Table(
    "publication_text",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("period", Period, nullable=False, index=True),
    sa.Column("measure", sa.String(64), nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("legal_check", sa.Boolean, nullable=False),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
)

query = sa.Table(
    "query",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("obligation", sa.ForeignKey("obligation.id"), nullable=False),
    sa.Column("submission", sa.ForeignKey("inbox.id"), nullable=False),
    sa.Column("period", Period, nullable=False, index=True),
    sa.Column("measure", sa.String(32), nullable=False),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("quoted", sa.Text, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Column("choices", sa.JSON, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("raised_at", Moment, nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("answered_at", Moment),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("dedupe_key", sa.String(255), nullable=False, unique=True),
    sa.Column("person", sa.ForeignKey("person.id"), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("message", sa.JSON, nullable=False),
    sa.Column("period", Period),
    sa.Column("not_before", Moment, nullable=False),
    sa.Column("unprompted", sa.Boolean, nullable=False),
    sa.Column("in_reply_to", sa.Text),
    sa.Column("references", sa.JSON, nullable=False),
    sa.Column("edits", sa.String(512)),
    sa.Column("faults", sa.Integer, nullable=False, server_default="0"),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("worker", sa.String(64)),
    sa.Column("lease_until", Moment),
    sa.Column("token", sa.String(64), nullable=False, unique=True),
    sa.Column("planned_at", Moment, nullable=False),
    sa.Column("blob", sa.ForeignKey("blob.sha256")),
    sa.Column("external_ref", sa.String(512), index=True),
    sa.Column("sent_at", Moment, index=True),
    sa.Column("said_on", sa.Date),
    sa.Column("released_by", sa.String(64)),
    sa.Column("cover", sa.Text, nullable=False, server_default=""),
    sa.Column("address", sa.Text, nullable=False, server_default=""),
    sa.Index("ix_outbox_claim", "state", "not_before", "lease_until", "channel"),
    sa.Index("ix_outbox_told", "period", "dedupe_key", "person", "state", "sent_at"),
    sa.Index("uq_outbox_person_said_on", "person", "said_on", unique=True),
)

change_request = sa.Table(
    "change_request",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("measure", sa.ForeignKey("measure.code"), nullable=False),
    sa.Column("period", Period, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("submission", sa.ForeignKey("inbox.id"), nullable=False),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("state", sa.String(16), nullable=False, server_default="open"),
    sa.Column("decided_by", sa.String(64), nullable=False, server_default=""),
    sa.Column("decided_at", Moment),
    sa.Column("decision", sa.Text, nullable=False, server_default=""),
)

plan_for_red = sa.Table(
    "plan_for_red",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("period", Period, nullable=False, index=True),
    sa.Column("measure", sa.String(32), nullable=False),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("submission", sa.ForeignKey("inbox.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("by_when", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("due", sa.Date),
)

signoff = sa.Table(
    "signoff",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("period", Period, nullable=False, index=True),
    sa.Column("priority", sa.String(32), nullable=False),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("figures", sa.JSON, nullable=False),
    sa.Column("outstanding", sa.JSON, nullable=False),
)

sent_back = sa.Table(
    "sent_back",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("period", Period, nullable=False, index=True),
    sa.Column("measure", sa.String(32), nullable=False),
    sa.Column("figure", sa.ForeignKey("figure.id"), nullable=False),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

snapshot = sa.Table(
    "snapshot",
    metadata,
    sa.Column("period", Period, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.ForeignKey("blob.sha256"), nullable=False),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

reopening = sa.Table(
    "reopening",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("period", Period, nullable=False, index=True),
    sa.Column("measure", sa.String(32), nullable=False),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("was", sa.ForeignKey("figure.id")),
    sa.Column("now", sa.ForeignKey("figure.id")),
    sa.Column("settled_at", Moment),
)

correction = sa.Table(
    "correction",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("period", Period, nullable=False, index=True),
    sa.Column("measure", sa.String(32), nullable=False),
    sa.Column("reported", sa.JSON, nullable=False),
    sa.Column("source", sa.JSON, nullable=False),
    sa.Column("late", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
)

mapping = sa.Table(
    "mapping",
    metadata,
    sa.Column("query", sa.ForeignKey("query.id"), primary_key=True),
    sa.Column("person", sa.ForeignKey("person.id"), nullable=False, index=True),
    sa.Column("mapping", sa.String(64), nullable=False),
    sa.Column("value", Exact, nullable=False),
    sa.Column("confirmed_at", Moment),
)

door_cursor = sa.Table(
    "door_cursor",
    metadata,
    sa.Column("door", sa.String(320), primary_key=True),
    sa.Column("folder", sa.String(255), primary_key=True),
    sa.Column("uidvalidity", sa.BigInteger, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
)

outage = sa.Table(
    "outage",
    metadata,
    sa.Column("part", sa.String(64), primary_key=True),
    sa.Column("since", Moment, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)

edition = sa.Table(
    "edition",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("stamp", sa.String(32), nullable=False),
)

met_again = sa.Table(
    "met_again",
    metadata,
    sa.Column("delivery_key", sa.String(512), primary_key=True),
    sa.Column("inbox", sa.ForeignKey("inbox.id"), nullable=False),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False, index=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("person", sa.ForeignKey("person.id"), primary_key=True),
    sa.Column("period", Period, primary_key=True),
    sa.Column("page", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("fields", sa.JSON, nullable=False),
    sa.Column("saved_at", Moment, nullable=False),
)

"""What goes out: planned once under a unique key, claimed under a lease, sent with bytes that never change."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from collector.books import OutboxRow, OutboxState, Planned, Told
from collector.domain.period import Quarter
from collector.ports import ClaimLost
from storage.codec import dump_message, load_message
from storage.dialect import insert_new
from storage.tables import outbox

#: What is still to go out, or may be on its way.
WAITING = (OutboxState.DUE, OutboxState.HELD, OutboxState.SENDING)


def _row(row: sa.Row[tuple[object, ...]]) -> OutboxRow:
    f = row._mapping
    planned = Planned(
        dedupe_key=f["dedupe_key"],
        person=f["person"],
        message=load_message(f["message"]),
        not_before=f["not_before"],
        unprompted=f["unprompted"],
        period=f["period"],
        in_reply_to=f["in_reply_to"],
        references=tuple(f["references"]),
        channel=f["channel"],
        edits=f["edits"],
        cover=f["cover"],
        address=f["address"],
    )
    kept = ("id", "attempts", "faults", "token", "planned_at", "blob", "external_ref", "sent_at", "released_by")
    return OutboxRow(planned=planned, state=OutboxState(f["state"]), **{name: f[name] for name in kept})


def _content(planned: Planned) -> dict[str, object]:
    return {
        "person": planned.person,
        "channel": planned.channel,
        "message": dump_message(planned.message),
        "period": planned.period,
        "not_before": planned.not_before,
        "unprompted": planned.unprompted,
        "in_reply_to": planned.in_reply_to,
        "references": list(planned.references),
        "edits": planned.edits,
        "cover": planned.cover,
        "address": planned.address,
    }


class SqlOutbox:
    """The outbox over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def plan(self, planned: Planned, now: datetime) -> bool:
        """Plan a message unless its key was ever planned before; whether it is new."""
        values = {
            "dedupe_key": planned.dedupe_key,
            "state": OutboxState.DUE,
            "attempts": 0,
            "faults": 0,
            # 26 letters and digits, about 130 bits: a reply that carries it was written to our message.
            "token": secrets.token_hex(13),
            "planned_at": now,
            **_content(planned),
        }
        return insert_new(self._connection, outbox, values, outbox.c.dedupe_key) is not None

    def claim(
        self, worker: str, now: datetime, lease: timedelta, channels: Sequence[str] = (), answers_only: bool = False
    ) -> OutboxRow | None:
        """Take the oldest message that is due, or one whose sender's lease has run out; of these channels, if given.

        With `answers_only` nothing is taken that we say unprompted.
        """
        unheld = sa.or_(outbox.c.lease_until.is_(None), outbox.c.lease_until < now)
        free = sa.and_(outbox.c.state.in_((OutboxState.DUE, OutboxState.SENDING)), outbox.c.not_before <= now, unheld)
        if channels:
            free = sa.and_(free, outbox.c.channel.in_(channels))
        if answers_only:
            free = sa.and_(free, ~outbox.c.unprompted)
        pick = sa.select(outbox.c.id).where(free).order_by(outbox.c.not_before, outbox.c.id).limit(1)
        taken = self._connection.execute(
            sa.update(outbox)
            .where(outbox.c.id == pick.scalar_subquery(), free)
            .values(worker=worker, lease_until=now + lease, attempts=outbox.c.attempts + 1)
            .returning(outbox.c.id)
        ).scalar_one_or_none()
        if taken is None:
            return None
        return _row(self._connection.execute(sa.select(outbox).where(outbox.c.id == taken)).one())

    def rewrite(self, row: int, planned: Planned) -> None:
        """Bring a message that was not rendered yet up to date."""
        unsent = sa.and_(outbox.c.id == row, outbox.c.blob.is_(None))
        self._connection.execute(sa.update(outbox).where(unsent).values(**_content(planned)))

    def reroute(self, row: int, worker: str, planned: Planned, now: datetime) -> None:
        """Begin anew on another channel: the bytes that were made for the first are no longer what is sent."""
        values = {**_content(planned), "not_before": now}
        self._held(row, worker, state=OutboxState.DUE, blob=None, attempts=0, lease_until=None, **values)

    def sending(self, row: int, worker: str, blob: str, said_on: date | None = None) -> None:
        """Its bytes are kept: from here on they are what is sent, however often.

        `said_on` is the day that an unprompted message takes of its person: no other can take it too.
        """
        self._held(row, worker, state=OutboxState.SENDING, blob=blob, said_on=said_on)

    def spoken_to(self, person: str, day: date, besides: int) -> bool:
        """Whether another unprompted message was handed to somebody that day."""
        other = sa.and_(outbox.c.person == person, outbox.c.said_on == day, outbox.c.id != besides)
        return self._connection.execute(sa.select(outbox.c.id).where(other)).first() is not None

    def sent(self, row: int, external_ref: str, now: datetime) -> None:
        """It is out: note what the outside calls it."""
        self._connection.execute(
            sa.update(outbox)
            .where(outbox.c.id == row)
            .values(state=OutboxState.SENT, external_ref=external_ref, sent_at=now, worker=None, lease_until=None)
        )

    def hold(self, row: int) -> bool:
        """Let a message wait for the coordinator's release; False when it is on its way already."""
        return self._moved(row, OutboxState.DUE, state=OutboxState.HELD, lease_until=None, worker=None)

    def release(self, row: int, by: str) -> bool:
        """Let a message go that was held; False when it is held no longer."""
        return self._moved(row, OutboxState.HELD, state=OutboxState.DUE, released_by=by)

    def drop(self, row: int) -> bool:
        """A message that is held goes nowhere; False when it is held no longer."""
        return self._moved(row, OutboxState.HELD, state=OutboxState.CANCELLED)

    def cover(self, row: int, words: str) -> None:
        """Put words before a message that is held."""
        self._moved(row, OutboxState.HELD, cover=words)

    def held(self) -> Sequence[OutboxRow]:
        """What waits for the coordinator's release."""
        found = sa.select(outbox).where(outbox.c.state == OutboxState.HELD).order_by(outbox.c.id)
        return [_row(row) for row in self._connection.execute(found)]

    def get(self, row: int) -> OutboxRow | None:
        """One message by its number."""
        found = self._connection.execute(sa.select(outbox).where(outbox.c.id == row)).first()
        return None if found is None else _row(found)

    def _moved(self, row: int, here: OutboxState, **values: object) -> bool:
        found = sa.and_(outbox.c.id == row, outbox.c.state == here)
        return self._connection.execute(sa.update(outbox).where(found).values(**values)).rowcount == 1

    def postpone(self, row: int, worker: str, not_before: datetime, fault: bool = False) -> None:
        """Try again later; a `fault` is our own, not the outside's asking us to wait."""
        faults = outbox.c.faults + 1 if fault else outbox.c.faults
        self._held(row, worker, not_before=not_before, lease_until=None, faults=faults)

    def cancel(self, row: int, worker: str) -> None:
        """It is no longer wanted."""
        self._held(row, worker, state=OutboxState.CANCELLED)

    def fail(self, row: int, worker: str) -> None:
        """The outside refused it for good."""
        self._held(row, worker, state=OutboxState.FAILED)

    def _held(self, row: int, worker: str, **values: object) -> None:
        done = self._connection.execute(
            sa.update(outbox).where(outbox.c.id == row, outbox.c.worker == worker).values(**values)
        )
        if done.rowcount != 1:
            raise ClaimLost(f"outbox row {row} is no longer held by {worker}")

    def by_references(self, references: Sequence[str]) -> OutboxRow | None:
        """The newest message of ours that a reply refers to.

        In mail the token is the local part of our Message-IDs; elsewhere the outside's name for it counts.
        """
        tokens = [reference.strip("<> ").partition("@")[0] for reference in references]
        ours = sa.or_(outbox.c.token.in_(tokens), outbox.c.external_ref.in_(references))
        found = sa.select(outbox).where(ours).order_by(outbox.c.id.desc()).limit(1)
        row = self._connection.execute(found).first()
        return None if row is None else _row(row)

    def by_reference(self, person: str, name: str) -> OutboxRow | None:
        """The newest message to somebody that goes by a reference in its subject: "R-4M7PQ2" or "3F09AB"."""
        receipt = outbox.c.message["reference"].as_string() == name
        named = receipt if name.startswith("R-") else outbox.c.token.startswith(name.lower(), autoescape=True)
        found = sa.select(outbox).where(outbox.c.person == person, named).order_by(outbox.c.id.desc()).limit(1)
        row = self._connection.execute(found).first()
        return None if row is None else _row(row)

    def sent_between(self, people: Sequence[str], after: datetime, before: datetime) -> bool:
        """Whether a mail to one of these people went out between two moments."""
        span = sa.and_(outbox.c.sent_at > after, outbox.c.sent_at < before)
        mailed = sa.and_(outbox.c.state == OutboxState.SENT, outbox.c.channel == "mail", outbox.c.address == "")
        found = sa.select(outbox.c.id).where(outbox.c.person.in_(people), span, mailed)
        return self._connection.execute(found.limit(1)).first() is not None

    def answered_since(self, person: str, moment: datetime) -> int:
        """How many answers to what somebody sent by mail were planned since a moment."""
        answers = sa.and_(outbox.c.dedupe_key.startswith("answer:"), outbox.c.channel == "mail")
        found = sa.select(sa.func.count()).where(answers, outbox.c.person == person, outbox.c.planned_at >= moment)
        return self._connection.execute(found).scalar_one()

    def rows(self, period: Quarter | None = None) -> Sequence[OutboxRow]:
        """All messages, or those of one round, in the order they were planned."""
        found = sa.select(outbox).order_by(outbox.c.id)
        if period is not None:
            found = found.where(outbox.c.period == period)
        return [_row(row) for row in self._connection.execute(found)]

    def sent_under(self, prefix: str, period: Quarter | None) -> Sequence[OutboxRow]:
        """Messages of a round that went out under keys that begin so, in the order they were planned."""
        found = sa.select(outbox).where(_begins(prefix, period), outbox.c.state == OutboxState.SENT)
        return [_row(row) for row in self._connection.execute(found.order_by(outbox.c.id))]

    def stuck(self, since: datetime) -> Sequence[OutboxRow]:
        """Messages that were planned before a moment, were handed to the outside, and are still not out."""
        still = sa.and_(outbox.c.state == OutboxState.SENDING, outbox.c.planned_at < since)
        found = sa.select(outbox).where(still).order_by(outbox.c.id)
        return [_row(row) for row in self._connection.execute(found)]

    def has(self, dedupe_key: str) -> bool:
        """Whether a key was planned before."""
        found = sa.select(outbox.c.id).where(outbox.c.dedupe_key == dedupe_key)
        return self._connection.execute(found).first() is not None

    def last_planned(self, prefix: str, period: Quarter | None = None) -> datetime | None:
        """When the last message of a round, or of none, whose key begins so was planned, of those that went out.

        What still waits counts as untold: it is overtaken by the next.
        """
        out = outbox.c.state.in_((OutboxState.SENDING, OutboxState.SENT, OutboxState.FAILED))
        found = sa.select(sa.func.max(outbox.c.planned_at)).where(_begins(prefix, period), out)
        moment: datetime | None = self._connection.execute(found).scalar_one()
        return moment

    def told(self, prefix: str, period: Quarter) -> Mapping[str, Told]:
        """By person: when a message whose key begins so was sent last, and whether one still waits to go."""
        waits = sa.func.max(sa.case((outbox.c.state.in_(WAITING), 1), else_=0))
        found = sa.select(outbox.c.person, waits.label("waits"), sa.func.max(outbox.c.sent_at).label("last"))
        found = found.where(_begins(prefix, period)).group_by(outbox.c.person)
        return {row.person: Told(bool(row.waits), row.last) for row in self._connection.execute(found)}

    def last(self, prefix: str, period: Quarter | None) -> tuple[int, OutboxRow | None]:
        """How many messages of a round have a key that begins so, and the one that was planned last."""
        found = sa.select(sa.func.count(), sa.func.max(outbox.c.id)).where(_begins(prefix, period))
        count, newest = self._connection.execute(found).one()
        if newest is None:
            return 0, None
        return count, _row(self._connection.execute(sa.select(outbox).where(outbox.c.id == newest)).one())

    def overtake(self, prefix: str, period: Quarter | None, person: str, kept: str) -> int:
        """Drop what waits for somebody under keys that begin so: `kept` takes its place. How many were dropped.

        What has been handed to the outside before goes on.
        """
        older = sa.and_(_begins(prefix, period), outbox.c.person == person, outbox.c.dedupe_key != kept)
        waits = sa.and_(older, outbox.c.state.in_((OutboxState.DUE, OutboxState.HELD)))
        return self._connection.execute(sa.update(outbox).where(waits).values(state=OutboxState.CANCELLED)).rowcount


def _begins(prefix: str, period: Quarter | None) -> sa.ColumnElement[bool]:
    """Messages of a round, or of none, by the beginning of their key; the round narrows it down by an index."""
    return sa.and_(outbox.c.period == period, outbox.c.dedupe_key.startswith(prefix, autoescape=True))

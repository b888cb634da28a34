"""Signatures, snapshots of locked rounds, figures opened again, and corrections that wait for the coordinator."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from collector.domain.figure import Reported, Source
from collector.domain.period import Quarter
from collector.domain.signing import Correction, CorrectionState, Reopening, SentBack, SignOff, Snapshot
from storage.codec import reported as reported_codec
from storage.codec import sources as source_codec
from storage.tables import correction, reopening, sent_back, signoff, snapshot

_SIGNED = ("period", "priority", "person", "at")
_SENT_BACK = ("period", "measure", "figure", "person", "at", "reason")
_SNAPSHOT = ("period", "number", "sha256", "person", "at", "reason")


class SqlSignOffs:
    """Signatures and figures sent back, over one connection; rows are only ever added."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def sign(self, signed: SignOff) -> None:
        """Add a signature."""
        values = {name: getattr(signed, name) for name in _SIGNED}
        values |= {"figures": [list(pair) for pair in signed.figures], "outstanding": list(signed.outstanding)}
        self._connection.execute(sa.insert(signoff).values(values))

    def all(self, period: Quarter) -> Sequence[SignOff]:
        """The signatures of a round, the oldest first."""
        found = sa.select(signoff).where(signoff.c.period == period).order_by(signoff.c.id)
        return [
            SignOff(
                r.period,
                r.priority,
                r.person,
                r.at,
                tuple((code, number) for code, number in r.figures),
                tuple(r.outstanding),
            )
            for r in self._connection.execute(found)
        ]

    def send_back(self, sent: SentBack) -> None:
        """Note that a figure was given back."""
        self._connection.execute(sa.insert(sent_back).values({name: getattr(sent, name) for name in _SENT_BACK}))

    def sent_back(self, period: Quarter) -> Sequence[SentBack]:
        """What was sent back in a round, the oldest first."""
        found = sa.select(sent_back).where(sent_back.c.period == period).order_by(sent_back.c.id)
        return [SentBack(*(row._mapping[name] for name in _SENT_BACK)) for row in self._connection.execute(found)]


class SqlLocks:
    """Snapshots, reopened figures and waiting corrections over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def seal(self, sealed: Snapshot) -> None:
        """Add a snapshot; its number must be new."""
        self._connection.execute(sa.insert(snapshot).values({name: getattr(sealed, name) for name in _SNAPSHOT}))

    def snapshots(self, period: Quarter) -> Sequence[Snapshot]:
        """The snapshots of a round, the first lock's first."""
        found = sa.select(snapshot).where(snapshot.c.period == period).order_by(snapshot.c.number)
        return [Snapshot(*(row._mapping[name] for name in _SNAPSHOT)) for row in self._connection.execute(found)]

    def reopen(self, period: Quarter, measure: str, person: str, now: datetime, reason: str, was: int | None) -> int:
        """Open one figure again; its number."""
        values = {"period": period, "measure": measure, "person": person, "at": now, "reason": reason, "was": was}
        made = self._connection.execute(sa.insert(reopening).values(values).returning(reopening.c.id))
        return int(made.scalar_one())

    def settle(self, reopening_id: int, figure: int, now: datetime) -> None:
        """The figure for which it was opened has come: it is shut again."""
        changed = sa.update(reopening).where(reopening.c.id == reopening_id)
        self._connection.execute(changed.values(now=figure, settled_at=now))

    def reopenings(self, period: Quarter) -> Sequence[Reopening]:
        """The figures of a round that were opened again, the first first."""
        return self._reopenings(reopening.c.period == period)

    def settled_since(self, moment: datetime) -> Sequence[Reopening]:
        """The figures of every round that were restated since a moment."""
        return self._reopenings(reopening.c.settled_at > moment)

    def _reopenings(self, *where: sa.ColumnElement[bool]) -> list[Reopening]:
        found = sa.select(reopening).where(*where).order_by(reopening.c.id)
        return [Reopening(**row._mapping) for row in self._connection.execute(found)]

    def wait(self, reported: Reported, source: Source, late: bool) -> Correction:
        """Keep a figure for the coordinator; one that waited before for the same measure is overtaken."""
        same = sa.and_(correction.c.period == reported.period, correction.c.measure == reported.measure)
        waits = sa.and_(same, correction.c.state == CorrectionState.WAITING)
        self._connection.execute(sa.update(correction).where(waits).values(state=CorrectionState.OVERTAKEN))
        values = {
            "period": reported.period,
            "measure": reported.measure,
            "reported": reported_codec.dump(reported),
            "source": source_codec.dump(source),
            "late": late,
            "state": CorrectionState.WAITING,
        }
        made = self._connection.execute(sa.insert(correction).values(values).returning(correction.c.id))
        return Correction(made.scalar_one(), reported, source, late)

    def corrections(self, period: Quarter) -> Sequence[Correction]:
        """Every correction that came for a closed round, the first first."""
        return self._corrections(correction.c.period == period)

    def waiting(self) -> Sequence[Correction]:
        """What waits for the coordinator, of all rounds."""
        return self._corrections(correction.c.state == CorrectionState.WAITING)

    def close(self, correction_id: int, state: CorrectionState) -> None:
        """The coordinator has decided."""
        changed = sa.update(correction).where(correction.c.id == correction_id)
        self._connection.execute(changed.values(state=state))

    def _corrections(self, *where: sa.ColumnElement[bool]) -> list[Correction]:
        found = sa.select(correction).where(*where).order_by(correction.c.id)
        return [
            Correction(
                r.id,
                reported_codec.load(r.reported),
                source_codec.load(r.source),
                r.late,
                CorrectionState(r.state),
            )
            for r in self._connection.execute(found)
        ]

"""Who is away and who stands in, reminders that were put off, hand-overs, and the alarms that were told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from collector.domain.absence import Absence, HandedOver, PutOff
from storage.dialect import upsert
from storage.tables import absence, alarm, hand_over, snooze


class SqlPeople:
    """What is known of people beside the definition file, over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def absences(self) -> Sequence[Absence]:
        """All absences, in the order in which they were said."""
        rows = self._connection.execute(sa.select(absence).order_by(absence.c.id))
        return [Absence(**row._mapping) for row in rows]

    def add_absence(self, said: Absence) -> None:
        """Somebody is away, or an automatic reply says so; its id is given here."""
        names = ("person", "since", "until", "deputy", "said_by", "said_at", "proposed")
        values = {name: getattr(said, name) for name in names}
        self._connection.execute(sa.insert(absence).values(values))

    def end_absence(self, absence_id: int, until: date) -> None:
        """It ends with this day."""
        self._connection.execute(sa.update(absence).where(absence.c.id == absence_id).values(until=until))

    def drop_absence(self, absence_id: int) -> None:
        """It never began, or was only proposed."""
        self._connection.execute(sa.delete(absence).where(absence.c.id == absence_id))

    def snoozes(self) -> Sequence[PutOff]:
        """All reminders that were put off, in the order in which it was said."""
        rows = self._connection.execute(sa.select(snooze).order_by(snooze.c.id))
        return [PutOff(row.person, row.until, row.said_at) for row in rows]

    def add_snooze(self, said: PutOff) -> None:
        """Somebody is not to be reminded before a day."""
        values = {"person": said.person, "until": said.until, "said_at": said.said_at}
        self._connection.execute(sa.insert(snooze).values(values))

    def hand_overs(self) -> Sequence[HandedOver]:
        """The hand-overs that still count, in the order in which they were said."""
        found = sa.select(hand_over).where(hand_over.c.ended_at.is_(None)).order_by(hand_over.c.id)
        return [
            HandedOver(r.id, r.measure, r.giver, r.taker, r.since, r.said_by, r.said_at)
            for r in self._connection.execute(found)
        ]

    def add_hand_over(self, said: HandedOver) -> None:
        """A measure is somebody else's; its id is given here."""
        names = ("measure", "giver", "taker", "since", "said_by", "said_at")
        values = {name: getattr(said, name) for name in names}
        self._connection.execute(sa.insert(hand_over).values(values))

    def end_hand_over(self, hand_over_id: int, now: datetime) -> None:
        """The file says otherwise by now."""
        self._connection.execute(sa.update(hand_over).where(hand_over.c.id == hand_over_id).values(ended_at=now))

    def alarms(self) -> Mapping[str, datetime]:
        """When each alarm that lasts was told last."""
        return {row.key: row.told_at for row in self._connection.execute(sa.select(alarm))}

    def alarm_told(self, key: str, now: datetime) -> None:
        """The coordinator is told of it now."""
        upsert(self._connection, alarm, {"key": key, "told_at": now}, alarm.c.key)

    def alarm_over(self, key: str) -> None:
        """It lasts no longer: should it come back, it is told anew."""
        self._connection.execute(sa.delete(alarm).where(alarm.c.key == key))

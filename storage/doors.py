"""What is wrong with a door, and since when."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from collector.books import Outage
from storage.dialect import insert_if_absent
from storage.tables import outage


class SqlOutages:
    """Parts that don't work now, over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def begin(self, part: str, now: datetime, words: str) -> bool:
        """Note what is wrong; whether it worked until now. The moment since when it lasts stays the first one."""
        values = {"part": part, "since": now, "words": words}
        if insert_if_absent(self._connection, outage, values, outage.c.part):
            return True
        self._connection.execute(sa.update(outage).where(outage.c.part == part).values(words=words))
        return False

    def end(self, part: str) -> datetime | None:
        """It works again; since when it had not, None where it had all along."""
        gone = sa.delete(outage).where(outage.c.part == part).returning(outage.c.since)
        since: datetime | None = self._connection.execute(gone).scalar_one_or_none()
        return since

    def all(self) -> Sequence[Outage]:
        """What doesn't work now, the oldest first."""
        found = sa.select(outage).order_by(outage.c.since)
        return [Outage(row.part, row.since, row.words) for row in self._connection.execute(found)]

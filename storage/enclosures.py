"""Files that messages only named: each is kept once it was fetched, before anything reads it."""

from collections.abc import Sequence

import sqlalchemy as sa

from collector.books import Enclosure
from storage.dialect import insert_if_absent
from storage.tables import enclosure

_FIELDS = ("remote_id", "name", "content_type", "blob", "missing")


class SqlEnclosures:
    """Fetched files over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, inbox_row: int, place: int, fetched: Enclosure) -> None:
        """Keep what became of a file; a second fetch of the same file changes nothing."""
        values = {"inbox": inbox_row, "place": place, **{name: getattr(fetched, name) for name in _FIELDS}}
        insert_if_absent(self._connection, enclosure, values, enclosure.c.inbox, enclosure.c.remote_id)

    def of(self, inbox_row: int) -> Sequence[Enclosure]:
        """The files of a message that were fetched, in its order."""
        found = sa.select(*(enclosure.c[name] for name in _FIELDS)).where(enclosure.c.inbox == inbox_row)
        return [Enclosure(*row) for row in self._connection.execute(found.order_by(enclosure.c.place))]

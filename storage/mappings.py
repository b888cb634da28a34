"""How senders' own files are to be understood: proposed with a question, confirmed by its answer."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from storage.tables import mapping


class SqlMappings:
    """Mappings over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def propose(self, person: str, name: str, query: int, value: Decimal) -> None:
        """Keep how a file was understood with the question about it; what a question asked already stays."""
        known = self._connection.execute(sa.select(mapping.c.query).where(mapping.c.query == query)).first()
        if known is None:
            values = {"query": query, "person": person, "mapping": name, "value": value}
            self._connection.execute(sa.insert(mapping).values(values))

    def confirm(self, query: int, value: Decimal | None, now: datetime) -> None:
        """The question was answered with a value: with the proposed one, its mapping holds from now on."""
        asked = sa.update(mapping).where(mapping.c.query == query, mapping.c.confirmed_at.is_(None))
        if value is not None:
            self._connection.execute(asked.where(mapping.c.value == value).values(confirmed_at=now))

    def of(self, person: str) -> Collection[str]:
        """The mappings that somebody confirmed."""
        found = sa.select(mapping.c.mapping).where(mapping.c.person == person, mapping.c.confirmed_at.is_not(None))
        return frozenset(self._connection.execute(found).scalars())

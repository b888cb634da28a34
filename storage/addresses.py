"""Addresses beside those in the definition file: whose the coordinator said they are, and which fail."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from collector.books import FailingAddress, KnownAddress
from storage.dialect import insert_if_absent
from storage.tables import failing_address, known_address


class SqlAddresses:
    """Addresses over one connection; all in lower case."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def known(self) -> Sequence[KnownAddress]:
        """What the coordinator said, in the order of time."""
        found = sa.select(known_address).order_by(known_address.c.said_at, known_address.c.email)
        return [KnownAddress(**row._mapping) for row in self._connection.execute(found)]

    def remember(self, known: KnownAddress) -> bool:
        """An address is somebody's; whether that is new."""
        values = {name: getattr(known, name) for name in ("email", "person", "said_by", "said_at")}
        key = (known_address.c.email, known_address.c.person)
        return insert_if_absent(self._connection, known_address, values, *key)

    def failing(self) -> Sequence[FailingAddress]:
        """The addresses from which our mail comes back, the longest first."""
        found = sa.select(failing_address).order_by(failing_address.c.since, failing_address.c.email)
        return [FailingAddress(**row._mapping) for row in self._connection.execute(found)]

    def fails(self, email: str, words: str, now: datetime) -> bool:
        """Mail to it came back; whether that is new."""
        values = {"email": email, "since": now, "last": now, "words": words}
        if insert_if_absent(self._connection, failing_address, values, failing_address.c.email):
            return True
        held = failing_address.c.email == email
        self._connection.execute(sa.update(failing_address).where(held).values(last=now, words=words))
        return False

    def works(self, email: str) -> bool:
        """Mail reaches it again; whether it was failing."""
        gone = sa.delete(failing_address).where(failing_address.c.email == email)
        return self._connection.execute(gone).rowcount == 1

"""What was worked out from the books, kept from one unit of work to the next while nothing it comes from is written.

A large round takes longer to read than everything else that is done with one message. Whether it is still as it was is
told by the edition of the books: a stamp that every unit changes which writes to a table from which anything is worked
out. It lies in the books themselves, so that it holds for all processes that work on them.
"""

import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa

from storage.dialect import upsert
from storage.tables import audit, blob, door_cursor, draft, edition, failing_address, inbox, met_again, outage, outbox

T = TypeVar("T")

#: Tables from which nothing is worked out that is kept.
_BESIDE = (audit, blob, door_cursor, draft, edition, failing_address, inbox, met_again, outage, outbox)
_THE_ONLY = 1


@dataclass(frozen=True)
class Kept:
    """What was worked out from one edition of the books."""

    stamp: str = ""
    made: dict[Hashable, Any] = field(default_factory=dict)


class WorkedOut:
    """What was worked out in one unit of work; `kept` is what an earlier one of this process left."""

    def __init__(self, connection: sa.Connection, kept: Kept) -> None:
        self._connection = connection
        self._kept = kept
        self._made: dict[Hashable, Any] = {}
        self._stamp = ""
        self._written = False

    def get(self, name: Hashable, work_out: Callable[[], T]) -> T:
        """What goes by a name, worked out where it is not known for the books as they are now."""
        if not self._written and not self._stamp:
            self._open()
        if name not in self._made:
            self._made[name] = work_out()
        made: T = self._made[name]
        return made

    def _open(self) -> None:
        self._stamp = self._connection.execute(sa.select(edition.c.stamp)).scalar_one_or_none() or ""
        if self._stamp and self._stamp == self._kept.stamp:
            self._made = dict(self._kept.made)

    def heed(self, _connection: sa.Connection, statement: sa.Executable, *_more: object) -> None:
        """Forget what was worked out when a statement writes to a table that it may come from."""
        if not statement.is_select and getattr(statement, "table", None) not in _BESIDE:
            self._written = True
            self._made.clear()

    def settle(self) -> None:
        """Before the unit commits: what was written makes a new edition, which never had its stamp before."""
        if self._written:
            self._stamp = secrets.token_hex(16)
            upsert(self._connection, edition, {"id": _THE_ONLY, "stamp": self._stamp}, edition.c.id)

    def left(self) -> Kept:
        """Once the unit is committed: what the next one may go on with."""
        return Kept(self._stamp, self._made) if self._stamp else self._kept

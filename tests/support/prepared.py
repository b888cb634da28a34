"""Books with a partnership loaded and its round open, made once for each kind of database and copied.

Hundreds of tests start there, and loading is most of what they would do. What is copied is what loading wrote.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storage.books import SqlBooks
from storage.tables import metadata


@dataclass(frozen=True)
class _Kept:
    rows: tuple[tuple[sa.Table, list[dict[str, Any]]], ...]
    counters: tuple[tuple[str, int], ...]


_kept: dict[tuple[str, str], _Kept] = {}


def prepared(books: SqlBooks, what: str, prepare: Callable[[], None]) -> None:
    """Bring empty books to the state that `prepare` makes; `what` names that state."""
    with books.begin() as unit:
        dialect = unit.connection.dialect.name
        kept = _kept.get((dialect, what))
        if kept is not None:
            _write(unit.connection, kept)
            return
    prepare()
    with books.begin() as unit:
        _kept[dialect, what] = _read(unit.connection)


def _read(connection: sa.Connection) -> _Kept:
    rows = [
        (table, [dict(row) for row in connection.execute(sa.select(table)).mappings()])
        for table in metadata.sorted_tables
    ]
    counters: list[tuple[str, int]] = []
    if connection.dialect.name == "postgresql":
        asked = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
        counters = [(name, value) for name, value in connection.exec_driver_sql(asked)]
    return _Kept(tuple((table, found) for table, found in rows if found), tuple(counters))


def _write(connection: sa.Connection, kept: _Kept) -> None:
    for table, rows in kept.rows:
        connection.execute(sa.insert(table), rows)
    for counter in kept.counters:
        connection.execute(sa.select(sa.func.setval(*counter)))

"""The one place where SQLite and PostgreSQL are written differently."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(
    connection: sa.Connection, table: sa.Table, values: Mapping[str, Any], *unique: sa.Column[Any]
) -> int | None:
    """Insert a row unless its unique key is there already; the new row's `id`, or None."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(table).values(values).on_conflict_do_nothing(index_elements=list(unique)).returning(table.c.id)
    return connection.execute(statement).scalar_one_or_none()


def insert_if_absent(
    connection: sa.Connection, table: sa.Table, values: Mapping[str, Any], *unique: sa.Column[Any]
) -> bool:
    """The same for tables without an `id`: whether the row is new."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(table).values(values).on_conflict_do_nothing(index_elements=list(unique))
    return connection.execute(statement.returning(*unique)).first() is not None


def overwrite_deleted(connection: sa.Connection) -> None:
    """What this connection deletes from now on is overwritten in SQLite's file; PostgreSQL does so when it vacuums."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def upsert(connection: sa.Connection, table: sa.Table, values: Mapping[str, Any], *unique: sa.Column[Any]) -> None:
    """Insert a row or bring the one with the same key up to date."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    keys = {column.name for column in unique}
    statement = make(table).values(values)
    rest = {name: statement.excluded[name] for name in values if name not in keys}
    if rest:
        connection.execute(statement.on_conflict_do_update(index_elements=list(unique), set_=rest))
    else:
        connection.execute(statement.on_conflict_do_nothing(index_elements=list(unique)))

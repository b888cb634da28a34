"""Books and Unit: one transaction at a time on SQLite or PostgreSQL."""

import hashlib
import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

from collector.books import AuditLine, Gone, InboxState, Pulse
from storage import migrate
from storage.addresses import SqlAddresses
from storage.care import SqlCare
from storage.dialect import insert_if_absent, upsert
from storage.doors import SqlOutages
from storage.drafts import SqlDrafts
from storage.enclosures import SqlEnclosures
from storage.figures import SqlFigures
from storage.inbox import SqlInbox
from storage.mappings import SqlMappings
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.plan import PlanRead, SqlPlan
from storage.plans_for_red import SqlPlansForRed
from storage.publication_texts import SqlPublicationTexts
from storage.rounds import SqlQueries, SqlRequests, SqlRounds
from storage.signing import SqlLocks, SqlSignOffs
from storage.tables import audit, blob, door_cursor, figure, inbox, partnership, query
from storage.worked_out import Kept, WorkedOut


class StorageError(Exception):
    """The books can't be opened; the message says why and what to do."""


class SqlBlobs:
    """Bytes by their hash: the same bytes are kept once."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def put(self, content: bytes) -> str:
        """Keep bytes; their sha256 in hex. What was purged is not kept again; what was let go in its time is."""
        sha256 = hashlib.sha256(content).hexdigest()
        values = {"sha256": sha256, "size": len(content), "bytes": content}
        if not insert_if_absent(self._connection, blob, values, blob.c.sha256):
            let_go = sa.and_(blob.c.sha256 == sha256, blob.c.gone == Gone.RETENTION)
            self._connection.execute(sa.update(blob).where(let_go).values(bytes=content, gone=""))
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes again."""
        found = self._connection.execute(sa.select(blob.c.bytes).where(blob.c.sha256 == sha256))
        return bytes(found.scalar_one())


class SqlCursors:
    """How far each door has been read."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, door: str, folder: str) -> tuple[int, int] | None:
        """(uidvalidity, position), or None for a door never read."""
        here = sa.and_(door_cursor.c.door == door, door_cursor.c.folder == folder)
        row = self._connection.execute(sa.select(door_cursor).where(here)).first()
        return None if row is None else (row.uidvalidity, row.position)

    def move(self, door: str, folder: str, uidvalidity: int, position: int) -> None:
        """Read up to here."""
        values = {"door": door, "folder": folder, "uidvalidity": uidvalidity, "position": position}
        upsert(self._connection, door_cursor, values, door_cursor.c.door, door_cursor.c.folder)


class SqlAudit:
    """Who did what, when and why."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def write(self, line: AuditLine) -> None:
        """Add a line."""
        values = {name: getattr(line, name) for name in ("at", "actor", "action", "subject", "reason")}
        self._connection.execute(sa.insert(audit).values(values))

    def lines(
        self, subject: str | None = None, action: str | None = None, since: datetime | None = None
    ) -> Sequence[AuditLine]:
        """All lines, or those about one subject, of one kind of action, later than a moment; the oldest first."""
        found = sa.select(audit).order_by(audit.c.id)
        if subject is not None:
            found = found.where(audit.c.subject == subject)
        if action is not None:
            found = found.where(audit.c.action == action)
        if since is not None:
            found = found.where(audit.c.at > since)
        return [AuditLine(r.at, r.actor, r.action, r.subject, r.reason) for r in self._connection.execute(found)]


_Made = TypeVar("_Made")


@dataclass(frozen=True)
class SqlUnit:
    """One transaction on the books; `read` is the partnership that this process has read already."""

    connection: sa.Connection
    read: PlanRead
    made: WorkedOut

    @cached_property
    def blobs(self) -> SqlBlobs:
        """Bytes by their hash."""
        return SqlBlobs(self.connection)

    @cached_property
    def inbox(self) -> SqlInbox:
        """What came in."""
        return SqlInbox(self.connection)

    @cached_property
    def enclosures(self) -> SqlEnclosures:
        """Files that messages named."""
        return SqlEnclosures(self.connection)

    @cached_property
    def outbox(self) -> SqlOutbox:
        """What goes out."""
        return SqlOutbox(self.connection)

    @cached_property
    def figures(self) -> SqlFigures:
        """Figures and their versions."""
        return SqlFigures(self.connection)

    @cached_property
    def queries(self) -> SqlQueries:
        """Questions to senders."""
        return SqlQueries(self.connection)

    @cached_property
    def rounds(self) -> SqlRounds:
        """Rounds and what is owed."""
        return SqlRounds(self.connection)

    @cached_property
    def mappings(self) -> SqlMappings:
        """How senders' own files are understood."""
        return SqlMappings(self.connection)

    @cached_property
    def plan(self) -> SqlPlan:
        """The partnership as loaded."""
        return SqlPlan(self.connection, self.read)

    @cached_property
    def people(self) -> SqlPeople:
        """Who is away, who is not to be reminded, what was handed over."""
        return SqlPeople(self.connection)

    @cached_property
    def care(self) -> SqlCare:
        """Removing bytes and words."""
        return SqlCare(self.connection)

    @cached_property
    def addresses(self) -> SqlAddresses:
        """Addresses beside those in the definition file."""
        return SqlAddresses(self.connection)

    @cached_property
    def requests(self) -> SqlRequests:
        """Change requests for SEG."""
        return SqlRequests(self.connection)

    @cached_property
    def signoffs(self) -> SqlSignOffs:
        """Signatures, and figures sent back."""
        return SqlSignOffs(self.connection)

    @cached_property
    def locks(self) -> SqlLocks:
        """Snapshots, reopened figures, waiting corrections."""
        return SqlLocks(self.connection)

    @cached_property
    def plans(self) -> SqlPlansForRed:
        """What is planned about Red figures."""
        return SqlPlansForRed(self.connection)

    @cached_property
    def texts(self) -> SqlPublicationTexts:
        """Texts for publication."""
        return SqlPublicationTexts(self.connection)

    @cached_property
    def cursors(self) -> SqlCursors:
        """How far each door has been read."""
        return SqlCursors(self.connection)

    @cached_property
    def outages(self) -> SqlOutages:
        """Parts that don't work now."""
        return SqlOutages(self.connection)

    @cached_property
    def drafts(self) -> SqlDrafts:
        """Pages of forms that are not whole yet."""
        return SqlDrafts(self.connection)

    @cached_property
    def audit(self) -> SqlAudit:
        """Who did what."""
        return SqlAudit(self.connection)

    def worked_out(self, name: Hashable, work_out: Callable[[], _Made]) -> _Made:
        """What was worked out from the books, as long as nothing it may come from is written."""
        return self.made.get(name, work_out)

    def pulse(self) -> Pulse:
        """The newest rows of whatever can change what is owed, and the partnership's stamp: a few index look-ups."""
        newest = [sa.select(sa.func.max(t.c.id)).scalar_subquery() for t in (audit, figure, query, inbox)]
        to_read = sa.select(sa.func.count()).where(inbox.c.state.in_((InboxState.WAITING, InboxState.CLAIMED)))
        found = sa.select(*newest, to_read.scalar_subquery(), sa.select(partnership.c.stamp).limit(1).scalar_subquery())
        return tuple(self.connection.execute(found).one())


class SqlBooks:
    """The database of one partnership."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._read = PlanRead()
        self._kept = Kept()
        self._turn = threading.RLock()

    @contextmanager
    def begin(self) -> Iterator[SqlUnit]:
        """A unit of work: leaving it commits, an exception rolls back."""
        # Units take turns anyway. In one process a lock wakes the next at once, where SQLite would look again after a
        # pause that grows to a tenth of a second.
        with self._turn:
            with self._engine.begin() as connection:
                made = WorkedOut(connection, self._kept)
                sa.event.listen(connection, "after_execute", made.heed)
                yield SqlUnit(connection, self._read, made)
                made.settle()
            self._kept = made.left()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def open_books(url: str) -> SqlBooks:
    """Open the books at a database URL and bring their schema up to date; StorageError says what is wrong."""
    engine = make_engine(url)
    try:
        migrate.upgrade(engine)
    except (sa.exc.OperationalError, sa.exc.DatabaseError) as error:
        engine.dispose()
        shown = make_url(url).render_as_string(hide_password=True)
        raise StorageError(f"The books at {shown} can't be opened: {error.orig}. Check DATABASE_URL.") from error
    return SqlBooks(engine)


def make_engine(url: str) -> sa.Engine:
    """An engine with the settings that keep the books safe on either database."""
    try:
        parsed = make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StorageError(f"DATABASE_URL is not a database address: {error}") from error
    if parsed.get_backend_name() == "postgresql":
        return _postgresql_engine(parsed)
    if parsed.get_backend_name() != "sqlite":
        raise StorageError("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return _sqlite_engine(parsed)


def _postgresql_engine(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    # Units of work take turns, as on SQLite: what a unit has read stays true until it commits. They are
    # short and few (reading and sending happen outside), so nobody waits long.
    sa.event.listen(
        engine, "begin", lambda connection: connection.exec_driver_sql("SELECT pg_advisory_xact_lock(2015161)")
    )
    return engine


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    in_memory = url.database in (None, "", ":memory:")
    if not in_memory and not Path(str(url.database)).parent.is_dir():
        raise StorageError(f"The folder of {url.database} does not exist. Make it, or change DATABASE_URL.")
    more: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    arguments = {"timeout": 20, "check_same_thread": False, "isolation_level": None}
    engine = sa.create_engine(url, connect_args=arguments, **more)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    # pysqlite's own BEGIN is deferred, and then a read before a write loses updates between threads.
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")

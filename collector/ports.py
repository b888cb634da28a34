"""What the rules need from the other rooms."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Protocol

from collector.booklet import Booklet
from collector.books import (
    AuditLine,
    ChangeRequest,
    Enclosure,
    InboxRow,
    OutboxRow,
    Outcome,
    Planned,
    Pulse,
    QueryChoice,
    QueryRow,
    QueryState,
    Told,
)
from collector.domain.figure import Figure, Reported, Source
from collector.domain.orders import Instructions
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter
from collector.domain.round import Obligation, ObligationState, Round
from collector.domain.submission import (
    Asked,
    Attachment,
    Form,
    Inbound,
    Opened,
    Reading,
    ReadingTask,
    ReadItem,
    Refusal,
    RemoteFile,
)
from collector.domain.timetable import Dates


class ClaimLost(Exception):
    """Another worker holds the row by now: this worker's unit is rolled back and nothing is lost."""


class NotLoaded(Exception):
    """The books hold no partnership yet."""

    def __init__(self) -> None:
        super().__init__("No partnership is loaded yet. Run: collector load FILE")


class Blobs(Protocol):
    """Bytes by their hash."""

    def put(self, content: bytes) -> str: ...
    def get(self, sha256: str) -> bytes: ...


class Inbox(Protocol):
    """What came in. A claim holds for a lease; only its holder can finish the row (ClaimLost otherwise)."""

    def keep(self, inbound: Inbound, blob: str, handled: bool = False) -> InboxRow | None: ...
    def claim(self, worker: str, now: datetime, lease: timedelta, only: int | None = None) -> InboxRow | None: ...
    def note(self, row: int, person: str | None, message_id: str | None, fingerprint: str) -> None: ...
    def finish(self, row: int, worker: str, outcome: Outcome, reason: str, now: datetime) -> None: ...
    def quarantine(self, row: int, worker: str, reason: str, now: datetime) -> None: ...
    def reopen(self, row: int, claimed_sender: str) -> None: ...
    def release(self, row: int, worker: str, not_before: datetime) -> None: ...
    def get(self, row: int) -> InboxRow: ...
    def by_key(self, delivery_key: str) -> InboxRow | None: ...
    def same_message_id(self, message_id: str, before: int) -> Sequence[InboxRow]: ...
    def same_content(self, fingerprint: str, before: int) -> Sequence[InboxRow]: ...
    def quarantined(self) -> Sequence[InboxRow]: ...
    def waiting(self) -> int: ...


class Enclosures(Protocol):
    """Files that messages only named, as they were fetched."""

    def add(self, inbox_row: int, place: int, fetched: Enclosure) -> None: ...
    def of(self, inbox_row: int) -> Sequence[Enclosure]: ...


class Outbox(Protocol):
    """What goes out, each message under a key that is unique."""

    def plan(self, planned: Planned, now: datetime) -> bool: ...
    def claim(self, worker: str, now: datetime, lease: timedelta, channels: Sequence[str] = ()) -> OutboxRow | None: ...
    def rewrite(self, row: int, planned: Planned) -> None: ...
    def reroute(self, row: int, worker: str, planned: Planned, now: datetime) -> None: ...
    def sending(self, row: int, worker: str, blob: str, said_on: date | None = None) -> None: ...
    def spoken_to(self, person: str, day: date, besides: int) -> bool: ...
    def sent(self, row: int, external_ref: str, now: datetime) -> None: ...
    def postpone(self, row: int, worker: str, not_before: datetime, fault: bool = False) -> None: ...
    def cancel(self, row: int, worker: str) -> None: ...
    def fail(self, row: int, worker: str) -> None: ...
    def by_references(self, references: Sequence[str]) -> OutboxRow | None: ...
    def rows(self, period: Quarter | None = None) -> Sequence[OutboxRow]: ...
    def stuck(self, since: datetime) -> Sequence[OutboxRow]: ...
    def has(self, dedupe_key: str) -> bool: ...
    def last_planned(self, prefix: str, period: Quarter | None = None) -> datetime | None: ...
    def told(self, prefix: str, period: Quarter | None = None) -> Mapping[str, Told]: ...
    def last(self, prefix: str, period: Quarter | None) -> tuple[int, OutboxRow | None]: ...
    def overtake(self, prefix: str, period: Quarter | None, person: str, kept: str) -> int: ...


class Figures(Protocol):
    """Figures and their versions; nothing is ever changed or taken away."""

    def add(self, reported: Reported, source: Source, late: bool) -> Figure: ...
    def current(self, period: Quarter, only: Collection[str] | None = None) -> Mapping[str, Figure]: ...
    def versions(self, measure: str, period: Quarter) -> Sequence[Figure]: ...
    def before(
        self, period: Quarter, only: Collection[str] | None = None
    ) -> Mapping[Quarter, Mapping[str, Figure]]: ...


class Queries(Protocol):
    """Questions to senders."""

    def ask(
        self,
        obligation: Obligation,
        submission: InboxRow,
        quoted: str,
        reasons: Sequence[str],
        choices: Sequence[QueryChoice],
        now: datetime,
    ) -> QueryRow: ...
    def all(self, period: Quarter) -> Sequence[QueryRow]: ...
    def close(self, query: int, state: QueryState, now: datetime) -> None: ...


class Rounds(Protocol):
    """Rounds and what is owed in them."""

    def open(self, opened: Round, owed: Sequence[tuple[str, str, int]]) -> bool: ...
    def get(self, period: Quarter) -> Round | None: ...
    def latest(self) -> Round | None: ...
    def obligations(self, period: Quarter, only: Collection[str] | None = None) -> Sequence[Obligation]: ...
    def move(self, obligation: int, state: ObligationState, expected_on: date | None = None) -> None: ...
    def extend(self, obligation: int, until: date) -> None: ...
    def unfinished(self) -> Sequence[Quarter]: ...
    def hand_over(self, obligation: int, person: str, number: int) -> None: ...
    def owe(self, period: Quarter, measure: str, person: str, number: int) -> None: ...


class Plan(Protocol):
    """The partnership's definitions, people and timetable as loaded."""

    def save(self, partnership: Partnership) -> None: ...
    def get(self) -> Partnership | None: ...


class Requests(Protocol):
    """Change requests for SEG."""

    def add(self, request: ChangeRequest) -> bool: ...
    def all(self, period: Quarter) -> Sequence[ChangeRequest]: ...


class Cursors(Protocol):
    """How far a door has been read: (uidvalidity, position)."""

    def get(self, door: str, folder: str) -> tuple[int, int] | None: ...
    def move(self, door: str, folder: str, uidvalidity: int, position: int) -> None: ...


class Audit(Protocol):
    """Who did what, when and why."""

    def write(self, line: AuditLine) -> None: ...
    def lines(self, subject: str | None = None, action: str | None = None) -> Sequence[AuditLine]: ...


class Unit(Protocol):
    """One transaction on the books."""

    @property
    def blobs(self) -> Blobs: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def enclosures(self) -> Enclosures: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def figures(self) -> Figures: ...
    @property
    def queries(self) -> Queries: ...
    @property
    def rounds(self) -> Rounds: ...
    @property
    def plan(self) -> Plan: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def cursors(self) -> Cursors: ...
    @property
    def audit(self) -> Audit: ...

    def pulse(self) -> Pulse:
        """What has another value once something was written that can change what is owed or what is said of it."""


class Books(Protocol):
    """The database of one partnership."""

    def begin(self) -> AbstractContextManager[Unit]:
        """A unit of work: leaving it commits, an exception rolls back."""


class Opener(Protocol):
    """Takes a message out of its envelope and a return out of a file, under limits.

    `read_file` gives None for a kind of file that can't hold a return (a picture in a signature).
    """

    def open(self, door: str, raw: bytes, size: int, cut: bool) -> Opened | Refusal: ...
    def read_file(self, attachment: Attachment) -> Form | Refusal | None: ...


class Fetcher(Protocol):
    """Gets a file that a message only names. FetchFailed says whether trying again can help."""

    def fetch(self, remote: RemoteFile) -> bytes: ...


class FetchFailed(Exception):
    """A file could not be fetched: `permanent` when trying again can't help. The words are for its sender."""

    def __init__(self, words: str, permanent: bool = False) -> None:
        super().__init__(words)
        self.permanent = permanent


class Reader(Protocol):
    """Reads what a person wrote; pure, and certain only when one reading survives.

    `read_one` reads the words that were written for one measure, as in a form's field, and the comment `beside` it.
    """

    def read(self, text: str, task: ReadingTask) -> Reading: ...
    def read_one(self, asked: Asked, words: str, task: ReadingTask, beside: str = "") -> ReadItem: ...


class OrderReader(Protocol):
    """Takes what somebody tells the collector to do out of their words; pure. What is no order stays in the rest."""

    def __call__(self, text: str) -> Instructions: ...


class BookletWriter(Protocol):
    """Makes the bytes of a workbook that we write; pure."""

    def __call__(self, booklet: Booklet) -> bytes: ...


class Border(Protocol):
    """Says whether a message comes from whom it says, and why not."""

    def trusted(self, opened: Opened | Refusal) -> tuple[bool, str]: ...


class Renderer(Protocol):
    """Makes a message's bytes for its channel; the same row gives the same bytes.

    `files` are the bytes of the message's files, in their order.
    """

    def render(self, row: OutboxRow, recipient_title: str, address: str, files: Sequence[bytes] = ()) -> bytes: ...


class Sender(Protocol):
    """Hands bytes to the outside and says by what name the outside knows them now; SendFailed where it did not.

    `again` says that the same bytes were tried before and may have arrived: who can look for them looks first.
    """

    def send(self, address: str, raw: bytes, again: bool) -> str: ...


class SendFailed(Exception):
    """The outside did not take a message: `permanent` when trying again can't help.

    `retry_after` is how long the outside asked us to wait.
    """

    def __init__(self, words: str, permanent: bool = False, retry_after: timedelta | None = None) -> None:
        super().__init__(words)
        self.permanent = permanent
        self.retry_after = retry_after


class Calendar(Protocol):
    """Working days and office hours of the partnership."""

    def is_working_day(self, when: date) -> bool: ...
    def shift(self, when: date, days: int) -> date: ...
    def working_days_between(self, start: date, end: date) -> int: ...
    def local(self, moment: datetime) -> datetime: ...
    def at(self, when: date, clock: time) -> datetime: ...
    def dates(self, period: Quarter) -> Dates: ...
    def opens(self, period: Quarter) -> datetime: ...
    def due(self, period: Quarter) -> datetime: ...
    def in_office_hours(self, moment: datetime) -> bool: ...
    def next_office_hour(self, moment: datetime) -> datetime: ...
    def next_morning(self, moment: datetime) -> datetime: ...

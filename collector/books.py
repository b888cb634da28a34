"""Rows of the books that are not figures: what came in, what goes out, what is asked, what was done."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from collector.domain.figure import Reported
from collector.domain.period import Quarter
from collector.messages import Message


class InboxState(StrEnum):
    """Where an inbound message stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    DONE = "done"
    QUARANTINED = "quarantined"


class Outcome(StrEnum):
    """What became of an inbound message."""

    RECORDED = "recorded"
    ASKED = "asked"
    REFUSED = "refused"
    IGNORED = "ignored"
    CARRIED_OUT = "carried_out"


@dataclass(frozen=True)
class InboxRow:
    """An inbound message that is kept: `blob` is the hash of its bytes."""

    id: int
    door: str
    delivery_key: str
    blob: str
    size: int
    cut: bool
    received_at: datetime
    state: InboxState
    attempts: int
    claimed_sender: str | None = None
    person: str | None = None
    fingerprint: str | None = None
    message_id: str | None = None
    outcome: Outcome | None = None
    reason: str = ""
    settled_at: datetime | None = None
    accepted_by: str = ""


class Gone(StrEnum):
    """Why bytes are not there any more: purged for good, or kept long enough."""

    PURGED = "purged"
    RETENTION = "retention"


@dataclass(frozen=True)
class Kept:
    """A row whose bytes are kept, and when it was done with."""

    id: int
    blob: str
    at: datetime


@dataclass(frozen=True)
class Aside:
    """What the coordinator is shown of a message that was set aside, so that nothing need be opened anew for it.

    `passed_on` are the addresses whose mail is forwarded in it.
    """

    senders: tuple[str, ...]
    subject: str
    words: str
    files: tuple[str, ...] = ()
    passed_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class FailingAddress:
    """An address from which our mail comes back: since when, the last time, and what its server said."""

    email: str
    since: datetime
    last: datetime
    words: str


@dataclass(frozen=True)
class KnownAddress:
    """An address that the coordinator said is somebody's, beside those in the definition file."""

    email: str
    person: str
    said_by: str
    said_at: datetime


@dataclass(frozen=True)
class Outage:
    """A part that does not work now (`MAILBOX`, `FILING`, `SENDING`): since when, and why in plain words."""

    part: str
    since: datetime
    words: str


#: Parts of the mail door, as `Outage` names them.
MAILBOX, FILING, SENDING = "mailbox", "filing", "sending"


@dataclass(frozen=True)
class Enclosure:
    """A file that an inbound message named and that was fetched: `blob` is its bytes' hash.

    Where it could not be fetched for good, `missing` says why in plain words.
    """

    remote_id: str
    name: str
    content_type: str
    blob: str | None = None
    missing: str = ""


class OutboxState(StrEnum):
    """Where an outgoing message stands; `held` waits for the coordinator's release (RULES 22)."""

    DUE = "due"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True)
class Planned:
    """A message to send, under a key that makes it unique. `unprompted` ones wait for office hours (promise 8).

    `edits` is the outside's name of a message of ours that this one takes the place of. `cover` is what the
    coordinator has put before the message (RULES 22). `address` is where it goes if not where the person is met.
    """

    dedupe_key: str
    person: str
    message: Message
    not_before: datetime
    unprompted: bool
    period: Quarter | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    channel: str = "mail"
    edits: str | None = None
    cover: str = ""
    address: str = ""

    @property
    def kind(self) -> str:
        """What sort of message it is, as its key begins: "reminder", "digest", "escalation"."""
        return self.dedupe_key.partition(":")[0]


@dataclass(frozen=True)
class OutboxRow:
    """A planned message on its way; `token` is unguessable and names it outside, `blob` is its rendered bytes."""

    id: int
    planned: Planned
    state: OutboxState
    attempts: int
    token: str
    planned_at: datetime
    faults: int = 0
    blob: str | None = None
    external_ref: str | None = None
    sent_at: datetime | None = None
    released_by: str | None = None


@dataclass(frozen=True)
class Told:
    """What was sent to one person under keys that begin alike: the last time, and whether something still waits."""

    waits: bool
    last: datetime | None


#: See `Unit.pulse`.
Pulse = tuple[object, ...]


class QueryState(StrEnum):
    """Where a question stands; `overtaken` when a plain figure settled it another way."""

    OPEN = "open"
    ANSWERED = "answered"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True)
class QueryChoice:
    """A numbered answer and what it would record; None records nothing."""

    number: int
    label: str
    reported: Reported | None


@dataclass(frozen=True)
class QueryRow:
    """A question to a sender about one measure, raised by one submission."""

    id: int
    period: Quarter
    measure: str
    person: str
    submission: int
    quoted: str
    reasons: tuple[str, ...]
    choices: tuple[QueryChoice, ...]
    state: QueryState
    asked_at: datetime
    raised_at: datetime
    answered_at: datetime | None = None


class RequestState(StrEnum):
    """What SEG has decided about a change request."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class ChangeRequest:
    """Something only SEG can decide: a target said to have changed, a measure said to be withdrawn (RULES 4, 13).

    `decided_by` entered SEG's decision, `decision` is its reason.
    """

    measure: str
    period: Quarter
    words: str
    submission: int
    person: str
    id: int | None = None
    state: RequestState = RequestState.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None
    decision: str = ""


@dataclass(frozen=True)
class AuditLine:
    """Who did what to what, when and why."""

    at: datetime
    actor: str
    action: str
    subject: str
    reason: str = ""

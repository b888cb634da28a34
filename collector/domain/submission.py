"""One inbound message: as it arrived, as it opened, and as it was read."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from collector.domain.absence import SaidAbsence
from collector.domain.figure import CommentaryFact, FigureStatus
from collector.domain.indicator import Basis
from collector.domain.orders import Order
from collector.domain.period import Quarter, Span


@dataclass(frozen=True)
class Inbound:
    """What arrived at a door, nothing parsed. `size` is the message's own size; `raw` is less where `cut` says so."""

    door: str
    delivery_key: str
    received_at: datetime
    raw: bytes
    size: int
    cut: bool = False
    claimed_sender: str | None = None


@dataclass(frozen=True)
class Bounced:
    """An address to which a mail could not be delivered for good, and what its server said."""

    address: str
    words: str


class Machine(StrEnum):
    """Mail that no person wrote to us: it is never answered. What is `DOUBTFUL` waits for the coordinator."""

    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    LIST = "list"
    CALENDAR = "calendar"
    RECEIPT = "read_receipt"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Attachment:
    """A file that came with a message; its name is what the sender wrote and is never used as a path."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class RemoteFile:
    """A file that a message names and a door has still to fetch: `id` is the outside's own, `size` in bytes."""

    id: str
    name: str
    content_type: str
    size: int
    url: str


@dataclass(frozen=True)
class FormValue:
    """What was put in for one measure in a form or a workbook, as it was typed; empty is nothing said.

    `part` and `whole` are the counts behind a percentage, `status` the words of the drop-down, `expected` a date as
    YYYY-MM-DD where it can be read as one. `where` names the field or the cell ("E7"), for what is said about it;
    `before` is what was filled in beforehand, when it was handed out.
    """

    code: str
    figure: str = ""
    part: str = ""
    whole: str = ""
    status: str = ""
    expected: str = ""
    comment: str = ""
    where: str = ""
    before: "FormValue | None" = field(default=None, compare=False)


@dataclass(frozen=True)
class Mark:
    """Something to look at again in a workbook that came: `words` say what was found and where, `advice` what to do.

    `code` and `field` (of `FormValue`) say which of the cells that we sent it is, `where` its name ("H6") in the file
    that came; all are "" where it is about a row or a column.
    """

    words: str
    advice: str = ""
    code: str = ""
    field: str = ""
    where: str = ""

    def __str__(self) -> str:
        return f"{self.words}. {self.advice}" if self.advice else self.words


@dataclass(frozen=True)
class Form:
    """A form or a workbook of ours as it came back: whose and for which round it says it is, and what was put in.

    `name` is how we speak of it ("return-q2.xlsx", "the form"); `problems` say in plain words what could not be used,
    `marks` the same with their places, where it came as a workbook whose filled-in sheet is called `sheet`. `remarks`
    are said to the sender and ask nothing of them. `confirmed` are the codes of what its sender was asked about and
    said is right.
    """

    name: str
    partnership: str
    period: str
    person: str
    version: int
    values: tuple[FormValue, ...]
    problems: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    sheet: str = ""
    remarks: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A message taken out of its envelope.

    `senders` are the addresses of the From header, lower case: anything but exactly one is untrusted. `text` is what
    the person wrote, the newest part first, without quotes of our own mails and without a signature; `body` is all.
    `verdicts` are the Authentication-Results headers, topmost first. `references` holds In-Reply-To and References.
    `defects` says in plain words what could not be opened. `chosen` are the numbered choices whose buttons were
    pressed, `form` is a form that was sent in, `remote` are files that are still to be fetched. `before_edit` is what
    an edited message said before, where that is known: only what is new in it is said now. `orders` are what it tells
    the collector to do, taken out of `text`. `absence` is what a mail says about its writer's being away, also where
    their mail program wrote it. `marks` are the headers whose names begin with X-, topmost first, names in lower case.
    `ours` are the names of a message of ours that stand in the addresses it was sent to or in its subject;
    `passed_on` are the addresses whose mail is forwarded in it, which prove nothing, `passed_words` what they wrote;
    `forwards` says that it is passed on, and not only quoted below an answer;
    `bounced` are the addresses that a delivery report says can't be reached. `pictures` are the names of pictures that
    may show figures; none of them is read.
    """

    senders: tuple[str, ...]
    subject: str
    text: str
    body: str
    message_id: str | None
    references: tuple[str, ...]
    sent_at: datetime | None
    fingerprint: str
    machine: Machine | None = None
    verdicts: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    defects: tuple[str, ...] = ()
    chosen: tuple[int, ...] = ()
    form: Form | None = None
    remote: tuple[RemoteFile, ...] = ()
    before_edit: str | None = None
    orders: tuple[Order, ...] = ()
    absence: SaidAbsence | None = None
    marks: tuple[tuple[str, str], ...] = ()
    ours: tuple[str, ...] = ()
    passed_on: tuple[str, ...] = ()
    passed_words: str = ""
    forwards: bool = False
    bounced: tuple[Bounced, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """A message that can't be opened: why, as data (`too_big`, `broken`, `too_deep`, `too_slow`) and in plain words."""

    code: str
    words: str
    senders: tuple[str, ...] = ()
    message_id: str | None = None
    subject: str = ""
    machine: Machine | None = None
    verdicts: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Asked:
    """One thing the sender owes, as the reminder numbered it. `unit` and `target` are the definition's words.

    `covers` are the days it is asked for where they are not the quarter's: a half-year, a year (RULES 5).
    """

    number: int
    code: str
    title: str
    unit: str
    basis: Basis = Basis.QUARTER
    target: str = ""
    aliases: tuple[str, ...] = ()
    covers: Span | None = None


@dataclass(frozen=True)
class OpenChoice:
    """A numbered choice of an open query.

    `value`, `label` and `basis` help to recognise it when the sender repeats the figure, the choice's words or the
    stretch of time ("to date") instead.
    """

    number: int
    code: str
    value: Decimal | None
    label: str = ""
    basis: Basis | None = None


@dataclass(frozen=True)
class ReadingTask:
    """What the collector knows before a message is read. `span` is the period wanted, `period` its words.

    `recorded` holds what the last receipt said, by code. `sent_on` resolves dates without a year. `subject` is the
    mail's, which may name a period of its own. `history` holds what the books have for earlier quarters and
    `said_before` the words of the quarter before, both by code. `spent` are the numbers of the sender's choices that
    are no longer open: alone on a line such a number is a late answer and no figure.
    """

    period: str
    span: Span | None
    asked: tuple[Asked, ...]
    choices: tuple[OpenChoice, ...] = ()
    recorded: dict[str, Decimal] = field(default_factory=dict)
    sent_on: date | None = None
    subject: str = ""
    history: dict[str, dict[Quarter, Decimal]] = field(default_factory=dict)
    said_before: dict[str, str] = field(default_factory=dict)
    spent: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """One way to understand some words as a return for one measure.

    `note` is the sender's own words where they are the return; `remark` is what we say about the reading: "You gave
    14.2% and also 14 of 99, which is 14.1%: 14.1% is recorded."; `words` are the very words the figure was taken from.
    """

    status: FigureStatus
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    basis: Basis | None = None
    reference: Span | None = None
    expected_on: date | None = None
    note: str = ""
    remark: str = ""
    words: str = field(default="", compare=False)


@dataclass(frozen=True)
class ReadItem:
    """What was read for one measure. Certain when exactly one candidate survived and there are no `doubts`.

    `evidence` is the words it was taken from; `doubts` say in plain words, with the arithmetic, what is not certain;
    with no candidates the sender is asked for the figure itself. A change of target is kept in `target_change`;
    `reader` names who read it, where that is not the reader of the message's text; `facts` are the other numbers in the
    words, each with what it is. `confirmed` says that the sender was shown what is unusual about it and stands by it.
    `mapping` names how the sender's own file was understood where they confirm that once.
    """

    code: str
    evidence: str
    candidates: tuple[Candidate, ...]
    doubts: tuple[str, ...] = ()
    target_change: str | None = None
    reader: str = ""
    facts: tuple[CommentaryFact, ...] = ()
    confirmed: bool = False
    mapping: str = ""

    @property
    def certain(self) -> bool:
        """Whether it may be recorded without asking."""
        return len(self.candidates) == 1 and not self.doubts


@dataclass(frozen=True)
class Reading:
    """What a whole message says: items by measure, choices taken, codes nobody knows, and what was left unread."""

    items: tuple[ReadItem, ...] = ()
    chosen: tuple[int, ...] = ()
    unknown_codes: tuple[str, ...] = ()
    left_over: str = ""

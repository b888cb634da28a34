"""What we say, as data. A renderer for each channel turns these into bytes; the words follow WORDS.md."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from collector.domain.period import Quarter
from collector.domain.rag import Rag
from collector.domain.submission import FormValue, Mark

#: The layout of form and workbook; one that comes back with another was made by another version of the program.
LAYOUT_VERSION = 1


@dataclass(frozen=True)
class OwedLine:
    """One thing still owed: `number` is its place in the list, `last` what was reported before ("Q1: 43%")."""

    number: int
    code: str
    title: str
    hint: str
    last: str = ""
    target: str = ""


@dataclass(frozen=True)
class SheetRow:
    """One indicator of a workbook or form: `history` stands under the sheet's `earlier` headings, "" where unknown.

    `held` is what the books hold for this round already, as it is filled in before the sheet goes out. `unchanged` is
    what a milestone's note said last quarter, where "no change since" can be offered. `priority` is "" where
    all of a sheet is of one; `unit`, `covers` (months), `better` and `usual` (the lowest and the highest plausible
    figure) are what the definition says, for the instructions and for checks while somebody types.
    """

    number: int
    code: str
    title: str
    hint: str
    target: str
    history: tuple[str, ...]
    held: FormValue | None = None
    unchanged: str = ""
    priority: str = ""
    unit: str = ""
    covers: str = ""
    better: str = ""
    usual: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Sheet:
    """One person's return for one round, to be filled in: the content of the workbook and of the form.

    `partnership` and `person` are ids, `partnership_name` and `to` what people read; `statuses` are the drop-down's
    words; `version` is the layout's. `look_at` is what was found in what its sender sent before.
    """

    partnership: str
    partnership_name: str
    period: Quarter
    person: str
    to: str
    due: datetime
    mailbox: str
    earlier: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    statuses: tuple[str, ...]
    version: int = LAYOUT_VERSION
    look_at: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Reminder:
    """What one person owes and by when. `days_left` counts working days and is negative when overdue.

    `standing_in` says for whom they are asked and why, a sentence each; what is not on their own list has number 0.
    `came_of` asks about what was planned for what was Red before, `plans_wanted` for the plan of what is Red now.
    """

    to: str
    period: Quarter
    due: datetime
    days_left: int
    opening: bool
    owed: tuple[OwedLine, ...]
    to_answer: tuple["Question", ...] = ()
    awaiting: tuple[str, ...] = ()
    workbook: Sheet | None = None
    standing_in: tuple[str, ...] = ()
    came_of: tuple[str, ...] = ()
    plans_wanted: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordedLine:
    """One figure as the books hold it now, with what it was before and what it means."""

    code: str
    title: str
    figure: str
    before: str = ""
    last: str = ""
    target: str = ""
    rag: Rag | None = None
    why: str = ""
    note: str = ""
    changed: bool = True


@dataclass(frozen=True)
class Choice:
    """A numbered way to answer; numbers run through the whole message so that "1" means one thing."""

    number: int
    label: str


@dataclass(frozen=True)
class Question:
    """Something only the sender can settle: what they wrote, what is odd about it, and what they can answer.

    `stands` is the figure that the books hold meanwhile, "" where they hold none.
    """

    code: str
    title: str
    quoted: str
    reasons: tuple[str, ...]
    choices: tuple[Choice, ...]
    stands: str = ""


@dataclass(frozen=True)
class Receipt:
    """The one answer to a message: what was recorded, what is asked, plain remarks, and what is still owed."""

    reference: str
    at: datetime
    to: str
    period: Quarter
    recorded: tuple[RecordedLine, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    still_owed: tuple[OwedLine, ...] = ()
    workbook: Sheet | None = None


@dataclass(frozen=True)
class SignOffLine:
    """One figure as its lead is asked to sign it. `version` says which one was shown; `was` what was signed before it.

    `from_whom` is the organisation that gave it, `remarks` what is unusual about it.
    """

    code: str
    title: str
    figure: str
    version: int
    from_whom: str
    last: str = ""
    target: str = ""
    rag: Rag | None = None
    why: str = ""
    note: str = ""
    remarks: tuple[str, ...] = ()
    was: str = ""
    signed: bool = False


@dataclass(frozen=True)
class SignOffPart:
    """One priority to be signed off: its figures, and what is out with whom and why."""

    code: str
    title: str
    lines: tuple[SignOffLine, ...]
    outstanding: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignOffSheet:
    """What a lead is asked to sign: all their priorities that are ready, in one message. `frozen`: the papers wait.

    `standing_in` says whose place they sign in and why, a sentence each.
    """

    to: str
    period: Quarter
    at: datetime
    frozen: bool
    parts: tuple[SignOffPart, ...]
    standing_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class OrganisationCount:
    """How many indicators of an organisation are still out (RULES 20: organisations, never people)."""

    organisation: str
    outstanding: int
    being_asked: int = 0


@dataclass(frozen=True)
class SignedPriority:
    """A priority that its lead has signed: when and with what left out, and its figures with their colours."""

    code: str
    title: str
    signed: str
    lines: tuple["DigestLine", ...]


@dataclass(frozen=True)
class Board:
    """The round's state for SEG: in and outstanding by organisation; a colour only in what is `signed` (RULES 20).

    `state` says that the round is frozen or locked, "" before; `not_signed` names the priorities nobody signed.
    """

    period: Quarter
    at: datetime
    due: datetime
    owed: int
    received: int
    outstanding: tuple[OrganisationCount, ...]
    awaiting_source: tuple[str, ...] = ()
    to_decide: tuple[str, ...] = ()
    signed: tuple[SignedPriority, ...] = ()
    not_signed: tuple[str, ...] = ()
    restated: tuple[str, ...] = ()
    supplementary: tuple[str, ...] = ()
    state: str = ""


@dataclass(frozen=True)
class LateChanges:
    """What changed on a day in a round that was closed: restated, or in after the papers; a line each."""

    period: Quarter
    on: date
    lines: tuple[str, ...]


@dataclass(frozen=True)
class WeekLine:
    """How many indicators of an organisation are in, out, or wait for their source (RULES 20: never by person)."""

    organisation: str
    received: int
    outstanding: int
    awaiting: int = 0

    @property
    def words(self) -> str:
        """The counts in words: "9 in, 6 outstanding, 1 awaiting its source"."""
        waits = f", {self.awaiting} awaiting {'its' if self.awaiting == 1 else 'their'} source" if self.awaiting else ""
        return f"{self.received} in, {self.outstanding} outstanding{waits}"


@dataclass(frozen=True)
class WeekSummary:
    """The week for SEG's channel, below its board; `signed` are the priorities that their leads have signed."""

    to: str
    period: Quarter
    at: datetime
    due: datetime
    owed: int
    received: int
    lines: tuple[WeekLine, ...]
    signed: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """What it is called where it is read as a plain message."""
        return f"The week, {self.received} of {self.owed} in"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The same in words, a line each."""
        told = (f"{one.organisation}: {one.words}" for one in self.lines)
        signed = (f"Signed off: {', '.join(self.signed)}",) if self.signed else ()
        return (f"{self.received} of {self.owed} in.", *told, *signed)


@dataclass(frozen=True)
class DigestLine:
    """One fact of the digest; `rag` where the figure has a colour."""

    text: str
    rag: Rag | None = None


@dataclass(frozen=True)
class MovedPoint:
    """One quarter of a chart, by its short name."""

    period: str
    value: Decimal


@dataclass(frozen=True)
class Moved:
    """A figure that moved, with its past, the earliest first: a chart, and `words` that say it without one.

    `goal` is where the target lies, in the unit of the points.
    """

    title: str
    words: str
    points: tuple[MovedPoint, ...]
    goal: Decimal | None = None
    rag: Rag | None = None


@dataclass(frozen=True)
class Digest:
    """The chair's page: decisions first, then late, changed, doubtful, next. `unchanged_since` says nothing moved.

    `plans` say what is done about each figure that is Red and signed off.
    """

    period: Quarter
    at: datetime
    due: datetime
    owed: int
    received: int
    decisions: tuple[DigestLine, ...] = ()
    late: tuple[DigestLine, ...] = ()
    changed: tuple[DigestLine, ...] = ()
    doubtful: tuple[DigestLine, ...] = ()
    coming_up: tuple[DigestLine, ...] = ()
    unchanged_since: datetime | None = None
    plans: tuple[DigestLine, ...] = ()
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True)
class File:
    """A file that goes with a message: the name people see, and its bytes' hash on the books."""

    name: str
    blob: str


@dataclass(frozen=True)
class Previewed:
    """A workbook of definitions that was looked over and not applied, and from which quarter it would hold."""

    file: File
    since: Quarter


@dataclass(frozen=True)
class Notice:
    """A plain message: what happened and what to do, a paragraph each.

    `files` go with it; what was `previewed` does not: an answer is about it.
    """

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    period: Quarter | None = None
    files: tuple[File, ...] = ()
    previewed: Previewed | None = None


Message = Reminder | Receipt | SignOffSheet | Board | LateChanges | WeekSummary | Digest | Notice

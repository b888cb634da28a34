"""What people tell the collector to do, in whatever door it is said: data only.

Who may is decided where an order is carried out (RULES 19); codes, titles and people stand here as they were written.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from collector.domain.period import Quarter
from collector.domain.personal import Dealt


@dataclass(frozen=True)
class SignOff:
    """A lead signs a priority off: its code or title, "" for what is theirs; `without` are codes they leave out.

    `doubtful` are words that speak of signing off and may not mean it of everything: nothing is signed on them.
    `shown` is the mark of the page it is signed from: what is not as that page showed it is not signed.
    """

    what: str = ""
    without: tuple[str, ...] = ()
    doubtful: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Approve:
    """A lead approves what we showed: a signature in answer to a sheet only."""


@dataclass(frozen=True)
class SendBack:
    """A lead sends a figure back to its contributor."""

    code: str
    why: str


@dataclass(frozen=True)
class Freeze:
    """The coordinator freezes the round."""

    why: str = ""


@dataclass(frozen=True)
class Lock:
    """The coordinator locks the round."""

    why: str = ""


@dataclass(frozen=True)
class Reopen:
    """The coordinator reopens one figure, or with "" the whole round."""

    code: str
    why: str


@dataclass(frozen=True)
class Decline:
    """The coordinator leaves a figure as it is although a correction waits for it."""

    code: str
    why: str


@dataclass(frozen=True)
class AboutWords:
    """What is to become of the words beside a figure that are held back; `words` are the new ones."""

    code: str
    how: Dealt
    words: str = ""


@dataclass(frozen=True)
class PublishWords:
    """The text for publication beside a figure is written; with `legal_check` it is not printed before that is done."""

    code: str
    words: str
    legal_check: bool = False


@dataclass(frozen=True)
class LegalCheckDone:
    """The text for publication beside a figure may be printed."""

    code: str


@dataclass(frozen=True)
class TakeOutText:
    """There is to be no text for publication beside a figure."""

    code: str


TextOrder = PublishWords | LegalCheckDone | TakeOutText
"""What can be said of the text for publication beside a figure."""


@dataclass(frozen=True)
class Decide:
    """The coordinator enters what SEG decided about a change request, by its number."""

    request: int
    accepted: bool
    why: str


@dataclass(frozen=True)
class OpenRound:
    """The coordinator opens a quarter's round before its day."""

    period: Quarter


@dataclass(frozen=True)
class Status:
    """How the round stands."""


@dataclass(frozen=True)
class Help:
    """What can be written."""


@dataclass(frozen=True)
class AskAbout:
    """Somebody asks about an indicator: what is asked for, and who knows."""

    code: str


@dataclass(frozen=True)
class Thank:
    """Somebody is polite and says nothing else."""


@dataclass(frozen=True)
class WhoOwes:
    """Who owes what; of somebody who is no coordinator, what they owe themselves."""


class Listed(StrEnum):
    """What the coordinator can have listed."""

    REQUESTS = "requests"
    HELD = "held"
    WORDS = "words"
    TARGETS = "targets"
    TIMETABLE = "timetable"


@dataclass(frozen=True)
class ShowList:
    """The coordinator asks for a list."""

    what: Listed


@dataclass(frozen=True)
class ConfirmTarget:
    """The coordinator enters that somebody has agreed what the wording of a target means."""

    code: str
    why: str
    since: Quarter | None = None


@dataclass(frozen=True)
class Away:
    """Somebody is away, both days included; "" is who says it. The deputy as written, "" for the one they have.

    Without a last day it is until they are back.
    """

    who: str
    first: date
    last: date | None
    deputy: str = ""


@dataclass(frozen=True)
class Back:
    """Somebody is back today; "" is who says it."""

    who: str = ""


@dataclass(frozen=True)
class HandOver:
    """Somebody else reports these from now on; no codes are everything, "" is who says it. `address` is theirs."""

    codes: tuple[str, ...]
    to: str
    owner: str = ""
    address: str = ""


@dataclass(frozen=True)
class Snooze:
    """No reminder before this day; "" is to who says it."""

    until: date
    who: str = ""


@dataclass(frozen=True)
class Extend:
    """The coordinator gives more time for these, or for all that one person owes (RULES 18)."""

    codes: tuple[str, ...]
    until: date
    who: str = ""
    why: str = ""


@dataclass(frozen=True)
class AskForTime:
    """Somebody needs more time for these, or for all they owe; None where they do not say until when."""

    codes: tuple[str, ...]
    until: date | None


@dataclass(frozen=True)
class RefuseTime:
    """The coordinator gives no more time for these."""

    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class OnBehalf:
    """The coordinator enters what somebody said by telephone or in a meeting (RULES 7)."""

    who: str
    text: str


@dataclass(frozen=True)
class Release:
    """The coordinator lets held messages go: these, or with none all of them but `kept` (RULES 22)."""

    messages: tuple[int, ...] = ()
    kept: tuple[int, ...] = ()


@dataclass(frozen=True)
class Hold:
    """The coordinator keeps messages from going: these, or with none all that are about to."""

    messages: tuple[int, ...] = ()


@dataclass(frozen=True)
class PutBefore:
    """The coordinator puts a sentence before a message that waits."""

    message: int
    words: str


@dataclass(frozen=True)
class Drop:
    """The coordinator takes messages back for good."""

    messages: tuple[int, ...]


@dataclass(frozen=True)
class SendDefinitions:
    """The definitions as a workbook."""


@dataclass(frozen=True)
class PreviewDefinitions:
    """What the workbook of definitions that came with a message would change; it is sent, never written."""


@dataclass(frozen=True)
class ChangeDefinitions:
    """Change the definitions as the workbook says whose preview is answered; None is from the quarter told there."""

    why: str = ""
    since: Quarter | None = None


@dataclass(frozen=True)
class SendRound:
    """A whole round as a workbook; None is the latest."""

    period: Quarter | None = None


@dataclass(frozen=True)
class SendHistory:
    """One figure from bytes to report; None is the latest round's."""

    code: str
    period: Quarter | None = None


@dataclass(frozen=True)
class ListQuarantine:
    """The coordinator asks what was set aside."""


@dataclass(frozen=True)
class ShowQuarantined:
    """The coordinator looks at one message that was set aside."""

    message: int


@dataclass(frozen=True)
class Accept:
    """The coordinator takes a message that was set aside: as somebody's, "" for its sender's; and keeps the address."""

    message: int
    who: str = ""
    remember: bool = False


@dataclass(frozen=True)
class Reject:
    """The coordinator leaves a message that was set aside unread."""

    message: int
    why: str


@dataclass(frozen=True)
class AddressWorks:
    """The coordinator says that an address that failed can be reached again."""

    address: str


@dataclass(frozen=True)
class Purge:
    """The coordinator has a message removed that should never have been sent (RULES 28)."""

    message: int
    why: str


#: What can be said of messages and addresses, also before a round is open.
AboutMail = ListQuarantine | ShowQuarantined | Accept | Reject | AddressWorks | Purge


@dataclass(frozen=True)
class ForRound:
    """An order about the round of a quarter; the number alone is the latest quarter that has it."""

    order: "Order"
    period: Quarter | int


@dataclass(frozen=True)
class Doubtful:
    """Words that begin as an order and set a condition, or say no: nothing is done. `instead` is how to write it."""

    said: str
    instead: str


Order = (
    SignOff
    | Approve
    | SendBack
    | Freeze
    | Lock
    | Reopen
    | Decline
    | Decide
    | AboutWords
    | TextOrder
    | OpenRound
    | Status
    | Help
    | WhoOwes
    | AskAbout
    | Thank
    | ShowList
    | ConfirmTarget
    | Away
    | Back
    | HandOver
    | Snooze
    | Extend
    | AskForTime
    | RefuseTime
    | OnBehalf
    | Release
    | Hold
    | Drop
    | PutBefore
    | SendDefinitions
    | PreviewDefinitions
    | ChangeDefinitions
    | SendRound
    | SendHistory
    | AboutMail
    | ForRound
    | Doubtful
)


@dataclass(frozen=True)
class Instructions:
    """The orders of a message in their order, and its words that are none."""

    orders: tuple[Order, ...]
    rest: str

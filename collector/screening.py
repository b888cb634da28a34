"""What becomes of a message before it is read: who sent it, and is there anything to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from collector.books import InboxRow, InboxState
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.domain.period import day
from collector.domain.submission import Opened, Refusal
from collector.ports import Border, NotLoaded, Unit


class Way(StrEnum):
    """The ways a message can go."""

    READ = "read"
    REFUSE = "refuse"
    IGNORE = "ignore"
    REVIEW = "review"
    ASK_SENDER = "ask_sender"
    LEFT = "left"


@dataclass(frozen=True)
class Screened:
    """The way, who it is from where that is known, and why."""

    way: Way
    reason: str = ""
    person: Person | None = None


#: The door of what the coordinator enters for somebody who said it by telephone or in a meeting (RULES 7).
RECORD = "record"
#: Doors where the operator vouches for the sender: what arrives there is not checked against the border server.
VOUCHED = ("file", RECORD)
#: Slack says itself who writes; a border server vouches only for mail.
SLACK = "slack"


def partnership_of(unit: Unit) -> Partnership:
    """The partnership whose people are known; NotLoaded before there is one."""
    partnership = unit.plan.get()
    if partnership is None:
        raise NotLoaded
    return partnership


def screen(unit: Unit, partnership: Partnership, row: InboxRow, opened: Opened | Refusal, border: Border) -> Screened:
    """Decide the way of a message (promise 3, RULES 24). A copy of one that was handled is ignored."""
    if opened.machine is not None:
        return Screened(Way.IGNORE, f"machine mail ({opened.machine.value.replace('_', ' ')}), never answered")
    if isinstance(opened, Opened) and row.door != SLACK:
        copy = _copy_of(unit, row, opened)
        if copy is not None:
            return copy
    person = _sender_of(partnership, row, opened)
    if person is None:
        return _nobody(row, opened)
    if row.door not in (*VOUCHED, SLACK):
        trusted, why = border.trusted(opened)
        if not trusted:
            return Screened(Way.REVIEW, f"not trusted: {why}")
    if isinstance(opened, Refusal):
        return Screened(Way.REFUSE, opened.words, person)
    return Screened(Way.READ, "", person)


def unless_left(screened: Screened, today: date) -> Screened:
    """Nothing is taken from somebody who has left, and nothing told to them: the coordinator looks at it."""
    person = screened.person
    if person is None or person.left is None or not person.has_left(today):
        return screened
    return Screened(Way.LEFT, f"the {person.title} has left since {day(person.left)}", person)


def _nobody(row: InboxRow, opened: Opened | Refusal) -> Screened:
    if isinstance(opened, Refusal) and not opened.senders:
        return Screened(Way.REVIEW, opened.words)
    if row.door in VOUCHED and not opened.senders:
        return Screened(Way.ASK_SENDER, "The file does not say who sent it. Say it with --from, an address or an id.")
    senders = ", ".join(_named(sender) for sender in opened.senders) or row.claimed_sender or "nobody"
    return Screened(Way.REVIEW, f"the sender ({senders}) is not registered")


def _named(sender: str) -> str:
    """A sender as the coordinator can look them up."""
    if not sender.startswith(f"{SLACK}:"):
        return sender
    _, team, member = sender.split(":", 2)
    return f"member {member} of the Slack workspace {team}"


def _sender_of(partnership: Partnership, row: InboxRow, opened: Opened | Refusal) -> Person | None:
    """The registered person a message is from: who the operator says, or its one From address."""
    claimed = row.claimed_sender
    if claimed is None:
        if len(opened.senders) != 1:
            return None
        claimed = opened.senders[0]
    return partnership.known_as(claimed)


def _copy_of(unit: Unit, row: InboxRow, opened: Opened) -> Screened | None:
    """The same Message-ID with the same content is a copy; with other content it goes to review.

    A mail without a Message-ID (one in eight has none) is a copy when its content, Date header and all, came before.
    """
    if opened.message_id is None:
        found: Sequence[InboxRow] = unit.inbox.same_content(opened.fingerprint, row.id) if opened.sent_at else ()
    else:
        found = unit.inbox.same_message_id(opened.message_id, row.id)
    # What was set aside was not handled: a copy that can be trusted is read.
    earlier = [before for before in found if before.state is InboxState.DONE]
    other = [before for before in earlier if before.fingerprint != opened.fingerprint]
    if other:
        return Screened(Way.REVIEW, f"its Message-ID was used by another message (number {other[0].id})")
    return _ignored_copy(earlier[0]) if earlier else None


def _ignored_copy(earlier: InboxRow) -> Screened:
    return Screened(Way.IGNORE, f"a copy of message {earlier.id}, which was handled")

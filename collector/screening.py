"""What becomes of a message before it is read: who sent it, and is there anything to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from collector.books import InboxRow, InboxState
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.domain.period import day
from collector.domain.submission import Machine, Opened, Refusal
from collector.ports import Border, NotLoaded, Unit
from collector.shared_address import asked_who, which_of


class Way(StrEnum):
    """The ways a message can go."""

    READ = "read"
    REFUSE = "refuse"
    IGNORE = "ignore"
    REVIEW = "review"
    ASK_SENDER = "ask_sender"
    ASK_WHO = "ask_who"
    LEFT = "left"


@dataclass(frozen=True)
class Screened:
    """The way, who it is from where that is known, and why.

    `newcomer` is the address of somebody new in a registered organisation (RULES 24).
    """

    way: Way
    reason: str = ""
    person: Person | None = None
    newcomer: str = ""


#: The door of what the coordinator enters for somebody who said it by telephone or in a meeting (RULES 7).
RECORD = "record"
#: Doors where the operator vouches for the sender: what arrives there is not checked against the border server.
VOUCHED = ("file", RECORD)
#: At these domains anybody gets an address: that somebody is registered there says nothing of who else writes from it.
_ANYBODYS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.co.uk", "live.com"),
        *("yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "btinternet.com", "sky.com", "msn.com"),
    }
)
#: Slack says itself who writes; a border server vouches only for mail.
SLACK = "slack"


def partnership_of(unit: Unit) -> Partnership:
    """The partnership whose people are known; NotLoaded before there is one."""
    partnership = unit.plan.get()
    if partnership is None:
        raise NotLoaded
    return partnership


def screen(unit: Unit, partnership: Partnership, row: InboxRow, opened: Opened | Refusal, border: Border) -> Screened:
    """Decide the way of a message (promise 3, RULES 24). A copy of one that was handled is ignored.

    What the coordinator has accepted is read as if the border server had vouched for it.
    """
    if opened.machine is not None and opened.machine is not Machine.DOUBTFUL:
        return Screened(Way.IGNORE, f"machine mail ({opened.machine.value.replace('_', ' ')}), never answered")
    if isinstance(opened, Opened) and row.door != SLACK and not row.accepted_by:
        copy = _copy_of(unit, row, opened)
        if copy is not None:
            return copy
    if opened.machine is Machine.DOUBTFUL and row.door not in VOUCHED and not row.accepted_by:
        return Screened(Way.REVIEW, "a program may have written it, so it was neither read nor answered")
    people = _senders_of(partnership, row, opened)
    if not people:
        return _nobody(partnership, row, opened, border)
    if row.door not in (*VOUCHED, SLACK) and not row.accepted_by:
        trusted, why = border.trusted(opened)
        if not trusted:
            return Screened(Way.REVIEW, f"not trusted: {why}")
    if isinstance(opened, Refusal):
        return Screened(Way.REFUSE, opened.words, people[0])
    person = people[0] if len(people) == 1 else which_of(unit, people, opened)
    return Screened(Way.READ, "", person) if person else Screened(Way.ASK_WHO, asked_who(people), people[0])


def unless_left(screened: Screened, today: date) -> Screened:
    """Nothing is taken from somebody who has left, and nothing told to them: the coordinator looks at it."""
    person = screened.person
    if person is None or person.left is None or not person.has_left(today):
        return screened
    return Screened(Way.LEFT, f"the {person.title} has left since {day(person.left)}", person)


def _nobody(partnership: Partnership, row: InboxRow, opened: Opened | Refusal, border: Border) -> Screened:
    if isinstance(opened, Refusal) and not opened.senders:
        return Screened(Way.REVIEW, opened.words)
    if row.door in VOUCHED and not opened.senders:
        return Screened(Way.ASK_SENDER, "The file does not say who sent it. Say it with --from, an address or an id.")
    senders = ", ".join(_named(sender) for sender in opened.senders) or row.claimed_sender or "nobody"
    reason = f"the sender ({senders}) is not registered{_passed_on(partnership, opened)}"
    by_mail = row.door not in (*VOUCHED, SLACK) and len(opened.senders) == 1
    if by_mail and _is_partners(partnership, opened.senders[0]) and border.trusted(opened)[0]:
        return Screened(Way.REVIEW, f"{reason}, and writes from a partner's domain", newcomer=opened.senders[0])
    return Screened(Way.REVIEW, reason)


def _is_partners(partnership: Partnership, address: str) -> bool:
    """Whether an address is of a domain at which somebody is registered; where anybody gets one it says nothing."""
    domain = address.rpartition("@")[2]
    known = {each.rpartition("@")[2] for person in partnership.people for each in person.addresses}
    return domain in known and domain not in _ANYBODYS


def _passed_on(partnership: Partnership, opened: Opened | Refusal) -> str:
    """Whose mail it says it passes on: anybody can write that, so it is for the coordinator to judge."""
    found = forwarded_people(partnership, opened.passed_on) if isinstance(opened, Opened) else ()
    return f" and passes on mail of the {' and the '.join(person.title for person in found)}" if found else ""


def forwarded_people(partnership: Partnership, addresses: Sequence[str]) -> tuple[Person, ...]:
    """The registered people among those whose mail is passed on."""
    known = (person for address in addresses for person in partnership.all_known_as(address))
    return tuple({person.id: person for person in known}.values())


def _named(sender: str) -> str:
    """A sender as the coordinator can look them up."""
    if not sender.startswith(f"{SLACK}:"):
        return sender
    _, team, member = sender.split(":", 2)
    return f"member {member} of the Slack workspace {team}"


def _senders_of(partnership: Partnership, row: InboxRow, opened: Opened | Refusal) -> tuple[Person, ...]:
    """The registered people at a message's address: who the operator says, or its one From address."""
    claimed = row.claimed_sender
    if claimed is None:
        if len(opened.senders) != 1:
            return ()
        claimed = opened.senders[0]
    return partnership.all_known_as(claimed)


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

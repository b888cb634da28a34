"""What is set aside for the coordinator, with what they need to decide; who is new in a known organisation is told.

RULES 24: an unknown person from a registered partner's authenticated domain is told once that the coordinator will
confirm them. A stranger gets nothing.
"""

import hashlib
from dataclasses import replace
from datetime import datetime

from collector.books import Aside, InboxRow, Planned
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Role
from collector.domain.submission import Opened, Refusal
from collector.messages import Notice
from collector.ports import Unit
from collector.screening import Screened

_WORDS = 1500
_MOST_FILES = 20


def set_aside(unit: Unit, row: InboxRow, worker: str, opened: Opened | Refusal, why: Screened, now: datetime) -> None:
    """Nothing on the books changes by it; the coordinator decides."""
    unit.inbox.quarantine(row.id, worker, why.reason, now)
    unit.inbox.set_aside(row.id, shown(opened))
    partnership = unit.plan.get()
    if why.newcomer and partnership is not None:
        _tell_newcomer(unit, partnership, opened, why.newcomer, now)


def may_wait_for_the_coordinator(opened: Opened | Refusal, person: Person, why: Screened) -> bool:
    """Whether somebody else has to look at it: the coordinator's own words come to nobody but themselves."""
    brings = isinstance(opened, Refusal) or opened.attachments or opened.remote or opened.passed_on
    return bool(why.reason or brings) or person.role is not Role.COORDINATOR


def shown(opened: Opened | Refusal) -> Aside:
    """What the coordinator is shown of a message."""
    if isinstance(opened, Refusal):
        return Aside(opened.senders, opened.subject, "")
    files = [*(each.name for each in opened.attachments), *(each.name for each in opened.remote)][:_MOST_FILES]
    words = opened.text.strip() or opened.body.strip()
    cut = words if len(words) <= _WORDS else f"{words[:_WORDS]}\u2026"
    return Aside(opened.senders, opened.subject, cut, tuple(files), opened.passed_on)


def _tell_newcomer(unit: Unit, partnership: Partnership, opened: Opened | Refusal, address: str, now: datetime) -> None:
    coordinator = next(iter(partnership.with_role(Role.COORDINATOR)), None)
    if coordinator is None:
        return
    told = (
        "Received. We do not know this address yet, so nothing was recorded so far. The coordinator will confirm you,"
        " and then what you sent counts from the moment it reached us.",
        f"There is nothing for you to do. Who to write to: the {coordinator.title}, or reply to this email.",
    )
    message = Notice(address, "Received; the coordinator will confirm you", told)
    # One to each address, ever.
    key = f"newcomer:{hashlib.sha256(address.encode()).hexdigest()[:40]}"
    thread = (*opened.references, opened.message_id) if isinstance(opened, Opened) and opened.message_id else ()
    planned = Planned(
        key, coordinator.id, message, now, unprompted=False, in_reply_to=opened.message_id, references=thread
    )
    planned = replace(planned, address=address)
    unit.outbox.plan(planned, now)

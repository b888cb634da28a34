"""Figures that the coordinator enters for somebody who gave them by telephone or in a meeting (RULES 7)."""

import hashlib
from datetime import datetime

from collector.acting import Acting, NotDone
from collector.books import AuditLine, InboxRow
from collector.domain.people import Person
from collector.domain.period import day
from collector.domain.submission import Inbound
from collector.ports import Unit
from collector.screening import RECORD
from collector.view import RoundView
from collector.who_is_meant import meant_by


def on_behalf(acting: Acting, view: RoundView, who: str, text: str) -> tuple[str, ...]:
    """Take in what somebody said as if they had written it; they are sent a confirmation and can put it right."""
    if not acting.coordinates:
        raise NotDone("Only the coordinator enters figures for others. Send your own figures, or ask the coordinator.")
    if not text:
        raise NotDone(f"Nothing stands after \u201c{who}\u201d, so nothing was entered for them.")
    person = meant_by(view.partnership, who)
    if person is None:
        raise NotDone(f"Nobody is registered as \u201c{who}\u201d, so nothing was entered for them.")
    if person.left is not None and person.has_left(acting.calendar.local(acting.now).date()):
        raise NotDone(
            f"The {person.title} has left since {day(person.left)}, so nothing was entered for them. Enter it for who"
            " reports it now."
        )
    if enter(acting.unit, person, text, acting.now, acting.by.id) is None:
        raise NotDone(f"\u201c{text}\u201d was entered for the {person.title} a moment ago already.")
    said = "; ".join(line.strip(" ,;") for line in text.splitlines() if line.strip())
    return (f"Entered for the {person.title}: {said}. They are sent what was recorded, or asked.",)


def enter(unit: Unit, person: Person, text: str, now: datetime, actor: str, how: str = "") -> InboxRow | None:
    """Keep what somebody said elsewhere as a message of theirs, with who entered it; None when it was kept already."""
    raw = f"{text}\n".encode()
    key = f"{RECORD}:{now.isoformat()}:{person.id}:{hashlib.sha256(raw).hexdigest()[:16]}"
    kept = unit.inbox.keep(Inbound(RECORD, key, now, raw, len(raw), claimed_sender=person.id), unit.blobs.put(raw))
    if kept is not None:
        said = f"{person.id}, {how}" if how else person.id
        unit.audit.write(AuditLine(now, actor, "entered on behalf", text, said))
    return kept

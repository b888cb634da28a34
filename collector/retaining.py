"""Bytes are kept as long as the partnership's file says, by kind; what goes is logged one by one (RULES 28)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from collector.books import AuditLine, Gone, InboxState, Kept
from collector.chasing import Rest
from collector.domain.period import day
from collector.domain.retention import Retention
from collector.ports import Calendar, Unit

#: So many of a kind go in one unit of work; the next tick goes on.
BATCH = 200
_EVERYTHING = 1_000_000


def retain_due(unit: Unit, calendar: Calendar, now: datetime, rest: Rest) -> int:
    """Once a day let go what has been kept long enough; how many went."""
    if rest.until is not None and now < rest.until:
        return 0
    gone = let_go(unit, now)
    if gone == 0:
        rest.until = calendar.at(calendar.local(now).date() + timedelta(days=1), calendar.local(now).time())
    return gone


def let_go(unit: Unit, now: datetime) -> int:
    """Remove a batch of each kind and log each; how many went, 0 when nothing is left to go."""
    count = 0
    for kind, days, due in _due(unit, now, BATCH):
        for kept in due:
            hashes = [kept.blob] if kind == "letter" else list(unit.care.bytes_of(kept.id))
            for sha256 in hashes:
                unit.care.remove(sha256, Gone.RETENTION)
            if kind == "message":
                unit.care.forget_shown(kept.id)
            reason = f"kept for {days} days (sha256 {', '.join(hashes)})"
            unit.audit.write(AuditLine(now, "collector", "no longer kept", f"{kind} {kept.id}", reason))
            count += 1
    return count + _drafts(unit, now)


def _drafts(unit: Unit, now: datetime) -> int:
    """Forms that were begun and never sent in are kept as long as what was set aside."""
    days = _rule(unit).set_aside
    old = unit.drafts.old(now - timedelta(days=days))
    for person, period in old:
        unit.drafts.drop(person, period)
        told = AuditLine(now, "collector", "no longer kept", f"draft {person} {period.key}", f"kept for {days} days")
        unit.audit.write(told)
    return len(old)


def preview(unit: Unit, calendar: Calendar, now: datetime) -> list[str]:
    """What would go now, a line for each kind that has something."""
    lines = []
    for kind, days, due in _due(unit, now, _EVERYTHING):
        if due:
            first, last = (day(calendar.local(one.at).date()) for one in (due[0], due[-1]))
            plural = "" if len(due) == 1 else "s"
            lines.append(f"{len(due)} {kind}{plural} of {first} to {last}: kept for {days} days")
    return lines or ["Nothing has been kept for longer than the definition file says."]


def _due(unit: Unit, now: datetime, most: int) -> list[tuple[str, int, Sequence[Kept]]]:
    rule = _rule(unit)
    ends = {days: now - timedelta(days=days) for days in (rule.messages, rule.set_aside, rule.letters)}
    return [
        ("message", rule.messages, unit.care.old_messages(InboxState.DONE, ends[rule.messages], most)),
        ("message", rule.set_aside, unit.care.old_messages(InboxState.QUARANTINED, ends[rule.set_aside], most)),
        ("letter", rule.letters, unit.care.old_letters(ends[rule.letters], most)),
    ]


def _rule(unit: Unit) -> Retention:
    partnership = unit.plan.get()
    return partnership.retention if partnership else Retention()

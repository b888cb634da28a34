"""Escalations that wait for release and have nothing left to say: dropped by themselves, and that is in the audit."""

from datetime import datetime

from collector.books import AuditLine, OutboxRow
from collector.chasing import LOOK_AGAIN, Rest
from collector.escalation import ESCALATION, escalation_now
from collector.ports import Calendar, Unit
from collector.view import bare_view

#: Why such a message was dropped.
ALL_IN = "what it speaks of is in, or nobody is asked for it any more"


def drop_stale(unit: Unit, calendar: Calendar, now: datetime, rest: Rest) -> None:
    """Drop each escalation that waits and has nothing to say any more; nothing is read while the books are the same."""
    held = [row for row in unit.outbox.held() if row.planned.kind == ESCALATION]
    seen = unit.pulse() if held else ()
    if not held or rest.holds(seen, now):
        return
    for row in held:
        if is_stale(unit, row, calendar, now):
            unit.outbox.drop(row.id)
            unit.audit.write(AuditLine(now, "collector", "message dropped", row.planned.dedupe_key, ALL_IN))
    rest.seen, rest.until = seen, now + LOOK_AGAIN


def is_stale(unit: Unit, row: OutboxRow, calendar: Calendar, now: datetime) -> bool:
    """Whether an escalation would say nothing if it went now."""
    period = row.planned.period
    if row.planned.kind != ESCALATION or period is None or unit.rounds.get(period) is None:
        return False
    return escalation_now(bare_view(unit, period), row.planned, calendar, now) is None

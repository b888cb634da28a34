"""Answers to what people send by mail, no more than a set number to each a day: whatever writes more is no person."""

from datetime import datetime, time

from collector.books import AuditLine, Planned
from collector.delivery import MAIL
from collector.ports import Calendar, Unit

#: How the audit trail names an answer that was not given; the coordinator is told of each sender once a day.
NOT_ANSWERED = "not answered"


def give_answer(unit: Unit, calendar: Calendar, planned: Planned, now: datetime) -> bool:
    """Plan an answer; False where its recipient had as many today as the timetable allows (`answers_a_day`)."""
    partnership = unit.plan.get()
    if partnership is not None and planned.channel == MAIL:
        today = calendar.at(calendar.local(now).date(), time())
        if unit.outbox.answered_since(planned.person, today) >= partnership.timetable.answers_a_day:
            most = partnership.timetable.answers_a_day
            unit.audit.write(
                AuditLine(now, "collector", NOT_ANSWERED, planned.person, f"{most} answers that day already")
            )
            return False
    return unit.outbox.plan(planned, now)

"""What would go unprompted in the next days if nothing more came in: each message with its moment and its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from collector.domain.people import Role
from collector.domain.period import Quarter
from collector.domain.round import Obligation, ObligationState, Round
from collector.messages import Reminder
from collector.ports import Calendar, Unit
from collector.reminders import Rung, ladder, reminders_at
from collector.rounds import owed_in
from collector.view import RoundView, latest_view


@dataclass(frozen=True, order=True)
class Expected:
    """One message to come."""

    at: datetime
    to: str
    what: str
    why: str


def forecast(unit: Unit, calendar: Calendar, now: datetime, until: datetime) -> list[Expected]:
    """Every unprompted message between two moments; empty before a partnership is loaded."""
    found: list[Expected] = []
    for view in _rounds(unit, calendar, now, until):
        found += _reminders(unit, view, calendar, now, until)
        found += _weekly(view, calendar, now, min(until, calendar.opens(view.round.period.next)))
    return sorted(found)


def _rounds(unit: Unit, calendar: Calendar, now: datetime, until: datetime) -> Iterable[RoundView]:
    """The round that is open, and the next one as it will stand when it opens in time."""
    view = latest_view(unit)
    if view is not None:
        yield view
    # While the next round is open its digest takes the place of the last one's.
    coming = view.round.period.next if view else Quarter.containing(calendar.local(now).date()).previous
    partnership = unit.plan.get()
    if partnership is None or calendar.opens(coming) > until:
        return
    opened = Round(coming, calendar.opens(coming), calendar.due(coming))
    owed = [
        Obligation(place, coming, measure, person, number, ObligationState.OWED)
        for place, (measure, person, number) in enumerate(owed_in(partnership, coming))
    ]
    yield RoundView(partnership, opened, owed, {}, unit.figures.before(coming), (), ())


def _reminders(unit: Unit, view: RoundView, calendar: Calendar, now: datetime, until: datetime) -> Iterable[Expected]:
    steps = ladder(view.round, view.partnership.timetable.rungs, calendar, view.round.opens)
    passed = [step for step in steps if step.at <= now]
    for rung in [*passed[-1:], *(step for step in steps if now < step.at <= until)]:
        at = calendar.next_office_hour(max(rung.at, now))
        for planned in reminders_at(view, rung, calendar, at):
            message = planned.message
            if isinstance(message, Reminder) and not unit.outbox.has(planned.dedupe_key):
                codes = ", ".join(line.code for line in message.owed) or "nothing that can exist yet"
                yield Expected(at, message.to, f"reminder: {codes}", _why(rung, message))


def _why(rung: Rung, message: Reminder) -> str:
    if message.opening:
        return "the round opens"
    days = abs(message.days_left)
    counted = f"{days} working day{'' if days == 1 else 's'}"
    if message.days_left == 0:
        return "due today and not in"
    return f"{counted} before the due day and not in" if message.days_left > 0 else f"{counted} overdue"


def _weekly(view: RoundView, calendar: Calendar, now: datetime, until: datetime) -> Iterable[Expected]:
    timetable = view.partnership.timetable
    day = max(now, view.round.opens)
    while day <= until:
        at = calendar.at(calendar.local(day).date(), timetable.weekly_at)
        if at.weekday() == timetable.weekly_on and max(now, view.round.opens) < at <= until:
            sent = calendar.next_office_hour(at)
            for role, what in ((Role.SEG, "board"), (Role.CHAIR, "digest")):
                for person in view.partnership.with_role(role):
                    yield Expected(sent, person.title, what, "weekly while the round is open")
        day += timedelta(days=1)

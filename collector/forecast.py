"""What would go unprompted in the next days if nothing more came in: each message with its moment and its reason."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from collector.domain.people import Role
from collector.domain.period import Quarter
from collector.domain.round import Obligation, ObligationState, Round
from collector.ladder import Rung, why
from collector.messages import Reminder
from collector.ports import Calendar, Unit
from collector.reminders import due_rung, key_of, reminder_at, rungs_for
from collector.rounds import owed_in
from collector.view import RoundView, current_views


@dataclass(frozen=True, order=True)
class Expected:
    """One message to come."""

    at: datetime
    to: str
    what: str
    why: str


def forecast(unit: Unit, calendar: Calendar, now: datetime, until: datetime) -> list[Expected]:
    """Every unprompted message between two moments; empty before a partnership is loaded."""
    reminders: list[Expected] = []
    found: list[Expected] = []
    views = current_views(unit, now)
    coming = _coming(unit, calendar, now, until)
    for view in [*views, *coming]:
        reminders += _reminders(unit, view, calendar, now, until)
    # While the next round is open its digest takes the place of the last one's.
    for view in [*views[:1], *coming]:
        found += _weekly(view, calendar, now, min(until, calendar.opens(view.round.period.next)))
    return sorted([*found, *_one_a_day(reminders, calendar)])


def _coming(unit: Unit, calendar: Calendar, now: datetime, until: datetime) -> list[RoundView]:
    """The next round as it will stand when it opens in time."""
    latest, partnership = unit.rounds.latest(), unit.plan.get()
    coming = latest.period.next if latest else Quarter.containing(calendar.local(now).date()).previous
    if partnership is None or calendar.opens(coming) > until:
        return []
    opened = Round(coming, calendar.opens(coming), calendar.due(coming))
    owed = [
        Obligation(place, coming, measure, person, number, ObligationState.OWED)
        for place, (measure, person, number) in enumerate(owed_in(partnership, coming))
    ]
    return [RoundView(partnership, opened, owed, {}, unit.figures.before(coming), (), ())]


def _reminders(unit: Unit, view: RoundView, calendar: Calendar, now: datetime, until: datetime) -> Iterable[Expected]:
    told = unit.outbox.told(key_of(view.round.period), view.round.period)
    for person in view.partnership.people:
        late = due_rung(view, person, calendar, now, told.get(person.id))
        to_come = [rung for rung in rungs_for(view, person, calendar) if now < rung.at <= until]
        for rung in [*([late] if late else []), *to_come]:
            at = calendar.next_office_hour(max(rung.at, now))
            planned = reminder_at(view, person, rung, calendar, at)
            if planned is None or unit.outbox.has(planned.dedupe_key) or not isinstance(planned.message, Reminder):
                continue
            codes = ", ".join(line.code for line in planned.message.owed) or "nothing that can exist yet"
            yield Expected(at, planned.message.to, f"reminder: {codes}", _why(rung, planned.message))


def _why(rung: Rung, message: Reminder) -> str:
    return rung.why if message.opening else why(message.days_left)


def _one_a_day(expected: list[Expected], calendar: Calendar) -> list[Expected]:
    """What would be somebody's second reminder of a day waits for the next working morning."""
    taken: set[tuple[str, date]] = set()
    moved = []
    for one in sorted(expected):
        at = one.at
        while (one.to, calendar.local(at).date()) in taken:
            at = calendar.next_morning(at)
        taken.add((one.to, calendar.local(at).date()))
        moved.append(replace(one, at=at))
    return moved


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

"""Reminders of a round of any size: one light look says who is due, then a few people at a time are written to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from collector.books import Planned, Pulse
from collector.domain.period import Quarter
from collector.escalation import plan_escalations
from collector.ports import Books, Calendar, Unit
from collector.reminders import due_rung, key_of, plan_due, rungs_for
from collector.view import bare_view, current_periods, view_round

#: So many people are read and written to in one unit of work: the books are never held for long.
BATCH = 100
#: A look is repeated after this, whatever the books say.
LOOK_AGAIN = timedelta(minutes=15)


@dataclass
class Rest:
    """What the last look came to: nothing is due before a moment as long as the books say the same.

    It can only put a reminder off, by `LOOK_AGAIN` at most: what is planned is looked at afresh.
    """

    until: datetime | None = None
    seen: Pulse = ()

    def holds(self, seen: Pulse, now: datetime) -> bool:
        """Whether there is no need to look."""
        return self.until is not None and seen == self.seen and self.until - LOOK_AGAIN <= now < self.until


@dataclass(frozen=True)
class Due:
    """Who is to be reminded now in one round, and when that can change by itself."""

    period: Quarter
    people: list[str]
    until: datetime


def plan_reminders(books: Books, calendar: Calendar, now: datetime, rest: Rest) -> list[Planned]:
    """Plan every reminder that is due now in any round; nothing outside office hours."""
    if not calendar.in_office_hours(now):
        return []
    with books.begin() as unit:
        seen = unit.pulse()
        if rest.holds(seen, now):
            return []
        planned: list[Planned] = []
        looks = [_look(unit, period, calendar, now, planned) for period in current_periods(unit, now)]
    for look in looks:
        people = iter(look.people)
        while batch := list(islice(people, BATCH)):
            with books.begin() as unit:
                planned += plan_due(unit, view_round(unit, look.period, batch), calendar, now, batch)
    rest.seen, rest.until = seen, min([now + LOOK_AGAIN, *(look.until for look in looks)])
    return planned


def _look(unit: Unit, period: Quarter, calendar: Calendar, now: datetime, planned: list[Planned]) -> Due:
    view, told = bare_view(unit, period), unit.outbox.told(key_of(period), period)
    planned += plan_escalations(unit, view, calendar, now)
    due, to_come = [], [now + LOOK_AGAIN]
    for person in view.partnership.people:
        if due_rung(view, person, calendar, now, told.get(person.id)) is not None:
            due.append(person.id)
        to_come += _after(now, (rung.at for rung in rungs_for(view, person, calendar)))
    return Due(period, due, min(to_come))


def _after(now: datetime, moments: Iterable[datetime]) -> list[datetime]:
    return [at for at in moments if at > now]

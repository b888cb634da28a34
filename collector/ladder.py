"""The moments at which one person is to be reminded: a ladder for each figure, from its own due day. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from collector.domain.round import Obligation
from collector.follow_up import chase_times
from collector.ports import Calendar
from collector.view import RoundView

#: The name of the first moment of a round in keys; the others are named by their day.
OPENING = "opening"


@dataclass(frozen=True, order=True)
class Rung:
    """A moment at which somebody is to be reminded, its name in keys, and its reason in words."""

    at: datetime
    name: str
    why: str


def rungs_of(view: RoundView, owed: Iterable[Obligation], calendar: Calendar) -> list[Rung]:
    """All moments at which somebody is reminded of what they owe, in the order of time; one a day.

    The opening, then the timetable's working days before and after the due day of each figure. A figure whose source
    publishes after its round's due day, or whose time was extended, has a ladder of its own (RULES 18); nobody is
    chased before its source has published (promise 8). What was not available until a date, and what is provisional, is
    asked for again from its own day on.
    """
    steps: dict[date, Rung] = {}
    for due, published in sorted({chase_times(view, one, calendar) for one in owed}):
        for rung in _ladder(view, due, calendar):
            if calendar.local(rung.at).date() >= published:
                steps.setdefault(calendar.local(rung.at).date(), rung)
    opening = Rung(view.round.opens, OPENING, "the round opens")
    return [opening, *sorted(rung for rung in steps.values() if rung.at > opening.at)]


def _ladder(view: RoundView, due: datetime, calendar: Calendar) -> Iterable[Rung]:
    timetable = view.partnership.timetable
    due_day = calendar.local(due).date()
    for days in timetable.rungs:
        when = calendar.at(calendar.shift(due_day, days), timetable.office_opens)
        yield Rung(when, calendar.local(when).date().isoformat(), why(-days))


def why(days_left: int) -> str:
    """The reason of a reminder so many working days before a due day (negative: after it)."""
    if days_left == 0:
        return "due today and not in"
    counted = f"{abs(days_left)} working day{'' if abs(days_left) == 1 else 's'}"
    return f"{counted} before the due day and not in" if days_left > 0 else f"{counted} overdue"

"""Reminders put off at somebody's own wish, with a limit: the round goes on."""

from datetime import date

from collector.acting import Acting, NotDone
from collector.cover import Cover
from collector.domain.absence import PutOff
from collector.domain.people import Person
from collector.domain.period import day
from collector.domain.round import ObligationState
from collector.owing import due_of
from collector.view import RoundView
from collector.wording import on_day


def put_off_reminders(
    acting: Acting, view: RoundView, who: Person, until: date | None = None, why: str = ""
) -> tuple[str, ...]:
    """Send somebody no reminder before `until` (tomorrow), or before the latest day that is possible.

    That is `snooze_days` working days from today, and never past the first day on which what they are asked for is
    reminded of as overdue. NotDone where nothing is out, or that day has come.
    """
    if not acting.coordinates and acting.by.id != who.id:
        raise NotDone(f"Only the {who.title} or the coordinator can put off their reminders. Nothing was changed.")
    calendar = acting.calendar
    today = calendar.local(acting.now).date()
    last = _latest(acting, view, who, today)
    if last is None:
        raise NotDone(f"Nothing is out for {view.round.period}, so no reminder is to come.")
    wanted = calendar.shift(until, 0) if until else calendar.shift(today, 1)
    if wanted <= today:
        raise NotDone(f"{day(wanted)} is not after today. Say a later day, like {day(calendar.shift(today, 1))}.")
    if last <= today:
        raise NotDone("What is out is overdue, so reminders can't be put off any longer. Send what there is.")
    again = min(wanted, last)
    acting.unit.people.add_snooze(PutOff(who.id, again, acting.now))
    acting.write("reminders put off", who.id, f"until {day(again)} {why}".strip())
    days = view.partnership.timetable.snooze_days
    limit = f"Reminders can wait {days} working days at most, and not past the first days overdue. "
    return (f"{limit if again < wanted else ''}The next reminder comes on {on_day(again)}.",)


def _latest(acting: Acting, view: RoundView, who: Person, today: date) -> date | None:
    """The latest day to which reminders can be put off; None where nothing is out."""
    calendar, timetable = acting.calendar, view.partnership.timetable
    out = [owed for owed in Cover(view, today).list_of(who.id) if owed.state is not ObligationState.IN]
    if not out:
        return None
    overdue = min((days for days in timetable.rungs if days > 0), default=0)
    dues = (due_of(owed, view.definitions[owed.measure], view.round, calendar) for owed in out)
    first = min(calendar.local(due).date() for due in dues)
    return min(calendar.shift(today, timetable.snooze_days), calendar.shift(first, overdue))

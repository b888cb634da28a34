"""Who is reminded, when and of what: one message per person, of what is still out (promise 8, WORDS 8)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from collector.books import Planned
from collector.domain.indicator import Definition
from collector.domain.people import Person
from collector.domain.period import day
from collector.domain.round import Obligation, ObligationState, Round
from collector.forms import sheet_of
from collector.messages import OwedLine, Question, Reminder
from collector.ports import Calendar, Unit
from collector.questions import as_question
from collector.view import RoundView
from collector.wording import HINTS, last_words, target_words


@dataclass(frozen=True)
class Rung:
    """A step of the reminder ladder: its name in keys, and when it is reached."""

    name: str
    at: datetime


def ladder(opened: Round, rungs: tuple[int, ...], calendar: Calendar, office_opens: datetime) -> list[Rung]:
    """All steps of a round in the order of time: the opening, then each working day before and after the due day."""
    due_day = calendar.local(opened.due).date()
    at = calendar.local(office_opens).time()
    steps = [
        Rung(f"rung{number}", calendar.at(calendar.shift(due_day, days), at)) for number, days in enumerate(rungs, 1)
    ]
    return [Rung("opening", opened.opens), *(step for step in steps if step.at > opened.opens)]


def plan_due(unit: Unit, view: RoundView, calendar: Calendar, now: datetime) -> list[Planned]:
    """Plan the reminder that is due now for everybody who still owes something; what was planned before stays once.

    Of the rungs that have passed only the latest counts: a service that was down catches up with one message.
    """
    if not calendar.in_office_hours(now):
        return []
    timetable = view.partnership.timetable
    steps = ladder(view.round, timetable.rungs, calendar, view.round.opens)
    passed = [step for step in steps if step.at <= now]
    if not passed:
        return []
    wanted = reminders_at(view, passed[-1], calendar, now)
    return [planned for planned in wanted if unit.outbox.plan(planned, now)]


def reminders_at(view: RoundView, rung: Rung, calendar: Calendar, now: datetime) -> list[Planned]:
    """The reminders of one rung as they would go at a moment."""
    planned = []
    for person in view.partnership.people:
        message = compose(view, person, calendar, now, opening=rung.name == "opening")
        if message is not None and _was_open(view, message, rung, now):
            key = f"reminder:{view.round.period.key}:{person.id}:{rung.name}"
            planned.append(
                Planned(key, person.id, message, now, unprompted=True, period=view.round.period, channel=person.prefers)
            )
    return planned


def _was_open(view: RoundView, message: Reminder, rung: Rung, now: datetime) -> bool:
    """A question that was asked since is not reminded of at once: its asking has only just gone out.

    The rung waits until the days are over in which an answer is in time (RULES 18).
    """
    rested = max(rung.at, now - timedelta(days=view.partnership.timetable.query_days))
    asked_at = {code: query.asked_at for code, query in view.open_queries.items()}
    return not message.owed or any(asked_at.get(line.code, rung.at) <= rested for line in message.owed)


def compose(view: RoundView, person: Person, calendar: Calendar, now: datetime, opening: bool) -> Reminder | None:
    """What one person is told now; None when nothing of theirs is out that could be in."""
    today = calendar.local(now).date()
    # A figure that is in and in question ("keep which?") is chased like one that is not in.
    out = [owed for owed in view.owed_by(person.id) if _is_open(view, owed)]
    waiting = [owed for owed in out if source_due(view.definitions[owed.measure], view.round) > today]
    chased = [owed for owed in out if owed not in waiting]
    if not (chased or (opening and waiting)):
        return None
    due = calendar.local(view.round.due)
    published = [source_due(view.definitions[owed.measure], view.round) for owed in chased]
    if published and min(published) > due.date():
        # Everything left could not exist on the round's due day: it is due when its source has published.
        due = calendar.at(calendar.shift(min(published), 0), due.time())
    return Reminder(
        to=person.title,
        period=view.round.period,
        due=due,
        days_left=calendar.working_days_between(today, due.date()),
        opening=opening,
        owed=tuple(owed_line(view, owed) for owed in chased),
        to_answer=_open_questions(view, chased),
        awaiting=tuple(_awaiting_words(view, owed) for owed in waiting),
        workbook=sheet_of(view, person),
    )


def _is_open(view: RoundView, owed: Obligation) -> bool:
    return owed.state is not ObligationState.IN or owed.measure in view.open_queries


def source_due(definition: Definition, opened: Round) -> date:
    """The day from which a figure can exist: the quarter's end and its source's lag."""
    return opened.period.span.end + timedelta(days=definition.lag_days)


def owed_line(view: RoundView, owed: Obligation) -> OwedLine:
    """One owed figure as a list shows it."""
    definition = view.definitions[owed.measure]
    return OwedLine(
        number=owed.number,
        code=definition.code,
        title=definition.title,
        hint=HINTS[definition.unit],
        last=last_words(view.past(owed.measure), definition),
        target=target_words(definition.target),
    )


def _open_questions(view: RoundView, chased: list[Obligation]) -> tuple[Question, ...]:
    found = (view.open_queries.get(owed.measure) for owed in chased)
    return tuple(
        as_question(query, view.definitions[query.measure], view.figures.get(query.measure))
        for query in found
        if query is not None
    )


def _awaiting_words(view: RoundView, owed: Obligation) -> str:
    definition = view.definitions[owed.measure]
    return f"{owed.number}. {definition.code} {definition.short}: its source publishes about " + day(
        source_due(definition, view.round)
    )

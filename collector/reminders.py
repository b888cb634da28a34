"""Who is reminded, when and of what: one message per person, of what is still out (promise 8, WORDS 8)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from collector.books import Planned, QueryRow, Told
from collector.closing import is_over
from collector.cover import Cover, could_be_asked, moved, put_off
from collector.domain.people import Person
from collector.domain.period import Quarter, day
from collector.domain.round import Obligation, ObligationState
from collector.follow_up import chase_times, so_far, waits_for_source
from collector.forms import sheet_of
from collector.ladder import OPENING, Rung, rungs_of
from collector.looking_back import came_of, plans_wanted
from collector.messages import OwedLine, Question, Reminder
from collector.ports import Calendar, Unit
from collector.questions import as_question
from collector.view import RoundView
from collector.wording import by_day, hint_words, last_words, target_words
from collector.year_end import with_out_turn


def plan_due(unit: Unit, view: RoundView, calendar: Calendar, now: datetime, people: Collection[str]) -> list[Planned]:
    """Plan the reminders of these people that are due now; what was planned before stays once.

    The view holds at least what these people owe and may have to stand in for.

    Of the moments that have passed only the latest counts, and none where somebody was reminded since it came: a
    service that was down catches up with one message. A reminder that still waits says what is owed when it goes.
    """
    if not calendar.in_office_hours(now):
        return []
    told = unit.outbox.told(key_of(view.round.period), view.round.period)
    planned = []
    for person in (view.people[code] for code in people):
        rung = due_rung(view, person, calendar, now, told.get(person.id))
        wanted = reminder_at(view, person, rung, calendar, now) if rung else None
        if wanted is not None and unit.outbox.plan(wanted, now):
            planned.append(wanted)
    return planned


def due_rung(view: RoundView, person: Person, calendar: Calendar, now: datetime, told: Told | None) -> Rung | None:
    """The moment for which somebody is to be reminded now; None where none has come, or they were told since."""
    passed = [rung for rung in rungs_for(view, person, calendar) if rung.at <= now]
    if not passed or (told is not None and (told.waits or (told.last is not None and told.last >= passed[-1].at))):
        return None
    return passed[-1]


def rungs_for(view: RoundView, person: Person, calendar: Calendar) -> list[Rung]:
    """The moments at which somebody is reminded of what is out; empty when nothing of theirs is."""
    out = [owed for owed in could_be_asked(view, person.id) if _is_open(view, owed)]
    return moved(view, person.id, rungs_of(view, out, calendar), calendar) if out else []


def key_of(period: Quarter, person: str = "", rung: str = "") -> str:
    """The key of a reminder, or the beginning of those of a round."""
    return f"reminder:{period.key}:" + (f"{person}:{rung}" if person else "")


def reminder_at(view: RoundView, person: Person, rung: Rung, calendar: Calendar, now: datetime) -> Planned | None:
    """The reminder of one moment as it would go now; None where nothing needs to be said."""
    message = compose(view, person, calendar, now, opening=rung.name == OPENING)
    if message is None or not _was_open(view, message, rung, now):
        return None
    period = view.round.period
    key = key_of(period, person.id, rung.name)
    return Planned(key, person.id, message, now, unprompted=True, period=period, channel=person.prefers)


def _was_open(view: RoundView, message: Reminder, rung: Rung, now: datetime) -> bool:
    """A question that was asked since is not reminded of at once: its asking has only just gone out.

    The rung waits until the days are over in which an answer is in time (RULES 18).
    """
    rested = max(rung.at, now - timedelta(days=view.partnership.timetable.query_days))
    asked_at = {code: query.asked_at for code, query in view.open_queries.items()}
    codes = {*(line.code for line in message.owed), *(question.code for question in message.to_answer)}
    return not codes or any(asked_at.get(code, rung.at) <= rested for code in codes)


def compose(view: RoundView, person: Person, calendar: Calendar, now: datetime, opening: bool) -> Reminder | None:
    """What one person is told now; None when nothing of theirs is out that could be in."""
    today = calendar.local(now).date()
    cover = Cover(view, today)
    # A figure that is in and in question ("keep which?") is reminded of too: by its question, as it is not to come.
    out = [owed for owed in cover.list_of(person.id) if _is_open(view, owed)]
    if put_off(view, person.id, now, calendar):
        return None
    times = {owed.id: chase_times(view, owed, calendar) for owed in out}
    dues = {number: due for number, (due, _) in times.items()}
    exists = [owed for owed in out if times[owed.id][1] <= today]
    asked = [owed for owed in exists if owed.state is ObligationState.IN and owed.measure in view.open_queries]
    to_come = [owed for owed in exists if owed not in asked]
    overdue = [owed for owed in to_come if dues[owed.id] < now]
    # Once something is overdue, what has time of its own left is told apart from it.
    chased = overdue or to_come
    if not (chased or asked or (opening and out)):
        return None
    due = min((dues[owed.id] for owed in chased), default=calendar.local(view.round.due))
    return Reminder(
        to=person.title,
        period=view.round.period,
        due=due,
        days_left=calendar.working_days_between(today, due.date()),
        opening=opening,
        owed=tuple(owed_line(view, owed) for owed in chased),
        to_answer=_open_questions(view, person, [owed for owed in out if owed in chased or owed in asked]),
        awaiting=tuple(
            _later(view, owed, dues[owed.id], owed in exists) for owed in out if owed not in (*chased, *asked)
        ),
        workbook=sheet_of(view, person, cover.list_of(person.id)),
        standing_in=cover.reasons(person.id, out),
        came_of=came_of(view, person),
        plans_wanted=plans_wanted(view, person),
    )


def _is_open(view: RoundView, owed: Obligation) -> bool:
    out = owed.state is not ObligationState.IN or owed.measure in view.open_queries
    return (out and not is_over(view, owed.measure)) or waits_for_source(view, owed)


def owed_line(view: RoundView, owed: Obligation) -> OwedLine:
    """One owed figure as a list shows it."""
    definition = view.definitions[owed.measure]
    return OwedLine(
        number=owed.number,
        code=definition.code,
        title=definition.title,
        hint=hint_words(definition, view.round.period) + so_far(view, owed) + with_out_turn(view, owed.measure),
        last=last_words(view.past(owed.measure), definition),
        target=target_words(definition.target),
    )


def _open_questions(view: RoundView, person: Person, chased: list[Obligation]) -> tuple[Question, ...]:
    found = (view.open_queries.get(owed.measure) for owed in chased)
    return tuple(_question(view, person, query) for query in found if query is not None)


def _question(view: RoundView, person: Person, query: QueryRow) -> Question:
    """A question to whom it was put; who stands in is told who wrote what, and answers with the figure.

    The numbers of its choices are those of the person it was put to, and may mean another thing to this one.
    """
    asked = as_question(query, view.definitions[query.measure], view.figures.get(query.measure))
    if query.person == person.id:
        return asked
    writer = view.people.get(query.person)
    wrote = f"The {writer.title} wrote" if writer else "It was written"
    ways = f" It could be {' or '.join(choice.label for choice in asked.choices)}." if asked.choices else ""
    first = f"{wrote}: \u201c{query.quoted}\u201d.{ways}"
    return replace(asked, quoted="", reasons=(first, *asked.reasons), choices=())


def _later(view: RoundView, owed: Obligation, due: datetime, exists: bool) -> str:
    definition = view.definitions[owed.measure]
    named = f"{f'{owed.number}. ' if owed.number else ''}{definition.code} {definition.short}"
    if waits_for_source(view, owed):
        return f"{named}: asked for again {by_day(due)}"
    if exists:
        return f"{named}: due {by_day(due)}"
    return f"{named}: its source publishes about {day(definition.published(owed.period))}"

"""Who owes what in a round, with due day, last reminder, open questions and absence: for the coordinator only."""

from collections.abc import Mapping
from datetime import datetime

from collector.books import Told
from collector.cover import Cover
from collector.domain.people import Person
from collector.domain.round import Obligation, ObligationState
from collector.owing import due_of
from collector.ports import Calendar
from collector.view import RoundView
from collector.wording import by_day, on_day


def who_owes(view: RoundView, told: Mapping[str, Told], calendar: Calendar, now: datetime) -> list[str]:
    """A paragraph of lines for each person with something out, in the file's order; `told` is of reminders."""
    cover = Cover(view, calendar.local(now).date())
    lines: list[str] = []
    known = [person.id for person in view.partnership.people]
    for owner in [*known, *(one for one in dict.fromkeys(o.person for o in view.obligations) if one not in known)]:
        out = [o for o in view.owed_by(owner) if o.state is not ObligationState.IN or o.measure in view.open_queries]
        if out:
            lines.append(_head(view.people.get(owner), owner, told.get(owner), calendar))
            if not cover.can_answer(owner):
                lines.append(f"  {cover.why_not(owner)}. {_instead(cover, out)}")
            lines += [f"  {_line(view, owed, calendar, now)}" for owed in out]
    return lines or [f"Nothing is out for {view.round.period}."]


def _head(person: Person | None, owner: str, told: Told | None, calendar: Calendar) -> str:
    name = f"{person.title} ({person.organisation})" if person else f"{owner} (not in the file any more)"
    if told is None or told.last is None:
        return f"{name}: no reminder sent yet"
    return f"{name}: last reminder {on_day(calendar.local(told.last).date())}"


def _instead(cover: Cover, out: list[Obligation]) -> str:
    answering = dict.fromkeys(cover.answers(owed) for owed in out)
    titles = [found.title for who in answering if who and (found := cover.view.people.get(who))]
    nobody = "Nobody can answer." if None in answering else ""
    return " ".join(filter(None, (f"Asked instead: {', '.join(titles)}." if titles else "", nobody)))


def _line(view: RoundView, owed: Obligation, calendar: Calendar, now: datetime) -> str:
    definition = view.definitions[owed.measure]
    due = due_of(owed, definition, view.round, calendar)
    state = "was due" if due < now else "due"
    query = view.open_queries.get(owed.measure)
    asked = f"; asked on {on_day(calendar.local(query.asked_at).date())}: {' '.join(query.reasons)}" if query else ""
    return f"{owed.measure} {definition.short}: {state} {by_day(calendar.local(due))}{asked}"

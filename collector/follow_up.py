"""What is in and has to be asked for again: not available until a date, and provisional figures. Pure."""

from datetime import date, datetime

from collector.domain.figure import FigureStatus
from collector.domain.round import Obligation, ObligationState
from collector.owing import at_the_same_hour, due_of
from collector.ports import Calendar
from collector.view import RoundView
from collector.wording import figure_words

_ASKED_AGAIN = (FigureStatus.NOT_AVAILABLE, FigureStatus.AWAITING_RELEASE, FigureStatus.PROVISIONAL)


def waits_for_source(view: RoundView, owed: Obligation) -> bool:
    """Whether what is in is not the last word: it is asked for again, also after the round was locked."""
    held = view.figures.get(owed.measure)
    if held is None or owed.state is not ObligationState.IN or view.signing.waiting(owed.measure):
        return False
    return held.reported.status in _ASKED_AGAIN


def follow_up_on(view: RoundView, owed: Obligation, calendar: Calendar) -> date | None:
    """The day on which it is asked for again, and not before; None where nothing is to be asked again.

    That is the date its sender gave; for a provisional figure else the day its source publishes; else the working day
    after the next quarter's opening, whose reminder goes first.
    """
    held = view.figures.get(owed.measure)
    if held is None or not waits_for_source(view, owed):
        return None
    said_on = calendar.local(held.source.received_at).date()
    days = [held.reported.expected_on]
    if held.reported.status is FigureStatus.PROVISIONAL:
        days.append(view.definitions[owed.measure].published(owed.period))
    given = next((day for day in days if day is not None and day > said_on), None)
    return given or calendar.shift(calendar.local(calendar.opens(owed.period.next)).date(), 1)


def chase_times(view: RoundView, owed: Obligation, calendar: Calendar) -> tuple[datetime, date]:
    """When something owed is due, and the first day on which it may be chased."""
    definition = view.definitions[owed.measure]
    again = follow_up_on(view, owed, calendar)
    if again is None:
        return due_of(owed, definition, view.round, calendar), definition.published(owed.period)
    due = at_the_same_hour(again, calendar.local(view.round.due), calendar)
    return due, calendar.local(due).date()


def so_far(view: RoundView, owed: Obligation) -> str:
    """What an owed line adds about what is in: "153, provisional so far" and what to send now; "" for the rest."""
    held = view.figures.get(owed.measure)
    if held is None or not waits_for_source(view, owed):
        return ""
    words = figure_words(held.reported, view.definitions[owed.measure].unit)
    if held.reported.status is FigureStatus.PROVISIONAL:
        return f" ({words} so far: send the final figure, the same or not)"
    return f" ({words}, as you said)"

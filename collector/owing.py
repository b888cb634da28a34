"""When one owed figure is due, and whether it came late (RULES 18). Pure."""

from datetime import date, datetime

from collector.books import QueryRow
from collector.domain.indicator import Definition
from collector.domain.round import Obligation, Round
from collector.ports import Calendar


def due_of(owed: Obligation, definition: Definition, opened: Round, calendar: Calendar) -> datetime:
    """When one figure is due: with its round, but not before its source has published, nor before its extension ends.

    The time of day is the round's; a day that is no working day counts as the next one.
    """
    due = calendar.local(opened.due)
    later = [day for day in (definition.published(owed.period), owed.extended_to) if day is not None]
    return max(due, *(at_the_same_hour(day, due, calendar) for day in later))


def at_the_same_hour(day: date, due: datetime, calendar: Calendar) -> datetime:
    """A day's, or the next working day's, moment at another's time of day."""
    return calendar.at(calendar.shift(day, 0), due.timetz().replace(tzinfo=None))


def is_late(received: datetime, due: datetime, answered: QueryRow | None, days: int, calendar: Calendar) -> bool:
    """Whether what reached our door at a moment was late.

    The answer to a question that came within so many working days counts from when the question was raised.
    """
    if answered is not None:
        asked_on = calendar.local(answered.asked_at).date()
        if calendar.local(received).date() <= calendar.shift(asked_on, days):
            received = answered.raised_at
    return received > due

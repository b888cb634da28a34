"""What the tests about people share: orders given, and what people were told."""

from collections.abc import Callable
from datetime import datetime, timedelta

from collector.acting import Acting
from collector.domain.people import Person
from collector.messages import Notice, Reminder
from collector.view import RoundView, view_round
from tests.builders import PARTNERSHIP, Q2, Office

Order = Callable[[Acting, RoundView], tuple[str, ...]]


def person(name: str) -> Person:
    return next(one for one in PARTNERSHIP.people if one.id == name)


def orders(office: Office, by: str, when: datetime, order: Order) -> tuple[str, ...]:
    """Somebody gives an order."""
    with office.books.begin() as unit:
        return order(Acting(unit, office.calendar, when, person(by)), view_round(unit, Q2))


def told(office: Office, who: str) -> list[Reminder]:
    """The reminders that somebody was sent."""
    with office.books.begin() as unit:
        rows = [row for row in unit.outbox.rows() if row.planned.person == who and row.sent_at is not None]
    return [row.planned.message for row in rows if isinstance(row.planned.message, Reminder)]


def notices(office: Office, who: str) -> list[Notice]:
    with office.books.begin() as unit:
        planned = [row.planned for row in unit.outbox.rows() if row.planned.person == who]
    return [one.message for one in planned if isinstance(one.message, Notice)]


def lives_through(office: Office, first: datetime, last: datetime) -> None:
    while first <= last:
        for hour in (9, 15):
            office.ticks(first.replace(hour=hour))
        first += timedelta(days=1)


def codes(reminder: Reminder) -> list[str]:
    return [line.code for line in reminder.owed]

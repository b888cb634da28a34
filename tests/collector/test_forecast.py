"""What the forecast says is what the clock then does, message by message."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from collector.delivery import Fate, speaks_first
from collector.domain.partnership import Partnership, Release
from collector.domain.people import Person, Role
from collector.forecast import forecast
from storage.books import SqlBooks
from tests.builders import OPENS, PARTNERSHIP, Office, at

HELD = replace(PARTNERSHIP, release=Release(first_round=True))
#: Public Health has a member in SEG; its figure is published late, so two rounds are chased at once.
WITH_SEG = replace(
    PARTNERSHIP,
    people=(
        *PARTNERSHIP.people,
        Person("ph-seg", "Head of Public Health", "Public Health", Role.SEG, ("ph-seg@health.example.org",)),
    ),
)


def happens(office: Office, now: datetime, until: datetime) -> list[tuple[str, date, str]]:
    """The service runs through these days with nothing coming in: person, day and kind of all that it says first."""
    seen = []
    for moment in moments(now, until):
        office.clock.tick(moment)
        for done in office.sends(moment):
            planned = done.row.planned
            if done.fate in (Fate.SENT, Fate.HELD) and speaks_first(planned):
                seen.append((planned.person, office.calendar.local(moment).date(), planned.kind))
    return sorted(seen)


def moments(now: datetime, until: datetime) -> list[datetime]:
    """When the service is looked at: in the night, when the office opens, through the day, shortly before it closes."""
    days = (now + timedelta(days=n) for n in range((until - now).days + 1))
    hours = ((3, 0), (9, 0), (12, 0), (14, 30), (16, 59))
    found = [day.replace(hour=hour, minute=minute) for day in days for hour, minute in hours]
    return [moment for moment in found if now <= moment <= until]


@pytest.mark.parametrize("partnership", [PARTNERSHIP, HELD, WITH_SEG], ids=["usual", "first round", "SEG members"])
@pytest.mark.parametrize("start", [OPENS - timedelta(days=1), at(20), at(28, month=12)])
def test_the_forecast_of_thirty_days_is_what_then_happens(
    books: SqlBooks, partnership: Partnership, start: datetime
) -> None:
    office = Office(books, partnership=partnership)
    office.loads(OPENS - timedelta(days=2))
    if start > OPENS:
        happens(office, OPENS, OPENS + timedelta(hours=1))
    expected = forecast(books, office.calendar, start, start + timedelta(days=30))
    told = sorted((one.person, one.at.date(), one.kind) for one in expected)
    assert told == happens(office, start, start + timedelta(days=30))
    assert len(told) > 4


def test_the_forecast_leaves_no_trace(office: Office) -> None:
    with office.books.begin() as unit:
        before = (unit.pulse(), [row.state for row in unit.outbox.rows()])
    assert forecast(office.books, office.calendar, at(20), at(20, month=11))
    with office.books.begin() as unit:
        assert before == (unit.pulse(), [row.state for row in unit.outbox.rows()])


def test_the_forecast_gives_each_message_its_reason_and_says_what_will_wait(books: SqlBooks) -> None:
    office = Office(books, partnership=HELD)
    office.loads(OPENS - timedelta(days=2))
    first = forecast(books, office.calendar, OPENS - timedelta(days=1), OPENS)[0]
    assert first.why == "the round opens; waits for the coordinator's release"
    assert first.held

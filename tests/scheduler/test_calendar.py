from datetime import UTC, date, datetime, timedelta

import pytest

from collector.domain.period import Quarter
from collector.domain.timetable import Timetable
from scheduler.calendar import WorkingDays
from tests.builders import LONDON

calendar = WorkingDays(Timetable())


@pytest.mark.parametrize(
    "day",
    [
        date(2015, 8, 31),
        date(2015, 12, 25),
        date(2015, 12, 28),
        date(2016, 3, 25),
        date(2016, 3, 28),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2015, 10, 24),
    ],
)
def test_bank_holidays_of_england_and_wales_and_weekends_are_no_working_days(day: date) -> None:
    assert not calendar.is_working_day(day)


def test_a_scottish_holiday_is_a_working_day() -> None:
    assert calendar.is_working_day(date(2015, 11, 30))


def test_working_days_are_counted_over_a_bank_holiday() -> None:
    assert calendar.shift(date(2015, 12, 24), 1) == date(2015, 12, 29)
    assert calendar.shift(date(2015, 12, 29), -1) == date(2015, 12, 24)
    assert calendar.shift(date(2015, 12, 26), 0) == date(2015, 12, 29)
    assert calendar.working_days_between(date(2015, 12, 24), date(2015, 12, 30)) == 2
    assert calendar.working_days_between(date(2015, 12, 30), date(2015, 12, 24)) == -2


def test_the_round_of_q2_opens_on_5_october_and_is_due_at_5pm_on_the_23rd() -> None:
    quarter = Quarter(2015, 2)
    assert calendar.opens(quarter) == datetime(2015, 10, 5, 9, 0, tzinfo=LONDON)
    assert calendar.due(quarter) == datetime(2015, 10, 23, 17, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (datetime(2015, 10, 23, 9, 0), datetime(2015, 10, 23, 9, 0)),
        (datetime(2015, 10, 23, 8, 59), datetime(2015, 10, 23, 9, 0)),
        (datetime(2015, 10, 23, 16, 59, 59), datetime(2015, 10, 23, 16, 59, 59)),
        (datetime(2015, 10, 23, 17, 0), datetime(2015, 10, 26, 9, 0)),
        (datetime(2015, 12, 24, 18, 0), datetime(2015, 12, 29, 9, 0)),
    ],
)
def test_considerate_the_office_is_open_nine_to_five_on_working_days(moment: datetime, opens: datetime) -> None:
    assert calendar.next_office_hour(moment.replace(tzinfo=LONDON)) == opens.replace(tzinfo=LONDON)


@pytest.mark.parametrize(("friday", "utc_hours"), [(date(2015, 3, 27), (9, 8)), (date(2015, 10, 23), (8, 9))])
def test_on_time_office_hours_follow_london_over_both_clock_changes(friday: date, utc_hours: tuple[int, int]) -> None:
    mornings = [calendar.at(day, Timetable().office_opens) for day in (friday, friday + timedelta(days=3))]
    assert tuple(nine.astimezone(UTC).hour for nine in mornings) == utc_hours
    for nine in mornings:
        assert calendar.in_office_hours(nine.astimezone(UTC))
        assert not calendar.in_office_hours(nine.astimezone(UTC) - timedelta(seconds=1))

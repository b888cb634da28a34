"""One unprompted message a person and day, and the overdue case after the quarter's end, on both databases."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from collector.delivery import Delivery, Fate, speaks_first
from collector.domain.people import Person
from collector.ports import SendFailed
from storage.books import SqlBooks
from tests.builders import OPENS, PARTNERSHIP, Office, at

#: The Domestic Abuse Coordinator runs the round too, and has a figure that is published when the next round opens.
MANY_HATS = replace(
    PARTNERSHIP,
    definitions=tuple(replace(d, lag_days=98) if d.code == "DA06" else d for d in PARTNERSHIP.definitions),
)


def days_through(office: Office, first: datetime, last: datetime) -> list[tuple[str, date, str]]:
    """Who was written to first, on which day, under which key, while the service ran."""
    seen = []
    while first <= last:
        for hour in (9, 12, 15):
            moment = first.replace(hour=hour)
            office.clock.tick(moment)
            for done in office.sends(moment):
                if done.fate is Fate.SENT and speaks_first(done.row.planned):
                    seen.append((done.row.planned.person, moment.date(), done.row.planned.dedupe_key))
        first += timedelta(days=1)
    return seen


def test_the_second_message_of_a_day_goes_on_the_next_working_day(books: SqlBooks) -> None:
    """DA06 of Q2 is due on 6 January 2016, the day on which the round of Q3 opens."""
    office = Office(books, partnership=MANY_HATS).prepare()
    office.sends(OPENS)
    office.says("da", "DA07 91%", at(6))
    seen = days_through(office, at(6, month=1, year=2016), at(8, month=1, year=2016))
    hers = [(day.day, key.rsplit(":", 2)[0]) for person, day, key in seen if person == "da"]
    assert hers[:2] == [(6, "reminder:2015-16Q3"), (7, "reminder:2015-16Q2")]
    assert max(Counter((person, day) for person, day, _ in seen).values()) == 1


def test_two_senders_at_once_give_nobody_two_messages_a_day(books: SqlBooks) -> None:
    office = Office(books, partnership=MANY_HATS).prepare()
    office.clock.tick(at(6, month=1, year=2016))
    others = [Delivery(books, office.channels, office.calendar, name) for name in ("one", "two")]
    sent: list[str] = []
    for _ in range(10):
        for sender in others:
            done = sender.send_next(at(6, month=1, year=2016))
            sent += [done.row.planned.person] if done and done.fate is Fate.SENT else []
    assert max(Counter(sent).values()) == 1


def test_after_a_weeks_outage_each_person_gets_one_message_and_not_seven(office: Office) -> None:
    office.sends(OPENS)
    seen = days_through(office, at(28), at(28))
    assert Counter(person for person, _, _ in seen) == {"da": 1, "yot": 1, "seg": 1, "chair": 1}


def test_a_message_that_is_tried_again_on_the_same_day_is_no_second_message(office: Office) -> None:
    office.outside.failing = [SendFailed("451 later")] * 3
    office.sends(OPENS)
    fates = [one.fate for one in office.sends(OPENS + timedelta(minutes=5))]
    assert fates == [Fate.SENT] * 3


# Overdue after the quarter's end


def overdue(office: Office, person: str, period: str = "2015-16Q2") -> list[str]:
    keys = office.keys(f"reminder:{period}:{person}:")
    return [key.rsplit(":", 1)[1] for key in keys if not key.endswith("opening")]


def with_lag(books: SqlBooks, days: int, **timetable: Any) -> Office:
    definitions = tuple(replace(d, lag_days=days) if d.code == "SA01" else d for d in PARTNERSHIP.definitions)
    changed = replace(PARTNERSHIP.timetable, **timetable)
    office = Office(books, partnership=replace(PARTNERSHIP, definitions=definitions, timetable=changed)).prepare()
    office.sends(OPENS)
    return office


def test_overdue_days_are_working_days_over_christmas(books: SqlBooks) -> None:
    """Published on Wed 23 December 2015: two working days after it is Tue 29, five is Mon 4 January."""
    office = with_lag(books, 84)
    days_through(office, at(20, month=12), at(10, month=1, year=2016))
    assert overdue(office, "dph") == ["2015-12-23", "2015-12-29", "2016-01-04"]


def test_overdue_days_skip_the_partnerships_own_closed_days(books: SqlBooks) -> None:
    closed = tuple(date(2015, 12, day) for day in (24, 29, 30, 31))
    office = with_lag(books, 84, closed=closed)
    days_through(office, at(20, month=12), at(15, month=1, year=2016))
    assert overdue(office, "dph") == ["2015-12-23", "2016-01-05", "2016-01-08"]


def test_the_ladder_after_the_due_day_goes_on_across_the_next_rounds_opening(books: SqlBooks) -> None:
    """Published on Mon 4 January 2016; the round of Q3 opens on the 6th, the day of the first overdue reminder."""
    office = with_lag(books, 96)
    seen = days_through(office, at(3, month=1, year=2016), at(20, month=1, year=2016))
    assert overdue(office, "dph") == ["2016-01-04", "2016-01-06", "2016-01-11"]
    hers = [day.day for person, day, _ in seen if person == "dph"]
    assert hers == sorted(set(hers))
    assert {4, 6, 7, 11} <= set(hers)


def test_an_outage_over_the_whole_ladder_still_sends_the_overdue_case_once(books: SqlBooks) -> None:
    office = with_lag(books, 84)
    office.ticks(at(18, month=1, year=2016))
    assert overdue(office, "dph") == ["2016-01-04"]


def test_nothing_is_overdue_that_came_in_on_the_due_day(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153, DA07 91%", at(23, 16))
    days_through(office, at(24), at(10, month=11))
    assert overdue(office, "da") == []
    assert overdue(office, "yot") == ["2015-10-23", "2015-10-27", "2015-10-30"]


@pytest.mark.parametrize("day", [27, 30])
def test_each_overdue_reminder_says_by_how_many_working_days(office: Office, day: int) -> None:
    office.sends(OPENS)
    days_through(office, at(24), at(day))
    assert overdue(office, "da")[-1] == f"2015-10-{day}"


def test_people_without_a_round_are_not_written_to(books: SqlBooks) -> None:
    bystander = Person("by", "Head of Leisure", "Council", PARTNERSHIP.people[3].role, ("by@council.example.org",))
    office = Office(books, partnership=replace(PARTNERSHIP, people=(*PARTNERSHIP.people, bystander))).prepare()
    seen = days_through(office, at(5), at(10, month=11))
    assert "by" not in {person for person, _, _ in seen}

"""Each indicator's own rhythm: when it is owed, when it can exist, when it is chased, when it is late."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from collector.domain.indicator import Rhythm, Unit
from collector.domain.people import Responsibility
from collector.domain.period import Quarter, Span
from collector.messages import Reminder
from collector.rounds import owed_in
from storage.books import SqlBooks
from tests.builders import DUE, OPENS, PARTNERSHIP, Office, at, define

Q = {number: Quarter(2015, number) for number in (1, 2, 3, 4)}


@pytest.mark.parametrize(
    ("rhythm", "quarters"),
    [
        (Rhythm.QUARTERLY, (1, 2, 3, 4)),
        (Rhythm.SIX_MONTHLY, (2, 4)),
        (Rhythm.ANNUAL, (4,)),
        (Rhythm.ACADEMIC_YEAR, (2,)),
    ],
)
def test_a_rhythm_says_in_which_quarters_a_figure_is_owed(rhythm: Rhythm, quarters: tuple[int, ...]) -> None:
    rare = define("ZZ01", Unit.COUNT, rhythm=rhythm, owed_in=rhythm.usually_owed_in)
    partnership = replace(
        PARTNERSHIP, definitions=(rare,), responsibilities=(Responsibility("ZZ01", "da", Quarter(2014, 3)),)
    )
    assert tuple(number for number in Q if owed_in(partnership, Q[number])) == quarters


@pytest.mark.parametrize(
    ("rhythm", "number", "start", "end"),
    [
        (Rhythm.QUARTERLY, 2, date(2015, 7, 1), date(2015, 9, 30)),
        (Rhythm.SIX_MONTHLY, 2, date(2015, 4, 1), date(2015, 9, 30)),
        (Rhythm.SIX_MONTHLY, 4, date(2015, 10, 1), date(2016, 3, 31)),
        (Rhythm.SIX_MONTHLY, 3, date(2015, 4, 1), date(2015, 9, 30)),
        (Rhythm.SIX_MONTHLY, 1, date(2014, 10, 1), date(2015, 3, 31)),
        (Rhythm.ANNUAL, 4, date(2015, 4, 1), date(2016, 3, 31)),
        (Rhythm.ANNUAL, 2, date(2014, 4, 1), date(2015, 3, 31)),
        (Rhythm.ACADEMIC_YEAR, 1, date(2013, 9, 1), date(2014, 8, 31)),
        (Rhythm.ACADEMIC_YEAR, 2, date(2014, 9, 1), date(2015, 8, 31)),
        (Rhythm.ACADEMIC_YEAR, 4, date(2014, 9, 1), date(2015, 8, 31)),
    ],
)
def test_a_figure_is_about_the_last_quarter_half_year_or_year_that_ended(
    rhythm: Rhythm, number: int, start: date, end: date
) -> None:
    assert define("ZZ01", Unit.COUNT, rhythm=rhythm).covers(Q[number]) == Span(start, end)


@pytest.mark.parametrize(
    ("rhythm", "lag", "published"),
    [
        (Rhythm.QUARTERLY, 0, date(2015, 9, 30)),
        (Rhythm.QUARTERLY, 56, date(2015, 11, 25)),
        (Rhythm.ACADEMIC_YEAR, 56, date(2015, 10, 26)),
    ],
)
def test_a_lag_counts_from_the_end_of_what_the_figure_covers(rhythm: Rhythm, lag: int, published: date) -> None:
    assert define("ZZ01", Unit.COUNT, rhythm=rhythm, lag_days=lag).published(Q[2]) == published


def test_a_half_years_figure_is_asked_for_with_its_months(books: SqlBooks) -> None:
    office = opened(books, "DA06", rhythm=Rhythm.SIX_MONTHLY, owed_in=(2, 4))
    assert hints(office)["DA06"] == "a number, for Apr to Sep 2015"
    assert hints(office)["DA07"] == "per cent, with its counts"


def opened(books: SqlBooks, code: str, **more: Any) -> Office:
    """An office whose partnership defines one measure otherwise."""
    definitions = tuple(replace(d, **more) if d.code == code else d for d in PARTNERSHIP.definitions)
    office = Office(books, partnership=replace(PARTNERSHIP, definitions=definitions)).prepare()
    office.sends(OPENS)
    return office


def hints(office: Office) -> dict[str, str]:
    return {line.code: line.hint for message in reminders(office, "da") for line in message.owed}


def reminders(office: Office, person: str) -> list[Reminder]:
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.person == person]
    return [planned.message for planned in rows if isinstance(planned.message, Reminder)]


def days_of(office: Office, person: str) -> list[str]:
    return [key.rsplit(":", 1)[1] for key in office.keys("reminder:") if key.split(":")[2] == person]


def lives_through(office: Office, first: datetime, last: datetime) -> None:
    """The service ticks at nine and at three each day."""
    while first <= last:
        for hour in (9, 15):
            office.ticks(first.replace(hour=hour))
        first += timedelta(days=1)


# Overdue, after the quarter's end and long after its round's due day


def test_a_figure_with_a_lag_is_chased_from_the_day_its_source_publishes_and_then_overdue(office: Office) -> None:
    office.sends(OPENS)
    lives_through(office, at(6), at(15, month=12))
    assert days_of(office, "dph") == ["opening", "2015-11-25", "2015-11-27", "2015-12-02"]
    assert [message.days_left for message in reminders(office, "dph")][1:] == [0, -2, -5]


def test_the_overdue_reminders_come_after_the_due_day_which_is_itself_after_the_quarters_end(office: Office) -> None:
    office.sends(OPENS)
    lives_through(office, at(24), at(10, month=11))
    assert days_of(office, "da") == ["opening", "2015-10-23", "2015-10-27", "2015-10-30"]
    told = reminders(office, "da")[-1]
    assert (told.days_left, told.due) == (-5, DUE)


def test_overdue_reminders_of_one_quarter_go_on_when_the_next_round_has_opened(books: SqlBooks) -> None:
    """Published on 5 January 2016: the round of Q3 opens on the 6th, and still the overdue case of Q2 is sent."""
    office = opened(books, "SA01", lag_days=97)
    lives_through(office, at(20, month=12), at(20, month=1, year=2016))
    told = [key for key in office.keys("reminder:2015-16Q2:dph") if not key.endswith("opening")]
    assert told == [f"reminder:2015-16Q2:dph:{day}" for day in ("2016-01-05", "2016-01-07", "2016-01-12")]
    assert "reminder:2015-16Q3:dph:opening" in office.keys("reminder:")


def test_overdue_reminders_stop_after_the_last_and_the_moment_the_figure_is_in(office: Office) -> None:
    office.sends(OPENS)
    lives_through(office, at(24), at(27))
    office.says("da", "DA06 153, DA07 91%", at(27, 16))
    lives_through(office, at(28), at(20, month=11))
    assert days_of(office, "da") == ["opening", "2015-10-23", "2015-10-27"]
    assert days_of(office, "yot") == ["opening", "2015-10-23", "2015-10-27", "2015-10-30"]


def test_what_is_overdue_is_told_apart_from_what_has_time_left(books: SqlBooks) -> None:
    office = opened(books, "DA07", lag_days=30)
    lives_through(office, at(27), at(27))
    told = reminders(office, "da")[-1]
    assert [line.code for line in told.owed] == ["DA06"]
    assert told.awaiting == ("2. DA07 short of DA07: its source publishes about 30 Oct 2015",)


# Late, per figure (RULES 18)


@pytest.mark.parametrize(
    ("code", "words", "moment", "late"),
    [
        ("DA06", "DA06 153", DUE, False),
        ("DA06", "DA06 153", DUE + timedelta(seconds=1), True),
        ("SA01", "SA01 8.1%", at(24), False),
        ("SA01", "SA01 8.1%", at(25, 17, month=11), False),
        ("SA01", "SA01 8.1%", at(25, 17, 1, month=11), True),
    ],
)
def test_late_is_said_of_each_figure_by_receipt_after_5pm_on_its_own_due_day(
    office: Office, code: str, words: str, moment: datetime, late: bool
) -> None:
    office.says("dph" if code == "SA01" else "da", words, moment)
    assert office.view().figures[code].late is late


def test_a_lag_that_ends_at_a_weekend_makes_nobody_late_before_monday(books: SqlBooks) -> None:
    office = opened(books, "DA06", lag_days=31)  # Saturday 31 October 2015
    office.says("da", "DA06 153", at(2, 17, month=11))
    assert office.view().figures["DA06"].late is False


@pytest.mark.parametrize(("day", "late"), [(30, False), (31, True)])
def test_a_granted_extension_makes_nobody_late(office: Office, day: int, late: bool) -> None:
    extended = {owed.measure: owed.id for owed in office.view().obligations}["DA06"]
    with office.books.begin() as unit:
        unit.rounds.extend(extended, date(2015, 10, 30))
    office.says("da", "DA06 153", at(day, 16))
    assert office.view().figures["DA06"].late is late


def test_an_extended_figure_is_chased_by_its_own_due_day(office: Office) -> None:
    office.says("da", "DA07 91%", OPENS)
    office.sends(OPENS)
    extended = office.view().owed_by("da")[0]
    with office.books.begin() as unit:
        unit.rounds.extend(extended.id, date(2015, 11, 13))
    lives_through(office, at(6), at(30, month=11))
    assert days_of(office, "da") == ["opening", *(f"2015-11-{day:02}" for day in (6, 12, 13, 17, 20))]


def test_what_was_quarantined_in_time_and_accepted_later_is_not_late(office: Office) -> None:
    office.border.distrusted = ("da@council.example.org",)
    done = office.says("da", "DA06 153", DUE)
    office.border.distrusted = ()
    with office.books.begin() as unit:
        unit.inbox.reopen(done.row.id, "da")
    office.processes(at(28))
    assert office.view().figures["DA06"].late is False


# A break in the series


def test_a_figure_from_before_a_break_is_shown_as_counted_differently_and_not_compared(books: SqlBooks) -> None:
    anew = replace(PARTNERSHIP.definitions[0], from_period=Q[2], comparable_with_previous=False)
    office = Office(books, partnership=replace(PARTNERSHIP, definitions=(*PARTNERSHIP.definitions, anew))).prepare()
    assert [label for label, _ in office.view().past("DA06")] == [
        "Q1, counted differently",
        "Q4 2014-15, counted differently",
    ]
    assert office.view().comparable("DA06") == []
    assert {line.code: line.last for line in reminders(office, "da")[0].owed}["DA06"] == "Q1, counted differently: 135"


def test_the_history_of_a_measure_that_was_renamed_goes_on_under_its_new_code(books: SqlBooks) -> None:
    old, *others = PARTNERSHIP.definitions
    new = replace(old, code="DB06", indicator="DB06", from_period=Q[2], continues="DA06")
    partnership = replace(
        PARTNERSHIP,
        definitions=(replace(old, retired_from=Q[2]), new, *others),
        responsibilities=(*PARTNERSHIP.responsibilities, Responsibility("DB06", "da", Q[2])),
    )
    office = Office(books, partnership=partnership).prepare()
    assert [reported.value for reported in office.view().comparable("DB06")] == [135, 139]
    assert {line.code: line.last for line in reminders(office, "da")[0].owed} == {"DB06": "Q1: 135", "DA07": ""}

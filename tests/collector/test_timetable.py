"""The timetable backwards from the papers, and what is said about one that can't be kept."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from collector.domain.period import Quarter
from collector.domain.timetable import Papers, Timetable
from collector.timetable import WrongTimetable, check_timetable, steps_of
from scheduler.calendar import WorkingDays
from storage.books import SqlBooks
from tests.builders import LONDON, PARTNERSHIP, Office

Q1 = Quarter(2015, 1)
SEG = Papers(Q1, date(2015, 9, 17))


def steps(timetable: Timetable, period: Quarter = Q1) -> dict[str, date]:
    return dict(steps_of(WorkingDays(timetable).dates(period)))


def wrong(*papers: Papers, **more: Any) -> list[str]:
    timetable = Timetable(papers=papers, **more)
    with pytest.raises(WrongTimetable) as caught:
        check_timetable(replace(PARTNERSHIP, timetable=timetable), WorkingDays(timetable))
    return str(caught.value).splitlines()


def test_the_dates_run_backwards_from_seg_over_weekends_and_the_august_bank_holiday() -> None:
    assert steps(Timetable(papers=(SEG,))) == {
        "opening": date(2015, 8, 4),
        "due date": date(2015, 8, 24),
        "freeze": date(2015, 8, 26),
        "draft": date(2015, 8, 27),
        "clearance": date(2015, 9, 4),
        "publication": date(2015, 9, 9),
        "SEG": date(2015, 9, 17),
    }


def test_five_clear_working_days_lie_between_publication_and_seg() -> None:
    calendar = WorkingDays(Timetable(papers=(SEG,)))
    publication = steps(Timetable(papers=(SEG,)))["publication"]
    between = [date(2015, 9, day) for day in range(publication.day + 1, SEG.seg.day)]
    assert sum(map(calendar.is_working_day, between)) == 5


def test_a_closed_day_moves_everything_before_it() -> None:
    moved = steps(Timetable(papers=(SEG,), closed=(date(2015, 9, 16),)))
    assert moved["publication"] == date(2015, 9, 8)
    assert moved["opening"] == date(2015, 8, 3)


def test_a_step_that_the_file_names_stands_and_what_comes_before_is_counted_from_it() -> None:
    named = steps(Timetable(papers=(replace(SEG, due=date(2015, 7, 31)),)))
    assert (named["due date"], named["opening"]) == (date(2015, 7, 31), date(2015, 7, 13))
    assert named["freeze"] == date(2015, 8, 26)


def test_a_quarter_without_a_seg_date_counts_from_its_end_as_ever() -> None:
    found = steps(Timetable(papers=(SEG,)), Quarter(2015, 2))
    assert found == {"opening": date(2015, 10, 5), "due date": date(2015, 10, 23)}


def test_opening_and_due_keep_the_office_hour_and_5pm_on_londons_clock() -> None:
    dates = WorkingDays(Timetable(papers=(SEG,))).dates(Q1)
    assert dates.opens == datetime(2015, 8, 4, 9, 0, tzinfo=LONDON)
    assert dates.due == datetime(2015, 8, 24, 17, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        (replace(SEG, seg=date(2015, 9, 19)), "SEG, 19 Sep 2015, is no working day"),
        (replace(SEG, seg=date(2015, 7, 30)), "the round would open on 17 Jun 2015, before the quarter's end, 30 Jun"),
        (replace(SEG, due=date(2015, 9, 14)), "freeze, 26 Aug 2015, does not come after due date, 14 Sep 2015"),
        (replace(SEG, publication=date(2015, 9, 11)), "3 clear working days lie between publication, 11 Sep 2015"),
        (replace(SEG, clearance=date(2015, 9, 10)), "publication, 9 Sep 2015, does not come after clearance, 10 Sep"),
        (replace(SEG, opens=date(2015, 8, 24)), "due date, 24 Aug 2015, does not come after opening, 24 Aug 2015"),
        (replace(SEG, due=date(2015, 8, 31), freeze=date(2015, 9, 1)), "due date, 31 Aug 2015, is no working day"),
    ],
)
def test_dates_that_can_not_be_kept_are_said_plainly_and_with_the_quarter(papers: Papers, told: str) -> None:
    lines = wrong(papers)
    assert any(told in line for line in lines), lines
    assert all(line.startswith("Q1 2015-16 (Apr to Jun 2015): ") for line in lines)


def test_rounds_open_in_the_order_of_their_quarters() -> None:
    lines = wrong(replace(SEG, seg=date(2015, 12, 23)), Papers(Quarter(2015, 2), date(2015, 12, 10)))
    assert lines == [
        "The round of Q2 2015-16 (Jul to Sep 2015) opens no later than that of Q1 2015-16 (Apr to Jun 2015)."
        " Check the SEG dates of both."
    ]


def test_the_round_opens_by_itself_on_the_day_the_papers_ask_for(books: SqlBooks) -> None:
    partnership = replace(PARTNERSHIP, timetable=Timetable(papers=(SEG,)))
    office = Office(books, partnership=partnership)
    office.loads(datetime(2015, 8, 3, 9, 0, tzinfo=LONDON))
    assert office.clock.tick(datetime(2015, 8, 4, 8, 59, tzinfo=LONDON)).opened is None
    opened = office.clock.tick(datetime(2015, 8, 4, 9, 0, tzinfo=LONDON)).opened
    assert opened is not None
    assert (opened.period, opened.due) == (Q1, datetime(2015, 8, 24, 17, 0, tzinfo=LONDON))


def test_the_timetable_comes_back_from_the_books_as_it_was_loaded(books: SqlBooks) -> None:
    timetable = Timetable(papers=(replace(SEG, due=date(2015, 8, 21)),), closed=(date(2015, 12, 29),))
    office = Office(books, partnership=replace(PARTNERSHIP, timetable=timetable))
    office.loads(datetime(2015, 8, 3, 9, 0, tzinfo=LONDON))
    with books.begin() as unit:
        held = unit.plan.get()
    assert held is not None
    assert held.timetable == timetable

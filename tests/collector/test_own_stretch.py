"""Figures for half-years and years: asked for, recorded, judged, added up and compared as what they cover (RULES 5)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from collector.assessment import judge
from collector.domain.figure import FigureStatus, Reported
from collector.domain.indicator import Basis, Definition, Polarity, Rhythm, Unit
from collector.domain.people import Responsibility
from collector.domain.period import Quarter, Span
from collector.domain.rag import Rag
from collector.domain.series import Series
from collector.domain.target import Against, Base, Comparator, Profile, Target
from collector.messages import Receipt, Reminder
from collector.trends import Total, Way, half_year, out_turn, to_date, travel
from collector.wording import hint_words
from storage.books import SqlBooks
from tests.builders import OPENS, PARTNERSHIP, Office, at, define

Q = {number: Quarter(2015, number) for number in (1, 2, 3, 4)}
FIRST, SECOND = Span(date(2015, 4, 1), date(2015, 9, 30)), Span(date(2015, 10, 1), date(2016, 3, 31))
YEAR, YEAR_BEFORE = Span(date(2015, 4, 1), date(2016, 3, 31)), Span(date(2014, 4, 1), date(2015, 3, 31))
SCHOOL_YEAR = Span(date(2014, 9, 1), date(2015, 8, 31))
A_YEAR = Target(Comparator.AT_LEAST, "10 per year", Decimal(10), per_year=True)
AT_ONCE = Target(Comparator.AT_LEAST, "10", Decimal(10))


def rare(rhythm: Rhythm = Rhythm.SIX_MONTHLY, target: Target = A_YEAR, **more: Any) -> Definition:
    kept = {"owed_in": rhythm.usually_owed_in, "basis": rhythm.usual_basis, "polarity": Polarity.BIGGER} | more
    return define("X1", kept.pop("unit", Unit.COUNT), target, rhythm=rhythm, from_period=Quarter(2013, 1), **kept)


def figure(definition: Definition, period: Quarter, value: str, **more: Any) -> Reported:
    return Reported("X1", period, FigureStatus.REPORTED, Decimal(value), **({"basis": definition.basis} | more))


def series(definition: Definition, figures: Mapping[int, str]) -> Series:
    return Series((definition,), {Q[number]: figure(definition, Q[number], figures[number]) for number in figures})


def why(definition: Definition, figures: Mapping[int, str], last: int = 4, **more: Any) -> str:
    return judge(definition, figure(definition, Q[last], figures[last], **more), series(definition, figures)).why


# What is asked for


@pytest.mark.parametrize(
    ("definition", "asked"),
    [
        (rare(), "a number, for Oct 2015 to Mar 2016"),
        (rare(basis=Basis.TO_DATE), "a number, to date, for Apr 2015 to Mar 2016"),
        (rare(basis=Basis.ROLLING_YEAR), "a number, for Apr 2015 to Mar 2016"),
        (rare(basis=Basis.CALENDAR_YEAR), "a number, for Jan to Mar 2016"),
        (rare(basis=Basis.SNAPSHOT), "a number, as it was on 31 Mar 2016"),
        (rare(Rhythm.QUARTERLY), "a number"),
        (rare(Rhythm.QUARTERLY, basis=Basis.TO_DATE), "a number, to date, for Apr 2015 to Mar 2016"),
        (rare(Rhythm.ANNUAL), "a number, for Apr 2015 to Mar 2016"),
    ],
)
def test_what_is_asked_for_is_what_it_is_booked_as(definition: Definition, asked: str) -> None:
    assert hint_words(definition, Q[4]) == asked


def office_with(books: SqlBooks, *definitions: Definition) -> Office:
    responsibilities = tuple(Responsibility(d.code, "da", Quarter(2014, 3)) for d in definitions)
    partnership = replace(PARTNERSHIP, definitions=definitions, responsibilities=responsibilities, history=())
    office = Office(books, partnership=partnership).prepare()
    office.sends(OPENS)
    return office


def receipt(office: Office) -> Receipt:
    return office.answers()[-1]


def test_a_half_years_figure_is_recorded_with_its_own_days_and_shown_with_them(books: SqlBooks) -> None:
    office = office_with(books, replace(rare(target=AT_ONCE), code="SM01", short="schools"))
    office.says("da", "SM01 12", at(20))
    reported = office.view().figures["SM01"].reported
    assert reported.reference == FIRST
    assert [line.figure for line in receipt(office).recorded] == ["12, 1 Apr 2015 to 30 Sep 2015"]
    assert office.view().judged(reported).rag is Rag.GREEN


def test_a_figure_to_date_is_asked_for_as_such_and_judged_for_the_whole_year(books: SqlBooks) -> None:
    office = office_with(books, replace(rare(basis=Basis.TO_DATE), code="SM01", short="schools"))
    office.says("da", "SM01 4", at(20))
    office.ticks(at(6, month=4, year=2016))
    with office.books.begin() as unit:
        reminders = [row.planned.message for row in unit.outbox.rows() if row.planned.person == "da"]
    assert [line.hint for each in reminders if isinstance(each, Reminder) for line in each.owed][-1] == (
        "a number, to date, for Apr 2015 to Mar 2016"
    )
    office.says("da", "SM01 11", at(7, month=4, year=2016))
    line = receipt(office).recorded[0]
    assert (line.figure, line.rag) == ("11, 1 Apr 2015 to 31 Mar 2016", Rag.GREEN)


def test_a_half_years_figure_sent_twice_is_recorded_once_and_not_asked_about(books: SqlBooks) -> None:
    office = office_with(books, replace(rare(target=AT_ONCE), code="SM01", short="schools"))
    office.says("da", "SM01 12", at(20))
    office.says("da", "SM01 12", at(20, 11))
    assert office.view().figures["SM01"].version == 1
    assert not office.view().open_queries


# Colours


@pytest.mark.parametrize(
    ("definition", "own", "last"),
    [
        (rare(target=AT_ONCE), FIRST, 2),
        (rare(target=AT_ONCE), SECOND, 4),
        (rare(Rhythm.ANNUAL, AT_ONCE), YEAR, 4),
        (rare(Rhythm.ANNUAL, owed_in=(2,)), YEAR_BEFORE, 2),
        (rare(Rhythm.ACADEMIC_YEAR), SCHOOL_YEAR, 2),
        (rare(Rhythm.ACADEMIC_YEAR, AT_ONCE, basis=Basis.QUARTER), SCHOOL_YEAR, 2),
        (rare(Rhythm.ANNUAL, basis=Basis.QUARTER), YEAR, 4),
    ],
)
def test_a_figure_that_names_its_own_stretch_has_the_colour_of_one_that_does_not(
    definition: Definition, own: Span, last: int
) -> None:
    said, unsaid = (why(definition, {last: "11"}, last, reference=days) for days in (own, None))
    assert said == unsaid
    assert said.startswith("Green: 11 ")


def test_a_half_year_figure_that_covers_only_a_quarter_has_no_colour() -> None:
    alone = Q[2].span
    assert why(rare(target=AT_ONCE), {2: "11"}, 2, reference=alone) == f"No colour: the figure covers {alone}."


def test_what_somebody_calls_to_date_is_judged_where_it_covers_the_days_that_were_asked_for() -> None:
    assert why(rare(target=AT_ONCE), {2: "11"}, 2, basis=Basis.TO_DATE).startswith("Green: 11 ")
    assert "to date" in why(rare(target=AT_ONCE), {4: "11"}, 4, basis=Basis.TO_DATE)


def test_two_halves_make_the_year_that_a_yearly_target_is_for() -> None:
    assert why(rare(), {2: "4", 4: "6"}) == "Green: 10 to date (4 + 6 = 10) meets the target, at least 10."


def test_a_missing_half_is_named_by_the_quarter_in_which_it_was_owed() -> None:
    assert why(rare(), {4: "6"}) == "No colour: there is no figure for Q2 2015-16 (Jul to Sep 2015)."


def test_a_half_year_owed_a_quarter_later_follows_the_profile_of_its_own_end() -> None:
    profile = Profile((Decimal(1), Decimal(3), Decimal(6), Decimal(10)), "SEG")
    late = rare(target=replace(A_YEAR, profile=profile), owed_in=(1, 3))
    assert why(late, {3: "3"}, 3) == (
        "Green: 3 to date meets the target, at least 3 (30% of the year's 10 by 30 Sep 2015)."
    )


def test_a_change_on_last_year_says_the_months_of_its_base() -> None:
    fewer = Target(Comparator.CHANGE, "5% fewer", Decimal(-5), against=Against(Base.LAST_YEAR))
    definition = rare(target=fewer, polarity=Polarity.SMALLER)
    held = {
        Q[2].last_year: figure(definition, Q[2].last_year, "100", reference=Span(date(2014, 4, 1), date(2014, 9, 30)))
    }
    judged = judge(definition, figure(definition, Q[2], "94"), Series((definition,), held))
    assert judged.why == "Green: 94 meets the target, at most 95 (5% below 100 in Apr to Sep 2014)."


# Trends


def total(found: object) -> Total:
    assert isinstance(found, Total), found
    return found


def test_a_half_year_figure_is_the_half_year_and_a_part_of_the_year() -> None:
    found = series(rare(), {2: "4", 4: "6"})
    assert [total(half_year(found, 2015, half)).value for half in (1, 2)] == [4, 6]
    assert total(to_date(found, Q[2])).value == 4
    assert total(to_date(found, Q[4])).words == "4 + 6 = 10"
    assert total(out_turn(found, Q[2])).value == 8
    assert total(out_turn(found, Q[4])).value == 10


def test_a_years_figure_is_the_year_to_date_and_the_out_turn() -> None:
    found = series(rare(Rhythm.ANNUAL), {4: "9"})
    assert total(to_date(found, Q[4])).value == total(out_turn(found, Q[4])).value == 9


def test_a_half_year_is_compared_with_the_half_before_and_with_that_of_last_year() -> None:
    definition = rare()
    last = {Q[4].last_year: figure(definition, Q[4].last_year, "7")}
    before, last_year = travel(Series((definition,), {**series(definition, {2: "4", 4: "6"}).figures, **last}), Q[4])
    assert (before.since, before.way) == (Q[2], Way.BETTER)
    assert (last_year.since, last_year.way) == (Q[4].last_year, Way.WORSE)


def test_two_parts_of_a_year_that_leave_a_gap_are_not_added_up() -> None:
    gap = rare(Rhythm.QUARTERLY)
    parts = {
        Q[1]: figure(gap, Q[1], "4", reference=Span(date(2015, 4, 1), date(2015, 5, 31))),
        Q[2]: figure(gap, Q[2], "5"),
    }
    assert "covers 1 Apr 2015 to 31 May 2015" in str(to_date(Series((gap,), parts), Q[2]))

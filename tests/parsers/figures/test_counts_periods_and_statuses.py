"""What a figure carries besides its value: counts, basis, days, status, expected date, changed target."""

from datetime import date
from decimal import Decimal

import pytest

from collector.domain.figure import FigureStatus
from collector.domain.indicator import Basis
from collector.domain.period import Quarter, Span
from tests.parsers.figures.asking import read_one


def test_counts_beside_a_percentage_are_kept() -> None:
    (candidate,) = read_one("43% (20 of 47 young people)", "percent").candidates
    assert (candidate.numerator, candidate.denominator) == (Decimal(20), Decimal(47))


def test_a_percentage_a_little_off_its_counts_is_recorded_as_computed_and_says_so() -> None:
    (candidate,) = read_one("14.2% (14 of 99)", "percent").candidates
    assert candidate.value == Decimal("14.1")
    assert "14 of 99" in candidate.remark
    assert "14.1%" in candidate.remark


def test_a_percentage_that_its_counts_contradict_offers_both() -> None:
    item = read_one("19% (15 of 52)", "percent")
    assert [candidate.value for candidate in item.candidates] == [Decimal(19), Decimal("28.8")]
    assert item.doubts == ("You gave 19% and also 15 of 52, which is 28.8%.",)


def test_a_change_that_its_levels_contradict_offers_both() -> None:
    item = read_one("78% (from 22 to 6)", "change_percent")
    assert [candidate.value for candidate in item.candidates] == [Decimal(-78), Decimal("-72.7")]
    assert item.doubts == ("You gave 78% and also 22 to 6, which is a reduction of 72.7%.",)


def test_a_bare_change_offers_both_directions() -> None:
    assert {c.value for c in read_one("6%", "change_percent").candidates} == {Decimal(6), Decimal(-6)}


def test_a_share_written_as_a_decimal_offers_both_readings() -> None:
    assert [c.value for c in read_one("0.85", "percent").candidates] == [Decimal("85.00"), Decimal("0.85")]


def test_a_figure_to_date_offers_to_date_and_the_quarter() -> None:
    item = read_one("288 since April")
    assert [c.basis for c in item.candidates] == [Basis.TO_DATE, Basis.QUARTER]
    assert item.candidates[0].reference == Span(date(2015, 4, 1), date(2015, 9, 30))


def test_since_april_is_the_first_quarter_itself() -> None:
    assert read_one("288 since April", period="2015-16 Q1").certain


@pytest.mark.parametrize("text", ["288 to date", "288 since April", "288", "Year to date 288", "Q2: 288"])
def test_words_to_date_are_plain_where_a_figure_to_date_is_asked_for(text: str) -> None:
    item = read_one(text, basis=Basis.TO_DATE)
    assert item.certain
    assert item.candidates[0].value == Decimal(288)


def test_the_quarters_figure_is_asked_about_where_one_to_date_is_wanted() -> None:
    assert not read_one("153 this quarter", basis=Basis.TO_DATE).certain


def test_another_quarters_figure_keeps_its_own_days() -> None:
    item = read_one("Q1: 135")
    assert item.candidates[0].reference == Quarter(2015, 1).span


def test_other_calendar_dates_keep_their_own_days() -> None:
    item = read_one("10 referrals recorded during the period 01/01/2015 to 31/03/15")
    assert not item.certain
    assert item.candidates[0].reference == Span(date(2015, 1, 1), date(2015, 3, 31))


def test_a_month_can_be_the_period_asked_for() -> None:
    assert read_one("48 in March", period="March 2025").certain
    assert not read_one("48 in February", period="March 2025").certain


def test_a_year_can_be_the_period_asked_for() -> None:
    assert read_one("total for the year 264", period="2024-25").certain
    assert not read_one("Q1 264", period="2024-25").certain


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("not available", FigureStatus.NOT_AVAILABLE, None),
        ("Not yet available", FigureStatus.NOT_AVAILABLE, None),
        ("data not available until 25 Nov", FigureStatus.NOT_AVAILABLE, date(2015, 11, 25)),
        ("not due until December", FigureStatus.NOT_AVAILABLE, date(2015, 12, 1)),
        ("figures expected early January", FigureStatus.NOT_AVAILABLE, date(2016, 1, 1)),
        ("not available until the end of November", FigureStatus.NOT_AVAILABLE, date(2015, 11, 30)),
        ("not available until mid-November", FigureStatus.NOT_AVAILABLE, date(2015, 11, 15)),
        ("not available until late November 2015", FigureStatus.NOT_AVAILABLE, date(2015, 11, 30)),
        ("not available until the beginning of December", FigureStatus.NOT_AVAILABLE, date(2015, 12, 1)),
        ("We have not received the data; due by 4 December 2015", FigureStatus.NOT_AVAILABLE, date(2015, 12, 4)),
        ("data is released 6-8 weeks after the quarter ends, not yet available", FigureStatus.NOT_AVAILABLE, None),
        ("awaiting release approval", FigureStatus.AWAITING_RELEASE, None),
        ("no longer collected", FigureStatus.NO_LONGER_COLLECTED, None),
        ("This is no longer measured by the division.", FigureStatus.NO_LONGER_COLLECTED, None),
        ("not applicable", FigureStatus.NOT_APPLICABLE, None),
        ("n/a", FigureStatus.NOT_APPLICABLE, None),
        ("nothing to report", FigureStatus.NIL_RETURN, None),
        ("Nil return", FigureStatus.NIL_RETURN, None),
    ],
)
def test_a_status_is_told_apart_from_every_other(text: str, status: FigureStatus, expected: date | None) -> None:
    item = read_one(text)
    assert item.certain
    assert (item.candidates[0].status, item.candidates[0].value) == (status, None)
    assert item.candidates[0].expected_on == expected


def test_a_missing_figure_beside_an_earlier_one_is_still_missing() -> None:
    item = read_one("data not yet available. As flagged, Q1 shows a drop (4.9%).", "percent")
    assert item.certain
    assert item.candidates[0].status is FigureStatus.NOT_AVAILABLE


@pytest.mark.parametrize("text", ["153 (provisional)", "estimated 153", "153 subject to validation"])
def test_a_provisional_figure_says_so(text: str) -> None:
    item = read_one(text)
    assert item.candidates[0].status is FigureStatus.PROVISIONAL
    assert item.candidates[0].value == Decimal(153)


@pytest.mark.parametrize(
    ("text", "final"),
    [
        ("153 (provisional until 30 November)", date(2015, 11, 30)),
        ("153, provisional. The final figure is due 16 November.", date(2015, 11, 16)),
        ("153 (provisional, final in December)", date(2015, 12, 1)),
        ("153 is provisional; validated figures by the end of November 2015", date(2015, 11, 30)),
        ("153 provisional", None),
    ],
)
def test_a_provisional_figure_keeps_when_it_will_be_final(text: str, final: date | None) -> None:
    item = read_one(text)
    assert item.certain
    (said,) = item.candidates
    assert (said.status, said.value, said.expected_on) == (FigureStatus.PROVISIONAL, Decimal(153), final)


def test_a_changed_target_is_kept_apart_from_the_figure() -> None:
    item = read_one("61%. The target is now 65%.", "percent")
    assert item.certain
    assert item.target_change == "The target is now 65%."


def test_a_progress_note_is_kept_word_for_word() -> None:
    (candidate,) = read_one("The hub opened in July with 3 staff", "milestone").candidates
    assert (candidate.status, candidate.note) == (FigureStatus.NARRATIVE, "The hub opened in July with 3 staff")


def test_only_the_wanted_quarters_note_is_kept() -> None:
    (candidate,) = read_one("Q1 - work began on site. Q2 - hub opened to all", "milestone").candidates
    assert candidate.note == "hub opened to all"

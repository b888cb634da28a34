"""What was put into a form or a workbook."""

from datetime import date
from decimal import Decimal

import pytest

from collector.asking import reading_task
from collector.domain.figure import FigureStatus
from collector.domain.indicator import Unit
from collector.domain.submission import Asked, Candidate, FormValue, ReadingTask, ReadItem
from collector.form_reading import read_form
from collector.forms import STATUSES, sheet_of
from collector.weighing import weigh
from parsers.figures import TextReader
from tests.builders import PEOPLE, Q2, Office, at, form


def read(office: Office, value: FormValue, person: str = "da") -> ReadItem:
    view = office.view()
    someone = next(one for one in PEOPLE if one.id == person)
    return read_form(form(value), reading_task(view, someone, at(6)), TextReader(), "form/1", {}).items[0]


def only(item: ReadItem) -> Candidate:
    assert item.certain, item
    return item.candidates[0]


def test_a_sheet_that_comes_back_as_it_went_out_says_what_the_books_say(office: Office) -> None:
    """What is filled in beforehand reads as the figure that is held, whatever its kind."""
    office.says("da", "DA06 153\nDA07 90.9% (50 of 55)", at(6))
    office.says("yot", "RO06: 43% (20 of 47)\nRS08: the discussion took place in July", at(6, 11))
    office.says("dph", "SA01: not available until 25 November", at(6, 12))
    view = office.view()
    for person in PEOPLE:
        for row in sheet_of(view, person).rows:
            assert row.held is not None
            item = read(office, row.held, person.id)
            certain = weigh(item, view).certain
            assert certain is not None, item
            assert (certain.status, certain.value, certain.numerator, certain.expected_on) == (
                (held := view.figures[row.code].reported).status,
                held.value,
                held.numerator,
                held.expected_on,
            )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (FormValue("DA06", "153"), Decimal(153)),
        (FormValue("DA06", " 1,153 "), Decimal(1153)),
        (FormValue("DA06", "nil"), Decimal(0)),
        (FormValue("DA06", "153", status="reported "), Decimal(153)),
        (FormValue("DA07", "91"), Decimal(91)),
        (FormValue("DA07", "91%"), Decimal(91)),
        (FormValue("DA07", "90.9", "50", "55"), Decimal("90.9")),
        (FormValue("DA07", "50 of 55"), Decimal("90.9")),
        (FormValue("DA07", "", "50", "55"), Decimal("90.9")),
        (FormValue("DA07", "90.9% (50 of 55)"), Decimal("90.9")),
    ],
)
def test_what_is_put_in_is_read_in_the_unit_it_is_asked_in(office: Office, value: FormValue, expected: Decimal) -> None:
    assert only(read(office, value)).value == expected


@pytest.mark.parametrize(
    ("unit", "typed", "expected"),
    [
        (Unit.RATE_PER_100K, "320", "320"),
        (Unit.RATE_PER_100K, "320 per 100k", "320"),
        (Unit.GBP, "1,200", "1200"),
        (Unit.GBP, "£1,200.50", "1200.50"),
        (Unit.DAYS, "28", "28"),
        (Unit.CHANGE_PERCENT, "-6", "-6"),
        (Unit.CHANGE_PERCENT, "6% reduction", "-6"),
        (Unit.COUNT, "0", "0"),
    ],
)
def test_a_bare_number_is_in_the_unit_its_field_asks_for(unit: Unit, typed: str, expected: str) -> None:
    asked = Asked(1, "X1", "A measure", unit)
    task = ReadingTask(str(Q2), Q2.span, (asked,), sent_on=date(2015, 10, 6))
    (item,) = read_form(form(FormValue("X1", typed)), task, TextReader(), "form/1", {}).items
    assert only(item).value == Decimal(expected)


def test_a_change_without_a_direction_is_asked_about() -> None:
    asked = Asked(1, "X1", "A measure", Unit.CHANGE_PERCENT)
    task = ReadingTask(str(Q2), Q2.span, (asked,), sent_on=date(2015, 10, 6))
    (item,) = read_form(form(FormValue("X1", "6")), task, TextReader(), "form/1", {}).items
    assert not item.certain


def test_counts_in_their_own_columns_are_kept(office: Office) -> None:
    candidate = only(read(office, FormValue("DA07", "90.9", "50", "55")))
    assert [candidate.numerator, candidate.denominator] == [50, 55]


def test_a_share_typed_as_a_fraction_of_one_is_asked_about(office: Office) -> None:
    item = read(office, FormValue("DA07", "0.91"))
    assert [candidate.value for candidate in item.candidates] == [Decimal(91), Decimal("0.91")]
    assert "0.91% or 91%" in item.doubts[0]


@pytest.mark.parametrize("typed", ["91,5%", "91,0 %", "1,00%", ",%"])
def test_a_percentage_with_a_decimal_comma_is_asked_about_and_is_never_zero(office: Office, typed: str) -> None:
    item = read(office, FormValue("DA07", typed))
    assert not item.certain
    assert all(candidate.value != 0 for candidate in item.candidates)


def test_one_count_without_the_other_is_asked_about(office: Office) -> None:
    item = read(office, FormValue("DA07", "91", "50", ""))
    assert not item.certain
    assert "without the whole" in item.doubts[0]


@pytest.mark.parametrize("words", list(STATUSES))
def test_every_status_of_the_drop_down_is_understood(office: Office, words: str) -> None:
    figure = "153" if words in ("Provisional", "Reported") else ""
    candidate = only(read(office, FormValue("DA06", figure, status=words)))
    assert candidate.status is STATUSES[words]


def test_not_available_yet_keeps_its_date_and_comment(office: Office) -> None:
    candidate = only(
        read(office, FormValue("DA06", status="Not available yet", expected="2015-11-25", comment="June is missing"))
    )
    assert (candidate.expected_on, candidate.note) == (date(2015, 11, 25), "June is missing")


def test_a_date_that_can_not_be_read_is_asked_about(office: Office) -> None:
    item = read(office, FormValue("DA06", status="Not available yet", expected="after half-term"))
    assert "after half-term" in item.doubts[0]


def test_a_status_nobody_knows_is_asked_about(office: Office) -> None:
    item = read(office, FormValue("DA06", "153", status="Pending"))
    assert not item.certain
    assert "'Pending'" in item.doubts[0]


def test_a_figure_beside_a_status_that_has_none_is_asked_about(office: Office) -> None:
    item = read(office, FormValue("DA06", "153", status="Not available yet"))
    assert not item.certain
    assert {candidate.status for candidate in item.candidates} == {
        FigureStatus.REPORTED,
        FigureStatus.NOT_AVAILABLE,
    }


def test_a_comment_alone_can_be_the_return(office: Office) -> None:
    assert only(read(office, FormValue("DA06", comment="not available until 25 November"))).expected_on is not None
    silent = read(office, FormValue("DA06", comment="the new officer starts in May"))
    assert not silent.candidates
    assert silent.doubts


def test_a_target_changed_in_a_comment_is_a_request(office: Office) -> None:
    item = read(office, FormValue("DA07", "91", comment="The target has changed: now 80%"))
    assert only(item).value == 91
    assert item.target_change is not None


def test_a_note_of_progress_is_kept_as_it_was_typed(office: Office) -> None:
    item = read(office, FormValue("RS08", "We met the drivers twice, in July and in September."), "yot")
    assert only(item).note == "We met the drivers twice, in July and in September."


def test_what_nobody_asked_this_person_for_has_no_reading(office: Office) -> None:
    assert read(office, FormValue("RO06", "43")).candidates == ()

"""A workbook of definitions as it comes back from whoever had it."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.definition_changes import NOTHING, preview
from collector.definition_sheets import definitions_booklet
from collector.domain.came_back import CameBack
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Role
from collector.domain.period import Quarter
from collector.domain.submission import Refusal
from collector.domain.target import Comparator, Target
from parsers.guard import guarded
from parsers.workbook import read_definitions, read_workbook, write_booklet
from scheduler.calendar import WorkingDays
from tests.builders import DEFINITIONS, PARTNERSHIP, at
from tests.parsers.workbook.sheets import NOT_OUR_WORDS

Q3 = Quarter(2015, 3)


def written(partnership: Partnership = PARTNERSHIP) -> bytes:
    calendar = WorkingDays(partnership.timetable)
    return write_booklet(definitions_booklet(partnership, Q3, calendar, at(12)))


def worked_in(change: Callable[[Any], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(written()))
    change(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def came(content: bytes) -> CameBack:
    found = read_definitions("definitions.xlsx", content)
    assert isinstance(found, CameBack), found
    return found


def lines(content: bytes, partnership: Partnership = PARTNERSHIP) -> tuple[str, ...]:
    found = preview(partnership, came(content), Quarter(2015, 2))
    return found.problems or found.lines


TEXT = st.text(max_size=80)


@given(title=TEXT, short=TEXT, wording=TEXT, why=TEXT, name=TEXT, organisation=TEXT)
@settings(max_examples=60, deadline=None)
def test_out_and_in_unchanged_changes_nothing_whatever_the_texts(
    title: str, short: str, wording: str, why: str, name: str, organisation: str
) -> None:
    target = Target(Comparator.NOT_UNDERSTOOD, wording, note=why, confirmed=False)
    odd = replace(DEFINITIONS[0], title=title, short=short, target=target)
    person = Person("odd", name, organisation, Role.CONTRIBUTOR, ("odd@council.example.org",))
    partnership = replace(
        PARTNERSHIP, name=title, definitions=(odd, *DEFINITIONS[1:]), people=(*PARTNERSHIP.people, person)
    )
    assert lines(written(partnership), partnership) == (NOTHING,)


@pytest.mark.parametrize("text", ["=1+1", "+5%", "-5%", "@home", "_x0041_", "_x000D_", "1e5", "TRUE", "0012", "3/4"])
def test_a_text_that_a_spreadsheet_would_make_something_else_of_comes_back_as_it_went(text: str) -> None:
    odd = replace(PARTNERSHIP, definitions=(replace(DEFINITIONS[0], title=text), *DEFINITIONS[1:]))
    assert lines(written(odd), odd) == (NOTHING,)


def test_saved_by_another_program_it_still_changes_nothing() -> None:
    assert lines(worked_in(lambda book: None)) == (NOTHING,)


def test_rows_can_be_sorted_and_columns_moved() -> None:
    def move(book: Any) -> None:
        page = book["Priorities"]
        page.insert_cols(1)
        book["Indicators"].move_range("A6:N6", rows=12)

    assert lines(worked_in(move)) == (NOTHING,)


def test_a_formula_is_not_calculated_and_is_named_with_its_cell() -> None:
    def type_it(book: Any) -> None:
        book["Indicators"]["J6"] = "=1+1"

    assert lines(worked_in(type_it)) == (
        "Indicators, cell J6: there is a formula, and formulas are not calculated. Type its result in its place.",
    )


def test_numbers_that_a_program_made_of_typed_text_are_read_as_they_look() -> None:
    def type_them(book: Any) -> None:
        page = book["Indicators"]
        page["M6"] = 14
        page["H7"], page["H7"].number_format = 0.8, "0%"

    told = lines(worked_in(type_them))
    assert told[0].startswith("DA06 published after: “0” becomes “14”")
    assert told[1].startswith("DA07 target: “74%” becomes “80%”")


def test_a_date_that_a_program_made_is_asked_for_as_text() -> None:
    def type_it(book: Any) -> None:
        book["Indicators"]["H6"] = at(5).replace(tzinfo=None)

    (problem,) = lines(worked_in(type_it))
    assert problem.startswith("Indicators, cell H6: a spreadsheet made a date")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda book: book.remove(book["People"]), "People: the sheet is not there any more."),
        (
            lambda book: book["Indicators"].__setitem__("H5", "Goal"),
            "Indicators: the heading “Target” is not there any more, so nothing in this sheet was used.",
        ),
    ],
)
def test_a_sheet_or_a_heading_that_is_gone_takes_nobody_and_nothing_off_the_books(
    change: Callable[[Any], object], words: str
) -> None:
    (problem,) = lines(worked_in(change))
    assert problem.startswith(words)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not a workbook", "broken"),
        (worked_in(lambda book: book.remove(book["Origin"])), "foreign"),
        (worked_in(lambda book: book["Origin"].__setitem__("B1", "99")), "other_version"),
        (worked_in(lambda book: book["Origin"].__setitem__("C8", "other")), "worked_in"),
    ],
)
def test_what_is_no_workbook_of_ours_is_refused_with_what_to_do(content: bytes, code: str) -> None:
    found = read_definitions("definitions.xlsx", content)
    assert isinstance(found, Refusal)
    assert found.code == code
    assert found.words.startswith("We couldn't use definitions.xlsx: ")
    assert not any(word in found.words.lower() for word in NOT_OUR_WORDS)


def test_sent_in_as_a_return_it_is_no_return() -> None:
    found = read_workbook("definitions.xlsx", written())
    assert isinstance(found, Refusal)
    assert found.code == "foreign"


def test_it_is_read_in_a_child_of_its_own() -> None:
    assert guarded(read_definitions, "definitions.xlsx", written()) == came(written())

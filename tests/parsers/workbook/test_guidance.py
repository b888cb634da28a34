"""What a return says by itself: its stamp, its checks, its instructions, and what is to be looked at."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from collector.domain.indicator import Unit
from collector.domain.submission import Mark
from collector.messages import SheetRow
from parsers.workbook import write_workbook
from parsers.workbook.checks import cells_of, check_formula
from tests.parsers.workbook.sheets import ROWS, SHEET, filled, opened, part_of, read, with_row

MARKS = (
    Mark("H7 holds the date 3 Apr 2015", "Type it as a number.", "DA06", "figure", "q2.xlsx, sheet 'Return', cell H7"),
    Mark("You gave 0.91: that could be two things", "Give it with its sign.", "DA06", "figure"),
    Mark("The sheet 'Copy' is filled in too and was not used", "Put its figures into the sheet that we sent."),
)
MARKED = replace(SHEET, look_at=MARKS)


def test_every_sheet_and_every_printed_page_is_stamped_with_whose_it_is() -> None:
    stamp = (
        "Medway Community Safety Partnership, Q2 2015-16 (Jul to Sep 2015), Director of Public Health, form version 1"
    )
    content = write_workbook(MARKED)
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    assert book["Return"]["A4"].value == stamp
    assert book["Return"].oddFooter.left.text == stamp
    for name in ("Instructions", "What to look at"):
        page = book[name]
        assert str(page["A2"].value).startswith(stamp)
        assert str(page.oddHeader.left.text).startswith(stamp)


def test_there_are_one_sheet_to_fill_in_and_one_of_instructions_and_the_first_is_open() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(SHEET)))
    assert book.sheetnames == ["Return", "Instructions", "Sent"]
    assert book.active is book["Return"]
    assert not any(page.merged_cells.ranges for page in book.worksheets)


def test_the_instructions_define_every_indicator() -> None:
    sheet = with_row(covers="Jul to Sep 2015", better="smaller is better", usual=(Decimal(20), Decimal(60)))
    page = opened(write_workbook(sheet), "Instructions")
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    first = next(number for number, row in enumerate(rows) if row[0] == "Code")
    assert rows[first][1:] == [
        "Indicator",
        "How it is counted",
        "Months it covers",
        "Target",
        "Which way is better",
        "Usual figures",
    ]
    assert rows[first + 1][2:] == [
        "per cent, with its counts",
        "Jul to Sep 2015",
        "below 50%",
        "smaller is better",
        "20 to 60",
    ]
    assert len(rows) == first + 1 + len(ROWS)
    assert "columns H to M" in str(rows[2][0])
    assert page.protection.sheet


def test_several_priorities_have_a_column_and_what_is_typed_is_still_read() -> None:
    rows = tuple(replace(row, priority=f"P{place % 2} Safer streets") for place, row in enumerate(ROWS))
    sheet = replace(SHEET, rows=rows)
    page = opened(write_workbook(sheet))
    assert [page["D5"].value, page["D6"].value, page["I5"].value] == ["Priority", "P0 Safer streets", "Figure"]
    assert [value.figure for value in read(filled({"I7": 153}, sheet)).values] == ["153"]


def test_a_figure_that_is_off_has_its_colour_beside_its_word() -> None:
    page = opened(write_workbook(SHEET))
    found = {str(cells.sqref): [rule.formula for rule in cells.rules] for cells in page.conditional_formatting}
    assert found == {"H6:J9 N6:N9": [['LEFT($N6,7)="Check: "']], "N6:N9": [['$N6="OK"']]}


@pytest.mark.parametrize(
    ("unit", "usual", "words"),
    [
        (Unit.PERCENT, None, "not between 0 and 100"),
        (Unit.COUNT, None, "below zero"),
        (Unit.COUNT, (Decimal("20.5"), Decimal(60)), "not between the usual 20.5 and 60"),
        (Unit.GBP, None, ""),
        (Unit.MILESTONE, None, ""),
    ],
)
def test_a_figure_beyond_what_can_be_is_warned_of_in_words_and_never_turned_away(
    unit: Unit, usual: tuple[Decimal, Decimal] | None, words: str
) -> None:
    page = opened(write_workbook(with_row(unit=unit, usual=usual)))
    (found,) = [one for one in page.data_validations.dataValidation if str(one.sqref) == "H6"]
    if not words:
        assert found.type is None
        return
    assert (found.errorStyle, found.type) == ("warning", "custom")
    assert words in str(found.error)
    assert words in str(page["N6"].value)
    assert len(str(found.error)) <= 255
    assert len(str(found.prompt)) <= 255
    # Excel takes no longer formula here.
    assert len(str(found.formula1)) <= 255


def test_the_check_uses_only_functions_that_every_program_has() -> None:
    row = SheetRow(1, "A", "A", "", "", (), unit=Unit.PERCENT, usual=(Decimal(1), Decimal(2)))
    formula = check_formula(row, cells_of(8, 6))
    names = {word.rpartition(",")[2].strip("=<>()+-*/,") for word in formula.split("(")[:-1]}
    assert {name.rpartition("(")[2] for name in names if name.isalpha()} <= {
        "IF",
        "AND",
        "OR",
        "N",
        "ABS",
        "MAX",
        "ISTEXT",
        "ISNUMBER",
    }
    assert len(formula) < 1000


def test_the_check_is_not_read_whatever_it_says() -> None:
    for said in ("To fill in", "OK", "Check: Part is more than Whole"):
        form = read(filled({"N6": said}))
        assert (form.values, form.problems) == ((), ())


def test_a_figure_typed_over_the_check_is_noticed() -> None:
    assert read(filled({"N6": 153})).problems[0].startswith("N6 holds '153', outside the columns we sent")


def test_what_to_look_at_is_the_first_sheet_with_a_link_to_each_cell_and_a_comment_in_it() -> None:
    content = write_workbook(MARKED)
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["What to look at", "Return", "Instructions", "Sent"]
    assert book.active is book["What to look at"]
    assert [page.title for page in book.worksheets if page.sheet_view.tabSelected] == ["What to look at"]
    page = book["What to look at"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5)]
    assert [row[1] for row in rows] == ["Cell here", "H7", "H7", None]
    assert rows[1][2:] == [
        "DA06 Number of referrals to the IDVA service",
        MARKS[0].words,
        MARKS[0].advice,
        MARKS[0].where,
    ]
    assert page["B6"].hyperlink.location == "Return!H7"
    comment = book["Return"]["H7"].comment
    assert comment.text == f"{MARKS[0]}\n{MARKS[1]}"
    # The order of the file format: what is marked comes before where the comments are.
    part = part_of(content, "xl/worksheets/sheet2.xml")
    assert 0 < part.index(b"<ignoredErrors") < part.index(b"<legacyDrawing")


def test_a_return_with_marks_says_when_it_comes_back_only_what_was_typed_into_it() -> None:
    form = read(write_workbook(MARKED))
    assert (form.values, form.problems, form.sheet) == ((), (), "Return")
    assert [value.figure for value in read(filled({"H7": 153}, MARKED)).values] == ["153"]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "\x00", "a\n" * 4000])
def test_what_is_said_about_a_cell_never_becomes_a_formula_and_always_opens(text: str) -> None:
    content = write_workbook(replace(SHEET, look_at=(Mark(text, text, "DA06", "figure", text),)))
    page = opened(content, "What to look at")
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert read(content).values == ()


def test_the_same_marks_give_the_same_bytes() -> None:
    assert write_workbook(MARKED) == write_workbook(MARKED)

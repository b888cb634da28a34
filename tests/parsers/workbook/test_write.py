"""The workbook as it goes out."""

import io
import time
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import openpyxl
import pytest

from collector.domain.submission import FormValue
from parsers.workbook import write_workbook
from parsers.workbook.checks import cells_of, check_formula
from tests.parsers.workbook.sheets import ROWS, SHEET, opened, part_of, read, with_row

INPUT_COLUMNS = "HIJKLM"


def test_the_same_sheet_gives_the_same_bytes_at_any_time() -> None:
    first = write_workbook(SHEET)
    time.sleep(2.1)  # a zip keeps time in steps of two seconds
    assert write_workbook(SHEET) == first


def test_the_top_says_whose_it_is_for_which_period_for_whom_and_by_when() -> None:
    page = opened(write_workbook(SHEET))
    assert page["A1"].value == "Medway Community Safety Partnership: return for Q2 2015-16 (Jul to Sep 2015)"
    assert page["A2"].value == "For Director of Public Health. Due 5pm Fri 23 Oct 2015."
    assert "columns H to M" in str(page["A3"].value)
    assert "returns@medway.example.org" in str(page["A3"].value)
    assert "Slack" in str(page["A3"].value)


def test_due_is_told_in_london_time_after_the_clocks_went_back() -> None:
    page = opened(write_workbook(replace(SHEET, due=datetime(2016, 1, 25, 17, 0, tzinfo=UTC))))
    assert "Due 5pm Mon 25 Jan 2016" in str(page["A2"].value)


def test_each_indicator_has_a_row_with_its_target_and_earlier_values() -> None:
    page = opened(write_workbook(SHEET))
    headings = [cell.value for cell in page[5]]
    assert headings[5:7] == ["Q1 2015-16", "Q2 2014-15"]
    assert headings[7:] == [
        "Figure",
        "Part (number counted)",
        "Whole (out of)",
        "Status",
        "Expected on (date)",
        "Comment",
        "Check",
    ]
    row = [cell.value for cell in page[7]]
    assert row[:7] == ["2", "DA06", "Number of referrals to the IDVA service", "a number", "340", "144", "1,102"]
    assert row[7:13] == [None] * 6
    assert page.max_row == 5 + len(ROWS)


def test_a_row_without_earlier_values_leaves_their_columns_empty() -> None:
    assert [cell.value for cell in opened(write_workbook(SHEET))[8]][5:7] == ["32%", None]


def test_only_the_inputs_can_be_changed() -> None:
    page = opened(write_workbook(SHEET))
    assert page.protection.sheet
    assert page.protection.password is None
    unlocked = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {f"{column}{row}" for column in INPUT_COLUMNS for row in range(6, 10)}


def test_inputs_are_told_by_border_and_words_and_not_by_colour_alone() -> None:
    page = opened(write_workbook(SHEET))
    assert page["H6"].border.left.style == "thin"
    assert page["C6"].border.left.style == "hair"
    assert "yellow cells, columns H to M" in str(page["A3"].value)


def test_what_the_books_hold_is_filled_in_numbers_as_numbers() -> None:
    held = FormValue("RO05", figure="1,234.5", part="15", whole="52", status="nil return", expected="2015-11-25")
    page = opened(write_workbook(with_row(held=held)))
    assert [page[f"{column}6"].value for column in "HIJK"] == [1234.5, 15, 52, "nil return"]
    assert page["L6"].is_date
    assert page["L6"].value == datetime(2015, 11, 25)
    assert opened(write_workbook(SHEET))["H8"].value == "33.7%"


@pytest.mark.parametrize("figure", ["8.20", "007", "12345678901234567890", "1e5", "nan", "inf", "0.1000000000000001"])
def test_a_figure_that_a_number_would_change_goes_out_as_text(figure: str) -> None:
    assert opened(write_workbook(with_row(held=FormValue("RO05", figure=figure))))["H6"].value == figure


def test_the_status_cells_have_a_list_and_the_counts_no_negative_numbers() -> None:
    page = opened(write_workbook(SHEET))
    by_cells = {str(found.sqref): found for found in page.data_validations.dataValidation}
    status, part, figure = by_cells["K6:K9"], by_cells["I6:I9"], by_cells["H6"]
    assert status.type == "list"
    assert status.formula1 == "Sent!$B$7:$F$7"
    sent = opened(write_workbook(SHEET), "Sent")
    assert tuple(cell.value for cell in sent["B7:F7"][0]) == SHEET.statuses
    assert (part.type, part.operator, part.formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert figure.type is None
    assert all(found.prompt and len(found.prompt) <= 255 for found in by_cells.values())
    assert all(len(found.errorTitle or "") <= 32 and len(found.promptTitle or "") <= 32 for found in by_cells.values())


def test_the_hidden_sheet_says_what_was_sent() -> None:
    sent = opened(write_workbook(SHEET), "Sent")
    assert sent.sheet_state == "hidden"
    assert [tuple(cell.value for cell in row) for row in sent["A2:B5"]] == [
        ("version", "1"),
        ("partnership", "medway"),
        ("period", "2015-16Q2"),
        ("person", "dph"),
    ]
    row = [cell.value or "" for cell in sent[10]]
    assert row[:4] == ["row", "3", "DA07", "Domestic abuse: repeat victimisation"]
    assert row[8:] == ["33.7%", "15", "52", "provisional", "", "As in July"]


def test_it_opens_at_the_first_input_and_prints_across_one_page() -> None:
    page = opened(write_workbook(SHEET))
    assert page.freeze_panes == "D6"
    assert page.sheet_view.selection[-1].activeCell == "H6"
    assert page.page_setup.orientation == "landscape"
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == "$5:$5"


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    page = opened(write_workbook(with_row(title="A long title in many words " * 8)))
    assert (page.row_dimensions[6].height or 0) > 6 * 15
    assert (page.row_dimensions[7].height or 0) < 3 * 15


@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("http://bad.example.org")', "+1", "-1+cmd|'/c calc'!A0", "@SUM(A1)", "#N/A", "{=1}", "\t=1"],
)
def test_text_from_people_never_becomes_a_formula(text: str) -> None:
    held = FormValue("RO05", figure=text, part=text, whole=text, status=text, expected=text, comment=text)
    row = replace(ROWS[0], code=text, title=text, hint=text, target=text, history=(text, text), held=held)
    sheet = replace(
        SHEET, rows=(row,), partnership_name=text, to=text, mailbox=text, earlier=(text, "x" + text), statuses=(text,)
    )
    content = write_workbook(sheet)
    book = openpyxl.load_workbook(io.BytesIO(content))
    ours = check_formula(row, cells_of(8, 6))
    for page in book.worksheets:
        for cell in (cell for cells in page.iter_rows() for cell in cells if cell.value is not None):
            if (page.title, cell.coordinate) == ("Return", "N6"):
                assert cell.value == ours
                continue
            assert cell.data_type in ("s", "n"), (cell.coordinate, cell.value)
            assert cell.data_type == "s" or isinstance(cell.value, int | float)
    assert part_of(content, "xl/worksheets/sheet1.xml").count(b"<f>") == 1
    form = read(content)
    assert (form.values, form.problems) == ((), ())


def test_text_that_a_program_would_make_a_formula_when_it_is_edited_is_marked_as_text() -> None:
    page = opened(write_workbook(with_row(held=FormValue("RO05", comment="=1+1"))))
    assert page["M6"].quotePrefix
    assert not opened(write_workbook(SHEET))["M8"].quotePrefix


def test_control_characters_and_long_texts_go_out_clean() -> None:
    held = FormValue("RO05", comment="\x00a\x0b\ud800b\uffff" + "c" * 40_000)
    content = write_workbook(with_row(title="T\x1b\x08itle \ud800" + "t" * 3000, held=held))
    assert str(opened(content)["M6"].value).startswith("abc")
    assert read(content).values == ()


def test_a_sheet_without_rows_is_still_a_workbook() -> None:
    form = read(write_workbook(replace(SHEET, rows=(), statuses=())))
    assert (form.values, form.problems) == ((), ())


def test_excel_is_told_not_to_mark_numbers_that_are_text() -> None:
    parts = ElementTree.fromstring(part_of(write_workbook(SHEET), "xl/worksheets/sheet1.xml"))
    # The order of the file format: anything else, and Excel offers to repair the workbook.
    assert [part.tag.partition("}")[2] for part in parts][-4:] == [
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "ignoredErrors",
    ]
    assert parts[-1][0].attrib == {"sqref": "A1:N9", "numberStoredAsText": "1"}


def test_nothing_in_the_package_tells_when_or_with_what_it_was_made() -> None:
    content = write_workbook(SHEET)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert (properties.creator, properties.title) == (
        "Medway Community Safety Partnership",
        "Return for Q2 2015-16 (Jul to Sep 2015)",
    )
    assert properties.modified is not None
    assert properties.modified.date() == date(2015, 9, 30)

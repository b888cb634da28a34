"""The coordinator's workbooks as files: text stays text, numbers are numbers, and they print well."""

import io
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.booklet import Booklet, Colour, Column, Page, Quantity, Value
from collector.definition_words import settled
from collector.domain.indicator import Unit
from collector.domain.rag import Rag
from parsers.workbook import write_booklet
from parsers.workbook.grid import load_sheets
from parsers.workbook.texts import label

MADE = datetime(2015, 10, 30, 12, 30, tzinfo=UTC)
COLUMNS = (Column("Code", 10), Column("Words", 30, "What was said"), Column("Pick", 10, "", ("yes", "no")))


def booklet(*rows: tuple[Value, ...], **more: Any) -> Booklet:
    given: dict[str, Any] = {"name": "Indicators", "title": "Indicators", "columns": COLUMNS, "rows": rows}
    page = Page(**(given | more))
    return Booklet("A title", "A&E Partnership", MADE, (page,), "Q2 2015-16 (Jul to Sep 2015)", "Unpublished")


def sheet(made: Booklet, name: str = "Indicators") -> Any:
    return openpyxl.load_workbook(io.BytesIO(write_booklet(made)))[name]


def test_the_same_booklet_gives_the_same_bytes_at_any_time() -> None:
    first = write_booklet(booklet(("A", "b", "yes")))
    time.sleep(2.1)  # a zip keeps time in steps of two seconds
    assert write_booklet(booklet(("A", "b", "yes"))) == first


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5%", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A", "TRUE"])
def test_no_text_becomes_a_formula_or_anything_but_text(text: str) -> None:
    cell = sheet(booklet((text, text, text)))["B4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@"))


@given(st.lists(st.text(max_size=200), min_size=3, max_size=3))
@settings(max_examples=60, deadline=None)
def test_every_text_survives(texts: list[str]) -> None:
    content = write_booklet(booklet(tuple(texts)))
    cells = load_sheets(content, ["Indicators"])["Indicators"].get(4, {})
    kept = [settled(label(str(cells[place].value))) if place in cells else "" for place in (1, 2, 3)]
    assert kept == [settled(text) for text in texts]


@pytest.mark.parametrize(
    ("value", "unit", "kept", "shown"),
    [
        ("28.8", Unit.PERCENT, 0.288, "#,##0.0%"),
        ("100", Unit.PERCENT, 1, "#,##0%"),
        ("-72.7", Unit.CHANGE_PERCENT, -0.727, "+#,##0.0%;-#,##0.0%;#,##0.0%"),
        ("1153", Unit.COUNT, 1153, "#,##0"),
        ("320", Unit.RATE_PER_100K, 320, '#,##0" per 100,000"'),
        ("1200.5", Unit.GBP, 1200.5, '"£"#,##0.0;-"£"#,##0.0'),
        ("4", Unit.MINUTES, 4, '#,##0" minutes"'),
    ],
)
def test_figures_are_numbers_in_their_unit(value: str, unit: Unit, kept: float, shown: str) -> None:
    cell = sheet(booklet(("A", Quantity(Decimal(value), unit), "")))["B4"]
    assert (cell.value, cell.number_format) == (kept, shown)


def test_a_colour_stands_beside_its_word_and_sign() -> None:
    page = sheet(booklet(*(("A", Colour(rag), "") for rag in Rag)))
    assert [page[f"B{row}"].value for row in (4, 5, 6)] == ["▼ Red", "● Amber", "▲ Green"]
    assert len({page[f"B{row}"].fill.fgColor.rgb for row in (4, 5, 6)}) == 3


def test_days_and_moments_are_days_and_moments() -> None:
    page = sheet(booklet(("A", date(2015, 10, 30), MADE)))
    assert page["B4"].value == datetime(2015, 10, 30)
    assert (page["C4"].value, page["C4"].number_format) == (datetime(2015, 10, 30, 12, 30), "d mmm yyyy hh:mm")


def test_it_can_be_filtered_and_its_headings_stay_in_sight_and_on_every_printed_page() -> None:
    page = sheet(booklet(("A", "b", "yes"), about=("A line.",), frozen=2))
    assert [cell.value for cell in page[4]] == ["Code", "Words", "Pick"]
    assert (page.auto_filter.ref, page.freeze_panes) == ("A4:C5", "C5")
    assert page.print_title_rows == "$4:$4"
    assert (page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == ("landscape", 1, 0)


def test_every_printed_page_says_whose_it_is_that_it_is_unpublished_and_the_period() -> None:
    page = sheet(booklet(("A", "b", "yes")))
    # In a header "&E" would be a code.
    assert (page.oddHeader.left.text, page.oddHeader.right.text) == ("A&&E Partnership", "Unpublished")
    assert (page.oddFooter.left.text, page.oddFooter.right.text) == ("Q2 2015-16 (Jul to Sep 2015)", "Page &P of &N")


def test_a_heading_explains_its_column_and_a_list_offers_what_can_be_picked() -> None:
    made = booklet(("A", "b", "yes"), editable=True, spare=3)
    page = sheet(made)
    assert page["B3"].comment.text == "What was said"
    (found,) = page.data_validations.dataValidation
    assert (str(found.sqref), found.formula1) == ("C4:C7", "'Lists'!$A$1:$B$1")
    lists = sheet(made, "Lists")
    assert ([cell.value for cell in lists[1]], lists.sheet_state) == (["yes", "no"], "hidden")


def test_headings_are_locked_where_the_rows_can_be_changed() -> None:
    page = sheet(booklet(("A", "b", "yes"), editable=True, spare=1))
    assert page.protection.sheet
    assert page["A3"].protection.locked
    assert not any(page[cell].protection.locked for cell in ("A4", "C4", "B5"))
    assert page["A5"].number_format == "@"


def test_a_page_without_rows_still_opens_and_a_long_text_is_cut_to_what_a_cell_takes() -> None:
    assert [cell.value for cell in sheet(booklet())[3]] == ["Code", "Words", "Pick"]
    assert len(sheet(booklet(("A", "x" * 40_000, "")))["B4"].value) == 32_000

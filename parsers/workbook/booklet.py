"""Making the coordinator's workbooks: pages of tables that can be filtered, printed and finished by hand."""

from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from collector.booklet import Booklet, Colour, Column, Page, Quantity, Value
from collector.domain.rag import Rag
from parsers.workbook.formats import number_of
from parsers.workbook.pieces import BOLD, FONT, NO_MARKS, TAKEN_FOR_FORMULA, TITLE_FONT, packed, put, row_height
from parsers.workbook.texts import printable

#: The sheet that holds what the drop-downs offer.
LISTS_SHEET = "Lists"
TITLE_ROW = 1
_AUTHOR = "The collector"
#: Characters; a wider page would be too small to read on A4.
_WIDEST_ON_A4 = 230
_DATE, _MOMENT = "d mmm yyyy", "d mmm yyyy hh:mm"
_TEXT = "@"
#: The longest text that a cell takes.
_LONGEST = 32_000

_LINE = Side(style="thin", color="8A8A8A")
_HAIR = Side(style="hair", color="B5B5B5")
_BORDER = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
_HEADING_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEADING_FILL = PatternFill("solid", fgColor="1F3A4D")
_HEADING_FONT = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_BAND = PatternFill("solid", fgColor="F4F7F9")
_SPARE = PatternFill("solid", fgColor="FFFBE6")
_ABOUT = Font(name="Calibri", size=11, italic=True, color="4A4A4A")
_MARK = Font(name="Calibri", size=11, bold=True, color="9B1C1C")
_COORDINATOR_TAB, _TAB = "9B1C1C", "1F3A4D"
_FILLS = {Rag.RED: "F8D7DA", Rag.AMBER: "FFE8C2", Rag.GREEN: "D5EDDA"}
_INKS = {Rag.RED: "8B0F1A", Rag.AMBER: "7A4A00", Rag.GREEN: "14532D"}
_TOP_LEFT = Alignment(vertical="top", wrap_text=True)
_TOP_RIGHT = Alignment(vertical="top", horizontal="right", indent=1)
_CENTRE = Alignment(vertical="top", horizontal="center")
_OPEN = Protection(locked=False)


def write_booklet(booklet: Booklet) -> bytes:
    """A workbook as the bytes of an .xlsx; the same booklet gives the same bytes.

    Whatever text is in it, no cell becomes a formula (promise 7). Colours stand beside their words.
    """
    made = booklet.made.replace(tzinfo=None, microsecond=0)
    book = Workbook()
    book.properties = DocumentProperties(creator=booklet.author, title=booklet.title, created=made, modified=made)
    book.remove(book.worksheets[0])
    lists = _lists(booklet)
    endings = {}
    for number, page in enumerate(booklet.pages, start=1):
        sheet = book.create_sheet(page.name)
        write_page(sheet, page, booklet)
        _add_choices(sheet, page, lists)
        last = get_column_letter(len(page.columns))
        endings[f"xl/worksheets/sheet{number}.xml"] = NO_MARKS.format(cells=f"A1:{last}{_last_row(page)}")
    if lists:
        _write_hidden(book.create_sheet(LISTS_SHEET), lists)
    if booklet.hidden_name:
        _write_hidden(book.create_sheet(booklet.hidden_name), booklet.hidden)
    return packed(book, endings)


def heading_row(page: Page) -> int:
    """The row of a page's headings: under its title and what is said about it."""
    return TITLE_ROW + 1 + len(page.about) + 1


def _last_row(page: Page) -> int:
    return heading_row(page) + max(len(page.rows) + page.spare, 1)


# --- one page ---------------------------------------------------------------------------------------------------------


def write_page(sheet: Worksheet, page: Page, booklet: Booklet) -> None:
    """Write one page of a booklet into a sheet, ready to be read and printed."""
    _write_top(sheet, page, booklet)
    first = heading_row(page)
    for place, column in enumerate(page.columns, start=1):
        _write_heading(put(sheet, first, place, column.heading), column)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    widths = [column.width for column in page.columns]
    # Bold letters are wider, and the sign of the filter takes room.
    sheet.row_dimensions[first].height = row_height([c.heading for c in page.columns], [w - 3 for w in widths], 1)
    for number, row in enumerate(page.rows, start=first + 1):
        shown = [_write_value(sheet, number, place, value) for place, value in enumerate(row, start=1)]
        _finish_row(sheet, page, number, _BAND if number % 2 else None)
        sheet.row_dimensions[number].height = row_height(shown, [w - 1 for w in widths], 1)
    for number in range(first + len(page.rows) + 1, first + len(page.rows) + page.spare + 1):
        _finish_row(sheet, page, number, _SPARE)
    _set_up_view(sheet, page)
    _set_up_print(sheet, page, booklet)


def _write_top(sheet: Worksheet, page: Page, booklet: Booklet) -> None:
    put(sheet, TITLE_ROW, 1, printable(page.title)).font = TITLE_FONT
    sheet.row_dimensions[TITLE_ROW].height = 22
    said = [booklet.author, booklet.mark] if booklet.mark else [booklet.author]
    put(sheet, TITLE_ROW + 1, 1, printable(". ".join(said) + ".")).font = _MARK if booklet.mark else BOLD
    for number, line in enumerate(page.about, start=TITLE_ROW + 2):
        put(sheet, number, 1, printable(line)).font = _ABOUT


def _write_heading(cell: Cell, column: Column) -> None:
    cell.font, cell.fill, cell.border = _HEADING_FONT, _HEADING_FILL, _HEADING_BORDER
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    if column.note:
        cell.comment = Comment(column.note, _AUTHOR, height=30 + 18 * (len(column.note) // 34 + 1), width=260)


def _write_value(sheet: Worksheet, row: int, place: int, value: Value) -> str:
    """Write one cell; its text as far as that decides how high the row must be."""
    if isinstance(value, str):
        text = printable(value)[:_LONGEST]
        cell = put(sheet, row, place, text)
        cell.alignment = _TOP_LEFT
        # Without it a program makes a formula of the text when somebody edits the cell.
        cell.quotePrefix = text.startswith(TAKEN_FOR_FORMULA)
        return text
    cell = put(sheet, row, place, "")
    match value:
        case Colour():
            cell.value = f"{value.rag.sign} {value.rag.word}"
            cell.fill = PatternFill("solid", fgColor=_FILLS[value.rag])
            cell.font = Font(name="Calibri", size=11, bold=True, color=_INKS[value.rag])
            cell.alignment = _CENTRE
        case Quantity():
            cell.value, cell.number_format = number_of(value)
            cell.alignment = _TOP_RIGHT
        case datetime():
            cell.value, cell.number_format = value.replace(tzinfo=None, second=0, microsecond=0), _MOMENT
            cell.alignment = _TOP_RIGHT
        case date():
            cell.value, cell.number_format = value, _DATE
            cell.alignment = _TOP_RIGHT
        case int():
            cell.value, cell.number_format = value, "0"
            cell.alignment = _TOP_RIGHT
    return ""


def _finish_row(sheet: Worksheet, page: Page, number: int, fill: PatternFill | None) -> None:
    for place in range(1, len(page.columns) + 1):
        cell = sheet.cell(number, place)
        cell.border = _BORDER
        if page.editable:
            cell.protection, cell.number_format, cell.alignment, cell.font = _OPEN, _TEXT, _TOP_LEFT, FONT
        if fill is not None and cell.fill.fill_type is None:
            cell.fill = fill


def _set_up_view(sheet: Worksheet, page: Page) -> None:
    first, last = heading_row(page), get_column_letter(len(page.columns))
    sheet.freeze_panes = f"{get_column_letter(page.frozen + 1)}{first + 1}"
    sheet.auto_filter.ref = f"A{first}:{last}{_last_row(page)}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = _COORDINATOR_TAB if page.for_coordinator else _TAB
    locks = sheet.protection
    locks.sheet = page.editable or page.locked
    if page.editable:
        # Rows may come and go, be sorted and made wider; the headings may not change.
        locks.formatColumns = locks.formatRows = locks.insertRows = locks.deleteRows = False
        locks.sort = locks.autoFilter = False


def _set_up_print(sheet: Worksheet, page: Page, booklet: Booklet) -> None:
    first = heading_row(page)
    sheet.page_setup.orientation = "landscape"
    wide = sum(column.width for column in page.columns) > _WIDEST_ON_A4
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3 if wide else sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{first}:{first}"
    sheet.print_area = f"A1:{get_column_letter(len(page.columns))}{_last_row(page) - page.spare}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.25
    sheet.oddHeader = HeaderFooterItem(left=_part(booklet.author), right=_part(booklet.mark))
    sheet.oddFooter = HeaderFooterItem(left=_part(booklet.period), right=_HeaderFooterPart("Page &P of &N"))


def _part(text: str) -> _HeaderFooterPart:
    """A line of a header: there an ampersand begins a code."""
    return _HeaderFooterPart(printable(text).replace("&", "&&"))


# --- drop-downs and what is hidden ------------------------------------------------------------------------------------


def _lists(booklet: Booklet) -> tuple[tuple[str, ...], ...]:
    """What the drop-downs offer, each list once."""
    offered = (column.choices for page in booklet.pages for column in page.columns if column.choices)
    return tuple(dict.fromkeys(offered))


def _add_choices(sheet: Worksheet, page: Page, lists: Sequence[tuple[str, ...]]) -> None:
    for place, column in enumerate(page.columns, start=1):
        if not column.choices:
            continue
        row = lists.index(column.choices) + 1
        last = get_column_letter(len(column.choices))
        found = DataValidation(
            type="list",
            formula1=f"{quote_sheetname(LISTS_SHEET)}!$A${row}:${last}${row}",
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="stop" if column.must else "warning",
            errorTitle="Pick from the list",
            error="Pick one from the list." if column.must else "This is not in the list yet. Keep it all the same?",
        )
        letter = get_column_letter(place)
        found.add(f"{letter}{heading_row(page) + 1}:{letter}{_last_row(page)}")
        sheet.add_data_validation(found)


def _write_hidden(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            put(sheet, number, place, text)
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True

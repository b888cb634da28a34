"""Making the workbook that goes out: pleasant in Excel and LibreOffice, and the same bytes for the same sheet."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from collector.booklet import Booklet
from collector.messages import Sheet, SheetRow
from collector.wording import clock, weekday
from parsers.workbook import layout
from parsers.workbook.booklet import heading_row, write_page
from parsers.workbook.checks import add_colours, add_validations, cells_of, check_formula
from parsers.workbook.guidance import CELL_COLUMN, cell_of, instructions, to_look_at
from parsers.workbook.pieces import BOLD, NO_MARKS, TAKEN_FOR_FORMULA, TITLE_FONT, packed, put, row_height
from parsers.workbook.sent import STATUS_ROW, Sent, SentRow, sent_of, to_rows
from parsers.workbook.texts import label, number_text, printable

_LONDON = ZoneInfo("Europe/London")
_DATE_FORMAT = "d mmm yyyy"

_LINE = Side(style="thin", color="8A8A8A")
_HAIR = Side(style="hair", color="B5B5B5")
_INPUT_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LOCKED_BORDER = Border(left=_HAIR, right=_HAIR, bottom=_HAIR)
_INPUT_FILL = PatternFill("solid", fgColor="FFFBE6")
_INPUT_HEADING_FILL = PatternFill("solid", fgColor="FFE7A3")
_HEADING_FILL = PatternFill("solid", fgColor="E6EAEE")
#: A comment needs room to be written.
_LEAST_LINES = 2
_TOP_LEFT = Alignment(vertical="top", wrap_text=True)
_TOP_RIGHT = Alignment(vertical="top", horizontal="right", wrap_text=True)
_UNLOCKED = Protection(locked=False)
_STAMP_FONT = Font(name="Calibri", size=11, color="595959")
_LINK_FONT = Font(name="Calibri", size=11, underline="single", color="0B4F9C")
_AUTHOR = "The collector"
#: Characters; more would be a comment that covers the sheet.
_LONGEST_COMMENT = 1000


def write_workbook(sheet: Sheet) -> bytes:
    """The workbook for one person and round, as the bytes of an .xlsx; the same sheet gives the same bytes.

    Whatever text is in the sheet, no cell becomes a formula but those that check what is typed (promise 7).
    """
    sent = sent_of(sheet)
    book = Workbook()
    book.properties = _properties(sheet)
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = layout.RETURN_SHEET
    _write_top(page, sheet, sent)
    _write_headings(page, sent)
    for number, (row, about) in enumerate(zip(sent.rows, sheet.rows, strict=True), start=layout.FIRST_ROW):
        _write_row(page, number, row)
        _write_check(page, number, about, sent)
    _set_up_sizes(page, sheet, sent)
    statuses = get_column_letter(len(sent.statuses) + 1)
    offered = f"{layout.SENT_SHEET}!$B${STATUS_ROW}:${statuses}${STATUS_ROW}" if sent.statuses else ""
    add_validations(page, sheet, sent.inputs_from + 1, offered)
    add_colours(page, sent.inputs_from + 1, len(sent.rows))
    _set_up_view(page, sent)
    _set_up_print(page, sheet, sent)
    _write_guidance(book, sheet, sent)
    _write_sent(book.create_sheet(layout.SENT_SHEET), sent)
    cells = f"A1:{get_column_letter(len(sent.headings) + 1)}{layout.HEADING_ROW + len(sent.rows)}"
    return packed(book, {f"xl/worksheets/sheet{book.index(page) + 1}.xml": NO_MARKS.format(cells=cells)})


def _write_guidance(book: Workbook, sheet: Sheet, sent: Sent) -> None:
    """The sheets to be read: instructions behind the return, and before it what to look at, where there is anything."""
    made = datetime.combine(sheet.period.span.end, datetime.min.time())
    leaflet = Booklet("", stamp(sheet), made, (), str(sheet.period))
    write_page(book.create_sheet(layout.INSTRUCTIONS_SHEET), instructions(sheet, sent), leaflet)
    if not sheet.look_at:
        return
    page, found = book[layout.RETURN_SHEET], to_look_at(sheet, sent)
    listed = book.create_sheet(layout.LOOK_AT_SHEET, 0)
    write_page(listed, found, leaflet)
    book.active = 0
    page.sheet_view.tabSelected, listed.sheet_view.tabSelected = False, True
    for number, mark in enumerate(sheet.look_at, start=heading_row(found) + 1):
        name = cell_of(mark, sent)
        if name:
            link = listed.cell(number, CELL_COLUMN)
            link.hyperlink = Hyperlink(link.coordinate, location=f"{layout.RETURN_SHEET}!{name}")
            link.font = _LINK_FONT
            _add_comment(page[name], str(mark))


def _add_comment(cell: Cell, text: str) -> None:
    """What is to be looked at in a cell; more than one thing about it stands in one comment."""
    whole = printable(f"{cell.comment.text}\n{text}" if cell.comment else text)[:_LONGEST_COMMENT]
    cell.comment = Comment(whole, _AUTHOR, height=40 + 18 * (len(whole) // 40 + whole.count("\n") + 1), width=300)


def _properties(sheet: Sheet) -> DocumentProperties:
    made = datetime.combine(sheet.period.span.end, datetime.min.time())
    return DocumentProperties(
        creator=label(sheet.partnership_name), title=f"Return for {sheet.period}", created=made, modified=made
    )


# --- cells ------------------------------------------------------------------------------------------------------------


def _write_top(page: Worksheet, sheet: Sheet, sent: Sent) -> None:
    due = sheet.due.astimezone(_LONDON)
    first, last = (get_column_letter(column) for column in (sent.inputs_from + 1, len(sent.headings)))
    lines = {
        layout.TITLE_ROW: f"{sheet.partnership_name}: return for {sheet.period}",
        layout.DUE_ROW: f"For {sheet.to}. Due {clock(due)} {weekday(due)}.",
        layout.HOW_ROW: f"Fill in the yellow cells, columns {first} to {last}; all else is locked. Save, and reply "
        f"with this file attached to {sheet.mailbox}, or drop it into the Slack message. Where a sentence is asked "
        f"for, write it as the comment. The sheet {layout.INSTRUCTIONS_SHEET} says more.",
    }
    for row, text in lines.items():
        put(page, row, 1, label(text))
    put(page, layout.STAMP_ROW, 1, stamp(sheet)).font = _STAMP_FONT
    page.cell(layout.TITLE_ROW, 1).font = TITLE_FONT
    page.cell(layout.DUE_ROW, 1).font = BOLD
    page.row_dimensions[layout.TITLE_ROW].height = 22


def stamp(sheet: Sheet) -> str:
    """Whose return for which round it is, and of which layout, as it stands on every sheet and every printed page."""
    return label(f"{sheet.partnership_name}, {sheet.period}, {sheet.to}, form version {sheet.version}")


def _write_headings(page: Worksheet, sent: Sent) -> None:
    for place, heading in enumerate((*sent.headings, layout.CHECK_HEADING)):
        cell = put(page, layout.HEADING_ROW, place + 1, heading)
        is_input = sent.inputs_from <= place < len(sent.headings)
        cell.font = BOLD
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.fill = _INPUT_HEADING_FILL if is_input else _HEADING_FILL
        cell.border = _INPUT_BORDER


def _write_row(page: Worksheet, number: int, row: SentRow) -> None:
    for place, text in enumerate(row.locked):
        cell = put(page, number, place + 1, text)
        cell.alignment = _TOP_LEFT
        cell.border = _LOCKED_BORDER
    for place, (field, text) in enumerate(zip(layout.INPUTS, row.held, strict=True), start=len(row.locked)):
        _style_input(_put_held(page, number, place + 1, field, text), field)


def _write_check(page: Worksheet, number: int, row: SheetRow, sent: Sent) -> None:
    cell = put(page, number, len(sent.headings) + 1, "")
    cell.value = check_formula(row, cells_of(sent.inputs_from + 1, number))
    cell.alignment, cell.border, cell.font = _TOP_LEFT, _LOCKED_BORDER, BOLD


def _put_held(page: Worksheet, row: int, column: int, field: str, text: str) -> Cell:
    cell = put(page, row, column, text)
    value = _value(field, text)
    if value is not None:
        cell.value = value
    elif text.startswith(TAKEN_FOR_FORMULA):
        # Without it a program makes a formula of the text when somebody edits the cell.
        cell.quotePrefix = True
    return cell


def _value(field: str, text: str) -> float | int | date | None:
    """The number or day that a text is, where it can be had back exactly."""
    if field == "expected":
        try:
            return date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            return None
    if field not in ("figure", "part", "whole"):
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    if not -1e15 < number < 1e15 or number_text(number) != text:
        return None
    return int(number) if number.is_integer() else number


def _style_input(cell: Cell, field: str) -> None:
    cell.protection = _UNLOCKED
    cell.fill = _INPUT_FILL
    cell.border = _INPUT_BORDER
    cell.alignment = _TOP_LEFT if field in ("status", "comment") else _TOP_RIGHT
    if field == "expected":
        cell.number_format = _DATE_FORMAT


# --- the sheet --------------------------------------------------------------------------------------------------------


def _set_up_sizes(page: Worksheet, sheet: Sheet, sent: Sent) -> None:
    widths = layout.widths(sheet)
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    # Bold letters are wider.
    page.row_dimensions[layout.HEADING_ROW].height = row_height(
        (*sent.headings, layout.CHECK_HEADING), [width - 2 for width in widths], _LEAST_LINES
    )
    for number, row in enumerate(sent.rows, start=layout.FIRST_ROW):
        page.row_dimensions[number].height = row_height((*row.locked, *row.held, ""), widths, _LEAST_LINES)


def _set_up_view(page: Worksheet, sent: Sent) -> None:
    page.protection.sheet = True
    # People may widen a column or a row; that changes nothing that is read.
    page.protection.formatColumns = page.protection.formatRows = False
    page.freeze_panes = f"{get_column_letter(layout.TITLE + 2)}{layout.FIRST_ROW}"
    first_input = f"{get_column_letter(sent.inputs_from + 1)}{layout.FIRST_ROW}"
    for selection in page.sheet_view.selection:
        if selection.pane == "bottomRight":
            selection.activeCell = selection.sqref = first_input
    page.sheet_view.showGridLines = False


def _set_up_print(page: Worksheet, sheet: Sheet, sent: Sent) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.print_title_rows = f"{layout.HEADING_ROW}:{layout.HEADING_ROW}"
    last_row = max(layout.HEADING_ROW, layout.FIRST_ROW + len(sent.rows) - 1)
    page.print_area = f"A1:{get_column_letter(len(sent.headings) + 1)}{last_row}"
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.header = 0.5, 0.2
    page.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(stamp(sheet).replace("&", "&&")), right=_HeaderFooterPart("Page &P of &N")
    )


def _write_sent(page: Worksheet, sent: Sent) -> None:
    for number, row in enumerate(to_rows(sent), start=1):
        for column, text in enumerate(row, start=1):
            put(page, number, column, text)
    page.sheet_state = "hidden"
    page.protection.sheet = True

"""Making the workbook that goes out: pleasant in Excel and LibreOffice, and the same bytes for the same sheet."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from collector.messages import Sheet
from collector.wording import clock, weekday
from parsers.workbook import layout
from parsers.workbook.pieces import BOLD, NO_MARKS, TAKEN_FOR_FORMULA, TITLE_FONT, packed, put, row_height
from parsers.workbook.sent import STATUS_ROW, Sent, SentRow, sent_of, to_rows
from parsers.workbook.texts import label, number_text

_LONDON = ZoneInfo("Europe/London")
_RETURN_PART = "xl/worksheets/sheet1.xml"
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

#: What the programs show beside a cell that is being filled in: title and words (Excel takes 32 and 255 characters).
_PROMPTS = {
    "figure": ("Figure", "A number, a percentage such as 91%, or nil. Not known yet: leave it empty, pick a status."),
    "part": ("Part", "For a percentage: how many were counted, such as 15 in 15 of 52."),
    "whole": ("Whole", "For a percentage: out of how many, such as 52 in 15 of 52."),
    "status": ("Status", "Only if the figure is not final or there is none: pick from the list."),
    "expected": ("Expected on", "If the figure is not available yet: the day you expect it, such as 25 Nov 2015."),
}


def write_workbook(sheet: Sheet) -> bytes:
    """The workbook for one person and round, as the bytes of an .xlsx; the same sheet gives the same bytes.

    Whatever text is in the sheet, no cell becomes a formula (promise 7).
    """
    sent = sent_of(sheet)
    book = Workbook()
    book.properties = _properties(sheet)
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = layout.RETURN_SHEET
    _write_top(page, sheet, sent)
    _write_headings(page, sent)
    for number, row in enumerate(sent.rows, start=layout.FIRST_ROW):
        _write_row(page, number, row)
    _set_up_sizes(page, sheet, sent)
    _add_validations(page, sent)
    _set_up_view(page, sent)
    _set_up_print(page, sheet, sent)
    _write_sent(book.create_sheet(layout.SENT_SHEET), sent)
    cells = f"A1:{get_column_letter(len(sent.headings))}{layout.HEADING_ROW + len(sent.rows)}"
    return packed(book, {_RETURN_PART: NO_MARKS.format(cells=cells)})


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
        "for, write it as the comment.",
    }
    for row, text in lines.items():
        put(page, row, 1, label(text))
    page.cell(layout.TITLE_ROW, 1).font = TITLE_FONT
    page.cell(layout.DUE_ROW, 1).font = BOLD
    page.row_dimensions[layout.TITLE_ROW].height = 22


def _write_headings(page: Worksheet, sent: Sent) -> None:
    for place, heading in enumerate(sent.headings):
        cell = put(page, layout.HEADING_ROW, place + 1, heading)
        is_input = place >= sent.inputs_from
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
        sent.headings, [width - 2 for width in widths], _LEAST_LINES
    )
    for number, row in enumerate(sent.rows, start=layout.FIRST_ROW):
        page.row_dimensions[number].height = row_height((*row.locked, *row.held), widths, _LEAST_LINES)


def _add_validations(page: Worksheet, sent: Sent) -> None:
    if not sent.rows:
        return
    last_row = layout.FIRST_ROW + len(sent.rows) - 1
    for place, field in enumerate(layout.INPUTS, start=sent.inputs_from + 1):
        validation = _validation(field, sent)
        if validation is not None:
            letter = get_column_letter(place)
            validation.add(f"{letter}{layout.FIRST_ROW}:{letter}{last_row}")
            page.add_data_validation(validation)


def _validation(field: str, sent: Sent) -> DataValidation | None:
    """What a cell lets in. Figures and dates take any text: people write "nil" and "mid November"."""
    if field not in _PROMPTS:
        return None
    title, prompt = _PROMPTS[field]
    validation = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=title, prompt=prompt)
    if field in ("part", "whole"):
        validation.type, validation.operator, validation.formula1 = "decimal", "greaterThanOrEqual", "0"
        validation.errorTitle = "A count is a number"
        validation.error = "Type a number, 0 or more. Words go into Comment."
    if field == "status" and sent.statuses:
        last = get_column_letter(len(sent.statuses) + 1)
        validation.type, validation.formula1 = "list", f"{layout.SENT_SHEET}!$B${STATUS_ROW}:${last}${STATUS_ROW}"
        validation.errorTitle = "Pick from the list"
        validation.error = "Pick a status from the list, or leave it empty and write it into Comment."
    validation.showErrorMessage = validation.type is not None
    return validation


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
    page.print_area = f"A1:{get_column_letter(len(sent.headings))}{last_row}"
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.header = 0.5, 0.2
    page.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(str(sheet.period)), right=_HeaderFooterPart("Page &P of &N")
    )


def _write_sent(page: Worksheet, sent: Sent) -> None:
    for number, row in enumerate(to_rows(sent), start=1):
        for column, text in enumerate(row, start=1):
            put(page, number, column, text)
    page.sheet_state = "hidden"
    page.protection.sheet = True

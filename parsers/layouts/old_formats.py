"""Spreadsheets in other formats than .xlsx as plain tables: only ever in the guard's child.

Of an .xlsb only calamine knows the values: it tells no number formats (0.91 in a percentage's cell is just 0.91), no
formulas, and not what is merged or which rows are hidden.
"""

import zipfile
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from collector.domain.document import DocumentRow, DocumentTable
from parsers.workbook.grid import Grid, Shape
from parsers.workbook.kinds import ZIP
from parsers.workbook.old_format import load_plain_old
from parsers.workbook.opendocument import load_plain_opendocument
from parsers.workbook.package import MOST_CELLS, MOST_RATIO, MOST_ROWS, MOST_UNPACKED
from parsers.workbook.plain import plain_cell, plain_table
from parsers.workbook.refusals import Unfit
from parsers.workbook.texts import typed_text

_MOST_SHEETS = 21
_MOST_COLUMNS = 100
_SMALL = 1024 * 1024


def read_other_format(content: bytes) -> tuple[DocumentTable, ...]:
    """The sheets of an .xls, .xlsb or .ods; `Unfit` and what libraries raise for a damaged one pass through."""
    if not content.startswith(ZIP):
        return _tables(load_plain_old(content))
    if b"xl/workbook.bin" not in content:
        return _tables(load_plain_opendocument(content))
    _check_size(content)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    tables: list[DocumentTable] = []
    for about in book.sheets_metadata:
        if about.typ is SheetTypeEnum.WorkSheet and len(tables) < _MOST_SHEETS:
            sheet = book.get_sheet_by_name(about.name)
            tables.append(_table(sheet, about.visible is not SheetVisibleEnum.Visible))
    return tuple(tables)


def _tables(sheets: dict[str, tuple[Grid, Shape]]) -> tuple[DocumentTable, ...]:
    return tuple(plain_table(name, grid, shape) for name, (grid, shape) in [*sheets.items()][:_MOST_SHEETS])


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
    overpacked = any(part.file_size > _SMALL and part.file_size > MOST_RATIO * part.compress_size for part in parts)
    if overpacked or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unfit("too_big_to_read")


def _table(sheet: CalamineSheet, hidden: bool) -> DocumentTable:
    if sheet.total_height > MOST_ROWS * 50 or sheet.height * min(sheet.width, _MOST_COLUMNS) > MOST_CELLS * 5:
        raise Unfit("too_big_to_read")
    rows = []
    for number, values in enumerate(sheet.iter_rows(), start=1):
        found = (plain_cell(column, value) for column, value in enumerate(values[:_MOST_COLUMNS], start=1))
        cells = tuple(cell for cell in found if cell is not None)
        if cells:
            rows.append(DocumentRow(number, cells))
        if len(rows) > MOST_ROWS:
            raise Unfit("too_big_to_read")
    return DocumentTable(typed_text(sheet.name)[:100], tuple(rows), hidden=hidden)

"""Spreadsheets in other formats than .xlsx as plain tables, by calamine: only ever in the guard's child.

It tells no number formats (0.91 in a percentage's cell is just 0.91), no formulas, and what is merged only for .xls.
"""

import zipfile
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from collector.domain.document import DocumentRow, DocumentTable, Merged
from parsers.workbook.package import MOST_CELLS, MOST_RATIO, MOST_ROWS, MOST_UNPACKED
from parsers.workbook.plain import plain_cell
from parsers.workbook.refusals import Unfit
from parsers.workbook.texts import typed_text

_MOST_SHEETS = 21
_MOST_COLUMNS = 100
_SMALL = 1024 * 1024


def read_other_format(content: bytes) -> tuple[DocumentTable, ...]:
    """The sheets of an .xls, .xlsb or .ods; `Unfit` and what calamine raises for a damaged one pass through."""
    if content.startswith(b"PK"):
        _check_size(content)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    tables: list[DocumentTable] = []
    for about in book.sheets_metadata:
        if about.typ is SheetTypeEnum.WorkSheet and len(tables) < _MOST_SHEETS:
            sheet = book.get_sheet_by_name(about.name)
            tables.append(_table(sheet, about.visible is not SheetVisibleEnum.Visible))
    return tuple(tables)


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
    merged = sheet.merged_cell_ranges
    return DocumentTable(
        typed_text(sheet.name)[:100],
        tuple(rows),
        merged=tuple(
            Merged(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in (merged or ())[:5000]
        ),
        knows_merged=merged is not None,
        hidden=hidden,
    )

"""An officer's spreadsheet program: opens our workbook, puts values in, saves it."""

import io
from collections.abc import Mapping
from typing import Any

import openpyxl


def fill_in(content: bytes, cells: Mapping[str, Mapping[str, object]]) -> bytes:
    """Put values into a workbook of ours: by code, then by the heading of the column."""
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    rows = (row for page in book.worksheets for row in page.iter_rows())
    head = next(row for row in rows if any(cell.value == "Figure" for cell in row))
    sheet = head[0].parent
    column = {str(cell.value).partition(" (")[0]: cell.column for cell in head}
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        number = row[0].row
        for heading, value in cells.get(str(sheet.cell(number, column["Code"]).value), {}).items():
            sheet.cell(number, column[heading]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

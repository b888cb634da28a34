"""Spreadsheets and Word tables as people make them, for tests."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import docx
import openpyxl

Rows = Sequence[Sequence[Any]]


def book(*sheets: tuple[str, Rows], shape: Callable[[Any], None] | None = None) -> bytes:
    """A workbook with these sheets; `shape` may merge or hide something in the first."""
    made = openpyxl.Workbook()
    del made["Sheet"]
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if shape:
        shape(made.worksheets[0])
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def word(*tables: Rows, above: str = "") -> bytes:
    """A Word document with these tables."""
    made = docx.Document()
    if above:
        made.add_paragraph(above)
    for rows in tables:
        table = made.add_table(len(rows), len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = str(text)
        made.add_paragraph("")
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()

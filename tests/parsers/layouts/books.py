"""Spreadsheets and Word tables as people make them, for tests."""

import io
import zipfile
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


_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def opendocument(rows: Sequence[Sequence[str]], columns: str = "", style: str = "") -> bytes:
    """An .ods with one sheet of text cells; "91%" is a percentage as spreadsheet programs keep it.

    `columns` are the elements of its columns, `style` the properties of the sheet.
    """
    body = "".join(f"<table:table-row>{''.join(map(_opendocument_cell, row))}</table:table-row>" for row in rows)
    styles = f'<style:style style:name="ta1" style:family="table"><style:table-properties {style}/></style:style>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content{_NAMES}>{styles}<office:body><table:table table:name="Data" '
            f'table:style-name="ta1">{columns}{body}</table:table></office:body></office:document-content>',
        )
    return packed.getvalue()


def _opendocument_cell(text: str) -> str:
    kind = 'office:value-type="string"'
    if text.endswith("%"):
        kind = f'office:value-type="percentage" office:value="{float(text[:-1]) / 100}"'
    elif text.replace(".", "").isdigit():
        kind = f'office:value-type="float" office:value="{text}"'
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>" if text else "<table:table-cell/>"


def word(*tables: Rows, above: str = "", shape: Callable[[Any], None] | None = None) -> bytes:
    """A Word document with these tables; `shape` may merge cells of each."""
    made = docx.Document()
    if above:
        made.add_paragraph(above)
    for rows in tables:
        table = made.add_table(len(rows), len(rows[0]))
        for cells, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = str(text)
        if shape:
            shape(table)
        made.add_paragraph("")
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()

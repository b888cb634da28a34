"""What every workbook of ours is made of: text that stays text, rows as high as their words, bytes without a clock."""

import io
import re
import textwrap
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

#: Keeps Excel from marking every target and earlier value as a "number stored as text"; openpyxl has no word for it.
NO_MARKS = '<ignoredErrors><ignoredError sqref="{cells}" numberStoredAsText="1"/></ignoredErrors>'
TAKEN_FOR_FORMULA = ("=", "+", "-", "@")
FONT, BOLD = Font(name="Calibri", size=11), Font(name="Calibri", size=11, bold=True)
TITLE_FONT = Font(name="Calibri", size=15, bold=True)
#: Where a part says that its comments are elsewhere; the file format has what is marked before it.
_COMMENTS = b"<legacyDrawing"
#: The earliest moment a zip can hold; the same each time, so that the bytes are.
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)
#: As written, Excel reads "_x0041_" in a file as "A".
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: Points; LibreOffice does not find the height of wrapped rows by itself.
_LINE_HEIGHT, _MOST_LINES = 15.0, 24


def put(page: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write text as text: openpyxl would make a formula of "=1+1" and a failed one of "#N/A"."""
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)
    if text:
        cell.value = _LOOKS_ESCAPED.sub("_x005F_", text)
        cell.data_type = "s"
    cell.font = FONT
    return cell


def row_height(texts: Sequence[str], widths: Sequence[int], least: int) -> float:
    """A row's height that shows every text whole, up to what still leaves the next row in sight.

    `least` are the lines it has in any case: a comment needs room to be written.
    """
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True)), default=least)
    return _LINE_HEIGHT * min(max(lines, least), _MOST_LINES) + 3


def _lines(text: str, width: int) -> int:
    return sum(len(textwrap.wrap(line, width)) or 1 for line in text.split("\n"))


def packed(book: Workbook, endings: Mapping[str, str]) -> bytes:
    """The bytes of a workbook, the same ones each time; `endings` stand last in parts, before comments."""
    content = io.BytesIO()
    # Workbook.save() would put the present time into the properties.
    ExcelWriter(book, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED)).save()
    return _repacked(content.getvalue(), endings)


def _repacked(content: bytes, endings: Mapping[str, str]) -> bytes:
    """The same parts without the time at which they were packed."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=_ZIP_MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            raw = old.read(name)
            if name in endings:
                before = _COMMENTS if _COMMENTS in raw else b"</worksheet>"
                body, tag, rest = raw.rpartition(before)
                raw = body + endings[name].encode() + tag + rest
            new.writestr(part, raw)
    return again.getvalue()

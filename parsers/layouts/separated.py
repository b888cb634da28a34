"""Separated values (.csv, .tsv, and tables saved under other names) as a plain table: its encoding and separator."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace

from collector.domain.document import CellKind, DocumentCell, DocumentRow, DocumentTable
from parsers.workbook.package import MOST_CELLS, MOST_ROWS
from parsers.workbook.plain import written_cell
from parsers.workbook.refusals import Unfit

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SEPARATORS = ("\t", ";", ",", "|")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MOST_COLUMNS = 100
_LOOKED_AT = 64 * 1024


def read_separated(content: bytes) -> tuple[DocumentTable, ...]:
    """The one table of a file of separated values; `Unfit` where it is no text or far too long."""
    text = decoded(content)
    said = _SEPARATOR_LINE.match(text)
    separator = said[1] if said else _separator(text[:_LOOKED_AT])
    # A line that tells the separator is no row for Excel either.
    body = text[said.end() :] if said else text
    rows, cells, headed = [], 0, 0
    try:
        for number, values in enumerate(csv.reader(io.StringIO(body, newline=""), delimiter=separator), start=1):
            found = (written_cell(column, value) for column, value in enumerate(values[:_MOST_COLUMNS], start=1))
            read = tuple(cell for cell in found if cell is not None)
            headed = headed or (len(values) if len(read) > 1 else 0)
            if len(values) > headed > 0:
                read = tuple(map(_parted, read))
            cells += len(read)
            if read:
                rows.append(DocumentRow(number, read))
            if len(rows) > MOST_ROWS or cells > MOST_CELLS:
                raise Unfit("too_big_to_read")
    except csv.Error as error:
        raise Unfit("broken") from error
    if rows and not body.endswith(("\n", "\r")):
        rows[-1] = _as_it_ends(rows)
    return (DocumentTable("", tuple(rows)),)


def _parted(cell: DocumentCell) -> DocumentCell:
    """A number in a row that is longer than the first: "1,153" without its quotes is two values."""
    return replace(cell, kind=CellKind.PARTED) if cell.kind in (CellKind.NUMBER, CellKind.PERCENT) else cell


def _as_it_ends(rows: list[DocumentRow]) -> DocumentRow:
    """The last row of a file without a last line break: where it is shorter than the others, it may be cut off."""
    *before, last = rows[-1].cells
    whole = max((row.cells[-1].column for row in rows[:-1]), default=0)
    if last.column >= whole or last.kind not in (CellKind.NUMBER, CellKind.PERCENT):
        return rows[-1]
    return replace(rows[-1], cells=(*before, replace(last, kind=CellKind.CUT)))


def decoded(content: bytes) -> str:
    """A text file's words: by its mark, else as UTF-8, else as Windows writes it in this country."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if _is_wide(content):
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", errors="replace")
    if b"\0" in content:
        raise Unfit("broken")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _is_wide(content: bytes) -> bool:
    """UTF-16 without its mark: every other byte of plain English is zero."""
    start = content[:2000]
    return len(start) > 3 and len(start) % 2 == 0 and max(start[::2].count(0), start[1::2].count(0)) > len(start) // 3


def _separator(text: str) -> str:
    """The separator that parts most lines alike; a comma where none does."""
    best, most = ",", 0
    for separator in _SEPARATORS:
        widths = Counter(
            len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if len(row) > 1
        )
        lines = max(widths.values(), default=0)
        if lines > most:
            best, most = separator, lines
    return best

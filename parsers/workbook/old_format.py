"""A return that was saved as .xls, as plain rows of cells. Read in the guard's child only.

calamine reads the values and leaves out how they are shown, so the cells' formats are taken from the records
themselves: 0.91 shown as 91% is 91%.
"""

import io
from collections.abc import Iterator
from datetime import timedelta
from struct import unpack_from

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from collector.domain.document import Merged
from parsers.workbook import layout
from parsers.workbook.compound import stream_of
from parsers.workbook.grid import Cell, Grid, Grids, Shape, texts_of, to_be_filled_in
from parsers.workbook.package import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from parsers.workbook.refusals import Unfit

# Kinds of records (MS-XLS 2.3).
_SHEET, _FORMAT, _XF, _END = 0x85, 0x41E, 0xE0, 0x0A
_NUMBER, _RK, _MULTIPLE_RK, _FORMULA, _ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x205
#: The formats that have numbers and no record of their own.
_BUILT_IN = {9: "0%", 10: "0.00%", 12: "# ?/?", 13: "# ??/??"}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
#: What a formula's result is when it is none.
_FAILED = 2
#: The part of the file that macros lie in.
_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")
_MOST_RECORDS = 2_000_000
_MOST_SHEETS = 21


def load_old(content: bytes) -> Grids:
    """Load an .xls. Raises `Unfit`."""
    book = _opened(content)
    if layout.SENT_SHEET not in book.sheet_names:
        return Grids([])
    formats = Formats(content)
    sent = texts_of(_grid(book, layout.SENT_SHEET, formats))
    others = {name: _grid(book, name, formats) for name in to_be_filled_in(book.sheet_names)}
    return Grids(sent, others, _MACROS in content)


def load_plain_old(content: bytes) -> dict[str, tuple[Grid, Shape]]:
    """Load the sheets of somebody's own .xls, by name. Raises `Unfit`, and `struct.error` for a damaged one."""
    book, formats = _opened(content), Formats(content)
    sheets = [about for about in book.sheets_metadata if about.typ is SheetTypeEnum.WorkSheet][:_MOST_SHEETS]
    found: dict[str, tuple[Grid, Shape]] = {}
    for about in sheets:
        sheet = book.get_sheet_by_name(about.name)
        if sheet.total_height > MOST_ROWS:
            raise Unfit("too_big_to_read")
        shape = Shape(hidden=about.visible is not SheetVisibleEnum.Visible)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            shape.merge(Merged(top + 1, left + 1, bottom + 1, right + 1))
        found[about.name] = (_grid(book, about.name, formats), shape)
    return found


def _opened(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as found:
        raise Unfit("password") from found
    except CalamineError as found:
        raise Unfit("broken") from found


def _grid(book: CalamineWorkbook, name: str, formats: "Formats") -> Grid:
    sheet = book.get_sheet_by_name(name)
    if sheet.end is None:
        return {}
    if sheet.total_height * sheet.total_width > MOST_CELLS * 10:
        raise Unfit("too_big_to_read")
    grid: Grid = {}
    shown, failed = formats.of(name)
    for number, row in enumerate(sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS), start=1):
        cells = {
            column: Cell(value, "d" if isinstance(value, timedelta) else "n", shown.get((number, column), "General"))
            for column, value in enumerate(row[:MOST_COLUMNS], start=1)
            if value != ""
        }
        if cells:
            grid[number] = cells
    for (number, column), words in failed.items():
        grid.setdefault(number, {})[column] = Cell(words, "e")
    return grid


class Formats:
    """How the cells of each sheet are shown, and the formulas that failed: calamine gives neither."""

    def __init__(self, content: bytes) -> None:
        """From an .xls; `Unfit` where its records can't be followed."""
        self._stream = stream_of(content, ("Workbook", "Book"))
        self._starts: dict[str, int] = {}
        codes, used = dict(_BUILT_IN), []
        for kind, at, _ in self._records(0):
            if kind == _SHEET:
                (start,) = unpack_from("<I", self._stream, at)
                length, flags = unpack_from("<BB", self._stream, at + 6)
                self._starts[self._text(at + 8, length, flags)] = start
            elif kind == _FORMAT:
                number, length, flags = unpack_from("<HHB", self._stream, at)
                codes[number] = self._text(at + 5, length, flags)
            elif kind == _XF:
                used.append(unpack_from("<H", self._stream, at + 2)[0])
        self._shown = [codes.get(number, "General") for number in used]

    def of(self, sheet: str) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], str]]:
        """The number formats of a sheet's cells and the words of those that failed, by row and column from 1."""
        shown: dict[tuple[int, int], str] = {}
        failed: dict[tuple[int, int], str] = {}
        for kind, at, size in self._records(self._starts.get(sheet, len(self._stream))):
            if kind not in (_NUMBER, _RK, _MULTIPLE_RK, _FORMULA, _ERROR):
                continue
            row, column, style = unpack_from("<HHH", self._stream, at)
            here = (row + 1, column + 1)
            if kind == _MULTIPLE_RK:
                for place in range((size - 6) // 6):
                    (style,) = unpack_from("<H", self._stream, at + 4 + 6 * place)
                    shown[row + 1, column + 1 + place] = self._format(style)
                continue
            shown[here] = self._format(style)
            if kind == _ERROR and self._stream[at + 7]:
                failed[here] = _ERRORS.get(self._stream[at + 6], "#N/A")
            elif (
                kind == _FORMULA and self._stream[at + 12 : at + 14] == b"\xff\xff" and self._stream[at + 6] == _FAILED
            ):
                failed[here] = _ERRORS.get(self._stream[at + 8], "#N/A")
        return shown, failed

    def _records(self, start: int) -> Iterator[tuple[int, int, int]]:
        """The records of one part of the stream, each its kind, where its data begins, and their size."""
        at = start
        for _ in range(_MOST_RECORDS):
            if at + 4 > len(self._stream):
                return
            kind, size = unpack_from("<HH", self._stream, at)
            if kind == _END:
                return
            yield kind, at + 4, size
            at += 4 + size
        raise Unfit("too_big_to_read")

    def _text(self, at: int, length: int, flags: int) -> str:
        wide = flags & 1
        return self._stream[at : at + length * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1", "replace")

    def _format(self, style: int) -> str:
        return self._shown[style] if style < len(self._shown) else "General"

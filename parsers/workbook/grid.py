"""A workbook as plain rows of cells: the only module here that loads one with openpyxl, and it keeps none of it."""

import io
import warnings
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from collector.domain.document import Merged
from parsers.workbook import layout
from parsers.workbook.package import MOST_COLUMNS, MOST_ROWS, Package
from parsers.workbook.refusals import Unfit
from parsers.workbook.runs import as_they_read
from parsers.workbook.sent import version_of
from parsers.workbook.texts import label, number_text

_MOST_OTHERS = 20
_MOST_MERGED = 5000


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty, by its saved value. `kind` is the file format's letter: "e" is a formula that failed.

    A formula nobody has calculated has the kind "f" and no value. `struck` is one that somebody struck out.
    """

    value: Any
    kind: str
    number_format: str = "General"
    struck: bool = False


#: Cells by row and column, both counted from 1.
Grid = dict[int, dict[int, Cell]]


@dataclass(frozen=True)
class Grids:
    """The sheets of a workbook; `sent` is empty where there is no hidden sheet of ours.

    `others` are all other sheets by name, the one that was sent to be filled in first if it still has its name: people
    rename it, and a copy may be the one that was filled in. Those of ours that are only to be read are not among them.
    Macros are never run; that there are any is said.
    """

    sent: list[list[str]]
    others: dict[str, Grid] = field(default_factory=dict)
    has_macros: bool = False


def load(content: bytes, package: Package) -> Grids:
    """Load a package that was looked through. openpyxl raises whatever it comes across in a damaged one."""
    seen = as_they_read(content) if package.has_set_off else None
    with _opened(content, data_only=True) as book:
        if layout.SENT_SHEET not in book.sheetnames:
            return Grids([])
        sent = texts_of(_grid(book[layout.SENT_SHEET]))
        if version_of(sent) is None:
            # Whose it is comes first: nothing else is loaded of somebody else's.
            return Grids(sent)
        names = to_be_filled_in(str(one.title) for one in book.worksheets)
        others = {name: _grid(book[name], seen) for name in names}
    if package.uncalculated:
        _add_uncalculated(others, content, package.uncalculated)
    return Grids(sent, others, package.has_macros)


def to_be_filled_in(names: Iterable[str]) -> list[str]:
    """The sheets that people may have filled in, ours first."""
    found = [name for name in names if name not in (layout.SENT_SHEET, *layout.TO_BE_READ)]
    if not found:
        raise Unfit("broken")
    return sorted(found, key=lambda name: name != layout.RETURN_SHEET)[:_MOST_OTHERS]


def load_sheets(content: bytes, names: Iterable[str]) -> dict[str, Grid]:
    """Load the sheets of these names that a looked-through package has; a formula has the kind "f" and is no value."""
    with _opened(content, data_only=False) as book:
        return {name: _grid(book[name]) for name in names if name in book.sheetnames}


@contextmanager
def _opened(content: bytes, data_only: bool) -> Iterator[Any]:
    with warnings.catch_warnings():
        # About extensions that openpyxl leaves out: nobody reads the child's output.
        warnings.simplefilter("ignore")
        # Without read_only one cell in the last corner costs gigabytes.
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def _grid(sheet: Any, seen: Mapping[str, str] | None = None) -> Grid:
    """A sheet's cells; `seen` are the words of some cells as they read, where anything in the file is set off."""
    grid: Grid = {}
    read = partial(_set_off, seen=seen) if seen is not None else _plain
    # With both ends given, what the sheet says about its own size does not count.
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), start=1):
        cells = {column: read(cell) for column, cell in enumerate(row, start=1) if cell.value is not None}
        if cells:
            grid[number] = cells
    return grid


def _plain(cell: Any) -> Cell:
    return Cell(cell.value, cell.data_type, cell.number_format or "General")


def _set_off(cell: Any, seen: Mapping[str, str]) -> Cell:
    plain = _plain(cell)
    words = seen.get(cell.value, cell.value) if isinstance(cell.value, str) else cell.value
    return replace(plain, value=words, struck=bool(cell.font.strike))


def _add_uncalculated(grids: dict[str, Grid], content: bytes, uncalculated: Container[str]) -> None:
    """Mark the cells that hold a formula and no value: they look empty and are not."""
    # A file may leave the names of cells out.
    unnamed = "" in uncalculated
    with _opened(content, data_only=False) as book:
        for name, grid in grids.items():
            for number, row in _grid(book[name]).items():
                for column, cell in row.items():
                    named = unnamed or f"{get_column_letter(column)}{number}" in uncalculated
                    if cell.kind == "f" and named and column not in grid.get(number, {}):
                        grid.setdefault(number, {})[column] = Cell(None, "f")


def texts_of(grid: Grid) -> list[list[str]]:
    """A sheet of texts, from the first row and column on, without gaps."""
    rows = []
    for number in range(1, max(grid, default=0) + 1):
        row = grid.get(number, {})
        rows.append([text_of(row.get(column)) for column in range(1, max(row, default=0) + 1)])
    return rows


def text_of(cell: Cell | None) -> str:
    """A cell's text, whatever it holds; "" where it holds nothing."""
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return number_text(cell.value)
    return str(cell.value)


def label_of(cell: Cell | None) -> str:
    """A cell's text as labels are compared."""
    return label(text_of(cell))


@dataclass
class Shape:
    """What a sheet of somebody's own says beside its values: which rows and columns are hidden, or all of it."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)
    hidden: bool = False

    def merge(self, merged: Merged) -> None:
        """Note merged cells, as far as there is room."""
        if len(self.merged) < _MOST_MERGED:
            self.merged.append(merged)


@dataclass(frozen=True)
class Plain:
    """Every sheet of somebody's own workbook; `parts` are the names of their parts in the package."""

    grids: dict[str, Grid]
    hidden: frozenset[str]
    parts: dict[str, str]


def load_plain(content: bytes, package: Package) -> Plain:
    """Load every sheet of a package that was looked through; openpyxl raises whatever it comes across."""
    seen = as_they_read(content) if package.has_set_off else None
    with _opened(content, data_only=True) as book:
        sheets = book.worksheets[:_MOST_OTHERS]
        grids = {str(sheet.title): _grid(sheet, seen) for sheet in sheets}
        hidden = frozenset(str(sheet.title) for sheet in sheets if sheet.sheet_state != "visible")
        # openpyxl tells nowhere else which part a sheet came from, nor, read like this, what is hidden or merged.
        parts = {str(sheet.title): str(sheet._worksheet_path).lstrip("/") for sheet in sheets}
    if package.uncalculated:
        _add_uncalculated(grids, content, package.uncalculated)
    return Plain(grids, hidden, parts)

"""A workbook as plain rows of cells: the only module here that loads one with openpyxl, and it keeps none of it."""

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import openpyxl

from parsers.workbook import layout
from parsers.workbook.package import MOST_ROWS, Package
from parsers.workbook.refusals import Unfit
from parsers.workbook.texts import label, number_text

_MOST_COLUMNS = 100
_MOST_OTHERS = 20


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty, by its saved value. `kind` is the file format's letter: "e" is a formula that failed.

    A formula nobody has calculated has the kind "f" and no value.
    """

    value: Any
    kind: str
    number_format: str = "General"


#: Cells by row and column, both counted from 1.
Grid = dict[int, dict[int, Cell]]


@dataclass(frozen=True)
class Grids:
    """The sheets of a workbook; `sent` is empty where there is no hidden sheet of ours.

    `others` are the sheets that people added, by name: a copy of ours may be the one that was filled in.
    """

    sent: list[list[str]]
    filled_in: Grid
    others: dict[str, Grid] = field(default_factory=dict)


def load(content: bytes, package: Package) -> Grids:
    """Load a package that was looked through. openpyxl raises whatever it comes across in a damaged one."""
    with _opened(content, data_only=True) as book:
        if layout.SENT_SHEET not in book.sheetnames:
            return Grids([], {})
        name = _return_sheet(book)
        sent = _texts(_grid(book[layout.SENT_SHEET]))
        filled_in = _grid(book[name])
        names = [str(sheet.title) for sheet in book.worksheets if sheet.title not in (name, layout.SENT_SHEET)]
        others = {other: _grid(book[other]) for other in names[:_MOST_OTHERS]}
    if package.has_formulas:
        _add_uncalculated(filled_in, content, name)
    return Grids(sent, filled_in, others)


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


def _return_sheet(book: Any) -> str:
    """The name of the sheet that people fill in, which they may have changed."""
    names = [str(sheet.title) for sheet in book.worksheets if sheet.title != layout.SENT_SHEET]
    if not names:
        raise Unfit("broken")
    return layout.RETURN_SHEET if layout.RETURN_SHEET in names else names[0]


def _grid(sheet: Any) -> Grid:
    grid: Grid = {}
    # With both ends given, what the sheet says about its own size does not count.
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=_MOST_COLUMNS), start=1):
        cells = {
            column: Cell(cell.value, cell.data_type, cell.number_format or "General")
            for column, cell in enumerate(row, start=1)
            if cell.value is not None
        }
        if cells:
            grid[number] = cells
    return grid


def _add_uncalculated(filled_in: Grid, content: bytes, name: str) -> None:
    """Mark the cells that hold a formula and no value: they look empty and are not."""
    with _opened(content, data_only=False) as book:
        for number, row in _grid(book[name]).items():
            for column, cell in row.items():
                if cell.kind == "f" and column not in filled_in.get(number, {}):
                    filled_in.setdefault(number, {})[column] = Cell(None, "f")


def _texts(grid: Grid) -> list[list[str]]:
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


@dataclass(frozen=True)
class Plain:
    """Every sheet of somebody's own workbook; `parts` are the names of their parts in the package."""

    grids: dict[str, Grid]
    hidden: frozenset[str]
    parts: dict[str, str]


def load_plain(content: bytes, package: Package) -> Plain:
    """Load every sheet of a package that was looked through; openpyxl raises whatever it comes across."""
    with _opened(content, data_only=True) as book:
        sheets = book.worksheets[:_MOST_OTHERS]
        grids = {str(sheet.title): _grid(sheet) for sheet in sheets}
        hidden = frozenset(str(sheet.title) for sheet in sheets if sheet.sheet_state != "visible")
        # openpyxl tells nowhere else which part a sheet came from, nor, read like this, what is hidden or merged.
        parts = {str(sheet.title): str(sheet._worksheet_path).lstrip("/") for sheet in sheets}
    if package.has_formulas:
        for name, grid in grids.items():
            _add_uncalculated(grid, content, name)
    return Plain(grids, hidden, parts)

"""Somebody's own spreadsheet or document as plain tables, and what was found in it. Nothing is decided here yet."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from collector.domain.indicator import Basis
from collector.domain.period import Span
from collector.domain.submission import FormValue

_LONGEST_CODE = 16
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class CellKind(StrEnum):
    """What a cell holds. A formula has this kind only where no value was saved with it.

    `CUT` is the last number of a file that ends in the middle of a row: some of its digits may be missing. `PARTED` is
    one in a row with more values than the table has headings, `STRUCK` one that somebody struck out.
    """

    TEXT = "t"
    NUMBER = "n"
    PERCENT = "p"
    DATE = "d"
    FORMULA = "f"
    FAILED = "e"
    CUT = "c"
    PARTED = "x"
    STRUCK = "s"


@dataclass(frozen=True)
class DocumentCell:
    """A cell that is not empty: its column, counted from 1, and its text as people see it ("91%", "Jul 2015")."""

    column: int
    text: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True)
class DocumentRow:
    """A row that is not empty, by its number, counted from 1."""

    number: int
    cells: tuple[DocumentCell, ...]
    hidden: bool = False


@dataclass(frozen=True)
class Merged:
    """Cells that are shown as one: first and last row and column, all counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class DocumentTable:
    """A sheet, a file of separated values, or a table in a text.

    `place` is its number among the tables of a text, counted from 1; 0 for a sheet. `name` is a sheet's name, ""
    where there is only the one. `knows_merged` says whether its format tells which cells are merged.
    `above` are the lines of a text that stand over it, the nearest first.
    """

    name: str
    rows: tuple[DocumentRow, ...]
    place: int = 0
    merged: tuple[Merged, ...] = ()
    knows_merged: bool = False
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    above: tuple[str, ...] = ()

    def hangs_down(self, row: int, column: int) -> bool:
        """Whether a cell is part of a merged one that begins in a row above."""
        return row in self._hanging.get(column, ())

    @cached_property
    def _hanging(self) -> dict[int, set[int]]:
        """The rows of each column that belong to a cell above, as far as they hold anything."""
        numbers = [row.number for row in self.rows]
        found: dict[int, set[int]] = {}
        for merged in self.merged:
            below = numbers[bisect_right(numbers, merged.top) : bisect_right(numbers, merged.bottom)]
            if below:
                found.setdefault(merged.left, set()).update(below)
        return found

    def where(self, row: int, column: int) -> str:
        """A cell in its reader's own terms: "Sheet2!C7", "C7", "row 5 of the second table"."""
        if self.place:
            which = _ORDINALS[self.place - 1] if self.place <= len(_ORDINALS) else f"{self.place}th"
            return f"row {row} of the {which} table"
        return f"{self.name}!{column_letter(column)}{row}" if self.name else f"{column_letter(column)}{row}"


@dataclass(frozen=True)
class Document:
    """A file of somebody's own: its shown name, its tables, and the words beside them.

    `remarks` say in plain words what of it was left unread.
    """

    name: str
    tables: tuple[DocumentTable, ...]
    text: str = ""
    remarks: tuple[str, ...] = ()

    def codes(self) -> Iterator[str]:
        """The short texts of its cells: among them are the codes that it names."""
        cells = (cell for table in self.tables for row in table.rows for cell in row.cells)
        yield from (cell.text for cell in cells if cell.kind is CellKind.TEXT and len(cell.text) <= _LONGEST_CODE)


@dataclass(frozen=True)
class Stated:
    """What a document states for one measure in one place.

    `value` holds what stands there, `where` among it. `doubts` say why it may not be what is asked for; `basis` and
    `reference` are the time it stands under, where that is another. `mapping` names how the file was understood where
    its sender has to confirm that once (RULES 8): the next file of the same shape has the same name. `mapped` are the
    words that ask them to.
    """

    value: FormValue
    doubts: tuple[str, ...] = ()
    basis: Basis | None = None
    reference: Span | None = None
    mapping: str = ""
    mapped: str = ""

    @property
    def code(self) -> str:
        """The measure."""
        return self.value.code


@dataclass(frozen=True)
class FoundInDocument:
    """What was found in a document for what somebody was asked.

    `left` are the names of rows with figures that fit nothing that was asked.
    """

    stated: tuple[Stated, ...] = ()
    left: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def column_letter(column: int) -> str:
    """A column's name as spreadsheets show it: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters

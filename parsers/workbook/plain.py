"""Somebody's own .xlsx as plain tables: values as saved, what is hidden, what is merged. Only in the guard's child."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from xml.parsers import expat

from collector.domain.document import CellKind, DocumentCell, DocumentRow, DocumentTable, Merged
from parsers.workbook.grid import Cell, Grid, load_plain
from parsers.workbook.package import look_through
from parsers.workbook.texts import number_text, typed_text

#: A cell's text beyond this is no figure and no comment on one.
LONGEST_TEXT = 4000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_PERCENT = re.compile(r"%(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")


def read_xlsx(content: bytes) -> tuple[DocumentTable, ...]:
    """The sheets of a workbook; `Unfit` and whatever openpyxl and zipfile raise for a damaged one pass through."""
    book = load_plain(content, look_through(content))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return tuple(
            _table(name, grid, name in book.hidden, _shape(archive, book.parts.get(name, "")))
            for name, grid in book.grids.items()
        )


@dataclass
class _Shape:
    """What a sheet's own part says beside its values."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[Merged] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row" if attributes.get("hidden") in ("1", "true") and attributes.get("r", "").isdigit():
                self.rows.add(int(attributes["r"]))
            case "col" if attributes.get("hidden") in ("1", "true"):
                first, last = (int(attributes.get(end, "0")) for end in ("min", "max"))
                self.columns.update(range(first, min(last, first + 200) + 1))
            case "mergeCell" if len(self.merged) < 5000:
                ends = _REFERENCE.findall(attributes.get("ref", ""))
                if len(ends) == 2:
                    (left, top), (right, bottom) = ends
                    self.merged.append(Merged(int(top), _number(left), int(bottom), _number(right)))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _shape(archive: zipfile.ZipFile, part: str) -> _Shape:
    """What is hidden and merged; the part was looked through before and keeps the limits."""
    shape = _Shape()
    if part in archive.namelist():
        parser = expat.ParserCreate()
        parser.StartElementHandler = shape.start
        with archive.open(part) as stream:
            parser.ParseFile(stream)
    return shape


def _table(name: str, grid: Grid, hidden: bool, shape: _Shape) -> DocumentTable:
    rows = []
    for number, cells in sorted(grid.items()):
        read = tuple(_cells(cells))
        if read:
            rows.append(DocumentRow(number, read, number in shape.rows))
    return DocumentTable(
        typed_text(name)[:100],
        tuple(rows),
        merged=tuple(shape.merged),
        knows_merged=True,
        hidden=hidden,
        hidden_columns=frozenset(shape.columns),
    )


def _cells(cells: dict[int, Cell]) -> Iterator[DocumentCell]:
    for column, cell in sorted(cells.items()):
        if cell.kind == "f":
            yield DocumentCell(column, "", CellKind.FORMULA)
        elif cell.kind == "e":
            yield DocumentCell(column, str(cell.value)[:20], CellKind.FAILED)
        else:
            read = plain_cell(column, cell.value, _PERCENT.search(cell.number_format) is not None)
            if read is not None:
                yield read


def plain_cell(column: int, value: Any, percent: bool = False) -> DocumentCell | None:
    """A value that a library read out of a cell; None where it shows nothing."""
    match value:
        case None | "":
            return None
        case bool():
            return DocumentCell(column, "yes" if value else "no")
        case int() | float():
            try:
                return DocumentCell(
                    column, number_text(value, percent), CellKind.PERCENT if percent else CellKind.NUMBER
                )
            except ValueError:
                return DocumentCell(column, "", CellKind.FAILED)
        case datetime() | date():
            return DocumentCell(column, _day(value), CellKind.DATE)
        case time() | timedelta():
            return DocumentCell(column, str(value), CellKind.DATE)
        case _:
            text = typed_text(str(value))[:LONGEST_TEXT]
            return DocumentCell(column, text) if text else None


def _day(value: date) -> str:
    """The first of a month is how spreadsheets keep "Jul 2015"."""
    return f"{value:%b %Y}" if value.day == 1 else f"{value.day} {value:%b %Y}"

"""Somebody's own .xlsx as plain tables: values as saved, what is hidden, what is merged. Only in the guard's child."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from io import BytesIO
from typing import Any
from xml.parsers import expat

from collector.domain.document import CellKind, DocumentCell, DocumentRow, DocumentTable, Merged
from parsers.torn import without_torn_numbers
from parsers.workbook.grid import Cell, Grid, Shape, load_plain
from parsers.workbook.package import NEVER_OPENED, look_through
from parsers.workbook.texts import as_number, number_text, typed_text

#: A cell's text beyond this is no figure and no comment on one.
LONGEST_TEXT = 4000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_PERCENT = re.compile(r"%(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
#: A sign that is only set beside the number.
_SET_PERCENT = re.compile(r'"\s?%\s?"|\\%')
_MONEY = re.compile(r"\[\$([^\]\-\[]{1,4})|([\u00a3\u20ac])|\"\$\"|\\\$")
_LONGEST_FORMAT = 255
POUND = "\u00a3"


def read_xlsx(content: bytes) -> tuple[DocumentTable, ...]:
    """The sheets of a workbook; `Unfit` and whatever openpyxl and zipfile raise for a damaged one pass through."""
    book = load_plain(content, look_through(content, NEVER_OPENED))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return tuple(
            plain_table(name, grid, _shape(archive, book.parts.get(name, ""), name in book.hidden))
            for name, grid in book.grids.items()
        )


def _note(shape: Shape, name: str, attributes: dict[str, str]) -> None:
    """Take what is hidden or merged from an element of a sheet's part."""
    match name.rpartition(":")[2]:
        case "row" if attributes.get("hidden") in ("1", "true") and attributes.get("r", "").isdigit():
            shape.rows.add(int(attributes["r"]))
        case "col" if attributes.get("hidden") in ("1", "true"):
            first, last = (int(attributes.get(end, "0")) for end in ("min", "max"))
            shape.columns.update(range(first, min(last, first + 200) + 1))
        case "mergeCell":
            ends = _REFERENCE.findall(attributes.get("ref", ""))
            if len(ends) == 2:
                (left, top), (right, bottom) = ends
                shape.merge(Merged(int(top), _number(left), int(bottom), _number(right)))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _shape(archive: zipfile.ZipFile, part: str, hidden: bool) -> Shape:
    """What is hidden and merged; the part was looked through before and keeps the limits."""
    shape = Shape(hidden=hidden)
    if part in archive.namelist():
        parser = expat.ParserCreate()
        parser.StartElementHandler = partial(_note, shape)
        with archive.open(part) as stream:
            parser.ParseFile(stream)
    return shape


def plain_table(name: str, grid: Grid, shape: Shape) -> DocumentTable:
    """A sheet's cells with its shape, as a plain table."""
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
        hidden=shape.hidden,
        hidden_columns=frozenset(shape.columns),
    )


def _cells(cells: dict[int, Cell]) -> Iterator[DocumentCell]:
    for column, cell in sorted(cells.items()):
        if cell.kind == "f":
            yield DocumentCell(column, "", CellKind.FORMULA)
        elif cell.kind == "e":
            yield DocumentCell(column, str(cell.value)[:20], CellKind.FAILED)
        else:
            read = _shown(column, cell)
            if read is not None:
                yield replace(read, kind=CellKind.STRUCK) if cell.struck else read


def _shown(column: int, cell: Cell) -> DocumentCell | None:
    """A value with the sign that its format sets beside it: an amount of money is no count of people."""
    shown_as = cell.number_format[:_LONGEST_FORMAT]
    read = plain_cell(column, cell.value, _PERCENT.search(shown_as) is not None)
    if read is None or read.kind is not CellKind.NUMBER:
        return read
    if _SET_PERCENT.search(shown_as):
        return DocumentCell(column, f"{read.text}%", CellKind.PERCENT)
    money = _MONEY.search(shown_as)
    # The dollar of a format without a country is how a file writes the currency of whoever reads it.
    return replace(read, text=f"{money[1] or money[2] or POUND}{read.text}") if money else read


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


def written_cell(column: int, text: str) -> DocumentCell | None:
    """A cell of which only the words are known, as in a text or a page; None where it is empty.

    A number that touches a sign nobody can read is none: a digit may be lost.
    """
    whole, _ = without_torn_numbers(text[: 2 * LONGEST_TEXT])
    words = typed_text(whole)[:LONGEST_TEXT]
    if not words:
        return None
    if as_number(words) is not None:
        return DocumentCell(column, words, CellKind.NUMBER)
    share = words.endswith("%") and as_number(words[:-1].strip()) is not None
    return DocumentCell(column, words, CellKind.PERCENT if share else CellKind.TEXT)


def _day(value: date) -> str:
    """The first of a month is how spreadsheets keep "Jul 2015"."""
    return f"{value:%b %Y}" if value.day == 1 else f"{value.day} {value:%b %Y}"

"""A return that was saved as .ods, as plain rows of cells. Read in the guard's child only.

The one part that holds the sheets is read as a stream, so that a percentage stays one and repeated rows cost nothing.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from collector.domain.document import Merged
from parsers.raised import raised
from parsers.workbook import layout
from parsers.workbook.grid import Cell, Grid, Grids, Shape, texts_of, to_be_filled_in
from parsers.workbook.package import (
    DEEPEST,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ELEMENTS,
    MOST_ROWS,
    check_archive,
    guarded_parser,
    parse_part,
)
from parsers.workbook.refusals import Unfit

_PART = "content.xml"
#: Newer programs put the whole document under its password.
_SEALED = "encrypted-package"
_MANIFEST = "META-INF/manifest.xml"
_MACROS = ("basic/", "scripts/")
_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_NAMESPACE}{name}:1.0 " for name in ("table", "office", "text", "style"))
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_LONGEST_TEXT = 40_000
_DURATION = re.compile(r"(-?)PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_SIGNS = {"GBP": "\u00a3", "EUR": "\u20ac", "USD": "$"}
_FAILED = re.compile(r"#\S{1,20}|Err:\d{3}")


def load_opendocument(content: bytes) -> Grids:
    """Load an .ods. Raises `Unfit`, and what zipfile and expat raise for a damaged file."""
    found, names = _read(content)
    if layout.SENT_SHEET not in found.grids:
        return Grids([])
    others = to_be_filled_in(found.grids)
    sent = texts_of(found.grids[layout.SENT_SHEET])
    has_macros = any(name.startswith(_MACROS) for name in names)
    return Grids(sent, {name: found.grids[name] for name in others}, has_macros)


def load_plain_opendocument(content: bytes) -> dict[str, tuple[Grid, Shape]]:
    """Load every sheet of somebody's own .ods, by name; it raises the same."""
    found, _ = _read(content)
    return {name: (grid, found.shapes[name]) for name, grid in found.grids.items()}


def _read(content: bytes) -> tuple["_Sheets", set[str]]:
    """What is in the sheets, and the names of the parts, in small letters."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if any(part.filename == _SEALED for part in parts):
            raise Unfit("password")
        names = check_archive(parts, needed=_PART)
        if _MANIFEST.lower() in names and b"encryption-data" in archive.read(_MANIFEST):
            raise Unfit("password")
        found = _Sheets()
        parse_part(archive, archive.getinfo(_PART), found.parser)
    return found, names


@dataclass
class _Open:
    """The cell that is being read."""

    attributes: dict[str, str]
    lines: list[str] = field(default_factory=list)
    length: int = 0


class _Sheets:
    """Takes cells out of the stream; it raises as soon as a limit is passed."""

    def __init__(self) -> None:
        self.grids: dict[str, Grid] = {}
        self.shapes: dict[str, Shape] = {}
        self.parser = guarded_parser(" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._elements = self._depth = self._tables = self._aside = self._kept = 0
        self._hidden_styles: set[str] = set()
        self._raised_styles: set[str] = set()
        self._struck_styles: set[str] = set()
        #: The spans that are open: how each looks, and where in its line it begins.
        self._spans: list[tuple[str, int]] = []
        self._style = ""
        self._grid: Grid = {}
        self._shape = Shape()
        self._columns = 0
        self._row, self._column, self._rows = 0, 0, 1
        self._cells: dict[int, Cell] = {}
        self._open: _Open | None = None
        self._in_line = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MOST_ELEMENTS:
            raise Unfit("too_big_to_read")
        if self._depth > DEEPEST:
            raise Unfit("suspicious")
        if self._aside or name == f"{_OFFICE}annotation":
            # Somebody's comment on a cell is no part of what the cell says.
            self._aside += 1
        elif name == f"{_TABLE}table":
            self._tables += 1
            if self._tables == 1:
                self._start_sheet(attributes.get(f"{_TABLE}name", ""), attributes.get(f"{_TABLE}style-name", ""))
        elif self._tables != 1:
            self._start_style(name, attributes)
        elif name == f"{_TABLE}table-column":
            first, self._columns = self._columns + 1, self._columns + _repeated(attributes, "columns")
            if _is_hidden(attributes):
                self._shape.columns.update(range(first, min(self._columns, MOST_COLUMNS) + 1))
        elif name == f"{_TABLE}table-row":
            self._rows = _repeated(attributes, "rows")
            self._column, self._cells = 0, {}
            if _is_hidden(attributes):
                self._shape.rows.update(range(self._row + 1, min(self._row + self._rows, MOST_ROWS) + 1))
        elif name in _CELLS:
            self._open = _Open(attributes)
            self._merge(attributes)
        elif self._open is not None and name.startswith(_TEXT):
            self._start_text(name.removeprefix(_TEXT), attributes, self._open)

    def _start_sheet(self, name: str, style: str) -> None:
        self._grid = self.grids.setdefault(name, {})
        self._shape = self.shapes.setdefault(name, Shape())
        self._shape.hidden = style in self._hidden_styles
        self._row = self._columns = 0

    def _start_style(self, name: str, attributes: dict[str, str]) -> None:
        """A style says which sheets are hidden; it stands before them."""
        if name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)
        elif name == f"{_STYLE}text-properties":
            if attributes.get(f"{_STYLE}text-position", "0%")[:3] in ("sup", "sub"):
                self._raised_styles.add(self._style)
            if attributes.get(f"{_STYLE}text-line-through-style", "none") != "none":
                self._struck_styles.add(self._style)

    def _merge(self, attributes: dict[str, str]) -> None:
        wide, high = (int(attributes.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("columns", "rows"))
        if wide > 1 or high > 1:
            row, column = self._row + 1, self._column + 1
            self._shape.merge(Merged(row, column, row + high - 1, column + wide - 1))

    def _start_text(self, name: str, attributes: dict[str, str], cell: _Open) -> None:
        match name:
            case "p" | "h":
                cell.lines.append("")
                self._spans.clear()
                self._in_line = True
            case "span" if self._in_line:
                self._spans.append((attributes.get(f"{_TEXT}style-name", ""), len(cell.lines[-1])))
            case "s":
                self._text(" " * min(int(attributes.get(f"{_TEXT}c", "1")), 100))
            case "tab":
                self._text("\t")
            case "line-break":
                self._text("\n")

    def _text(self, text: str) -> None:
        cell = self._open
        if cell is not None and self._in_line and not self._aside and cell.length < _LONGEST_TEXT:
            cell.lines[-1] += text
            cell.length += len(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._aside:
            self._aside -= 1
        elif name == f"{_TABLE}table":
            self._tables -= 1
        elif self._tables != 1:
            return
        elif name == f"{_TABLE}table-row":
            self._end_row()
        elif name in _CELLS and self._open is not None:
            self._end_cell(self._open)
            self._open = None
        elif name in (f"{_TEXT}p", f"{_TEXT}h"):
            self._in_line = False
        elif name == f"{_TEXT}span" and self._open is not None and self._spans:
            self._end_span(self._open, *self._spans.pop())

    def _end_span(self, cell: _Open, style: str, start: int) -> None:
        """A part that is struck out goes; one that is set higher must not become a digit of what it follows."""
        before, words = cell.lines[-1][:start], cell.lines[-1][start:]
        if style in self._struck_styles:
            words = ""
        elif style in self._raised_styles:
            words = raised(words, before)
        cell.lines[-1] = before + words

    def _end_cell(self, cell: _Open) -> None:
        times = _repeated(cell.attributes, "columns")
        value = _value(cell.attributes, "\n".join(cell.lines))
        if value is not None:
            value = replace(value, struck=cell.attributes.get(f"{_TABLE}style-name") in self._struck_styles)
            for column in range(self._column + 1, min(self._column + times, MOST_COLUMNS) + 1):
                self._cells[column] = value
        self._column += times

    def _end_row(self) -> None:
        if self._cells:
            for number in range(self._row + 1, min(self._row + self._rows, MOST_ROWS) + 1):
                self._kept += len(self._cells)
                if self._kept > MOST_CELLS:
                    raise Unfit("too_big_to_read")
                self._grid[number] = self._cells
        self._row += self._rows


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _repeated(attributes: dict[str, str], what: str) -> int:
    return max(1, int(attributes.get(f"{_TABLE}number-{what}-repeated", "1")))


def _value(attributes: dict[str, str], text: str) -> Cell | None:
    """A cell by its saved value; None where it is empty. ValueError where its value is none of its kind."""
    kind, formula = attributes.get(f"{_OFFICE}value-type", ""), f"{_TABLE}formula" in attributes
    number = attributes.get(f"{_OFFICE}value", "")
    if formula and _FAILED.fullmatch(text):
        return Cell(text, "e")
    match kind:
        case "percentage":
            return Cell(float(number), "n", "0%")
        case "currency":
            currency = attributes.get(f"{_OFFICE}currency", "GBP")[:3]
            return Cell(float(number), "n", f"[${_SIGNS.get(currency, currency)}]0")
        case "float":
            return Cell(float(number), "n")
        case "date":
            return Cell(_moment(attributes.get(f"{_OFFICE}date-value", "")), "d")
        case "time":
            return Cell(_duration(attributes.get(f"{_OFFICE}time-value", ""), text), "d")
        case "boolean":
            return Cell(attributes.get(f"{_OFFICE}boolean-value") == "true", "b")
        case "":
            return Cell(None, "f") if formula else Cell(text, "s") if text else None
        case _:
            said = text or attributes.get(f"{_OFFICE}string-value", "")
            return Cell(said, "s") if said else None


def _moment(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _duration(text: str, shown: str) -> timedelta | str:
    found = _DURATION.fullmatch(text)
    if found is None:
        return shown
    sign, *parts = found.groups()
    hours, minutes, seconds = (int(part) for part in parts)
    return (-1 if sign else 1) * timedelta(hours=hours, minutes=minutes, seconds=seconds)

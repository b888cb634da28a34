"""A Word document as plain tables and the words between them: only ever in the guard's child."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx

from collector.domain.document import CellKind, DocumentCell, DocumentRow, DocumentTable, Merged
from parsers.workbook.package import MOST_CELLS, MOST_ROWS, look_through
from parsers.workbook.plain import LONGEST_TEXT
from parsers.workbook.refusals import Unfit
from parsers.workbook.texts import as_number, typed_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: What somebody took out with changes tracked; what they put in counts.
_LEFT_OUT = (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}fldChar", f"{_W}footnoteReference")
_MOST_TABLES = 50
_MOST_COLUMNS = 100
_LONGEST_TEXT = 20_000


def read_word(content: bytes) -> tuple[tuple[DocumentTable, ...], str]:
    """The tables of a .docx and the words outside them; `Unfit` and what python-docx raises otherwise pass through."""
    look_through(content)
    body = docx.Document(BytesIO(content)).element.body
    tables: list[DocumentTable] = []
    words: list[str] = []
    cells = 0
    for part in _parts(body):
        if part.tag == f"{_W}p":
            words.append(_text(part))
            continue
        if len(tables) == _MOST_TABLES:
            break
        tables.append(_table(part, len(tables) + 1))
        cells += sum(len(row.cells) for row in tables[-1].rows)
        if cells > MOST_CELLS:
            raise Unfit("too_big_to_read")
    return tuple(tables), "\n".join(filter(None, words))[:_LONGEST_TEXT]


def _parts(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in their order, those in content controls and insertions among them."""
    for child in body.iterchildren():
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _parts(child)


def _table(element: Any, place: int) -> DocumentTable:
    """A table by its grid: a cell over several columns stands in the first."""
    rows, merged = [], []
    for number, row in enumerate(_within(element, "tr"), start=1):
        if number > MOST_ROWS:
            raise Unfit("too_big_to_read")
        cells, column = [], 1 + _whole(row, "gridBefore")
        for cell in _within(row, "tc"):
            span = max(1, _whole(cell, "gridSpan"))
            text = "\n".join(filter(None, map(_text, cell.iter(f"{_W}p"))))[:LONGEST_TEXT]
            if span > 1:
                merged.append(Merged(number, column, number, column + span - 1))
            if text and column <= _MOST_COLUMNS:
                cells.append(DocumentCell(column, text, _kind(text)))
            column += span
        if cells:
            rows.append(DocumentRow(number, tuple(cells)))
    return DocumentTable("", tuple(rows), place=place, merged=tuple(merged), knows_merged=True)


def _kind(text: str) -> CellKind:
    if as_number(text) is not None:
        return CellKind.NUMBER
    return CellKind.PERCENT if text.endswith("%") and as_number(text[:-1].strip()) is not None else CellKind.TEXT


def _within(element: Any, name: str) -> Iterator[Any]:
    """Rows of a table, or cells of a row, not those of a table inside."""
    for child in element.iterchildren():
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _within(child, name)


def _whole(element: Any, name: str) -> int:
    found = element.find(f"./{_W}{element.tag.removeprefix(_W)}Pr/{_W}{name}")
    said = found.get(f"{_W}val", "0") if found is not None else "0"
    return min(int(said), _MOST_COLUMNS) if said.isdigit() else 0


def _text(paragraph: Any) -> str:
    """A paragraph's words as they read with every tracked change taken on."""
    pieces: list[str] = []
    _gather(paragraph, pieces)
    return typed_text("".join(pieces))


def _gather(element: Any, pieces: list[str]) -> None:
    for child in element.iterchildren():
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            pieces.append("\t" if child.tag == f"{_W}tab" else "\n")
        elif child.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        else:
            _gather(child, pieces)

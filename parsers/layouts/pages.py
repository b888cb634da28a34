"""The tables of a web page: reporting systems write these and call them .xls. A stranger's bytes: only in the child."""

import re
from collections.abc import Iterator
from typing import Any

from collector.domain.document import DocumentCell, DocumentRow, DocumentTable, Merged
from parsers.layouts.separated import decoded
from parsers.markup import seen_tree
from parsers.workbook.package import MOST_CELLS, MOST_ROWS
from parsers.workbook.plain import written_cell
from parsers.workbook.refusals import Unfit

_PAGE = re.compile(r"<(?:!doctype html|html|head|body|table|meta|style|div)(?=[\s/>])", re.IGNORECASE)
#: Excel's XML of 2003 has elements of the same names.
_NO_PAGE = re.compile(r"<(?:\w+:)?workbook\b", re.IGNORECASE)
_OPENS, _CLOSES = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"</table\b", re.IGNORECASE)
_LOOKED_AT = 4096
_MOST_TABLES = 50
_MOST_COLUMNS = 100
_MOST_MERGED = 5000
#: Where what stands above a table is looked for.
_ABOVE = ("caption", "h1", "h2", "h3", "h4", "h5", "p")
_MOST_ABOVE = 3
_LONGEST_ABOVE = 120


def is_page(content: bytes) -> bool:
    """Whether a file is a web page by what it begins with, whatever its name says."""
    start = decoded(content[:_LOOKED_AT]).lstrip("\ufeff \t\r\n")
    return start.startswith("<") and _PAGE.search(start) is not None and _NO_PAGE.search(start) is None


def read_page(content: bytes) -> tuple[DocumentTable, ...]:
    """The tables of a page that hold something; `Unfit` where one is far too large, or the page ends within it."""
    page = decoded(content)
    if len(_OPENS.findall(page)) > len(_CLOSES.findall(page)):
        # A parser closes by itself what was cut off, in the middle of a figure too.
        raise Unfit("broken")
    tree = seen_tree(page)
    tables: list[DocumentTable] = []
    above: list[str] = []
    room = MOST_CELLS
    for element in tree.iter("table", *_ABOVE) if tree is not None else ():
        if element.tag != "table":
            above += [_text(element)] if next(element.iterancestors("table"), None) is None else []
            continue
        if len(tables) == _MOST_TABLES:
            break
        captions = [_text(caption) for caption in element.iterchildren("caption")]
        told = [words for words in (*captions, *reversed(above)) if 0 < len(words) <= _LONGEST_ABOVE]
        table = _table(element, len(tables) + 1, tuple(told[:_MOST_ABOVE]), room)
        room -= sum(len(row.cells) for row in table.rows)
        tables += [table] if table.rows else []
    return tuple(tables)


def _table(element: Any, place: int, above: tuple[str, ...], room: int) -> DocumentTable:
    """A table by its grid; what a cell over several rows or columns says stands in its first."""
    rows: list[DocumentRow] = []
    merged: list[Merged] = []
    #: The last row that a cell above reaches down to, by column.
    taken: dict[int, int] = {}
    for number, row in enumerate(_rows(element), start=1):
        if number > MOST_ROWS:
            raise Unfit("too_big_to_read")
        cells: list[DocumentCell] = []
        column = 1
        for cell in row.iterchildren("td", "th"):
            while taken.get(column, 0) >= number:
                column += 1
            if column > _MOST_COLUMNS:
                break
            wide, high = (_span(cell.get(name)) for name in ("colspan", "rowspan"))
            read = written_cell(column, _text(cell))
            cells += [read] if read else []
            if (wide > 1 or high > 1) and len(merged) < _MOST_MERGED:
                merged.append(Merged(number, column, number + high - 1, column + wide - 1))
            taken |= dict.fromkeys(range(column, column + wide), number + high - 1)
            column += wide
        room -= len(cells)
        if room < 0:
            raise Unfit("too_big_to_read")
        if cells:
            rows.append(DocumentRow(number, tuple(cells)))
    return DocumentTable("", tuple(rows), place=place, merged=tuple(merged), knows_merged=True, above=above)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of a table inside it."""
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield child
        else:
            yield from child.iterchildren("tr")


def _span(said: str | None) -> int:
    text = (said or "").strip()
    return min(max(int(text), 1), _MOST_COLUMNS) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _text(element: Any) -> str:
    """The words of a cell as they are shown, its own table's left out."""
    pieces = element.xpath(".//text()[count(ancestor::table) = $depth]", depth=_depth(element))
    return " ".join(" ".join(pieces).replace("\xa0", " ").split())


def _depth(element: Any) -> int:
    return sum(1 for _ in element.iterancestors("table"))

"""What the rows and columns of a paper's tables are called: a bare figure in a cell is about the name of its row."""

from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_SPAN = f"./{qn('w:tcPr')}/{qn('w:gridSpan')}"
#: A name is no longer than this, in characters.
_LONGEST = 300


def names_of_cells(document: Document) -> dict[BaseOxmlElement, tuple[str, str]]:
    """The names of row and column for each paragraph below the first row and right of the first column of a table."""
    found: dict[BaseOxmlElement, tuple[str, str]] = {}
    for table in document.element.body.iter(qn("w:tbl")):
        headings: dict[int, str] = {}
        for number, row in enumerate(table.iterchildren(qn("w:tr"))):
            cells = list(_cells(row))
            if number == 0:
                headings = {column: _words(cell) for column, cell in cells}
                continue
            for column, cell in cells[1:]:
                name = (_words(cells[0][1]), headings.get(column, ""))
                found.update(dict.fromkeys(cell.iter(qn("w:p")), name))
    return found


def _cells(row: BaseOxmlElement) -> Iterator[tuple[int, BaseOxmlElement]]:
    """The cells of a row, each with the column in which it begins: one may go over several."""
    column = 0
    for cell in row.iterchildren(qn("w:tc")):
        yield column, cell
        wide = cell.find(_SPAN)
        size = wide.get(qn("w:val"), "1") if wide is not None else "1"
        column += int(size) if size.isdecimal() and len(size) < 4 else 1


def _words(cell: BaseOxmlElement) -> str:
    return " ".join("".join(piece.text or "" for piece in cell.iter(qn("w:t"))).split())[:_LONGEST]

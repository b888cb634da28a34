"""A Word document as plain tables and the words between them: only ever in the guard's child."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx

from collector.domain.document import DocumentCell, DocumentRow, DocumentTable, Merged
from parsers.raised import raised
from parsers.workbook.package import MOST_CELLS, MOST_ROWS, look_through
from parsers.workbook.plain import written_cell
from parsers.workbook.refusals import Unfit
from parsers.workbook.texts import typed_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
#: What somebody took out with changes tracked (what they put in counts), and what stands there a second time.
_LEFT_OUT = (
    *(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "fldChar", "footnoteReference", "rt")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_BOXED = f"{_W}txbxContent"
_WORDS = (f"{_W}t", f"{_MATHS}t")
_BREAKS = dict.fromkeys((f"{_W}tab", f"{_W}ptab"), "\t") | dict.fromkeys((f"{_W}br", f"{_W}cr"), "\n")
#: A sign out of a font of pictures is shown as something else than its number says.
_SIGNS = {f"{_W}noBreakHyphen": "-", f"{_W}sym": "\ufffd"}
#: A run's words that nobody sees, or that somebody struck out.
_UNSEEN = ("vanish", "strike", "dstrike")
_OFF = ("0", "false", "off", "none")
_MOST_TABLES = 50
_MOST_COLUMNS = 100
_MOST_MERGED = 5000
_LONGEST_TEXT = 20_000
#: Lines above a table that may say what it is about, and for when.
_MOST_ABOVE = 3
_LONGEST_ABOVE = 120


def read_word(content: bytes) -> tuple[tuple[DocumentTable, ...], str]:
    """The tables of a .docx and the words outside them; `Unfit` and what python-docx raises otherwise pass through."""
    look_through(content)
    body = docx.Document(BytesIO(content)).element.body
    tables: list[DocumentTable] = []
    words: list[str] = []
    cells = 0
    above: list[str] = []
    for part in _parts(body):
        if part.tag == f"{_W}p":
            words.append(_text(part))
            above += [words[-1]] if 0 < len(words[-1]) <= _LONGEST_ABOVE else []
            continue
        if len(tables) == _MOST_TABLES:
            break
        tables.append(_table(part, len(tables) + 1, tuple(above[: -_MOST_ABOVE - 1 : -1])))
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


def _table(element: Any, place: int, above: tuple[str, ...]) -> DocumentTable:
    """A table by its grid: a cell over several columns or rows stands in the first."""
    rows: list[DocumentRow] = []
    merged: list[Merged] = []
    begun: dict[int, int] = {}
    for number, row in enumerate(_within(element, "tr"), start=1):
        if number > MOST_ROWS:
            raise Unfit("too_big_to_read")
        if row.find(f"./{_W}trPr/{_W}del") is not None:
            continue
        cells: list[DocumentCell] = []
        column = 1 + _whole(row, "gridBefore")
        for cell in _within(row, "tc"):
            span = max(1, _whole(cell, "gridSpan"))
            hangs = _hangs(cell) and column in begun
            if not hangs:
                begun[column] = number
            if (span > 1 or hangs) and len(merged) < _MOST_MERGED:
                merged.append(Merged(begun[column], column, number, column + span - 1))
            # What a program left in a cell that hangs down is shown to nobody.
            text = "" if hangs else "\n".join(filter(None, map(_text, _paragraphs(cell))))
            read = written_cell(column, text) if column <= _MOST_COLUMNS else None
            cells += [read] if read else []
            column += span
        if cells:
            rows.append(DocumentRow(number, tuple(cells)))
    return DocumentTable("", tuple(rows), place=place, merged=tuple(merged), knows_merged=True, above=above)


def _hangs(cell: Any) -> bool:
    """Whether a cell is only the lower part of one that was merged downwards."""
    found = cell.find(f"./{_W}tcPr/{_W}vMerge")
    return found is not None and found.get(f"{_W}val", "continue") == "continue"


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


def _paragraphs(element: Any) -> Iterator[Any]:
    """All paragraphs in a cell, those in a box or a table inside it each by itself."""
    for child in element.iterchildren():
        if child.tag not in _LEFT_OUT:
            if child.tag == f"{_W}p":
                yield child
            yield from _paragraphs(child)


def _gather(element: Any, pieces: list[str]) -> None:
    for child in element.iterchildren():
        if child.tag in _LEFT_OUT or child.tag == _BOXED:
            continue
        if child.tag in _WORDS:
            pieces.append(child.text or "")
        elif child.tag in _BREAKS or child.tag in _SIGNS:
            pieces.append((_BREAKS | _SIGNS)[child.tag])
        elif child.tag == f"{_W}r":
            _gather_run(child, pieces)
        else:
            _gather(child, pieces)


def _gather_run(run: Any, pieces: list[str]) -> None:
    """The words of a run as they are seen: not what is struck out or hidden, a raised mark told from a digit."""
    looks = run.find(f"./{_W}rPr")
    if looks is not None and any(_is_on(looks.find(f"./{_W}{name}")) for name in _UNSEEN):
        return
    said: list[str] = []
    _gather(run, said)
    words = "".join(said)
    pieces.append(raised(words, "".join(pieces[-3:])) if looks is not None and _is_raised(looks) else words)


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{_W}val", "1") not in _OFF


def _is_raised(looks: Any) -> bool:
    """Whether a run is set above or below the line, by itself or as a footnote's own mark."""
    align, style, height = (looks.find(f"./{_W}{name}") for name in ("vertAlign", "rStyle", "position"))
    named = style is not None and style.get(f"{_W}val", "").lower().endswith(("footnotereference", "endnotereference"))
    lifted = height is not None and height.get(f"{_W}val", "0") != "0"
    return named or lifted or (align is not None and align.get(f"{_W}val") in ("superscript", "subscript"))

"""A workbook of definitions as it came back from whoever changed it: rows of text, nothing decided yet."""

from collections.abc import Mapping
from dataclasses import dataclass

Texts = tuple[str, ...]


@dataclass(frozen=True)
class CameRow:
    """A row of a workbook that came back: its number in the sheet, and what stands under each heading."""

    number: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class CameTable:
    """A sheet that came back; `columns` are the letters under which the headings stand."""

    page: str
    columns: Mapping[str, str]
    rows: tuple[CameRow, ...]


@dataclass(frozen=True)
class CameBack:
    """A workbook of definitions as it came back: whose it is, what was sent in it, and what it says now.

    `problems` are what could not be read, each with its sheet and cell.
    """

    name: str
    partnership: str
    since: str
    made: str
    sent: Mapping[str, Mapping[str, Texts]]
    tables: tuple[CameTable, ...]
    problems: Texts = ()

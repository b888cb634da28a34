"""A workbook that we write, as data: pages with one table each."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from collector.domain.indicator import Unit
from collector.domain.rag import Rag

#: RULES 26: what stands on everything that is not published yet.
UNPUBLISHED = "Unpublished, not for quotation"


@dataclass(frozen=True)
class Quantity:
    """A value that keeps its unit (percentages run from 0 to 100), so that a sheet can calculate with it."""

    value: Decimal
    unit: Unit


@dataclass(frozen=True)
class Colour:
    """A colour that is always told by its word and sign too."""

    rag: Rag


#: What a cell can hold; moments are local time.
Value = str | int | date | datetime | Quantity | Colour | None


@dataclass(frozen=True)
class Column:
    """A column: its heading, its width in characters, and what explains it when somebody points at the heading.

    Cells under a column with `choices` offer them as a list; where they `must` be among them nothing else is taken.
    """

    heading: str
    width: int
    note: str = ""
    choices: tuple[str, ...] = ()
    must: bool = True


@dataclass(frozen=True)
class Page:
    """A sheet with one table; `about` are lines above it.

    The first `frozen` columns stay in sight. People may write into an `editable` page and add `spare` rows to it;
    a `locked` one is only to be read.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    about: tuple[str, ...] = ()
    frozen: int = 1
    editable: bool = False
    locked: bool = False
    spare: int = 0
    for_coordinator: bool = False


@dataclass(frozen=True)
class Booklet:
    """A whole workbook: `mark` and `period` stand on every printed page; `hidden` are the rows of a hidden sheet."""

    title: str
    author: str
    made: datetime
    pages: tuple[Page, ...]
    period: str = ""
    mark: str = ""
    hidden_name: str = ""
    hidden: tuple[tuple[str, ...], ...] = ()

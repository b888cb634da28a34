"""Somebody's own table: where its headings stand, and every cell below them that says something about what was asked.

The headings need not be in the first row, may be in several, and there may be several tables in a sheet; indicators
may stand down the side or across the top, quarters and months in columns or in a column of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from collector.domain.document import CellKind, DocumentCell, DocumentRow, DocumentTable, Merged
from parsers.layouts.headings import Heading, Role, heading, without_times
from parsers.layouts.naming import NOBODY, Named, Names

#: More rows of headings than this stand above no table.
_MOST_HEADING_ROWS = 4
_MOST_CAPTIONS = 12
_VALUES = (Role.FIGURE, Role.COMMENT, Role.PART, Role.WHOLE, Role.TARGET)
_SIDES = (Role.LABEL, Role.PLACE, Role.TIME)
_PARTS_OF_TIME = ("year", "financial year", "quarter", "qtr", "financial quarter", "month")
_AMBIGUOUS = ("no", "number", "no.", "#", "nos")


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and what was asked where that names it."""

    number: int
    heading: Heading
    named: Named = NOBODY
    hidden: bool = False


@dataclass(frozen=True)
class Spot:
    """One cell below a heading, with everything that says what it is. `cell` is None where a figure could stand.

    `labels` are what stands at the side, `time` and `place` the texts of columns that tell those, `captions` what
    stands above the table, the nearest first, `target` what stands under a heading of targets in the same row.
    """

    named: Named
    column: Column
    cell: DocumentCell | None
    where: str
    row: int
    labels: tuple[str, ...]
    time: str = ""
    place: str | None = None
    captions: tuple[str, ...] = ()
    hidden: bool = False
    target: str = ""


@dataclass(frozen=True)
class Block:
    """A table within a sheet: its columns by their headings and the rows below them."""

    columns: tuple[Column, ...]
    rows: tuple[DocumentRow, ...]
    captions: tuple[str, ...]

    @cached_property
    def labels(self) -> tuple[int, ...]:
        """The columns whose cells name what a row is about."""
        said = tuple(column.number for column in self.columns if column.heading.role is Role.LABEL)
        if said:
            return said
        first = min((c.number for c in self.columns if c.heading.role in _VALUES or c.named.codes), default=0)
        taken = {column.number for column in self.columns if column.heading.role in (*_SIDES, Role.ASIDE)}
        return tuple(number for number in range(1, first) if number not in taken)

    @property
    def times(self) -> tuple[Column, ...]:
        """The columns whose cells say together for when a row is: one, or the year and the quarter side by side."""
        every = tuple(column for column in self.columns if column.heading.role is Role.TIME)
        parts = tuple(column for column in every if column.heading.text.strip(" :").lower() in _PARTS_OF_TIME)
        return parts if len(parts) > 1 else every[:1]

    def of(self, role: Role) -> Column | None:
        """The first column of a role."""
        return next((column for column in self.columns if column.heading.role is role), None)


def spots(table: DocumentTable, names: Names) -> list[Spot]:
    """Every telling cell of a sheet; where nothing is named down the side, with its rows and columns exchanged."""
    found = list(_spots(table, table, names))
    if any(spot.named.codes for spot in found):
        return found
    turned = _turned(table)
    across = list(_spots(turned, table, names, turned=True)) if turned else []
    return across if any(spot.named.codes for spot in across) else found


def _spots(table: DocumentTable, original: DocumentTable, names: Names, turned: bool = False) -> Iterator[Spot]:
    for block in blocks(table, names):
        placed, target = block.of(Role.PLACE), block.of(Role.TARGET)
        above: dict[int, str] = {}
        for row in block.rows:
            cells = {cell.column: cell for cell in row.cells}
            texts = {number: _label(table, row.number, number, cells, above) for number in block.labels}
            labels = tuple(filter(None, texts.values()))
            of_row = names.of(*labels) if labels else NOBODY
            for column in block.columns:
                named = _meant(of_row, column.named)
                cell = cells.get(column.number)
                if cell is None and column.heading.role is not Role.FIGURE and not column.named.codes:
                    continue
                timed_by = " ".join(filter(None, (_text(cells, timed) for timed in block.times)))
                if column.named.codes and labels and not of_row.codes:
                    column, timed_by = _by_side(column, labels, timed_by)
                place = (row.number, column.number) if not turned else (column.number, row.number)
                yield Spot(
                    named,
                    column,
                    cell,
                    original.where(*place),
                    row.number,
                    labels,
                    time=timed_by,
                    place=_text(cells, placed) if placed else None,
                    captions=block.captions,
                    hidden=table.hidden or row.hidden or column.hidden,
                    target=_text(cells, target),
                )


def _by_side(column: Column, labels: tuple[str, ...], timed_by: str) -> tuple[Column, str]:
    """In a table with its indicators at the top the side says what a row holds: a target, a quarter's figures."""
    side = heading(" ".join(labels))
    if side.role in (None, *_SIDES):
        return column, timed_by
    said = Heading(f"{column.heading.text}: {side.text}", side.role, side.beyond)
    return replace(column, heading=said), timed_by or side.text


def _meant(of_row: Named, of_column: Named) -> Named:
    """A table has its indicators at the side or at the top; named in both, the two must be the same."""
    if not of_column.codes or not of_row.codes:
        return of_row if of_row.codes else of_column
    both = tuple(code for code in of_row.codes if code in of_column.codes)
    return Named(both, of_row.sure and of_column.sure) if both else Named((*of_row.codes, *of_column.codes))


def _text(cells: dict[int, DocumentCell], column: Column | None) -> str:
    cell = cells.get(column.number) if column else None
    return cell.text if cell else ""


def _label(table: DocumentTable, row: int, column: int, cells: dict[int, DocumentCell], above: dict[int, str]) -> str:
    """A label as it stands at the side; one that is merged over several rows is each row's."""
    if column in cells:
        above[column] = cells[column].text
        return cells[column].text
    return above.get(column, "") if table.hangs_down(row, column) else ""


# --- where the headings stand -----------------------------------------------------------------------------------------


def blocks(table: DocumentTable, names: Names) -> Iterator[Block]:
    """The tables of a sheet from top to bottom, each with its headings."""
    rows, at, start = table.rows, 0, 0
    open_one: tuple[tuple[Column, ...], tuple[str, ...]] | None = None
    begun = opened = 0
    while at < len(rows):
        height = _heading_rows(rows, at, names)
        if not height:
            at += 1
            continue
        if open_one and begun == at and at + height - opened <= _MOST_HEADING_ROWS:
            # Headings right below headings, with nothing under the upper ones: together they are one table's.
            open_one = _columns(table, rows[opened : at + height], names), open_one[1]
            begun = start = at = at + height
            continue
        if open_one:
            yield Block(open_one[0], rows[begun:at], open_one[1])
        first = _first_heading_row(rows, at, start, names)
        columns = _columns(table, rows[first : at + height], names)
        captions = _captions(table, rows[start:first] if not open_one else rows[max(start, first - 3) : first], names)
        open_one, opened = (columns, captions), first
        begun = start = at = at + height
    if open_one:
        yield Block(open_one[0], rows[begun:], open_one[1])


def _heading_rows(rows: tuple[DocumentRow, ...], at: int, names: Names) -> int:
    """How many rows of headings begin here; 0 where none does."""
    if not _is_heading_row(rows[at], names):
        return 0
    height = 1
    while at + height < len(rows) and height < _MOST_HEADING_ROWS and _goes_on(rows[at + height], rows[at]):
        height += 1
    return height


def _is_heading_row(row: DocumentRow, names: Names) -> bool:
    found = [heading(cell.text) for cell in row.cells if _may_be_heading(cell)]
    if len(found) < len(row.cells) or len(found) < 2:
        return False
    named = [names.of(each.text) for each in found if each.role is None]
    kinds = [each.role for each in found if each.role is not None]
    columns = len({each.codes for each in named if each.codes})
    strange = sum(1 for each in named if not each.codes)
    if sum(1 for each in named if each.codes) > columns:
        # The code and the title of one thing side by side: that is a row about it.
        return False
    sides = sum(1 for role in kinds if role in _SIDES)
    values = sum(1 for role in kinds if role in (Role.FIGURE, Role.COMMENT))
    dated = bool(columns) and any(cell.kind is CellKind.DATE for cell in row.cells)
    timed = 0 if dated else sum(1 for each in found if each.role in _VALUES and _names_time(each.text))
    if strange > max(len(kinds), 1) + columns:
        return False
    # "Council" beside one thing asked for heads a table of places, or is who owns the row that says "Q1 41% Q2 44%".
    unnamed = (each for each in found if each.role is None and not names.of(each.text).codes)
    tells = any(any(map(str.isdigit, each.beyond)) for each in unnamed)
    # Without a heading at the side, a table is known by two times side by side, or by two things asked for.
    return bool(sides and (values or (columns and not tells))) or timed >= 2 or columns >= 2


def _names_time(text: str) -> bool:
    return without_times(text) != text


def _may_be_heading(cell: DocumentCell) -> bool:
    if cell.kind is CellKind.NUMBER:
        return cell.text.isdigit() and 1990 <= int(cell.text) <= 2100
    return cell.kind in (CellKind.TEXT, CellKind.DATE)


def _goes_on(row: DocumentRow, first: DocumentRow) -> bool:
    """Whether a row below headings is another row of them: nothing but headings, most of them of values."""
    found = [heading(cell.text) for cell in row.cells if _may_be_heading(cell)]
    if len(found) < len(row.cells) or not all(each.role for each in found):
        return False
    under_sides = {cell.column for cell in first.cells if heading(cell.text).role in _SIDES}
    own_side = any(cell.column in under_sides for cell in row.cells)
    return (any(each.role in _VALUES for each in found) and not own_side) or _all_headings(found)


def _all_headings(found: list[Heading]) -> bool:
    return len(found) > 1 and any(each.role in _SIDES for each in found) and any(each.role in _VALUES for each in found)


def _first_heading_row(rows: tuple[DocumentRow, ...], at: int, start: int, names: Names) -> int:
    """Rows of years or groups right above the headings belong to them; a caption of one cell at the side does not."""
    first = at
    while first > start and at - first < _MOST_HEADING_ROWS - 1 and rows[first - 1].number == rows[first].number - 1:
        cells = rows[first - 1].cells
        found = [heading(cell.text) for cell in cells if _may_be_heading(cell)]
        grouping = len(found) == len(cells) and all(each.role in (*_VALUES, Role.ASIDE) for each in found)
        if not grouping or (len(cells) == 1 and cells[0].column <= rows[at].cells[0].column):
            break
        first -= 1
    return first


def _columns(table: DocumentTable, rows: tuple[DocumentRow, ...], names: Names) -> tuple[Column, ...]:
    width = max(cell.column for row in rows for cell in row.cells)
    lines = [_filled(table, row, width, last=row is rows[-1]) for row in rows]
    bottom = {cell.column for cell in rows[-1].cells}
    columns: list[Column] = []
    for number in range(1, width + 1):
        texts = dict.fromkeys(line[number] for line in lines if number in line)
        if not texts or (len(rows) > 1 and number not in bottom and not _stands_alone(rows, number)):
            continue
        said = heading(" ".join(texts))
        named = names.of(without_times(said.text)) if said.role in (None, Role.FIGURE) and said.beyond else NOBODY
        if named.codes:
            said = Heading(said.text, Role.FIGURE)
        columns.append(Column(number, said, named, number in table.hidden_columns))
    return tuple(_sorted_out(columns))


def _stands_alone(rows: tuple[DocumentRow, ...], number: int) -> bool:
    return any(cell.column == number for row in rows for cell in row.cells)


def _filled(table: DocumentTable, row: DocumentRow, width: int, last: bool) -> dict[int, str]:
    """A row of headings by column; a group's name stands over each of its columns.

    A group is merged, or it is a time with nothing beside it until the next.
    """
    own = {cell.column: cell.text for cell in row.cells}
    line = dict(own)
    for merged in table.merged:
        if merged.top <= row.number <= merged.bottom and merged.left in own:
            for number in range(merged.left, min(merged.right, width) + 1):
                line.setdefault(number, own[merged.left])
    if last:
        return line
    group = ""
    for number in range(1, width + 1):
        if number in own:
            said = heading(own[number])
            spread = _names_time(own[number]) or not table.knows_merged
            group = own[number] if said.role is Role.FIGURE and spread else ""
        elif group:
            line.setdefault(number, group)
    return line


def _sorted_out(columns: list[Column]) -> Iterator[Column]:
    """Headings that can mean two things: "Number" right of what names the rows is a figure."""
    labelled = False
    for column in columns:
        said = column.heading
        if said.role is Role.LABEL and labelled and said.text.lower() in _AMBIGUOUS:
            yield replace(column, heading=Heading(said.text, Role.FIGURE))
            continue
        labelled = labelled or said.role is Role.LABEL
        yield column


def _captions(table: DocumentTable, rows: tuple[DocumentRow, ...], names: Names) -> tuple[str, ...]:
    """What stands above a table, the nearest first, and its sheet's name."""
    above = [
        " ".join(cell.text for cell in row.cells if cell.kind in (CellKind.TEXT, CellKind.DATE))
        for row in reversed(rows)
        if len(row.cells) <= 4
    ]
    return (*filter(None, above[:_MOST_CAPTIONS]), *table.above, *filter(None, [table.name]))


def _turned(table: DocumentTable) -> DocumentTable | None:
    """The table with its rows and columns exchanged; None where it has far more rows than a table has columns."""
    if len(table.rows) > 200:
        return None
    down: dict[int, list[DocumentCell]] = {}
    for row in table.rows:
        for cell in row.cells:
            down.setdefault(cell.column, []).append(replace(cell, column=row.number))
    hidden = frozenset(row.number for row in table.rows if row.hidden)
    rows = tuple(
        DocumentRow(number, tuple(cells), number in table.hidden_columns) for number, cells in sorted(down.items())
    )
    merged = tuple(Merged(m.left, m.top, m.right, m.bottom) for m in table.merged)
    return replace(table, rows=rows, merged=merged, hidden_columns=hidden)

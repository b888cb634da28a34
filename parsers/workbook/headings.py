"""Finding the columns of a workbook that came back by what their headings say."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from collector.domain.submission import Mark
from parsers.workbook import layout
from parsers.workbook.grid import Grid, label_of
from parsers.workbook.sent import Sent
from parsers.workbook.texts import quote

_SEARCHED_ROWS = 60
_PUT_BACK = "Put the heading back and send the file again, or reply with the figures."


@dataclass(frozen=True)
class Columns:
    """Where a return's columns are: the sheet's column for each heading that was found, by its place among them.

    `complete` says that code, title and every input are there. Without one of them nothing is read: a figure whose
    status can't be found would be taken for final.
    """

    row: int
    by_place: dict[int, int]
    complete: bool
    problems: tuple[Mark, ...] = ()


def find_columns(grid: Grid, sent: Sent) -> Columns | None:
    """The heading row and its columns, with a problem for each heading that changed; None where there is no such row.

    Sheets are locked, which stops slips and not people: headings are compared with what was sent.
    """
    row = _heading_row(grid, sent)
    if row is None:
        return None
    by_place, missing = _places(grid, sent, row)
    taken = set(by_place.values())
    needed = {layout.CODE, layout.TITLE, *range(sent.inputs_from, len(sent.headings))}
    problems = tuple(
        _changed(grid, row, place, sent.headings[place], place in needed)
        for place in missing
        if place in needed or place + 1 not in taken
    )
    in_order = [by_place[place] for place in sorted(by_place)]
    if in_order != sorted(in_order):
        # Whether columns changed places or only their headings did is nothing to guess at.
        words = f"The headings in row {row} stand in another order than we sent them, so nothing was used"
        return Columns(row, by_place, False, (*problems, Mark(words, _PUT_BACK)))
    return Columns(row, by_place, needed <= by_place.keys(), problems)


def _heading_row(grid: Grid, sent: Sent) -> int | None:
    wanted = set(sent.headings)
    hits = {
        row: len(wanted & {label_of(cell) for cell in cells.values()})
        for row, cells in grid.items()
        if row <= _SEARCHED_ROWS
    }
    best = max(hits, key=lambda row: hits[row], default=None)
    return best if best is not None and hits[best] * 2 > len(wanted) else None


def _places(grid: Grid, sent: Sent, row: int) -> tuple[dict[int, int], list[int]]:
    labels = {column: label_of(cell) for column, cell in grid[row].items()}
    by_place = {place: place + 1 for place, heading in enumerate(sent.headings) if labels.get(place + 1) == heading}
    missing = []
    for place, heading in enumerate(sent.headings):
        if place in by_place:
            continue
        elsewhere = [column for column, text in labels.items() if text == heading]
        if len(elsewhere) == 1 and elsewhere[0] not in by_place.values():
            by_place[place] = elsewhere[0]
        else:
            missing.append(place)
    return by_place, missing


def _changed(grid: Grid, row: int, place: int, heading: str, needed: bool) -> Mark:
    now = label_of(grid[row].get(place + 1))
    says = f"says {quote(now)}" if now else "is empty"
    where = f"{get_column_letter(place + 1)}{row}"
    what = f"{where} {says} where we sent {quote(heading)}"
    if needed:
        return Mark(f"{what}, so nothing was used", _PUT_BACK, where=where)
    return Mark(f"{what}; nothing was changed by that", "If it should change, reply and say so.", where=where)

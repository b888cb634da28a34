"""A workbook of definitions that came back, as rows of text. A stranger's bytes are read in the guard's child only."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from openpyxl.utils import get_column_letter

from collector.definition_sheets import (
    MARK,
    ORIGIN_SHEET,
    PAGES,
    VERSION,
    digest_of,
    headings_of,
)
from collector.definition_words import settled
from collector.domain.came_back import CameBack, CameRow, CameTable
from collector.domain.submission import Refusal
from parsers.workbook.grid import Cell, Grid, label_of, load_sheets
from parsers.workbook.kinds import Sort, kind_of
from parsers.workbook.package import NEVER_OPENED, look_through
from parsers.workbook.refusals import MOST_MEGABYTES, Unfit
from parsers.workbook.texts import number_text, shown_name

_SEARCHED_ROWS = 30
_MOST_PROBLEMS = 50
_WORDS = {
    "password": "the file is password protected. Save it without a password",
    "labelled": "it is protected by your organisation's label. Save an unencrypted copy if your policy allows",
    "broken": "it is no .xlsx workbook, or damaged. Open it in your spreadsheet program and save it as .xlsx",
    "foreign": "it isn't a workbook of definitions that the collector wrote. Take a fresh one",
    "other_version": "it is of an older or newer kind. Take a fresh workbook of definitions",
    "worked_in": "its hidden sheet was changed. Take a fresh workbook of definitions",
    "strict_format": "it is in the strict kind of .xlsx. Save it as a plain Excel workbook",
    "too_big": f"it is larger than {MOST_MEGABYTES} MB. Take a fresh workbook of definitions",
    "suspicious": "it is not built like a workbook that a spreadsheet program saved. Take a fresh one",
    "too_big_to_read": "it holds far more cells than definitions need. Take a fresh one",
}
_SORTS = {Sort.PASSWORD: "password", Sort.LABELLED: "labelled"}


def read_definitions(name: str, content: bytes) -> CameBack | Refusal:
    """Read a workbook of definitions. Formulas are never calculated: a cell that holds one is a problem.

    Refusals: `password`, `labelled`, `broken`, `foreign`, `other_version`, `worked_in`, `strict_format`, `too_big`,
    `suspicious`, `too_big_to_read`.
    """
    shown, sort = shown_name(name), kind_of(name, "", content).sort
    try:
        if sort is not Sort.WORKBOOK:
            raise Unfit(_SORTS.get(sort, "broken"))
        return _came_back(shown, _loaded(content))
    except Unfit as unfit:
        return Refusal(unfit.code, f"We couldn't use {shown}: {_WORDS[unfit.code]}. Then try again.")


def _loaded(content: bytes) -> dict[str, Grid]:
    try:
        look_through(content, NEVER_OPENED)
        return load_sheets(content, (ORIGIN_SHEET, *PAGES))
    except (Unfit, MemoryError, RecursionError):
        # The last two are for the guard to answer: it knows which limit it was.
        raise
    except Exception as found:
        # As in `read`: the libraries raise some twenty kinds of their own for damaged files.
        raise Unfit("broken") from found


def _came_back(shown: str, grids: Mapping[str, Grid]) -> CameBack:
    origin = _texts(grids.get(ORIGIN_SHEET, {}))
    said = {row[0]: row[1] for row in origin if len(row) == 2}
    if MARK not in said:
        raise Unfit("foreign")
    if said[MARK] != str(VERSION):
        raise Unfit("other_version")
    rows = [tuple(row[1:]) for row in origin if row[0] == "row" and len(row) > 2]
    if said.get("digest") != digest_of(rows) or not {"partnership", "from", "made"} <= said.keys():
        raise Unfit("worked_in")
    problems: list[str] = []
    tables = [table for page in PAGES if (table := _table(page, grids.get(page), problems)) is not None]
    return CameBack(
        name=shown,
        partnership=said["partnership"],
        since=said["from"],
        made=said["made"],
        sent=_sent(rows),
        tables=tuple(tables),
        problems=_bounded(problems),
    )


def _texts(grid: Grid) -> list[list[str]]:
    rows = []
    for number in sorted(grid):
        cells = grid[number]
        rows.append([settled(label_of(cells.get(column))) for column in range(1, max(cells) + 1)])
    return rows


def _sent(rows: Sequence[tuple[str, ...]]) -> dict[str, dict[str, tuple[str, ...]]]:
    sent: dict[str, dict[str, tuple[str, ...]]] = {page: {} for page in PAGES}
    for page, *texts in rows:
        if page in sent:
            width = len(headings_of(page))
            sent[page][texts[0]] = (*texts, *("" for _ in range(width)))[:width]
    return sent


def _table(page: str, grid: Grid | None, problems: list[str]) -> CameTable | None:
    """A sheet's rows; None where it can't be read, with what is wrong."""
    if grid is None:
        problems.append(f"{page}: the sheet is not there any more. Put it back, or take a fresh workbook.")
        return None
    headings = headings_of(page)
    first, columns = _headings(grid, headings)
    missing = [heading for heading in headings if heading not in columns]
    if missing:
        named = ", ".join(f"“{heading}”" for heading in missing)
        problems.append(f"{page}: the heading {named} is not there any more, so nothing in this sheet was used.")
        return None
    rows = []
    for number in sorted(number for number in grid if number > first):
        texts = {heading: _text(grid[number].get(columns[heading])) for heading in headings}
        for heading in headings:
            if (why := _why_unfit(grid[number].get(columns[heading]))) is not None:
                problems.append(f"{page}, cell {get_column_letter(columns[heading])}{number}: {why}")
        if any(texts.values()):
            rows.append(CameRow(number, texts))
    return CameTable(page, {heading: get_column_letter(column) for heading, column in columns.items()}, tuple(rows))


def _headings(grid: Grid, headings: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The row of the headings, and the column of each that is there once."""
    found = {number: [label_of(cell) for cell in cells.values()] for number, cells in grid.items()}
    hits = {number: len(set(headings) & set(texts)) for number, texts in found.items() if number <= _SEARCHED_ROWS}
    row = max(hits, key=lambda number: hits[number], default=0)
    columns = {}
    for heading in headings:
        under = [column for column, cell in grid.get(row, {}).items() if label_of(cell) == heading]
        if len(under) == 1:
            columns[heading] = under[0]
    return row, columns


def _text(cell: Cell | None) -> str:
    if cell is None or cell.kind in ("f", "e"):
        return ""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return number_text(cell.value, percent="%" in cell.number_format)
    return settled(label_of(cell)) if _why_unfit(cell) is None else ""


def _why_unfit(cell: Cell | None) -> str | None:
    """Why a cell's content is not taken, or None."""
    if cell is None:
        return None
    if cell.kind == "f":
        return "there is a formula, and formulas are not calculated. Type its result in its place."
    if cell.kind == "e":
        return "there is the error of a formula. Type what it should say in its place."
    if isinstance(cell.value, bool | date | time | timedelta):
        return (
            "a spreadsheet made a date or a truth value of what was typed. Make the cell a text cell and type it again."
        )
    return None


def _bounded(problems: list[str]) -> tuple[str, ...]:
    if len(problems) <= _MOST_PROBLEMS:
        return tuple(problems)
    return (*problems[:_MOST_PROBLEMS], f"and {len(problems) - _MOST_PROBLEMS} more cells like these.")

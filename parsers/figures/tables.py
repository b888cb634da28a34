"""A table pasted into a reply: the one cell that answers what was asked, found by its row and its column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.figures import dates, subject
from parsers.figures.canvas import Canvas, holds_any
from parsers.figures.frame import Frame
from parsers.figures.periods import Mention, Time, take_times
from parsers.figures.units import Kind

_BETWEEN_CELLS = re.compile(r" *[|\t] *| {3,}| / ")
_PARTING = ("|", "\t", "   ", " / ")
"""What a line must hold to have cells."""
_FIGURE = re.compile(
    r"[-+(£]* ?\d[\d,.]*(?: ?(?:%|k|m|bn|days?|weeks?|hours?|mins?|minutes?|FTE|WTE|t|tonnes))?\)?\*?", re.I
)
_NOTHING = re.compile(r"(?:n/?a|tb[ca]|-+|\.\.|no data|nil|none)", re.I)
_IN_A_ROW = re.compile(rf"(?P<label>\D[^|\t]*?) (?P<cells>(?:(?:{_FIGURE.pattern}|n/?a|tb[ca])(?: |$)){{2,}})$", re.I)
_A_COLUMN = rf"(?:Q[1-4]|{dates.MONTH}(?:[- ]'?\d\d(?:\d\d)?)?|20\d\d ?[/-] ?\d\d(?!\d))"
_TIMES_ACROSS = re.compile(rf"(?P<label>[^\W\d_]+ )?\(?(?P<times>{_A_COLUMN}(?:[ ,]+{_A_COLUMN})+)\)?:?", re.I)
"""A heading of times side by side, which only spaces or commas part: "2020/21, 2021/22", "Trust Apr-24 May-24"."""
_ASIDE = re.compile(
    r"\b(?:target|tgt|plan|rag|status|trend|direction|previous|last|change|variance|var|budget|baseline|benchmark|national"
    r"|england|average|dot|travel|year end|trajectory|standard|met)\b",
    re.I,
)
_RESULT = re.compile(r"\b(?:actual|value|result|out-?turn|performance|figure|total|this|current)\b", re.I)
_MOST_LINES, _MOST_CELLS = 60, 30
_LONG_ROW = 6


@dataclass(frozen=True)
class Cell:
    """A cell with the names of its row and its column, and the line it stands in."""

    words: str
    row: str
    column: str
    line: str


@dataclass(frozen=True)
class _Fit:
    cell: Cell
    named: frozenset[str]
    strange: int
    wanted: bool
    result: bool


def in_table(frame: Frame, text: str) -> tuple[Cell, ...] | None:
    """The cells that could answer: one where the table says so plainly; None where the text is no table."""
    if "\n" not in text.strip():
        return None
    cells = _all_cells(text)
    if len(cells) < 2 or len({cell.line for cell in cells}) < 1:
        return None
    fitting = [fit for cell in cells if (fit := _fit(frame, cell)) is not None]
    if not fitting:
        return ()
    fitting = _of_the_kind(frame, fitting)
    most = max(len(fit.named) for fit in fitting)
    best = [fit for fit in fitting if len(fit.named) == most]
    least = min(fit.strange for fit in best)
    best = [fit for fit in best if fit.strange == least]
    if not most and least:
        return ()
    best = [fit for fit in best if fit.wanted] or best
    best = [fit for fit in best if fit.result] or best
    return tuple(fit.cell for fit in best)


_SHARE = re.compile(r"%|\bper ?cent\b|\bpercentage\b", re.I)


def _of_the_kind(frame: Frame, fitting: list[_Fit]) -> list[_Fit]:
    """Where some rows are percentages by their name and others are not, those that are what is asked for."""
    shares = [fit for fit in fitting if _SHARE.search(f"{fit.cell.row} {fit.cell.column}")]
    if not shares or len(shares) == len(fitting) or frame.wanted.kind not in (Kind.PERCENT, Kind.COUNT):
        return fitting
    return shares if frame.wanted.kind is Kind.PERCENT else [fit for fit in fitting if fit not in shares]


def _all_cells(text: str) -> list[Cell]:
    return list(_of_table([_cells(line) for line in text.split("\n")[:_MOST_LINES] if line.strip()]))


def left_blank(frame: Frame, text: str, chosen: Cell) -> list[str]:
    """The parts of the period that a cell's row leaves blank beside others that it gives."""
    row = [cell for cell in _all_cells(text) if cell.line == chosen.line and cell != chosen]
    parts = [cell for cell in row if _is_a_part(frame, cell.column)]
    blank = [cell.column for cell in parts if not cell.words]
    return blank if len(blank) < len(parts) else []


def _is_a_part(frame: Frame, column: str) -> bool:
    return any(each.time is Time.PART for each in take_times(Canvas(column), frame.home, frame.basis))


def _cells(line: str) -> list[str]:
    line = line.strip(" ")
    line = line.strip("|") if line.startswith("|") else line
    cells = [cell.strip() for cell in _BETWEEN_CELLS.split(line)] if holds_any(line, _PARTING) else [line.strip()]
    if len(cells) > 1:
        return cells[:_MOST_CELLS]
    across = _TIMES_ACROSS.fullmatch(line.strip())
    if across is not None:
        return [(across["label"] or "").strip(), *re.findall(_A_COLUMN, across["times"], re.I)][:_MOST_CELLS]
    run = _IN_A_ROW.fullmatch(line.strip())
    if run is None:
        return cells
    return [run["label"], *run["cells"].split()][:_MOST_CELLS]


def _of_table(rows: list[list[str]]) -> Iterator[Cell]:
    """The cells below a heading row, each with the names of its row and its column."""
    header: list[str] = []
    for cells in rows:
        figures = [_is_figure(cell) for cell in cells[1:]]
        if len(cells) > 1 and not any(figures) and not _is_figure(cells[0]):
            header = cells
        elif len(cells) == len(header) - 1 and any(figures) and _ASIDE.search(header[-1]):
            # A sign of the trend in the last column is no cell: "240 | 226 |".
            for name, cell in zip(header[1:], cells[1:], strict=False):
                yield Cell(cell, cells[0], name, " | ".join(cells))
        elif header and any(figures) and len(cells) in (len(header), len(header) + 1):
            names = header[1:] if len(cells) == len(header) else header
            for name, cell in zip(names, cells[1:], strict=True):
                yield Cell(cell, cells[0], name, " | ".join(cells))


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell) or _NOTHING.fullmatch(cell))


def _fit(frame: Frame, cell: Cell) -> _Fit | None:
    """How a cell's row and column fit what was asked; None for another time, a target or a trend."""
    canvas = Canvas(f"{cell.row}\n{cell.column}")
    mentions = take_times(canvas, frame.home, frame.basis)
    if any(not _compatible(frame, mention) for mention in mentions):
        return None
    fit = subject.match(canvas.left.replace("\n", " "), "", frame.asked)
    # The words of a long row may be its title's, as in "a National Institute's package of care".
    own_row = len(cell.row.split()) > _LONG_ROW and not fit.strange
    heads = canvas.left[len(cell.row) :] if own_row else canvas.left
    title = frame.asked.title.lower()
    if fit.against or any(found[0].lower() not in title for found in _ASIDE.finditer(heads)):
        return None
    wanted = any(mention.time is Time.WANTED for mention in mentions)
    return _Fit(cell, fit.named, len(fit.strange), wanted, _RESULT.search(cell.column) is not None)


def _compatible(frame: Frame, mention: Mention) -> bool:
    """The period asked for, or the year that holds it."""
    if mention.time is Time.WANTED:
        return True
    held = mention.span is not None and frame.home is not None
    return bool(
        held
        and mention.span
        and frame.home
        and mention.time is Time.YEAR
        and mention.span.start <= frame.home.start
        and frame.home.end <= mention.span.end
    )


_CELLS = re.compile(r"\S ?[|\t] ?\S|\S / \S[^/\n]* / \S")
_MARKS = ("|", "\t", " / ")
"""What parts cells: without one of these there are none."""
_A_BARE_CELL = re.compile(r"(?:^|[|\t]|(?<= )/(?= )) *[-+(]?£?\d[\d,.]* ?%?[)*]? *(?=$|[|\t]| / )", re.M)


def has_cells(words: str) -> bool:
    """Whether some line has cells, one of them with a number and nothing else, which a label names.

    "Tel 01632 960114 | Ext 4471" has none.
    """
    if not holds_any(words, _MARKS) or _CELLS.search(words) is None:
        return False
    return any(_A_BARE_CELL.search(line) for line in words.split("\n") if holds_any(line, _MARKS))

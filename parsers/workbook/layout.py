"""What the workbook looks like: the one place that knows which sheet, row and column holds what."""

from collector.messages import Sheet, SheetRow

RETURN_SHEET = "Return"
#: Says whose return for which round this is, and what was sent: hidden from people, not secret.
SENT_SHEET = "Sent"
TITLE_ROW, DUE_ROW, HOW_ROW, HEADING_ROW = 1, 2, 3, 5
FIRST_ROW = HEADING_ROW + 1

_BEFORE = ("No.", "Code", "Indicator", "How it is counted", "Target")
CODE, TITLE = 1, 2
#: The cells that people fill in, by the names of `FormValue`, as they stand from left to right.
INPUTS = ("figure", "part", "whole", "status", "expected", "comment")
_INPUT_HEADINGS = {
    "figure": "Figure",
    "part": "Part (number counted)",
    "whole": "Whole (out of)",
    "status": "Status",
    "expected": "Expected on (date)",
    "comment": "Comment",
}
#: Widths in characters; the columns of earlier quarters have one for all.
_WIDTHS_BEFORE = (5, 9, 40, 18, 24)
_WIDTH_EARLIER, _WIDTH_EARLIER_WORDS = 13, 26
#: The longest earlier value that counts as a figure and not as a sentence on progress.
_LONGEST_FIGURE = 24
_WIDTHS_INPUT = (12, 12, 12, 18, 14, 38)


def headings(sheet: Sheet) -> tuple[str, ...]:
    """The heading row, from the first column on; the inputs are its end."""
    return (*_BEFORE, *sheet.earlier, *_INPUT_HEADINGS.values())


def widths(sheet: Sheet) -> tuple[int, ...]:
    """The width of every column, in characters."""
    has_words = any(len(text) > _LONGEST_FIGURE for row in sheet.rows for text in row.history)
    earlier = _WIDTH_EARLIER_WORDS if has_words else _WIDTH_EARLIER
    return (*_WIDTHS_BEFORE, *(earlier for _ in sheet.earlier), *_WIDTHS_INPUT)


def locked_texts(sheet: Sheet, row: SheetRow) -> tuple[str, ...]:
    """What stands before the inputs of a row; as many earlier values as the sheet has headings for them."""
    history = (*row.history, *("" for _ in sheet.earlier))[: len(sheet.earlier)]
    return (str(row.number or ""), row.code, row.title, row.hint, row.target, *history)


def first_input(sheet: Sheet) -> int:
    """The column of the first input, counted from 1."""
    return len(_BEFORE) + len(sheet.earlier) + 1

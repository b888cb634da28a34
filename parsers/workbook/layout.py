"""What the workbook looks like: the one place that knows which sheet, row and column holds what."""

from collector.messages import Sheet, SheetRow

RETURN_SHEET = "Return"
#: Says whose return for which round this is, and what was sent: hidden from people, not secret.
SENT_SHEET = "Sent"
#: What each indicator means and how to fill in; and, in an answer, what was found in what came before.
INSTRUCTIONS_SHEET, LOOK_AT_SHEET = "Instructions", "What to look at"
#: Sheets of ours that nobody fills in.
TO_BE_READ = (INSTRUCTIONS_SHEET, LOOK_AT_SHEET)
TITLE_ROW, DUE_ROW, HOW_ROW, STAMP_ROW, HEADING_ROW = 1, 2, 3, 4, 5
FIRST_ROW = HEADING_ROW + 1

_BEFORE = ("No.", "Code", "Indicator")
_PRIORITY = "Priority"
_ABOUT = ("How it is counted", "Target")
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
#: The column after the inputs says in words whether what was typed can be; nothing in it is read.
CHECK_HEADING = "Check"
#: Widths in characters; the columns of earlier quarters have one for all.
_WIDTHS_BEFORE, _WIDTH_PRIORITY, _WIDTHS_ABOUT = (5, 9, 38), 18, (17, 20)
_WIDTH_EARLIER, _WIDTH_EARLIER_WORDS = 11, 26
#: The longest earlier value that counts as a figure and not as a sentence on progress.
_LONGEST_FIGURE = 24
_WIDTHS_INPUT = (12, 11, 11, 17, 13, 34)
_WIDTH_CHECK = 22


def headings(sheet: Sheet) -> tuple[str, ...]:
    """The heading row, from the first column on; the inputs are its end, and the check stands behind them."""
    return (
        *_BEFORE,
        *([_PRIORITY] if _has_priorities(sheet) else []),
        *_ABOUT,
        *sheet.earlier,
        *_INPUT_HEADINGS.values(),
    )


def widths(sheet: Sheet) -> tuple[int, ...]:
    """The width of every column, in characters, the check's too."""
    has_words = any(len(text) > _LONGEST_FIGURE for row in sheet.rows for text in row.history)
    earlier = _WIDTH_EARLIER_WORDS if has_words else _WIDTH_EARLIER
    before = (*_WIDTHS_BEFORE, *([_WIDTH_PRIORITY] if _has_priorities(sheet) else []), *_WIDTHS_ABOUT)
    return (*before, *(earlier for _ in sheet.earlier), *_WIDTHS_INPUT, _WIDTH_CHECK)


def locked_texts(sheet: Sheet, row: SheetRow) -> tuple[str, ...]:
    """What stands before the inputs of a row; as many earlier values as the sheet has headings for them."""
    history = (*row.history, *("" for _ in sheet.earlier))[: len(sheet.earlier)]
    priority = [row.priority] if _has_priorities(sheet) else []
    return (str(row.number or ""), row.code, row.title, *priority, row.hint, row.target, *history)


def _has_priorities(sheet: Sheet) -> bool:
    return any(row.priority for row in sheet.rows)

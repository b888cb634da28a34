"""The sheets of a return that are only to be read: how to fill it in and what each indicator means; what to look at."""

from openpyxl.utils import get_column_letter

from collector.booklet import Column, Page
from collector.domain.submission import Mark
from collector.messages import Sheet, SheetRow
from parsers.workbook import layout
from parsers.workbook.checks import FINE, OFF, TO_FILL_IN
from parsers.workbook.sent import Sent

#: In "What to look at": the column of the names of cells.
CELL_COLUMN = 2
_STATUS_WORDS = (
    "If there is no figure, pick a status and say why in Comment; with 'Not available yet' give the date you expect it."
)


def instructions(sheet: Sheet, sent: Sent) -> Page:
    """How to fill in, and the definition of every indicator in the return."""
    first = sent.inputs_from + 1
    letters = {name: get_column_letter(first + place) for place, name in enumerate(layout.INPUTS)}
    check = get_column_letter(first + len(layout.INPUTS))
    about = (
        f"1. In the sheet {layout.RETURN_SHEET}, fill in the yellow cells, columns {letters['figure']} to "
        f"{letters['comment']}, a row for each indicator. Everything else is locked.",
        f"2. Column {letters['figure']} takes the figure: a number, a percentage with its sign (91%), or nil. For a "
        f"percentage give its counts too, {letters['part']} of {letters['whole']}: 15 of 52.",
        f"3. {_STATUS_WORDS}",
        f"4. Column {check} says '{TO_FILL_IN}', '{FINE}', or '{OFF.strip(': ')}' and why. What it says stops nothing: "
        "if an unusual figure is right, keep it and say why in Comment.",
        f"5. Save, and reply to {sheet.mailbox} with the file attached, or drop it into the Slack message. You can "
        "send it again as often as you like; only what you changed is read.",
        "6. Macros are not run. Send the file without a password; if your organisation's label encrypts it, reply with "
        "the figures.",
    )
    priorities = any(row.priority for row in sheet.rows)
    columns = (
        Column("Code", 9),
        Column("Indicator", 44),
        *([Column("Priority", 26)] if priorities else []),
        Column("How it is counted", 24),
        Column("Months it covers", 20),
        Column("Target", 26),
        Column("Which way is better", 18),
        Column("Usual figures", 16),
    )
    rows = tuple(_definition(row, priorities) for row in sheet.rows)
    title = f"How to fill in the return for {sheet.period}"
    return Page(layout.INSTRUCTIONS_SHEET, title, columns, rows, about, frozen=2, locked=True)


def _definition(row: SheetRow, priorities: bool) -> tuple[str, ...]:
    priority = [row.priority] if priorities else []
    usual = f"{row.usual[0]:f} to {row.usual[1]:f}" if row.usual is not None else ""
    return (row.code, row.title, *priority, row.hint, row.covers, row.target, row.better, usual)


def to_look_at(sheet: Sheet, sent: Sent) -> Page:
    """What was found in what came before, a row each, with the cell in this workbook where it can be put right."""
    columns = (
        Column("No.", 5),
        Column("Cell here", 11),
        Column("Indicator", 36),
        Column("What we found", 52),
        Column("What to do", 52),
        Column("In the file you sent", 26),
    )
    titles = {row.code: f"{row.code} {row.title}" for row in sheet.rows}
    rows = tuple(
        (str(number), cell_of(mark, sent), titles.get(mark.code, mark.code), mark.words, mark.advice, mark.where)
        for number, mark in enumerate(sheet.look_at, start=1)
    )
    about = (
        f"What was accepted is filled in already in the sheet {layout.RETURN_SHEET}. The cells below are marked there "
        "with a comment.",
        "Put them right, save, and send this file back: only what you change is read.",
    )
    title = f"What to look at in your return for {sheet.period}"
    return Page(layout.LOOK_AT_SHEET, title, columns, rows, about, frozen=2, locked=True)


def cell_of(mark: Mark, sent: Sent) -> str:
    """The cell of the return that goes out which a mark is about; "" where it is about none."""
    place = next((number for number, row in enumerate(sent.rows) if row.code == mark.code), None)
    if place is None:
        return ""
    field = mark.field or "figure"
    return f"{get_column_letter(sent.inputs_from + 1 + layout.INPUTS.index(field))}{layout.FIRST_ROW + place}"

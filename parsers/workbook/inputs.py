"""What somebody put into an input cell: as they typed it, or why it can't be taken."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from collector.domain.period import day
from parsers.workbook.grid import Cell
from parsers.workbook.texts import LONGEST_INPUT, number_text, quote, typed_text, uk_date

_INSTEAD = "and send the file again, or reply with the figure."
#: What is quoted, escaped or in brackets in a number format is shown as it stands.
_SHOWN_AS_IS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_FRACTION = re.compile(r"[?#0]\s*/\s*[?#0-9]")


@dataclass(frozen=True)
class Typed:
    """A cell's text as typed ("" for nothing), or a `problem` for the sender; `remark` leaves the text in use."""

    text: str = ""
    problem: str = ""
    remark: str = ""


def typed(cell: Cell | None, where: str, field: str) -> Typed:
    """Read one input cell, for a field of `FormValue`; `where` is its name in the sheet."""
    if cell is None:
        return Typed()
    if cell.kind == "f" and cell.value is None:
        words = f"{where} holds a formula whose result was not saved. Type the figure in its place {_INSTEAD}"
        return Typed(problem=words)
    if cell.kind == "e":
        words = f"{where} holds {quote(str(cell.value))}: its formula gave no figure. Type the figure in its place"
        return Typed(problem=f"{words} {_INSTEAD}")
    if isinstance(cell.value, bool):
        shown = "TRUE" if cell.value else "FALSE"
        return Typed(problem=f"{where} holds {shown}, which is no figure. Type the figure in its place {_INSTEAD}")
    if isinstance(cell.value, int | float):
        return _number(cell.value, cell.number_format, where)
    if isinstance(cell.value, date | time | timedelta):
        return _moment(cell.value, where, field)
    return _text(str(cell.value), where, field)


def _number(value: int | float, number_format: str, where: str) -> Typed:
    shown_as = _SHOWN_AS_IS.sub("", number_format)
    if _FRACTION.search(shown_as):
        # 3/4 reads as 0.75 and may well be "3 of 4": nobody is to guess which.
        words = f"{where} holds {value} shown as a fraction. Put counts into Part and Whole, or type the figure plainly"
        return Typed(problem=f"{words} {_INSTEAD}")
    try:
        return Typed(number_text(value, percent="%" in shown_as))
    except ValueError:
        return Typed(problem=f"{where} holds a number too large to read. Type the figure in its place {_INSTEAD}")


def _moment(value: date | time | timedelta, where: str, field: str) -> Typed:
    if isinstance(value, date):
        on = value.date() if isinstance(value, datetime) else value
        if field == "expected":
            return Typed(on.isoformat())
        if field == "comment":
            return Typed(day(on))
        # The programs take "8/52" and "3/4" for days.
        words = f"{where} holds the date {day(on)}: a spreadsheet makes a date of what is typed like 3/4. Put counts"
        return Typed(problem=f"{words} into Part and Whole, or type the figure as a number {_INSTEAD}")
    if field == "comment":
        return Typed(str(value))
    return Typed(problem=f"{where} holds the time {value}. Type the figure as a number {_INSTEAD}")


def _text(value: str, where: str, field: str) -> Typed:
    text = typed_text(value)
    remark = ""
    if len(text) > LONGEST_INPUT:
        remark = (
            f"{where} holds {len(text):,} characters and the first {LONGEST_INPUT:,} were used. Reply with the rest."
        )
        text = text[:LONGEST_INPUT]
    on = uk_date(text) if field == "expected" else None
    return Typed(on.isoformat() if on else text, remark=remark)

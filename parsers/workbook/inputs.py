"""What somebody put into an input cell: as they typed it, or why it can't be taken."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from collector.domain.period import day
from parsers.workbook.grid import Cell
from parsers.workbook.texts import LONGEST_INPUT, number_text, quote, typed_text, uk_date

_INSTEAD = "and send the file again, or reply with the figure."
_TYPE_IT = f"Type the figure in its place {_INSTEAD}"
#: What is quoted, escaped or in brackets in a number format is shown as it stands.
_SHOWN_AS_IS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_FRACTION = re.compile(r"[?#0]\s*/\s*[?#0-9]")


@dataclass(frozen=True)
class Typed:
    """A cell's text as typed ("" for nothing), or a `problem` for the sender; `remark` leaves the text in use.

    Problem and remark are what is said behind the cell's name ("holds the date 3 Apr 2015"), `advice` what to do.
    """

    text: str = ""
    problem: str = ""
    remark: str = ""
    advice: str = ""


def typed(cell: Cell | None, field: str) -> Typed:
    """Read one input cell, for a field of `FormValue`."""
    if cell is None or cell.value == "":
        return Typed()
    if cell.struck and field != "comment":
        return Typed(problem=f"holds {quote(str(cell.value))}, struck out", advice=_TYPE_IT)
    if cell.kind == "f" and cell.value is None:
        return Typed(problem="holds a formula whose result was not saved", advice=_TYPE_IT)
    if cell.kind == "e":
        return Typed(problem=f"holds {quote(str(cell.value))}: its formula gave no figure", advice=_TYPE_IT)
    if isinstance(cell.value, bool):
        shown = "TRUE" if cell.value else "FALSE"
        return Typed(problem=f"holds {shown}, which is no figure", advice=_TYPE_IT)
    if isinstance(cell.value, int | float):
        return _number(cell.value, cell.number_format)
    if isinstance(cell.value, date | time | timedelta):
        return _moment(cell.value, field)
    return _text(str(cell.value), field)


def _number(value: int | float, number_format: str) -> Typed:
    shown_as = _SHOWN_AS_IS.sub("", number_format)
    if _FRACTION.search(shown_as):
        # 3/4 reads as 0.75 and may well be "3 of 4": nobody is to guess which.
        advice = f"Put counts into Part and Whole, or type the figure plainly {_INSTEAD}"
        return Typed(problem=f"holds {value} shown as a fraction", advice=advice)
    try:
        return Typed(number_text(value, percent="%" in shown_as))
    except ValueError:
        return Typed(problem="holds a number too large to read", advice=_TYPE_IT)


def _moment(value: date | time | timedelta, field: str) -> Typed:
    if isinstance(value, date):
        on = value.date() if isinstance(value, datetime) else value
        if field == "expected":
            return Typed(on.isoformat())
        if field == "comment":
            return Typed(day(on))
        # The programs take "8/52" and "3/4" for days.
        advice = (
            "A spreadsheet makes a date of what is typed like 3/4. Put counts into Part and Whole, or type the figure"
        )
        return Typed(problem=f"holds the date {day(on)}", advice=f"{advice} as a number {_INSTEAD}")
    if field == "comment":
        return Typed(str(value))
    return Typed(problem=f"holds the time {value}", advice=f"Type the figure as a number {_INSTEAD}")


def _text(value: str, field: str) -> Typed:
    text = typed_text(value)
    remark = advice = ""
    if len(text) > LONGEST_INPUT:
        remark = f"holds {len(text):,} characters and the first {LONGEST_INPUT:,} were used"
        advice = "Reply with the rest."
        text = text[:LONGEST_INPUT]
    on = uk_date(text) if field == "expected" else None
    return Typed(on.isoformat() if on else text, remark=remark, advice=advice)

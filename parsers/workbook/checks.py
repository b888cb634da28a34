"""What a return says by itself while somebody fills it in: a word for each row, its colour, and what a cell lets in.

Only what is off whatever it means is told here; everything else is checked when the return has come. The functions in
the formulas are those that every spreadsheet program has, also when it saves as .xls.
"""

from dataclasses import dataclass
from decimal import Decimal

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from collector.domain.figure import FigureStatus
from collector.domain.indicator import Unit
from collector.forms import STATUSES
from collector.messages import Sheet, SheetRow
from parsers.workbook import layout

TO_FILL_IN, FINE, OFF = "To fill in", "OK", "Check: "
_NOT_YET = next(words for words, status in STATUSES.items() if status is FigureStatus.NOT_AVAILABLE)
_PERCENT = (Decimal(0), Decimal(100))
_NOT_NEGATIVE = (Decimal(0), Decimal(10**12))

_OFF_FILL, _OFF_FONT = PatternFill(bgColor="FBD9D9"), Font(bold=True, color="8B0F1A")
_FINE_FONT = Font(color="14532D")
#: What the programs show beside a cell that is being filled in: title and words (Excel takes 32 and 255 characters).
_PROMPTS = {
    "figure": ("Figure", "A number, or nil. Not known yet: leave it empty, pick a status."),
    "part": ("Part", "For a percentage: how many were counted, such as 15 in 15 of 52."),
    "whole": ("Whole", "For a percentage: out of how many, such as 52 in 15 of 52."),
    "status": ("Status", "Only if the figure is not final or there is none: pick from the list."),
    "expected": ("Expected on", "If the figure is not available yet: the day you expect it, such as 25 Nov 2015."),
}


@dataclass(frozen=True)
class Cells:
    """The names of one row's inputs, such as "$H6"."""

    figure: str
    part: str
    whole: str
    status: str
    expected: str
    comment: str


def cells_of(first_input: int, number: int) -> Cells:
    """The inputs of a row; `first_input` is their first column, counted from 1."""
    return Cells(*(f"${get_column_letter(first_input + place)}{number}" for place in range(len(layout.INPUTS))))


def check_formula(row: SheetRow, cells: Cells) -> str:
    """The formula of a row's check: one of `TO_FILL_IN`, `FINE`, or words that begin with `OFF`."""
    given = (cells.figure, cells.part, cells.whole, cells.status, cells.comment)
    nothing_given = ",".join(f'{cell}=""' for cell in given)
    words = [
        (f"AND({nothing_given})", TO_FILL_IN),
        (f"OR(ISTEXT({cells.part}),ISTEXT({cells.whole}))", f"{OFF}a count is a number"),
        (f'({cells.part}="")<>({cells.whole}="")', f"{OFF}Part and Whole go together"),
        (f"N({cells.part})>N({cells.whole})", f"{OFF}Part is more than Whole"),
        *_about_the_figure(row, cells),
        (f'AND({cells.status}="{_NOT_YET}",{cells.expected}="")', f"{OFF}give the date you expect it"),
    ]
    formula = f'"{FINE}"'
    for condition, word in reversed(words):
        formula = f'IF({condition},"{word}",{formula})'
    return f"={formula}"


def _about_the_figure(row: SheetRow, cells: Cells) -> list[tuple[str, str]]:
    """A percentage can stand in its cell as 91 or, with a per cent sign, as 0.91: only what fits neither is off."""
    number = f"N({cells.figure})"
    ways = (number, f"100*{number}") if row.unit == Unit.PERCENT else (number,)
    found = []
    if row.unit == Unit.PERCENT:
        share = f"100*N({cells.part})/MAX(N({cells.whole}),1)"
        differs = ",".join(f"ABS({way}-{share})>0.1" for way in ways)
        given = ",".join(f"ISNUMBER({cell})" for cell in (cells.figure, cells.part, cells.whole))
        found.append((f"AND({given},{differs})", f"{OFF}the figure is not Part of Whole"))
    limits = _limits(row)
    if limits is not None:
        least, most = (_plain(limit) for limit in limits)
        outside = ",".join(f"OR({way}<{least},{way}>{most})" for way in ways)
        found.append((f"AND(ISNUMBER({cells.figure}),{outside})", f"{OFF}{_range_words(row, limits)}"))
    return found


def _limits(row: SheetRow) -> tuple[Decimal, Decimal] | None:
    """Between what a figure of this row is expected to lie; None where anything can be."""
    if row.usual is not None:
        return row.usual
    if row.unit == Unit.PERCENT:
        return _PERCENT
    counted = row.unit and Unit(row.unit).has_figure and not Unit(row.unit).signed
    return _NOT_NEGATIVE if counted else None


def _range_words(row: SheetRow, limits: tuple[Decimal, Decimal]) -> str:
    if limits is _NOT_NEGATIVE:
        return "below zero"
    usual = "the usual " if row.usual is not None else ""
    return f"not between {usual}{_plain(limits[0])} and {_plain(limits[1])}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def add_colours(page: Worksheet, first_input: int, rows: int) -> None:
    """Colour the figure, its counts and the check of each row by the check's word."""
    if not rows:
        return
    first, last = layout.FIRST_ROW, layout.FIRST_ROW + rows - 1
    figure, whole = (get_column_letter(first_input + layout.INPUTS.index(name)) for name in ("figure", "whole"))
    check = get_column_letter(first_input + len(layout.INPUTS))
    off = Rule(
        type="expression",
        formula=[f'LEFT(${check}{first},{len(OFF)})="{OFF}"'],
        dxf=DifferentialStyle(font=_OFF_FONT, fill=_OFF_FILL),
    )
    fine = Rule(type="expression", formula=[f'${check}{first}="{FINE}"'], dxf=DifferentialStyle(font=_FINE_FONT))
    page.conditional_formatting.add(f"{figure}{first}:{whole}{last} {check}{first}:{check}{last}", off)
    page.conditional_formatting.add(f"{check}{first}:{check}{last}", fine)


def add_validations(page: Worksheet, sheet: Sheet, first_input: int, status_list: str) -> None:
    """What each input lets in and what it says when somebody comes to it; `status_list` are the drop-down's cells."""
    if not sheet.rows:
        return
    last = layout.FIRST_ROW + len(sheet.rows) - 1
    for place, field in enumerate(layout.INPUTS):
        letter = get_column_letter(first_input + place)
        if field == "figure":
            for number, row in enumerate(sheet.rows, start=layout.FIRST_ROW):
                _add(page, _figure_validation(row, f"{letter}{number}"), f"{letter}{number}")
        elif field in _PROMPTS:
            _add(page, _validation(field, status_list), f"{letter}{layout.FIRST_ROW}:{letter}{last}")


def _add(page: Worksheet, validation: DataValidation, cells: str) -> None:
    validation.add(cells)
    page.add_data_validation(validation)


def _figure_validation(row: SheetRow, cell: str) -> DataValidation:
    """A figure may be words ("nil"), and an unusual one may be right: it is asked about and never turned away."""
    title, words = _PROMPTS["figure"]
    unit = Unit(row.unit) if row.unit else None
    if unit is not None and not unit.has_figure:
        words = "A sentence on how it stands. It can stand in Comment too."
    elif unit is Unit.PERCENT:
        words = f"A percentage with its sign, such as 91%, or nil.{_usual_words(row)} Not known yet: pick a status."
    elif row.usual is not None:
        words = f"A number, or nil.{_usual_words(row)} Not known yet: leave it empty, pick a status."
    validation = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=title, prompt=words)
    limits = _limits(row)
    if limits is not None:
        least, most = (_plain(limit) for limit in limits)
        ways = (cell, f"100*{cell}") if unit is Unit.PERCENT else (cell,)
        inside = ",".join(f"AND({way}>={least},{way}<={most})" for way in ways)
        validation.type, validation.formula1 = "custom", f"IF(ISNUMBER({cell}),OR({inside}),TRUE)"
        validation.errorStyle, validation.showErrorMessage = "warning", True
        validation.errorTitle = "Is this right?"
        validation.error = f"This is {_range_words(row, limits)}. If it is right, keep it and say why in Comment."
    return validation


def _usual_words(row: SheetRow) -> str:
    return f" Usually {_plain(row.usual[0])} to {_plain(row.usual[1])}." if row.usual is not None else ""


def _validation(field: str, status_list: str) -> DataValidation:
    """What the other cells let in. Dates take any text: people write "mid November"."""
    title, prompt = _PROMPTS[field]
    validation = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=title, prompt=prompt)
    if field in ("part", "whole"):
        validation.type, validation.operator, validation.formula1 = "decimal", "greaterThanOrEqual", "0"
        validation.errorTitle = "A count is a number"
        validation.error = "Type a number, 0 or more. Words go into Comment."
    if field == "status" and status_list:
        validation.type, validation.formula1 = "list", status_list
        validation.errorTitle = "Pick from the list"
        validation.error = "Pick a status from the list, or leave it empty and write it into Comment."
    validation.showErrorMessage = validation.type is not None
    return validation

"""Figures as numbers of a spreadsheet: what is kept in the cell and how it is shown, by unit."""

from decimal import Decimal

from collector.booklet import Quantity
from collector.domain.indicator import Unit
from collector.wording import AFTER

_MOST_DECIMALS = 2
_SIGNED = (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT, Unit.PERCENTAGE_POINTS)


def number_of(quantity: Quantity) -> tuple[int | float, str]:
    """The number of a cell and its format. A percentage is kept as a spreadsheet keeps it: 28.8% is 0.288."""
    value, unit = quantity.value, quantity.unit
    shown = "#,##0" + _decimals(value)
    match unit:
        case Unit.PERCENT | Unit.CHANGE_PERCENT:
            kept, shown = value.scaleb(-2), f"{shown}%"
        case Unit.GBP:
            kept, shown = value, f'"£"{shown};-"£"{shown}'
        case _:
            kept, shown = value, shown + _after(unit)
    if unit in _SIGNED:
        shown = f"+{shown};-{shown};{shown}"
    return (int(kept) if kept == kept.to_integral_value() else float(kept)), shown


def _decimals(value: Decimal) -> str:
    exponent = value.normalize().as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "." + "0" * min(digits, _MOST_DECIMALS) if digits else ""


def _after(unit: Unit) -> str:
    words = AFTER.get(unit, "")
    return f'"{words}"' if words else ""

"""What a target means, as one plain sentence: what a person confirms, and `target_wording` reads back as the same."""

from dataclasses import replace
from decimal import Decimal

from collector.domain.figure import plain
from collector.domain.indicator import Basis, Rhythm, Unit
from collector.domain.target import Against, Base, Comparator, Target
from collector.wording import value_words

COMPARATOR_WORDS = {
    Comparator.AT_LEAST: "at least",
    Comparator.AT_MOST: "at most",
    Comparator.ABOVE: "above",
    Comparator.BELOW: "below",
    Comparator.EXACTLY: "exactly",
}
BASE_WORDS = {
    Base.LAST_YEAR: "the same quarter last year",
    Base.LAST_YEAR_TO_DATE: "the same period last year, to date",
    Base.PREVIOUS_QUARTER: "the previous quarter",
}
QUARTER_WORDS = ", each quarter"
_STANDARDS = ("average", "median")
#: What sets nothing to reach: its note says what there is to say.
_WITHOUT_WORDS = (Comparator.NONE, Comparator.AWAITING, Comparator.NOT_UNDERSTOOD)
YEAR_WORDS = ", over the year"
STILL_TO_COME = "which is still to come"
FROM_THE_BOOKS = "as the books hold it"


def sentence(target: Target, unit: Unit, basis: Basis = Basis.QUARTER, rhythm: Rhythm = Rhythm.QUARTERLY) -> str:
    """The meaning of a target whose figure is counted in a unit on a basis, with a capital and a full stop."""
    words = _meaning(target, unit, basis if rhythm is Rhythm.QUARTERLY else None)
    return f"{words[:1].upper()}{words[1:]}."


def worded(target: Target, unit: Unit, basis: Basis = Basis.QUARTER, rhythm: Rhythm = Rhythm.QUARTERLY) -> Target:
    """A target with words to print: where the plan's own are not given, what it means, as in `sentence`."""
    if target.wording or target.comparator in _WITHOUT_WORDS:
        return target
    return replace(target, wording=_meaning(target, unit, basis if rhythm is Rhythm.QUARTERLY else None))


def _meaning(target: Target, unit: Unit, basis: Basis | None) -> str:
    match target.comparator:
        case Comparator.NONE:
            return "monitored only"
        case Comparator.AWAITING:
            return "awaiting a figure"
        case Comparator.NOT_UNDERSTOOD:
            return f"not understood: {target.note}"
        case Comparator.MILESTONE:
            return f"a milestone: {target.wording}"
        case Comparator.CHANGE:
            held = _change(target, unit)
        case _ if target.against is not None:
            held = f"{COMPARATOR_WORDS[target.comparator]} {_base(target.against, unit)}"
        case _:
            held = _held(target, unit)
    source = f", the {target.benchmark} benchmark" if target.benchmark and target.value is not None else ""
    return held + _over_time(target, unit, basis) + source


def _over_time(target: Target, unit: Unit, basis: Basis | None) -> str:
    if target.per_year:
        return YEAR_WORDS
    by_itself = target.against is None or target.against.base is Base.BASELINE
    return QUARTER_WORDS if unit is Unit.COUNT and basis is Basis.QUARTER and by_itself else ""


def _held(target: Target, unit: Unit) -> str:
    if target.comparator is Comparator.BETWEEN:
        low, high = (value_words(bound or Decimal(0), unit) for bound in (target.value, target.high))
        return f"between {low} and {high}"
    words = COMPARATOR_WORDS[target.comparator]
    if target.value is None:
        named = target.benchmark if target.benchmark.endswith(_STANDARDS) else f"{target.benchmark} benchmark"
        return f"{words} the {named}, {STILL_TO_COME}"
    if unit in (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT):
        return _signed(target.comparator, target.value, "%" if unit is Unit.CHANGE_PERCENT else "")
    return f"{words} {value_words(target.value, unit)}"


def _signed(comparator: Comparator, value: Decimal, sign: str) -> str:
    """A target for a figure that is a change itself: "at most -5%" is a reduction of at least 5%."""
    if comparator is Comparator.AT_MOST and value < 0:
        return f"a reduction of at least {plain(abs(value))}{sign}"
    if comparator is Comparator.AT_LEAST and value > 0:
        return f"an increase of at least {plain(value)}{sign}"
    plus = "+" if value > 0 else ""
    return f"a change of {COMPARATOR_WORDS[comparator]} {plus}{plain(value)}{sign}"


def _change(target: Target, unit: Unit) -> str:
    size = target.value or Decimal(0)
    against = target.against or Against(Base.BASELINE)
    base = _base(against, unit)
    if size == 0:
        return f"no worse than {base}"
    way = "lower" if size < 0 else "higher"
    if unit is Unit.PERCENT:
        amount = plain(abs(size)) + (" percentage points" if against.absolute else "% of it")
    else:
        amount = plain(abs(size)) + ("" if against.absolute else "%")
    return f"at least {amount} {way} than {base}"


def _base(against: Against, unit: Unit) -> str:
    if against.base is not Base.BASELINE:
        return BASE_WORDS[against.base]
    name = f"the {against.name}" if against.name else "the baseline"
    if against.value is not None:
        return f"{name} of {value_words(against.value, unit)}"
    return f"{name}, {STILL_TO_COME if against.year is None else FROM_THE_BOOKS}"

"""What a figure means against its target: a colour with its arithmetic, or the reason why there is none."""

from decimal import Decimal

from collector.domain.figure import FigureStatus, Reported, plain
from collector.domain.indicator import Definition, Polarity, Unit
from collector.domain.rag import Judgement, Rag
from collector.domain.target import Comparator, Target
from collector.wording import value_words

#: RULES 9: without an approved tolerance a miss of up to 5% of the target is Amber.
DEFAULT_TOLERANCE = Decimal("0.05")
#: RULES 14: fewer than this in the denominator is said beside the colour.
SMALL_DENOMINATOR = 20

_JUDGED = {
    Comparator.AT_LEAST: "at least",
    Comparator.AT_MOST: "at most",
    Comparator.ABOVE: "above",
    Comparator.BELOW: "below",
    Comparator.BETWEEN: "between",
}


def judge(definition: Definition, reported: Reported) -> Judgement:
    """The colour of a figure under its definition (RULES 9, 12, 14)."""
    missing = _why_no_colour(definition, reported)
    if missing:
        return Judgement(None, f"No colour: {missing}.")
    rag, arithmetic = _compare(definition, _exact(definition, reported))
    small = reported.denominator is not None and reported.denominator < SMALL_DENOMINATOR
    caution = f"; only {plain(reported.denominator)} in the denominator" if small and reported.denominator else ""
    return Judgement(rag, f"{rag.word}: {arithmetic}{caution}.")


def _why_no_colour(definition: Definition, reported: Reported) -> str:
    target = definition.target
    if reported.value is None or reported.status not in (FigureStatus.REPORTED, FigureStatus.PROVISIONAL):
        return "no figure to judge" if definition.unit.has_figure else "a progress note, not a figure"
    if target.comparator is Comparator.NONE:
        return "no target is set"
    if target.comparator not in _JUDGED:
        return f"the target ({target.wording}) is not one figure to compare with"
    if not target.confirmed:
        return f"what the target means ({target.wording}) has not been confirmed"
    if definition.polarity is Polarity.UNCONFIRMED:
        return "whether more or less is better has not been confirmed"
    if target.per_year:
        return f"the target ({target.wording}) is for the whole year"
    if reported.basis is not definition.basis:
        return f"the figure is {reported.basis.value.replace('_', ' ')}, the target is for the {definition.basis.value}"
    if reported.reference is not None and reported.reference != reported.period.span:
        return f"the figure covers {reported.reference}"
    return ""


def _exact(definition: Definition, reported: Reported) -> Decimal:
    # RULES 9: unrounded values; a percentage with its counts is judged on the counts.
    if definition.unit is Unit.PERCENT and reported.numerator is not None and reported.denominator:
        return 100 * reported.numerator / reported.denominator
    return reported.value or Decimal(0)


def _compare(definition: Definition, value: Decimal) -> tuple[Rag, str]:
    target = definition.target
    if target.comparator is Comparator.BETWEEN:
        return _compare_between(definition, value)
    goal = target.value or Decimal(0)
    shown = value_words(_rounded(value), definition.unit)
    against = _against(definition, goal)
    if _meets(target.comparator, value, goal):
        return Rag.GREEN, f"{shown} meets the target, {against}"
    upwards = target.comparator in (Comparator.AT_LEAST, Comparator.ABOVE)
    margin = _margin(target, goal)
    edge = goal - margin if upwards else goal + margin
    if (value >= edge) if upwards else (value <= edge):
        return Rag.AMBER, f"{shown} misses the target, {against}, by no more than the tolerance (to {plain(edge)})"
    return Rag.RED, f"{shown} misses the target, {against}, and its tolerance (to {plain(edge)})"


def _against(definition: Definition, goal: Decimal) -> str:
    """The target in words; "at most -5%" is said as people say it, a reduction of at least 5%."""
    turned = {
        Comparator.AT_MOST: "at least",
        Comparator.BELOW: "more than",
        Comparator.AT_LEAST: "at most",
        Comparator.ABOVE: "less than",
    }
    comparator = definition.target.comparator
    if definition.unit in (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT) and goal < 0:
        sign = "%" if definition.unit is Unit.CHANGE_PERCENT else ""
        return f"a reduction of {turned[comparator]} {plain(abs(goal))}{sign}"
    return f"{_JUDGED[comparator]} {value_words(goal, definition.unit)}"


def _compare_between(definition: Definition, value: Decimal) -> tuple[Rag, str]:
    target = definition.target
    low, high = target.value or Decimal(0), target.high or Decimal(0)
    shown = value_words(_rounded(value), definition.unit)
    against = f"between {value_words(low, definition.unit)} and {value_words(high, definition.unit)}"
    if low <= value <= high:
        return Rag.GREEN, f"{shown} is {against}"
    near, edge = (low, low - _margin(target, low)) if value < low else (high, high + _margin(target, high))
    if min(near, edge) <= value <= max(near, edge):
        return Rag.AMBER, f"{shown} is outside the target, {against}, by no more than the tolerance (to {plain(edge)})"
    return Rag.RED, f"{shown} is outside the target, {against}, and its tolerance (to {plain(edge)})"


def _meets(comparator: Comparator, value: Decimal, goal: Decimal) -> bool:
    match comparator:
        case Comparator.AT_LEAST:
            return value >= goal
        case Comparator.ABOVE:
            return value > goal
        case Comparator.AT_MOST:
            return value <= goal
        case _:
            return value < goal


def _margin(target: Target, goal: Decimal) -> Decimal:
    return target.tolerance if target.tolerance is not None else abs(goal) * DEFAULT_TOLERANCE


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1")) if value != value.to_integral_value() else value

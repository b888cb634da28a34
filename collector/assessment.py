"""What a figure means against its target: a colour with its arithmetic, or the reason why there is none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from collector.domain.figure import FigureStatus, Reported, plain
from collector.domain.indicator import Basis, Definition, Polarity, Unit
from collector.domain.period import Quarter, Span, day
from collector.domain.rag import Judgement, Rag
from collector.domain.series import Series, Unknown, asked_days, days_of
from collector.domain.target import Comparator, Target
from collector.goals import Goal, Measured, goal, measured, to_date_wanted
from collector.milestones import judge_milestone
from collector.wording import to_a_hundredth, to_a_tenth, value_words

#: RULES 14: fewer than this in the denominator is said beside the colour.
SMALL_DENOMINATOR = 20

_ONE_FIGURE = (
    Comparator.AT_LEAST,
    Comparator.AT_MOST,
    Comparator.ABOVE,
    Comparator.BELOW,
    Comparator.BETWEEN,
    Comparator.EXACTLY,
    Comparator.CHANGE,
)
_FIGURES = (FigureStatus.REPORTED, FigureStatus.PROVISIONAL)
_NOTHING_ELSE = Series()


def judge(definition: Definition, reported: Reported, others: Series = _NOTHING_ELSE) -> Judgement:
    """The colour of a figure under its definition (RULES 9 to 12, 14).

    `others` are the measure's other quarters: bases and years to date come from them. Unrounded values decide.
    """
    series = others.including(definition, reported)
    if not definition.unit.has_figure and definition.target.comparator is Comparator.MILESTONE:
        return judge_milestone(definition.target, reported)
    missing = _why_no_colour(definition, reported)
    if missing:
        return Judgement(None, f"No colour: {missing}.")
    aim, held = goal(definition, reported, series), measured(definition, reported, series)
    lost = "" if isinstance(held, Unknown) else _out_of_reach(definition, reported, held)
    if isinstance(aim, Unknown) or isinstance(held, Unknown):
        return Judgement(None, f"No colour: {_unknown(definition.target, aim, held)}{lost}.")
    rag, arithmetic = _compare(aim, held, definition)
    beside = lost + _small(held) + (_accepted(definition.target, reported) if rag is not Rag.GREEN else "")
    return Judgement(rag, f"{rag.word}: {arithmetic}{beside}.")


def _why_no_colour(definition: Definition, reported: Reported) -> str:
    target = definition.target
    if reported.value is None or reported.status not in _FIGURES:
        return "no figure to judge" if definition.unit.has_figure else "a progress note, not a figure"
    return _why_no_target(target) or _why_not_compared(definition, reported)


def _why_no_target(target: Target) -> str:
    if target.comparator is Comparator.NONE:
        return "no target is set"
    if target.comparator is Comparator.AWAITING:
        return f"the figure of the target, \u201c{target.wording}\u201d, is still awaited"
    if target.comparator is Comparator.NOT_UNDERSTOOD:
        return f"what the target, \u201c{target.wording}\u201d, means is not understood: {target.note}"
    if target.comparator not in _ONE_FIGURE or (target.comparator is Comparator.CHANGE and target.against is None):
        return f"the target, \u201c{target.wording}\u201d, is not one figure to compare with"
    if target.benchmark and target.value is None and target.against is None:
        return f"the benchmark ({target.benchmark}) has no figure"
    if target.benchmark and not target.confirmed:
        return f"the benchmark, \u201c{target.wording}\u201d, is context; nobody has confirmed it as the target"
    if not target.confirmed:
        return f"nobody has confirmed yet what the target, \u201c{target.wording}\u201d, means"
    return ""


def _why_not_compared(definition: Definition, reported: Reported) -> str:
    """Whether the figure is one that the target speaks of (RULES 5, 12)."""
    if definition.polarity is Polarity.UNCONFIRMED:
        return "whether more or less is better has not been confirmed"
    asked, covered = asked_days(definition, reported.period), days_of(reported, definition)
    if covered == (asked or reported.period.span):
        return ""
    if covered is None and reported.basis is definition.basis:
        return ""
    to_date = definition.covers(reported.period).end
    if to_date_wanted(definition.target) and covered == Span(date(Quarter.containing(to_date).year, 4, 1), to_date):
        return ""
    if reported.reference is None:
        return f"the figure is {_words(reported.basis)}, the target is for the {_words(definition.basis)}"
    return f"the figure covers {reported.reference}"


def _unknown(target: Target, aim: Goal | Unknown, held: Measured | Unknown) -> str:
    """What is missing; the year to date is said all the same."""
    if isinstance(held, Unknown):
        return aim.why if isinstance(aim, Unknown) else held.why
    so_far = f"; {held.words}" if to_date_wanted(target) else ""
    return f"{aim.why}{so_far}" if isinstance(aim, Unknown) else held.words


def _out_of_reach(definition: Definition, reported: Reported, held: Measured) -> str:
    """A count to date that is beyond the year's most already never comes back (RULES 10)."""
    target, over = definition.target, Quarter.containing(definition.covers(reported.period).end).number == 4
    if over or not target.per_year or target.against is not None or definition.unit is not Unit.COUNT:
        return ""
    most = target.high if target.comparator is Comparator.BETWEEN else target.value
    upwards = target.comparator in (Comparator.AT_LEAST, Comparator.ABOVE)
    if (
        upwards
        or most is None
        or held.value < most
        or (held.value == most and target.comparator is not Comparator.BELOW)
    ):
        return ""
    return f"; the year's {plain(most)} can no longer be met"


def _words(basis: Basis) -> str:
    return basis.value.replace("_", " ")


def _compare(aim: Goal, held: Measured, definition: Definition) -> tuple[Rag, str]:
    value, unit = held.value, definition.unit
    downwards = aim.comparator in (Comparator.AT_MOST, Comparator.BELOW)
    below = aim.comparator in (Comparator.AT_LEAST, Comparator.ABOVE) or (not downwards and value < aim.low)
    shown, edge = _told_apart(held, aim, aim.floor if below else aim.ceiling, unit)
    told = f"{shown.words} {{}} the target, {aim.words}"
    if _meets(aim, value):
        return Rag.GREEN, told.format("meets")
    if aim.comparator is Comparator.BETWEEN and definition.polarity is (Polarity.SMALLER if below else Polarity.BIGGER):
        return Rag.GREEN, told.format("is better than")
    if (value >= aim.floor) if below else (value <= aim.ceiling):
        return Rag.AMBER, f"{told.format('misses')}, by no more than the tolerance (to {edge})"
    return Rag.RED, f"{told.format('misses')}, and its tolerance (to {edge})"


def _meets(aim: Goal, value: Decimal) -> bool:
    match aim.comparator:
        case Comparator.AT_LEAST:
            return value >= aim.low
        case Comparator.ABOVE:
            return value > aim.low
        case Comparator.AT_MOST:
            return value <= aim.high
        case Comparator.BELOW:
            return value < aim.high
        case _:
            return aim.low <= value <= aim.high


def _told_apart(held: Measured, aim: Goal, edge: Decimal, unit: Unit) -> tuple[Measured, str]:
    """The value and the edge of its tolerance, with the digits that tell the value from its goal and from that edge."""
    value = held.value
    said = value if held.shown == value_words(value, unit) else to_a_tenth(value)
    tries = ((said, 2), *((round(value, digits), digits) for digits in (2, 3, 4, 6)))
    goals = [(bound, to_a_hundredth(bound)) for bound in (aim.low, aim.high)]
    for cut, digits in tries:
        if all(_side(cut, shown) == _side(value, real) for real, shown in (*goals, (edge, round(edge, digits)))):
            return replace(held, shown=value_words(cut, unit)), _edge_words(round(edge, digits), unit)
    return held, _edge_words(round(edge, 2), unit)


def _edge_words(edge: Decimal, unit: Unit) -> str:
    """Where the tolerance ends, in the unit; of a change as people say it, "a reduction of 4.75%"."""
    if unit not in (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT) or edge == 0:
        return value_words(edge, unit)
    sign = "%" if unit is Unit.CHANGE_PERCENT else ""
    return f"{'a reduction' if edge < 0 else 'an increase'} of {plain(abs(edge))}{sign}"


def _side(value: Decimal, bound: Decimal) -> int:
    return (value > bound) - (value < bound)


def _small(held: Measured) -> str:
    """RULES 14, said beside the colour: of what was held against the target."""
    if held.denominator is None or held.denominator >= SMALL_DENOMINATOR:
        return ""
    return f"; only {plain(held.denominator)} in the denominator"


def _accepted(target: Target, reported: Reported) -> str:
    """A deviation that was accepted changes no colour; it is named for the quarters that end before it does."""
    deviation = target.deviation
    if deviation is None or reported.period.span.end > deviation.until:
        return ""
    return f"; accepted by {deviation.by} until {day(deviation.until)}: {deviation.why}"

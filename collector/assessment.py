"""What a figure means against its target: a colour with its arithmetic, or the reason why there is none."""

from decimal import Decimal

from collector.domain.figure import FigureStatus, Reported, plain
from collector.domain.indicator import Basis, Definition, Polarity, Unit
from collector.domain.period import day
from collector.domain.rag import Judgement, Rag
from collector.domain.series import Series, Unknown, usual_days
from collector.domain.target import Comparator, Target
from collector.goals import Goal, Measured, goal, measured, to_date_wanted
from collector.milestones import judge_milestone
from collector.wording import to_a_hundredth, value_words

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
    if isinstance(aim, Unknown) or isinstance(held, Unknown):
        return Judgement(None, f"No colour: {_unknown(definition.target, aim, held)}.")
    rag, arithmetic = _compare(aim, _told_apart(held, aim, definition.unit))
    beside = _small(reported) + (_accepted(definition.target, reported) if rag is not Rag.GREEN else "")
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
        return f"the target's figure is still awaited ({target.wording})"
    if target.comparator is Comparator.NOT_UNDERSTOOD:
        return f"what the target means ({target.wording}) is not understood: {target.note}"
    if target.comparator not in _ONE_FIGURE or (target.comparator is Comparator.CHANGE and target.against is None):
        return f"the target ({target.wording}) is not one figure to compare with"
    if target.benchmark and target.value is None and target.against is None:
        return f"the benchmark ({target.benchmark}) has no figure"
    if target.benchmark and not target.confirmed:
        return f"the benchmark ({target.wording}) is context; nobody has confirmed it as the target"
    if not target.confirmed:
        return f"what the target means ({target.wording}) has not been confirmed"
    return ""


def _why_not_compared(definition: Definition, reported: Reported) -> str:
    """Whether the figure is one that the target speaks of (RULES 5, 12)."""
    if definition.polarity is Polarity.UNCONFIRMED:
        return "whether more or less is better has not been confirmed"
    told_to_date = to_date_wanted(definition.target) and reported.basis is Basis.TO_DATE
    if reported.basis is not definition.basis and not told_to_date:
        return f"the figure is {_words(reported.basis)}, the target is for the {_words(definition.basis)}"
    own = (None, reported.period.span, usual_days(reported.basis, reported.period))
    if reported.reference not in own or (told_to_date and reported.reference == reported.period.span != own[2]):
        return f"the figure covers {reported.reference}"
    return ""


def _unknown(target: Target, aim: Goal | Unknown, held: Measured | Unknown) -> str:
    """What is missing; the year to date is said all the same."""
    if isinstance(held, Unknown):
        return aim.why if isinstance(aim, Unknown) else held.why
    so_far = f"; {held.words}" if to_date_wanted(target) else ""
    return f"{aim.why}{so_far}" if isinstance(aim, Unknown) else held.words


def _words(basis: Basis) -> str:
    return basis.value.replace("_", " ")


def _compare(aim: Goal, held: Measured) -> tuple[Rag, str]:
    value, told = held.value, f"{held.words} {{}} the target, {aim.words}"
    if _meets(aim, value):
        return Rag.GREEN, told.format("meets")
    downwards = aim.comparator in (Comparator.AT_MOST, Comparator.BELOW)
    below = aim.comparator in (Comparator.AT_LEAST, Comparator.ABOVE) or (not downwards and value < aim.low)
    edge = plain(to_a_hundredth(aim.floor if below else aim.ceiling))
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


def _told_apart(held: Measured, aim: Goal, unit: Unit) -> Measured:
    """A value that only rounding makes equal to its goal is shown with the digits that tell them apart."""
    if held.value in (aim.low, aim.high) or not {round(held.value, 1)} & {aim.low, aim.high}:
        return held
    shown = next(
        (cut for digits in (2, 3, 4, 6) if (cut := round(held.value, digits)) not in (aim.low, aim.high)), None
    )
    return held if shown is None else Measured(held.value, value_words(shown, unit))


def _small(reported: Reported) -> str:
    """RULES 14, said beside the colour."""
    if reported.denominator is None or reported.denominator >= SMALL_DENOMINATOR:
        return ""
    return f"; only {plain(reported.denominator)} in the denominator"


def _accepted(target: Target, reported: Reported) -> str:
    """A deviation that was accepted changes no colour; it is named for the quarters that end before it does."""
    deviation = target.deviation
    if deviation is None or reported.period.span.end > deviation.until:
        return ""
    return f"; accepted by {deviation.by} until {day(deviation.until)}: {deviation.why}"

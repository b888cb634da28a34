"""Where a measure is going: direction of travel, the year to date, a projected out-turn, half-years. Pure.

Nothing here is a colour. What can't be compared or added up is said with its reason, never left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from collector.domain.figure import Reported, plain
from collector.domain.indicator import SHARES, Basis, Definition, Polarity, Unit
from collector.domain.period import Quarter, Span
from collector.domain.series import Series, Unknown
from collector.domain.target import Comparator
from collector.wording import figure_words, to_a_tenth, value_words


class Way(StrEnum):
    """Which way a measure moved; a change is better or worse only as its polarity says."""

    BETTER = "better"
    WORSE = "worse"
    NO_CHANGE = "no change"
    UNKNOWN = "can't be compared"


@dataclass(frozen=True)
class Travel:
    """How a figure stands to an earlier quarter's; `why` shows both figures, or says what keeps them apart."""

    since: Quarter
    way: Way
    why: str


@dataclass(frozen=True)
class Total:
    """Figures rolled up: `value` in the definition's unit, a percentage with the sums of its counts (RULES 2)."""

    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    words: str


def travel(series: Series, period: Quarter) -> tuple[Travel, Travel]:
    """Against the quarter (or the half-year or year) before, and against the same quarter last year."""
    return _travel(series, period, series.previous(period)), _travel(series, period, period.last_year)


def exact(definition: Definition, reported: Reported) -> Decimal:
    """A figure unrounded: a percentage with its counts is what the counts make (RULES 9). It has a value.

    So is a rate that was put together from its parts' counts.
    """
    shared = definition.unit is Unit.PERCENT or definition.parts
    if shared and definition.unit in SHARES and reported.numerator is not None and reported.denominator:
        return SHARES[definition.unit] * reported.numerator / reported.denominator
    return reported.value or Decimal(0)


def _travel(series: Series, period: Quarter, since: Quarter) -> Travel:
    then, now, definition = series.comparable(since, period), series.figure(period), series.definition(period)
    if isinstance(then, Unknown):
        return Travel(since, Way.UNKNOWN, then.why)
    if isinstance(now, Unknown) or definition is None:
        return Travel(since, Way.UNKNOWN, f"there is no figure for {period}")
    both = f"{figure_words(now, definition.unit)} against {figure_words(then, definition.unit)}"
    both += "" if then.reference else f" in {since}"
    counted = now.denominator and then.denominator and now.numerator is not None and then.numerator is not None
    before, after = (exact(definition, each) if counted else each.value or Decimal(0) for each in (then, now))
    if before == after:
        return Travel(since, Way.NO_CHANGE, both)
    ranks = _rank(definition, before), _rank(definition, after)
    if ranks[0] is None or ranks[1] is None:
        return Travel(since, Way.UNKNOWN, f"{both}; whether more or less is better has not been confirmed")
    if ranks[0] == ranks[1]:
        return Travel(since, Way.NO_CHANGE, f"{both}; both are as far from the plan")
    return Travel(since, Way.BETTER if ranks[1] > ranks[0] else Way.WORSE, both)


def _rank(definition: Definition, value: Decimal) -> Decimal | None:
    """The more the better, whatever the polarity; None where polarity or plan are missing."""
    target = definition.target
    match definition.polarity:
        case Polarity.BIGGER:
            return value
        case Polarity.SMALLER:
            return -value
        case Polarity.PLAN if target.comparator in (Comparator.EXACTLY, Comparator.BETWEEN) and target.confirmed:
            low = target.value or Decimal(0)
            high = low if target.high is None else target.high
            return -max(low - value, value - high, Decimal(0))
        case _:
            return None


def to_date(series: Series, period: Quarter) -> Total | Unknown:
    """The financial year up to the end of a quarter: as reported to date, or the sum of its quarters (RULES 1, 2)."""
    end = _end(series, period)
    return _rolled_up(series, period, Span(_year_of(end), end), "to-date figure")


def half_year(series: Series, year: int, half: int) -> Total | Unknown:
    """A half (1 or 2) of the financial year that starts in `year`, by sums of counts (RULES 2).

    A figure to date gives the first half; nothing is ever taken away from one to find the second (RULES 1).
    """
    wanted = Span(Quarter(year, 2 * half - 1).span.start, Quarter(year, 2 * half).span.end)
    return _rolled_up(series, series.ending(wanted.end), wanted, "half-year figure")


def out_turn(series: Series, period: Quarter) -> Total | Unknown:
    """What the year would come to if it went on like this: a projection, never a basis for a colour.

    Counts follow the target's approved profile; without one every quarter counts the same, and the words say so. A
    percentage is projected from its counts to date only.
    """
    so_far, definition = to_date(series, period), series.definition(period)
    if isinstance(so_far, Unknown):
        return so_far
    if definition is None or definition.unit not in (Unit.COUNT, Unit.PERCENT):
        return Unknown("only counts and percentages with counts can be projected")
    last = Quarter.containing(_end(series, period)).number
    if last == 4:
        return so_far
    if definition.unit is Unit.PERCENT:
        if so_far.denominator is None:
            return Unknown("no counts, no out-turn")
        return Total(so_far.value, None, None, f"{so_far.words}, if the year goes on like this")
    profile = definition.target.profile
    if profile is None or not profile.approved_by:
        value, how = so_far.value * 4 / last, "at the same pace every quarter"
    elif not profile.points[last - 1]:
        return Unknown("the profile expects nothing by now")
    else:
        value, how = so_far.value * profile.points[3] / profile.points[last - 1], "along the approved profile"
    return Total(
        value, None, None, f"{so_far.words}; {value_words(to_a_tenth(value), definition.unit)} for the year {how}"
    )


def _end(series: Series, period: Quarter) -> date:
    """The last day of what the figure owed in a quarter covers."""
    definition = series.definition(period)
    return definition.covers(period).end if definition else period.span.end


def _year_of(when: date) -> date:
    return date(Quarter.containing(when).year, 4, 1)


def _rolled_up(series: Series, last: Quarter, wanted: Span, kind: str) -> Total | Unknown:
    """The figures that cover a stretch without a gap and without overlapping, from the one owed in `last` back."""
    parts: list[Reported] = []
    quarter, end = last, wanted.end
    while end >= wanted.start:
        part = series.figure(quarter)
        broken = series.why_broken(quarter, last)
        if isinstance(part, Unknown) or broken:
            return part if isinstance(part, Unknown) else Unknown(broken)
        days = series.days(part)
        if days is None or days.end != end or days.start < wanted.start:
            return Unknown(_why_not_added(part))
        parts.insert(0, part)
        end = days.start - timedelta(days=1)
        quarter = series.ending(end)
    definition = series.definition(last)
    if definition is None:
        return Unknown(f"nothing was asked for in {last}")
    return _sum(definition, parts, kind)


def _why_not_added(part: Reported) -> str:
    if part.basis is Basis.TO_DATE and part.reference in (
        None,
        Span(_year_of(part.period.span.end), part.period.span.end),
    ):
        return f"the figure for {part.period} is to date, and nothing is taken away from one"
    if part.reference is not None:
        return f"the figure for {part.period} covers {part.reference}"
    return f"a figure {part.basis.value.replace('_', ' ')} is not added up"


def _sum(definition: Definition, parts: Sequence[Reported], kind: str) -> Total | Unknown:
    last = parts[-1]
    if len(parts) == 1:
        return Total(exact(definition, last), last.numerator, last.denominator, figure_words(last, definition.unit))
    if definition.unit is Unit.COUNT:
        values = [part.value or Decimal(0) for part in parts]
        total = sum(values, Decimal(0))
        return Total(total, None, None, f"{' + '.join(map(plain, values))} = {plain(total)}")
    if definition.unit is not Unit.PERCENT:
        return Unknown(f"figures in {definition.unit.value.replace('_', ' ')} are not added up")
    for part in parts:
        if part.numerator is None or not part.denominator:
            return Unknown(f"no counts for {part.period}, no {kind}: percentages are never averaged")
    top = sum((part.numerator or Decimal(0) for part in parts), Decimal(0))
    bottom = sum((part.denominator or Decimal(0) for part in parts), Decimal(0))
    value = 100 * top / bottom
    return Total(
        value, top, bottom, f"{value_words(to_a_tenth(value), definition.unit)} ({plain(top)} of {plain(bottom)})"
    )

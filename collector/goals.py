"""What a figure has to reach in a quarter: the target itself, a change on its base, or the profile's part of a year."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from collector.domain.figure import Reported, plain
from collector.domain.indicator import Basis, Definition, Polarity, Unit
from collector.domain.period import Quarter, Span, day
from collector.domain.series import Series, Unknown, days_of, own_stretch
from collector.domain.target import Against, Base, Comparator, Target
from collector.trends import exact, to_date
from collector.wording import months, to_a_hundredth, to_a_tenth, value_words

#: RULES 9: without an approved tolerance a miss of up to 5% of the target is Amber.
DEFAULT_TOLERANCE = Decimal("0.05")

_WORDS = {
    Comparator.AT_LEAST: "at least",
    Comparator.AT_MOST: "at most",
    Comparator.ABOVE: "above",
    Comparator.BELOW: "below",
    Comparator.EXACTLY: "exactly",
}
_LAST_YEAR = (Base.LAST_YEAR, Base.LAST_YEAR_TO_DATE)
#: How much of a year: so many of so many.
_Share = tuple[Decimal, Decimal]
_ALL = (Decimal(1), Decimal(1))
#: Figures of these bases cover a year, or what there is of one.
_YEARS = (Basis.ANNUAL, Basis.CALENDAR_YEAR, Basis.ROLLING_YEAR)
#: The quarter that ends the year: a calendar year ends with the third.
_LAST_QUARTER = {Basis.CALENDAR_YEAR: 3}
_CHANGES = (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT)


@dataclass(frozen=True)
class Goal:
    """A figure meets it by `comparator` between `low` and `high` (alike but for between), in the definition's unit.

    From `floor` to `ceiling` is still Amber (RULES 9). `words` say the goal with the arithmetic it came from.
    """

    comparator: Comparator
    low: Decimal
    high: Decimal
    floor: Decimal
    ceiling: Decimal
    words: str


@dataclass(frozen=True)
class Measured:
    """What is held against the goal: a value, unrounded, how it is said and what is said after it, with its counts."""

    value: Decimal
    shown: str
    after: str = ""
    denominator: Decimal | None = None

    @property
    def words(self) -> str:
        """The value as it is said, with what it was made of."""
        return self.shown + self.after


def to_date_wanted(target: Target) -> bool:
    """Whether a target is held against the year to date, not the quarter (RULES 10, 11)."""
    return target.per_year or (target.against is not None and target.against.base is Base.LAST_YEAR_TO_DATE)


def measured(definition: Definition, reported: Reported, series: Series) -> Measured | Unknown:
    """The value that the target speaks of: the figure itself, or the year to date."""
    if _by_itself(definition, reported):
        return measured_alone(definition, reported)
    total = to_date(series, reported.period)
    if isinstance(total, Unknown):
        return total
    shown, sums = (
        value_words(to_a_tenth(total.value), definition.unit),
        f" ({total.words})" if "=" in total.words else "",
    )
    if definition.unit is Unit.PERCENT and total.numerator is not None and total.denominator is not None:
        sums = f" ({plain(total.numerator)} of {plain(total.denominator)})"
    return Measured(total.value, shown, f" to date{sums}", total.denominator)


def _by_itself(definition: Definition, reported: Reported) -> bool:
    """Whether the figure as it is can be held against the target: a figure for a year or more is never added up."""
    if not to_date_wanted(definition.target) or reported.basis in _YEARS:
        return True
    days = days_of(reported, definition)
    return days is not None and _whole_year(days)


def measured_alone(definition: Definition, reported: Reported) -> Measured:
    """The figure by itself: on its counts where it has them, else with the digits that were given."""
    value = exact(definition, reported)
    given = value == reported.value
    return Measured(
        value, value_words(value if given else to_a_tenth(value), definition.unit), denominator=reported.denominator
    )


def _whole_year(days: Span) -> bool:
    return days.end + timedelta(days=1) == days.start.replace(year=days.start.year + 1)


def goal(definition: Definition, reported: Reported, series: Series) -> Goal | Unknown:
    """What the figure of this quarter has to reach, or what is missing to say so (RULES 10, 11, 14).

    The target has one of the comparators of a figure, and is confirmed.
    """
    target, period = definition.target, reported.period
    share = _share(definition, reported)
    if isinstance(share, Unknown):
        return share
    part = "" if share == _ALL else f"{plain(to_a_tenth(_due(Decimal(100), share)))}% of the year's"
    by = f" by {day(definition.covers(period).end)}"
    if target.against is None:
        low = _due(target.value or Decimal(0), share)
        high = low if target.high is None else _due(target.high, share)
        words = _bounds(definition, low, high)
        whole = value_words(target.value or Decimal(0), definition.unit)
        whole += f" to {value_words(target.high, definition.unit)}" if target.high is not None else ""
        year = f" ({part} {whole}{by})" if part else ""
        return _goal(target, target.comparator, low, high, share, words + year)
    base = _base(definition, target.against, series, reported)
    if isinstance(base, Unknown):
        return base
    # A change on the same stretch of last year is as large as is due by now; a baseline is a whole year's.
    if target.comparator is Comparator.CHANGE and target.value and not target.against.absolute and base.value <= 0:
        return Unknown(f"there is no base: the change is in per cent, and the base is {base.words}")
    on_baseline = target.against.base is Base.BASELINE
    comparator, value, change = _changed(definition, base.value, _ALL if on_baseline else share)
    value = _due(value, share) if on_baseline else value
    due = f"; {part} {'figure' if on_baseline else 'change'}{by}" if part else ""
    words = f"{_said(comparator, value, definition)} ({change} {base.words}{due})"
    if _out_of_reach(definition.unit, comparator, value):
        return Unknown(f"no figure can be {words}")
    return _goal(target, comparator, value, value, share, words)


def _out_of_reach(unit: Unit, comparator: Comparator, value: Decimal) -> bool:
    """Whether a change on its base asks for what no figure can be: fewer than none, or more than all."""
    if value < 0 or (value == 0 and comparator is Comparator.BELOW):
        return not unit.signed
    full = unit is Unit.PERCENT and value >= 100
    return full and (value > 100 or comparator is Comparator.ABOVE)


def _goal(target: Target, comparator: Comparator, low: Decimal, high: Decimal, share: _Share, words: str) -> Goal:
    """RULES 9; an approved tolerance of a yearly target grows along the profile as the target does."""
    margins = [
        abs(bound) * DEFAULT_TOLERANCE if target.tolerance is None else _due(target.tolerance, share)
        for bound in (low, high)
    ]
    return Goal(comparator, low, high, low - margins[0], high + margins[1], words)


def _due(value: Decimal, share: _Share) -> Decimal:
    # Multiplied before it is divided, so that a third of 3 is 1.
    return value * share[0] / share[1]


def _share(definition: Definition, reported: Reported) -> _Share | Unknown:
    """How much of a yearly target is due by the end of what the figure covers (RULES 10).

    A change in per cent on the same stretch of last year follows last year's own course and needs no profile.
    """
    target, against = definition.target, definition.target.against
    days = days_of(reported, definition)
    follows_last_year = against is not None and against.base in _LAST_YEAR and not against.absolute
    if not target.per_year or follows_last_year or reported.basis in (Basis.ANNUAL, Basis.ROLLING_YEAR):
        return _ALL
    last = Quarter.containing(definition.covers(reported.period).end).number
    if last == _LAST_QUARTER.get(reported.basis, 4) or (days is not None and _whole_year(days)):
        return _ALL
    if reported.basis is Basis.CALENDAR_YEAR:
        return Unknown(
            f"the target, \u201c{target.wording}\u201d, is for the whole year, and the calendar year is not over"
        )
    if target.profile is None or not target.profile.approved_by:
        missing = "no profile is approved" if target.profile is None else "its profile has not been approved"
        return Unknown(f"the target, \u201c{target.wording}\u201d, is for the whole year, and {missing}")
    return target.profile.points[last - 1], target.profile.points[3]


def _changed(definition: Definition, base: Decimal, share: _Share) -> tuple[Comparator, Decimal, str]:
    """The comparator, the value to reach and the change in words, of a target that stands on a base."""
    target = definition.target
    if target.comparator is not Comparator.CHANGE:
        return target.comparator, base, "that is"
    size = _due(target.value or Decimal(0), share)
    absolute = target.against is not None and target.against.absolute
    value = base + size if absolute else base * (100 + size) / 100
    if not target.value:
        unchanged = {Polarity.BIGGER: Comparator.AT_LEAST, Polarity.SMALLER: Comparator.AT_MOST}
        return unchanged.get(definition.polarity, Comparator.EXACTLY), value, "no change on"
    amount = f"{plain(to_a_hundredth(abs(size)))}{'' if absolute else '%'}"
    if target.value < 0:
        return Comparator.AT_MOST, value, f"{amount} below"
    return Comparator.AT_LEAST, value, f"{amount} above"


def _base(definition: Definition, against: Against, series: Series, reported: Reported) -> Measured | Unknown:
    """The base and when it was, or why there is none: no base, no colour (RULES 11, 14)."""
    period = reported.period
    if against.base is Base.BASELINE:
        name = against.name or "baseline"
        if against.value is None and against.year is not None:
            return _base_year(definition, against.year, name, series, period)
        if against.value is None:
            return Unknown(f"there is no base: the {name} has no figure")
        return Measured(against.value, f"the {name} of {value_words(against.value, definition.unit)}")
    since = series.previous(period) if against.base is Base.PREVIOUS_QUARTER else period.last_year
    if not _by_itself(definition, reported):
        broken, total = series.why_broken(since, period), to_date(series, since)
        base: Measured | Unknown = (
            Unknown(broken) if broken else total if isinstance(total, Unknown) else Measured(total.value, total.words)
        )
        when = f"in the same period of {since.financial_year}"
    else:
        found = series.comparable(since, period)
        base = found if isinstance(found, Unknown) else measured_alone(definition, found)
        then = own_stretch(definition, since)
        when = f"in {months(then) if then else since}"
    if isinstance(base, Unknown):
        return Unknown(f"there is no base: {base.why}")
    return Measured(base.value, f"{value_words(to_a_tenth(base.value), definition.unit)} {when}")


def _base_year(definition: Definition, year: int, name: str, series: Series, period: Quarter) -> Measured | Unknown:
    """A year before, as the books hold it: a count's base is its total, so it stands for targets of a year only."""
    if definition.unit is Unit.COUNT and not definition.target.per_year:
        return Unknown(f"there is no base: the {name} is a year's and the target a quarter's")
    last = series.ending(Quarter(year, 4).span.end)
    if not last < period:
        return Unknown(f"there is no base: the {name} is not over")
    broken, total = series.why_broken(last, period), to_date(series, last)
    if broken or isinstance(total, Unknown):
        return Unknown(f"there is no base: {broken or (total.why if isinstance(total, Unknown) else '')}")
    sums = f" ({total.words})" if "=" in total.words else ""
    return Measured(total.value, f"the {name} of {value_words(to_a_tenth(total.value), definition.unit)}{sums}")


def _said(comparator: Comparator, value: Decimal, definition: Definition) -> str:
    """A goal in words; "at most -5%" is said as people say it, a reduction of at least 5%."""
    turned = {
        Comparator.AT_MOST: "at least",
        Comparator.BELOW: "more than",
        Comparator.AT_LEAST: "at most",
        Comparator.ABOVE: "less than",
    }
    shown = value_words(to_a_hundredth(value), definition.unit)
    if definition.unit in _CHANGES and value < 0 and comparator in turned:
        return f"a reduction of {turned[comparator]} {shown.removesuffix(' reduction')}"
    return f"{_WORDS[comparator]} {shown}"


def _bounds(definition: Definition, low: Decimal, high: Decimal) -> str:
    if definition.target.comparator is not Comparator.BETWEEN:
        return _said(definition.target.comparator, low, definition)
    shown = [value_words(to_a_hundredth(bound), definition.unit) for bound in (low, high)]
    return f"between {shown[0]} and {shown[1]}"

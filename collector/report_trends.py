"""Where a measure of the report is going: a direction in words, and the points of its picture. Pure."""

from decimal import Decimal

from collector.domain.period import Quarter
from collector.domain.series import Unknown
from collector.domain.target import Comparator, Target
from collector.report import Point, Trend
from collector.trends import Travel, Way, travel
from collector.view import RoundView
from collector.wording import value_words

#: A picture goes back as far as two years.
MOST_POINTS = 8
_ONE_LINE = (Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.ABOVE, Comparator.BELOW, Comparator.EXACTLY)


def direction_of(view: RoundView, code: str) -> str:
    """Against the quarter before and the same quarter last year: "worse than Q1 2015-16; better than Q2 2014-15".

    "" where there is nothing to compare with.
    """
    figure = view.figures.get(code)
    if figure is None or figure.reported.value is None:
        return ""
    series = view.series(code)
    before, last_year = travel(series, view.round.period)
    told = [_way(each) for each in (before, last_year) if not isinstance(series.figure(each.since), Unknown)]
    return "; ".join(dict.fromkeys(words for words in told if words))


def _way(moved: Travel) -> str:
    since = short(moved.since)
    match moved.way:
        case Way.NO_CHANGE:
            return f"no change since {since}"
        case Way.UNKNOWN:
            return f"can't be compared with {since}: {moved.why}"
        case _:
            return f"{moved.way.value} than {since}"


def trend_of(view: RoundView, code: str) -> Trend:
    """The figures that the quarter's can be compared with, and itself; none where there are fewer than two."""
    definition, period = view.definitions.get(code), view.round.period
    if definition is None:
        return Trend()
    series = view.series(code)
    if isinstance(series.figure(period), Unknown):
        return Trend()
    points: list[Point] = []
    for quarter in sorted(series.figures, reverse=True):
        found = series.comparable(quarter, period) if quarter <= period else Unknown("")
        if not isinstance(found, Unknown) and found.value is not None and len(points) < MOST_POINTS:
            points.insert(0, Point(quarter, found.value, value_words(found.value, definition.unit)))
    if len(points) < 2:
        return Trend()
    words = ", ".join(f"{short(point.period)} {point.words}" for point in points)
    return Trend(tuple(points), goal_line(definition.target), words)


def goal_line(target: Target) -> Decimal | None:
    """The target where it is one line that every quarter is held against; None else."""
    plain = target.confirmed and not target.per_year and target.against is None and target.profile is None
    return target.value if plain and target.comparator in _ONE_LINE else None


def short(period: Quarter) -> str:
    """A quarter where its months were named before: "Q1 2015-16"."""
    return f"Q{period.number} {period.financial_year}"

"""One measure through time: what it meant and what was reported, quarter by quarter, and what can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from collector.domain.figure import FigureStatus, Reported
from collector.domain.indicator import Basis, Definition, Rhythm
from collector.domain.period import Quarter, Span

#: Figures of these bases grow through the year: two quarters of one year are not alike.
CUMULATIVE = (Basis.TO_DATE, Basis.CALENDAR_YEAR)


@dataclass(frozen=True)
class Unknown:
    """What can't be said, and why in plain words: a clause without its full stop."""

    why: str


@dataclass(frozen=True)
class Series:
    """The dated definitions of one measure, and the figure that stands for each quarter.

    Among both are those of other codes that it continues.
    """

    definitions: tuple[Definition, ...] = ()
    figures: Mapping[Quarter, Reported] = field(default_factory=dict)

    def including(self, definition: Definition, reported: Reported) -> "Series":
        """The series with a figure, and what it means, in their places."""
        others = tuple(held for held in self.definitions if held.from_period != definition.from_period)
        return replace(self, definitions=(*others, definition), figures={**self.figures, reported.period: reported})

    def definition(self, period: Quarter) -> Definition | None:
        """The definition in force in a quarter."""
        dated = [held for held in self.definitions if held.from_period <= period]
        latest = max(dated, key=lambda held: held.from_period, default=None)
        return latest if latest is not None and latest.in_force(period) else None

    def before(self, period: Quarter) -> list[Reported]:
        """What was reported for earlier quarters, whatever its status, the latest first."""
        return [self.figures[quarter] for quarter in sorted(self.figures, reverse=True) if quarter < period]

    def figure(self, period: Quarter) -> Reported | Unknown:
        """The figure of a quarter, reported or provisional, with a value."""
        reported = self.figures.get(period)
        if reported is None:
            return Unknown(f"there is no figure for {period}")
        if reported.value is None or reported.status not in (FigureStatus.REPORTED, FigureStatus.PROVISIONAL):
            return Unknown(f"there is no figure for {period}: {reported.status.words}")
        return reported

    def why_broken(self, earlier: Quarter, later: Quarter) -> str:
        """Why figures of two quarters don't belong to one series, "" where they do."""
        then, now = self.definition(earlier), self.definition(later)
        if then is None or now is None:
            return f"nothing was asked for in {earlier if then is None else later}"
        if then.unit is not now.unit:
            return f"it was counted in another unit in {earlier}"
        for held in sorted(self.definitions, key=lambda held: held.from_period):
            if earlier < held.from_period <= later and not held.comparable_with_previous:
                return f"it has meant something else since {held.from_period}" + (f" ({held.why})" if held.why else "")
        return ""

    def comparable(self, earlier: Quarter, later: Quarter) -> Reported | Unknown:
        """The figure of the earlier quarter where that of the later can be compared with it.

        Both must be reported or provisional, under definitions without a break between them, on the same basis, and
        cover the same days of their quarters.
        """
        then, now = self.figure(earlier), self.figure(later)
        if isinstance(now, Unknown):
            return now
        if broken := self.why_broken(earlier, later):
            return Unknown(broken)
        if isinstance(then, Unknown):
            return then
        alike = _shape(self.days(then), earlier) == _shape(self.days(now), later)
        if then.basis is not now.basis and not (alike and self.days(now)):
            return Unknown(f"the figure for {earlier} is {_of(then.basis)}, the one for {later} {_of(now.basis)}")
        if now.basis in CUMULATIVE and earlier.number != later.number:
            return Unknown(f"a figure {_of(now.basis)} grows through the year")
        if not alike:
            return Unknown(f"the figures for {earlier} and {later} cover other days")
        return then

    def days(self, reported: Reported) -> Span | None:
        """The days that a figure covers; None where its basis has no days of its own."""
        return days_of(reported, self.definition(reported.period))

    def previous(self, period: Quarter) -> Quarter:
        """The quarter whose figure comes before that of a quarter: the one in which the stretch before was owed."""
        definition = self.definition(period)
        match definition.rhythm if definition else Rhythm.QUARTERLY:
            case Rhythm.QUARTERLY:
                return period.previous
            case Rhythm.SIX_MONTHLY if definition:
                ended = Quarter.containing(definition.covers(period).end)
                return self.ending(ended.previous.previous.span.end)
            case _:
                return period.last_year

    def ending(self, when: date) -> Quarter:
        """The quarter in which the figure for what ends on a day is owed."""
        first = Quarter.containing(when)
        owed = (first, first.next, first.next.next, first.next.next.next)
        return next((quarter for quarter in owed if self._owed_for(quarter, when)), first)

    def _owed_for(self, period: Quarter, when: date) -> bool:
        definition = self.definition(period)
        return definition is not None and period.number in definition.owed_in and definition.covers(period).end == when


def _of(basis: Basis) -> str:
    return "to date" if basis is Basis.TO_DATE else f"for the {basis.value.replace('_', ' ')}"


def usual_days(basis: Basis, period: Quarter) -> Span | None:
    """The days that a figure of a basis covers by nature; None where a basis has no days of its own."""
    end = period.span.end
    match basis:
        case Basis.QUARTER:
            return period.span
        case Basis.TO_DATE:
            return Span(date(period.year, 4, 1), end)
        case Basis.CALENDAR_YEAR:
            return Span(date(end.year, 1, 1), end)
        case Basis.ROLLING_YEAR:
            return Span(period.last_year.next.span.start, end)
        case Basis.ANNUAL:
            return Span(date(period.year, 4, 1), date(period.year + 1, 3, 31))
        case _:
            return None


def asked_days(definition: Definition, period: Quarter) -> Span | None:
    """The days that a figure owed in a quarter covers; None where its basis has no days of its own."""
    usual = usual_days(definition.basis, period)
    return usual if usual is None or definition.rhythm is Rhythm.QUARTERLY else definition.covers(period)


def days_of(reported: Reported, definition: Definition | None) -> Span | None:
    """The days that a figure covers: as it says itself, else as it was asked for, else as its basis has them."""
    if reported.reference is not None:
        return reported.reference
    if definition is not None and reported.basis is definition.basis:
        return asked_days(definition, reported.period)
    return usual_days(reported.basis, reported.period)


def with_own_days(reported: Reported, definition: Definition) -> Reported:
    """A figure that names no days, with those of its own stretch where that is not the quarter (RULES 5)."""
    if reported.value is None or reported.reference is not None or reported.basis is not definition.basis:
        return reported
    return replace(reported, reference=own_stretch(definition, reported.period))


def own_stretch(definition: Definition, period: Quarter) -> Span | None:
    """The days of a figure that is about another stretch than the quarter, as its rhythm has it (RULES 5)."""
    return None if definition.rhythm is Rhythm.QUARTERLY else asked_days(definition, period)


def _shape(days: Span | None, period: Quarter) -> tuple[int, ...]:
    """Where days lie from the start of a quarter, in months and days; a last of a month is day 0."""
    if days is None:
        return ()
    start = period.span.start
    after = date.fromordinal(days.end.toordinal() + 1)
    return (*_from(start, days.start), *_from(start, after))


def _from(start: date, when: date) -> tuple[int, int]:
    return (when.year - start.year) * 12 + when.month - start.month, when.day

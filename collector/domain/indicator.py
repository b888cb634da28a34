"""Indicators and their dated definitions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from collector.domain.period import Quarter, Span
from collector.domain.target import Target


class Unit(StrEnum):
    """What a figure is counted in. Percentages run from 0 to 100; changes are signed."""

    PERCENT = "percent"
    COUNT = "count"
    CHANGE_PERCENT = "change_percent"
    CHANGE_COUNT = "change_count"
    PERCENTAGE_POINTS = "percentage_points"
    RATE_PER_100K = "rate_per_100k"
    PER_10K = "per_10k"
    PER_1000 = "per_1000"
    GBP = "GBP"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    TONNES = "tonnes"
    FTE = "FTE"
    RANK = "rank"
    MILESTONE = "milestone"
    NARRATIVE = "narrative"

    @property
    def signed(self) -> bool:
        """Whether a figure can be below zero: a change, a gap, a balance of money."""
        return self in (Unit.CHANGE_PERCENT, Unit.CHANGE_COUNT, Unit.PERCENTAGE_POINTS, Unit.GBP)

    @property
    def has_figure(self) -> bool:
        """Whether a number is owed at all, or a progress note."""
        return self not in (Unit.MILESTONE, Unit.NARRATIVE)


#: Units that are a share of something, and of how many: they are put together from counts only (RULES 2).
SHARES = {Unit.PERCENT: 100, Unit.PER_1000: 1_000, Unit.PER_10K: 10_000, Unit.RATE_PER_100K: 100_000}
#: Units in which figures of different senders are added up as they are.
ADDED_UP = (Unit.COUNT, Unit.CHANGE_COUNT, Unit.GBP, Unit.TONNES, Unit.FTE)


class Polarity(StrEnum):
    """Which way is better; unconfirmed polarity gives no colour (RULES 12)."""

    BIGGER = "bigger_is_better"
    SMALLER = "smaller_is_better"
    PLAN = "plan_is_best"
    UNCONFIRMED = "unconfirmed"


class Basis(StrEnum):
    """What stretch of time a figure covers (RULES 1)."""

    QUARTER = "quarter"
    TO_DATE = "to_date"
    MONTH = "month"
    ROLLING_YEAR = "rolling_year"
    CALENDAR_YEAR = "calendar_year"
    ANNUAL = "annual"
    SURVEY = "survey"
    SNAPSHOT = "snapshot"


class Rhythm(StrEnum):
    """How often a figure is owed."""

    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six_monthly"
    ANNUAL = "annual"
    ACADEMIC_YEAR = "academic_year"

    @property
    def usually_owed_in(self) -> tuple[int, ...]:
        """The quarters in which it is owed where the file says no other: an academic year ends in Q2."""
        return _USUALLY_OWED_IN[self]

    @property
    def usual_basis(self) -> Basis:
        """What a figure of this rhythm covers where the file says no other; a half-year is no basis of its own."""
        return Basis.ANNUAL if self in (Rhythm.ANNUAL, Rhythm.ACADEMIC_YEAR) else Basis.QUARTER


_USUALLY_OWED_IN = {
    Rhythm.QUARTERLY: (1, 2, 3, 4),
    Rhythm.SIX_MONTHLY: (2, 4),
    Rhythm.ANNUAL: (4,),
    Rhythm.ACADEMIC_YEAR: (2,),
}


@dataclass(frozen=True)
class Priority:
    """One of the plan's priorities and the officer who leads on it."""

    code: str
    title: str
    lead: str


@dataclass(frozen=True)
class Definition:
    """What a measure means from a quarter on; a later definition replaces it from its own quarter.

    `code` is the measure's stable code in the books; `why` says why this definition replaced the one before.
    `continues` is the code whose series a new measure carries on: another plan's, or the one it was split from.
    `lag_days` are calendar days from the end of what a figure covers until its source publishes.
    `comparable_with_previous` is False where the series breaks: figures before this definition, or of what it
    continues, can't be held against those under it.
    `parts` are the codes of which this is put together where several contributors report it: nobody owes it itself.
    `part` is whose part of its indicator this is ("Kent Police"), "" where it is no part.
    """

    code: str
    indicator: str
    title: str
    short: str
    priority: str
    unit: Unit
    from_period: Quarter
    target: Target
    polarity: Polarity = Polarity.UNCONFIRMED
    basis: Basis = Basis.QUARTER
    rhythm: Rhythm = Rhythm.QUARTERLY
    owed_in: tuple[int, ...] = (1, 2, 3, 4)
    lag_days: int = 0
    plausible: tuple[Decimal, Decimal] | None = None
    comparable_with_previous: bool = True
    retired_from: Quarter | None = None
    aliases: tuple[str, ...] = field(default=())
    why: str = ""
    continues: str = ""
    parts: tuple[str, ...] = ()
    part: str = ""

    def covers(self, period: Quarter) -> Span:
        """The days that a figure owed in a quarter is about: the quarter, or the half-year or year that ended last.

        An annual figure that is owed in another quarter than Q4 is about the financial year before. One to date, or
        of a calendar or rolling year, ends with that stretch and begins with its year.
        """
        stretch = self._stretch(period)
        last = Quarter.containing(stretch.end)
        match self.basis:
            case Basis.TO_DATE if self.rhythm is not Rhythm.ACADEMIC_YEAR:
                return Span(date(last.year, 4, 1), stretch.end)
            case Basis.CALENDAR_YEAR:
                return Span(date(stretch.end.year, 1, 1), stretch.end)
            case Basis.ROLLING_YEAR if self.rhythm is not Rhythm.ACADEMIC_YEAR:
                return Span(last.last_year.next.span.start, stretch.end)
            case _:
                return stretch

    def _stretch(self, period: Quarter) -> Span:
        match self.rhythm:
            case Rhythm.QUARTERLY:
                return period.span
            case Rhythm.SIX_MONTHLY:
                last = period if period.number in (2, 4) else period.previous
                return Span(last.previous.span.start, last.span.end)
            case Rhythm.ANNUAL:
                year = period.year if period.number == 4 else period.year - 1
                return Span(date(year, 4, 1), date(year + 1, 3, 31))
            case Rhythm.ACADEMIC_YEAR:
                ends = period.year - (period.number == 1)
                return Span(date(ends - 1, 9, 1), date(ends, 8, 31))

    def published(self, period: Quarter) -> date:
        """The day from which the figure owed in a quarter can exist: what it covers has ended, and the lag is over."""
        return self.covers(period).end + timedelta(days=self.lag_days)

    def in_force(self, period: Quarter) -> bool:
        """Whether this definition could apply to a quarter (the latest such definition does)."""
        return self.from_period <= period and (self.retired_from is None or period < self.retired_from)


def in_force(definitions: tuple[Definition, ...], period: Quarter) -> dict[str, Definition]:
    """The definition that applies to each measure in a quarter, by code, in the plan's order."""
    latest: dict[str, Definition] = {}
    for definition in definitions:
        held = latest.get(definition.code)
        if definition.from_period <= period and (held is None or held.from_period <= definition.from_period):
            latest[definition.code] = definition
    return {code: found for code, found in latest.items() if found.in_force(period)}


def by_code(definitions: tuple[Definition, ...]) -> dict[str, list[Definition]]:
    """The definitions of each measure, the earliest first."""
    dated: dict[str, list[Definition]] = {}
    for definition in sorted(definitions, key=lambda definition: definition.from_period):
        dated.setdefault(definition.code, []).append(definition)
    return dated


def lineage(dated: Mapping[str, Sequence[Definition]], measure: str) -> tuple[Definition, ...]:
    """A measure's own definitions, the earliest first, and before them those of the measure that it continues."""
    found: tuple[Definition, ...] = ()
    code = measure
    while held := [each for each in dated.get(code, ()) if not found or each.from_period < found[0].from_period]:
        found, code = (*held, *found), held[0].continues
    return found

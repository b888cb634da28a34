"""Indicators and their dated definitions."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from collector.domain.period import Quarter
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
    ANNUAL = "annual"


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

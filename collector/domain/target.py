"""Targets as data, with the wording a plan prints."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

_YEAR = re.compile(r"((?:19|20)\d\d)[/-]((?:19|20)?\d\d)(?: (?:figure|out-?turn))?", re.I)


class Comparator(StrEnum):
    """How a figure is held against its target.

    `AWAITING` is a target whose figure is still to come; `NOT_UNDERSTOOD` a wording that nobody has explained yet.
    """

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    BETWEEN = "between"
    EXACTLY = "exactly"
    CHANGE = "change"
    MILESTONE = "milestone"
    AWAITING = "awaiting"
    NOT_UNDERSTOOD = "not_understood"
    NONE = "none"


#: What bigger figures meet, and what smaller ones do.
UPWARD = (Comparator.AT_LEAST, Comparator.ABOVE)
DOWNWARD = (Comparator.AT_MOST, Comparator.BELOW)


class Base(StrEnum):
    """What a change is counted from (RULES 11)."""

    LAST_YEAR = "last_year"
    LAST_YEAR_TO_DATE = "last_year_to_date"
    PREVIOUS_QUARTER = "previous_quarter"
    BASELINE = "baseline"


@dataclass(frozen=True)
class Against:
    """The base of a target: `value`, in the definition's unit, and `name` belong to a baseline.

    A change is in per cent of the base, or in the unit where `absolute`. A baseline without a value is what the books
    hold for the financial year that it names; where it names none there is no colour.
    """

    base: Base
    absolute: bool = False
    value: Decimal | None = None
    name: str = ""

    @property
    def year(self) -> int | None:
        """The year in which the financial year begins whose figure or out-turn is meant ("2014/15 out-turn")."""
        found = _YEAR.fullmatch(self.name)
        first = int(found[1]) if found else 0
        return first if found and int(found[2]) % 100 == (first + 1) % 100 else None


@dataclass(frozen=True)
class Profile:
    """How a yearly target builds up: four cumulative points, the last of which stands for the whole year (RULES 10).

    They may be shares of the year or values in the unit: only what each is of the last one counts.
    """

    points: tuple[Decimal, ...]
    approved_by: str = ""


@dataclass(frozen=True)
class Confirmation:
    """Who has confirmed what a target means, and on which day (RULES 11)."""

    by: str
    on: date


@dataclass(frozen=True)
class Deviation:
    """A miss that was accepted for the quarters that end by `until`: who accepted it, and why."""

    until: date
    by: str
    why: str


@dataclass(frozen=True)
class Target:
    """A target: `value` (and `high` for between) in the definition's unit, `wording` as the plan prints it.

    With `against` the value is a change on that base (`CHANGE`: below zero a reduction, in per cent or in the unit);
    the other comparators with `against` and no value hold a figure against the base itself.
    `tolerance` is the approved distance from the target that is still Amber, in the unit; None means RULES 9's 5%.
    `confirmed` says that what the wording means is settled (RULES 11); `confirmation` by whom, where somebody did.
    `per_year` marks a target for the whole year, judged to date along its `profile` (RULES 10).
    `benchmark` names whose figure it is: context until it is confirmed as the target.
    `due` is the day by which a milestone is to be met.
    """

    comparator: Comparator
    wording: str = ""
    value: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None
    per_year: bool = False
    confirmed: bool = True
    note: str = ""
    against: Against | None = None
    profile: Profile | None = None
    benchmark: str = ""
    due: date | None = None
    deviation: Deviation | None = None
    confirmation: Confirmation | None = None

    @property
    def can_be_confirmed(self) -> bool:
        """Whether there is a meaning here that a person can confirm."""
        return self.comparator not in (Comparator.AWAITING, Comparator.NOT_UNDERSTOOD, Comparator.NONE)


NO_TARGET = Target(Comparator.NONE)

"""Targets as data, with the wording a plan prints."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Comparator(StrEnum):
    """How a figure is held against its target."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    BETWEEN = "between"
    CHANGE = "change"
    MILESTONE = "milestone"
    NONE = "none"


@dataclass(frozen=True)
class Target:
    """A target: `value` (and `high` for between) in the definition's unit, `wording` as the plan prints it.

    `tolerance` is the approved distance from the target that is still Amber, in the unit; None means RULES 9's 5%.
    `confirmed` says that a person has confirmed what the wording means (RULES 11).
    `per_year` marks a target for the whole year (RULES 10).
    """

    comparator: Comparator
    wording: str = ""
    value: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None
    per_year: bool = False
    confirmed: bool = True
    note: str = ""


NO_TARGET = Target(Comparator.NONE)

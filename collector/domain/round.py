"""A round: the collecting of one quarter, and what each measure owes in it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from collector.domain.period import Quarter


class RoundState(StrEnum):
    """Where a round stands."""

    OPEN = "open"
    FROZEN = "frozen"
    LOCKED = "locked"


class ObligationState(StrEnum):
    """Where one owed figure stands: nothing yet, asked about, or in."""

    OWED = "owed"
    ASKED = "asked"
    IN = "in"


@dataclass(frozen=True)
class Round:
    """The collecting of one quarter; `opens` and `due` are moments with a zone."""

    period: Quarter
    opens: datetime
    due: datetime
    state: RoundState = RoundState.OPEN


@dataclass(frozen=True)
class Obligation:
    """One measure owed by one person in one round; `number` is its place in the person's list.

    `expected_on` is the date its sender gave, `extended_to` the last day of an extension that was granted (RULES 18).
    """

    id: int
    period: Quarter
    measure: str
    person: str
    number: int
    state: ObligationState
    expected_on: date | None = None
    extended_to: date | None = None

"""Figures: what was reported for a measure and a quarter, with its own reference period, versions and source."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from collector.domain.indicator import Basis
from collector.domain.period import Quarter, Span
from collector.domain.personal import HeldWords


class FigureStatus(StrEnum):
    """Different things that must never be confused (RULES 4)."""

    REPORTED = "reported"
    PROVISIONAL = "provisional"
    NIL_RETURN = "nil_return"
    NARRATIVE = "narrative"
    NOT_AVAILABLE = "not_available"
    AWAITING_RELEASE = "awaiting_release"
    NOT_APPLICABLE = "not_applicable"
    NO_LONGER_COLLECTED = "no_longer_collected"

    @property
    def words(self) -> str:
        """The status as people read it."""
        return self.value.replace("_", " ")

    @property
    def is_to_come(self) -> bool:
        """Whether it says no more than that there is nothing yet: what comes then is no correction of it."""
        return self in (FigureStatus.NOT_AVAILABLE, FigureStatus.AWAITING_RELEASE)


@dataclass(frozen=True)
class Reported:
    """What somebody reports for one measure and one quarter: the part of a figure that was said.

    `value` is in the definition's unit (percentages 0 to 100, changes signed); `note` keeps the sender's own words.
    """

    measure: str
    period: Quarter
    status: FigureStatus
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    basis: Basis = Basis.QUARTER
    reference: Span | None = None
    expected_on: date | None = None
    note: str = ""


class FactKind(StrEnum):
    """What a number beside the figure is."""

    PREVIOUS = "previous"
    LAST_YEAR = "same quarter last year"
    TO_DATE = "to date"
    TOTAL = "total"
    OTHER_TIME = "other time"
    CHANGE = "change"
    TARGET = "target"
    PART = "part"
    BESIDE = "also said"


@dataclass(frozen=True)
class CommentaryFact:
    """A number the sender gave beside the figure: what it is, and the words it stands in. It is never the figure.

    `value` is as it was written (percentages 0 to 100, changes signed); `reference` are its days where they are known.
    """

    kind: FactKind
    value: Decimal
    words: str
    reference: Span | None = None


@dataclass(frozen=True)
class Source:
    """Where a figure comes from (promise 5): the inbox row with its bytes, who, when, which door and reader.

    `said_at` is the sender's time, `received_at` when it reached our door, `recorded_at` when the books took it.
    """

    submission: int
    person: str
    door: str
    said_at: datetime
    received_at: datetime
    recorded_at: datetime
    reader: str
    evidence: str = ""
    reason: str = ""
    facts: tuple[CommentaryFact, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A version of a figure on the books; versions are only ever added.

    `held` says that its words hold, or held, personal data: what is read of them is what was decided about them.
    """

    reported: Reported
    source: Source
    version: int
    late: bool = False
    id: int | None = None
    held: HeldWords | None = None


_MOST_GIVEN = 6
_SHOWN = Decimal("0.0001")


def plain(number: Decimal) -> str:
    """A number as we write it: no exponent, no idle zeros, thousands with commas; what was worked out in four decimals.

    People give six decimals at most: more come from a length of time turned into another unit.
    """
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_MOST_GIVEN:
        number = number.quantize(_SHOWN)
    text = f"{number.normalize():,f}"
    return "0" if text in ("-0", "") else text

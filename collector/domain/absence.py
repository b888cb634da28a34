"""Who is away and who stands in, who is not to be reminded for a while, and what was handed over to whom."""

from dataclasses import dataclass
from datetime import date, datetime

from collector.domain.period import Quarter


@dataclass(frozen=True)
class SaidAbsence:
    """What somebody's words say about being away: the first and the last day, and who covers, in their words."""

    since: date
    until: date
    deputy: str = ""


@dataclass(frozen=True)
class Absence:
    """Somebody is away from the first to the last day, both included; without a last day until they are back.

    `deputy` is the id of who stands in, "" for the one that the partnership's file names. A `proposed` one was read in
    an automatic reply: it has no effect, and the coordinator is asked to agree to it.
    """

    id: int
    person: str
    since: date
    until: date | None
    deputy: str
    said_by: str
    said_at: datetime
    proposed: bool = False

    def holds(self, today: date) -> bool:
        """Whether they are away on a day."""
        return not self.proposed and self.since <= today and (self.until is None or today <= self.until)


@dataclass(frozen=True)
class PutOff:
    """Somebody asked not to be reminded before a day."""

    person: str
    until: date
    said_at: datetime


@dataclass(frozen=True)
class HandedOver:
    """A measure that one person handed to another, from a quarter on: it outlives loading the file again."""

    id: int
    measure: str
    giver: str
    taker: str
    since: Quarter
    said_by: str
    said_at: datetime

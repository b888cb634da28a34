"""Who acts on a round, when, and what is written of it: what every order needs beside itself (RULES 19)."""

from dataclasses import dataclass
from datetime import datetime

from collector.books import AuditLine
from collector.domain.people import Person, Role
from collector.ports import Calendar, Unit


class NotDone(Exception):
    """An order that was not carried out: why, and what to do, in words for who gave it. Nothing was changed."""


@dataclass(frozen=True)
class Acting:
    """Somebody acting in one unit of work. Every order is a function of this, and says in plain lines what it did."""

    unit: Unit
    calendar: Calendar
    now: datetime
    by: Person

    @property
    def coordinates(self) -> bool:
        """Whether this is the coordinator, who may do everything but sign off and alter another agency's figure."""
        return self.by.role is Role.COORDINATOR

    def write(self, action: str, subject: str, reason: str = "") -> None:
        """Write to the audit trail who did what to what, when and why."""
        self.unit.audit.write(AuditLine(self.now, self.by.id, action, subject, reason))

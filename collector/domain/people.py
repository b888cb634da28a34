"""Who takes part: roles, never private names."""

from dataclasses import dataclass
from enum import StrEnum

from collector.domain.period import Quarter


class Role(StrEnum):
    """What somebody is to the round (RULES 19)."""

    CONTRIBUTOR = "contributor"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    CHAIR = "chair"
    SEG = "seg"


@dataclass(frozen=True)
class Person:
    """Somebody in the partnership; `title` is the role they are written to as ("Director of Public Health")."""

    id: str
    title: str
    organisation: str
    role: Role
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Responsibility:
    """A measure that a person owes, from a quarter on (and before `until`, where set)."""

    measure: str
    person: str
    since: Quarter
    until: Quarter | None = None

    def holds(self, period: Quarter) -> bool:
        """Whether it applies to a quarter."""
        return self.since <= period and (self.until is None or period < self.until)

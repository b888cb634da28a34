"""A partnership's own definition file, as the rules see it."""

from dataclasses import dataclass
from datetime import time

from collector.domain.figure import Reported
from collector.domain.indicator import Definition, Priority
from collector.domain.people import Person, Responsibility, Role


@dataclass(frozen=True)
class Timetable:
    """When a round opens and is due, in working days after the quarter's end (the first is 1), and its rungs.

    `rungs` are working days before (negative) or after (positive) the due day on which a reminder goes; the opening
    message always goes. `weekly_on` is the weekday (Monday 0) of board and digest, sent at `weekly_at`.
    """

    opens_after: int = 3
    due_after: int = 17
    due_at: time = time(17, 0)
    rungs: tuple[int, ...] = (-5, -1, 0, 2, 5)
    office_opens: time = time(9, 0)
    office_closes: time = time(17, 0)
    weekly_on: int = 4
    weekly_at: time = time(12, 0)
    query_days: int = 2
    timezone: str = "Europe/London"


@dataclass(frozen=True)
class Partnership:
    """Everything the file says: the plan, the people, who owes what, the timetable, and the history it brings.

    `history_file` names the file beside it that the history came from, where there is one.
    """

    id: str
    name: str
    plan: str
    mailbox: str
    timetable: Timetable
    priorities: tuple[Priority, ...]
    people: tuple[Person, ...]
    definitions: tuple[Definition, ...]
    responsibilities: tuple[Responsibility, ...]
    history: tuple[Reported, ...] = ()
    history_file: str = ""

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """The people who hold a role, in the file's order."""
        return tuple(person for person in self.people if person.role is role)

    def known_as(self, name: str) -> Person | None:
        """The person that goes by a name: an id, an address or "slack:TEAM:USER"."""
        return next((person for person in self.people if name == person.id or person.is_sender(name)), None)

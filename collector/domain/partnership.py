"""A partnership's own definition file, as the rules see it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from collector.domain.figure import Reported
from collector.domain.indicator import Definition, Priority, by_code, in_force
from collector.domain.people import Person, Responsibility, Role
from collector.domain.period import Quarter
from collector.domain.publication import Publication
from collector.domain.retention import Retention
from collector.domain.timetable import Timetable


@dataclass(frozen=True)
class Release:
    """What waits for the coordinator before it goes out (RULES 22): the `first_round`, and some kinds `always`."""

    first_round: bool = False
    always: tuple[str, ...] = ("escalation",)


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
    release: Release = Release()
    retention: Retention = field(default_factory=Retention)
    publication: Publication | None = None

    def in_force(self, period: Quarter) -> dict[str, Definition]:
        """The definition that applies to each measure in a quarter, by code, in the plan's order."""
        if period not in self._in_force:
            self._in_force[period] = in_force(self.definitions, period)
        return self._in_force[period]

    @cached_property
    def _in_force(self) -> dict[Quarter, dict[str, Definition]]:
        return {}

    def wholes(self, period: Quarter) -> tuple[Definition, ...]:
        """The definitions of a quarter that are put together from parts."""
        if not self._puts_together:
            return ()
        return tuple(held for held in self.in_force(period).values() if held.parts)

    @cached_property
    def _puts_together(self) -> bool:
        return any(held.parts for held in self.definitions)

    @cached_property
    def dated(self) -> dict[str, list[Definition]]:
        """The definitions of each measure, the earliest first."""
        return by_code(self.definitions)

    @cached_property
    def by_id(self) -> dict[str, Person]:
        """Everybody, by id."""
        return {person.id: person for person in self.people}

    def reported_by(self, person: str) -> tuple[Responsibility, ...]:
        """What somebody reports in any quarter."""
        return self._by_person.get(person, ())

    @cached_property
    def _by_person(self) -> dict[str, tuple[Responsibility, ...]]:
        return _grouped((one.person, one) for one in self.responsibilities)

    def reporters_of(self, measure: str) -> tuple[Responsibility, ...]:
        """Who reports a measure in any quarter."""
        return self._by_measure.get(measure, ())

    @cached_property
    def _by_measure(self) -> dict[str, tuple[Responsibility, ...]]:
        return _grouped((one.measure, one) for one in self.responsibilities)

    def with_role(self, role: Role) -> tuple[Person, ...]:
        """The people who hold a role, in the file's order."""
        return tuple(person for person in self.people if person.role is role)

    def called(self, words: str) -> Person | None:
        """The person whom somebody means by an id, an address or a role's title."""
        wanted = words.strip().lower().removeprefix("the ")
        known = ((person, (person.id, person.title.removeprefix("The "), *person.addresses)) for person in self.people)
        return next((person for person, names in known if wanted in (name.lower() for name in names)), None)

    def all_known_as(self, name: str) -> tuple[Person, ...]:
        """Everybody who goes by a name: several people may share an address."""
        return tuple(person for person in self.people if name == person.id or person.is_sender(name))

    def at_address_of(self, person: str) -> set[str]:
        """The ids of everybody else who writes from an address of somebody's."""
        return self._sharers.get(person, set())

    @cached_property
    def _sharers(self) -> dict[str, set[str]]:
        held: dict[str, set[str]] = {}
        for person in self.people:
            for address in person.addresses:
                held.setdefault(address, set()).add(person.id)
        shared = [ids for ids in held.values() if len(ids) > 1]
        return {one: {other for ids in shared if one in ids for other in ids} - {one} for ids in shared for one in ids}

    def known_as(self, name: str) -> Person | None:
        """The person that goes by a name: an id, an address or "slack:TEAM:USER"."""
        return next((person for person in self.people if name == person.id or person.is_sender(name)), None)


def _grouped(named: Iterable[tuple[str, Responsibility]]) -> dict[str, tuple[Responsibility, ...]]:
    groups: dict[str, list[Responsibility]] = {}
    for name, one in named:
        groups.setdefault(name, []).append(one)
    return {name: tuple(group) for name, group in groups.items()}

"""What would go unprompted in the next days if nothing more came in: each message with its moment and its reason.

The clock and the senders themselves are run over those days, on the real books, in one unit of work that is rolled
back: so it can't say anything else than what then happens.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from collector.books import OutboxRow
from collector.clock import Clock
from collector.delivery import MAIL, Channel, Delivered, Delivery, Fate, speaks_first
from collector.domain.people import Person
from collector.domain.timetable import Timetable
from collector.ladder import OPENING, why
from collector.messages import Reminder
from collector.ports import Books, Calendar, Unit
from collector.screening import SLACK


@dataclass(frozen=True, order=True)
class Expected:
    """One message to come. One that is `held` waits for the coordinator from this moment on."""

    at: datetime
    to: str
    what: str
    why: str
    kind: str = ""
    person: str = ""
    held: bool = False


class _RolledBack(Exception):
    """Ends the rehearsal: nothing of it stays."""


@dataclass(frozen=True)
class _OneUnit:
    """Books whose every unit of work is the same one."""

    unit: Unit

    def begin(self) -> AbstractContextManager[Unit]:
        return nullcontext(self.unit)


class _NoPaper:
    """Makes nothing and sends nothing."""

    def render(self, row: OutboxRow, recipient_title: str, address: str, files: Sequence[bytes] = ()) -> bytes:
        return row.planned.dedupe_key.encode()

    def send(self, address: str, raw: bytes, again: bool) -> str:
        return raw.decode()


@dataclass
class _Rehearsal:
    """The service over the days to come."""

    unit: Unit
    calendar: Calendar
    found: list[Expected] = field(default_factory=list)

    def run(self, timetable: Timetable, now: datetime, until: datetime) -> None:
        books, paper = _OneUnit(self.unit), _NoPaper()
        clock = Clock(books, self.calendar)
        channels = {name: Channel(paper, paper, _somewhere) for name in (MAIL, SLACK)}
        delivery = Delivery(books, channels, self.calendar, "forecast")
        for moment in _moments(timetable, self.calendar, now, until):
            clock.tick(moment)
            while (delivered := delivery.send_next(moment)) is not None:
                self._note(delivered, moment)

    def _note(self, delivered: Delivered, moment: datetime) -> None:
        planned = delivered.row.planned
        if delivered.fate not in (Fate.SENT, Fate.HELD) or not speaks_first(planned):
            return
        partnership = self.unit.plan.get()
        person = partnership.by_id.get(planned.person) if partnership else None
        held = delivered.fate is Fate.HELD
        what, reason = _told(delivered.row)
        self.found.append(
            Expected(
                self.calendar.local(moment),
                person.title if person else planned.person,
                what,
                f"{reason}; waits for the coordinator's release" if held else reason,
                planned.kind,
                planned.person,
                held,
            )
        )


def forecast(books: Books, calendar: Calendar, now: datetime, until: datetime) -> list[Expected]:
    """Every unprompted message between two moments; empty before a partnership is loaded.

    It holds the books while it runs: for a usual partnership a second or two.
    """
    found: list[Expected] = []
    try:
        with books.begin() as unit:
            partnership = unit.plan.get()
            if partnership is not None:
                rehearsal = _Rehearsal(unit, calendar, found)
                rehearsal.run(partnership.timetable, now, until)
            raise _RolledBack
    except _RolledBack:
        return sorted(found)


def _moments(timetable: Timetable, calendar: Calendar, now: datetime, until: datetime) -> Iterator[datetime]:
    """Now, and on each day when the office opens, at the weekly moment and shortly before it closes."""
    yield now
    day = calendar.local(now).date()
    while calendar.at(day, timetable.office_opens) <= until:
        closing = calendar.at(day, timetable.office_closes) - timedelta(minutes=1)
        weekly = [calendar.at(day, timetable.weekly_at)] if day.weekday() == timetable.weekly_on else []
        moments = sorted({calendar.at(day, timetable.office_opens), *weekly, closing})
        yield from (moment for moment in moments if now < moment <= until)
        day += timedelta(days=1)


def _somewhere(person: Person) -> str:
    return person.id


def _told(row: OutboxRow) -> tuple[str, str]:
    """What a message is, and why it goes."""
    planned = row.planned
    match planned.kind, planned.message:
        case "reminder", Reminder() as message:
            asked = [f"the question about {each.code}" for each in message.to_answer] if not message.owed else []
            codes = ", ".join((*(line.code for line in message.owed), *asked)) or "nothing that can exist yet"
            opened = planned.dedupe_key.endswith(f":{OPENING}")
            return f"reminder: {codes}", "the round opens" if opened else why(message.days_left)
        case "board" | "digest", _:
            return planned.kind, "weekly while the round is open"
        case "escalation" | "prepared", _:
            return "escalation", "overdue after the last reminder"
        case "review", _:
            return "notice", "what waits for the coordinator"
        case kind, _:
            return kind, "planned"

"""A partnership living through time: replicas of the service over one set of books, and a witness of all that goes out.

The property tests and the long run of the bench share it. What it promises is worked out in `promises.py` from dates
alone, never by asking the rules that are tested.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from collector.books import AuditLine, OutboxRow
from collector.chasing import Rest, plan_reminders
from collector.clock import Clock
from collector.delivery import Channel, Delivery
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter
from collector.domain.round import Obligation, ObligationState
from collector.loading import load
from collector.messages import Reminder
from collector.ports import SendFailed, Unit
from collector.view import bare_view, current_periods
from scheduler.calendar import WorkingDays
from storage.books import SqlBooks
from tests.support.promises import FRIDAY, LONDON, Promises, Seen

#: A shorter pause between two ticks leaves no office day out.
UNNOTICED = timedelta(hours=4)
#: After an outage everything has gone within so many working days: one message a person and day.
CAUGHT_UP = 5


def crowded(partnership: Partnership, closed: Iterable[date]) -> Partnership:
    """A partnership with closed days of its own, whose coordinator owes a figure too.

    On the day of the last reminder an escalation is prepared for them as well: two messages are due to one person.
    """
    first, *others = partnership.responsibilities
    return replace(
        partnership,
        timetable=replace(partnership.timetable, closed=tuple(sorted(closed))),
        responsibilities=(replace(first, person="coordinator"), *others),
        history=(),
    )


@dataclass
class Witness:
    """Makes letters and hands them over: it notes each, and what its person owed at that moment."""

    life: "Life"
    seen: list[Seen] = field(default_factory=list)
    refusing: int = 0

    def render(self, row: OutboxRow, recipient_title: str, address: str, files: Sequence[bytes] = ()) -> bytes:
        planned = row.planned
        owed = not isinstance(planned.message, Reminder) or bool(planned.message.owed or planned.message.awaiting)
        return "\n".join((planned.dedupe_key, planned.person, str(owed))).encode()

    def send(self, address: str, raw: bytes, again: bool) -> str:
        if self.refusing:
            self.refusing -= 1
            self.life.up_since = self.life.now
            raise SendFailed("451 try again later")
        key, person, owed = raw.decode().split("\n")
        self.seen.append(Seen(self.life.now, key, person, owed == "True" and self._owes(key, person)))
        return key

    def _owes(self, key: str, person: str) -> bool:
        return not key.startswith("reminder:") or any(
            one.person == person and one.period.key == key.split(":")[1] for one in self.life.open_obligations()
        )


@dataclass
class Life:
    """Books, a moment, and as many replicas as are up; `closed` days come from the partnership's timetable."""

    books: SqlBooks
    partnership: Partnership
    now: datetime
    replicas: int = 2
    owing: list[Obligation] | None = None
    extended: dict[int, list[date]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.up_since = self.now
        self.calendar = WorkingDays(self.partnership.timetable)
        lags = {definition.code: definition.lag_days for definition in self.partnership.definitions}
        self.promises = Promises(frozenset(self.partnership.timetable.closed), lags)
        self.witness = Witness(self)
        channel = Channel(self.witness, self.witness, lambda person: next(iter(person.addresses), None))
        self.clocks = [Clock(self.books, self.calendar) for _ in range(self.replicas)]
        self.deliveries = [
            Delivery(self.books, {"mail": channel}, self.calendar, f"sender {number}")
            for number in range(self.replicas)
        ]
        load(self.books, self.partnership, {"definitions": b"d", "history": b"h"}, self.now, "coordinator")

    def passes(self, **time: int) -> None:
        """Time goes by and nobody is there to see it."""
        self.now += timedelta(**time)
        if timedelta(**time) > UNNOTICED:
            self.up_since = self.now

    def misses_a_friday(self) -> None:
        """The service is down until the Saturday after next Friday, and then up from Monday to Thursday."""
        friday = self.calendar.local(self.now).date()
        friday += timedelta(days=(FRIDAY - friday.weekday()) % 7)
        self.now = self.up_since = max(self.now, self.at(friday + timedelta(days=1), 3))
        self.lives_until(self.at(friday + timedelta(days=6), 16))

    def ticks(self, which: Sequence[int] = (0, 1)) -> None:
        """These replicas tick, and then send in turn what is due."""
        for number in which:
            self.clocks[number].tick(self.now)
        self.owing = None
        busy = list(which)
        while busy:
            busy = [number for number in busy if self.deliveries[number].send_next(self.now) is not None]

    def lives_until(self, end: datetime) -> None:
        """The service is up: it ticks when the office opens, at noon and in the afternoon of each day."""
        while self.now < end:
            day = self.calendar.local(self.now).date()
            for hour in (9, 12, 15):
                moment = self.at(day, hour)
                if self.now < moment <= end:
                    self.now = moment
                    self.ticks()
            self.now = max(self.now, min(end, self.at(day + timedelta(days=1), 3)))

    def at(self, day: date, hour: int) -> datetime:
        return self.calendar.at(day, self.partnership.timetable.office_opens.replace(hour=hour))

    def open_obligations(self) -> list[Obligation]:
        """What is still out, in every round that can be chased."""
        if self.owing is None:
            with self.books.begin() as unit:
                views = [bare_view(unit, period) for period in current_periods(unit, self.now)]
            self.owing = [one for view in views for one in view.obligations if one.state is not ObligationState.IN]
        return self.owing

    def comes_in(self, owed: Obligation) -> None:
        """A figure is in, as recording leaves it."""
        with self.books.begin() as unit:
            unit.rounds.move(owed.id, ObligationState.IN)
            unit.audit.write(AuditLine(self.now, owed.person, "figure recorded", owed.measure))
        self.owing = None

    def is_extended(self, owed: Obligation, until: date) -> None:
        """More time is granted."""
        with self.books.begin() as unit:
            unit.rounds.extend(owed.id, until)
            self.extended.setdefault(owed.id, []).append(until)
            unit.audit.write(AuditLine(self.now, "coordinator", "extended", owed.measure))

    def broken(self) -> list[str]:
        """What was promised and not kept, a line each."""
        seen = self.witness.seen
        days = Counter((one.person, one.at.astimezone(LONDON).date()) for one in seen)
        return [
            *(f"sent {count} times: {key}" for key, count in Counter(one.key for one in seen).items() if count > 1),
            *(f"{count} on {day} to {person}" for (person, day), count in days.items() if count > 1),
            *(f"out of hours: {one.key} at {one.at}" for one in seen if not self.promises.may_speak(one.at)),
            *(f"owes nothing: {one.key} at {one.at}" for one in seen if not one.owed),
        ]

    def forgotten(self) -> list[str]:
        """What should have gone by now and did not; nothing can be said of it shortly after an outage."""
        today = self.now.astimezone(LONDON).date()
        if today < self.promises.counted(self.up_since.astimezone(LONDON).date(), CAUGHT_UP):
            return []
        return [*self.promises.forgotten(self.open_obligations(), self.witness.seen, self.now)]

    def overlooked(self) -> list[str]:
        """What should have gone by now and did not, and what went without a reason, once the service was up again.

        A clock that remembers nothing finds nothing to do either, and nothing waits.
        """
        planned = plan_reminders(self.books, self.calendar, self.now, Rest())
        with self.books.begin() as unit:
            rows = [row for row in unit.outbox.rows() if row.state in ("due", "sending")]
            owing = [one for period in _quarters(unit) for one in unit.rounds.obligations(period)]
        waiting = [row.planned.dedupe_key for row in rows if row.planned.not_before <= self.now]
        seen = self.witness.seen
        return [
            *(one.dedupe_key for one in planned),
            *waiting,
            *self.promises.forgotten(self.open_obligations(), seen, self.now),
            *self.promises.without_reason(owing, self.extended, seen),
        ]


def _quarters(unit: Unit) -> Iterator[Quarter]:
    """Every quarter from the first round on."""
    period, latest = unit.rounds.first(), unit.rounds.latest()
    while period is not None and latest is not None and period <= latest.period:
        yield period
        period = period.next

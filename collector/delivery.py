"""The way out: claim what is due, render it once, keep those bytes, send them, note it. Over ports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from collector.announcing import late_changes_on
from collector.books import SENDING, AuditLine, OutboxRow, Planned
from collector.domain.people import Person
from collector.escalation import ESCALATION, PREPARED, escalation_now
from collector.failing import address_fails
from collector.failpoints import Failpoint, Reached, pass_by
from collector.messages import Board, LateChanges, Message, Notice, Reminder, SignOffSheet, WeekSummary
from collector.ports import Books, Calendar, ClaimLost, Renderer, Sender, SendFailed, Unit
from collector.releasing import must_wait
from collector.reminders import compose
from collector.signing_sheet import sheet_for
from collector.summary import board
from collector.view import board_view, view_round

#: How long a sender may take before another may send the same bytes again.
LEASE = timedelta(minutes=5)
#: Pauses between tries; the last is repeated for as long as the outside is away: no letter is given up for that.
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
#: A letter that can't be made or handed over for another reason is given up after so many tries.
MAX_FAULTS = 5


#: How the audit trail names a letter that was given up; the coordinator is told of each.
NOT_DELIVERED = "not delivered"
#: What is dropped where nothing of it needs to be said any more.
_SAID_ANEW = ("reminder", "sign-off", ESCALATION, PREPARED)
#: What stands in a group's channel, and is to nobody there.
IN_A_CHANNEL = (Board, LateChanges, WeekSummary)
#: The channel that everything else falls back on.
MAIL = "mail"


class Fate(StrEnum):
    """What became of a message that was due."""

    SENT = "sent"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True)
class Delivered:
    """One message and its fate; `address` and `raw` where it went out."""

    row: OutboxRow
    fate: Fate
    address: str = ""
    raw: bytes = b""
    why: str = ""


@dataclass(frozen=True)
class Channel:
    """One way out: what makes a message's bytes, what hands them over, and where somebody is met."""

    renderer: Renderer
    sender: Sender
    address_of: Callable[[Person], str | None]


@dataclass(frozen=True)
class _Ready:
    row: OutboxRow
    channel: Channel
    address: str
    raw: bytes


@dataclass(frozen=True)
class Delivery:
    """Sends what the outbox holds; safe with several at once. In doubt a mail goes twice with the same bytes.

    `only` names the channels whose messages this one takes, so that one outside that is slow holds up no other; empty,
    it takes all, and what it has no channel for goes by mail.
    """

    books: Books
    channels: Mapping[str, Channel]
    calendar: Calendar
    worker: str = "sender"
    reached: Reached = field(default=pass_by)
    only: tuple[str, ...] = ()

    def send_next(self, now: datetime, answers_only: bool = False) -> Delivered | None:
        """Bring the next due message, or answer, to its end; None when nothing is due.

        What can't be rendered or handed over waits for another try, so that it never holds up the rest.
        """
        with self.books.begin() as unit:
            row = unit.outbox.claim(self.worker, now, LEASE, self.only, answers_only)
        if row is None:
            return None
        try:
            return self._send(row, now)
        except ClaimLost:
            return Delivered(row, Fate.POSTPONED, why="another sender took it over")
        except Exception as error:
            return self._faulty(row, error, now)

    def _send(self, row: OutboxRow, now: datetime) -> Delivered:
        ready = self._prepare(row, now)
        if not isinstance(ready, _Ready):
            return ready
        self.reached(Failpoint.RENDERED)
        try:
            outside = ready.channel.sender.send(ready.address, ready.raw, again=row.blob is not None)
        except SendFailed as error:
            return self._not_sent(ready, error, now)
        self.reached(Failpoint.SENT)
        with self.books.begin() as unit:
            unit.outbox.sent(ready.row.id, outside, now)
            if ready.row.planned.channel == MAIL:
                unit.outages.end(SENDING)
        self.reached(Failpoint.NOTED)
        return Delivered(ready.row, Fate.SENT, ready.address, ready.raw)

    def _prepare(self, row: OutboxRow, now: datetime) -> _Ready | Delivered:
        """Make sure it is still wanted now, and keep the bytes that will be sent."""
        with self.books.begin() as unit:
            if row.planned.unprompted:
                put_off = self._put_off(unit, row, now)
                if put_off is not None:
                    return put_off
            if row.blob is None:
                row = self._refreshed(unit, row, now)
            person = _person(unit, row)
            channel = self.channels.get(row.planned.channel)
            address = channel.address_of(person) if channel and person else None
            if row.planned.address and row.planned.channel == MAIL:
                address = row.planned.address
            if person is None or channel is None or address is None:
                return self._another_way(unit, row, f"{row.planned.person} can't be reached by {_way(row)}", now)
            raw = unit.blobs.get(row.blob) if row.blob else _rendered(unit, row, channel, person, address)
            said_on = self.calendar.local(now).date() if speaks_first(row.planned) else None
            unit.outbox.sending(row.id, self.worker, unit.blobs.put(raw), said_on)
            return _Ready(row, channel, address, raw)

    def _put_off(self, unit: Unit, row: OutboxRow, now: datetime) -> Delivered | None:
        """Promise 8: unprompted messages wait for office hours, and a reminder stops once the return is in.

        Nobody gets two a day: the second waits for the next working morning, and says then how things are.
        Units of work take turns and the day is kept with the bytes, so that this holds for any number of senders.
        """
        if must_wait(unit, row):
            unit.outbox.hold(row.id)
            return Delivered(row, Fate.HELD, why="it waits for the coordinator's release")
        if not self.calendar.in_office_hours(now):
            unit.outbox.postpone(row.id, self.worker, self.calendar.next_office_hour(now))
            return Delivered(row, Fate.POSTPONED, why="outside office hours")
        if row.planned.kind in _SAID_ANEW and self._said_now(unit, row, now) is None:
            unit.outbox.cancel(row.id, self.worker)
            return Delivered(row, Fate.CANCELLED, why="nothing is left to say")
        today = self.calendar.local(now).date()
        if speaks_first(row.planned) and unit.outbox.spoken_to(row.planned.person, today, besides=row.id):
            unit.outbox.postpone(row.id, self.worker, self.calendar.next_morning(now))
            return Delivered(row, Fate.POSTPONED, why="they had a message today")
        return None

    def _refreshed(self, unit: Unit, row: OutboxRow, now: datetime) -> OutboxRow:
        """A reminder or board that waited says how things are now, not how they were when it was planned."""
        current = self._said_now(unit, row, now)
        if current is None or current == row.planned.message:
            return row
        planned = replace(row.planned, message=current)
        unit.outbox.rewrite(row.id, planned)
        return replace(row, planned=planned)

    def _said_now(self, unit: Unit, row: OutboxRow, now: datetime) -> Message | None:
        """What a reminder or a board would say now; None where nothing needs to be said any more."""
        planned, person = row.planned, _person(unit, row)
        if person is None or planned.period is None:
            return None
        match planned.message:
            case Reminder(opening=opening):
                view = view_round(unit, planned.period, only=(person.id,))
                return compose(view, person, self.calendar, now, opening)
            case SignOffSheet():
                return sheet_for(view_round(unit, planned.period), person, self.calendar.local(now))
            case Notice() if planned.kind in (ESCALATION, PREPARED):
                return escalation_now(view_round(unit, planned.period, past=False), planned, self.calendar, now)
            case Board():
                return board(board_view(unit, planned.period), self.calendar.local(now))
            case LateChanges(on=day):
                return late_changes_on(view_round(unit, planned.period), self.calendar, day)
            case _:
                return None

    def _not_sent(self, ready: _Ready, error: SendFailed, now: datetime) -> Delivered:
        """Refused for good, it is the coordinator's; refused for now, the same bytes go again after a pause.

        A refused address is marked as by a bounce; where all our mail is refused, that is an outage to be mended.
        """
        row = ready.row
        with self.books.begin() as unit:
            if error.address_fails:
                address_fails(unit, ready.address, str(error), now)
            if error.outage:
                unit.outages.begin(SENDING, now, str(error))
            if error.permanent:
                return self._another_way(unit, row, str(error), now)
            unit.outbox.postpone(row.id, self.worker, now + (error.retry_after or _pause(row)))
        return Delivered(row, Fate.POSTPONED, ready.address, why=str(error))

    def _another_way(self, unit: Unit, row: OutboxRow, why: str, now: datetime) -> Delivered:
        """What another channel can't bring goes by mail. A board has no other way: it is posted anew another day."""
        person, planned = _person(unit, row), row.planned
        if isinstance(planned.message, IN_A_CHANNEL) and planned.channel != MAIL:
            return self._board_stays_out(unit, row, why, now)
        if planned.edits is not None and planned.channel != MAIL:
            return self._not_edited(unit, row, why, now)
        if planned.channel == MAIL or person is None or not person.addresses:
            return self._give_up(unit, row, why, now)
        by_mail = replace(planned, channel=MAIL, in_reply_to=None, references=())
        unit.outbox.reroute(row.id, self.worker, by_mail, now)
        unit.audit.write(AuditLine(now, "collector", "sent by mail instead", planned.dedupe_key, why))
        return Delivered(row, Fate.POSTPONED, why=f"{why}; it goes by mail")

    def _board_stays_out(self, unit: Unit, row: OutboxRow, why: str, now: datetime) -> Delivered:
        """Without Slack nobody misses it; an edit that can't be made mends itself; a post is the coordinator's."""
        if row.planned.channel not in self.channels:
            unit.outbox.cancel(row.id, self.worker)
            return Delivered(row, Fate.CANCELLED, why=why)
        if row.planned.edits is None:
            return self._give_up(unit, row, why, now)
        return self._not_edited(unit, row, why, now)

    def _not_edited(self, unit: Unit, row: OutboxRow, why: str, now: datetime) -> Delivered:
        """A message of ours that is gone or can't be reached stays as it is: what an edit says is in the books."""
        unit.outbox.fail(row.id, self.worker)
        unit.audit.write(AuditLine(now, "collector", "not edited", row.planned.dedupe_key, why))
        return Delivered(row, Fate.FAILED, why=why)

    def _faulty(self, row: OutboxRow, error: Exception, now: datetime) -> Delivered:
        why = f"{type(error).__name__}: {error}"
        with self.books.begin() as unit:
            if row.faults + 1 >= MAX_FAULTS:
                return self._give_up(unit, row, why, now)
            unit.outbox.postpone(row.id, self.worker, now + _pause(row), fault=True)
        return Delivered(row, Fate.POSTPONED, why=why)

    def _give_up(self, unit: Unit, row: OutboxRow, why: str, now: datetime) -> Delivered:
        unit.outbox.fail(row.id, self.worker)
        unit.audit.write(AuditLine(now, "collector", NOT_DELIVERED, row.planned.dedupe_key, why))
        return Delivered(row, Fate.FAILED, why=why)


def _rendered(unit: Unit, row: OutboxRow, channel: Channel, person: Person, address: str) -> bytes:
    message = row.planned.message
    files = [unit.blobs.get(file.blob) for file in message.files] if isinstance(message, Notice) else []
    title = message.to if row.planned.address and isinstance(message, Notice) else person.title
    return channel.renderer.render(row, title, address, files)


def speaks_first(planned: Planned) -> bool:
    """Whether a message is one of which a person gets one a day; a board in a group's channel is to nobody."""
    return planned.unprompted and not (isinstance(planned.message, IN_A_CHANNEL) and planned.channel != MAIL)


def _way(row: OutboxRow) -> str:
    return row.planned.channel.capitalize() if row.planned.channel != MAIL else MAIL


def _pause(row: OutboxRow) -> timedelta:
    return PAUSES[min(row.attempts, len(PAUSES)) - 1]


def _person(unit: Unit, row: OutboxRow) -> Person | None:
    partnership = unit.plan.get()
    return partnership.by_id.get(row.planned.person) if partnership else None

"""The way of a message: kept, claimed, opened, screened, read, recorded, answered. The whole story in one place."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from collector.answers import answer, refusal
from collector.books import InboxRow, Outcome, Planned, QueryRow
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.round import Obligation
from collector.domain.submission import Asked, Inbound, OpenChoice, Opened, Reading, ReadingTask, Refusal
from collector.failpoints import Failpoint, Reached, pass_by
from collector.messages import Message
from collector.ports import Books, Border, Calendar, ClaimLost, NotLoaded, Opener, Reader, Unit
from collector.recording import Entry, Ledger, Recorder
from collector.screening import Screened, Way, screen
from collector.view import RoundView, latest_view, view_round
from collector.wording import target_words

#: How long a worker may hold a message before another may take it over.
LEASE = timedelta(minutes=5)
#: What fails this often goes to the coordinator.
MAX_ATTEMPTS = 3


class Stale(Exception):
    """The books changed while a message was being read: it is read again."""


@dataclass(frozen=True)
class Processed:
    """What became of one inbound message; without an outcome it is left for another try."""

    row: InboxRow
    outcome: Outcome | None
    reason: str = ""
    person: Person | None = None
    entries: Sequence[Entry] = ()
    questions: Sequence[QueryRow] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Intake:
    """Takes messages in at any door and works through them; safe with several workers at once."""

    books: Books
    opener: Opener
    reader: Reader
    border: Border
    calendar: Calendar
    worker: str = "worker"
    reader_name: str = "text/1"
    reached: Reached = field(default=pass_by)

    def accept(self, inbound: Inbound) -> InboxRow | None:
        """Keep a message before anything else happens to it; None when it was kept before (promise 1)."""
        with self.books.begin() as unit:
            row = unit.inbox.keep(inbound, unit.blobs.put(inbound.raw))
        self.reached(Failpoint.ACCEPTED)
        return row

    def process_next(self, now: datetime, only: int | None = None) -> Processed | None:
        """Take the next message (or `only` this one) and bring it to its end.

        None when nothing waits or another worker was faster. What raises is left for another try, and after three
        goes to quarantine with its reason.
        """
        with self.books.begin() as unit:
            row = unit.inbox.claim(self.worker, now, LEASE, only)
            if row is None:
                return None
            if row.attempts > MAX_ATTEMPTS:
                reason = f"{MAX_ATTEMPTS} tries to read it ended without a result"
                unit.inbox.quarantine(row.id, self.worker, reason, now)
                return Processed(row, Outcome.REFUSED, reason)
            raw = unit.blobs.get(row.blob)
        self.reached(Failpoint.CLAIMED)
        try:
            return self._process(row, raw, now)
        except ClaimLost:
            return None
        except Exception as error:
            return self._give_up_or_retry(row, error, now)

    def _process(self, row: InboxRow, raw: bytes, now: datetime) -> Processed:
        opened = self.opener.open(row.door, raw, row.size, row.cut)
        self.reached(Failpoint.OPENED)
        for _ in range(MAX_ATTEMPTS):
            try:
                done = self._read_and_settle(row, opened, now)
            except Stale:
                continue
            self.reached(Failpoint.PROCESSED)
            return done
        raise Stale("the books kept changing while this was read")

    def _read_and_settle(self, row: InboxRow, opened: Opened | Refusal, now: datetime) -> Processed:
        """Read outside any transaction; then, in one unit of work, make sure the ground is the same and settle it."""
        with self.books.begin() as unit:
            partnership = _partnership(unit)
            screened = screen(unit, partnership, row, opened, self.border)
            task = self._task(unit, row, opened, screened)
        reading = self.reader.read(opened.text, task) if isinstance(opened, Opened) and task else Reading()
        with self.books.begin() as unit:
            again = screen(unit, partnership, row, opened, self.border)
            if again != screened or self._task(unit, row, opened, screened) != task:
                raise Stale
            fingerprint = opened.fingerprint if isinstance(opened, Opened) else row.blob
            sender = screened.person.id if screened.person else None
            unit.inbox.note(row.id, sender, opened.message_id, fingerprint)
            return self._settle(unit, row, opened, screened, reading, now)

    def _task(self, unit: Unit, row: InboxRow, opened: Opened | Refusal, screened: Screened) -> ReadingTask | None:
        view = _view_for(unit, opened)
        if screened.way is not Way.READ or screened.person is None or view is None or isinstance(opened, Refusal):
            return None
        sent = _said_at(opened, row)
        task = reading_task(view, screened.person, self.calendar.local(sent))
        return replace(task, subject=opened.subject)

    def _settle(
        self,
        unit: Unit,
        row: InboxRow,
        opened: Opened | Refusal,
        screened: Screened,
        reading: Reading,
        now: datetime,
    ) -> Processed:
        person = screened.person
        match screened.way:
            case Way.IGNORE:
                return self._finish(unit, row, Outcome.IGNORED, screened, now)
            case Way.ASK_SENDER:
                unit.inbox.quarantine(row.id, self.worker, screened.reason, now)
                return Processed(row, Outcome.ASKED, screened.reason)
            case Way.REVIEW:
                unit.inbox.quarantine(row.id, self.worker, screened.reason, now)
                return Processed(row, Outcome.REFUSED, screened.reason)
        view = _view_for(unit, opened)
        if person is None or isinstance(opened, Refusal) or view is None or not view.owed_by(person.id):
            return self._refuse(unit, row, opened, screened, view, now)
        newest = unit.rounds.latest()
        recorder = Recorder(
            unit,
            view,
            self.calendar,
            row,
            person,
            _said_at(opened, row),
            self.reader_name,
            now,
            earlier_round=newest is not None and newest.period > view.round.period,
        )
        ledger = recorder.record(reading)
        after = view_round(unit, view.round.period)
        message = answer(after, person, row, opened, ledger, self.calendar.local(now))
        unit.outbox.plan(_reply(row, opened, person, message, now, view.round.period), now)
        return self._conclude(unit, row, person, ledger, message.notes, now)

    def _conclude(
        self, unit: Unit, row: InboxRow, person: Person, ledger: Ledger, notes: Sequence[str], now: datetime
    ) -> Processed:
        outcome = Outcome.ASKED if ledger.questions or not ledger.entries else Outcome.RECORDED
        counts = f"{len(ledger.entries)} recorded, {len(ledger.questions)} asked"
        unit.inbox.finish(row.id, self.worker, outcome, counts, now)
        return Processed(row, outcome, counts, person, ledger.entries, ledger.questions, notes)

    def _refuse(
        self,
        unit: Unit,
        row: InboxRow,
        opened: Opened | Refusal,
        screened: Screened,
        view: RoundView | None,
        now: datetime,
    ) -> Processed:
        """A known sender whose message can't be used gets the plain reason; the coordinator sees it too."""
        person = screened.person
        if person is None:
            raise LookupError("only a known sender is refused with a reason")
        message = refusal(person, screened.reason, view)
        unit.outbox.plan(_reply(row, opened, person, message, now, message.period), now)
        reason = message.paragraphs[0]
        unit.inbox.quarantine(row.id, self.worker, reason, now)
        return Processed(row, Outcome.REFUSED, reason, person)

    def _finish(self, unit: Unit, row: InboxRow, outcome: Outcome, screened: Screened, now: datetime) -> Processed:
        unit.inbox.finish(row.id, self.worker, outcome, screened.reason, now)
        return Processed(row, outcome, screened.reason, screened.person)

    def _give_up_or_retry(self, row: InboxRow, error: Exception, now: datetime) -> Processed | None:
        reason = f"could not be processed: {type(error).__name__}: {error}"
        try:
            with self.books.begin() as unit:
                if row.attempts < MAX_ATTEMPTS:
                    unit.inbox.release(row.id, self.worker)
                    return Processed(row, None, reason)
                unit.inbox.quarantine(row.id, self.worker, reason, now)
        except ClaimLost:
            return None
        return Processed(row, Outcome.REFUSED, reason)


def reading_task(view: RoundView, person: Person, sent: datetime) -> ReadingTask:
    """What is known before a person's message is read."""
    period = view.round.period
    choices = (
        OpenChoice(choice.number, query.measure, choice.reported.value if choice.reported else None)
        for query in view.open_queries.values()
        if query.person == person.id
        for choice in query.choices
    )
    held = {owed.measure: view.figures.get(owed.measure) for owed in view.owed_by(person.id)}
    recorded = {code: figure.reported.value for code, figure in held.items() if figure}
    return ReadingTask(
        period=str(period),
        span=period.span,
        asked=tuple(_asked(view, owed) for owed in view.owed_by(person.id)),
        choices=tuple(choices),
        recorded={code: value for code, value in recorded.items() if value is not None},
        sent_on=sent.date(),
    )


def _asked(view: RoundView, owed: Obligation) -> Asked:
    definition = view.definitions[owed.measure]
    return Asked(
        number=owed.number,
        code=definition.code,
        title=definition.title,
        unit=definition.unit,
        basis=definition.basis,
        target=target_words(definition.target),
        aliases=(definition.short, *definition.aliases),
    )


def _partnership(unit: Unit) -> Partnership:
    partnership = unit.plan.get()
    if partnership is None:
        raise NotLoaded
    return partnership


def _view_for(unit: Unit, opened: Opened | Refusal) -> RoundView | None:
    """The round a message answers: the one of ours it refers to, else the latest."""
    if isinstance(opened, Opened):
        ours = unit.outbox.by_references(opened.references)
        if ours is not None and ours.planned.period is not None and unit.rounds.get(ours.planned.period):
            return view_round(unit, ours.planned.period)
    return latest_view(unit)


def _said_at(opened: Opened, row: InboxRow) -> datetime:
    """The sender's time; a clock that runs ahead of ours can't make a figure stand for ever."""
    return min(opened.sent_at, row.received_at) if opened.sent_at else row.received_at


def _reply(
    row: InboxRow, opened: Opened | Refusal, person: Person, message: Message, now: datetime, period: Quarter | None
) -> Planned:
    thread = (*opened.references, opened.message_id) if isinstance(opened, Opened) and opened.message_id else ()
    return Planned(
        dedupe_key=f"answer:{hashlib.sha256(row.delivery_key.encode()).hexdigest()[:40]}",
        person=person.id,
        message=message,
        not_before=now,
        unprompted=False,
        period=period,
        in_reply_to=opened.message_id,
        references=thread,
    )

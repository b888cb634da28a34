"""The way of a message: kept, claimed, opened, screened, heard, recorded, answered. The whole story in one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from collector.absence import heed_automatic_reply
from collector.acting import Acting
from collector.actions import heard_plans, reasons_in
from collector.answered import edit_reminders
from collector.answering import give_answer
from collector.answers import answer, gone, our_fault, refusal
from collector.asking import asked_of
from collector.books import InboxRow, Outcome, QueryRow
from collector.carrying_out import Errand
from collector.definitions_by_message import asking_for_preview, to_be_found, with_answered
from collector.domain.orders import Order
from collector.domain.people import Person
from collector.domain.submission import Inbound, Opened, Refusal
from collector.earlier_names import heard_by_earlier_code
from collector.failing import heard_from, heed_bounce
from collector.failpoints import Failpoint, Reached, pass_by
from collector.fetching import Fetching
from collector.forms import sheet_of
from collector.hearing import Heard, Said, hear, ordered
from collector.looking_again import sheet_again
from collector.messages import Sheet
from collector.our_message import our_message
from collector.ports import (
    BookletWriter,
    Books,
    Border,
    Calendar,
    ClaimLost,
    Fetcher,
    Finder,
    Opener,
    OrderReader,
    Reader,
    Unit,
)
from collector.purging import forget_copy
from collector.reading_message import said_in, task_of
from collector.recording import Entry, Ledger, Recorder
from collector.replying import reply_to
from collector.screening import RECORD, VOUCHED, Screened, Way, partnership_of, screen, unless_left
from collector.setting_aside import may_wait_for_the_coordinator, set_aside
from collector.telling_owners import tell_owners
from collector.turns import in_turn, is_anothers, said_at, says_figures, says_nothing_new
from collector.view import RoundView, latest_view, view_round
from collector.which_round import answered_round, may_name, view_for

#: How long a worker may hold a message before another may take it over.
LEASE = timedelta(minutes=10)
#: What fails this often goes to the coordinator.
MAX_ATTEMPTS = 3
OUR_FAULT = f"in {MAX_ATTEMPTS} tries it could not be read, which is our fault and not its sender's; the log says more"
#: What comes again after it was purged is not kept and not read.
PURGED = "it was purged before, so it was not read"
#: Pauses before the second and the third try.
PAUSES = (timedelta(seconds=30), timedelta(minutes=5))


class Stale(Exception):
    """The books changed while a message was being read: it is read again."""


@dataclass(frozen=True)
class Processed:
    """What became of one inbound message; without an outcome it is left for another try.

    `waiting` are the codes whose correction waits for the coordinator.
    """

    row: InboxRow
    outcome: Outcome | None
    reason: str = ""
    person: Person | None = None
    entries: Sequence[Entry] = ()
    questions: Sequence[QueryRow] = ()
    notes: Sequence[str] = ()
    waiting: Sequence[str] = ()


@dataclass(frozen=True)
class Intake:
    """Takes messages in at any door and works through them; safe with several workers at once."""

    books: Books
    opener: Opener
    reader: Reader
    orders: OrderReader
    booklets: BookletWriter
    border: Border
    calendar: Calendar
    worker: str = "worker"
    reader_name: str = "text/1"
    finder: Finder = field(kw_only=True)
    reached: Reached = field(default=pass_by)
    fetchers: Mapping[str, Fetcher] = field(default_factory=dict)

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
            if unit.care.gone(row.blob):
                unit.inbox.finish(row.id, self.worker, Outcome.IGNORED, PURGED, now)
                return Processed(row, Outcome.IGNORED, PURGED)
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
        opened, heard = self._heard(row, opened)
        for _ in range(MAX_ATTEMPTS):
            try:
                done = self._read_and_settle(row, opened, heard, now)
            except Stale:
                continue
            self.reached(Failpoint.PROCESSED)
            return done
        raise Stale("the books kept changing while this was read")

    def _heard(self, row: InboxRow, opened: Opened | Refusal) -> tuple[Opened | Refusal, Heard]:
        """A trusted sender's files are fetched and read; nobody else's are touched."""
        if not isinstance(opened, Opened):
            return opened, Heard()
        with self.books.begin() as unit:
            screened = self._screened(unit, row, opened)
        if screened.way is not Way.READ or screened.person is None:
            return opened, Heard()
        if opened.remote:
            files = Fetching(self.books, self.fetchers, self.reached)
            opened = files.whole(row, opened, last_try=row.attempts >= MAX_ATTEMPTS)
        # Nobody gives orders through what the coordinator enters for them: a lead signs off in person (RULES 19).
        if is_anothers(row, opened, screened):
            opened = replace(opened, text=opened.passed_words or opened.text)
            return opened, hear(opened, self.opener)
        told = opened if row.door == RECORD else ordered(opened, self.orders, self._said_on(opened, row))
        heard = hear(opened, self.opener)
        told = asking_for_preview(told, heard.definitions.brought)
        found = with_answered(self.books, self.opener, told, screened.person.id, heard.definitions.brought)
        return told, replace(heard, definitions=found)

    def _screened(self, unit: Unit, row: InboxRow, opened: Opened | Refusal) -> Screened:
        screened = screen(unit, partnership_of(unit), row, opened, self.border)
        return unless_left(screened, self.calendar.local(row.received_at).date())

    def _said_on(self, opened: Opened, row: InboxRow) -> date:
        return self.calendar.local(said_at(opened, row)).date()

    def _read_and_settle(self, row: InboxRow, opened: Opened | Refusal, heard: Heard, now: datetime) -> Processed:
        """Read outside any transaction; then, in one unit of work, make sure the ground is the same and settle it."""
        with self.books.begin() as unit:
            screened = self._screened(unit, row, opened)
            task = task_of(unit, self.calendar, row, opened, heard, screened)
        said = said_in(opened, heard, task, self.reader, self.finder) if task else Said()
        with self.books.begin() as unit:
            again = self._screened(unit, row, opened)
            if again != screened or task_of(unit, self.calendar, row, opened, heard, screened) != task:
                raise Stale
            fingerprint = opened.fingerprint if isinstance(opened, Opened) else row.blob
            sender = screened.person.id if screened.person else None
            unit.inbox.note(row.id, sender, opened.message_id, fingerprint)
            return self._settle(unit, row, opened, heard, screened, said, now)

    def _settle(
        self,
        unit: Unit,
        row: InboxRow,
        opened: Opened | Refusal,
        heard: Heard,
        screened: Screened,
        said: Said,
        now: datetime,
    ) -> Processed:
        person = screened.person
        match screened.way:
            case Way.IGNORE:
                heed_automatic_reply(unit, opened, self.border, now)
                heed_bounce(unit, opened, now)
                forget_copy(unit, row, opened)
                return self._finish(unit, row, Outcome.IGNORED, screened, now)
            case Way.ASK_SENDER:
                unit.inbox.quarantine(row.id, self.worker, screened.reason, now)
                return Processed(row, Outcome.ASKED, screened.reason)
            case Way.LEFT if person is not None and row.door not in VOUCHED:
                # A plain line and no more: what the books hold is no longer theirs to read.
                left = reply_to(row, opened, person, gone(person, screened.reason), now, None)
                give_answer(unit, self.calendar, left, now)
        match screened.way:
            case Way.REVIEW | Way.LEFT:
                set_aside(unit, row, self.worker, opened, screened, now)
                return Processed(row, Outcome.REFUSED, screened.reason)
        heard_from(unit, row, opened)
        if screened.way is Way.ASK_WHO and person is not None:
            asked = refusal(person, screened.reason, None)
            give_answer(unit, self.calendar, reply_to(row, opened, person, asked, now, None), now)
            return self._finish(unit, row, Outcome.ASKED, screened, now)
        if says_nothing_new(opened, said):
            return self._finish(
                unit, row, Outcome.IGNORED, replace(screened, reason="an edit that changes no figure"), now
            )
        view = view_for(unit, opened, heard, person)
        told: tuple[str, ...] = ()
        errand: Errand | None = None
        later: tuple[Order, ...] = ()
        if person is not None and isinstance(opened, Opened) and opened.orders:
            ours, acting = our_message(unit, opened, (person.id,)), Acting(unit, self.calendar, now, person)
            answers = ours.planned.message if ours else None
            brings = says_figures(said)
            first, later = in_turn(opened.orders, brings)
            of_a_round = answered_round(unit, opened, person) is not None
            errand = Errand(acting, self.booklets, answers, heard.definitions, of_a_round)
            carried = errand.run(view, first)
            alone = not brings and bool(carried.told)
            if alone or carried.apart:
                done = carried.notice(person.title)
                done_answer = to_be_found(reply_to(row, opened, person, done, now, None, part="orders"))
                give_answer(unit, self.calendar, done_answer, now)
            if alone:
                reason = f"{len(opened.orders)} carried out"
                unit.inbox.finish(row.id, self.worker, Outcome.CARRIED_OUT, reason, now)
                return Processed(row, Outcome.CARRIED_OUT, reason, person, notes=carried.told)
            told = () if carried.apart else tuple(carried.told)
            view = view_for(unit, opened, heard, person)
        if person is None or isinstance(opened, Refusal) or view is None:
            return self._refuse(unit, row, opened, screened, view, now)
        if not asked_of(view, person, self._said_on(opened, row), may_name(opened, heard)):
            return self._refuse(unit, row, opened, screened, view, now)
        newest = unit.rounds.latest()
        recorder = Recorder(
            unit,
            view,
            self.calendar,
            row,
            person,
            said_at(opened, row),
            self.reader_name,
            now,
            earlier_round=newest is not None and newest.period > view.round.period,
            reasons=reasons_in(said.plans),
        )
        ledger = recorder.record(said.reading)
        after = view_round(unit, view.round.period)
        if errand is not None and later:
            told = (*told, *errand.run(after, later).told)
            after = view_round(unit, view.round.period)
        ledger.notes += heard_plans(
            Acting(unit, self.calendar, now, person), after, said.plans, row.id, ledger.reasoned
        )
        after = view_round(unit, view.round.period) if said.plans else after
        anew = self._anew(unit, person, said, ledger, now)
        earlier = heard_by_earlier_code(Acting(unit, self.calendar, now, person), after, said.earlier)
        message = answer(after, person, row, (*told, *earlier, *said.notes), ledger, self.calendar.local(now), anew)
        give_answer(unit, self.calendar, reply_to(row, opened, person, message, now, view.round.period), now)
        tell_owners(unit, view, row, person, ledger.entries, self.calendar, now)
        edit_reminders(unit, after, person.id, ledger.entries, self.calendar, now)
        return self._conclude(unit, row, person, ledger, message.notes, now)

    def _anew(self, unit: Unit, person: Person, said: Said, ledger: Ledger, now: datetime) -> Sheet | None:
        """The workbook that goes back: where a file was none of ours, or something in ours is to be looked at."""
        asked = [query for query in ledger.questions if query.measure in said.cells]
        view = latest_view(unit) if said.send_anew or asked else None
        if view is None:
            return None
        owed = asked_of(view, person, self.calendar.local(now).date())
        return sheet_again(sheet_of(view, person, owed), said.marks, asked, said.cells)

    def _conclude(
        self, unit: Unit, row: InboxRow, person: Person, ledger: Ledger, notes: Sequence[str], now: datetime
    ) -> Processed:
        outcome = Outcome.ASKED if ledger.questions or not ledger.entries else Outcome.RECORDED
        counts = f"{len(ledger.entries)} recorded, {len(ledger.questions)} asked"
        if ledger.waiting:
            counts += f", {len(ledger.waiting)} for the coordinator to decide"
        unit.inbox.finish(row.id, self.worker, outcome, counts, now)
        return Processed(row, outcome, counts, person, ledger.entries, ledger.questions, notes, ledger.waiting)

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
        said = opened.text if isinstance(opened, Opened) else ""
        message = refusal(person, screened.reason, view, said)
        give_answer(unit, self.calendar, reply_to(row, opened, person, message, now, message.period), now)
        reason = message.paragraphs[0]
        if not may_wait_for_the_coordinator(opened, person, screened):
            return self._finish(unit, row, Outcome.REFUSED, replace(screened, reason=reason), now)
        set_aside(unit, row, self.worker, opened, replace(screened, reason=reason), now)
        return Processed(row, Outcome.REFUSED, reason, person)

    def _finish(self, unit: Unit, row: InboxRow, outcome: Outcome, screened: Screened, now: datetime) -> Processed:
        unit.inbox.finish(row.id, self.worker, outcome, screened.reason, now)
        return Processed(row, outcome, screened.reason, screened.person)

    def _give_up_or_retry(self, row: InboxRow, error: Exception, now: datetime) -> Processed | None:
        reason = f"could not be processed: {type(error).__name__}: {error}"
        final = row.attempts >= MAX_ATTEMPTS
        opened = self._opened_at_last(row) if final else None
        try:
            with self.books.begin() as unit:
                if not final:
                    unit.inbox.release(row.id, self.worker, now + PAUSES[row.attempts - 1])
                    return Processed(row, None, reason)
                # The log has what went wrong; the coordinator is told whose fault it was.
                unit.inbox.quarantine(row.id, self.worker, OUR_FAULT, now)
                person = self._told_of_our_fault(unit, row, opened, now) if opened else None
        except ClaimLost:
            return None
        return Processed(row, Outcome.REFUSED, reason, person)

    def _opened_at_last(self, row: InboxRow) -> Opened | Refusal | None:
        """Who wrote it, as far as that can be had: what went wrong may have nothing to do with opening it."""
        try:
            with self.books.begin() as unit:
                raw = unit.blobs.get(row.blob)
            return self.opener.open(row.door, raw, row.size, row.cut)
        except Exception:
            return None

    def _told_of_our_fault(self, unit: Unit, row: InboxRow, opened: Opened | Refusal, now: datetime) -> Person | None:
        """A known sender is owed an answer also when the fault is ours (promise 3)."""
        screened = self._screened(unit, row, opened)
        if screened.way not in (Way.READ, Way.REFUSE) or screened.person is None:
            return None
        planned = reply_to(row, opened, screened.person, our_fault(screened.person), now, None)
        give_answer(unit, self.calendar, planned, now)
        return screened.person

"""One figure from bytes to report: everything the books know about a measure in a quarter, in the order of time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from collector.books import InboxRow, OutboxRow, OutboxState, QueryState
from collector.domain.figure import Figure, plain
from collector.domain.indicator import Definition, lineage
from collector.domain.period import Quarter, day
from collector.domain.rag import Rag
from collector.earlier_names import called_now
from collector.messages import Message, Notice, Receipt, Reminder
from collector.parts import named_parts, put_together
from collector.past_view import owners, view_quarter
from collector.ports import Calendar, Unit
from collector.purging import tombstone
from collector.questions import text_of
from collector.view import RoundView
from collector.wording import door_words, figure_words, target_words

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_QUARTER = re.compile(r"\d{4}-\d{2}Q[1-4]")
_STATES = {
    OutboxState.DUE: "waits to go",
    OutboxState.SENDING: "is on its way",
    OutboxState.SENT: "was sent",
    OutboxState.CANCELLED: "was not wanted any more",
    OutboxState.FAILED: "could not be delivered",
}
_CHANNELS = {"mail": "by email", "slack": "in Slack"}


class NoSuchMeasure(LookupError):
    """No measure or indicator has the code; the message says which there are."""


@dataclass(frozen=True)
class Event:
    """Something that happened: when (local time), what, and its details as pairs of a word and what it says."""

    at: datetime
    what: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class History:
    """One measure in one quarter: what was asked for, what stands with its colour, and how it came about."""

    code: str
    title: str
    period: Quarter
    target: str
    owed_by: str
    due: datetime
    stands: str
    rag: Rag | None
    why: str
    definitions: tuple[str, ...]
    events: tuple[Event, ...]


def histories(unit: Unit, calendar: Calendar, code: str, period: Quarter) -> tuple[History, ...]:
    """The history of a measure in a quarter, or of each measure of an indicator; NoSuchMeasure says what there is."""
    view = view_quarter(unit, calendar, period)
    wanted = code.strip().casefold()
    found = [held for held in view.definitions.values() if wanted in (held.code.casefold(), held.indicator.casefold())]
    if not found:
        known = any(wanted == held.code.casefold() for held in view.partnership.definitions)
        why = f"{code} is not asked for in {period}" if known else f"No measure has the code {code!r}"
        there = f"In {period} there are: {', '.join(view.definitions)}"
        raise NoSuchMeasure(f"{why}. {called_now(view, code) or there}")
    return tuple(_Historian(unit, calendar, view, definition).history() for definition in found)


class _Historian:
    """Gathers the history of one measure."""

    def __init__(self, unit: Unit, calendar: Calendar, view: RoundView, definition: Definition) -> None:
        self._unit, self._calendar, self._view, self._definition = unit, calendar, view, definition
        self._code, self._period = definition.code, view.round.period
        self._versions = unit.figures.versions(self._code, self._period)
        self._queries = [query for query in view.queries if query.measure == self._code]
        self._requests = [request for request in view.requests if request.measure == self._code]

    def history(self) -> History:
        """Everything, in the order of time; what came of the same moment in the order of cause."""
        stands = self._view.figures.get(self._code)
        judged = self._view.judged(stands.reported) if stands else None
        found = [*self._came_in(), *self._asked(), *self._recorded(), *self._audited(), *self._sent()]
        found += self._put_together()
        events = sorted(found, key=lambda event: event.at)
        return History(
            code=self._code,
            title=self._definition.title,
            period=self._period,
            target=target_words(self._definition.target),
            owed_by=self._who(owners(self._view).get(self._code, "")) or self._contributors(),
            due=self._calendar.local(self._view.round.due),
            stands=self._words(stands) if stands else self._nothing_yet(),
            rag=judged.rag if judged else None,
            why=judged.why if judged else "",
            definitions=tuple(self._defined()),
            events=tuple(events),
        )

    def _defined(self) -> Iterator[str]:
        dated: dict[str, list[Definition]] = {}
        for held in self._view.partnership.definitions:
            dated.setdefault(held.code, []).append(held)
        for held in lineage(dated, self._code):
            broken = "" if held.comparable_with_previous else "; figures before can't be compared"
            why = f" ({held.why})" if held.why else ""
            target = f"target “{held.target.wording}”" if held.target.wording else "no target"
            until = f" until {held.retired_from}" if held.retired_from else ""
            yield f"from {held.from_period}{until}: {held.code}, {held.title}; {target}{broken}{why}"

    # --- what is put together from parts ------------------------------------------------------------------------------

    def _contributors(self) -> str:
        parts = self._definition.parts and named_parts(self._definition, self._view.definitions)
        return f"its contributors, {parts}" if parts else ""

    def _nothing_yet(self) -> str:
        return self._view.whole(self._code).words if self._definition.parts else "nothing yet"

    def _put_together(self) -> Iterator[Event]:
        """What the whole came to with each version of each of its parts."""
        versions = [
            figure for part in self._definition.parts for figure in self._unit.figures.versions(part, self._period)
        ]
        stood: dict[str, Figure] = {}
        for figure in sorted(versions, key=lambda version: version.source.recorded_at):
            held = stood.get(figure.reported.measure)
            if held is None or held.source.said_at <= figure.source.said_at:
                stood[figure.reported.measure] = figure
            whole = put_together(self._definition, self._view.definitions, stood, self._period)
            at = self._calendar.local(figure.source.recorded_at)
            yield Event(at, f"With {figure.reported.measure}, version {figure.version}: {whole.words}")

    # --- what came in -------------------------------------------------------------------------------------------------

    def _came_in(self) -> Iterator[Event]:
        """The messages that figures, questions and requests come from, each with the hash of its bytes."""
        named = [figure.source.submission for figure in self._versions]
        named += [query.submission for query in self._queries] + [request.submission for request in self._requests]
        for number in dict.fromkeys(named):
            row = self._unit.inbox.get(number)
            yield Event(self._calendar.local(row.received_at), f"Message {row.id} came in", tuple(self._inbound(row)))

    def _inbound(self, row: InboxRow) -> Iterator[tuple[str, str]]:
        sender = self._who(row.person or "") or row.claimed_sender or ""
        yield "how", door_words(row.door)
        if sender:
            yield "from", sender
        yield "bytes", f"{row.size:,}, sha256 {row.blob}{tombstone(self._unit.care.gone(row.blob))}"
        if row.message_id:
            yield "Message-ID", row.message_id
        for enclosure in self._unit.enclosures.of(row.id):
            gone = tombstone(self._unit.care.gone(enclosure.blob)) if enclosure.blob else ""
            yield "file", f"{enclosure.name}, sha256 {enclosure.blob}{gone}" if enclosure.blob else enclosure.missing
        if row.outcome:
            yield "outcome", f"{row.outcome.value}{f': {row.reason}' if row.reason else ''}"

    # --- what was asked -----------------------------------------------------------------------------------------------

    def _asked(self) -> Iterator[Event]:
        for query in self._queries:
            asked = [("to", self._who(query.person)), ("quoted", query.quoted), ("question", text_of(query))]
            asked.append(("raised by", f"message {query.submission}"))
            yield Event(self._calendar.local(query.asked_at), "A question was asked", tuple(asked))
            if query.answered_at is not None:
                answered = query.state is QueryState.ANSWERED
                what = "The question was answered" if answered else "The question was settled by another figure"
                yield Event(self._calendar.local(query.answered_at), what, (("question", " ".join(query.reasons)),))
        for request in self._requests:
            row = self._unit.inbox.get(request.submission)
            details = (("from", self._who(request.person)), ("words", request.words))
            yield Event(self._calendar.local(row.received_at), "A change was requested, for SEG to decide", details)

    # --- what was recorded --------------------------------------------------------------------------------------------

    def _recorded(self) -> Iterator[Event]:
        before: Figure | None = None
        for figure in self._versions:
            what = f"Version {figure.version} was recorded: {self._words(figure)}"
            yield Event(self._calendar.local(figure.source.recorded_at), what, tuple(self._version(figure, before)))
            before = figure

    def _version(self, figure: Figure, before: Figure | None) -> Iterator[tuple[str, str]]:
        source = figure.source
        if before is not None:
            yield "was", self._words(before)
        yield "by", f"{self._who(source.person)}, {door_words(source.door)}, message {source.submission}"
        yield "said", _moment(self._calendar.local(source.said_at))
        if source.evidence:
            yield "taken from", source.evidence
        yield "reader", source.reader
        for fact in source.facts:
            yield "beside it", f"{fact.kind.value}: {plain(fact.value)} (“{fact.words}”)"
        if figure.reported.note:
            yield "words", figure.reported.note
        if source.reason:
            yield "why", source.reason
        if figure.late:
            yield "late", "it reached us after it was due"
        yield "colour", self._view.judged(figure.reported).why

    # --- what was done and sent ---------------------------------------------------------------------------------------

    def _audited(self) -> Iterator[Event]:
        for line in self._unit.audit.lines():
            if self._is_about(line.subject):
                about, why = map(_with_months, (line.subject, line.reason))
                details = (("by", self._who(line.actor)), ("about", about), ("why", why))
                yield Event(self._calendar.local(line.at), f"Audit: {line.action}", _said(details))

    def _is_about(self, subject: str) -> bool:
        quarters = _QUARTER.findall(subject)
        if quarters and self._period.key not in quarters:
            return False
        return subject == self._period.key or self._code in _WORD.findall(subject)

    def _sent(self) -> Iterator[Event]:
        for row in self._unit.outbox.rows(self._period):
            if mentions(row.planned.message, self._code):
                at = row.sent_at or max(row.planned_at, row.planned.not_before)
                yield Event(self._calendar.local(at), self._sending(row), _said(self._outbound(row)))

    def _sending(self, row: OutboxRow) -> str:
        kind = type(row.planned.message).__name__
        to = self._who(row.planned.person)
        return f"{kind} was sent to {to}" if row.sent_at else f"{kind} to {to} {_STATES[row.state]}"

    def _outbound(self, row: OutboxRow) -> Iterable[tuple[str, str]]:
        message = row.planned.message
        return (
            ("how", _CHANNELS.get(row.planned.channel, row.planned.channel)),
            ("reference", message.reference if isinstance(message, Receipt) else ""),
            ("said", told_about(message, self._code)),
            ("bytes", f"sha256 {row.blob}{tombstone(self._unit.care.gone(row.blob))}" if row.blob else ""),
            ("known as", row.external_ref or ""),
        )

    def _words(self, figure: Figure) -> str:
        return figure_words(figure.reported, self._definition.unit)

    def _who(self, person: str) -> str:
        found = self._view.people.get(person)
        return f"{found.title} ({found.organisation})" if found else person


def mentions(message: Message, code: str) -> bool:
    """Whether a message says anything about a measure by its code."""
    match message:
        case Reminder():
            return code in {line.code for line in message.owed} | {each.code for each in message.to_answer}
        case Receipt():
            told = {line.code for line in message.recorded} | {line.code for line in message.still_owed}
            return code in told | {each.code for each in message.questions}
        case Notice():
            return any(code in _WORD.findall(words) for words in message.paragraphs)
        case _:
            return False


def told_about(message: Message, code: str) -> str:
    """What a message says about a measure, in one line."""
    told = []
    if isinstance(message, Receipt):
        told += [f"recorded {line.figure}; {line.why}".rstrip("; ") for line in message.recorded if line.code == code]
        told += [f"asked: {' '.join(each.reasons)}" for each in message.questions if each.code == code]
        told += [f"still owed: {line.hint}" for line in message.still_owed if line.code == code]
    elif isinstance(message, Reminder):
        told += [f"owed by {day(message.due.date())}: {line.hint}" for line in message.owed if line.code == code]
        told += [f"still to answer: {' '.join(each.reasons)}" for each in message.to_answer if each.code == code]
    return "; ".join(told)


def _said(details: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in details if text)


def _moment(at: datetime) -> str:
    return f"{day(at.date())}, {at:%H:%M}"


def _with_months(words: str) -> str:
    """Words of the audit trail with their quarters as people read them."""
    return _QUARTER.sub(lambda key: str(Quarter.parse(key[0])), words)

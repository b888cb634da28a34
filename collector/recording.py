"""From a reading to the books: figures recorded, questions asked, remarks made. One unit of work each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from collector.books import AuditLine, ChangeRequest, InboxRow, QueryChoice, QueryRow, QueryState
from collector.closing import supplementary, why_shut
from collector.corrections import waiting_words, with_reason
from collector.cover import may_alter, may_report
from collector.domain.figure import CommentaryFact, Figure, FigureStatus, Reported, Source
from collector.domain.indicator import Definition
from collector.domain.people import Person
from collector.domain.period import day
from collector.domain.round import Obligation, ObligationState
from collector.domain.submission import Reading, ReadItem
from collector.earlier_names import was_split
from collector.earlier_rounds import for_its_round, recorded_there
from collector.held_words import held_note
from collector.owing import due_of, is_late
from collector.own_part import as_parts, not_reported
from collector.personal_data import without_values
from collector.ports import Calendar, Unit
from collector.questions import keep_or_replace, next_number, offer, text_of
from collector.remarks import REMARK, is_anothers, remark_kept
from collector.said_otherwise import left_to_its_owner, said_otherwise
from collector.signatures import sent_back_of
from collector.view import RoundView, view_round
from collector.weighing import only_adds, same_question, says_the_same, weigh
from collector.wording import door_words, figure_words

_EVIDENCE = 500
#: Why a figure stands that is unusual: its sender was shown it.
CONFIRMED = "confirmed as right by the sender"


@dataclass(frozen=True)
class Entry:
    """A figure that was recorded, or was on the books already in the same words, with what stood before it."""

    figure: Figure
    before: Reported | None
    new: bool = True


@dataclass
class Ledger:
    """What one message came to.

    `reasoned` are the codes whose correction took the reason that came with it, `waiting` those whose correction waits
    for the coordinator.
    """

    entries: list[Entry] = field(default_factory=list)
    questions: list[QueryRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)
    reasoned: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Recorder:
    """Writes one message's reading into the books, inside one unit of work.

    In an `earlier_round` (a reply in an old thread) no figure that stands is changed without asking. `reasons` came
    with the message, by code: each is that of the correction which it brings.
    """

    unit: Unit
    view: RoundView
    calendar: Calendar
    row: InboxRow
    person: Person
    said_at: datetime
    reader: str
    now: datetime
    earlier_round: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)

    def record(self, reading: Reading) -> Ledger:
        """Choices first, as they settle questions, then items; what a choice has settled is not read twice."""
        ledger = Ledger()
        for number in reading.chosen:
            self._take_choice(number, ledger)
        settled = {entry.figure.reported.measure for entry in ledger.entries}
        items, notes = as_parts(self.view, self.person, reading.items)
        ledger.notes += notes
        for item in items:
            if item.code not in self.view.definitions:
                ledger.notes.append(f"You sent {item.code}, which is not a code we know.")
            elif item.code not in settled:
                self._take_item(item, ledger)
        known = {code.upper(): code for code in self.view.definitions}
        for code in reading.unknown_codes:
            if code.upper() in known:
                self._not_theirs(known[code.upper()], "", ledger)
            else:
                asked = was_split(self.view, code)
                ledger.notes.append(asked or f"You wrote {code}, which is not a code we know.")
        return ledger

    def _take_choice(self, number: int, ledger: Ledger) -> None:
        for query in self.view.open_queries.values():
            for choice in query.choices:
                if choice.number == number and query.person == self.person.id:
                    self._settle(query, choice, ledger)
                    return
        ledger.notes.append(self._too_late(number))

    def _too_late(self, number: int) -> str:
        theirs = (query for query in self.view.queries if query.person == self.person.id)
        query = next((query for query in theirs if number in [choice.number for choice in query.choices]), None)
        if query is None:
            return f"You answered {number}; no open question has that number."
        code = query.measure
        held, anew = self.view.figures.get(code), self.view.open_queries.get(code)
        figure = f"If {number} is a figure, send it with its code, like this: {code} {number}"
        if anew is not None and anew.person == self.person.id:
            return f"Your answer {number} was to an earlier question about {code}. {text_of(anew)} {figure}"
        if held is None:
            return f"Your answer {number} was to an earlier question about {code}, so nothing was changed. {figure}"
        stands = figure_words(held.reported, self.view.definitions[code].unit)
        meant = next(choice.reported for choice in query.choices if choice.number == number)
        if meant is not None and says_the_same(self._as_said(held), meant):
            return f"Your answer {number} about {code} is recorded: {stands} stands."
        return f"Your answer {number} was about {code}, and that is settled: {stands} stands. {figure}"

    def _settle(self, query: QueryRow, choice: QueryChoice, ledger: Ledger) -> None:
        owed = self._owed(query.measure)
        self.unit.queries.close(query.id, QueryState.ANSWERED, self.now)
        ledger.closed.add(query.id)
        if choice.reported is not None and choice.reported.period != self.view.round.period:
            self._settle_earlier(owed, query, choice.reported, ledger)
            return
        if choice.reported is not None:
            self.unit.mappings.confirm(query.id, choice.reported.value, self.now)
        held = self.view.figures.get(query.measure)
        keeps = choice.reported is None or (held is not None and says_the_same(self._as_said(held), choice.reported))
        if choice.reported is not None and not keeps:
            reason = f"answer {choice.number} to: {' '.join(query.reasons)}"
            self._enter(owed, choice.reported, query.quoted, reason, ledger, answered=query)
        elif held is not None:
            self.unit.rounds.move(owed.id, ObligationState.IN, held.reported.expected_on)
            ledger.entries.append(Entry(held, None, new=False))

    def _settle_earlier(self, owed: Obligation, query: QueryRow, meant: Reported, ledger: Ledger) -> None:
        """The figure is an earlier round's: it is corrected there, and what is owed in this one is still owed."""
        if owed.state is ObligationState.ASKED:
            self.unit.rounds.move(owed.id, ObligationState.OWED)
        there, apart = replace(self, view=view_round(self.unit, meant.period)), Ledger()
        there._enter(there._owed(meant.measure), meant, query.quoted, "corrected by the sender", apart)
        told = (recorded_there(there.view, entry.figure, entry.before) for entry in apart.entries)
        ledger.notes += [*told, *apart.notes]

    def _take_item(self, item: ReadItem, ledger: Ledger) -> None:
        owed = self._owed_or_none(item.code)
        if owed is None or not may_report(self.view, self.person.id, item.code):
            self._not_theirs(item.code, item.evidence, ledger)
            return
        definition = self.view.definitions[item.code]
        if item.target_change is not None:
            self._request_change(item, ledger, definition)
        if not item.candidates and not item.doubts:
            return
        weighed = weigh(item, self.view)
        if weighed.certain is not None:
            self._take_certain(owed, weighed.certain, item, ledger)
            if item.candidates[0].remark:
                ledger.notes.append(f"{definition.code}: {item.candidates[0].remark}")
            return
        held = self.view.figures.get(owed.measure)
        if held is not None and is_anothers(self.view, self.person.id, held, spoken=bool(item.candidates)):
            ledger.notes.append(remark_kept(self.view, held, without_values(item.evidence)))
            self._audit(REMARK, f"{item.code} {held.reported.period.key}", item.evidence[:_EVIDENCE])
            return
        possible = for_its_round(self.unit, self.view, self.person.id, weighed.possible)
        choices = offer(possible, definition, self._first_number(ledger), self.view.round.period)
        self._ask(owed, item.evidence, weighed.reasons, choices, ledger)
        if item.mapping and item.candidates and (value := item.candidates[0].value) is not None:
            self.unit.mappings.propose(self.person.id, item.mapping, ledger.questions[-1].id, value)

    def _take_certain(self, owed: Obligation, new: Reported, item: ReadItem, ledger: Ledger) -> None:
        held = self.view.figures.get(owed.measure)
        if held is not None and says_the_same(self._as_said(held), new):
            self._overtake(owed.measure, ledger)
            self.unit.rounds.move(owed.id, ObligationState.IN, held.reported.expected_on)
            ledger.entries.append(Entry(held, None, new=False))
            return
        if held is not None and self.said_at < held.source.said_at:
            self._file_older(new, held, item, ledger)
            return
        definition = self.view.definitions[owed.measure]
        if held is not None and not may_alter(self.view, self.person.id, held) and not only_adds(held.reported, new):
            self._leave_to_its_sender(new, held, item, ledger)
            return
        # What waits for the coordinator, or what they or a lead asked for, is not held against what stands.
        returned = owed.person == self.person.id and sent_back_of(self.view, owed.measure)
        decided = why_shut(self.view, owed.measure) or self.view.signing.reopened(owed.measure) or returned
        against = self._against(held, new, definition) if held and not decided else ""
        if held is not None and against:
            choices = keep_or_replace(held.reported, new, definition, self._first_number(ledger))
            self._ask(owed, item.evidence, [against], choices, ledger)
            return
        reason = "corrected by the sender" if held else ""
        if item.confirmed:
            reason = f"{reason}, {CONFIRMED}" if reason else CONFIRMED
        answered = self.view.open_queries.get(owed.measure)
        self._enter(owed, new, item.evidence, reason, ledger, answered, item.reader, item.facts)

    def _against(self, held: Figure, new: Reported, definition: Definition) -> str:
        """Why a new statement does not simply take the place of what the books hold; "" where it may.

        One ledger for all doors: what came by another door is shown beside it, never silently overwritten.
        """
        was, now = (figure_words(said, definition.unit) for said in (held.reported, new))
        emptied = held.reported.value is not None and new.value is None
        if emptied or self.earlier_round:
            return f"For {self.view.round.period} we hold {was}, and you now say {now}."
        if held.source.person != self.person.id and not only_adds(held.reported, new):
            writer = self.view.people.get(held.source.person)
            by = f"from the {writer.title}" if writer else "from somebody who has left"
            on = day(self.calendar.local(held.source.received_at).date())
            return f"Recorded {was} {by} on {on}; now {now}. Keep which?"
        if held.source.door != self.row.door and not only_adds(held.reported, new):
            on = day(self.calendar.local(held.source.received_at).date())
            return f"Recorded {was} {door_words(held.source.door)} on {on}; now {now}. Keep which?"
        return ""

    def _leave_to_its_sender(self, new: Reported, held: Figure, item: ReadItem, ledger: Ledger) -> None:
        """A lead never alters another agency's figure: its owner hears of it and decides (RULES 19)."""
        ledger.notes.append(left_to_its_owner(self.view, held, new))
        for planned in said_otherwise(self.view, self.row, self.person, new, held, self.calendar.local(self.now)):
            self.unit.outbox.plan(planned, self.now)
        self._audit("another's figure not altered", f"{new.measure} {new.period.key}", item.evidence[:_EVIDENCE])

    def _file_older(self, new: Reported, held: Figure, item: ReadItem, ledger: Ledger) -> None:
        """A message that was overtaken on its way: a version beside the others, and the later one stands."""
        definition = self.view.definitions[new.measure]
        source = self._source(item.evidence, "said before the figure that stands", item.reader)
        self.unit.figures.add(new, source, held.late)
        words = figure_words(held.reported, definition.unit)
        ledger.notes.append(f"{definition.code}: you sent {words} after you wrote this; that stands.")

    def _enter(
        self,
        owed: Obligation,
        reported: Reported,
        evidence: str,
        reason: str,
        ledger: Ledger,
        answered: QueryRow | None = None,
        reader: str = "",
        facts: tuple[CommentaryFact, ...] = (),
    ) -> None:
        held = self.view.figures.get(owed.measure)
        source = replace(self._source(evidence, reason, reader), facts=facts)
        if answered is not None and self.row.received_at >= answered.asked_at:
            # An answer comes after its question and after what stood then, whatever the sender's clock says. What
            # reached us before the question was put, and was read after it, is none: its own time counts.
            stood = held.source.said_at if held else answered.asked_at
            source = replace(source, said_at=max(source.said_at, answered.asked_at, stood))
        shut = why_shut(self.view, owed.measure)
        if (held or shut) and (given := self.reasons.get(owed.measure)):
            source, reason = with_reason(source, given), given
            ledger.reasoned.add(owed.measure)
        if shut:
            self._wait(reported, source, shut, self._is_late(owed, held, answered), ledger)
            return
        opened = self.view.signing.reopened(owed.measure)
        if opened is not None:
            source = replace(source, reason=opened.reason)
        elif after := supplementary(self.view, self.calendar, self.row.received_at):
            source = replace(source, reason=after)
            ledger.notes.append(f"{reported.measure} goes to the Strategic Executive Group as a {after}.")
        figure = self.unit.figures.add(reported, source, self._is_late(owed, held, answered))
        if opened is not None and figure.id is not None:
            self.unit.locks.settle(opened.id, figure.id, self.now)
        self.unit.rounds.move(owed.id, ObligationState.IN, reported.expected_on)
        self._overtake(owed.measure, ledger)
        self._audit("figure recorded", f"{reported.measure} {reported.period.key} v{figure.version}", reason)
        if reported.status is FigureStatus.NO_LONGER_COLLECTED:
            self._request(reported.measure, "said to be no longer collected")
        ledger.entries.append(Entry(figure, held.reported if held else None))
        if note := held_note(figure):
            ledger.notes.append(note)

    def _as_said(self, held: Figure) -> Reported:
        """What a figure that stands said in its sender's own words, also where these are held back."""
        if held.held is None:
            return held.reported
        return replace(held.reported, note=self.unit.figures.own_words(held.held.figure))

    def _wait(self, reported: Reported, source: Source, shut: str, late: bool, ledger: Ledger) -> None:
        """A figure for a round that is closed changes nothing: it is kept for the coordinator, and its sender told."""
        correction = self.unit.locks.wait(reported, source, late)
        self._overtake(reported.measure, ledger)
        self._audit("correction waits", f"{reported.measure} {reported.period.key}", shut)
        ledger.notes.append(waiting_words(self.view, shut, correction))
        ledger.waiting.append(reported.measure)

    def _source(self, evidence: str, reason: str, reader: str) -> Source:
        return Source(
            submission=self.row.id,
            person=self.person.id,
            door=self.row.door,
            said_at=self.said_at,
            received_at=self.row.received_at,
            recorded_at=self.now,
            reader=reader or self.reader,
            evidence=evidence[:_EVIDENCE],
            reason=reason,
        )

    def _overtake(self, measure: str, ledger: Ledger) -> None:
        query = self.view.open_queries.get(measure)
        if query is not None and query.id not in ledger.closed:
            self.unit.queries.close(query.id, QueryState.OVERTAKEN, self.now)
            ledger.closed.add(query.id)

    def _ask(
        self,
        owed: Obligation,
        quoted: str,
        reasons: Sequence[str],
        choices: Sequence[QueryChoice],
        ledger: Ledger,
    ) -> None:
        # What is asked back goes out in messages: it never repeats personal data.
        quoted, reasons = without_values(quoted)[:_EVIDENCE], [without_values(reason) for reason in reasons]
        choices = [replace(choice, label=without_values(choice.label)) for choice in choices]
        held = self.view.open_queries.get(owed.measure)
        if held is not None and (not choices or same_question(held, reasons, choices)):
            # Words without a figure ("thanks, will check") leave the question as it is.
            ledger.questions.append(held)
            return
        self._overtake(owed.measure, ledger)
        to_whom = replace(owed, person=self.person.id)
        asked = self.unit.queries.ask(to_whom, self.row, quoted, reasons, choices, self.now)
        if owed.state is not ObligationState.IN:
            self.unit.rounds.move(owed.id, ObligationState.ASKED)
        self._audit("question asked", f"{owed.measure} {owed.period.key}", " ".join(reasons))
        ledger.questions.append(asked)

    def _first_number(self, ledger: Ledger) -> int:
        theirs = [query for query in self.view.queries if query.person == self.person.id]
        return next_number([*theirs, *ledger.questions])

    def _not_theirs(self, code: str, evidence: str, ledger: Ledger) -> None:
        definition = self.view.definitions[code]
        what = f"{definition.code} ({definition.short})"
        if definition.parts:
            ledger.notes.append(not_reported(self.view, code))
        else:
            ledger.notes.append(f"{what} is not on your list this quarter; nothing was recorded for it.")
        self._audit("figure for somebody else's indicator", code, evidence[:_EVIDENCE])

    def _request_change(self, item: ReadItem, ledger: Ledger, definition: Definition) -> None:
        said = f"\u201c{(item.target_change or '').strip(' .')}\u201d"
        said = without_values(said)
        self._request(item.code, f"the target is said to have changed: {said}")
        ledger.notes.append(
            f"{definition.code}: you say the target has changed, {said}. The agreed target stands until the"
            " Strategic Executive Group decides; your words go to it as a change request."
        )

    def _request(self, measure: str, words: str) -> None:
        request = ChangeRequest(measure, self.view.round.period, words, self.row.id, self.person.id)
        if self.unit.requests.add(request):
            self._audit("change requested", measure, words)

    def _is_late(self, owed: Obligation, held: Figure | None, answered: QueryRow | None) -> bool:
        """RULES 18, by receipt at our door; a correction is no later than the figure it corrects."""
        if held is not None and not held.reported.status.is_to_come:
            return held.late
        due = due_of(owed, self.view.definitions[owed.measure], self.view.round, self.calendar)
        days = self.view.partnership.timetable.query_days
        return is_late(self.row.received_at, due, answered, days, self.calendar)

    def _owed_or_none(self, measure: str) -> Obligation | None:
        return next((owed for owed in self.view.obligations if owed.measure == measure), None)

    def _owed(self, measure: str) -> Obligation:
        owed = self._owed_or_none(measure)
        if owed is None:
            raise LookupError(f"nothing is owed for {measure} in {self.view.round.period.key}")
        return owed

    def _audit(self, action: str, subject: str, reason: str) -> None:
        self.unit.audit.write(AuditLine(self.now, self.person.id, action, subject, without_values(reason)))

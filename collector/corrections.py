"""Figures that come after their round was closed: kept, answered, and decided by the coordinator."""

from dataclasses import replace
from datetime import datetime

from collector.acting import Acting, NotDone
from collector.books import Planned
from collector.closing import SUPPLEMENTARY, comes_after_the_lock
from collector.domain.figure import Figure, Source
from collector.domain.indicator import Unit as MeasuredIn
from collector.domain.round import ObligationState, RoundState
from collector.domain.signing import Correction, CorrectionState
from collector.messages import Notice
from collector.ports import Unit
from collector.view import RoundView
from collector.wording import figure_words

#: What the coordinator is told above the corrections that wait.
CORRECTIONS_TOLD = (
    "These figures came for rounds that are closed, and changed nothing. Take one with: reopen CODE and the reason"
    " (without one, the reason given stands); or leave the figure as it is with: decline CODE and the reason. Name the"
    " quarter where a code stands twice."
)


#: How a sender's own reason begins in the books.
_GIVEN = "reason given: "


def with_reason(source: Source, given: str) -> Source:
    """Where a figure comes from, with the reason that its sender gave for it."""
    return replace(source, reason="; ".join(filter(None, (source.reason, f"{_GIVEN}{given}"))))


def reason_given(correction: Correction) -> str:
    """The reason that the sender of a correction gave, "" where they gave none."""
    return correction.source.reason.partition(_GIVEN)[2]


def waiting_words(view: RoundView, why: str, correction: Correction) -> str:
    """What its sender is told: "Q2 ... is locked; the coordinator has your correction of DA06: 155 (now 153)."."""
    code = correction.reported.measure
    unit, held = view.definitions[code].unit, view.figures.get(code)
    now = f"now {figure_words(held.reported, unit)}" if held else "nothing is in"
    what = "correction of" if held else "figure for"
    said = figure_words(correction.reported, unit)
    late = not held and comes_after_the_lock(view, code)
    given = reason_given(correction)
    because = f" Your reason goes with it: {given.rstrip('.')}." if given else ""
    then = f" Then it goes to the Strategic Executive Group as a {SUPPLEMENTARY}." if late else ""
    kept = f"{why}; the coordinator has your {what} {code}: {said} ({now}). It changes nothing until they decide."
    return f"{kept}{because}{then}"


def accept(acting: Acting, view: RoundView, code: str, why: str) -> tuple[str, ...]:
    """Put the correction that waits for a figure into the books; after the lock it is a restatement.

    The reason is the coordinator's, else the one its sender gave.
    """
    why = why.strip() or (reason_given(waits) if (waits := view.signing.waiting(code)) else "")
    correction = _decided(acting, view, code, why)
    unit, period = acting.unit, view.round.period
    held = view.figures.get(code)
    figure = _enter(acting, view, correction, held, why)
    if view.round.state is RoundState.LOCKED:
        opened = view.signing.reopened(code)
        number = opened.id if opened else _reopen(acting, view, code, why)
        unit.locks.settle(number, figure.id or 0, acting.now)
    unit.locks.close(correction.id, CorrectionState.TAKEN)
    definition = view.definitions[code]
    now = figure_words(figure.reported, definition.unit)
    was = f", was {figure_words(held.reported, definition.unit)}" if held else ""
    figured = held is not None and not held.reported.status.is_to_come
    done = ("restated" if figured else "added late") if view.round.state is RoundState.LOCKED else "corrected"
    acting.write(f"figure {done}", f"{code} {period.key} v{figure.version}", why)
    told = f"{code} {definition.short}, {period}: {done}, {now}{was}. Reason: {why}"
    _tell(unit, acting, view, correction, f"{code} is {done}", told)
    return (told,)


def decline(acting: Acting, view: RoundView, code: str, why: str) -> tuple[str, ...]:
    """Leave the books as they are; the sender is told why."""
    correction = _decided(acting, view, code, why)
    acting.unit.locks.close(correction.id, CorrectionState.DECLINED)
    definition, held = view.definitions[code], view.figures.get(code)
    said = figure_words(correction.reported, definition.unit)
    stands = f"{figure_words(held.reported, definition.unit)} stands" if held else "nothing is recorded"
    acting.write("correction declined", f"{code} {view.round.period.key}", why)
    told = f"{code} {definition.short}, {view.round.period}: {said} was not taken over, {stands}. Reason: {why}"
    _tell(acting.unit, acting, view, correction, f"{code} stays as it is", told)
    return (told,)


def fresh_corrections(unit: Unit, since: datetime | None) -> list[str]:
    """The corrections that came to wait since a moment, as the coordinator's list shows them."""
    partnership = unit.plan.get()
    known = {each.code: each.unit for each in partnership.definitions} if partnership else {}
    found = []
    for each in unit.locks.waiting():
        code, period = each.reported.measure, each.reported.period
        if code in known and (since is None or each.source.recorded_at > since):
            found.append(f"{code}, {period}: {_was_and_now(unit, each, known[code])}")
    return found


def _was_and_now(unit: Unit, correction: Correction, measured_in: MeasuredIn) -> str:
    held = unit.figures.current(correction.reported.period).get(correction.reported.measure)
    now = f"now {figure_words(held.reported, measured_in)}" if held else "nothing is in"
    given = reason_given(correction)
    because = f", reason given: {given}" if given else ""
    return f"{figure_words(correction.reported, measured_in)} ({now}){because}"


def _decided(acting: Acting, view: RoundView, code: str, why: str) -> Correction:
    """The correction that is decided on; NotDone where it can't be."""
    correction = view.signing.waiting(code)
    if not acting.coordinates:
        raise NotDone("Only the coordinator decides about figures that came after a round was closed.")
    if correction is None:
        raise NotDone(f"No correction of {code} waits for {view.round.period}.")
    if not why.strip():
        raise NotDone(f"Say why: the reason stays with {code} in the books and in the report.")
    return correction


def _enter(acting: Acting, view: RoundView, correction: Correction, held: Figure | None, why: str) -> Figure:
    said = correction.source.said_at
    # What the coordinator decides comes after what stood, whatever the sender's clock says.
    source = replace(
        correction.source,
        recorded_at=acting.now,
        said_at=max(said, held.source.said_at) if held else said,
        reason=why,
    )
    figure = acting.unit.figures.add(correction.reported, source, correction.late)
    for owed in view.obligations:
        if owed.measure == correction.reported.measure:
            acting.unit.rounds.move(owed.id, ObligationState.IN, correction.reported.expected_on)
    return figure


def _reopen(acting: Acting, view: RoundView, code: str, why: str) -> int:
    held = view.figures.get(code)
    return acting.unit.locks.reopen(view.round.period, code, acting.by.id, acting.now, why, held.id if held else None)


def _tell(unit: Unit, acting: Acting, view: RoundView, correction: Correction, subject: str, words: str) -> None:
    """Its sender gets one message about what was decided."""
    person = view.people.get(correction.source.person)
    if person is None or person.id == acting.by.id:
        return
    unit.outbox.plan(
        Planned(
            f"correction:{correction.id}",
            person.id,
            Notice(person.title, subject, (words,), view.round.period),
            acting.now,
            unprompted=True,
            period=view.round.period,
            channel=person.prefers,
        ),
        acting.now,
    )

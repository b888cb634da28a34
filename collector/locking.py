"""Freezing and locking a round, and opening it, or one figure of it, again (RULES 17, 19)."""

from datetime import date, datetime

from collector.acting import Acting, NotDone
from collector.books import AuditLine
from collector.corrections import accept
from collector.domain.period import Quarter
from collector.domain.round import Round, RoundState
from collector.domain.signing import Snapshot
from collector.parts import named_parts
from collector.ports import Calendar, Unit
from collector.signatures import NOT_SIGNED_OFF, states
from collector.snapshot import Locked, content
from collector.view import RoundView
from collector.wording import some

_FROZEN = "round frozen"
_OPENED_AGAIN = "round opened again"


def freeze(acting: Acting, view: RoundView, why: str = "") -> tuple[str, ...]:
    """Close the round for its papers: figures that stand stay as they are; late source data still comes in."""
    period = view.round.period
    _coordinator(acting, "freezes a round")
    if view.round.state is not RoundState.OPEN:
        raise NotDone(f"{period} is {view.round.state.value} already.")
    _freeze(acting.unit, period, acting.now, acting.by.id, why or "by the coordinator")
    return (
        f"{period} is frozen. Figures that stand stay as they are: a correction waits for you."
        " What a source brings late still comes in.",
    )


def freeze_due(unit: Unit, calendar: Calendar, now: datetime) -> list[Quarter]:
    """Freeze each round whose freeze date has come, at the hour at which it was due, and only once."""
    latest = unit.rounds.latest()
    found = (latest, unit.rounds.get(latest.period.previous)) if latest else ()
    due = [each for each in found if each is not None and _freezes(unit, each, calendar, now)]
    for opened in due:
        _freeze(unit, opened.period, now, "collector", "its freeze date came")
    return [opened.period for opened in due]


def _freezes(unit: Unit, opened: Round, calendar: Calendar, now: datetime) -> bool:
    day = calendar.dates(opened.period).freeze
    if opened.state is not RoundState.OPEN or day is None:
        return False
    if now < calendar.at(day, calendar.local(opened.due).time()):
        return False
    return not any(line.action in (_FROZEN, _OPENED_AGAIN) for line in unit.audit.lines(opened.period.key))


def lock(acting: Acting, view: RoundView, why: str = "") -> tuple[str, ...]:
    """Lock the round and keep all of it as an immutable snapshot; silence of a lead is shown as "not signed off"."""
    period = view.round.period
    _coordinator(acting, "locks a round")
    if view.round.state is RoundState.LOCKED:
        raise NotDone(f"{period} is locked already. To open it again: reopen, with the reason.")
    number = len(view.signing.snapshots) + 1
    sha256 = acting.unit.blobs.put(content(view, Locked(acting.by, acting.calendar.local(acting.now), number, why)))
    acting.unit.locks.seal(Snapshot(period, number, sha256, acting.by.id, acting.now, why))
    acting.unit.rounds.set_state(period, RoundState.LOCKED)
    acting.write("round locked", period.key, f"{why or 'no reason given'}; snapshot {number}, sha256 {sha256}")
    return (
        f"{period} is locked, snapshot {number} ({sha256[:12]}).",
        *_left_at_the_lock(view, acting.calendar.local(acting.now).date()),
    )


def _left_at_the_lock(view: RoundView, today: date) -> tuple[str, ...]:
    """What the coordinator should know of a round that is locked: who did not sign, what never came."""
    told, found = [], states(view, today)
    for state in found:
        if not state.signed_off:
            part = f", {len(state.unsigned)} of {len(state.figures)} figures" if state.signed else ""
            told.append(f"{state.priority.code} {state.priority.title}: {NOT_SIGNED_OFF}{part}.")
    out = [code for state in found for code in state.outstanding]
    doubtful = [code for code in out if code in view.figures and not view.figures[code].reported.status.is_to_come]
    missing = [code for code in out if code not in doubtful]
    awaited = [code for state in found for code in state.awaiting]
    for what, codes in (("not in", missing), ("in question", doubtful), ("awaiting source", awaited)):
        if codes:
            told.append(f"{len(codes)} {what}: {', '.join(some(codes))}.")
    return tuple(told)


def reopen(acting: Acting, view: RoundView, why: str) -> tuple[str, ...]:
    """Open a whole round again. Its snapshots stay; the next lock makes a new one."""
    period = view.round.period
    _coordinator(acting, "opens a round again")
    _reason(why, str(period))
    if view.round.state is RoundState.OPEN:
        before = period.previous
        raise NotDone(
            f"{period} is open. There is nothing to open again. For an earlier round name its quarter, like this:"
            f" reopen the round for Q{before.number} {before.financial_year}: and the reason"
        )
    acting.unit.rounds.set_state(period, RoundState.OPEN)
    acting.write(_OPENED_AGAIN, period.key, why)
    kept = len(view.signing.snapshots)
    stays = f" Snapshot {kept} stays; the next lock makes number {kept + 1}." if kept else ""
    return (f"{period} is open again. Reason: {why}.{stays}",)


def reopen_figure(acting: Acting, view: RoundView, code: str, why: str) -> tuple[str, ...]:
    """Open one figure of a closed round: the correction that waits is taken, else the next figure that comes.

    What stood and what takes its place are both kept, with the reason (was/now).
    """
    measure = measure_of(view, code)
    _coordinator(acting, "opens a figure again")
    if view.signing.waiting(measure):
        return accept(acting, view, measure, why)
    _reason(why, measure)
    period = view.round.period
    if view.round.state is RoundState.OPEN:
        raise NotDone(f"{period} is open: {measure} can be corrected by sending the right figure.")
    if view.signing.reopened(measure):
        raise NotDone(f"{measure} is open already for {period}: the next figure that comes for it is taken.")
    held = view.figures.get(measure)
    acting.unit.locks.reopen(period, measure, acting.by.id, acting.now, why, held.id if held else None)
    acting.write("figure opened again", f"{measure} {period.key}", why)
    return (f"{measure} is open again for {period}: the next figure that comes for it is taken. Reason: {why}",)


def measure_of(view: RoundView, code: str) -> str:
    """A measure of the round by its code, however it is typed; NotDone where there is none, or it has parts instead."""
    known = {measure.upper(): measure for measure in view.definitions}
    found = known.get(code.strip().upper())
    if found is None:
        raise NotDone(f"{code} is not a code of {view.round.period}.")
    if view.definitions[found].parts:
        parts = named_parts(view.definitions[found], view.definitions)
        raise NotDone(f"{found} is put together from its parts. Name the one that is meant: {parts}.")
    return found


def _freeze(unit: Unit, period: Quarter, now: datetime, by: str, why: str) -> None:
    unit.rounds.set_state(period, RoundState.FROZEN)
    unit.audit.write(AuditLine(now, by, _FROZEN, period.key, why))


def _coordinator(acting: Acting, what: str) -> None:
    if not acting.coordinates:
        raise NotDone(f"Only the coordinator {what}.")


def _reason(why: str, what: str) -> None:
    if not why.strip():
        raise NotDone(f"Say why: the reason stays with {what} in the books and in the report.")

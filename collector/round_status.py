"""Where the closing of a round stands, for the coordinator: sign-offs, lock, corrections. Pure."""

from datetime import datetime

from collector.corrections import reason_given
from collector.domain.period import day
from collector.domain.round import RoundState
from collector.domain.signing import CorrectionState
from collector.signatures import NOT_SIGNED_OFF, PriorityState, changed_words, sent_back_of, states
from collector.signed_off import restated_lines
from collector.view import RoundView
from collector.wording import figure_words, some, weekday

_STATES = {RoundState.OPEN: "open", RoundState.FROZEN: "frozen for its papers", RoundState.LOCKED: "locked"}


def status_lines(view: RoundView, now: datetime) -> list[str]:
    """The closing of a round in plain lines; `now` is local time."""
    told = [f"{view.round.period} is {_STATES[view.round.state]}"]
    for state in states(view, now.date()):
        told.append(f"{state.priority.code} {state.priority.title}: {sign_off_words(view, state, now)}")
        told += [f"  {code}: {words}" for code in state.figures if (words := changed_words(view, code))]
        told += [
            f"  {code}: sent back on {day(sent.at.astimezone(now.tzinfo).date())}: {sent.reason}"
            for code in state.outstanding
            if (sent := sent_back_of(view, code))
        ]
    told += _corrections(view)
    told += [f"{each.measure} is open again: {each.reason}" for each in view.signing.reopenings if each.now is None]
    told += restated_lines(view, view.signing.restated)
    for snapshot in view.signing.snapshots:
        when = weekday(snapshot.at.astimezone(now.tzinfo))
        told.append(f"Locked on {when}, snapshot {snapshot.number}, sha256 {snapshot.sha256}")
    return told


def sign_off_words(view: RoundView, state: PriorityState, now: datetime) -> str:
    """How a priority's sign-off stands: "signed off on Tue 3 Nov 2015 with 2 outstanding: DA07, RS08"."""
    out = (*state.outstanding, *state.awaiting)
    left = f" with {len(out)} outstanding: {', '.join(some(out))}" if out else ""
    if state.last is None or not state.signed:
        return f"{NOT_SIGNED_OFF}, {len(state.figures)} in{left}"
    when = weekday(state.last.at.astimezone(now.tzinfo))
    if state.last.person != state.priority.lead and state.last.person in view.people:
        when += f" by the {view.people[state.last.person].title} in the lead's place"
    if state.unsigned:
        return f"signed on {when} except {', '.join(some(state.unsigned))}{left}"
    return f"signed off on {when}{left}"


def _corrections(view: RoundView) -> list[str]:
    told = []
    for each in view.signing.corrections:
        if each.state is CorrectionState.WAITING and each.reported.measure in view.definitions:
            code = each.reported.measure
            unit, held = view.definitions[code].unit, view.figures.get(code)
            now = f"now {figure_words(held.reported, unit)}" if held else "nothing is in"
            given = reason_given(each)
            because = f", reason given: {given}" if given else ""
            told.append(f"{code}: {figure_words(each.reported, unit)} waits for you ({now}){because}")
    return told

"""Change requests for SEG, and its decisions as the coordinator enters them (RULES 4, 13)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from collector.acting import Acting, NotDone
from collector.books import ChangeRequest, RequestState
from collector.domain.indicator import Definition
from collector.domain.partnership import Partnership
from collector.ports import Unit
from collector.view import RoundView
from collector.wording import some

#: How the audit trail names that a request came.
REQUESTED = "change requested"


def accept_request(acting: Acting, view: RoundView, number: int, why: str) -> tuple[str, ...]:
    """Enter that SEG agreed. What a measure means is changed in the definition file alone."""
    request = _decide(acting, view, number, RequestState.ACCEPTED, why)
    then = "Change the definition from the quarter on that SEG named, and load the file: until then it stands."
    return (f"{_named(request, view.definitions.values())}: accepted. Reason: {why}", then)


def reject_request(acting: Acting, view: RoundView, number: int, why: str) -> tuple[str, ...]:
    """Enter that SEG did not agree: everything stays as it is."""
    request = _decide(acting, view, number, RequestState.REJECTED, why)
    return (f"{_named(request, view.definitions.values())}: rejected, everything stays as it is. Reason: {why}",)


def request_lines(view: RoundView) -> list[str]:
    """Every request of the round, and those that are still open from before, with its number and its decision."""
    return [f"{each.id}. {_named(each, view.definitions.values())}: {_decision(each)}" for each in view.requests]


def fresh_requests(unit: Unit, since: datetime | None) -> list[ChangeRequest]:
    """The open requests that came since a moment."""
    came = unit.audit.lines(action=REQUESTED, since=since)
    latest = unit.rounds.latest()
    measures = {line.subject.split()[0] for line in came}
    found = unit.requests.all(latest.period) if latest and came else ()
    return [each for each in found if each.state is RequestState.OPEN and each.measure in measures]


def told_of_requests(fresh: Sequence[ChangeRequest], partnership: Partnership) -> list[str]:
    """The coordinator's paragraphs about requests: what to do, and each with its number and what it is about."""
    number = fresh[0].id
    how = (
        "For SEG to decide. Enter its decision by a reply:"
        f" accept request {number}: and what SEG decided. Or: reject request {number}: and why"
    )
    return [how, *some([f"{each.id}. {_named(each, partnership.definitions)}" for each in fresh])]


def _decide(acting: Acting, view: RoundView, number: int, state: RequestState, why: str) -> ChangeRequest:
    request = next((each for each in view.requests if each.id == number), None)
    if not acting.coordinates:
        raise NotDone("The Strategic Executive Group decides; its decision is entered by the coordinator.")
    if request is None:
        raise NotDone(f"No change request has the number {number}. The list of them is in the answer to: status.")
    if request.state is not RequestState.OPEN:
        raise NotDone(
            f"{_named(request, view.definitions.values())}: {request.state.value} already. Reason: {request.decision}"
        )
    if not why.strip():
        raise NotDone("Say why, or when SEG decided it: the reason stays in the books.")
    acting.unit.requests.decide(
        replace(request, state=state, decided_by=acting.by.id, decided_at=acting.now, decision=why)
    )
    acting.write(f"change request {state.value}", f"{request.measure} {request.period.key}", why)
    return request


def _named(request: ChangeRequest, definitions: Iterable[Definition]) -> str:
    short = next((f" {each.short}" for each in definitions if each.code == request.measure), "")
    return f"{request.measure}{short}, {request.period}, {request.words}"


def _decision(request: ChangeRequest) -> str:
    if request.state is RequestState.OPEN:
        return "for SEG to decide"
    return f"{request.state.value}: {request.decision}"

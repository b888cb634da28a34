"""Change requests for SEG, and its decisions as the coordinator enters them (RULES 4, 13)."""

from dataclasses import replace
from datetime import datetime

from collector.acting import Acting, NotDone
from collector.books import ChangeRequest, RequestState
from collector.ports import Unit
from collector.view import RoundView

#: How the audit trail names that a request came.
REQUESTED = "change requested"
#: What the coordinator is told above the requests that came.
REQUESTS_TOLD = (
    "These are for SEG to decide. What it decided you enter by a reply: accept request, its number, a colon and the"
    " reason; or reject request, the same way."
)


def accept_request(acting: Acting, view: RoundView, number: int, why: str) -> tuple[str, ...]:
    """Enter that SEG agreed. What a measure means is changed in the definition file alone."""
    request = _decide(acting, view, number, RequestState.ACCEPTED, why)
    then = "Change the definition from the quarter on that SEG named, and load the file: until then it stands."
    return (f"{_named(request)}: accepted. Reason: {why}", then)


def reject_request(acting: Acting, view: RoundView, number: int, why: str) -> tuple[str, ...]:
    """Enter that SEG did not agree: everything stays as it is."""
    request = _decide(acting, view, number, RequestState.REJECTED, why)
    return (f"{_named(request)}: rejected, everything stays as it is. Reason: {why}",)


def request_lines(view: RoundView) -> list[str]:
    """Every request of the round, and those that are still open from before, with its number and its decision."""
    return [f"{each.id}. {_named(each)}: {_decision(each)}" for each in view.requests]


def fresh_requests(unit: Unit, since: datetime | None) -> list[str]:
    """The open requests that came since a moment, each with its number, as the coordinator's list shows them."""
    came = unit.audit.lines(action=REQUESTED, since=since)
    latest = unit.rounds.latest()
    measures = {line.subject.split()[0] for line in came}
    found = unit.requests.all(latest.period) if latest and came else ()
    return [
        f"{each.id}. {_named(each)}" for each in found if each.state is RequestState.OPEN and each.measure in measures
    ]


def _decide(acting: Acting, view: RoundView, number: int, state: RequestState, why: str) -> ChangeRequest:
    request = next((each for each in view.requests if each.id == number), None)
    if not acting.coordinates:
        raise NotDone("The Strategic Executive Group decides; its decision is entered by the coordinator.")
    if request is None:
        raise NotDone(f"No change request has the number {number}. The list of them is in the answer to: status.")
    if request.state is not RequestState.OPEN:
        raise NotDone(f"{_named(request)}: {request.state.value} already. Reason: {request.decision}")
    if not why.strip():
        raise NotDone("Say why, or when SEG decided it: the reason stays in the books.")
    acting.unit.requests.decide(
        replace(request, state=state, decided_by=acting.by.id, decided_at=acting.now, decision=why)
    )
    acting.write(f"change request {state.value}", f"{request.measure} {request.period.key}", why)
    return request


def _named(request: ChangeRequest) -> str:
    return f"{request.measure}, {request.period}, {request.words}"


def _decision(request: ChangeRequest) -> str:
    if request.state is RequestState.OPEN:
        return "for SEG to decide"
    return f"{request.state.value}: {request.decision}"

"""What people ask about the round by mail or in Slack, answered in plain lines."""

from collector import mail_care
from collector.acting import Acting
from collector.books import RequestState
from collector.completeness import by_priority
from collector.domain.people import Role
from collector.domain.round import ObligationState
from collector.domain.signing import CorrectionState
from collector.outages import outage_words
from collector.reminders import key_of
from collector.requests import request_lines
from collector.round_status import status_lines
from collector.summary import board
from collector.view import RoundView
from collector.who_owes import who_owes
from collector.wishes import open_wishes
from collector.wording import by_day

_SEE_THE_ROUND = (Role.COORDINATOR, Role.LEAD, Role.SEG, Role.CHAIR)


def status(acting: Acting, view: RoundView) -> tuple[str, ...]:
    """How the round stands, by organisation and never by person (RULES 20); a contributor hears what they owe."""
    if acting.by.role not in _SEE_THE_ROUND:
        return owed(acting, view)
    state = board(view, acting.calendar.local(acting.now))
    lines = [f"{view.round.period}: {state.received} of {state.owed} in, due {by_day(state.due)}."]
    out = ", ".join(f"{line.organisation} {line.outstanding}" for line in state.outstanding)
    lines += [f"Outstanding: {out}."] if out else []
    lines += [f"Awaiting its source: {', '.join(state.awaiting_source)}."] if state.awaiting_source else []
    lines += [f"Withdrawn, for SEG to decide: {', '.join(state.to_decide)}."] if state.to_decide else []
    return (*lines, *_for_the_coordinator(acting, view)) if acting.coordinates else tuple(lines)


def _for_the_coordinator(acting: Acting, view: RoundView) -> list[str]:
    """What the coordinator sees beside it: sign-off, completeness, questions, requests, and what waits for them."""
    now, named = (
        acting.calendar.local(acting.now),
        f"for Q{view.round.period.number} {view.round.period.financial_year}",
    )
    left = acting.calendar.working_days_between(now.date(), acting.calendar.local(view.round.due).date())
    lines = [f"Working days to the due day: {left}."] if left > 0 else []
    lines += [
        f"Complete and on time: {one.name}: {one.words}" for one in by_priority(view, acting.calendar, acting.now)
    ]
    lines += [line.strip() for line in status_lines(view, now)]
    lines += [
        f"Asked, no answer yet: {query.measure} {view.definitions[query.measure].short}: {' '.join(query.reasons)}"
        for query in view.open_queries.values()
    ]
    if any(each.state is CorrectionState.WAITING for each in view.signing.corrections):
        lines.append(
            f"To take a correction: reopen its code {named}: and the reason. To leave it: decline, the same way."
        )
    lines += [f"Asked of you: {line}" for line in open_wishes(acting.unit, view)]
    lines += [f"Change request {line}" for line in request_lines(view)]
    if any(each.state is RequestState.OPEN for each in view.requests):
        lines.append(
            "What SEG decided you enter so: accept request, its number, a colon and the reason; or reject request."
        )
    lines += [outage_words(one, acting.calendar) for one in acting.unit.outages.all()]
    lines += [f"{line[0].upper()}{line[1:]}." for line in mail_care.status_lines(acting.unit, acting.calendar)]
    # The message that asks is itself being read.
    counts = (
        (acting.unit.inbox.waiting() - 1, "to be read"),
        (len(acting.unit.inbox.quarantined()), "set aside (quarantine)"),
        (len(acting.unit.outbox.held()), "held"),
    )
    return [*lines, *(f"{count} message{'' if count == 1 else 's'} {what}." for count, what in counts if count > 0)]


def owed(acting: Acting, view: RoundView) -> tuple[str, ...]:
    """What somebody owes themselves; the coordinator hears who owes what."""
    if acting.coordinates:
        told = acting.unit.outbox.told(key_of(view.round.period), view.round.period)
        return tuple(line.strip() for line in who_owes(view, told, acting.calendar, acting.now))
    out = view.outstanding(acting.by.id)
    if not out:
        return (f"You owe nothing more for {view.round.period}.",)
    due = by_day(acting.calendar.local(view.round.due))
    lines = [f"You still owe {len(out)} for {view.round.period}, due {due}:"]
    for each in out:
        asked = " (we asked you about it)" if each.state is ObligationState.ASKED else ""
        lines.append(f"{each.number}. {each.measure} {view.definitions[each.measure].short}{asked}")
    return tuple(lines)

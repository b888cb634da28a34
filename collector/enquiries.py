"""What people ask about the round by mail or in Slack, answered in plain lines."""

from collector.acting import Acting
from collector.domain.people import Role
from collector.domain.round import ObligationState
from collector.summary import board
from collector.view import RoundView
from collector.wording import by_day

_SEE_THE_ROUND = (Role.COORDINATOR, Role.LEAD, Role.SEG, Role.CHAIR)


def status(acting: Acting, view: RoundView) -> tuple[str, ...]:
    """How the round stands, by organisation and never by person (RULES 20); a contributor hears what they owe."""
    if acting.by.role not in _SEE_THE_ROUND:
        return who_owes(acting, view)
    state = board(view, acting.calendar.local(acting.now))
    lines = [f"{view.round.period}: {state.received} of {state.owed} in, due {by_day(state.due)}."]
    out = ", ".join(f"{line.organisation} {line.outstanding}" for line in state.outstanding)
    lines += [f"Outstanding: {out}."] if out else []
    lines += [f"Awaiting its source: {', '.join(state.awaiting_source)}."] if state.awaiting_source else []
    lines += [f"Withdrawn, for SEG to decide: {', '.join(state.to_decide)}."] if state.to_decide else []
    return tuple(lines)


def who_owes(acting: Acting, view: RoundView) -> tuple[str, ...]:
    """What somebody owes themselves."""
    owed = view.outstanding(acting.by.id)
    if not owed:
        return (f"You owe nothing more for {view.round.period}.",)
    due = by_day(acting.calendar.local(view.round.due))
    lines = [f"You still owe {len(owed)} for {view.round.period}, due {due}:"]
    for each in owed:
        asked = " (we asked you about it)" if each.state is ObligationState.ASKED else ""
        lines.append(f"{each.number}. {each.measure} {view.definitions[each.measure].short}{asked}")
    return tuple(lines)

"""What people ask about the round by mail or in Slack, answered in plain lines."""

from collector.acting import Acting
from collector.domain.people import Role
from collector.domain.round import ObligationState
from collector.reminders import key_of
from collector.summary import board
from collector.view import RoundView
from collector.who_owes import who_owes
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
    return tuple(lines)


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

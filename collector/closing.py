"""What a round that is frozen or locked still takes, and what waits for the coordinator (RULES 17, 19). Pure."""

from datetime import datetime

from collector.domain.figure import FigureStatus
from collector.domain.period import day
from collector.domain.round import ObligationState, RoundState
from collector.ports import Calendar
from collector.view import RoundView

#: How the reason of a figure begins that SEG gets beside the papers.
SUPPLEMENTARY = "supplementary item"
#: What the source itself brings late: it comes in although the round is frozen.
_SOURCE_STILL_TO_COME = (FigureStatus.PROVISIONAL, FigureStatus.NOT_AVAILABLE, FigureStatus.AWAITING_RELEASE)


def why_shut(view: RoundView, measure: str) -> str:
    """Why a figure for a measure can't change what the books hold now; "" where it can.

    A frozen round takes what is not in yet or was sent back, and what a source brings late; a locked one takes only
    the figure that the coordinator has opened again.
    """
    if view.round.state is RoundState.OPEN or view.signing.reopened(measure):
        return ""
    if view.round.state is RoundState.LOCKED:
        return f"{view.round.period} is locked"
    held = view.figures.get(measure)
    if held is None or held.reported.status in _SOURCE_STILL_TO_COME or not _is_in(view, measure):
        return ""
    return f"{view.round.period} is frozen for its papers"


def supplementary(view: RoundView, calendar: Calendar, received: datetime) -> str:
    """The reason of late source data that came after the papers were published; "" of everything else (RULES 17)."""
    published = calendar.dates(view.round.period).publication
    if view.round.state is not RoundState.FROZEN or published is None or calendar.local(received).date() <= published:
        return ""
    return f"{SUPPLEMENTARY}: the papers were published on {day(published)}"


def is_over(view: RoundView, measure: str) -> bool:
    """Whether nobody is asked for a measure any more: its round is locked, and the figure could have been in by then.

    What was opened again is asked for; so is what could only exist after the lock, until something came for it.
    """
    if view.round.state is not RoundState.LOCKED or view.signing.reopened(measure):
        return False
    return not comes_after_the_lock(view, measure)


def comes_after_the_lock(view: RoundView, measure: str) -> bool:
    """Whether it is due only after the lock, and nothing has come for it yet."""
    if any(each.reported.measure == measure for each in view.signing.corrections):
        return False
    return was_due_after_the_lock(view, measure)


def was_due_after_the_lock(view: RoundView, measure: str) -> bool:
    """Whether its source publishes, or its extension ends, only after the lock: nobody owed it by then."""
    if not view.signing.snapshots:
        return False
    locked_on = view.signing.snapshots[-1].at.date()
    published = view.definitions[measure].published(view.round.period)
    out = (owed for owed in view.obligations if owed.measure == measure and owed.state is not ObligationState.IN)
    return any(max(published, owed.extended_to or published) >= locked_on for owed in out)


def _is_in(view: RoundView, measure: str) -> bool:
    return all(owed.state is ObligationState.IN for owed in view.obligations if owed.measure == measure)

"""Orders about closing a round and what comes after, as somebody wrote them."""

from collector.acting import Acting
from collector.corrections import decline
from collector.domain.orders import Decide, Decline, Freeze, Lock, Reopen
from collector.domain.round import RoundState
from collector.locking import freeze, lock, measure_of, reopen, reopen_figure
from collector.requests import accept_request, reject_request
from collector.view import RoundView, view_round


def close_or_open(acting: Acting, view: RoundView, order: Freeze | Lock | Reopen | Decline | Decide) -> tuple[str, ...]:
    """Freeze, lock or reopen a round, reopen one figure of it, or decide what waits for it."""
    match order:
        case Freeze(why):
            return freeze(acting, view, why)
        case Lock(why):
            return lock(acting, view, why)
        case Reopen("", why):
            return reopen(acting, view, why)
        case Reopen(code, why):
            return reopen_figure(acting, _where_it_waits(acting, view, code), code, why)
        case Decline(code, why):
            meant = _where_it_waits(acting, view, code)
            return decline(acting, meant, measure_of(meant, code), why)
        case Decide(number, accepted, why):
            decide = accept_request if accepted else reject_request
            return decide(acting, view, number, why)


def _where_it_waits(acting: Acting, view: RoundView, code: str) -> RoundView:
    """The round in which a correction of a figure waits, where it is another than the one that is open now."""
    wanted = code.strip().upper()
    waiting = {each.reported.period for each in acting.unit.locks.waiting() if each.reported.measure.upper() == wanted}
    if view.round.state is not RoundState.OPEN or view.round.period in waiting or len(waiting) != 1:
        return view
    return view_round(acting.unit, waiting.pop())

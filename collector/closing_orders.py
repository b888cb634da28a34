"""Orders about closing a round and what comes after, as somebody wrote them."""

from collector.acting import Acting
from collector.corrections import decline
from collector.domain.orders import Decide, Decline, Freeze, Lock, Reopen
from collector.locking import freeze, lock, measure_of, reopen, reopen_figure
from collector.requests import accept_request, reject_request
from collector.view import RoundView


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
            return reopen_figure(acting, view, code, why)
        case Decline(code, why):
            return decline(acting, view, measure_of(view, code), why)
        case Decide(number, accepted, why):
            decide = accept_request if accepted else reject_request
            return decide(acting, view, number, why)

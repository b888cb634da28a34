"""What people tell the collector to do, done: each order is a function of its own; who may is decided there."""

from collections.abc import Sequence

from collector.acting import Acting, NotDone
from collector.domain.orders import OnBehalf, Order, Status, WhoOwes
from collector.enquiries import status, who_owes
from collector.on_behalf import on_behalf
from collector.view import RoundView, latest_view, view_round


def carry_out(acting: Acting, view: RoundView | None, orders: Sequence[Order]) -> tuple[str, ...]:
    """Carry orders out in their turn; what was done, or why not, in plain lines; one that fails stops no other."""
    told: list[str] = []
    for order in orders:
        try:
            told += _done(acting, _open(view), order)
        except NotDone as why:
            told.append(str(why))
        # What an order changed is what the next one sees.
        view = view_round(acting.unit, view.round.period) if view is not None else latest_view(acting.unit)
    return tuple(told)


def _open(view: RoundView | None) -> RoundView:
    if view is None:
        raise NotDone("No round is open yet, so nothing was done.")
    return view


def _done(acting: Acting, view: RoundView, order: Order) -> tuple[str, ...]:
    match order:
        case Status():
            return status(acting, view)
        case WhoOwes():
            return who_owes(acting, view)
        case OnBehalf(who, text):
            return on_behalf(acting, view, who, text)
        case _:
            raise NotDone("That is not something the collector can do yet.")

"""What people tell the collector to do, done: each order is a function of its own; who may is decided there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from collector.acting import Acting, NotDone
from collector.domain.orders import (
    OnBehalf,
    Order,
    SendDefinitions,
    SendHistory,
    SendRound,
    Status,
    WhoOwes,
)
from collector.enquiries import status, who_owes
from collector.handouts import send_definitions, send_history, send_round
from collector.messages import File, Notice
from collector.on_behalf import on_behalf
from collector.ports import BookletWriter
from collector.view import RoundView, latest_view, view_round


@dataclass
class Carried:
    """What came of orders: plain lines that say what was done or why not, and files to be sent with them."""

    told: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)

    def notice(self, to: str) -> Notice:
        """The answer to whoever gave the orders."""
        return Notice(to, "What you asked the collector", tuple(self.told), files=tuple(self.files))


def carry_out(acting: Acting, view: RoundView | None, orders: Sequence[Order], write: BookletWriter) -> Carried:
    """Carry orders out in their turn; one that fails stops no other."""
    carried = Carried()
    for order in orders:
        try:
            carried.told += _done(acting, _open(view), order, carried, write)
        except NotDone as why:
            carried.told.append(str(why))
        # What an order changed is what the next one sees.
        view = view_round(acting.unit, view.round.period) if view is not None else latest_view(acting.unit)
    return carried


def _open(view: RoundView | None) -> RoundView:
    if view is None:
        raise NotDone("No round is open yet, so nothing was done.")
    return view


def _done(acting: Acting, view: RoundView, order: Order, carried: Carried, write: BookletWriter) -> tuple[str, ...]:
    match order:
        case Status():
            return status(acting, view)
        case WhoOwes():
            return who_owes(acting, view)
        case OnBehalf(who, text):
            return on_behalf(acting, view, who, text)
        case SendRound(period):
            told, file = send_round(acting, view, period, write)
        case SendDefinitions():
            told, file = send_definitions(acting, view, write)
        case SendHistory(code, period):
            return send_history(acting, view, code, period)
        case _:
            raise NotDone("That is not something the collector can do yet.")
    carried.files.append(file)
    return told

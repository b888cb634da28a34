"""Which round an order is about: the one it names, else that of our message it answers, else the one it can mean."""

from collector.acting import Acting, NotDone
from collector.domain.orders import Decline, ForRound, Freeze, Lock, Order, Reopen
from collector.domain.period import Quarter
from collector.domain.round import RoundState
from collector.view import RoundView, view_round

#: A number alone is the latest quarter that has it.
_QUARTERS = 4


def meant(acting: Acting, view: RoundView, order: Order, answered: bool) -> tuple[RoundView, Order]:
    """The round that an order is about and the order itself; NotDone where two could be meant (promise 4).

    `view` is the round of our message that was `answered`, else the latest.
    """
    if isinstance(order, ForRound):
        return view_round(acting.unit, _named(acting, order.period)), order.order
    if answered:
        return view, order
    found = _possible(acting, view, order)
    if len(found) > 1:
        named = " or ".join(str(period) for period in found)
        shortest = f"Q{found[0].number} {found[0].financial_year}"
        raise NotDone(
            f"This could mean {named}, so nothing was done. Say which, like this: {_example(order, shortest)}"
        )
    return (view_round(acting.unit, found[0]) if found and found[0] != view.round.period else view), order


def _named(acting: Acting, period: Quarter | int) -> Quarter:
    latest = acting.unit.rounds.latest()
    if isinstance(period, int):
        found = latest.period if latest else Quarter.containing(acting.calendar.local(acting.now).date()).previous
        while found.number != period:
            found = found.previous
        period = found
    if acting.unit.rounds.get(period) is None:
        newest = f" The latest round is {latest.period}." if latest else ""
        raise NotDone(f"No round was opened for {period}, so nothing was done.{newest}")
    return period


def _possible(acting: Acting, view: RoundView, order: Order) -> list[Quarter]:
    """The rounds that an order can mean which names none, the oldest first; none is the one at hand."""
    match order:
        case Reopen(code, _) | Decline(code, _) if code:
            waiting = {
                each.reported.period
                for each in acting.unit.locks.waiting()
                if each.reported.measure.upper() == code.upper()
            }
            return sorted(waiting)
        case Lock():
            return _not_yet(acting, view, RoundState.LOCKED)
        case Freeze():
            return _not_yet(acting, view, RoundState.LOCKED, RoundState.FROZEN)
    return []


def _not_yet(acting: Acting, view: RoundView, *states: RoundState) -> list[Quarter]:
    """The rounds from the last year that have not come so far; the latest is among them also where it has."""
    found, period = [view.round.period], view.round.period
    for _ in range(_QUARTERS):
        period = period.previous
        held = acting.unit.rounds.get(period)
        if held is not None and held.state not in states:
            found.insert(0, period)
    return [each for each in found if each != view.round.period or view.round.state not in states]


def _example(order: Order, quarter: str) -> str:
    match order:
        case Reopen(code, why):
            return f"reopen {code or 'the round'} for {quarter}: {why or 'and the reason'}"
        case Decline(code, why):
            return f"decline {code} for {quarter}: {why}"
        case Freeze():
            return f"freeze the round for {quarter}"
        case _:
            return f"lock the round for {quarter}"

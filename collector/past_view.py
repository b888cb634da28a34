"""A quarter as the books show it, whether or not a round was ever opened for it: history was loaded, not collected."""

from collector.domain.period import Quarter
from collector.domain.round import Round, RoundState
from collector.parts import with_earlier_wholes
from collector.ports import Calendar, NotLoaded, Unit
from collector.view import RoundView, view_round


def view_quarter(unit: Unit, calendar: Calendar, period: Quarter) -> RoundView:
    """A round's view; for a quarter that was never collected, its figures under the definitions then in force."""
    if unit.rounds.get(period) is not None:
        return view_round(unit, period)
    partnership = unit.plan.get()
    if partnership is None:
        raise NotLoaded
    dates = calendar.dates(period)
    defined = partnership.in_force(period)
    figures = {code: figure for code, figure in unit.figures.current(period).items() if code in defined}
    return RoundView(
        partnership=partnership,
        round=Round(period, dates.opens, dates.due, RoundState.LOCKED),
        obligations=(),
        figures=with_earlier_wholes(partnership, {period: figures})[period],
        history=with_earlier_wholes(partnership, unit.figures.before(period)),
        queries=(),
        requests=[request for request in unit.requests.all(period) if request.measure in defined],
    )


def owners(view: RoundView) -> dict[str, str]:
    """Who answers for each measure of a quarter: who owes it in the round, else who the plan names."""
    period = view.round.period
    named = {held.measure: held.person for held in view.partnership.responsibilities if held.holds(period)}
    return named | {owed.measure: owed.person for owed in view.obligations}

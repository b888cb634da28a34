"""Q4 asks for the year's out-turn too, and holds it against the year's quarters (RULES 10). Pure."""

from collections.abc import Iterable

from collector.domain.figure import Figure
from collector.domain.indicator import Basis, Definition, Rhythm
from collector.domain.series import Unknown
from collector.trends import to_date
from collector.view import RoundView


def with_out_turn(view: RoundView, measure: str) -> str:
    """What an owed line of a year's target adds in Q4; "" where there is nothing to add up."""
    if not _is_reconciled(view, view.definitions[measure]):
        return ""
    before = to_date(view.series(measure), view.round.period.previous)
    if isinstance(before, Unknown):
        return ""
    return f"; and the year's out-turn, if it is not this quarter and Q1 to Q3 ({before.words}) together"


def out_turns(view: RoundView, figures: Iterable[Figure]) -> list[str]:
    """What a receipt says of the year that figures of Q4 complete, a line for each year's target."""
    told = []
    for code in (figure.reported.measure for figure in figures):
        total = to_date(view.series(code), view.round.period) if _is_reconciled(view, view.definitions[code]) else None
        if total is not None and not isinstance(total, Unknown):
            told.append(
                f"{code}: the year's out-turn is {total.words}. If you hold another, reply with the quarter that"
                " changed, its figure and the reason."
            )
    return told


def _is_reconciled(view: RoundView, definition: Definition) -> bool:
    """A figure to date is the out-turn itself in Q4, and so is a year's; only quarters are added up."""
    quarterly = definition.rhythm is Rhythm.QUARTERLY and definition.basis is Basis.QUARTER
    return view.round.period.number == 4 and definition.target.per_year and quarterly

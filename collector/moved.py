"""What moved since the last digest, as points of small charts. Pure."""

from collections.abc import Iterable
from datetime import datetime

from collector.domain.figure import Figure
from collector.domain.rag import Rag
from collector.messages import Moved, MovedPoint
from collector.report_trends import short, trend_of
from collector.signatures import signature_of
from collector.signed_off import is_fresh, sentence, without_told_parts
from collector.view import RoundView
from collector.wording import target_words

#: More charts would make a second page.
MOST_CHARTS = 4
_ORDER = {Rag.RED: 0, Rag.AMBER: 1, Rag.GREEN: 2, None: 3}


def moved_since(view: RoundView, since: datetime) -> tuple[Moved, ...]:
    """The figures that came or were signed since a moment and have a past, Red first.

    Before sign-off a chart has neither a colour nor the goal to judge by (RULES 20).
    """
    fresh = [code for code, figure in view.figures.items() if is_fresh(view, figure, since)]
    found = (_moved(view, view.figures[code]) for code in without_told_parts(view, fresh))
    charts = sorted((chart for chart in found if chart is not None), key=lambda chart: _ORDER[chart.rag])
    return tuple(charts[:MOST_CHARTS])


def _moved(view: RoundView, figure: Figure) -> Moved | None:
    code = figure.reported.measure
    trend, definition = trend_of(view, code), view.definitions[code]
    if not trend.points or len({point.value for point in trend.points}) == 1:
        return None
    signed = signature_of(view, code) is not None
    goal = trend.goal if signed else None
    aim = f"; target {target_words(definition.target)}" if goal is not None else ""
    return Moved(
        title=sentence(definition.short),
        words=f"{trend.words}{aim}",
        points=tuple(MovedPoint(short(point.period), point.value) for point in trend.points),
        goal=goal,
        rag=view.judged(figure.reported).rag if signed else None,
    )


def moved_lines(charts: Iterable[Moved]) -> tuple[str, ...]:
    """The same in words, for where there are no pictures."""
    return tuple(f"{chart.title}: {chart.words}" for chart in charts)

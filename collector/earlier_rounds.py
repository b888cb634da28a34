"""A figure that is said to be for an earlier round's quarter: offered, and entered, as that round's figure."""

from collections.abc import Sequence
from dataclasses import replace

from collector.cover import may_report
from collector.domain.figure import Figure, Reported
from collector.domain.period import Quarter, Span
from collector.ports import Unit
from collector.view import RoundView, view_round
from collector.wording import figure_words


def for_its_round(unit: Unit, view: RoundView, person: str, readings: Sequence[Reported]) -> list[Reported]:
    """Readings for exactly an earlier quarter whose round asked this person for them, as figures of that quarter.

    Each has the code that its series had then.
    """
    return [_of_its_quarter(unit, view, person, reading) for reading in readings]


def _of_its_quarter(unit: Unit, view: RoundView, person: str, reading: Reported) -> Reported:
    quarter = _quarter_of(reading.reference) if reading.reference else None
    if quarter is None or quarter >= view.round.period or unit.rounds.get(quarter) is None:
        return reading
    earlier, then = view_round(unit, quarter), view.series(reading.measure).definition(quarter)
    if then is None or then.unit is not view.definitions[reading.measure].unit:
        return reading
    if not may_report(earlier, person, then.code) or not earlier.owner_of(then.code):
        return reading
    return replace(reading, measure=then.code, period=quarter, reference=None, basis=then.basis)


def _quarter_of(span: Span) -> Quarter | None:
    quarter = Quarter.containing(span.end)
    return quarter if quarter.span == span else None


def recorded_there(view: RoundView, figure: Figure, before: Reported | None) -> str:
    """What its sender is told of a figure that was recorded in an earlier round that is still open."""
    reported = figure.reported
    unit = view.definitions[reported.measure].unit
    was = f", was {figure_words(before, unit)}" if before else ""
    return f"{reported.measure}, {reported.period}: recorded {figure_words(reported, unit)}{was}."

"""What a reader of the report has to know is odd: in the books, in what senders were asked, in what was printed before.

Nothing here changes a figure. Each finding says both sides with their arithmetic, so that anyone can check it.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from collector.books import QueryRow, QueryState
from collector.domain.figure import Figure, FigureStatus, plain
from collector.domain.indicator import SHARES, Definition, Unit
from collector.domain.period import day
from collector.domain.series import asked_days, own_stretch
from collector.domain.target import Comparator
from collector.report import Line
from collector.report_cells import Quarterly
from collector.report_published import Published, against_the_books
from collector.report_trends import short
from collector.signed_off import sentence
from collector.validation import TO_THE_SENDER
from collector.wording import figure_words, value_words

#: Populations that two rates of one measure imply may differ by this share before it is worth a finding.
_SAME_POPULATION = Decimal("0.05")
_QUOTED = "what the words beside the figure mean for it."


def findings_of(
    found: Sequence[Quarterly], published: Sequence[Published] = (), commentary: bool = False
) -> Iterable[Line]:
    """Every finding, quarter by quarter in the plan's order; one that stays true is told with its first quarter."""
    known: set[tuple[str, str]] = set()
    for quarter in found:
        printed = [each for each in published if each.period == quarter.period]
        asked = _settled(quarter, commentary)
        for code, definition in quarter.view.definitions.items():
            figure = quarter.view.figures.get(code)
            told = [
                *(_of_figure(quarter, definition, figure) if figure else ()),
                *_of_target(quarter, definition, figure),
                *asked.get(code, ()),
                *(text for each in printed if each.code == code for text in against_the_books(each, quarter, found)),
            ]
            fresh = [text for text in dict.fromkeys(told) if (code, text) not in known]
            known.update((code, text) for text in fresh)
            for text in fresh:
                yield Line(code, definition.title, quarter.period, text)


def _of_figure(quarter: Quarterly, definition: Definition, figure: Figure) -> Iterable[str]:
    reported, view = figure.reported, quarter.view
    if reported.status is FigureStatus.NO_LONGER_COLLECTED:
        yield "Said to be no longer collected: the row stays until SEG decides what replaces it."
    if reported.value is None:
        return
    stretch = asked_days(definition, quarter.period)
    if reported.reference is not None and reported.reference not in (stretch, own_stretch(definition, quarter.period)):
        yield f"The figure covers {reported.reference}; asked for is {stretch or quarter.period.span}."
    elif reported.reference is None and reported.basis is not definition.basis:
        is_now, asked = (basis.value.replace("_", " ") for basis in (reported.basis, definition.basis))
        yield f"The figure is given for the {is_now}, and asked for is the {asked}."
    yield from _populations(quarter, definition)
    for remark in view.remarks(figure):
        yield sentence(remark.removesuffix(TO_THE_SENDER))


def _populations(quarter: Quarterly, definition: Definition) -> Iterable[str]:
    """Rates that come with their counts say how many people there are, and must say the same."""
    if definition.unit not in SHARES or definition.unit is Unit.PERCENT:
        return
    scale, series = SHARES[definition.unit], quarter.view.series(definition.code)
    implied = [
        (each, scale * each.numerator / each.value)
        for period, each in sorted(series.figures.items())
        if period <= quarter.period and each.value and each.numerator and not each.denominator
    ]
    if len(implied) < 2 or implied[-1][0].period != quarter.period:
        return
    (before, then), (last, now) = implied[-2:]
    if abs(then - now) <= _SAME_POPULATION * now:
        return
    said = [
        f"{plain(each.numerator or Decimal(0))} at {value_words(each.value or Decimal(0), definition.unit)}"
        f" in {short(each.period)} means a population of {plain(Decimal(round(people)))}"
        for each, people in ((before, then), (last, now))
    ]
    yield f"{said[0]}; {said[1]}. One of the rates covers other days than its count."


def _of_target(quarter: Quarterly, definition: Definition, figure: Figure | None) -> Iterable[str]:
    target = definition.target
    if target.note:
        yield f"Target \u201c{target.wording}\u201d: {target.note}."
    if figure is None or figure.reported.value is None or target.comparator is Comparator.NONE:
        return
    judged = quarter.view.judged(figure.reported)
    untold = target.comparator in (Comparator.AWAITING, Comparator.NOT_UNDERSTOOD) or not target.confirmed
    if judged.rag is None and (untold or "no base" in judged.why or "better has not" in judged.why):
        yield f"The target can't be tested. {judged.why}"


def _settled(quarter: Quarterly, commentary: bool) -> dict[str, list[str]]:
    """What senders were asked in the round, and what was recorded on it."""
    told: dict[str, list[str]] = {}
    for query in quarter.view.queries:
        told.setdefault(query.measure, []).append(_asked(quarter, query, commentary))
    return told


def _asked(quarter: Quarterly, query: QueryRow, commentary: bool) -> str:
    """A question without what it quotes of the sender, unless that was asked for (RULES 27)."""
    figure, definition = quarter.view.figures.get(query.measure), quarter.view.definitions[query.measure]
    organisation = quarter.view.organisation(query.person)
    reasons = [words for words in query.reasons if commentary or "'" not in words]
    asked = f"{organisation} was asked on {day(query.asked_at.date())}: {' '.join(reasons) or _QUOTED}"
    if query.state is QueryState.OPEN or figure is None:
        return f"{asked} No answer yet."
    return f"{asked} Recorded: {figure_words(figure.reported, definition.unit)}."

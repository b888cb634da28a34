"""The rows of an exported round: what stands for each measure, and the counts by organisation. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from collector.booklet import Colour, Column, Quantity, Value
from collector.domain.figure import Figure, Reported, plain
from collector.domain.indicator import Basis, Definition
from collector.domain.period import Quarter
from collector.domain.rag import Judgement, Rag
from collector.domain.round import Obligation, ObligationState
from collector.domain.series import Series
from collector.past_view import owners
from collector.ports import Calendar
from collector.trends import Travel, Way, travel
from collector.view import RoundView
from collector.wording import door_words, figure_words, status_words, target_words

_NOT_SIGNED_OFF = "not signed off"
_EVERYBODY = "All organisations"
_NOT_OWED = "not owed this quarter"


def indicator_columns(period: Quarter) -> tuple[Column, ...]:
    """The columns of a quarter's indicators."""
    return (
        Column("Code", 9),
        Column("Indicator", 42),
        Column("Priority", 26),
        Column("Owner", 22, "The organisation that owes the figure"),
        Column("Target", 24, "In the plan's own words"),
        Column("Figure", 17),
        Column("Counts", 14),
        Column("Covers", 20, "Where a figure is not about the quarter alone"),
        Column("Status", 17),
        Column("RAG", 11, "Red, Amber or Green; empty where there is nothing to judge by"),
        Column("Why", 46, "The arithmetic that anyone can check, or why there is no colour"),
        Column("Since last quarter", 20),
        Column("Since last year", 20, "Against the same quarter last year"),
        Column(_short(period.previous), 17),
        Column(_short(period.last_year), 17),
        Column("Late", 7, "Reached us after it was due"),
        Column("Signed off", 17, "Silence is not consent"),
        Column("Version", 8, "How often the figure was recorded; the sheet Versions shows each"),
        Column("Received", 19),
        Column("How", 13),
    )


def _short(period: Quarter) -> str:
    return f"Q{period.number} {period.financial_year}"


def indicator_row(
    view: RoundView, code: str, owner: str | None, signed: Mapping[str, str], calendar: Calendar, hide: bool
) -> tuple[Value, ...]:
    """One measure as it stands. With `hide` there is no colour before its priority is signed off (RULES 20)."""
    definition, figure, period = view.definitions[code], view.figures.get(code), view.round.period
    titles = {priority.code: priority.title for priority in view.partnership.priorities}
    held = signed.get(definition.priority, "")
    judged = _judged(view, figure, hidden=hide and not held)
    value, counts, status = reported_cells(figure.reported, definition) if figure else (None, "", _missing(view, code))
    return (
        code,
        definition.title,
        titles.get(definition.priority, definition.priority),
        view.organisation(owner) if owner else view.who_sends(code),
        target_words(definition.target),
        value,
        counts,
        _covers(figure.reported, definition) if figure else "",
        status,
        Colour(judged.rag) if judged.rag else None,
        judged.why,
        *_ways(view, figure),
        _earlier(view, code, period.previous),
        _earlier(view, code, period.last_year),
        "late" if figure and figure.late else "",
        held or _NOT_SIGNED_OFF,
        figure.version if figure else None,
        calendar.local(figure.source.received_at) if figure else None,
        door_words(figure.source.door) if figure else "",
    )


def reported_cells(reported: Reported, definition: Definition) -> tuple[Value, str, str]:
    """A figure as cells: the value in its unit, its counts, and its status in words."""
    value = None if reported.value is None else Quantity(reported.value, definition.unit)
    counts = ""
    if reported.numerator is not None and reported.denominator is not None:
        counts = f"{plain(reported.numerator)} of {plain(reported.denominator)}"
    return value, counts, reported.status.words if value else status_words(reported)


def _missing(view: RoundView, code: str) -> str:
    if code in view.wholes:
        return view.whole(code).words
    owed = next((each for each in view.obligations if each.measure == code), None)
    if owed is None:
        return _NOT_OWED if view.obligations else "no figure"
    return "in question" if owed.state is ObligationState.ASKED else "outstanding"


def _judged(view: RoundView, figure: Figure | None, hidden: bool) -> Judgement:
    if figure is None:
        return Judgement(None, "")
    if hidden:
        return Judgement(None, "No colour before the priority is signed off.")
    return view.judged(figure.reported)


def _covers(reported: Reported, definition: Definition) -> str:
    """What a figure is about where it is not the quarter alone."""
    if reported.reference is not None:
        return str(reported.reference)
    if reported.basis is not Basis.QUARTER:
        return reported.basis.value.replace("_", " ")
    covered = definition.covers(reported.period)
    return "" if covered == reported.period.span else str(covered)


def _ways(view: RoundView, figure: Figure | None) -> tuple[str, str]:
    if figure is None or figure.reported.value is None:
        return "", ""
    reported = figure.reported
    definition = view.definitions[reported.measure]
    series = view.series(definition.code).including(definition, reported)
    before, last_year = travel(series, reported.period)
    return _way(before, series), _way(last_year, series)


def _way(moved: Travel, series: Series) -> str:
    """Which way it went; where that can't be said, why, and only briefly where there is nothing to compare with."""
    if moved.way is not Way.UNKNOWN:
        return moved.way.value
    return f"{moved.way.value}: {moved.why}" if moved.since in series.figures else "no figure then"


def _earlier(view: RoundView, code: str, quarter: Quarter) -> Value:
    """An earlier quarter's figure, in the unit that it had then."""
    series = view.series(code)
    reported, then = series.figures.get(quarter), series.definition(quarter)
    if reported is None or then is None:
        return None
    if reported.value is None:
        return figure_words(reported, then.unit)
    return Quantity(reported.value, then.unit)


def summary_rows(view: RoundView, signed: Mapping[str, str], hide: bool) -> Iterator[tuple[Value, ...]]:
    """The counts of a quarter for everybody together, then for each organisation."""
    counted: dict[str, Counter[str]] = {_EVERYBODY: Counter()}
    for organisation, what in _counted(view, signed, hide):
        counted.setdefault(organisation, Counter())[what] += 1
    names = ("owed", "in", "out", "asked", "awaiting", "late", Rag.RED, Rag.AMBER, Rag.GREEN, "none")
    for organisation, counts in counted.items():
        yield (str(view.round.period), organisation, *(counts[name] for name in names))


def _counted(view: RoundView, signed: Mapping[str, str], hide: bool) -> Iterator[tuple[str, str]]:
    """What there is to count, for all and for each organisation: indicators, then figures with their colours.

    A figure with several contributors is each organisation's where a part of it is theirs; its colour is nobody's own.
    """
    for indicator, obligations in view.by_indicator.items():
        yield from ((_EVERYBODY, what) for what in _how_it_stands(view, indicator, obligations))
        for organisation in dict.fromkeys(view.organisation(owed.person) for owed in obligations):
            theirs = [owed for owed in obligations if view.organisation(owed.person) == organisation]
            yield from ((organisation, what) for what in _how_it_stands(view, indicator, theirs))
    owner = owners(view)
    for code, figure in view.figures.items():
        hidden = hide and view.definitions[code].priority not in signed
        rag = _judged(view, figure, hidden).rag
        told = ["none" if rag is None else rag.value, *(["late"] if figure.late else [])]
        yield from ((_EVERYBODY, what) for what in told)
        if not view.definitions[code].parts:
            organisation = view.organisation(owner.get(code, figure.source.person))
            yield from ((organisation, what) for what in told)


def _how_it_stands(view: RoundView, indicator: str, obligations: Sequence[Obligation]) -> Iterator[str]:
    """One indicator, or what one organisation owes of it, as the counts name it."""
    yield "owed"
    yield "in" if all(owed.state is ObligationState.IN for owed in obligations) else "out"
    if any(owed.state is ObligationState.ASKED for owed in obligations):
        yield "asked"
    if view.is_in(indicator) and any(view.waits_for_source(owed.measure) for owed in obligations):
        yield "awaiting"

"""The public export: what of the locked books may be seen by everybody, with small counts suppressed (RULES 25, 26)."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from collector.acting import Acting, NotDone
from collector.booklet import Booklet, Column, Page, Quantity, Value
from collector.domain.figure import Figure, FigureStatus, Reported
from collector.domain.indicator import SHARES, Basis, Definition, Unit
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter, Span
from collector.domain.publication import AddsUp, Cell, Publication, WithoutCounts
from collector.domain.round import RoundState
from collector.domain.series import days_of
from collector.past_view import view_quarter
from collector.public_words import PublicWords, left_out_line
from collector.suppressing import Counted, Sum, suppressed
from collector.view import RoundView
from collector.wording import covers_words, status_words, target_words, to_a_tenth

#: What stands in the place of every figure that is suppressed, whatever the reason.
SUPPRESSED = "[c]"
_QUARTERS_IN_A_YEAR = 4
_KINDS_OF_PEOPLE = (Unit.COUNT, Unit.CHANGE_COUNT)
_NO_RULES = (
    "No rules for going public are set, so nothing was written. Set threshold, rounding, handling and without_counts"
    " under publication in the definition file, and load it."
)


@dataclass(frozen=True)
class Published:
    """The public table, and what whoever publishes it is told beside it ("" for nothing)."""

    booklet: Booklet
    told: str


def publish(acting: Acting, quarters: Sequence[Quarter], agreed: str = "") -> Published:
    """The public table of some locked quarters, and a line in the audit trail; NotDone says what is in the way.

    Before an election it waits for the monitoring officer: `agreed` says when and how they agreed, for the audit trail.

    What is suppressed is decided on everything that is ever published, so that two exports can't be held against each
    other. No colour and no sender's words go out: the one could narrow a suppressed figure, the others are unedited.
    What was written for publication goes out where it tells no more than its row.
    """
    unit, partnership = acting.unit, acting.unit.plan.get()
    if partnership is None or not acting.coordinates:
        raise NotDone("The coordinator publishes figures, once a definition file is loaded. Nothing was written.")
    rules = partnership.publication
    if rules is None:
        raise NotDone(_NO_RULES)
    today = acting.calendar.local(acting.now).date()
    _need_no_election(rules, today, agreed)
    views = [view_quarter(unit, acting.calendar, period) for period in quarters]
    _need_locked(views)
    kept, hidden = withheld(views[-1], rules, today)
    texts = {Cell(period, code): text for period in quarters for code, text in unit.texts.of(period).items()}
    words = PublicWords(texts, anything_hidden=bool(hidden or kept))
    rows = tuple(row for view in views for row in _rows(view, rules, hidden, kept, words))
    first, last = quarters[0], quarters[-1]
    period = str(last) if first == last else f"{first} to {last}"
    because = f"; the monitoring officer agreed: {agreed}" if agreed else ""
    named = first.key if first == last else f"{first.key}..{last.key}"
    told = left_out_line(words.left_out)
    acting.write("published", named, f"{len(rows)} figures{because}{f'. {told}' if told else ''}")
    held_back = len({cell.code for cell in kept if cell.period in quarters})
    page = Page("Figures", f"{partnership.name}: {period}", _COLUMNS, rows, _about(rules, held_back), frozen=2)
    booklet = Booklet(page.title, partnership.name, acting.calendar.local(acting.now), (page,), period)
    return Published(booklet, told)


_COLUMNS = (
    Column("Quarter", 29),
    Column("Code", 10),
    Column("Indicator", 46),
    Column("Priority", 30),
    Column("Target", 24, "In the plan's own words"),
    Column("Figure", 14),
    Column("Number", 10, "What a percentage or rate was worked out from"),
    Column("Out of", 10),
    Column("Status", 24, "What has to be known of the figure, or why there is none"),
    Column("Text", 60, "What was written for publication beside the figure"),
)


def _need_locked(views: Sequence[RoundView]) -> None:
    for view in views:
        if view.round.state is not RoundState.LOCKED:
            raise NotDone(f"{view.round.period} is not locked, so nothing was written. Lock the round first.")


def _need_no_election(rules: Publication, today: date, agreed: str) -> None:
    """In the weeks before an election a public export waits for the monitoring officer (RULES 25)."""
    election = rules.election_on(today)
    if election is not None and not agreed:
        raise NotDone(
            f"It is the pre-election period, {election}: what is published waits for the monitoring officer, so nothing"
            ' was written. Once they agree, say when and how: --agreed "by email, 1 Apr 2015"'
        )


def _quarters(latest: RoundView) -> dict[Quarter, Mapping[str, Figure]]:
    """All the figures that could have been published by the last quarter asked for, the earliest quarter first."""
    found = {**latest.history, latest.round.period: latest.figures}
    return {period: found[period] for period in sorted(found)}


def _about(rules: Publication, held_back: int) -> tuple[str, ...]:
    lines = [
        f"{SUPPRESSED} stands for a figure that is suppressed: it is about fewer than {rules.threshold} people, or"
        " would let such a number be worked out. A figure of 0 is shown."
    ]
    if rules.rounding > 1:
        lines.append(f"Counts are rounded to the nearest {rules.rounding}; percentages are worked out from them.")
    if rules.without_counts is WithoutCounts.SUPPRESS:
        lines.append("A percentage or rate without the counts behind it is suppressed.")
    if held_back:
        lines.append(f"{held_back} {'indicator is' if held_back == 1 else 'indicators are'} not in this table.")
    return tuple(lines)


# --- what is suppressed -----------------------------------------------------------------------------------------------


def withheld(latest: RoundView, rules: Publication, today: date) -> tuple[frozenset[Cell], frozenset[Cell]]:
    """What is not for the public on a day by its handling, and what of the rest is suppressed, up to a quarter."""
    partnership, everything = latest.partnership, _quarters(latest)
    kept = frozenset(
        Cell(period, code)
        for period in everything
        for code in partnership.in_force(period)
        if rules.why_kept(code, today)
    )
    return kept, hidden_cells(partnership, everything, rules, kept)


def hidden_cells(
    partnership: Partnership,
    figures: Mapping[Quarter, Mapping[str, Figure]],
    rules: Publication,
    unpublished: frozenset[Cell] = frozenset(),
) -> frozenset[Cell]:
    """The figures that are suppressed, of all the quarters given."""
    counted: dict[Cell, Counted] = {}
    uncounted: set[Cell] = set()
    days: dict[Cell, Span] = {}
    to_date: set[Cell] = set()
    for period, of_quarter in figures.items():
        defined = partnership.in_force(period)
        for code, figure in of_quarter.items():
            if code not in defined or figure.reported.value is None:
                continue
            cell = Cell(period, code)
            counts = None if code in rules.things else counts_of(figure, defined[code])
            if counts is not None:
                counted[cell] = counts
                covers = days_of(figure.reported, defined[code])
                if covers is not None and defined[code].unit is not Unit.CHANGE_COUNT:
                    days[cell] = covers
                    if figure.reported.basis is Basis.TO_DATE:
                        to_date.add(cell)
            elif defined[code].unit in SHARES and rules.without_counts is WithoutCounts.SUPPRESS:
                uncounted.add(cell)
    sums = [each for period in figures for each in _sums(partnership, period, counted, rules)]
    known = frozenset(cell for cell in unpublished if cell in counted)
    return suppressed(counted, sums, days, rules.threshold, known, frozenset(to_date)) | uncounted


def counts_of(figure: Figure, definition: Definition) -> Counted | None:
    """The counts of people (or of what happened to them) behind a figure; None where there are none on the books."""
    reported = figure.reported
    if reported.value is not None and definition.unit in _KINDS_OF_PEOPLE:
        return Counted((reported.value,))
    if reported.numerator is not None and reported.denominator is not None:
        return Counted((reported.numerator, reported.denominator), definition.unit is Unit.PERCENT)
    return None


def _sums(
    partnership: Partnership, period: Quarter, counted: Mapping[Cell, Counted], rules: Publication
) -> Iterator[Sum]:
    """What adds up to a figure of this quarter: its parts in the quarters that it covers."""
    defined = partnership.in_force(period)
    put_together = [AddsUp(whole.code, whole.parts) for whole in partnership.wholes(period)]
    for each in (*put_together, *rules.add_up):
        total = Cell(period, each.total)
        if total not in counted:
            continue
        parts = [cell for code in each.parts for cell in _covered(defined[each.total], period, code, partnership)]
        yield Sum(total, tuple(cell for cell in parts if cell in counted))


def _covered(total: Definition, period: Quarter, code: str, partnership: Partnership) -> Iterator[Cell]:
    """The figures of a part that lie within what a total covers; where it covers no other days, the same quarter's."""
    days = total.covers(period)
    quarter = period
    for _ in range(_QUARTERS_IN_A_YEAR):
        part = partnership.in_force(quarter).get(code)
        if part is not None:
            covers = part.covers(quarter)
            if days.start <= covers.start and covers.end <= days.end:
                yield Cell(quarter, code)
                if covers == days:
                    return
        quarter = quarter.previous


# --- what is shown ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Shown:
    """A figure as the public sees it."""

    value: Value
    number: Value = None
    out_of: Value = None
    status: str = ""


def _rows(
    view: RoundView, rules: Publication, hidden: frozenset[Cell], kept: Set[Cell], words: PublicWords
) -> Iterator[tuple[Value, ...]]:
    period = view.round.period
    titles = {priority.code: priority.title for priority in view.partnership.priorities}
    for code, definition in view.definitions.items():
        cell = Cell(period, code)
        if cell in kept:
            continue
        shown = _shown(view.figures.get(code), definition, rules, cell in hidden)
        about = (str(period), code, definition.title, titles.get(definition.priority, ""))
        of_row = (shown.value, shown.number, shown.out_of)
        numbers = [each.value for each in of_row if isinstance(each, Quantity)]
        text = words.beside(cell, view.figures.get(code), cell in hidden, numbers)
        yield (*about, target_words(definition.target), *of_row, shown.status, text or None)


def _shown(figure: Figure | None, definition: Definition, rules: Publication, is_hidden: bool) -> _Shown:
    if figure is None:
        return _Shown(None, status="no figure")
    reported = figure.reported
    if reported.status is FigureStatus.NARRATIVE:
        return _Shown(None, status="progress reported")
    if reported.value is None:
        return _Shown(None, status=reported.status.words)
    status = _beside(reported)
    if is_hidden:
        with_counts = SUPPRESSED if reported.numerator is not None else None
        return _Shown(SUPPRESSED, with_counts, with_counts, "suppressed")
    if definition.code in rules.things:
        return _Shown(Quantity(reported.value, definition.unit), status=status)
    if definition.unit in _KINDS_OF_PEOPLE:
        return _Shown(Quantity(_rounded(reported.value, rules.rounding), definition.unit), status=status)
    if reported.numerator is None or reported.denominator is None:
        return _Shown(Quantity(reported.value, definition.unit), status=status)
    top, bottom = (_rounded(count, rules.rounding) for count in (reported.numerator, reported.denominator))
    value = reported.value
    if rules.rounding > 1 and definition.unit in SHARES and bottom:
        value = to_a_tenth(SHARES[definition.unit] * top / bottom)
    elif rules.rounding > 1:
        return _Shown(SUPPRESSED, Quantity(top, Unit.COUNT), Quantity(bottom, Unit.COUNT), "suppressed")
    return _Shown(Quantity(value, definition.unit), Quantity(top, Unit.COUNT), Quantity(bottom, Unit.COUNT), status)


def _beside(reported: Reported) -> str:
    """What has to be known of a figure: that it is provisional, or covers other days than its quarter (RULES 5)."""
    status = "" if reported.status is FigureStatus.REPORTED else status_words(reported)
    covers = "" if reported.reference == reported.period.span else covers_words(reported)
    return ", ".join(filter(None, (status, covers)))


def _rounded(count: Decimal, base: int) -> Decimal:
    """A count at the nearest multiple of the base, halves away from zero."""
    return (count / base).quantize(Decimal(1), ROUND_HALF_UP) * base if base > 1 else count

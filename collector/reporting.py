"""Makes the quarter's report, and the scrutiny pack of several quarters, from the books (RULES 9, 14 to 16, 20)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from collector.actions import plan_of
from collector.booklet import UNPUBLISHED
from collector.books import QueryState, RequestState
from collector.domain.period import MONTHS, Quarter, day
from collector.domain.rag import Rag
from collector.domain.round import RoundState
from collector.past_view import view_quarter
from collector.ports import Calendar, NotLoaded, Unit
from collector.report import Cell, Corrective, Counts, Line, Part, Report, Row, Table
from collector.report_cells import Footnotes, Quarterly, cell_of
from collector.report_findings import findings_of
from collector.report_notes import glossary_of, quality_of, tolerance_of
from collector.report_published import Published
from collector.report_trends import direction_of, trend_of
from collector.report_withheld import NOT_FOR_THE_PUBLIC, Withheld, withheld_from_public
from collector.signatures import NOT_SIGNED_OFF, states
from collector.signed_off import sentence
from collector.snapshot import LockedFigure, read
from collector.still_out import outstanding
from collector.view import RoundView
from collector.wording import target_words

_STATES = {RoundState.OPEN: "open", RoundState.FROZEN: "frozen for the papers", RoundState.LOCKED: "locked"}


class NothingToReport(LookupError):
    """The books hold nothing for a quarter; the message says which and what to do."""


def report_of(
    unit: Unit,
    calendar: Calendar,
    now: datetime,
    quarters: Sequence[Quarter],
    published: Sequence[Published] = (),
    commentary: bool = False,
) -> Report:
    """The report of one or more quarters, the earliest first, each half-year under the definitions then in force.

    Locked quarters say what their snapshot says, and are never judged anew. What was `published` before is held
    against the books. With `commentary` senders' own words are shown, marked as unedited (RULES 27).
    NothingToReport where the books hold nothing for a quarter.
    """
    partnership = unit.plan.get()
    if partnership is None:
        raise NotLoaded
    notes, local = Footnotes(), calendar.local(now)
    views = [_view(unit, calendar, period) for period in quarters]
    kept = withheld_from_public(views[-1], local.date())
    found = [_quarterly(unit, view, local.date(), kept) for view in views]
    parts = tuple(_part(half, notes, commentary) for half in _halves(found))
    missing = tuple(line for quarter in found for line in _missing(quarter, local))
    return Report(
        partnership=partnership.name,
        plan=partnership.plan,
        period=_period_words(quarters),
        made=local,
        mark=f"Draft. {UNPUBLISHED}" if missing else NOT_FOR_THE_PUBLIC if _holds_more(found) else "",
        standing=(*(_standing(quarter, calendar) for quarter in found), *kept.lines()),
        missing=missing,
        parts=parts,
        attention=tuple(_attention(found[-1], parts[-1])),
        decisions=tuple(_decisions(found, commentary)),
        actions=tuple(each for quarter in found for each in _actions(quarter)),
        findings=tuple(findings_of(found, published, commentary)),
        footnotes=tuple(notes.texts),
        tolerance=tuple(tolerance_of(found)),
        quality=tuple(quality_of(found, calendar, now)),
        glossary=tuple(glossary_of(found)),
    )


def _view(unit: Unit, calendar: Calendar, period: Quarter) -> RoundView:
    view = view_quarter(unit, calendar, period)
    if not view.obligations and not view.figures:
        raise NothingToReport(f"The books hold nothing for {period}. Name a quarter that was collected or loaded.")
    return view


def _holds_more(found: Sequence[Quarterly]) -> bool:
    """Whether it holds a figure that the public does not see."""
    return any(quarter.withheld.why(quarter.period, code) for quarter in found for code in quarter.view.figures)


def _quarterly(unit: Unit, view: RoundView, today: date, kept: Withheld) -> Quarterly:
    snapshots = view.signing.snapshots if view.round.state is RoundState.LOCKED else ()
    locked: dict[str, LockedFigure] = read(unit.blobs.get(snapshots[-1].sha256)) if snapshots else {}
    return Quarterly(view, locked, today, unit.texts.of(view.round.period), kept)


def _period_words(quarters: Sequence[Quarter]) -> str:
    return str(quarters[0]) if len(quarters) == 1 else f"{quarters[0]} to {quarters[-1]}"


# --- the tables -------------------------------------------------------------------------------------------------------


def _halves(found: Sequence[Quarterly]) -> list[list[Quarterly]]:
    """The quarters by half-years."""
    halves = groupby(found, lambda quarter: (quarter.period.year, quarter.period.number > 2))
    return [list(group) for _, group in halves]


def _part(half: Sequence[Quarterly], notes: Footnotes, commentary: bool) -> Part:
    rows = [(priority, _row(half, code, notes, commentary)) for priority, code in _codes(half)]
    priorities = half[-1].view.partnership.priorities
    names = {one.code: one.title for one in priorities}
    order = dict.fromkeys((*names, *(priority for priority, _ in rows)))
    tables = [
        Table(code, names.get(code, ""), _signed(half, code), tuple(row for priority, row in rows if priority == code))
        for code in order
    ]
    kept = tuple(table for table in tables if table.rows)
    counts = tuple(_counts(quarter, kept) for quarter in half)
    return Part(_half_words(half), tuple(quarter.period for quarter in half), counts, kept)


def _half_words(half: Sequence[Quarterly]) -> str:
    """A half-year by its months, a single quarter as always: "October 2014 to March 2015" is Q3 and Q4."""
    first, last = half[0].period, half[-1].period
    if first == last:
        return str(first)
    start, end = first.span.start, last.span.end
    begun = MONTHS[start.month - 1] + (f" {start.year}" if start.year != end.year else "")
    return f"Q{first.number} and Q{last.number} {last.financial_year} ({begun} to {MONTHS[end.month - 1]} {end.year})"


def _codes(half: Sequence[Quarterly]) -> list[tuple[str, str]]:
    """Priority and code of every measure of a half-year, in the plan's order of its last quarter."""
    found: dict[str, str] = {}
    for quarter in reversed(half):
        for code, definition in quarter.view.definitions.items():
            found.setdefault(code, definition.priority)
        for code in quarter.locked:
            found.setdefault(code, "")
    return [(priority, code) for code, priority in found.items()]


def _row(half: Sequence[Quarterly], code: str, notes: Footnotes, commentary: bool) -> Row:
    cells = tuple(cell_of(quarter, code, notes, commentary) for quarter in half)
    last = next(
        (one for one in reversed(half) if code in one.view.definitions),
        next(one for one in reversed(half) if code in one.view.definitions or code in one.locked),
    )
    definition, held = last.view.definitions.get(code), last.locked.get(code)
    title = held.title if held else definition.title if definition else code
    # A target that is no figure to judge by is printed all the same.
    target = (held.target if held else "") or (definition.target.wording if definition else "")
    owner = last.owners.get(code)
    shown = last.judged(code).rag is not None or last.final
    return Row(
        code=code,
        indicator=definition.indicator if definition else code,
        title=title,
        target=target,
        organisation=last.view.organisation(owner) if owner else last.view.who_sends(code),
        cells=cells,
        direction=direction_of(last.view, code) if definition and shown else "",
        trend=trend_of(last.view, code),
        notes=_row_notes(half, code, notes),
    )


def _row_notes(half: Sequence[Quarterly], code: str, notes: Footnotes) -> tuple[int, ...]:
    """Another target in an earlier quarter of the half-year."""
    targets = {
        quarter.period: target_words(quarter.view.definitions[code].target)
        for quarter in half
        if code in quarter.view.definitions
    }
    last = targets[max(targets)] if targets else ""
    others = [f"The target in {period} was {words}." for period, words in targets.items() if words not in (last, "")]
    return tuple(notes.number(text) for text in others)


def _signed(half: Sequence[Quarterly], priority: str) -> str:
    """Who stands by a priority, quarter by quarter; nobody signed what was only loaded."""
    told = []
    for quarter in half:
        if not quarter.collected:
            continue
        when = quarter.signatures.get(priority)
        told.append(f"{quarter.period}: {when or NOT_SIGNED_OFF}")
    return "; ".join(told)


def _counts(quarter: Quarterly, tables: Sequence[Table]) -> Counts:
    cells = [cell for table in tables for row in table.rows for cell in row.cells if cell.period == quarter.period]
    rags = [cell.rag for cell in cells if cell.rag]
    held = [code for code in quarter.view.definitions if code in quarter.view.figures]
    indicators = {definition.indicator for definition in quarter.view.definitions.values()}
    return Counts(
        quarter.period,
        len(indicators),
        rags.count(Rag.RED),
        rags.count(Rag.AMBER),
        rags.count(Rag.GREEN),
        len(held) - len(rags),
        len(quarter.view.definitions) - len(held),
    )


# --- what is said above them ------------------------------------------------------------------------------------------


def _standing(quarter: Quarterly, calendar: Calendar) -> str:
    snapshots, period = quarter.view.signing.snapshots, quarter.period
    if not quarter.collected:
        return f"{period}: taken from an earlier report, not collected here."
    if quarter.final and snapshots:
        last = snapshots[-1]
        return (
            f"{period}: locked on {day(calendar.local(last.at).date())}, snapshot {last.number} ({last.sha256[:12]})."
        )
    return f"{period}: {_STATES[quarter.view.round.state]}."


def _missing(quarter: Quarterly, now: datetime) -> Iterable[str]:
    """What keeps a quarter from being final: neither locked nor wholly signed (RULES 19)."""
    view = quarter.view
    if quarter.final:
        return
    found = states(view, now.date())
    unsigned = [f"{state.priority.code} {state.priority.title}" for state in found if not state.signed_off]
    out = outstanding(view, now.date())
    waiting = [query for query in view.queries if query.state is QueryState.OPEN]
    if not unsigned and not out and not waiting:
        return
    yield f"{view.round.period} is not locked."
    for name in unsigned:
        yield f"{name}: {NOT_SIGNED_OFF}."
    for line in out:
        indicators = "indicator" if line.outstanding == 1 else "indicators"
        yield f"{line.organisation}: {line.outstanding} {indicators} outstanding."
    if waiting:
        are = "question is" if len(waiting) == 1 else "questions are"
        yield f"{len(waiting)} {are} open with those who sent figures."


#: From so many on, figures that are out alike are told together.
_SEVERAL = 3


def _attention(quarter: Quarterly, part: Part) -> Iterable[Line]:
    """The last quarter: what is Red, what is not in, what is Amber.

    Of one organisation several that are out alike are one line: a page of them would hide what is Red.
    """
    last = [(row, row.cells[-1]) for table in part.tables for row in table.rows]
    yield from (_line(row, cell, cell.why) for row, cell in last if cell.rag is Rag.RED)
    figures = quarter.view.figures
    out = [(row, cell) for row, cell in last if row.code not in figures and row.code in quarter.view.definitions]
    alike: dict[tuple[str, str], list[tuple[Row, Cell]]] = {}
    for row, cell in out:
        alike.setdefault((row.organisation, cell.words), []).append((row, cell))
    for (organisation, words), told in alike.items():
        if len(told) < _SEVERAL:
            yield from (_line(row, cell, f"{sentence(words)}.") for row, cell in told)
        else:
            codes = ", ".join(row.code for row, _ in told)
            yield Line(organisation, f"{len(told)} figures", told[0][1].period, f"{sentence(words)}: {codes}.")
    yield from (_line(row, cell, cell.why) for row, cell in last if cell.rag is Rag.AMBER)


def _line(row: Row, cell: Cell, text: str) -> Line:
    # The colour stands beside the line, so that its arithmetic need not begin with the word again.
    said = text.removeprefix(f"{cell.rag.word}: ") if cell.rag else text
    return Line(row.code, row.title, cell.period, sentence(said), cell.rag)


def _decisions(found: Sequence[Quarterly], commentary: bool) -> Iterable[Line]:
    """What only SEG can decide (RULES 4, 13); a request that is open in several quarters is told once.

    What it quotes of the sender is told where that was asked for (RULES 27).
    """
    told = set()
    for quarter in found:
        for request in quarter.view.requests:
            if request.state is not RequestState.OPEN or request.id in told:
                continue
            told.add(request.id)
            held = quarter.view.definitions[request.measure]
            words = request.words if commentary else request.words.partition(": \u201c")[0]
            target = target_words(held.target)
            agreed = f" (agreed target: {target})" if target else ""
            yield Line(request.measure, held.title, request.period, f"{sentence(words)}{agreed}.")


def _actions(quarter: Quarterly) -> Iterable[Corrective]:
    """What is done about each Red figure of a round (RULES 15); what was loaded had nobody to ask."""
    if not quarter.collected:
        return
    for code in quarter.view.figures:
        if quarter.judged(code).rag is not Rag.RED:
            continue
        plan, title = plan_of(quarter.view, code), quarter.view.definitions[code].title
        if plan is None:
            yield Corrective(code, title, quarter.period)
        else:
            parts = (plan.reason, plan.action, plan.owner, plan.deadline, plan.outcome)
            yield Corrective(code, title, quarter.period, *parts)

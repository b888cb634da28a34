"""The status board, the chair's digest and the facts of a round, made from the books only. Pure."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from collector.books import QueryState, RequestState
from collector.domain.figure import Figure, Reported
from collector.domain.indicator import Definition
from collector.domain.period import day
from collector.domain.round import RoundState
from collector.domain.series import Unknown, own_stretch
from collector.messages import Board, Digest, DigestLine
from collector.moved import moved_since
from collector.questions import text_of
from collector.signed_off import (
    changed_lines,
    is_fresh,
    not_signed,
    not_signed_lines,
    plan_lines,
    restated_lines,
    sentence,
    signed_priorities,
    supplementary_lines,
)
from collector.still_out import late_lines, outstanding, unpublished
from collector.trends import Total, half_year, out_turn, to_date, travel
from collector.view import RoundView
from collector.wording import clock, figure_words, on_day, target_words, to_a_tenth, weekday

#: Lines under each heading of the digest.
_LONGEST = 10
_CLOSED = {RoundState.OPEN: "", RoundState.FROZEN: "Frozen for the papers", RoundState.LOCKED: "Locked"}


def board(view: RoundView, now: datetime) -> Board:
    """The round for SEG: in and outstanding by organisation; a colour only where it is signed off (RULES 20).

    `now` is local time here as everywhere in this module.
    """
    indicators = list(view.by_indicator)
    today = now.date()
    awaiting = [code for code in indicators if view.awaiting_source(code) or unpublished(view, code, today)]
    withdrawn = [code for code in indicators if _withdrawn(view, code) and code not in awaiting]
    received = [code for code in indicators if view.is_in(code) and code not in (*awaiting, *withdrawn)]
    return Board(
        period=view.round.period,
        at=now,
        due=view.round.due.astimezone(now.tzinfo),
        owed=len(indicators),
        received=len(received),
        outstanding=outstanding(view, today),
        awaiting_source=tuple(_awaiting(view, code) for code in awaiting),
        to_decide=tuple(_short(view, code) for code in withdrawn),
        signed=signed_priorities(view, now),
        not_signed=not_signed(view, now),
        restated=tuple(restated_lines(view, view.signing.restated)),
        supplementary=tuple(supplementary_lines(view)),
        state=_CLOSED[view.round.state],
    )


def _withdrawn(view: RoundView, indicator: str) -> bool:
    """Said to be no longer collected, and SEG has not decided yet what becomes of it (RULES 4)."""
    measures = {owed.measure for owed in view.by_indicator[indicator]}
    undecided = any(each.measure in measures and each.state is RequestState.OPEN for each in view.requests)
    return undecided and view.withdrawn(indicator)


def digest(view: RoundView, now: datetime, since: datetime) -> Digest:
    """The chair's page. `since` is when the last digest was made (the opening, for the first)."""
    state = board(view, now)
    asked = any(query.asked_at > since for query in view.queries)
    # The due date itself changes who is late.
    moved = has_moved(view, since) or asked or since <= view.round.due < now
    return Digest(
        period=view.round.period,
        at=now,
        due=view.round.due.astimezone(now.tzinfo),
        owed=state.owed,
        received=state.received,
        decisions=_on_one_page(_decisions(view)),
        late=_on_one_page(late_lines(view, now)),
        changed=_on_one_page(changed_lines(view, now, since)),
        plans=_on_one_page(plan_lines(view)),
        doubtful=_on_one_page((*not_signed_lines(view, now), *_doubtful(view, now))),
        coming_up=_on_one_page(_coming_up(view, now)),
        unchanged_since=None if moved else since,
        moved=moved_since(view, since),
    )


def _on_one_page(lines: Iterable[DigestLine]) -> tuple[DigestLine, ...]:
    """The first lines in full and then how many more (WORDS 4): the chair wants one page."""
    told = list(lines)
    if len(told) <= _LONGEST:
        return tuple(told)
    return (*told[:_LONGEST], DigestLine(f"and {len(told) - _LONGEST} more, which the coordinator can show you"))


def has_moved(view: RoundView, since: datetime) -> bool:
    """Whether something came in, was signed, locked or restated since a moment."""
    signing = view.signing
    closed = [
        *(each.at for each in signing.restated),
        *(each.at for each in signing.snapshots),
        *(each.at for each in signing.signoffs),
    ]
    return any(at > since for at in closed) or any(is_fresh(view, figure, since) for figure in view.figures.values())


def _decisions(view: RoundView) -> Iterable[DigestLine]:
    """What SEG has to decide; the measures of a split indicator about which the same was said make one line."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for request in view.requests:
        if request.state is not RequestState.OPEN:
            continue
        definition = view.definitions[request.measure]
        grouped.setdefault((request.words, target_words(definition.target)), []).append(definition.short)
    for (words, target), names in grouped.items():
        agreed = f" (agreed target: {target})" if target else ""
        yield DigestLine(f"{sentence(' and '.join(names))}{agreed}: {words}. For SEG to decide.")


def _doubtful(view: RoundView, now: datetime) -> Iterable[DigestLine]:
    for query in view.queries:
        if query.state is QueryState.OPEN:
            definition = view.definitions[query.measure]
            on = day(query.asked_at.astimezone(now.tzinfo).date())
            asked = f"{view.organisation(query.person)} was asked on {on}"
            yield DigestLine(
                f"{sentence(definition.short)}: {asked}, no answer yet: \u201c{' '.join(query.reasons)}\u201d"
            )
    for code, figure in view.figures.items():
        definition = view.definitions[code]
        for remark in view.remarks(figure):
            yield DigestLine(sentence(remark))
        own = (None, own_stretch(definition, figure.reported.period))
        if figure.reported.value is not None and figure.reported.reference not in own:
            words = figure_words(figure.reported, definition.unit)
            yield DigestLine(f"{sentence(definition.short)}: {words}; not the quarter's own figure.")


def _coming_up(view: RoundView, now: datetime) -> Iterable[DigestLine]:
    due = view.round.due.astimezone(now.tzinfo)
    if now < due:
        yield DigestLine(f"Returns are due {'today, ' if due.date() == now.date() else ''}{clock(due)} {weekday(due)}.")
    papers = view.partnership.timetable.papers_of(view.round.period)
    if papers is not None and papers.seg >= now.date():
        yield DigestLine(f"The Strategic Executive Group meets on {on_day(papers.seg)}.")
    dated = [(f.reported.expected_on, code) for code, f in view.figures.items() if f.reported.expected_on]
    for expected, code in sorted(dated):
        if expected >= now.date():
            yield DigestLine(f"{sentence(view.definitions[code].short)}: expected {day(expected)}.")


def _awaiting(view: RoundView, indicator: str) -> str:
    dates = [
        figure.reported.expected_on
        for owed in view.by_indicator[indicator]
        if (figure := view.figures.get(owed.measure)) and figure.reported.expected_on
    ]
    if not dates and not view.is_in(indicator):
        lagged = [view.definitions[owed.measure].published(view.round.period) for owed in view.by_indicator[indicator]]
        return f"{_short(view, indicator)}, published about {day(max(lagged))}"
    return _short(view, indicator) + (f", by {day(max(dates))}" if dates else "")


def _short(view: RoundView, indicator: str) -> str:
    if indicator in view.wholes:
        return view.definitions[indicator].short
    return " and ".join(view.definitions[owed.measure].short for owed in view.by_indicator[indicator])


def facts(view: RoundView) -> dict[str, object]:
    """A round as data, for `summary.json`: counts by indicator, a line for each figure, and every question asked."""
    figures = [figure_facts(view, view.figures[code]) for code in view.definitions if code in view.figures]
    late = {figure.reported.measure for figure in view.figures.values() if figure.late}
    return {
        "period": view.round.period.key,
        "owed": len(view.by_indicator),
        "received": sum(view.is_in(code) for code in view.by_indicator),
        "asked": len(view.queries),
        "late": sum(any(o.measure in late for o in group) for group in view.by_indicator.values()),
        "state": view.round.state.value,
        "restated": restated_lines(view, view.signing.restated),
        "figures": figures,
        "put_together": {code: view.whole(code).words for code in view.wholes},
        "queries": [{"indicator": query.measure, "text": text_of(query)} for query in view.queries],
    }


def figure_facts(view: RoundView, figure: Figure) -> dict[str, object]:
    """One figure as data: exact numbers, its status in words, its colour and why, and where the measure is going."""
    reported, judged = figure.reported, view.judged(figure.reported)
    definition = view.definitions[reported.measure]
    return {
        "code": definition.code,
        "indicator": definition.title,
        "part_of": view.whole_of(definition.code) or None,
        "value": _number(reported.value),
        "numerator": _number(reported.numerator),
        "denominator": _number(reported.denominator),
        "status": reported.status.value,
        "basis": reported.basis.value,
        "expected_on": reported.expected_on.isoformat() if reported.expected_on else None,
        "door": figure.source.door,
        "late": figure.late,
        "rag": judged.rag.value if judged.rag else None,
        "why": judged.why,
        **_trends(view, definition, reported),
    }


def _trends(view: RoundView, definition: Definition, reported: Reported) -> dict[str, object]:
    """Direction of travel, the year to date and the half-year, each with its arithmetic or why there is none."""
    if reported.value is None:
        return {}
    series, period = view.series(definition.code).including(definition, reported), reported.period
    before, last_year = travel(series, period)
    half = half_year(series, period.year, (period.number + 1) // 2) if period.number in (2, 4) else None
    return {
        "since_last_quarter": {"way": before.way.value, "why": before.why},
        "since_last_year": {"way": last_year.way.value, "why": last_year.why},
        "to_date": _total(to_date(series, period)),
        "out_turn": _total(out_turn(series, period)),
        "half_year": _total(half) if half else None,
    }


def _total(total: Total | Unknown) -> dict[str, object]:
    if isinstance(total, Unknown):
        return {"value": None, "why": total.why}
    return {"value": _number(to_a_tenth(total.value)), "why": total.words}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

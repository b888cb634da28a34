"""The status board, the chair's digest and the facts of a round, made from the books only. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from collector.books import QueryState
from collector.domain.figure import Figure, Reported
from collector.domain.indicator import Definition
from collector.domain.period import day
from collector.domain.rag import Judgement, Rag
from collector.domain.round import ObligationState
from collector.domain.series import Unknown
from collector.messages import Board, Digest, DigestLine, OrganisationCount
from collector.questions import text_of
from collector.trends import Total, half_year, out_turn, to_date, travel
from collector.view import RoundView
from collector.wording import figure_words, last_words, some, target_words, to_a_tenth, weekday

_LONGEST = 12
#: So many Green figures are told with their numbers; more of them by name only.
_GREEN_IN_FULL = 3


def board(view: RoundView, now: datetime) -> Board:
    """The round for SEG before sign-off: in and outstanding by organisation, never a colour (RULES 20).

    `now` is local time here as everywhere in this module.
    """
    indicators = list(view.by_indicator)
    today = now.date()
    awaiting = [code for code in indicators if view.awaiting_source(code) or _unpublished(view, code, today)]
    withdrawn = [code for code in indicators if view.withdrawn(code) and code not in awaiting]
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
    )


def _unpublished(view: RoundView, indicator: str, today: date) -> bool:
    """Not in, and its source has not published yet: nobody can be late with it (promise 8)."""
    missing = [owed for owed in view.by_indicator[indicator] if owed.state is not ObligationState.IN]
    return bool(missing) and all(view.definitions[o.measure].published(view.round.period) > today for o in missing)


def outstanding(view: RoundView, today: date) -> tuple[OrganisationCount, ...]:
    """How many indicators each organisation has still to send, and how many of those it is being asked about."""
    out: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for indicator, obligations in view.by_indicator.items():
        if _unpublished(view, indicator, today):
            continue
        missing = [owed for owed in obligations if owed.state is not ObligationState.IN]
        if missing:
            organisation = view.organisation(missing[0].person)
            out[organisation] += 1
            asked[organisation] += any(owed.state is ObligationState.ASKED for owed in missing)
    return tuple(OrganisationCount(name, count, asked[name]) for name, count in out.most_common())


def digest(view: RoundView, now: datetime, since: datetime) -> Digest:
    """The chair's page. `since` is when the last digest was made (the opening, for the first)."""
    fresh = [figure for figure in view.figures.values() if figure.source.recorded_at > since]
    state = board(view, now)
    moved = bool(fresh) or any(query.asked_at > since for query in view.queries)
    return Digest(
        period=view.round.period,
        at=now,
        due=view.round.due.astimezone(now.tzinfo),
        owed=state.owed,
        received=state.received,
        decisions=tuple(_decisions(view)),
        late=tuple(_late(view, now)),
        changed=tuple(_changed(view, fresh)),
        doubtful=tuple(_doubtful(view, now)),
        coming_up=tuple(_coming_up(view, now)),
        unchanged_since=None if moved else since,
    )


def _decisions(view: RoundView) -> Iterable[DigestLine]:
    """What SEG has to decide; the measures of a split indicator about which the same was said make one line."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for request in view.requests:
        definition = view.definitions[request.measure]
        grouped.setdefault((request.words, target_words(definition.target)), []).append(definition.short)
    for (words, target), names in grouped.items():
        agreed = f" (agreed target: {target})" if target else ""
        yield DigestLine(f"{_sentence(' and '.join(names))}{agreed}: {words}. For SEG to decide.")


def _late(view: RoundView, now: datetime) -> Iterable[DigestLine]:
    overdue = now > view.round.due
    for line in outstanding(view, now.date()):
        asked = f", {line.being_asked} of them in question" if line.being_asked else ""
        state = "overdue" if overdue else "still to come"
        yield DigestLine(f"{line.organisation}: {line.outstanding} {state}{asked}")
    late: Counter[str] = Counter()
    for figure in view.figures.values():
        if figure.late:
            late[view.organisation(figure.source.person)] += 1
    for organisation, count in late.most_common():
        yield DigestLine(f"{organisation}: {count} came in after the due date")


def _changed(view: RoundView, fresh: list[Figure]) -> Iterable[DigestLine]:
    """Red and Amber in full with their reasons, Green in full while it is short, then the round as it stands."""
    judged = [(figure, view.judged(figure.reported)) for figure in fresh]
    for colour in (Rag.RED, Rag.AMBER, Rag.GREEN):
        told = [_told(view, figure, judgement) for figure, judgement in judged if judgement.rag is colour]
        if colour is Rag.GREEN and len(told) > _GREEN_IN_FULL:
            names = [view.definitions[figure.reported.measure].short for figure, j in judged if j.rag is colour]
            told = [f"{len(told)} on or better than target: {', '.join(some(names, _LONGEST))}"]
        for line in told:
            yield DigestLine(line, colour)
    rest = sum(judgement.rag is None for _, judgement in judged)
    if rest:
        yield DigestLine(f"{rest} more came in without a colour: notes, not available, or nothing to judge by")
    if fresh:
        yield DigestLine(_standing(view))


def _standing(view: RoundView) -> str:
    judged = {code: view.judged(figure.reported).rag for code, figure in view.figures.items()}
    colours = Counter(judged.values())
    red = [view.definitions[code].short for code, rag in judged.items() if rag is Rag.RED]
    named = f" ({', '.join(some(red, _LONGEST))})" if red else ""
    rest = f"{colours[Rag.AMBER]} Amber, {colours[Rag.GREEN]} Green, {colours[None]} without a colour"
    return f"The round as it stands: {colours[Rag.RED]} Red{named}, {rest}"


def _told(view: RoundView, figure: Figure, judgement: Judgement) -> str:
    definition = view.definitions[figure.reported.measure]
    last = last_words(view.past(definition.code), definition)
    before = f" ({last})" if last else ""
    arithmetic = judgement.why.partition(": ")[2]
    return f"{_sentence(definition.short)}{before}: {arithmetic}"


def _doubtful(view: RoundView, now: datetime) -> Iterable[DigestLine]:
    for query in view.queries:
        if query.state is QueryState.OPEN:
            definition = view.definitions[query.measure]
            on = day(query.asked_at.astimezone(now.tzinfo).date())
            asked = f"{view.organisation(query.person)} was asked on {on}"
            yield DigestLine(
                f"{_sentence(definition.short)}: {asked}, no answer yet: \u201c{' '.join(query.reasons)}\u201d"
            )
    for code, figure in view.figures.items():
        definition = view.definitions[code]
        for remark in view.remarks(figure):
            yield DigestLine(_sentence(remark))
        if figure.reported.value is not None and figure.reported.reference is not None:
            words = figure_words(figure.reported, definition.unit)
            yield DigestLine(f"{_sentence(definition.short)}: {words}; not the quarter's own figure.")


def _coming_up(view: RoundView, now: datetime) -> Iterable[DigestLine]:
    if now < view.round.due:
        yield DigestLine(f"Returns are due by {weekday(view.round.due.astimezone(now.tzinfo))}.")
    dated = [(f.reported.expected_on, code) for code, f in view.figures.items() if f.reported.expected_on]
    for expected, code in sorted(dated):
        if expected >= now.date():
            yield DigestLine(f"{_sentence(view.definitions[code].short)}: expected {day(expected)}.")


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
    return " and ".join(view.definitions[owed.measure].short for owed in view.by_indicator[indicator])


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


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
        "figures": figures,
        "queries": [{"indicator": query.measure, "text": text_of(query)} for query in view.queries],
    }


def figure_facts(view: RoundView, figure: Figure) -> dict[str, object]:
    """One figure as data: exact numbers, its status in words, its colour and why, and where the measure is going."""
    reported, judged = figure.reported, view.judged(figure.reported)
    definition = view.definitions[reported.measure]
    return {
        "code": definition.code,
        "indicator": definition.title,
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

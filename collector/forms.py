"""Forms and workbooks of ours: what is handed out, whose it is when it comes back, and what was put in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from collector.domain.figure import Figure, FigureStatus, plain
from collector.domain.indicator import Unit
from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.round import Obligation
from collector.domain.submission import Asked, Candidate, Form, FormValue, ReadingTask, ReadItem
from collector.messages import Sheet, SheetRow
from collector.ports import Reader
from collector.view import RoundView
from collector.wording import HINTS, status_words, target_words, value_words

#: The layout of form and workbook; one that comes back with another was made by another version of the program.
VERSION = 1
#: How many earlier quarters stand beside the input.
_EARLIER = 4

#: The words of the drop-down. A figure without one is reported as it stands.
STATUSES = {
    "Provisional": FigureStatus.PROVISIONAL,
    "Not available yet": FigureStatus.NOT_AVAILABLE,
    "Awaiting release approval": FigureStatus.AWAITING_RELEASE,
    "Nothing to report": FigureStatus.NIL_RETURN,
    "Not applicable": FigureStatus.NOT_APPLICABLE,
    "No longer collected": FigureStatus.NO_LONGER_COLLECTED,
}
_STATUS_LABELS = {status: words for words, status in STATUSES.items()}
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_NOTES = (Unit.MILESTONE, Unit.NARRATIVE)
#: A field says itself what its number is counted in.
_IN_WORDS: dict[str, str] = {
    Unit.RATE_PER_100K: "{} per 100,000",
    Unit.GBP: "£{}",
    Unit.DAYS: "{} days",
    Unit.CHANGE_PERCENT: "{}%",
}


@dataclass(frozen=True)
class Expected:
    """Whose form for which round we look for, and who it is that sent one."""

    partnership: str
    partnership_name: str
    period: Quarter
    person: str
    titles: dict[str, str]


def expected_from(view: RoundView, person: Person) -> Expected:
    """What a form of this person's must say about itself."""
    titles = {someone.id: someone.title for someone in view.partnership.people}
    return Expected(view.partnership.id, view.partnership.name, view.round.period, person.id, titles)


def sheet_of(view: RoundView, person: Person) -> Sheet:
    """Everything the person owes in the round, with what the books hold already and the quarters before."""
    quarters = sorted(view.history, reverse=True)[:_EARLIER]
    return Sheet(
        partnership=view.partnership.id,
        partnership_name=view.partnership.name,
        period=view.round.period,
        person=person.id,
        to=person.title,
        due=view.round.due,
        mailbox=view.partnership.mailbox,
        earlier=tuple(f"Q{quarter.number} {quarter.financial_year}" for quarter in reversed(quarters)),
        rows=tuple(_row(view, owed, quarters) for owed in view.owed_by(person.id)),
        statuses=tuple(STATUSES),
        version=VERSION,
    )


def _row(view: RoundView, owed: Obligation, quarters: Sequence[Quarter]) -> SheetRow:
    definition = view.definitions[owed.measure]
    figure = view.figures.get(owed.measure)
    return SheetRow(
        number=owed.number,
        code=definition.code,
        title=definition.title,
        hint=HINTS[definition.unit],
        target=target_words(definition.target),
        history=tuple(_past(view, quarter, owed.measure) for quarter in reversed(quarters)),
        held=_held(figure) if figure else None,
    )


def _past(view: RoundView, quarter: Quarter, measure: str) -> str:
    """A figure of an earlier quarter; nothing where it was counted in another unit."""
    said = {reported.period: reported for _, reported in view.past(measure)}.get(quarter)
    if said is None:
        return ""
    return value_words(said.value, view.definitions[measure].unit) if said.value is not None else status_words(said)


def _held(figure: Figure) -> FormValue:
    reported = figure.reported
    note = reported.status is FigureStatus.NARRATIVE
    return FormValue(
        code=reported.measure,
        figure=reported.note if note else _typed(reported.value),
        part=_typed(reported.numerator),
        whole=_typed(reported.denominator),
        status=_STATUS_LABELS.get(reported.status, ""),
        expected=reported.expected_on.isoformat() if reported.expected_on else "",
        comment="" if note else reported.note,
    )


def _typed(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def refused(form: Form, expected: Expected) -> str:
    """Why a form can't be taken as this person's return for the round that is open; "" where it can."""
    if form.partnership != expected.partnership:
        return f"{_opening(form)} was made for another partnership, not for {expected.partnership_name}."
    if form.person != expected.person:
        title = expected.titles.get(form.person)
        whose = f"the {title}" if title else "somebody who is not on the list"
        return f"{_opening(form)} was made for {whose}, so nothing was recorded from it."
    if form.period != expected.period.key:
        return (
            f"{_opening(form)} is for {_named(form.period)}; the figures being collected are those for"
            f" {expected.period}. To change an earlier figure, reply with the figure and the reason."
        )
    if form.version != VERSION:
        return f"{_opening(form)} was made by an earlier version of the collector, and its layout has changed since."
    return ""


def _opening(form: Form) -> str:
    return form.name[:1].upper() + form.name[1:] if form.name.startswith("the ") else form.name


def _named(period: str) -> str:
    try:
        return str(Quarter.parse(period))
    except ValueError:
        return f"another period ({period[:20]})"


def read_form(form: Form, task: ReadingTask, reader: Reader, reader_name: str) -> list[ReadItem]:
    """What was put in, by measure; what nobody asked this person for comes back without candidates."""
    asked = {one.code: one for one in task.asked}
    items = []
    for value in form.values:
        wanted = asked.get(value.code)
        item = _read(wanted, value, task, reader) if wanted else ReadItem(value.code, "", ())
        at = f"{form.name}, {value.where}" if value.where and ":" not in value.where else form.name
        items.append(replace(item, evidence=f"{at}: {_as_typed(value)}", reader=reader_name))
    return items


def _as_typed(value: FormValue) -> str:
    counts = f"({value.part or '?'} of {value.whole or '?'})" if value.part or value.whole else ""
    return ", ".join(filter(None, (f"{value.figure} {counts}".strip(), value.status, value.expected, value.comment)))


def _read(asked: Asked, value: FormValue, task: ReadingTask, reader: Reader) -> ReadItem:
    comment = value.comment if asked.unit not in _NOTES else ""
    said = reader.read_one(asked, comment, task) if comment else ReadItem(asked.code, "", ())
    item = _read_figure(asked, value, task, reader)
    if item is None and not value.status:
        item = said if said.candidates else _nothing_but_words(asked, value)
    if value.status:
        item = _with_status(asked, item or ReadItem(asked.code, "", ()), value)
    # RULES 13: a target that a comment changes is a request, whatever the figure beside it says.
    return replace(item, target_change=item.target_change or said.target_change) if item else said


def _nothing_but_words(asked: Asked, value: FormValue) -> ReadItem:
    words = f"You wrote a comment for {asked.code} and no figure." if value.comment else f"{asked.code} has no figure."
    return ReadItem(asked.code, "", (), (words,))


def _read_figure(asked: Asked, value: FormValue, task: ReadingTask, reader: Reader) -> ReadItem | None:
    """What the figure's field says, in the unit it is asked in; None where it says nothing."""
    if asked.unit in _NOTES:
        note = "\n".join(filter(None, (value.figure, value.comment)))
        return reader.read_one(asked, note, task) if note else None
    if bool(value.part) != bool(value.whole):
        given, missing = ("part", "whole") if value.part else ("whole", "part")
        words = f"You gave the {given} ({value.part or value.whole}) without the {missing}; give both or neither."
        return ReadItem(asked.code, "", (), (words,))
    counts = f"{value.part} of {value.whole}" if value.part else ""
    if not value.figure:
        return reader.read_one(asked, counts, task) if counts else None
    number = _number(value.figure)
    if number is None:
        return reader.read_one(asked, f"{value.figure} ({counts})" if counts else value.figure, task)
    if asked.unit == Unit.PERCENT:
        return _percentage(asked, number, counts, task, reader)
    figure = _IN_WORDS.get(asked.unit, "{}").format(value.figure)
    return reader.read_one(asked, f"{figure} ({counts})" if counts else figure, task)


def _percentage(asked: Asked, number: Decimal, counts: str, task: ReadingTask, reader: Reader) -> ReadItem:
    """A bare number in a percentage's field is a percentage; 0.91 may be the 91% of a spreadsheet, and is asked."""
    read = reader.read_one(asked, f"{number:f}%" + (f" ({counts})" if counts else ""), task)
    if not 0 < number < 1:
        return read
    hundredfold = reader.read_one(asked, f"{number * 100:f}%" + (f" ({counts})" if counts else ""), task)
    doubt = f"You gave {plain(number)}: that could be {plain(number)}% or {plain(number * 100)}%."
    return ReadItem(asked.code, "", (*hundredfold.candidates, *read.candidates), (doubt,))


def _number(text: str) -> Decimal | None:
    """A number and nothing else, as a field or a cell holds it."""
    bare = text.strip().replace("\u2212", "-")
    return Decimal(bare.replace(",", "")) if _NUMBER.fullmatch(bare) else None


def _with_status(asked: Asked, item: ReadItem, value: FormValue) -> ReadItem:
    status = next((held for words, held in STATUSES.items() if words.lower() == value.status.strip().lower()), None)
    if status is None:
        doubt = f"The status says '{value.status[:60]}'; choose one of: {', '.join(STATUSES)}."
        return replace(item, doubts=(*item.doubts, doubt))
    if status is FigureStatus.PROVISIONAL:
        if not item.candidates and not item.doubts:
            return replace(item, doubts=(f"The status says provisional and {asked.code} has no figure.",))
        return replace(item, candidates=tuple(replace(one, status=status) for one in item.candidates))
    expected, doubts = _expected_on(value)
    stands = Candidate(status, expected_on=expected, note=value.comment)
    if item.candidates and not (item.certain and item.candidates[0].status is status):
        said = f"You gave a figure ({value.figure or value.part}) and also the status '{value.status}'."
        return replace(item, candidates=(*item.candidates, stands), doubts=(*item.doubts, said))
    return replace(item, candidates=(stands,), doubts=tuple(doubts))


def _expected_on(value: FormValue) -> tuple[date | None, list[str]]:
    if not value.expected:
        return None, []
    try:
        return date.fromisoformat(value.expected), []
    except ValueError:
        return None, [f"You gave '{value.expected[:40]}' as the date it is expected; write it like 2015-11-25."]


def merged(items: Sequence[ReadItem]) -> tuple[ReadItem, ...]:
    """One item a measure: what a message says twice in the same way is said once, what it says in two ways is asked."""
    by_code: dict[str, list[ReadItem]] = {}
    for item in items:
        by_code.setdefault(item.code, []).append(item)
    return tuple(_joined(same) for same in by_code.values())


def _joined(same: list[ReadItem]) -> ReadItem:
    telling = [item for item in same if item.candidates or item.doubts or item.target_change] or same
    if len(telling) == 1:
        return telling[0]
    candidates = tuple(dict.fromkeys(candidate for item in telling for candidate in item.candidates))
    values = {(candidate.status, candidate.value) for candidate in candidates}
    doubts = tuple(dict.fromkeys(doubt for item in telling for doubt in item.doubts))
    evidence = " / ".join(dict.fromkeys(item.evidence for item in telling))
    target_change = next((item.target_change for item in telling if item.target_change), None)
    if len(values) == 1 and all(item.certain for item in telling):
        # The one with its counts is the fuller statement of the same figure.
        fullest = max(candidates, key=lambda one: (one.numerator is not None, bool(one.note)))
        return replace(telling[0], candidates=(fullest,), evidence=evidence, target_change=target_change)
    if len(values) > 1 and not doubts:
        doubts = ("Your message gives two different figures for it.",)
    return replace(telling[0], candidates=candidates, doubts=doubts, evidence=evidence, target_change=target_change)

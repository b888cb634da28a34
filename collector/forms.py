"""Forms and workbooks of ours: what is handed out, and whose it is when it comes back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from collector.cover import deputies_of, may_report
from collector.definition_words import POLARITIES
from collector.domain.figure import Figure, FigureStatus, Reported
from collector.domain.indicator import Definition, Unit
from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.personal import Dealt
from collector.domain.round import Obligation
from collector.domain.submission import Form, FormValue
from collector.messages import LAYOUT_VERSION, Sheet, SheetRow
from collector.view import RoundView
from collector.wording import hint_words, months, status_words, target_words, value_words

#: How many earlier quarters stand beside the input.
_EARLIER = 4

#: The words of the drop-down. A figure without one is reported as it stands.
STATUSES = {
    "Reported": FigureStatus.REPORTED,
    "Provisional": FigureStatus.PROVISIONAL,
    "Not available yet": FigureStatus.NOT_AVAILABLE,
    "Awaiting release approval": FigureStatus.AWAITING_RELEASE,
    "Nothing to report": FigureStatus.NIL_RETURN,
    "Not applicable": FigureStatus.NOT_APPLICABLE,
    "No longer collected": FigureStatus.NO_LONGER_COLLECTED,
}
_STATUS_LABELS: dict[FigureStatus, str] = {
    status: words for words, status in STATUSES.items() if status is not FigureStatus.REPORTED
}


@dataclass(frozen=True)
class Expected:
    """Whose form for which round we look for, who it is that sent one, and what would be filled in beforehand now.

    A form that was made for somebody they stand in for is taken too.
    """

    partnership: str
    partnership_name: str
    period: Quarter
    person: str
    titles: dict[str, str]
    held: dict[str, Reported]
    stands_in_for: frozenset[str] = frozenset()


def expected_from(view: RoundView, person: Person) -> Expected:
    """What a form of this person's must say about itself."""
    titles = {someone.id: someone.title for someone in view.partnership.people}
    held = {code: f.reported for code, f in view.figures.items() if may_report(view, person.id, code)}
    owners = {owed.person for owed in view.obligations}
    others = frozenset(owner for owner in owners if person.id in deputies_of(view, owner))
    return Expected(view.partnership.id, view.partnership.name, view.round.period, person.id, titles, held, others)


def sheet_of(view: RoundView, person: Person, asked: Sequence[Obligation] = ()) -> Sheet:
    """Everything the person owes in the round, with what the books hold already and the quarters before.

    `asked` is what they are asked for, where that is more than their own.
    """
    quarters = sorted(view.history, reverse=True)[:_EARLIER]
    owed_here = asked or view.owed_by(person.id)
    titles = {priority.code: f"{priority.code} {priority.title}" for priority in view.partnership.priorities}
    priorities = {owed.measure: titles.get(view.definitions[owed.measure].priority, "") for owed in owed_here}
    several = len(set(priorities.values())) > 1
    return Sheet(
        partnership=view.partnership.id,
        partnership_name=view.partnership.name,
        period=view.round.period,
        person=person.id,
        to=person.title,
        due=view.round.due,
        mailbox=view.partnership.mailbox,
        earlier=tuple(f"Q{quarter.number} {quarter.financial_year}" for quarter in reversed(quarters)),
        rows=tuple(_row(view, owed, quarters, priorities[owed.measure] if several else "") for owed in owed_here),
        statuses=tuple(STATUSES),
    )


def _row(view: RoundView, owed: Obligation, quarters: Sequence[Quarter], priority: str) -> SheetRow:
    definition = view.definitions[owed.measure]
    figure = view.figures.get(owed.measure)
    return SheetRow(
        number=owed.number,
        code=definition.code,
        title=definition.title,
        hint=hint_words(definition, view.round.period),
        target=target_words(definition.target),
        history=tuple(_past(view, quarter, owed.measure) for quarter in reversed(quarters)),
        held=filled_in(without_held_words(figure)) if figure else None,
        unchanged=_noted_before(view, definition),
        priority=priority,
        unit=definition.unit,
        covers=months(definition.covers(view.round.period)),
        better=POLARITIES[definition.polarity],
        usual=definition.plausible,
    )


def _noted_before(view: RoundView, definition: Definition) -> str:
    """A milestone's note of the quarter before (RULES 6: "same as last quarter" is offered for milestones only)."""
    held = view.stood_before(definition.code) if definition.unit is Unit.MILESTONE else None
    return without_held_words(held).note if held else ""


def _past(view: RoundView, quarter: Quarter, measure: str) -> str:
    """A figure of an earlier quarter; nothing where it was counted in another unit."""
    said = {reported.period: reported for _, reported in view.past(measure)}.get(quarter)
    if said is None:
        return ""
    return value_words(said.value, view.definitions[measure].unit) if said.value is not None else status_words(said)


def without_held_words(figure: Figure) -> Reported:
    """A figure as it may be filled in: words that are held back would come back as somebody's own."""
    if figure.held is None or figure.held.dealt is Dealt.KEPT:
        return figure.reported
    return replace(figure.reported, note=figure.held.shown)


def filled_in(reported: Reported) -> FormValue:
    """What the books hold, as it is filled in before a form goes out."""
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
        return f"{opening(form)} was made for another partnership, not for {expected.partnership_name}."
    if form.person != expected.person and form.person not in expected.stands_in_for:
        title = expected.titles.get(form.person)
        whose = f"the {title}" if title else "somebody who is not on the list"
        return f"{opening(form)} was made for {whose}, so nothing was recorded from it."
    if form.period != expected.period.key:
        return (
            f"{opening(form)} is for {_named(form.period)}; the figures being collected are those for"
            f" {expected.period}. To change an earlier figure, reply with the figure and the reason."
        )
    if form.version != LAYOUT_VERSION:
        return f"{opening(form)} was made by an earlier version of the collector, and its layout has changed since."
    return ""


def opening(form: Form) -> str:
    """What a form is called at the beginning of a sentence; a file's name stays as it is."""
    return form.name[:1].upper() + form.name[1:] if form.name.startswith("the ") else form.name


def _named(period: str) -> str:
    try:
        return str(Quarter.parse(period))
    except ValueError:
        return f"another period ({period[:20]})"

"""What is known before a person's message is read: what they owe, what was asked, what the books hold."""

from datetime import datetime
from decimal import Decimal

from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.round import Obligation
from collector.domain.submission import Asked, OpenChoice, ReadingTask
from collector.view import RoundView
from collector.wording import target_words


def reading_task(view: RoundView, person: Person, sent: datetime) -> ReadingTask:
    """What is known before a person's message is read."""
    period = view.round.period
    choices = (
        OpenChoice(
            choice.number,
            query.measure,
            choice.reported.value if choice.reported else None,
            choice.label,
            choice.reported.basis if choice.reported else None,
        )
        for query in view.open_queries.values()
        if query.person == person.id
        for choice in query.choices
    )
    held = {owed.measure: view.figures.get(owed.measure) for owed in view.owed_by(person.id)}
    recorded = {code: figure.reported.value for code, figure in held.items() if figure}
    return ReadingTask(
        period=str(period),
        span=period.span,
        asked=tuple(_asked(view, owed) for owed in view.owed_by(person.id)),
        choices=tuple(choices),
        recorded={code: value for code, value in recorded.items() if value is not None},
        sent_on=sent.date(),
        history={owed.measure: _earlier(view, owed.measure) for owed in view.owed_by(person.id)},
        said_before=_said_before(view, person),
    )


def _earlier(view: RoundView, measure: str) -> dict[Quarter, Decimal]:
    """What the books hold for a measure's earlier quarters."""
    found = view.series(measure).before(view.round.period)
    return {reported.period: reported.value for reported in found if reported.value is not None}


def _said_before(view: RoundView, person: Person) -> dict[str, str]:
    """The words of the quarter before, by measure (RULES 6)."""
    if not view.history:
        return {}
    figures = view.history[max(view.history)]
    held = {owed.measure: figures.get(owed.measure) for owed in view.owed_by(person.id)}
    return {code: figure.reported.note or figure.source.evidence for code, figure in held.items() if figure}


def _asked(view: RoundView, owed: Obligation) -> Asked:
    definition = view.definitions[owed.measure]
    return Asked(
        number=owed.number,
        code=definition.code,
        title=definition.title,
        unit=definition.unit,
        basis=definition.basis,
        target=target_words(definition.target),
        aliases=(definition.short, *definition.aliases),
    )

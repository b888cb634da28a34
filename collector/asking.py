"""What is known before a person's message is read: what they owe, what was asked, what the books hold."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from collector.books import QueryState
from collector.cover import Cover, may_report
from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.round import Obligation
from collector.domain.series import own_stretch
from collector.domain.submission import Asked, OpenChoice, ReadingTask
from collector.earlier_names import earlier_titles, in_todays_codes, renamed_in
from collector.own_part import wholes_named
from collector.view import RoundView
from collector.wording import target_words

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


def reading_task(view: RoundView, person: Person, sent: datetime, named: str = "") -> ReadingTask:
    """What is known before a person's message is read; `named` are the words in which it may name other codes."""
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
    asked = asked_of(view, person, sent.date(), named)
    wholes = wholes_named(view, person, {word.upper() for word in _CODE.findall(named)})
    held = {owed.measure: view.figures.get(owed.measure) for owed in asked}
    recorded = {code: figure.reported.value for code, figure in held.items() if figure}
    return ReadingTask(
        period=str(period),
        span=period.span,
        asked=(*(_asked(view, owed) for owed in asked), *wholes),
        choices=tuple(choices),
        recorded={code: value for code, value in recorded.items() if value is not None},
        sent_on=sent.date(),
        history={owed.measure: _earlier(view, owed.measure) for owed in asked},
        said_before=_said_before(view, asked),
        spent=_spent(view, person),
    )


def _spent(view: RoundView, person: Person) -> frozenset[int]:
    """The numbers of somebody's choices in questions that were answered or overtaken."""
    over = (query for query in view.queries if query.person == person.id and query.state is not QueryState.OPEN)
    return frozenset(choice.number for query in over for choice in query.choices)


def asked_of(view: RoundView, person: Person, today: date, named: str = "") -> list[Obligation]:
    """What somebody may be answering: their own list, what they stand in for, and what else they may report by code.

    A lead reports for everybody of the priority, but only what is named by its code: bare figures stay their own.
    """
    covered = Cover(view, today).list_of(person.id)
    named, _ = in_todays_codes(named, renamed_in(view)) if named else ("", ())
    own = view.owed_by(person.id)
    found = [*own, *(owed for owed in covered if owed.person != person.id)]
    held = {owed.measure for owed in found}
    words = {word.upper() for word in _CODE.findall(named)}
    more = (owed for owed in view.obligations if owed.measure.upper() in words and owed.measure not in held)
    return [*found, *(replace(owed, number=0) for owed in more if may_report(view, person.id, owed.measure))]


def _earlier(view: RoundView, measure: str) -> dict[Quarter, Decimal]:
    """What the books hold for a measure's earlier quarters."""
    found = view.series(measure).before(view.round.period)
    return {reported.period: reported.value for reported in found if reported.value is not None}


def _said_before(view: RoundView, asked: Sequence[Obligation]) -> dict[str, str]:
    """The words of the quarter before, by measure (RULES 6)."""
    held = {owed.measure: view.stood_before(owed.measure) for owed in asked}
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
        aliases=(definition.short, *definition.aliases, *earlier_titles(view, definition.code)),
        covers=own_stretch(definition, view.round.period),
    )

"""What somebody sees of the round at a glance, and what they can do about it with a press: data, by role.

It is a view of the books and no right: each press is words in somebody's name, checked like any that are written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collector.answers import reference
from collector.asking import asked_of
from collector.books import RequestState
from collector.closing import is_over
from collector.domain.figure import Figure
from collector.domain.people import Person, Role
from collector.domain.round import ObligationState
from collector.domain.signing import CorrectionState
from collector.forms import sheet_of
from collector.messages import Board, Sheet
from collector.ports import Calendar, Unit
from collector.quarantine import quarantine_lines
from collector.releasing import described
from collector.requests import request_lines
from collector.round_status import sign_off_words, status_lines
from collector.signatures import PriorityState, mark_of, states
from collector.signed_off import sentence
from collector.summary import board
from collector.view import RoundView, latest_view
from collector.wording import by_day, clock, figure_words, hint_words, last_words, weekday


@dataclass(frozen=True)
class Press:
    """Something to press: its label, and the words that it says.

    Where an order lacks a word, `asks` is how it is asked for, and stands in `says` as "{why}". What can't be taken
    back says in `sure` what will happen, and is asked about once more.
    """

    label: str
    says: str
    asks: str = ""
    first: bool = False
    sure: str = ""


@dataclass(frozen=True)
class HomeLine:
    """A line, and what can be done about it."""

    words: str
    presses: tuple[Press, ...] = ()


@dataclass(frozen=True)
class HomePart:
    """Lines that belong together, under a title; `empty` is said where there are none.

    Where `presses` are about every line, they are offered only where all of them are shown, and else `unless_whole`
    is said.
    """

    title: str
    lines: tuple[HomeLine, ...]
    presses: tuple[Press, ...] = ()
    empty: str = ""
    unless_whole: str = ""


@dataclass(frozen=True)
class Home:
    """Somebody's page: `sheet` where they have something to fill in or to change, `board` for who reads that."""

    to: str
    headline: str
    parts: tuple[HomePart, ...] = ()
    sheet: Sheet | None = None
    board: Board | None = None


_SHOWN_IN_PART = "To sign it off, answer the sheet we send you: it shows every figure."


def home_of(unit: Unit, person: Person, calendar: Calendar, now: datetime) -> Home:
    """The page of somebody in the latest round."""
    view, local = latest_view(unit), calendar.local(now)
    if view is None:
        return Home(person.title, "No round is open yet.")
    headline = f"{view.round.period}, due {by_day(calendar.local(view.round.due))}"
    if person.role in (Role.SEG, Role.CHAIR):
        return Home(person.title, headline, board=board(view, local))
    asked = asked_of(view, person, local.date())
    parts = [*_own(unit, view, person, calendar, local)] if asked else []
    parts += [_priority(view, state, local) for state in states(view, local.date()) if state.priority.lead == person.id]
    if person.role is Role.COORDINATOR:
        parts += _round(unit, view, calendar, local)
    return Home(person.title, headline, tuple(parts), sheet_of(view, person, asked) if asked else None)


def _own(unit: Unit, view: RoundView, person: Person, calendar: Calendar, local: datetime) -> list[HomePart]:
    listed = asked_of(view, person, local.date())
    out = [owed for owed in listed if owed.state is not ObligationState.IN and not is_over(view, owed.measure)]
    lines = []
    for owed in out:
        one = view.definitions[owed.measure]
        asked = "a question is open in our conversation" if owed.measure in view.open_queries else ""
        last = last_words(view.past(one.code), one)
        facts = ", ".join(filter(None, (hint_words(one, view.round.period), last, asked)))
        lines.append(HomeLine(f"{f'{owed.number}. ' if owed.number else ''}{one.code} {one.short}: {facts}"))
    sent = [HomeLine(_sent(unit, view, view.figures[owed.measure], calendar))
            for owed in listed if owed.measure in view.figures]  # fmt: skip
    return [
        HomePart("What you owe", tuple(lines), empty="Nothing more. Everything we asked you for is in."),
        HomePart("What you have sent", tuple(sent), empty="Nothing yet."),
    ]


def _sent(unit: Unit, view: RoundView, figure: Figure, calendar: Calendar) -> str:
    """A figure with its receipt."""
    one, source = view.definitions[figure.reported.measure], figure.source
    row = unit.inbox.find(source.submission)
    received = calendar.local(source.received_at)
    proof = f" [{reference(row)}]" if row is not None else ""
    when = f"received {clock(received)} {weekday(received)}{proof}"
    return f"{one.code} {one.short}: {figure_words(figure.reported, one.unit)}, {when}"


def _priority(view: RoundView, state: PriorityState, local: datetime) -> HomePart:
    """A lead's own priority: every figure, each to be sent back, and the whole to be signed off."""
    code = state.priority.code
    lines = [HomeLine(f"{sentence(sign_off_words(view, state, local))}.")]
    for measure in state.figures:
        figure, one = view.figures.get(measure), view.definitions[measure]
        if figure is not None:
            judged = view.judged(figure.reported)
            words = f"{one.code} {one.short}: {figure_words(figure.reported, one.unit)}, from {view.who_sends(measure)}"
            back = Press("Send back", f"send back {measure}: {{why}}", f"Why {measure} goes back")
            lines.append(HomeLine(f"{words}. {judged.why}", (back,)))
    says = f"sign off {code} as shown ({mark_of(view, state)})"
    sign = (Press(f"Sign off {code}", says, first=True),) if state.unsigned else ()
    return HomePart(f"{code} {state.priority.title}", tuple(lines), sign, unless_whole=_SHOWN_IN_PART)


def _round(unit: Unit, view: RoundView, calendar: Calendar, local: datetime) -> list[HomePart]:
    named = f"for Q{view.round.period.number} {view.round.period.financial_year}"
    whole = (
        Press("Who owes what", f"who owes what {named}"),
        Press("Export to Excel", "export"),
        Press("Definitions", "definitions"),
        Press("Freeze", f"freeze the round {named}: {{why}}", "Why the round is frozen now"),
        Press("Lock", f"lock the round {named}: {{why}}", "Why the round is locked now"),
    )
    counts = board(view, local)
    first = HomeLine(f"{counts.received} of {counts.owed} in.")
    asked = tuple(
        HomeLine(f"{query.measure} {view.definitions[query.measure].short}: {' '.join(query.reasons)}")
        for query in view.open_queries.values()
    )
    return [
        HomePart("The round", (first, *map(HomeLine, status_lines(view, local))), whole),
        HomePart("Set aside", _aside(unit, calendar), empty="Nothing is set aside."),
        HomePart("Waiting for release", _held(unit, view), _release_all(unit), "Nothing waits."),
        HomePart("Corrections to decide", _corrections(view, named), empty="None."),
        HomePart("Change requests for SEG", _requests(view), empty="None."),
        HomePart("Asked, no answer yet", asked, empty="No question is open."),
    ]


def _aside(unit: Unit, calendar: Calendar) -> tuple[HomeLine, ...]:
    rows, lines = unit.inbox.quarantined(), quarantine_lines(unit, calendar)
    return tuple(
        HomeLine(
            sentence(words),
            (
                Press("Show", f"show {row.id}"),
                Press("Accept", f"accept {row.id}", sure="It is read as its sender's, and its figures are recorded."),
                Press("Accept as", f"accept {row.id} as {{why}}", "Whose it is: a role or an address"),
                Press("Reject", f"reject {row.id}: {{why}}", "Why it is left unread"),
            ),
        )
        for row, words in zip(rows, lines, strict=True)
    )


def _held(unit: Unit, view: RoundView) -> tuple[HomeLine, ...]:
    return tuple(
        HomeLine(
            described(row, view.partnership),
            (
                Press("Show", f"show {row.id}"),
                Press("Release", f"release {row.id}", sure="It is sent, and can't be called back."),
                Press("Put before", f"cover {row.id}: {{why}}", "The sentence to stand before it"),
                Press("Drop", f"drop {row.id}", sure="It is never sent."),
            ),
        )
        for row in unit.outbox.held()
    )


def _release_all(unit: Unit) -> tuple[Press, ...]:
    held = len(unit.outbox.held())
    sure = f"{held} message{'' if held == 1 else 's'} will be sent, and can't be called back."
    return (Press("Release all", "release all", sure=sure),) if held else ()


def _corrections(view: RoundView, named: str) -> tuple[HomeLine, ...]:
    waiting: Sequence[str] = list(
        dict.fromkeys(
            each.reported.measure for each in view.signing.corrections if each.state is CorrectionState.WAITING
        )
    )
    return tuple(
        HomeLine(
            f"{code} {view.definitions[code].short}: a correction waits",
            (
                Press("Take it", f"reopen {code} {named}: {{why}}", f"Why the correction of {code} is taken"),
                Press("Leave it", f"decline {code} {named}: {{why}}", f"Why {code} stays as it is"),
            ),
        )
        for code in waiting
        if code in view.definitions
    )


def _requests(view: RoundView) -> tuple[HomeLine, ...]:
    return tuple(
        HomeLine(
            words,
            (
                Press("Accepted", f"accept request {each.id}: {{why}}", "When and why SEG accepted it"),
                Press("Rejected", f"reject request {each.id}: {{why}}", "When and why SEG rejected it"),
            )
            if each.state is RequestState.OPEN
            else (),
        )
        for each, words in zip(view.requests, request_lines(view), strict=True)
    )

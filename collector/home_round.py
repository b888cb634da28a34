"""The round on the coordinator's page: what waits to be decided, each with its presses, and what can be done to it."""

from collections.abc import Sequence
from datetime import datetime

from collector.books import RequestState
from collector.domain.partnership import Partnership
from collector.domain.round import RoundState
from collector.domain.signing import CorrectionState
from collector.home_parts import HomeLine, HomePart, Press
from collector.ports import Calendar, Unit
from collector.quarantine import is_plain_whose, quarantine_lines
from collector.releasing import described
from collector.requests import request_lines
from collector.round_status import status_lines
from collector.screening import partnership_of
from collector.signed_off import sentence
from collector.summary import board
from collector.view import RoundView

_DEFINITIONS = Press("Definitions", "definitions")


def round_parts(unit: Unit, view: RoundView, calendar: Calendar, local: datetime) -> list[HomePart]:
    """The latest round, and everything that waits for the coordinator."""
    named = f"for Q{view.round.period.number} {view.round.period.financial_year}"
    counts = board(view, local)
    lines = (f"{counts.received} of {counts.owed} in.", *status_lines(view, local))
    asked = tuple(
        HomeLine(f"{query.measure} {view.definitions[query.measure].short}: {' '.join(query.reasons)}")
        for query in view.open_queries.values()
    )
    return [
        HomePart("The round", tuple(map(HomeLine, lines)), _about_the_round(view.round.state, named)),
        *_waiting(unit, view.partnership, calendar),
        HomePart("Corrections to decide", _corrections(view, named), empty="None.", rest=_all("status")),
        HomePart("Change requests for SEG", _requests(view), empty="None.", rest=_all("requests")),
        HomePart("Asked, no answer yet", asked, empty="No question is open.", rest=_all("who owes what?")),
    ]


def outside_a_round(unit: Unit, calendar: Calendar) -> list[HomePart]:
    """What waits for the coordinator while no round was ever opened."""
    return [
        HomePart("The plan", (HomeLine("It is loaded. Look it over before the first round."),), (_DEFINITIONS,)),
        *_waiting(unit, partnership_of(unit), calendar),
    ]


def _about_the_round(state: RoundState, named: str) -> tuple[Press, ...]:
    freeze = Press("Freeze", f"freeze the round {named}: {{why}}", "Why the round is frozen now")
    lock = Press("Lock", f"lock the round {named}: {{why}}", "Why the round is locked now")
    reopen = Press("Reopen", f"reopen the round {named}: {{why}}", "Why the round is opened again")
    to_close = {RoundState.OPEN: (freeze, lock), RoundState.FROZEN: (lock, reopen), RoundState.LOCKED: (reopen,)}
    return (
        Press("Who owes what", f"who owes what {named}"),
        Press("Export to Excel", "export"),
        _DEFINITIONS,
        *to_close[state],
    )


def _all(words: str) -> str:
    return f"To see them all, write to us: {words}"


def _waiting(unit: Unit, partnership: Partnership, calendar: Calendar) -> list[HomePart]:
    """What was set aside, and what is held until it is released."""
    held = unit.outbox.held()
    sure = f"{len(held)} message{'' if len(held) == 1 else 's'} will be sent, and can't be called back."
    release = (Press("Release all", "release all", sure=sure),) if held else ()
    lines = tuple(
        HomeLine(
            described(row, partnership),
            (
                Press("Show", f"show {row.id}"),
                Press("Release", f"release {row.id}", sure="It is sent, and can't be called back."),
                Press("Put before", f"cover {row.id}: {{why}}", "The sentence to stand before it"),
                Press("Drop", f"drop {row.id}", sure="It is never sent."),
            ),
        )
        for row in held
    )
    return [
        HomePart("Set aside", _aside(unit, calendar), empty="Nothing is set aside.", rest=_all("quarantine")),
        HomePart("Waiting for release", lines, release, "Nothing waits.", rest=_all("what waits for release?")),
    ]


def _aside(unit: Unit, calendar: Calendar) -> tuple[HomeLine, ...]:
    rows, lines = unit.inbox.quarantined(), quarantine_lines(unit, calendar)
    accept = "It is read as its sender's, and its figures are recorded."
    return tuple(
        HomeLine(
            sentence(words),
            (
                Press("Show", f"show {row.id}"),
                *((Press("Accept", f"accept {row.id}", sure=accept),) if is_plain_whose(unit, row.id) else ()),
                Press("Accept as", f"accept {row.id} as {{why}}", "Whose it is: a role or an address"),
                Press("Reject", f"reject {row.id}: {{why}}", "Why it is left unread"),
            ),
        )
        for row, words in zip(rows, lines, strict=True)
    )


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

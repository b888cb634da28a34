"""What somebody sees of the round at a glance, and what they can do about it with a press: data, by role.

It is a view of the books and no right: each press is words in somebody's name, checked like any that are written.
"""

from collections.abc import Sequence
from datetime import datetime

from collector.answers import reference
from collector.asking import asked_of
from collector.closing import is_over, why_shut
from collector.cover import Cover
from collector.domain.figure import Figure
from collector.domain.people import Person, Role
from collector.domain.round import Obligation, ObligationState, RoundState
from collector.forms import sheet_of
from collector.home_parts import Home, HomeLine, HomePart, Press
from collector.home_round import outside_a_round, round_parts
from collector.ports import Calendar, Unit
from collector.round_status import sign_off_words
from collector.rounds import next_opening
from collector.signatures import PriorityState, mark_of, may_be_signed_now, states
from collector.signed_off import sentence
from collector.summary import board
from collector.view import RoundView, latest_view
from collector.wording import by_day, clock, figure_words, hint_words, last_words, weekday

_SHOWN_IN_PART = "To sign it off, answer the sheet we send you: it shows every figure."
_READS_THE_BOARD = (Role.SEG, Role.CHAIR)
_NOTES = {
    RoundState.OPEN: "",
    RoundState.FROZEN: "What is not in yet still counts. A change to what is in waits for the coordinator.",
    RoundState.LOCKED: "What you send or change now waits for the coordinator: say why in its comment.",
}


def home_of(unit: Unit, person: Person, calendar: Calendar, now: datetime) -> Home:
    """The page of somebody in the latest round."""
    view, local = latest_view(unit), calendar.local(now)
    coordinates = person.role is Role.COORDINATOR
    if view is None:
        if not coordinates:
            return Home(person.title, "No round is open yet")
        told = next_opening(unit, calendar, now)
        return Home(person.title, "No round is open yet", tuple(outside_a_round(unit, calendar)), told=told)
    asked = asked_of(view, person, local.date())
    parts = _own(unit, view, asked, calendar) if asked else []
    parts += [_priority(view, state, person, local) for state in _priorities(view, person, local)]
    parts += round_parts(unit, view, calendar, local) if coordinates else []
    return Home(
        person.title,
        _headline(view, calendar),
        tuple(parts),
        sheet_of(view, person, asked) if asked else None,
        board(view, local) if person.role in _READS_THE_BOARD else None,
    )


def _headline(view: RoundView, calendar: Calendar) -> str:
    match view.round.state:
        case RoundState.OPEN:
            return f"{view.round.period}, due {by_day(calendar.local(view.round.due))}"
        case RoundState.FROZEN:
            return f"{view.round.period}, frozen for its papers"
        case RoundState.LOCKED:
            on = (
                f" on {weekday(calendar.local(each.at))}"
                if (each := next(iter(view.signing.snapshots[-1:]), None))
                else ""
            )
            return f"{view.round.period}, locked{on}"


def _own(unit: Unit, view: RoundView, asked: Sequence[Obligation], calendar: Calendar) -> list[HomePart]:
    """What somebody owes, what was never in when the round was locked, and what they sent."""
    missing = [owed for owed in asked if owed.state is not ObligationState.IN]
    over = [owed for owed in missing if is_over(view, owed.measure)]
    empty = "Nothing is asked for any more." if over else "Nothing more. Everything we asked you for is in."
    owing = tuple(HomeLine(_owed(view, owed)) for owed in missing if owed not in over)
    parts = [
        HomePart(
            "What you owe", owing, empty=empty, note=_NOTES[view.round.state], rest="To see them all, press Fill in."
        )
    ]
    if over:
        codes = (view.definitions[owed.measure] for owed in over)
        parts.append(
            HomePart("Not in when the round was locked", tuple(HomeLine(f"{one.code} {one.short}") for one in codes))
        )
    held = (view.figures[owed.measure] for owed in asked if owed.measure in view.figures)
    sent = tuple(HomeLine(_sent(unit, view, figure, calendar)) for figure in held)
    return [*parts, HomePart("What you have sent", sent, empty="Nothing yet.")]


def _owed(view: RoundView, owed: Obligation) -> str:
    one = view.definitions[owed.measure]
    asked = "a question is open in our conversation" if owed.measure in view.open_queries else ""
    facts = filter(None, (hint_words(one, view.round.period), last_words(view.past(one.code), one), asked))
    return f"{f'{owed.number}. ' if owed.number else ''}{one.code} {one.short}: {', '.join(facts)}"


def _sent(unit: Unit, view: RoundView, figure: Figure, calendar: Calendar) -> str:
    """A figure with its receipt."""
    one, source = view.definitions[figure.reported.measure], figure.source
    row = unit.inbox.find(source.submission)
    received = calendar.local(source.received_at)
    proof = f" [{reference(row)}]" if row is not None else ""
    when = f"received {clock(received)} {weekday(received)}{proof}"
    return f"{one.code} {one.short}: {figure_words(figure.reported, one.unit)}, {when}"


def _priorities(view: RoundView, person: Person, local: datetime) -> list[PriorityState]:
    """The priorities that are somebody's to sign: their own, and of whom they stand in for today (RULES 19)."""
    cover = Cover(view, local.date())
    return [
        state
        for state in states(view, local.date())
        if person.id in (state.priority.lead, cover.signs_for(state.priority.lead))
    ]


def _priority(view: RoundView, state: PriorityState, person: Person, local: datetime) -> HomePart:
    """A priority: every figure, each to be sent back, and the whole to be signed off, as long as that can be done."""
    code = state.priority.code
    lines = [HomeLine(f"{sentence(sign_off_words(view, state, local))}.")]
    lines += [_to_sign(view, measure, person) for measure in state.figures if measure in view.figures]
    says = f"sign off {code} as shown ({mark_of(view, state)})"
    can_be = any(may_be_signed_now(view, measure) for measure in state.unsigned)
    return HomePart(
        f"{code} {state.priority.title}",
        tuple(lines),
        (Press(f"Sign off {code}", says, first=True),) if can_be else (),
        rest=_SHOWN_IN_PART if can_be else "",
        presses_in_part=False,
    )


def _to_sign(view: RoundView, measure: str, person: Person) -> HomeLine:
    figure, one = view.figures[measure], view.definitions[measure]
    words = f"{one.code} {one.short}: {figure_words(figure.reported, one.unit)}, from {view.who_sends(measure)}"
    own = any(owed.measure == measure and owed.person == person.id for owed in view.obligations)
    shut = view.round.state is RoundState.LOCKED and why_shut(view, measure)
    back = Press("Send back", f"send back {measure}: {{why}}", f"Why {measure} goes back")
    return HomeLine(f"{words}. {view.judged(figure.reported).why}", () if own or shut else (back,))

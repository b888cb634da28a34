"""What may be told with its colour: priorities that are signed off, and what was restated or came late. Pure.

Before sign-off a figure is told without a colour and without its judgement (RULES 20).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from collector.actions import UNSAID, is_red, plan_line, plan_of
from collector.closing import SUPPLEMENTARY
from collector.domain.figure import Figure
from collector.domain.period import day
from collector.domain.rag import Judgement, Rag
from collector.domain.round import RoundState
from collector.domain.signing import Restated
from collector.domain.target import Comparator
from collector.messages import DigestLine, SignedPriority
from collector.signatures import NOT_SIGNED_OFF, PriorityState, signature_of, states
from collector.view import RoundView
from collector.wording import figure_words, last_words, some, weekday

_LONGEST = 12
#: So many Green figures are told with their numbers; more of them by name only.
_GREEN_IN_FULL = 3

_Judged = Sequence[tuple[Figure, Judgement]]


def signed_priorities(view: RoundView, now: datetime) -> tuple[SignedPriority, ...]:
    """Every priority that its lead has signed, with the colours of what is signed as it stands; `now` is local."""
    found = []
    for state in states(view, now.date()):
        if state.last is None or not state.signed:
            continue
        codes = without_told_parts(view, state.signed)
        judged = [(view.figures[code], view.judged(view.figures[code].reported)) for code in codes]
        found.append(
            SignedPriority(
                code=state.priority.code,
                title=state.priority.title,
                signed=f"signed off on {weekday(state.last.at.astimezone(now.tzinfo))}{_left(view, state)}",
                lines=(*_coloured(view, judged), *_without_colour(view, judged)),
            )
        )
    return tuple(found)


def not_signed(view: RoundView, now: datetime) -> tuple[str, ...]:
    """The priorities that are not signed off, once that says something: silence is not consent (RULES 19)."""
    found = states(view, now.date())
    if view.round.state is RoundState.OPEN and not any(state.signed for state in found):
        return ()
    silent = (state for state in found if state.last is None or not state.signed)
    return tuple(f"{state.priority.code} {state.priority.title}" for state in silent)


def not_signed_lines(view: RoundView, now: datetime) -> Iterable[DigestLine]:
    """The same for the chair, with what changed after it was signed; nothing while the round is open."""
    if view.round.state is RoundState.OPEN:
        return
    for name in not_signed(view, now):
        yield DigestLine(f"{name}: {NOT_SIGNED_OFF}")
    for state in states(view, now.date()):
        if state.signed and state.unsigned:
            yield DigestLine(f"{state.priority.code} {state.priority.title}: signed off{_left(view, state)}")


def _left(view: RoundView, state: PriorityState) -> str:
    """What a signature leaves out, by the names of figures: " with 2 outstanding", " except DA06, which came since"."""
    out = len(state.outstanding) + len(state.awaiting)
    unsigned = [view.definitions[code].short for code in state.unsigned]
    words = f", with {out} outstanding" if out else ""
    return f"{words}, except {', '.join(some(unsigned))}, which came or changed since" if unsigned else words


def changed_lines(view: RoundView, now: datetime, since: datetime) -> Iterable[DigestLine]:
    """What changed since a moment: restated first, then what is signed with its colour, then what is not, without."""
    told = [each for each in view.signing.restated if each.at > since]
    yield from (DigestLine(line) for line in restated_lines(view, told))
    fresh = [figure for figure in view.figures.values() if is_fresh(view, figure, since)]
    signed = [figure for figure in fresh if signature_of(view, figure.reported.measure)]
    told_signed = without_told_parts(view, [figure.reported.measure for figure in signed])
    judged = [(view.figures[code], view.judged(view.figures[code].reported)) for code in told_signed]
    yield from _coloured(view, judged)
    rest = sum(judgement.rag is None for _, judgement in judged)
    if rest:
        yield DigestLine(f"{rest} more signed off without a colour: notes, not available, or nothing to judge by")
    unsigned = without_told_parts(view, [figure.reported.measure for figure in fresh if figure not in signed])
    waiting = [_plainly(view, view.figures[code]) for code in unsigned]
    if waiting:
        yield DigestLine(f"{len(waiting)} came in, {NOT_SIGNED_OFF} yet: {'; '.join(some(waiting, _LONGEST))}")
    yield from (DigestLine(line) for line in supplementary_lines(view))
    if fresh:
        yield from _standing(view)


def without_told_parts(view: RoundView, codes: Sequence[str]) -> list[str]:
    """Codes without the parts that are told with their whole; a part with a target of its own is told beside it."""
    named = set(codes)
    return [
        code
        for code in codes
        if view.whole_of(code) not in named or view.definitions[code].target.comparator is not Comparator.NONE
    ]


def is_fresh(view: RoundView, figure: Figure, since: datetime) -> bool:
    """Whether a figure came, or was signed, since a moment."""
    signed = signature_of(view, figure.reported.measure)
    return figure.source.recorded_at > since or (signed is not None and signed.at > since)


def _coloured(view: RoundView, judged: _Judged) -> Iterable[DigestLine]:
    """Red and Amber in full with their reasons, Green in full while it is short."""
    for colour in (Rag.RED, Rag.AMBER, Rag.GREEN):
        told = [_told(view, figure, judgement) for figure, judgement in judged if judgement.rag is colour]
        if colour is Rag.GREEN and len(told) > _GREEN_IN_FULL:
            names = [view.definitions[figure.reported.measure].short for figure, j in judged if j.rag is colour]
            told = [f"{len(told)} on or better than target: {', '.join(some(names, _LONGEST))}"]
        for line in told:
            yield DigestLine(line, colour)


def _without_colour(view: RoundView, judged: _Judged) -> Iterable[DigestLine]:
    names = [view.definitions[figure.reported.measure].short for figure, j in judged if j.rag is None]
    if names:
        yield DigestLine(f"{len(names)} without a colour: {', '.join(some(names, _LONGEST))}")


def _standing(view: RoundView) -> Iterable[DigestLine]:
    codes = without_told_parts(view, list(view.figures))
    signed = {code: view.judged(view.figures[code].reported).rag for code in codes if signature_of(view, code)}
    if not signed:
        return
    colours = Counter(signed.values())
    red = [view.definitions[code].short for code, rag in signed.items() if rag is Rag.RED]
    named = f" ({', '.join(some(red, _LONGEST))})" if red else ""
    rest = f"{colours[Rag.AMBER]} Amber, {colours[Rag.GREEN]} Green, {colours[None]} without a colour"
    waits = len(codes) - len(signed)
    left = f"; {waits} {NOT_SIGNED_OFF}" if waits else ""
    yield DigestLine(f"The round as it stands: {colours[Rag.RED]} Red{named}, {rest}{left}")


def plan_lines(view: RoundView) -> Iterable[DigestLine]:
    """What is done about each figure that is Red and signed off, for the chair (RULES 15, 20)."""
    signed = [code for code in view.figures if signature_of(view, code) and is_red(view, code)]
    codes = without_told_parts(view, signed)
    bare = [code for code in codes if plan_of(view, code) is None]
    told = [
        f"{sentence(view.definitions[code].short)}. {' '.join(plan_line(view, code))}"
        for code in codes
        if code not in bare
    ]
    if bare:
        names = [view.definitions[code].short for code in bare]
        told.append(f"No plan yet for {', '.join(some(names, _LONGEST))}: {UNSAID}")
    yield from (DigestLine(line, Rag.RED) for line in told[:_LONGEST])
    if len(told) > _LONGEST:
        yield DigestLine(f"and {len(told) - _LONGEST} more Red, each on its lead's sheet")


def _told(view: RoundView, figure: Figure, judgement: Judgement) -> str:
    definition = view.definitions[figure.reported.measure]
    last = last_words(view.past(definition.code), definition)
    before = f" ({last})" if last else ""
    arithmetic = judgement.why.partition(": ")[2]
    return f"{sentence(definition.short)}{before}: {arithmetic}"


def _plainly(view: RoundView, figure: Figure) -> str:
    definition = view.definitions[figure.reported.measure]
    return f"{definition.short} {figure_words(figure.reported, definition.unit)}"


def restated_lines(view: RoundView, restated: Sequence[Restated]) -> list[str]:
    """What was restated, now and was: "DA06 restated: 153, was 151: a miscount"; another round's with its quarter.

    What there was no figure for before is not restated: it came late.
    """
    units = {definition.code: definition.unit for definition in view.partnership.definitions}
    told = []
    for each in restated:
        if each.measure not in units:
            continue
        unit = units[each.measure]
        was = f"was {figure_words(each.was, unit)}" if each.was else "was not in"
        what = "restated" if each.was and not each.was.status.is_to_come else "came late"
        of = "" if each.period == view.round.period else f" for {each.period}"
        told.append(f"{each.measure} {what}{of}: {figure_words(each.now, unit)}, {was}: {each.reason}")
    return told


def supplementary_lines(view: RoundView) -> list[str]:
    """What came after the papers were published, and goes to SEG beside them (RULES 17)."""
    late = [figure for figure in view.figures.values() if figure.source.reason.startswith(SUPPLEMENTARY)]
    return [
        f"{sentence(_plainly(view, figure))}: {SUPPLEMENTARY}, in since {day(figure.source.received_at.date())}"
        for figure in late
    ]


def sentence(words: str) -> str:
    """Words with a capital at their beginning."""
    return words[:1].upper() + words[1:]

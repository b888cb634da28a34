"""Words beside a figure that seem to hold personal data: held back until their sender or the coordinator decides.

The figure is recorded all the same, and the message's bytes are kept; only what is read of the words changes. What was
found is never repeated, only its kind and where it stands.
"""

from collections.abc import Sequence
from dataclasses import replace

from collector.acting import Acting, NotDone
from collector.books import Planned
from collector.closing import why_shut
from collector.domain.action import SaidPlan
from collector.domain.figure import Figure
from collector.domain.personal import Dealt, HeldWords
from collector.messages import Notice
from collector.personal_data import kinds_in, without_values
from collector.ports import Unit
from collector.signatures import signature_of
from collector.view import RoundView


def held_note(figure: Figure) -> str:
    """What the sender of a figure is told about its words; "" where nothing is held back."""
    held = figure.held
    if held is None or held.dealt is not None:
        return ""
    code = held.measure
    return (
        f"{code}: your words seem to hold {held.found}, so they are held back; the figure counts. Reply \u201ckeep the"
        f" words for {code}\u201d, \u201creplace the words for {code}: your new words\u201d or \u201ctake out the words"
        f" for {code}\u201d."
    )


def waiting_lines(view: RoundView, waiting: Sequence[HeldWords]) -> list[str]:
    """What the coordinator is shown of the words that wait: whose, beside which figure, and what was found."""
    told = []
    for held in waiting:
        found = view.people.get(held.person)
        who = f"{found.title} ({found.organisation})" if found else view.organisation(held.person)
        told.append(f"words held back: {held.measure}, {held.period}, from {who}: {held.found}")
    return told


def deal_with_words(acting: Acting, view: RoundView, code: str, how: Dealt, words: str = "") -> tuple[str, ...]:
    """Keep, replace or take out the words beside a figure of a round; its sender and the coordinator may."""
    figure, unit = view.figures.get(code), acting.unit
    held = figure.held if figure is not None else None
    if held is None:
        raise NotDone(f"No words for {code} are held back for {view.round.period}, so nothing was changed.")
    if not acting.coordinates and acting.by.id != held.person:
        raise NotDone(f"The words for {code} are for their sender or the coordinator to decide about.")
    if how is not Dealt.TAKEN_OUT and not acting.coordinates and (shut := why_shut(view, code)):
        raise NotDone(f"{shut}: what stands beside {code} is for the coordinator to decide about now.")
    if how is Dealt.REPLACED:
        _need_plain(code, words)
    shown = words.strip() if how is Dealt.REPLACED else ""
    unit.figures.deal_with(held.figure, how, shown)
    acting.write(f"words {how.value}", f"{code} {view.round.period.key}", f"they held {held.found}")
    _tell_who_signed(acting, view, held, how, shown)
    return (f"The words for {code}, {view.round.period}, are {how.value}. The figure is as it was.",)


def _tell_who_signed(acting: Acting, view: RoundView, held: HeldWords, how: Dealt, shown: str) -> None:
    """A signature is of the words too (RULES 19): who signed before they could be read hears what they are now."""
    code, period = held.measure, view.round.period
    signed = signature_of(view, code)
    signer = view.people.get(signed.person) if signed else None
    if signer is None or signer.id == acting.by.id or how is Dealt.TAKEN_OUT:
        return
    now = f": \u201c{shown}\u201d" if shown else ", as their sender wrote them"
    told = (
        f"When you signed {code} {view.definitions[code].title}, {period}, its words were held back. They are"
        f" {how.value} now{now}.",
        f"If they are not right, reply: send back {code}: and the reason.",
    )
    notice = Notice(signer.title, f"the words for {code} changed since you signed it", told, period)
    key = f"words-signed:{held.figure}:{acting.now.isoformat()}"
    acting.unit.outbox.plan(
        Planned(key, signer.id, notice, acting.now, True, period, channel=signer.prefers), acting.now
    )


def _need_plain(code: str, words: str) -> None:
    if not words.strip():
        raise NotDone(f"Say what is to stand there: \u201creplace the words for {code}: your new words\u201d.")
    if kinds_in(words):
        kinds = " and ".join(kind.value for kind in kinds_in(words))
        raise NotDone(f"The new words for {code} seem to hold personal data too ({kinds}). Nothing was changed.")


def words_waiting(unit: Unit) -> Sequence[HeldWords]:
    """All words that are held back, the oldest first."""
    return [held for held in unit.figures.held_words() if held.dealt is None]


def plan_without_values(plan: SaidPlan) -> SaidPlan:
    """A plan for a Red with the kind in the place of any personal data: it goes to board and report as it is."""
    reason, action, owner = (without_values(words) for words in (plan.reason, plan.action, plan.owner))
    return replace(plan, reason=reason, action=action, owner=owner, outcome=without_values(plan.outcome))

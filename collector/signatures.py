"""Where the sign-off of each priority stands: what is in, what of it is signed, what changed since. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import date

from collector.domain.indicator import Priority
from collector.domain.round import Obligation, ObligationState, RoundState
from collector.domain.signing import SentBack, SignOff
from collector.view import RoundView
from collector.wording import figure_words

#: How a priority reads that its lead has said nothing about: silence is not consent (RULES 19).
NOT_SIGNED_OFF = "not signed off"


@dataclass(frozen=True)
class PriorityState:
    """One priority: the codes that are in and could be signed, those that are, and those that are out.

    `awaiting` are out because their source has not published yet; `last` is the latest signature.
    """

    priority: Priority
    figures: tuple[str, ...]
    signed: tuple[str, ...]
    outstanding: tuple[str, ...]
    awaiting: tuple[str, ...]
    last: SignOff | None

    @property
    def unsigned(self) -> tuple[str, ...]:
        """What is in and not signed as it stands."""
        return tuple(code for code in self.figures if code not in self.signed)

    @property
    def complete(self) -> bool:
        """Everything is in or accounted for."""
        return bool(self.figures) and not self.outstanding

    @property
    def signed_off(self) -> bool:
        """Every figure that is in is signed as it stands; what is out is not."""
        return bool(self.figures) and not self.unsigned


def states(view: RoundView, today: date) -> list[PriorityState]:
    """Every priority that owes something in the round, in the plan's order."""
    found = (state_of(view, priority, today) for priority in view.partnership.priorities)
    return [state for state in found if state.figures or state.outstanding or state.awaiting]


def state_of(view: RoundView, priority: Priority, today: date) -> PriorityState:
    """One priority as it stands."""
    owed = {each.measure: each for each in view.obligations}
    named = [code for code, given in view.definitions.items() if given.priority == priority.code]
    codes = [code for code in named if code in owed]
    ready = {code for code in codes if can_be_signed(view, owed[code])}
    ready |= {code for code in named if code in view.wholes and _whole_is_ready(view, code, ready)}
    figures = tuple(code for code in named if code in ready)
    out = [code for code in codes if code not in ready]
    awaiting = tuple(code for code in out if view.definitions[code].published(view.round.period) > today)
    return PriorityState(
        priority=priority,
        figures=figures,
        signed=tuple(code for code in figures if signature_of(view, code)),
        outstanding=tuple(code for code in out if code not in awaiting),
        awaiting=awaiting,
        last=next((each for each in reversed(view.signing.signoffs) if each.priority == priority.code), None),
    )


def can_be_signed(view: RoundView, owed: Obligation) -> bool:
    """In, and nothing about it is in question."""
    return owed.measure in view.figures and owed.state is ObligationState.IN and owed.measure not in view.open_queries


def may_be_signed_now(view: RoundView, code: str) -> bool:
    """Whether a signature can still come: after the lock only for what was restated since."""
    restated = (each for each in view.signing.restated if each.measure == code and each.period == view.round.period)
    return view.round.state is not RoundState.LOCKED or any(restated)


def _whole_is_ready(view: RoundView, code: str, ready: set[str]) -> bool:
    """Whether a whole exists and all of its parts can be signed: it is signed with them."""
    return code in view.figures and ready.issuperset(view.wholes[code])


def signature_of(view: RoundView, measure: str) -> SignOff | None:
    """The signature under a figure as it stands; None where nobody has signed this version.

    What is put together is signed when all of its parts are.
    """
    held = view.figures.get(measure)
    if held is None:
        return None
    if measure in view.wholes:
        under = [signature_of(view, part) for part in view.wholes[measure]]
        signed = [each for each in under if each is not None]
        return max(signed, key=lambda each: each.at) if len(signed) == len(under) else None
    return next((each for each in reversed(view.signing.signoffs) if each.covers(measure, held.id)), None)


def changed_words(view: RoundView, measure: str) -> str:
    """Where an earlier version was signed and this one is not: "signed before it changed from 153 to 155"."""
    held, before = view.figures.get(measure), view.signing.signed_before.get(measure)
    if held is None or before is None or signature_of(view, measure):
        return ""
    unit = view.definitions[measure].unit
    return f"signed before it changed from {figure_words(before, unit)} to {figure_words(held.reported, unit)}"


def sent_back_of(view: RoundView, measure: str) -> SentBack | None:
    """That the figure which stands was sent back, and its contributor has not answered yet."""
    held = view.figures.get(measure)
    waits = any(each.measure == measure and each.state is not ObligationState.IN for each in view.obligations)
    if held is None or not waits:
        return None
    found = (each for each in reversed(view.signing.sent_back) if each.measure == measure)
    return next((each for each in found if each.figure == held.id), None)


def mark_of(view: RoundView, state: PriorityState) -> str:
    """A mark of what can be signed of a priority as it stands: eight letters and digits, others for other versions."""
    shown = " ".join(f"{code}/{view.figures[code].version}" for code in state.figures)
    digest = hashlib.sha256(f"{state.priority.code} {view.round.period.key}: {shown}".encode())
    return digest.hexdigest()[:8].upper()

"""What the wording of a plan means takes effect when a person has confirmed it (RULES 11 to 13)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from collector.acting import Acting, NotDone
from collector.books import AuditLine
from collector.domain.indicator import Definition
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.domain.period import Quarter, day
from collector.domain.target import Comparator, Confirmation, Target
from collector.ports import Books, NotLoaded, Unit
from collector.target_sentences import sentence


class NotConfirmed(Exception):
    """There is not one target that could be confirmed; the message says why and what to do."""


@dataclass(frozen=True)
class TargetLine:
    """A target as it is listed: its wording, what it means, and where it stands."""

    definition: Definition
    meaning: str
    state: str
    open: bool


def meaning(definition: Definition) -> str:
    """What the target of a definition means, as one sentence."""
    return sentence(definition.target, definition.unit, definition.basis, definition.rhythm)


def listed(partnership: Partnership, since: Quarter) -> list[TargetLine]:
    """Every target that is set or worded and still in force in a quarter or later, in the plan's order."""
    later = {
        (held.code, held.from_period): min(
            (other.from_period for other in partnership.definitions if _follows(other, held)), default=None
        )
        for held in partnership.definitions
    }
    return [
        TargetLine(held, meaning(held), _state(held.target), _is_open(held.target))
        for held in partnership.definitions
        if (held.retired_from is None or held.retired_from > since)
        and ((until := later[held.code, held.from_period]) is None or until > since)
        and (held.target.comparator is not Comparator.NONE or held.target.wording)
    ]


def _follows(other: Definition, held: Definition) -> bool:
    return other.code == held.code and other.from_period > held.from_period


def _is_open(target: Target) -> bool:
    return not target.confirmed and target.comparator is not Comparator.NONE


def _state(target: Target) -> str:
    if target.comparator is Comparator.NOT_UNDERSTOOD:
        return "not understood: say what it means in the definition file"
    if target.confirmation is not None:
        return f"confirmed by {target.confirmation.by} on {day(target.confirmation.on)}"
    if not target.can_be_confirmed:
        return "nothing to confirm"
    return "as the definition file says" if target.confirmed else "to confirm: no colour until then"


def confirm(
    books: Books, code: str, by: Person, why: str, now: datetime, on: date, since: Quarter | None = None
) -> Definition:
    """Let a person confirm what the target of a measure means; NotConfirmed when there is not one to confirm.

    `since` says which of its definitions is meant, by the quarter it holds from. Who, when and why goes to the audit.
    """
    with books.begin() as unit:
        return _confirmed(unit, code, by, why, now, on, since)


def confirm_target(acting: Acting, code: str, why: str, since: Quarter | None) -> tuple[str, ...]:
    """The coordinator enters by mail or in Slack that the wording of a target means what it was read as."""
    if not acting.coordinates:
        raise NotDone("What a target means is confirmed by the coordinator. Write to the coordinator.")
    today = acting.calendar.local(acting.now).date()
    try:
        held = _confirmed(acting.unit, code, acting.by, why, acting.now, today, since)
    except NotConfirmed as error:
        raise NotDone(str(error)) from error
    return (f"Confirmed: {held.code}, \u201c{held.target.wording}\u201d: {meaning(held)} Reason: {why}",)


def _confirmed(
    unit: Unit, code: str, by: Person, why: str, now: datetime, on: date, since: Quarter | None
) -> Definition:
    partnership = unit.plan.get()
    if partnership is None:
        raise NotLoaded
    held = _one_to_confirm([d for d in partnership.definitions if d.code.lower() == code.lower()], code, since)
    target = replace(held.target, confirmed=True, confirmation=Confirmation(by.title, on))
    confirmed = replace(held, target=target)
    definitions = tuple(confirmed if each is held else each for each in partnership.definitions)
    unit.plan.save(replace(partnership, definitions=definitions))
    said = f"\u201c{target.wording}\u201d from {held.from_period.key} means: {meaning(held)}"
    reason = f"{said} {why}".strip()
    unit.audit.write(AuditLine(now, by.id, "target confirmed", held.code, reason))
    return confirmed


def _one_to_confirm(dated: Sequence[Definition], code: str, since: Quarter | None) -> Definition:
    if not dated:
        raise NotConfirmed(f"No measure has the code {code!r}. See: collector targets list")
    dated = [held for held in dated if since in (None, held.from_period)]
    if not dated:
        raise NotConfirmed(f"{code} has no definition from {since.key if since else ''}. See: collector targets list")
    unclear = [held for held in dated if held.target.comparator is Comparator.NOT_UNDERSTOOD]
    waiting = [held for held in dated if not held.target.confirmed and held.target.can_be_confirmed]
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        froms = ", ".join(f"--from {held.from_period.key}" for held in waiting)
        raise NotConfirmed(f"{len(waiting)} targets of {code} wait to be confirmed. Say which: {froms}")
    if unclear:
        words = f"What the target of {code} means (\u201c{unclear[-1].target.wording}\u201d) is not understood"
        raise NotConfirmed(f"{words}: {unclear[-1].target.note}. Say what it means in the definition file and load it.")
    raise NotConfirmed(f"The target of {code} has nothing to confirm: {_state(dated[-1].target)}.")


def with_confirmations(new: Partnership, old: Partnership | None) -> Partnership:
    """A definition file with what persons have confirmed since: kept as long as the target means the same."""
    held = {(each.code, each.from_period): each for each in old.definitions} if old else {}
    return replace(
        new, definitions=tuple(_kept(each, held.get((each.code, each.from_period))) for each in new.definitions)
    )


def _kept(new: Definition, old: Definition | None) -> Definition:
    if old is None or old.target.confirmation is None or new.target.confirmed or old.unit is not new.unit:
        return new
    if _meaning(new.target) != _meaning(old.target):
        return new
    return replace(new, target=replace(new.target, confirmed=True, confirmation=old.target.confirmation))


def _meaning(target: Target) -> Target:
    """A target without what is approved apart from its meaning."""
    return replace(
        target, confirmed=True, confirmation=None, note="", tolerance=None, profile=None, deviation=None, due=None
    )

"""What a reminder asks about Red figures: what came of the last one, and the plan that is still missing (RULES 15).

The last figure of a measure may be another code's whose series it continues, and older than a quarter where it is not
owed in each.
"""

from dataclasses import dataclass

from collector.actions import codes_of, how_to_plan, is_red, listed, names_of, plan_of
from collector.assessment import judge
from collector.domain.action import LOOKED_BACK, PARTS, PlanForRed, merged, missing
from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.rag import Rag
from collector.view import RoundView

#: How a part that is missing is given, by its name.
_LABELS = {"reason": "Reason: ...", "action": "Action: ...", "owner": "Owner: ...", "by_when": "By: ..."}


@dataclass(frozen=True)
class LastRed:
    """The last figure of a measure, which was Red: its quarter, its code then, and what was planned."""

    period: Quarter
    code: str
    plan: PlanForRed | None


def came_of(view: RoundView, person: Person) -> tuple[str, ...]:
    """What a reminder asks about the last figure of each measure that was Red, until somebody says what came of it."""
    asked = ((code, last_red(view, code)) for code in codes_of(view, person))
    return tuple(_asked(view, code, last, person) for code, last in asked if last is not None)


def plans_wanted(view: RoundView, person: Person) -> tuple[str, ...]:
    """What a reminder asks about figures of this round that are Red, until their plans are whole."""
    told = []
    for code in codes_of(view, person):
        plan = plan_of(view, code) if is_red(view, code) else None
        if plan is not None and (left := missing(plan)):
            labels = " ".join(label for name, label in _LABELS.items() if PARTS[name] in left)
            told.append(f"{code} is Red. Of its plan {listed(left)} is still to be said. Reply: {code} {labels}")
        elif plan is None and is_red(view, code):
            told.append(f"{code} is Red and has no plan yet. {how_to_plan(code)}")
    return tuple(told)


def to_be_said(view: RoundView, person: Person) -> tuple[str, ...]:
    """The codes of somebody's figures about which a plan, a part of one or its outcome may come."""
    return tuple(
        code
        for code in codes_of(view, person)
        if is_red(view, code)
        or any(plan.measure in names_of(view, code) for plan in view.signing.plans)
        or last_red(view, code)
    )


def last_red(view: RoundView, code: str) -> LastRed | None:
    """The last figure before this round, where it was Red and nobody has said yet what came of it."""
    series = view.series(code)
    last = next((held for held in series.before(view.round.period) if held.value is not None), None)
    if last is None or last.period not in view.round.period.with_before(LOOKED_BACK):
        return None
    then = series.definition(last.period)
    if then is None or judge(then, last, series).rag is not Rag.RED:
        return None
    names = names_of(view, code)
    since = [plan for plan in view.signing.plans if plan.measure in names and plan.period >= last.period]
    if any(plan.outcome for plan in since):
        return None
    plan = merged([plan for plan in since if plan.period == last.period])
    if plan is None and view.history[last.period][then.code].source.door == "load":
        # What was loaded with the file was collected before us: nobody was ever asked about it.
        return None
    return LastRed(last.period, then.code, plan)


def _asked(view: RoundView, code: str, last: LastRed, person: Person) -> str:
    when = "Last quarter" if last.period == view.round.period.previous else f"In {last.period}"
    named = code if last.code == code else f"{last.code}, which is {code} now,"
    was, plan, reply = f"{when} {named} was Red", last.plan, f"Reply: {code} Outcome: ..."
    if plan is None or not (plan.action or plan.reason):
        return f"{was}, and no plan for it came. What was done, and what came of it? {reply}"
    own = plan.person == person.id
    if not plan.action:
        return f"{was}; {'you gave the reason' if own else 'the reason was'}: {plan.reason}. What came of it? {reply}"
    by = f", by {plan.deadline}" if plan.by_when else ""
    return f"{was}; {'you planned' if own else 'the plan was'}: {plan.action}{by}. What came of it? {reply}"

"""A Red asks for reason, action, owner and date; next quarter's reminder asks what came of it (RULES 15)."""

from collections.abc import Iterable, Sequence

from collector.acting import Acting, NotDone
from collector.assessment import judge
from collector.domain.action import PlanForRed, SaidPlan, merged, missing
from collector.domain.figure import Figure
from collector.domain.people import Person
from collector.domain.rag import Rag
from collector.view import RoundView

_KEPT = "kept with the books"


def give_plan(acting: Acting, view: RoundView, said: SaidPlan, submission: int) -> tuple[str, ...]:
    """Keep what somebody says about a Red figure of theirs; what is missing is asked for once.

    `submission` is the message it came with. What came of the last quarter's plan is kept in the same way.
    """
    code = said.code
    if not code:
        raise NotDone("You gave a reason or an action without a code. Say which figure it is for: CODE Reason: ...")
    if code not in _codes_of(view, acting.by):
        raise NotDone(f"{code} is not on your list for {view.round.period}; nothing was kept for it.")
    before = plan_of(view, code)
    plan = PlanForRed(
        view.round.period,
        code,
        acting.by.id,
        submission,
        acting.now,
        said.reason,
        said.action,
        said.owner,
        said.by_when,
        said.outcome,
        said.due,
    )
    acting.unit.plans.add(plan)
    acting.write("plan given", f"{code} {view.round.period.key}", said.action or said.reason or said.outcome)
    whole = merged([before, plan] if before else [plan])
    if said.outcome and not (said.reason or said.action):
        return (f"{code}: what came of last quarter's plan is {_KEPT}.",)
    out = missing(whole) if whole and before is None and is_red(view, code) else []
    return (f"{code}: your plan is {_KEPT}.{f' Still to be said: {_and(out)}.' if out else ''}",)


def heard_plans(acting: Acting, view: RoundView, said: Iterable[SaidPlan], submission: int) -> list[str]:
    """Keep every plan of a message; what its answer says about each."""
    told: list[str] = []
    for each in said:
        try:
            told += give_plan(acting, view, each, submission)
        except NotDone as not_done:
            told.append(str(not_done))
    return told


def asks_for_plan(view: RoundView, figures: Iterable[Figure]) -> list[str]:
    """What the receipt adds for figures that are Red and have no plan yet, with the words that give one."""
    return [
        f"{code} is Red. Reply with the reason, what is being done, who owns it and by when, like this:"
        f" {code} Reason: ... Action: ... Owner: ... By: ..."
        for code in _with_wholes(view, (figure.reported.measure for figure in figures))
        if is_red(view, code) and plan_of(view, code) is None
    ]


def came_of(view: RoundView, person: Person) -> tuple[str, ...]:
    """What next quarter's reminder asks about what was planned for a Red figure, until it is answered."""
    told = []
    for code in _codes_of(view, person):
        before = _merged(view, code, last=True)
        now = plan_of(view, code)
        if before is None or (now is not None and now.outcome) or not _was_red(view, code):
            continue
        if not (before.action or before.reason):
            continue
        planned = f"you planned: {before.action}" if before.action else f"you gave the reason: {before.reason}"
        by = f", by {before.deadline}" if before.action and before.by_when else ""
        told.append(f"Last quarter {code} was Red; {planned}{by}. What came of it? Reply: {code} Outcome: ...")
    return tuple(told)


def to_be_said(view: RoundView, person: Person) -> tuple[str, ...]:
    """The codes of somebody's figures about which a plan, a part of one or its outcome may come."""
    return tuple(
        code
        for code in _codes_of(view, person)
        if is_red(view, code) or plan_of(view, code) or _merged(view, code, last=True)
    )


def _codes_of(view: RoundView, person: Person) -> list[str]:
    """What somebody owes, and each whole of which a part is theirs: any of its contributors can say what is done."""
    return _with_wholes(view, (owed.measure for owed in view.owed_by(person.id)))


def _with_wholes(view: RoundView, codes: Iterable[str]) -> list[str]:
    named = list(codes)
    return list(dict.fromkeys((*named, *(whole for code in named if (whole := view.whole_of(code))))))


def is_red(view: RoundView, code: str) -> bool:
    """Whether a figure stands that is Red."""
    held = view.figures.get(code)
    return held is not None and view.judged(held.reported).rag is Rag.RED


def _was_red(view: RoundView, code: str) -> bool:
    """Whether last quarter's figure is Red as it stands, under the definition of then."""
    last, series = view.round.period.previous, view.series(code)
    held, then = view.history.get(last, {}).get(code), series.definition(last)
    return held is not None and then is not None and judge(then, held.reported, series).rag is Rag.RED


def plan_of(view: RoundView, code: str) -> PlanForRed | None:
    """What was said about a figure of this round, put together."""
    return _merged(view, code, last=False)


def plan_line(view: RoundView, code: str) -> list[str]:
    """What is done about a Red figure, in one line, or that nobody has said yet; nothing about any other."""
    if not is_red(view, code):
        return []
    plan = plan_of(view, code)
    if plan is None:
        return ["No plan yet: reason, action, owner and date are still to be said."]
    said = (("reason", plan.reason), ("action", plan.action), ("owner", plan.owner), ("by", plan.deadline))
    out = missing(plan)
    left = f"; still to be said: {_and(out)}" if out else ""
    return [f"Plan: {'; '.join(f'{name} {words}' for name, words in said if words)}{left}."]


def _merged(view: RoundView, code: str, last: bool) -> PlanForRed | None:
    period = view.round.period.previous if last else view.round.period
    return merged([plan for plan in view.signing.plans if plan.measure == code and plan.period == period])


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

"""A Red asks for reason, action, owner and date; what is said of it is kept (RULES 15)."""

from collections.abc import Collection, Iterable, Sequence

from collector.acting import Acting, NotDone
from collector.cover import may_report
from collector.domain.action import PlanForRed, SaidPlan, merged, missing
from collector.domain.figure import Figure
from collector.domain.indicator import lineage
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
    if code not in codes_of(view, acting.by) and not may_report(view, acting.by.id, code):
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
    what = "plan" if said.action or said.owner or said.by_when else "reason"
    out = missing(whole) if whole and before is None and is_red(view, code) else []
    return (f"{code}: your {what} is {_KEPT}.{f' Still to be said: {listed(out)}.' if out else ''}",)


def reasons_in(said: Iterable[SaidPlan]) -> dict[str, str]:
    """The reasons that a message gives and nothing else of a plan, by code: they may be a correction's."""
    return {each.code: each.reason for each in said if each == SaidPlan(each.code, each.reason)}


def heard_plans(
    acting: Acting, view: RoundView, said: Iterable[SaidPlan], submission: int, corrected: Collection[str]
) -> list[str]:
    """Keep every plan of a message; what its answer says about each.

    A reason alone is that of the correction where its figure was `corrected`, and kept with it.
    """
    given = list(said)
    alone, told = reasons_in(given), list[str]()
    for each in given:
        if each.code in corrected and each.code in alone:
            continue
        try:
            told += give_plan(acting, view, each, submission)
        except NotDone as not_done:
            told.append(str(not_done))
    return told


def asks_for_plan(view: RoundView, figures: Iterable[Figure]) -> list[str]:
    """What the receipt adds for figures that are Red and have no plan yet, with the words that give one."""
    return [
        f"{code} is Red. {how_to_plan(code)}"
        for code in _with_wholes(view, (figure.reported.measure for figure in figures))
        if is_red(view, code) and plan_of(view, code) is None
    ]


def how_to_plan(code: str) -> str:
    """The words that give a plan."""
    return (
        "Reply with the reason, what is being done, who owns it and by when, like this:"
        f" {code} Reason: ... Action: ... Owner: ... By: ..."
    )


def red_of(view: RoundView, person: Person) -> tuple[str, ...]:
    """The codes of somebody's figures that are Red now."""
    return tuple(code for code in codes_of(view, person) if is_red(view, code))


def without_plan(view: RoundView, person: Person) -> tuple[str, ...]:
    """The codes of somebody's figures that are Red and of which nobody has said why or what is done."""
    return tuple(code for code in red_of(view, person) if plan_of(view, code) is None)


def codes_of(view: RoundView, person: Person) -> list[str]:
    """What somebody reports, also in other quarters than this, and each whole of which a part is theirs.

    Any of a whole's contributors can say what is done.
    """
    owed = [one.measure for one in view.owed_by(person.id)]
    return _with_wholes(view, dict.fromkeys((*owed, *view.not_owed_now(person.id))))


def names_of(view: RoundView, code: str) -> set[str]:
    """A code, and those whose series it continues."""
    return {held.code for held in lineage(view.partnership.dated, code)}


def _with_wholes(view: RoundView, codes: Iterable[str]) -> list[str]:
    named = list(codes)
    return list(dict.fromkeys((*named, *(whole for code in named if (whole := view.whole_of(code))))))


def is_red(view: RoundView, code: str) -> bool:
    """Whether a figure stands that is Red."""
    held = view.figures.get(code)
    return held is not None and view.judged(held.reported).rag is Rag.RED


def plan_of(view: RoundView, code: str) -> PlanForRed | None:
    """What was said about a figure of this round, put together."""
    found = [plan for plan in view.signing.plans if (plan.measure, plan.period) == (code, view.round.period)]
    return merged(found)


#: What is missing where nobody has said what is done about a Red.
UNSAID = "reason, action, owner and date are still to be said."


def plan_line(view: RoundView, code: str) -> list[str]:
    """What is done about a Red figure, in one line, or that nobody has said yet; nothing about any other."""
    if not is_red(view, code):
        return []
    plan = plan_of(view, code)
    if plan is None:
        return [f"No plan yet: {UNSAID}"]
    out = listed(left) if (left := missing(plan)) else ""
    said = (("Reason", plan.reason), ("Action", plan.action), ("Owner", plan.owner), ("By", plan.deadline))
    told = (f"{name}: {words.rstrip(' .')}." for name, words in (*said, ("Still to be said", out)) if words)
    return [" ".join(told)]


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

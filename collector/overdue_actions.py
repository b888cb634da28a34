"""What was to be done about a Red figure by a day that is over, and nobody has said that it is done (RULES 15)."""

from datetime import datetime

from collector.domain.action import LOOKED_BACK, PlanForRed, merged
from collector.domain.indicator import lineage
from collector.domain.period import Quarter
from collector.ports import Calendar, Unit

#: What the coordinator is told above the actions whose date is past.
ACTIONS_TOLD = "These actions about Red figures have passed their dates, and nobody has said what came of them."


def overdue_actions(unit: Unit, calendar: Calendar, now: datetime, told: datetime | None) -> list[str]:
    """The actions whose date has passed since the coordinator was told last, a line each."""
    latest, today = unit.rounds.latest(), calendar.local(now).date()
    if latest is None:
        return []
    partnership = unit.plan.get()
    dated = partnership.dated if partnership else {}
    said = unit.plans.all(*latest.period.with_before(LOOKED_BACK - 1))
    groups: dict[tuple[Quarter, str], list[PlanForRed]] = {}
    for plan in said:
        groups.setdefault((plan.period, plan.measure), []).append(plan)
    known = calendar.local(told).date() if told is not None else None
    lines = []
    for (period, measure), plans in sorted(groups.items()):
        whole = merged(plans)
        if whole is None or whole.due is None or whole.due >= today or not whole.action:
            continue
        later = (plan for plan in said if plan.period >= period and plan.outcome)
        # What came of it may be said of the code that carries the series on.
        if any(measure in {held.code for held in lineage(dated, plan.measure)} | {plan.measure} for plan in later):
            continue
        if told is None or known is None or whole.due >= known or whole.at > told:
            lines.append(_words(whole))
    return lines


def _words(plan: PlanForRed) -> str:
    owner = f" Owner: {plan.owner}." if plan.owner else ""
    return f"{plan.measure}, {plan.period}: \u201c{plan.action}\u201d was to be done by {plan.deadline}.{owner}"

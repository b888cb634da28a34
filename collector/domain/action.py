"""What is done about a Red figure: reason, action, owner and date, and what came of it (RULES 15)."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from collector.domain.period import Quarter, day


@dataclass(frozen=True)
class SaidPlan:
    """The parts of a plan as somebody wrote them, "" where they said nothing; `code` is "" where they named none.

    `due` is the day that `by_when` names, where it names one.
    """

    code: str = ""
    reason: str = ""
    action: str = ""
    owner: str = ""
    by_when: str = ""
    outcome: str = ""
    due: date | None = None


@dataclass(frozen=True)
class PlanForRed:
    """What one message said about a measure's Red figure in a round; later ones add to earlier ones."""

    period: Quarter
    measure: str
    person: str
    submission: int
    at: datetime
    reason: str = ""
    action: str = ""
    owner: str = ""
    by_when: str = ""
    outcome: str = ""
    due: date | None = None

    @property
    def deadline(self) -> str:
        """By when, in words: the day, or what was said in place of one."""
        return day(self.due) if self.due else self.by_when


#: What is done about a Red figure is asked about for so many quarters after its own.
LOOKED_BACK = 4

#: The parts a plan has, and how each is asked for.
PARTS = {
    "reason": "the reason",
    "action": "what is being done",
    "owner": "who owns it",
    "by_when": "by when",
}


def merged(plans: list[PlanForRed]) -> PlanForRed | None:
    """All that was said of one figure, the latest word on each part; None where nothing was."""
    if not plans:
        return None
    said = [field.name for field in fields(SaidPlan) if field.name not in ("code", "due")]
    whole = plans[0]
    for plan in plans[1:]:
        due = plan.due if plan.by_when else whole.due
        whole = replace(plan, due=due, **{name: getattr(plan, name) or getattr(whole, name) for name in said})
    return whole


def missing(plan: PlanForRed) -> list[str]:
    """The parts that are still to be said, in words."""
    return [words for name, words in PARTS.items() if not getattr(plan, name)]

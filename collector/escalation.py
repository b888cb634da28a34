"""What is overdue by the last rung goes to the partner's own SEG member, then to the chair (RULES 21).

It goes once the coordinator has released it. It names organisations, never officers, to the SEG member as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from collector.books import OutboxState, Planned
from collector.closing import is_over
from collector.domain.people import Person, Role
from collector.domain.round import Obligation, ObligationState
from collector.messages import Notice
from collector.owing import due_of
from collector.ports import Calendar, Unit
from collector.view import RoundView
from collector.wording import number_word, on_day, some

#: The kind of an escalation, and of one that has no SEG member to go to: its text goes to the coordinator.
ESCALATION = "escalation"
PREPARED = "prepared"
#: So many working days after the last rung, or the due day where no rung comes after it, it goes to the chair.
AFTER_SEG = 5
_LAST_RUNG = 5


@dataclass(frozen=True, order=True)
class Step:
    """Figures that are out are to be escalated to somebody at a moment: to SEG first, then to the chair."""

    at: datetime
    stage: str
    person: str


SEG, CHAIR = "seg", "chair"


def plan_escalations(unit: Unit, view: RoundView, calendar: Calendar, now: datetime) -> list[Planned]:
    """Prepare what has come due, one message for each person and stage; of the moments that passed only the latest."""
    latest: dict[tuple[str, str], Step] = {}
    for step in sorted(steps(view, calendar)):
        if step.at <= now:
            latest[step.stage, step.person] = step
    prepared = (_prepared(unit, view, step, calendar, now) for step in latest.values())
    return [one for one in prepared if one is not None and unit.outbox.plan(one, now)]


def steps(view: RoundView, calendar: Calendar) -> set[Step]:
    """Every moment at which something that is out now is to be escalated."""
    timetable = view.partnership.timetable
    last = max((days for days in timetable.rungs if days > 0), default=_LAST_RUNG)
    moments: dict[date, tuple[datetime, datetime]] = {}
    recipients: dict[tuple[str, str], Person | None] = {}
    found = set()
    for owed in _out(view):
        organisation = view.organisation(owed.person)
        due = due_of(owed, view.definitions[owed.measure], view.round, calendar).date()
        if due not in moments:
            first, second = (calendar.shift(due, days) for days in (last, last + AFTER_SEG))
            moments[due] = calendar.at(first, timetable.office_opens), calendar.at(second, timetable.office_opens)
        for at, stage in zip(moments[due], (SEG, CHAIR), strict=True):
            if (stage, organisation) not in recipients:
                recipients[stage, organisation] = _recipient(view, stage, organisation)
            person = recipients[stage, organisation]
            if person is not None:
                found.add(Step(at, stage, person.id))
    return found


def escalation_now(view: RoundView, planned: Planned, calendar: Calendar, now: datetime) -> Notice | None:
    """What an escalation that has waited says now; None when everything has come in meanwhile."""
    person, stage = view.people.get(planned.person), planned.dedupe_key.split(":")[2]
    return _notice(view, person, stage, calendar, now) if person else None


def _out(view: RoundView) -> Iterable[Obligation]:
    """What is out and asked for: what nobody is reminded of any more is not escalated."""
    out = (owed for owed in view.obligations if owed.state is not ObligationState.IN)
    return (owed for owed in out if not is_over(view, owed.measure))


def _recipient(view: RoundView, stage: str, organisation: str) -> Person | None:
    """The chair; or the partner's own SEG member, and where there is none the coordinator."""
    partnership = view.partnership
    if stage == CHAIR:
        return next(iter(partnership.with_role(Role.CHAIR)), None)
    members = (one for one in partnership.with_role(Role.SEG) if one.organisation == organisation and one.addresses)
    return next(iter((*members, *partnership.with_role(Role.COORDINATOR))), None)


def _prepared(unit: Unit, view: RoundView, step: Step, calendar: Calendar, now: datetime) -> Planned | None:
    person, period = view.people[step.person], view.round.period
    kind = PREPARED if person.role is Role.COORDINATOR else ESCALATION
    prefix = f"{kind}:{period.key}:{step.stage}:{step.person}:"
    _, last = unit.outbox.last(prefix, period)
    if last is not None and (last.state is OutboxState.HELD or last.planned_at >= step.at):
        return None
    notice = _notice(view, person, step.stage, calendar, now)
    if notice is None:
        return None
    key, channel = f"{prefix}{calendar.local(step.at).date().isoformat()}", person.by_mail_or_slack
    return Planned(key, person.id, notice, now, unprompted=True, period=period, channel=channel)


def _overdue(view: RoundView, person: Person, stage: str, calendar: Calendar, now: datetime) -> dict[str, list[str]]:
    """What is overdue and goes to somebody at a stage, a line for each figure, by organisation."""
    found: dict[str, list[str]] = {}
    theirs: dict[str, bool] = {}
    for owed in _out(view):
        definition, organisation = view.definitions[owed.measure], view.organisation(owed.person)
        due = due_of(owed, definition, view.round, calendar)
        if organisation not in theirs:
            theirs[organisation] = _recipient(view, stage, organisation) == person
        if due < now and theirs[organisation]:
            when = on_day(calendar.local(due).date())
            found.setdefault(organisation, []).append(f"{definition.code} {definition.short}: due {when}")
    return found


def _notice(view: RoundView, to: Person, stage: str, calendar: Calendar, now: datetime) -> Notice | None:
    overdue = _overdue(view, to, stage, calendar, now)
    if not overdue:
        return None
    period = view.round.period
    count = sum(map(len, overdue.values()))
    figures = f"{number_word(count)} figure{'' if count == 1 else 's'}"
    lines = [f"{organisation}: {len(owed)} overdue" for organisation, owed in overdue.items()]
    if len(overdue) == 1:
        lines = next(iter(overdue.values()))
    whose = next(iter(overdue)) if len(overdue) == 1 else f"{len(overdue)} organisations"
    return Notice(
        to=to.title,
        subject=f"Overdue from {whose}: {figures.lower()} for {period}",
        paragraphs=(
            f"{figures} from {whose} for {period} {'is' if count == 1 else 'are'} overdue."
            " The round's reminders are over, and nothing more has come in.",
            *some(lines),
            _ASKS[to.role],
        ),
        period=period,
    )


_ASKS = {
    Role.CHAIR: "What you can do: raise it with the organisations, or reply to say how you want it handled.",
    Role.SEG: "Ask in your organisation for the figures, or reply to say what stands in the way and by when they come.",
    Role.COORDINATOR: (
        "No member of the Strategic Executive Group is on the list for them, so this comes to you: pass it on to"
        f" somebody senior there. If nothing comes, the collector prepares a message to the chair"
        f" in {AFTER_SEG} working days."
    ),
}

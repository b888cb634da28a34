"""What nobody can answer for, and whose work goes to somebody else because they left: told to the coordinator.

Each is told once, and again every five working days while it lasts.
"""

from collections.abc import Iterator
from datetime import date, datetime

from collector.alarm import Alarm
from collector.cover import Cover
from collector.domain.absence import Absence
from collector.domain.period import day
from collector.domain.round import Obligation, ObligationState
from collector.mail_care import mail_alarms
from collector.outages import lasting_outages
from collector.ports import Calendar, Unit
from collector.view import RoundView, always_there, current_views

#: Working days after which an alarm that lasts is told again.
AGAIN_AFTER = 5


def alarms_of(view: RoundView, today: date) -> list[Alarm]:
    """Every indicator of a round that nobody can answer for today, and what leavers have left behind."""
    cover = Cover(view, today)
    found: list[Alarm] = []
    leavers: dict[tuple[str, str], list[Obligation]] = {}
    for owner in view.may_be_missing:
        for owed in view.owed_by(owner):
            if owed.state is ObligationState.IN and owed.measure not in view.open_queries:
                continue
            answers = cover.answers(owed)
            if answers is None:
                found.append(_nobody(view, owed.measure, cover.why_not(owner)))
            elif answers != owner and cover.has_left(owner):
                leavers.setdefault((owner, answers), []).append(owed)
    found += [_nobody(view, code, "Nobody owes it") for code in _unowned(view)]
    return [*found, *(_left(cover, owner, heir, owed) for (owner, heir), owed in leavers.items())]


def due_alarms(unit: Unit, calendar: Calendar, now: datetime) -> list[Alarm]:
    """The alarms that are to be told now; what has passed by itself is forgotten, so that it would be told anew."""
    today, told = calendar.local(now).date(), unit.people.alarms()
    about_mail = list(mail_alarms(unit, calendar))
    if not (told or about_mail) and _all_is_well(unit):
        return []
    lasting = [alarm for view in current_views(unit, now) for alarm in alarms_of(view, today)]
    lasting += [*about_mail, *_proposals(unit, today)]
    lasting += [Alarm(key, words) for key, words in lasting_outages(unit, calendar, now)]
    for key in told.keys() - {alarm.key for alarm in lasting}:
        unit.people.alarm_over(key)
    return [alarm for alarm in lasting if _is_due(told.get(alarm.key), today, calendar)]


def _all_is_well(unit: Unit) -> bool:
    """Whether no alarm can be: asked at every tick, so without a look at a round."""
    partnership = unit.plan.get()
    if partnership is None:
        return True
    owned = {held.measure for held in partnership.responsibilities}
    people = {person.id for person in partnership.people if always_there(person)}
    return (
        not unit.people.absences()
        and not unit.outages.all()
        and len(people) == len(partnership.people)
        and all(definition.code in owned or definition.parts for definition in partnership.definitions)
        and all(held.person in people for held in partnership.responsibilities)
    )


def _is_due(told: datetime | None, today: date, calendar: Calendar) -> bool:
    return told is None or calendar.working_days_between(calendar.local(told).date(), today) >= AGAIN_AFTER


def _unowned(view: RoundView) -> Iterator[str]:
    for code, definition in view.definitions.items():
        if view.round.period.number in definition.owed_in and not definition.parts and not view.owner_of(code):
            yield code


def _nobody(view: RoundView, code: str, why: str) -> Alarm:
    words = f"{code} ({view.definitions[code].short}) for {view.round.period}: nobody can answer. {why}"
    return Alarm(
        f"nobody:{view.round.period.key}:{code}",
        f"{words}, and no deputy or lead can be reached in their place. Say who stands in, or hand it over.",
    )


def _left(cover: Cover, owner: str, heir: str, owed: list[Obligation]) -> Alarm:
    measures = [one.measure for one in owed]
    codes, named = ", ".join(measures), " and ".join(measures)
    title = cover.view.people[heir].title
    return Alarm(
        f"left:{cover.view.round.period.key}:{owner}:{heir}",
        f"{cover.why_not(owner)}. What is out for {cover.view.round.period} goes to the {title}: {codes}."
        f" To make that lasting, reply: hand over {named} to, and who reports it now; or change the definition file.",
    )


def _proposals(unit: Unit, today: date) -> Iterator[Alarm]:
    partnership = unit.plan.get()
    titles = {person.id: person.title for person in partnership.people} if partnership else {}
    for said in unit.people.absences():
        if said.proposed and said.until is not None and said.until > today and said.person in titles:
            yield Alarm(f"away:{said.id}", _proposal(said, titles[said.person]))


def _proposal(said: Absence, title: str) -> str:
    until = day(said.until) if said.until else ""
    return (
        f"An automatic reply says that the {title} is away until {until}. Nothing was changed: they are still written"
        f" to. To agree, reply: the {title} is on leave until {until}"
    )

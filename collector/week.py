"""Once a week the group's channel gets a summary below its board: counts by organisation, as a picture and in words.

Like the board it shows who is in and who is out by organisation and never by person, and no colour (RULES 20).
"""

from collections import Counter
from datetime import datetime

from collector.books import OutboxState, Planned
from collector.chasing import LOOK_AGAIN, Rest
from collector.domain.people import Role
from collector.domain.round import RoundState
from collector.messages import WeekLine, WeekSummary
from collector.ports import Calendar, Unit
from collector.screening import SLACK
from collector.summary import board
from collector.view import RoundView, board_view
from collector.weekly import weekly_moment

#: How these posts are called in the outbox.
WEEK = "slack-week"


def plan_week(unit: Unit, calendar: Calendar, now: datetime, rest: Rest) -> list[Planned]:
    """Plan the summary of the week, once, below each board that stands; none once the round is locked."""
    partnership, opened = unit.plan.get(), unit.rounds.latest()
    if partnership is None or opened is None or opened.state is RoundState.LOCKED or not calendar.in_office_hours(now):
        return []
    moment = weekly_moment(partnership.timetable, opened, calendar, now)
    groups = [person for person in partnership.with_role(Role.SEG) if person.slack]
    if moment is None or not groups:
        return []
    stamped = {
        group.id: f"{WEEK}:{opened.period.key}:{calendar.local(moment).date().isoformat()}:{group.id}"
        for group in groups
    }
    seen = (*unit.pulse(), *stamped.values())
    if rest.holds(seen, now) or all(unit.outbox.has(key) for key in stamped.values()):
        return []
    view = board_view(unit, opened.period)
    planned = []
    for group, key in stamped.items():
        _, last = unit.outbox.last(f"slack-board:{opened.period.key}:{group}:", opened.period)
        # Without a board there is no thread to stand in; its counts stand in the board once it is posted.
        root = last.planned.edits or last.external_ref if last and last.state is OutboxState.SENT else None
        if root:
            said = week_of(view, view.people[group].title, calendar.local(now))
            one = Planned(
                key, group, said, now, unprompted=True, period=opened.period, channel=SLACK, references=(root,)
            )
            planned += [one] if unit.outbox.plan(one, now) else []
    rest.seen, rest.until = seen, now + LOOK_AGAIN
    return planned


def week_of(view: RoundView, to: str, now: datetime) -> WeekSummary:
    """The week's summary as the books are at a moment, in local time."""
    state = board(view, now)
    owed, received = Counter[str](), Counter[str]()
    for indicator, obligations in view.by_indicator.items():
        known = view.is_in(indicator) and not view.awaiting_source(indicator)
        for organisation in dict.fromkeys(view.organisation(each.person) for each in obligations):
            owed[organisation] += 1
            received[organisation] += known
    out = {line.organisation: line.outstanding for line in state.outstanding}
    lines = (
        WeekLine(name, received[name], out.get(name, 0), max(0, count - received[name] - out.get(name, 0)))
        for name, count in sorted(owed.items())
    )
    signed = tuple(f"{one.code} {one.title}" for one in state.signed)
    return WeekSummary(to, view.round.period, now, state.due, state.owed, state.received, tuple(lines), signed)

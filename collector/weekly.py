"""The clock's weekly and daily business: board for SEG, digest for the chair, the coordinator's list of odd things."""

from datetime import datetime, timedelta

from collector.books import InboxRow, Planned
from collector.domain.people import Role
from collector.domain.round import RoundState
from collector.messages import Message, Notice
from collector.ports import Calendar, Unit
from collector.summary import board, digest
from collector.view import RoundView
from collector.wording import some, weekday


def plan_weekly(unit: Unit, view: RoundView, calendar: Calendar, now: datetime) -> list[Planned]:
    """Plan board and digest of the week, once; a service that was down sends the latest week's only."""
    moment = weekly_moment(view, calendar, now)
    if moment is None or view.round.state is not RoundState.OPEN or not calendar.in_office_hours(now):
        return []
    stamp = f"{view.round.period.key}:{moment.date().isoformat()}"
    local = calendar.local(now)
    wanted: list[tuple[str, Role, Message]] = [
        (f"board:{stamp}", Role.SEG, board(view, local)),
        (f"digest:{stamp}", Role.CHAIR, digest(view, local, digest_since(unit, view))),
    ]
    planned = [
        Planned(f"{key}:{person.id}", person.id, message, now, unprompted=True, period=view.round.period)
        for key, role, message in wanted
        for person in view.partnership.with_role(role)
    ]
    return [one for one in planned if unit.outbox.plan(one, now)]


def weekly_moment(view: RoundView, calendar: Calendar, now: datetime) -> datetime | None:
    """The latest weekly moment that has come since the round opened; None before the first."""
    timetable = view.partnership.timetable
    today = calendar.local(now).date()
    day = today - timedelta(days=(today.weekday() - timetable.weekly_on) % 7)
    moment = calendar.at(day, timetable.weekly_at)
    if moment > now:
        moment = calendar.at(day - timedelta(days=7), timetable.weekly_at)
    return moment if moment > view.round.opens else None


def digest_since(unit: Unit, view: RoundView) -> datetime:
    """When the chair was told last."""
    return unit.outbox.last_planned(f"digest:{view.round.period.key}:") or view.round.opens


def plan_review(unit: Unit, calendar: Calendar, now: datetime) -> list[Planned]:
    """Tell the coordinator, at most once a day, what was set aside since the last time (promise 3)."""
    partnership = unit.plan.get()
    if partnership is None or not calendar.in_office_hours(now):
        return []
    told = unit.outbox.last_planned("review:")
    fresh = [row for row in unit.inbox.quarantined() if told is None or row.received_at > told]
    if not fresh:
        return []
    day = calendar.local(now).date().isoformat()
    planned = [
        Planned(f"review:{day}:{person.id}", person.id, _review(person.title, fresh, calendar), now, unprompted=True)
        for person in partnership.with_role(Role.COORDINATOR)
    ]
    return [one for one in planned if unit.outbox.plan(one, now)]


def _review(title: str, rows: list[InboxRow], calendar: Calendar) -> Notice:
    lines = [f"{weekday(calendar.local(row.received_at))}, message {row.id}: {row.reason}" for row in rows]
    count = f"{len(rows)} message{'s' if len(rows) != 1 else ''}"
    return Notice(
        to=title,
        subject=f"{count} set aside for you",
        paragraphs=(
            f"The collector set {count} aside: no figure was changed, and what came is kept as it came.",
            *some(lines),
            "To see what is set aside, run: collector status",
        ),
    )

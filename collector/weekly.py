"""The clock's weekly and daily business: board for SEG, digest for the chair, the coordinator's list of odd things."""

from datetime import datetime, timedelta

from collector.books import AuditLine, InboxRow, Planned
from collector.delivery import NOT_DELIVERED
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
    fresh = [row for row in unit.inbox.quarantined() if told is None or (row.settled_at or row.received_at) > told]
    lost = [line for line in unit.audit.lines() if line.action == NOT_DELIVERED and (told is None or line.at > told)]
    if not fresh and not lost:
        return []
    day = calendar.local(now).date().isoformat()
    planned = [
        Planned(f"review:{day}:{who.id}", who.id, _review(who.title, fresh, lost, calendar), now, unprompted=True)
        for who in partnership.with_role(Role.COORDINATOR)
    ]
    return [one for one in planned if unit.outbox.plan(one, now)]


def _review(title: str, rows: list[InboxRow], lost: list[AuditLine], calendar: Calendar) -> Notice:
    paragraphs: list[str] = []
    subjects: list[str] = []
    if rows:
        count = f"{len(rows)} message{'s' if len(rows) != 1 else ''}"
        subjects.append(f"{count} set aside for you")
        paragraphs.append(f"The collector set {count} aside: no figure was changed, and what came is kept as it came.")
        day = (weekday(calendar.local(row.received_at)) for row in rows)
        paragraphs += some([f"{when}, message {row.id}: {row.reason}" for when, row in zip(day, rows, strict=True)])
    if lost:
        count = f"{len(lost)} mail{'s' if len(lost) != 1 else ''}"
        subjects.append(f"{count} not delivered")
        paragraphs.append(f"{count} could not be delivered. Tell these people another way, and check their addresses.")
        paragraphs += some([f"{line.subject}: {line.reason}" for line in lost])
    paragraphs.append("To see what is set aside and what was not delivered, run: collector status")
    return Notice(to=title, subject=", ".join(subjects), paragraphs=tuple(paragraphs))

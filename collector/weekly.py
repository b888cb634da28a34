"""The clock's weekly and daily business: board for SEG, digest for the chair, the coordinator's list of odd things."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from collector.books import AuditLine, InboxRow, OutboxRow, OutboxState, Planned
from collector.delivery import NOT_DELIVERED
from collector.domain.people import Person, Role
from collector.domain.round import RoundState
from collector.messages import Board, Message, Notice
from collector.ports import Calendar, Unit
from collector.screening import SLACK
from collector.summary import board, digest
from collector.view import RoundView
from collector.wording import some, weekday

#: Between two edits of the board in Slack.
BOARD_PAUSE = timedelta(minutes=2)
#: Between a board that could not be posted and another try.
_NEW_BOARD = timedelta(days=1)
#: What can't be handed over for so long is told to the coordinator.
_STUCK = timedelta(hours=1)


def plan_weekly(unit: Unit, view: RoundView, calendar: Calendar, now: datetime) -> list[Planned]:
    """Plan board and digest of the week, once; a service that was down sends the latest week's only."""
    moment = weekly_moment(view, calendar, now)
    if moment is None or view.round.state is not RoundState.OPEN or not calendar.in_office_hours(now):
        return []
    stamp = f"{view.round.period.key}:{moment.date().isoformat()}"
    local = calendar.local(now)
    wanted: list[tuple[str, Person, Message]] = [
        *((f"digest:{stamp}", who, digest(view, local, digest_since(unit, view))) for who in _all(view, Role.CHAIR)),
        # A group that is in Slack only has its board there.
        *((f"board:{stamp}", who, board(view, local)) for who in _all(view, Role.SEG) if who.addresses),
    ]
    planned = [
        Planned(
            f"{key}:{who.id}",
            who.id,
            message,
            now,
            unprompted=True,
            period=view.round.period,
            channel=who.by_mail_or_slack,
        )
        for key, who, message in wanted
    ]
    return [one for one in planned if unit.outbox.plan(one, now)]


def _all(view: RoundView, role: Role) -> tuple[Person, ...]:
    return view.partnership.with_role(role)


def plan_slack_board(unit: Unit, view: RoundView, calendar: Calendar, now: datetime) -> list[Planned]:
    """One board a round in the group's channel, edited in place as returns come in (RULES 20, WORDS 9).

    An edit waits for the one before it, and no two come within `BOARD_PAUSE`; an edit tells nobody anything, so it
    waits for no office hour. A board that is gone from the channel is posted anew, at most once a day.
    """
    wanted = board(view, calendar.local(now))
    planned = [
        found
        for person in view.partnership.with_role(Role.SEG)
        if person.slack is not None and (found := _board_due(unit, view, person.id, wanted, now, calendar))
    ]
    return [one for one in planned if unit.outbox.plan(one, now)]


def _board_due(
    unit: Unit, view: RoundView, group: str, wanted: Board, now: datetime, calendar: Calendar
) -> Planned | None:
    prefix = f"slack-board:{view.round.period.key}:{group}:"
    before = [row for row in unit.outbox.rows(view.round.period) if row.planned.dedupe_key.startswith(prefix)]
    key = f"{prefix}{len(before) + 1}"
    post = Planned(key, group, wanted, now, unprompted=True, period=view.round.period, channel="slack")
    if not before:
        return post if calendar.in_office_hours(now) else None
    last = before[-1]
    if last.state in (OutboxState.FAILED, OutboxState.CANCELLED):
        return post if now >= last.planned_at + _NEW_BOARD and calendar.in_office_hours(now) else None
    if last.state is not OutboxState.SENT or last.sent_at is None:
        return None
    if isinstance(last.planned.message, Board) and replace(last.planned.message, at=wanted.at) == wanted:
        return None
    return replace(post, not_before=max(now, last.sent_at + BOARD_PAUSE), unprompted=False, edits=last.external_ref)


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
    """Tell the coordinator, at most once a day, what was set aside since the last time, and what does not go out."""
    partnership = unit.plan.get()
    if partnership is None or not calendar.in_office_hours(now):
        return []
    told = unit.outbox.last_planned("review:")
    fresh = [row for row in unit.inbox.quarantined() if told is None or (row.settled_at or row.received_at) > told]
    lost = [line for line in unit.audit.lines() if line.action == NOT_DELIVERED and (told is None or line.at > told)]
    paragraphs, subjects = _review(fresh, lost, unit.outbox.stuck(now - _STUCK), calendar)
    if not subjects:
        return []
    day = calendar.local(now).date().isoformat()
    planned = [
        Planned(
            f"review:{day}:{who.id}",
            who.id,
            Notice(to=who.title, subject=", ".join(subjects), paragraphs=tuple(paragraphs)),
            now,
            unprompted=True,
            channel=who.by_mail_or_slack,
        )
        for who in partnership.with_role(Role.COORDINATOR)
    ]
    return [one for one in planned if unit.outbox.plan(one, now)]


def _review(
    rows: list[InboxRow], lost: list[AuditLine], stuck: Sequence[OutboxRow], calendar: Calendar
) -> tuple[list[str], list[str]]:
    """The paragraphs of the coordinator's notice, and what its subject names."""
    paragraphs: list[str] = []
    subjects: list[str] = []
    if rows:
        count = _counted(len(rows), "message")
        subjects.append(f"{count} set aside for you")
        paragraphs.append(f"The collector set {count} aside: no figure was changed, and what came is kept as it came.")
        day = (weekday(calendar.local(row.received_at)) for row in rows)
        paragraphs += some([f"{when}, message {row.id}: {row.reason}" for when, row in zip(day, rows, strict=True)])
    if lost:
        count = _counted(len(lost), "message")
        subjects.append(f"{count} not delivered")
        paragraphs.append(f"{count} could not be delivered. Tell these people another way, and check their addresses.")
        paragraphs += some([f"{line.subject}: {line.reason}" for line in lost])
    for channel, number in Counter(row.planned.channel for row in stuck).most_common():
        count = _counted(number, "message")
        subjects.append(f"{count} still to go out")
        way = "Slack" if channel == SLACK else "the mail server"
        paragraphs.append(
            f"{count} could not be handed to {way} for more than an hour. Nothing is lost: each is tried again until it"
            f" is taken. The service's log says what {way} answers."
        )
    paragraphs.append("To see what is set aside and what was not delivered, run: collector status")
    return paragraphs, subjects


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

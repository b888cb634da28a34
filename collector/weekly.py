"""The clock's weekly and daily business: board for SEG, digest for the chair, the coordinator's list of odd things."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from collector.alarm import Alarm
from collector.alarms import due_alarms
from collector.books import InboxRow, OutboxRow, Planned
from collector.chasing import LOOK_AGAIN, Rest
from collector.coordinators import told_of_it
from collector.corrections import CORRECTIONS_TOLD, fresh_corrections
from collector.delivery import NOT_DELIVERED
from collector.domain.partnership import Partnership
from collector.domain.people import Role
from collector.domain.round import Round, RoundState
from collector.domain.timetable import Timetable
from collector.failing import clear_gone_through
from collector.mail_care import not_answered
from collector.messages import Board, Message, Notice
from collector.overdue_actions import ACTIONS_TOLD, overdue_actions
from collector.ports import Calendar, Unit
from collector.posting import BOARD_PAUSE, Post, next_post
from collector.releasing import described
from collector.remarks import REMARKS_TOLD, fresh_remarks
from collector.requests import fresh_requests, told_of_requests
from collector.screening import SLACK
from collector.summary import board, digest, has_moved
from collector.undelivered import lost_lines
from collector.view import RoundView, board_view, view_round
from collector.wording import some, weekday

#: What can't be handed over for so long is told to the coordinator.
_STUCK = timedelta(hours=1)


def plan_weekly(unit: Unit, calendar: Calendar, now: datetime, rest: Rest) -> list[Planned]:
    """Plan board and digest of the week, once; a service that was down sends the latest week's only."""
    partnership, opened = unit.plan.get(), unit.rounds.latest()
    if partnership is None or opened is None:
        return []
    moment = weekly_moment(partnership.timetable, opened, calendar, now)
    if moment is None or not calendar.in_office_hours(now):
        return []
    period, local = opened.period, calendar.local(now)
    wanted = [
        *((f"digest:{period.key}:", who) for who in partnership.with_role(Role.CHAIR)),
        # A group that is in Slack only has its board there.
        *((f"board:{period.key}:", who) for who in partnership.with_role(Role.SEG) if who.addresses),
    ]
    stamped = [(kind, f"{kind}{moment.date().isoformat()}:{who.id}", who) for kind, who in wanted]
    seen = unit.pulse()
    if all(unit.outbox.has(key) for _, key, _ in stamped) or rest.holds(seen, now):
        return []
    view = view_round(unit, period)
    since = digest_since(unit, view)
    # A locked round is told of again only when something about it changed.
    if view.round.state is RoundState.LOCKED and not has_moved(view, since):
        rest.seen, rest.until = seen, now + LOOK_AGAIN
        return []
    planned = []
    for kind, key, who in stamped:
        said: Message = digest(view, local, since) if who.role is Role.CHAIR else board(view, local)
        one = Planned(key, who.id, said, now, unprompted=True, period=period, channel=who.by_mail_or_slack)
        if unit.outbox.plan(one, now):
            # One that still waits is overtaken: nobody gets last week's page after this week's.
            unit.outbox.overtake(kind, period, who.id, key)
            planned.append(one)
    return planned


def plan_slack_board(unit: Unit, calendar: Calendar, now: datetime, rest: Rest) -> list[Planned]:
    """One board a round in the group's channel, edited in place as returns come in (RULES 20, WORDS 9).

    An edit waits for the one before it, and no two come within `BOARD_PAUSE`; an edit tells nobody anything, so it
    waits for no office hour. A board that is gone from the channel is posted anew, at most once a day.
    """
    partnership, opened = unit.plan.get(), unit.rounds.latest()
    groups = [person for person in partnership.with_role(Role.SEG) if person.slack] if partnership else []
    if opened is None or not groups:
        return []
    period = opened.period
    posts = {
        group.id: next_post(unit, f"slack-board:{period.key}:{group.id}:", period, calendar, now) for group in groups
    }
    places = {group: post for group, post in posts.items() if post is not None}
    seen = (*unit.pulse(), *(post.key for post in places.values()))
    if not places or rest.holds(seen, now):
        return []
    wanted = board(board_view(unit, period), calendar.local(now))
    planned = [found for group, post in places.items() if (found := _board_due(post, group, wanted, now))]
    rest.seen, rest.until = seen, now + LOOK_AGAIN
    return [one for one in planned if unit.outbox.plan(one, now)]


def _board_due(place: Post, group: str, wanted: Board, now: datetime) -> Planned | None:
    post = Planned(place.key, group, wanted, now, unprompted=True, period=wanted.period, channel=SLACK)
    last = place.before
    if last is None or last.sent_at is None:
        return post
    if isinstance(last.planned.message, Board) and replace(last.planned.message, at=wanted.at) == wanted:
        return None
    return replace(post, not_before=max(now, last.sent_at + BOARD_PAUSE), unprompted=False, edits=last.external_ref)


def weekly_moment(timetable: Timetable, opened: Round, calendar: Calendar, now: datetime) -> datetime | None:
    """The latest weekly moment that has come since the round opened; None before the first."""
    today = calendar.local(now).date()
    day = today - timedelta(days=(today.weekday() - timetable.weekly_on) % 7)
    moment = calendar.at(day, timetable.weekly_at)
    if moment > now:
        moment = calendar.at(day - timedelta(days=7), timetable.weekly_at)
    return moment if moment > opened.opens else None


def digest_since(unit: Unit, view: RoundView) -> datetime:
    """When the chair was told last."""
    return unit.outbox.last_planned(f"digest:{view.round.period.key}:", view.round.period) or view.round.opens


def plan_review(unit: Unit, calendar: Calendar, now: datetime) -> list[Planned]:
    """Tell the coordinator, at most once a day, what was set aside since the last time, and what does not go out."""
    if not calendar.in_office_hours(now):
        return []
    told = unit.outbox.last_planned("review:")
    fresh = [row for row in unit.inbox.quarantined() if told is None or (row.settled_at or row.received_at) > told]
    lost = unit.audit.lines(action=NOT_DELIVERED, since=told)
    stuck, kept = unit.outbox.stuck(now - _STUCK), unit.outbox.held()
    waiting = fresh_corrections(unit, told)
    clear_gone_through(unit, now)
    alarms, unanswered = due_alarms(unit, calendar, now), not_answered(unit, told)
    overdue, remarks = overdue_actions(unit, calendar, now, told), fresh_remarks(unit, told)
    wishes = fresh_requests(unit, told)
    if not (fresh or lost or stuck or kept or waiting or alarms or unanswered or overdue or remarks or wishes):
        return []
    partnership = unit.plan.get()
    if partnership is None:
        return []
    paragraphs, subjects = _review(fresh, lost_lines(unit, lost), stuck, calendar, alarms)
    if waiting:
        subjects.append(f"{_counted(len(waiting), 'correction')} of closed rounds to decide")
        paragraphs += [CORRECTIONS_TOLD, *some(waiting)]
    if unanswered:
        subjects.append("more mail than is answered in a day")
        paragraphs += some(unanswered)
    if wishes:
        subjects.append(f"{_counted(len(wishes), 'change request')} for SEG")
        paragraphs += told_of_requests(wishes, partnership)
    if overdue:
        subjects.append(f"{_counted(len(overdue), 'action')} past the date")
        paragraphs += [ACTIONS_TOLD, *some(overdue)]
    if remarks:
        subjects.append(_counted(len(remarks), "remark") + " about figures")
        paragraphs += [REMARKS_TOLD, *some(remarks)]
    if fresh or lost or stuck or alarms:
        paragraphs.append("To see how the round stands, reply: status. To see what is set aside: quarantine")
    if kept:
        subjects.insert(0, f"{_counted(len(kept), 'message')} to release")
        paragraphs = [*_to_release(kept, partnership), *paragraphs]
    day = calendar.local(now).date().isoformat()
    notices = [
        Planned(
            f"review:{day}:{who.id}",
            who.id,
            Notice(to=who.title, subject=", ".join(subjects), paragraphs=tuple(paragraphs)),
            now,
            unprompted=True,
            channel=who.by_mail_or_slack,
        )
        for who in told_of_it(unit, partnership, calendar.local(now).date())
    ]
    planned = [one for one in notices if unit.outbox.plan(one, now)]
    for one in planned:
        unit.outbox.overtake("review:", None, one.person, one.dedupe_key)
    for alarm in alarms if planned else ():
        unit.people.alarm_told(alarm.key, now)
    return planned


def _review(
    rows: list[InboxRow],
    lost: Sequence[str],
    stuck: Sequence[OutboxRow],
    calendar: Calendar,
    alarms: Sequence[Alarm],
) -> tuple[list[str], list[str]]:
    """The paragraphs of the coordinator's notice, and what its subject names."""
    paragraphs: list[str] = []
    subjects: list[str] = []
    if alarms:
        people = "" if any(alarm.key.startswith("outage:") for alarm in alarms) else " about people"
        subjects.append(f"{_counted(len(alarms), 'thing')} to settle{people}")
        paragraphs += [alarm.words for alarm in alarms]
    if rows:
        count = _counted(len(rows), "message")
        subjects.append(f"{count} set aside for you")
        paragraphs.append(f"The collector set {count} aside: no figure was changed, and what came is kept as it came.")
        day = (weekday(calendar.local(row.received_at)) for row in rows)
        paragraphs += some([f"{when}, message {row.id}: {row.reason}" for when, row in zip(day, rows, strict=True)])
        paragraphs.append(
            f"To see {_it_or_one(rows)}, reply: show {rows[0].id}. To take it: accept {rows[0].id}, or accept"
            f" {rows[0].id} as who it is from. To leave it: reject {rows[0].id}: and why"
        )
    if lost:
        count = _counted(len(lost), "message")
        subjects.append(f"{count} not delivered")
        paragraphs.append(f"{count} could not be delivered. Tell these people another way, and check their addresses.")
        paragraphs += some(lost)
    for channel, number in Counter(row.planned.channel for row in stuck).most_common():
        count = _counted(number, "message")
        subjects.append(f"{count} still to go out")
        way = "Slack" if channel == SLACK else "the mail server"
        paragraphs.append(
            f"{count} could not be handed to {way} for more than an hour. Nothing is lost: each is tried again until it"
            f" is taken. The service's log says what {way} answers."
        )
    return paragraphs, subjects


def _to_release(kept: Sequence[OutboxRow], partnership: Partnership) -> list[str]:
    """What waits for release, for the coordinator (RULES 22)."""
    verb = "waits" if len(kept) == 1 else "wait"
    return [
        f"{_counted(len(kept), 'message')} {verb} for you to release. Nobody gets them before that.",
        *some([described(row, partnership) for row in kept]),
        f"To see {_it_or_one(kept)}, reply: show {kept[0].id}. To let it go: release {kept[0].id}. To put a sentence"
        f" before it: cover {kept[0].id}: the sentence. To take it back for good: drop {kept[0].id}",
        "All at once: release all, release all except and the numbers, or hold all.",
    ]


def _it_or_one(listed: Sequence[object]) -> str:
    """How an order's example speaks of what is listed above it; its number stands for each of theirs."""
    return "it" if len(listed) == 1 else "one"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

"""One post in a group's channel that is kept up to date: when it may go anew or be edited, and whether it has to be."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from collector.books import OutboxRow, OutboxState
from collector.domain.period import Quarter
from collector.ports import Calendar, Unit

#: Between two edits of a post in Slack.
BOARD_PAUSE = timedelta(minutes=2)
#: Between a post that could not be made and another try.
_NEW_BOARD = timedelta(days=1)


@dataclass(frozen=True)
class Post:
    """Where a post may go now: anew, or in the place of the one that was sent last."""

    key: str
    before: OutboxRow | None


def next_post(unit: Unit, prefix: str, period: Quarter, calendar: Calendar, now: datetime) -> Post | None:
    """The next version of a post whose keys begin so; None while one is on its way, or none may go."""
    count, last = unit.outbox.last(prefix, period)
    key = f"{prefix}{count + 1}"
    if last is None:
        return Post(key, None) if calendar.in_office_hours(now) else None
    if last.state in (OutboxState.FAILED, OutboxState.CANCELLED):
        anew = now >= last.planned_at + _NEW_BOARD and calendar.in_office_hours(now)
        return Post(key, None) if anew else None
    return Post(key, last) if last.state is OutboxState.SENT and last.sent_at is not None else None

"""One tick: ask the books what is due now and plan it. Double ticks change nothing, missed ones are caught up."""

from dataclasses import dataclass, field
from datetime import datetime

from collector.books import Planned
from collector.domain.round import Round
from collector.failpoints import Failpoint, Reached, pass_by
from collector.ports import Books, Calendar
from collector.reminders import plan_due
from collector.rounds import open_due_round
from collector.view import current_views
from collector.weekly import plan_review, plan_slack_board, plan_weekly


@dataclass(frozen=True)
class Ticked:
    """What a tick came to."""

    opened: Round | None
    planned: list[Planned]


@dataclass(frozen=True)
class Clock:
    """The clock's business over the books; `now` is always given."""

    books: Books
    calendar: Calendar
    reached: Reached = field(default=pass_by)

    def tick(self, now: datetime) -> Ticked:
        """Open what is to open and plan what is due."""
        opened = open_due_round(self.books, self.calendar, now)
        with self.books.begin() as unit:
            planned = plan_review(unit, self.calendar, now)
            views = current_views(unit, now)
            for view in views:
                planned += plan_due(unit, view, self.calendar, now)
            for view in views[:1]:
                planned += plan_weekly(unit, view, self.calendar, now)
                planned += plan_slack_board(unit, view, self.calendar, now)
        self.reached(Failpoint.PLANNED)
        return Ticked(opened, planned)

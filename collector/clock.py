"""One tick: ask the books what is due now and plan it. Double ticks change nothing, missed ones are caught up."""

from dataclasses import dataclass, field
from datetime import datetime

from collector.announcing import plan_late_changes
from collector.books import Planned
from collector.chasing import Rest, plan_reminders
from collector.domain.round import Round
from collector.failpoints import Failpoint, Reached, pass_by
from collector.locking import freeze_due
from collector.ports import Books, Calendar
from collector.retaining import retain_due
from collector.rounds import open_due_round
from collector.signing_sheet import plan_sheets
from collector.stale import drop_stale
from collector.week import plan_week
from collector.weekly import plan_review, plan_slack_board, plan_weekly


@dataclass(frozen=True)
class Ticked:
    """What a tick came to."""

    opened: Round | None
    planned: list[Planned]


@dataclass(frozen=True)
class Clock:
    """The clock's business over the books; `now` is always given.

    What an earlier tick found is remembered, so that one with nothing due reads next to nothing.
    """

    books: Books
    calendar: Calendar
    reached: Reached = field(default=pass_by)
    _rest: Rest = field(default_factory=Rest)
    _unsigned: Rest = field(default_factory=Rest)
    _unmoved: Rest = field(default_factory=Rest)
    _board: Rest = field(default_factory=Rest)
    _late: Rest = field(default_factory=Rest)
    _week: Rest = field(default_factory=Rest)
    _kept: Rest = field(default_factory=Rest)
    _stale: Rest = field(default_factory=Rest)

    def tick(self, now: datetime) -> Ticked:
        """Open what is to open and plan what is due."""
        opened = open_due_round(self.books, self.calendar, now)
        with self.books.begin() as unit:
            drop_stale(unit, self.calendar, now, self._stale)
            planned = plan_review(unit, self.calendar, now)
            freeze_due(unit, self.calendar, now)
            retain_due(unit, self.calendar, now, self._kept)
        planned += plan_reminders(self.books, self.calendar, now, self._rest)
        with self.books.begin() as unit:
            planned += plan_sheets(unit, self.calendar, now, self._unsigned)
            planned += plan_weekly(unit, self.calendar, now, self._unmoved)
            planned += plan_slack_board(unit, self.calendar, now, self._board)
            planned += plan_late_changes(unit, self.calendar, now, self._late)
            planned += plan_week(unit, self.calendar, now, self._week)
        self.reached(Failpoint.PLANNED)
        return Ticked(opened, planned)

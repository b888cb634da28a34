"""When a partnership's rounds open and are due, and the dates of the papers they lead to."""

from dataclasses import dataclass
from datetime import date, datetime, time

from collector.domain.period import Quarter


@dataclass(frozen=True)
class Papers:
    """The SEG date of one quarter's report, and the steps before it that are not where the timetable puts them.

    A step that is None is counted backwards in working days (RULES 17).
    """

    period: Quarter
    seg: date
    publication: date | None = None
    clearance: date | None = None
    draft: date | None = None
    freeze: date | None = None
    due: date | None = None
    opens: date | None = None


@dataclass(frozen=True)
class Dates:
    """All dates of one round. `opens` and `due` carry a zone; what follows is None in a quarter without a SEG date."""

    opens: datetime
    due: datetime
    freeze: date | None = None
    draft: date | None = None
    clearance: date | None = None
    publication: date | None = None
    seg: date | None = None


@dataclass(frozen=True)
class Timetable:
    """When a round opens and is due, its rungs, and when the office is open.

    With `papers` for a quarter its dates run backwards from the SEG date (RULES 17), each so many working days before
    the next: publication with `clear_days` clear working days between it and SEG, then `clearance_before`,
    `draft_before`, `freeze_before`, `due_before`, `opens_before`. Without, the round opens `opens_after` and is due
    `due_after` working days after the quarter's end (the first is 1). `closed` are the partnership's own closed days.

    `rungs` are working days before (negative) or after (positive) the due day on which a reminder goes; the opening
    message always goes. `weekly_on` is the weekday (Monday 0) of board and digest, sent at `weekly_at`. A question
    that is answered within `query_days` working days makes no figure late (RULES 18). Reminders can be put off for
    `snooze_days` working days at most. Nobody gets more than `answers_a_day` answers to their mails in a day.
    """

    opens_after: int = 3
    due_after: int = 17
    due_at: time = time(17, 0)
    rungs: tuple[int, ...] = (-5, -1, 0, 2, 5)
    office_opens: time = time(9, 0)
    office_closes: time = time(17, 0)
    weekly_on: int = 4
    weekly_at: time = time(12, 0)
    query_days: int = 2
    snooze_days: int = 5
    answers_a_day: int = 30
    timezone: str = "Europe/London"
    papers: tuple[Papers, ...] = ()
    clear_days: int = 5
    clearance_before: int = 3
    draft_before: int = 5
    freeze_before: int = 1
    due_before: int = 2
    opens_before: int = 14
    closed: tuple[date, ...] = ()

    def papers_of(self, period: Quarter) -> Papers | None:
        """The papers that a quarter's round leads to, where their SEG date is known."""
        return next((papers for papers in self.papers if papers.period == period), None)

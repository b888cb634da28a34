"""The shape of the timetable in a partnership's file."""

from collections import Counter
from datetime import date, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from collector.domain.timetable import Papers, Timetable
from parsers.shape import Day, Period, Shape

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: A stretch of closed days is no longer than this, else it is a slip of the pen.
LONGEST_CLOSED = 60


def _weekday(name: Any) -> int:
    if str(name).lower() not in DAYS:
        raise ValueError(f"{name!r} is not a day of the week")
    return DAYS.index(str(name).lower())


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a time zone; write it like Europe/London") from None
    return name


def _closed(given: Any) -> tuple[date, ...]:
    """One closed day, or "2015-12-29 to 2015-12-31": both ends are closed."""
    first, _, last = str(given).partition(" to ")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise ValueError(
            f'a closed day is written like 2015-12-29 or "2015-12-29 to 2015-12-31", not {given!r}'
        ) from None
    if not 0 <= (end - start).days <= LONGEST_CLOSED:
        raise ValueError(f"closed days go forward in time and are no more than {LONGEST_CLOSED}, not {given}")
    return tuple(start + timedelta(days=n) for n in range((end - start).days + 1))


class PapersShape(Shape):
    """The SEG date of a quarter, and what the timetable would put elsewhere."""

    period: Annotated[Period, Field(alias="quarter")]
    seg: Day
    publication: Day | None = None
    clearance: Day | None = None
    draft: Day | None = None
    freeze: Day | None = None
    due: Day | None = None
    opens: Day | None = None

    def domain(self) -> Papers:
        """The papers as the rules hold them."""
        return Papers(**dict(self))


class TimetableShape(Shape):
    """The timetable; what is left out is as in `Timetable`."""

    opens_after: Annotated[int, Field(ge=1, le=60)] = Timetable.opens_after
    due_after: Annotated[int, Field(ge=1, le=90)] = Timetable.due_after
    due_at: time = Timetable.due_at
    rungs: tuple[Annotated[int, Field(ge=-60, le=60)], ...] = Timetable.rungs
    office_opens: time = Timetable.office_opens
    office_closes: time = Timetable.office_closes
    weekly_on: Annotated[int, PlainValidator(_weekday)] = Timetable.weekly_on
    weekly_at: time = Timetable.weekly_at
    query_days: Annotated[int, Field(ge=0, le=30)] = Timetable.query_days
    snooze_days: Annotated[int, Field(ge=0, le=30)] = Timetable.snooze_days
    answers_a_day: Annotated[int, Field(ge=1, le=10_000)] = Timetable.answers_a_day
    timezone: Annotated[str, AfterValidator(_timezone)] = Timetable.timezone
    papers: tuple[PapersShape, ...] = ()
    clear_days: Annotated[int, Field(ge=0, le=30)] = Timetable.clear_days
    clearance_before: Annotated[int, Field(ge=0, le=30)] = Timetable.clearance_before
    draft_before: Annotated[int, Field(ge=0, le=30)] = Timetable.draft_before
    freeze_before: Annotated[int, Field(ge=0, le=30)] = Timetable.freeze_before
    due_before: Annotated[int, Field(ge=0, le=30)] = Timetable.due_before
    opens_before: Annotated[int, Field(ge=1, le=60)] = Timetable.opens_before
    closed: tuple[Annotated[tuple[date, ...], PlainValidator(_closed)], ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> "TimetableShape":
        if self.due_after <= self.opens_after:
            raise ValueError("a round opens (opens_after) before it is due (due_after)")
        if self.office_closes <= self.office_opens:
            raise ValueError("the office opens before it closes")
        twice = [period for period, count in Counter(row.period for row in self.papers).items() if count > 1]
        if twice:
            raise ValueError(f"{twice[0]} has two SEG dates in papers")
        return self

    def domain(self) -> Timetable:
        """The timetable as the rules hold it; rungs in the order of time."""
        plain = {key: value for key, value in self if key not in ("papers", "closed", "rungs")}
        return Timetable(
            **plain,
            rungs=tuple(sorted(set(self.rungs))),
            papers=tuple(row.domain() for row in sorted(self.papers, key=lambda row: row.period)),
            closed=tuple(sorted({day for days in self.closed for day in days})),
        )

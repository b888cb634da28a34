"""Working days in England and Wales, and a partnership's office hours."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from collector.domain.period import Quarter
from collector.domain.timetable import Dates, Timetable
from collector.timetable import dates_of


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    # England and Wales share their bank holidays; the library lists both under England.
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


class WorkingDays:
    """The calendar of one partnership; every moment it gives carries the partnership's zone."""

    def __init__(self, timetable: Timetable) -> None:
        self._timetable = timetable
        self._zone = ZoneInfo(timetable.timezone)
        self._closed = frozenset(timetable.closed)

    def is_working_day(self, when: date) -> bool:
        """Monday to Friday, bank holidays and the partnership's own closed days excepted."""
        return when.weekday() < 5 and when not in _bank_holidays(when.year) and when not in self._closed

    def shift(self, when: date, days: int) -> date:
        """The working day so many working days after (or before) a day; 0 gives the day itself or the next one."""
        step = timedelta(days=1 if days >= 0 else -1)
        while days == 0 and not self.is_working_day(when):
            when += step
        for _ in range(abs(days)):
            when += step
            while not self.is_working_day(when):
                when += step
        return when

    def working_days_between(self, start: date, end: date) -> int:
        """Working days from `start` (not counted) to `end` (counted); negative when `end` lies before."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(map(self.is_working_day, days))

    def local(self, moment: datetime) -> datetime:
        """A moment on the partnership's own clock."""
        return moment.astimezone(self._zone)

    def at(self, when: date, clock: time) -> datetime:
        """The moment at which the partnership's clock shows this day and time."""
        return datetime.combine(when, clock, self._zone)

    def dates(self, period: Quarter) -> Dates:
        """All dates of a quarter's round, backwards from SEG where its date is known (RULES 17)."""
        return dates_of(self._timetable, period, self)

    def opens(self, period: Quarter) -> datetime:
        """When the round of a quarter opens."""
        return self.dates(period).opens

    def due(self, period: Quarter) -> datetime:
        """When the returns of a quarter are due."""
        return self.dates(period).due

    def in_office_hours(self, moment: datetime) -> bool:
        """Whether something unprompted may be sent now (promise 8)."""
        here = self.local(moment)
        within = self._timetable.office_opens <= here.time() < self._timetable.office_closes
        return within and self.is_working_day(here.date())

    def next_office_hour(self, moment: datetime) -> datetime:
        """This moment if the office is open, else when it opens next."""
        if self.in_office_hours(moment):
            return moment
        here = self.local(moment)
        day = here.date()
        if not (self.is_working_day(day) and here.time() < self._timetable.office_opens):
            day = self.shift(day, 1)
        return self.at(day, self._timetable.office_opens)

    def next_morning(self, moment: datetime) -> datetime:
        """When the office opens on the next working day."""
        return self.at(self.shift(self.local(moment).date(), 1), self._timetable.office_opens)

"""What a considerate clock must and may send, worked out from dates alone: nothing here asks the rules or the calendar.

It holds for the usual timetable without papers: opening on the 3rd working day after the quarter, due on the 17th,
reminders 5 and 1 working days before, on the day, 2 and 5 after, a page each Friday at noon, nine to five in London.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays

from collector.domain.round import Obligation

LONDON = ZoneInfo("Europe/London")
OPENS_ON, DUE_ON, LADDER = 3, 17, (-5, -1, 0, 2, 5)
NINE, NOON, FIVE = time(9), time(12), time(17)
FRIDAY = 4
#: What has come so many working days ago was sent: it may have waited for a day on which nothing else went.
SETTLED = 3
#: Nothing is chased for longer than this after its round was due.
CHASED_FOR = timedelta(days=90)

_BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG")


@dataclass(frozen=True)
class Seen:
    """One message as it left the house. Nobody writes to us in these lives, so each is unprompted."""

    at: datetime
    key: str
    person: str
    owed: bool = True


@dataclass(frozen=True)
class Promises:
    """The days of one partnership; `lags` are those of its measures, in days."""

    closed: frozenset[date]
    lags: dict[str, int] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in _BANK_HOLIDAYS and day not in self.closed

    def may_speak(self, moment: datetime) -> bool:
        here = moment.astimezone(LONDON)
        return self.works(here.date()) and NINE <= here.time() < FIVE

    def counted(self, day: date, count: int) -> date:
        """So many working days after a day, or before it."""
        step = timedelta(days=1 if count > 0 else -1)
        for _ in range(abs(count)):
            day += step
            while not self.works(day):
                day += step
        return day

    def opening(self, owed: Obligation) -> datetime:
        return datetime.combine(self.counted(owed.period.span.end, OPENS_ON), NINE, LONDON)

    def rungs(self, owed: Obligation, extended: Iterable[date | None]) -> set[datetime]:
        """Every moment at which somebody is to be reminded of a figure, with each of these extensions."""
        end = owed.period.span.end
        published = end + timedelta(days=self.lags.get(owed.measure, 0))
        found = {self.opening(owed)}
        for until in extended:
            due = max(self.counted(end, DUE_ON), published, until or end)
            due = due if self.works(due) else self.counted(due, 1)
            days = (self.counted(due, step) for step in LADDER)
            found |= {datetime.combine(day, NINE, LONDON) for day in days if day >= published}
        return {moment for moment in found if moment >= self.opening(owed)}

    def forgotten(self, out: Sequence[Obligation], seen: Sequence[Seen], now: datetime) -> Iterator[str]:
        """What is still out, and its person has not heard of it since the last moment at which they should have."""
        settled = datetime.combine(self.counted(now.astimezone(LONDON).date(), -SETTLED), NINE, LONDON)
        for owed in out:
            lags = timedelta(days=max(self.lags.values(), default=0))
            if now > datetime.combine(self.counted(owed.period.span.end, DUE_ON), FIVE, LONDON) + lags + CHASED_FOR:
                continue
            passed = [moment for moment in self.rungs(owed, [owed.extended_to]) if moment < settled]
            heard = (one.at for one in seen if one.key.startswith(f"reminder:{owed.period.key}:{owed.person}:"))
            if passed and max(heard, default=settled - timedelta(days=9999)) < max(passed):
                yield f"{owed.person} was not reminded of {owed.measure}, {owed.period.key}, since {max(passed)}"
        if out:
            yield from self._silent_weeks(out, seen, settled)

    def _silent_weeks(self, out: Sequence[Obligation], seen: Sequence[Seen], settled: datetime) -> Iterator[str]:
        friday = settled.date() - timedelta(days=(settled.weekday() - FRIDAY) % 7)
        noon = datetime.combine(friday, NOON, LONDON)
        noon -= timedelta(days=7 if noon >= settled else 0)
        if noon > max(map(self.opening, out)):
            for kind in ("digest:", "board:"):
                if not any(one.key.startswith(kind) and one.at >= noon for one in seen):
                    yield f"no {kind[:-1]} went since {noon}"

    def without_reason(
        self, owing: Sequence[Obligation], extended: dict[int, list[date]], seen: Sequence[Seen]
    ) -> Iterator[str]:
        """Reminders and pages that came although nothing had come due since the one before: said twice over."""
        moments: dict[str, set[datetime]] = {}
        for owed in owing:
            rungs = self.rungs(owed, [None, *extended.get(owed.id, [])])
            moments.setdefault(f"reminder:{owed.period.key}:{owed.person}", set()).update(rungs)
        told: dict[str, list[Seen]] = {}
        for one in seen:
            kind, period, *_ = one.key.split(":")
            if kind in ("reminder", "digest", "board"):
                told.setdefault(f"{kind}:{period}:{one.person}", []).append(one)
        for name, sent in told.items():
            for before, after in pairwise(sorted(sent, key=lambda one: one.at)):
                if name.startswith("reminder:"):
                    reason = any(before.at < moment <= after.at for moment in moments.get(name, ()))
                else:
                    reason = _friday_noon_before(after.at) > before.at
                if not reason:
                    yield f"{after.key} at {after.at}: nothing had come since {before.key} at {before.at}"


def _friday_noon_before(moment: datetime) -> datetime:
    here = moment.astimezone(LONDON)
    friday = here.date() - timedelta(days=(here.weekday() - FRIDAY) % 7)
    noon = datetime.combine(friday, NOON, LONDON)
    return noon if noon <= moment else noon - timedelta(days=7)

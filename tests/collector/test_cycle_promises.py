"""The clock through random years: outages, replicas, clock changes, closed days. Seeded: always the same."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from storage.books import SqlBooks
from storage.tables import metadata
from tests.builders import HISTORY, PARTNERSHIP
from tests.support.life import QUIET, Life

LONDON = ZoneInfo("Europe/London")
#: Clock changes, a leap day, a bank holiday that was moved (May 2020), an additional one (June 2022), a late Easter.
ODD_DAYS = [
    date(2016, 2, 28),
    date(2019, 3, 30),
    date(2020, 5, 7),
    date(2021, 10, 30),
    date(2022, 6, 1),
    date(2019, 4, 1),
]


def partnership_that_closes(days: tuple[date, ...]) -> Any:
    return replace(
        PARTNERSHIP, timetable=replace(PARTNERSHIP.timetable, closed=tuple(sorted(days))), history=HISTORY[:0]
    )


class Cycle(RuleBasedStateMachine):
    """Two replicas over the same books; whatever happens in whatever order, the promises hold."""

    books: SqlBooks

    @initialize(
        start=st.one_of(st.sampled_from(ODD_DAYS), st.dates(date(2015, 4, 1), date(2034, 12, 31))),
        closed=st.lists(st.integers(0, 60), max_size=4),
    )
    def begins(self, start: date, closed: list[int]) -> None:
        with self.books._engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(sa.delete(table))
        days = tuple({start + timedelta(days=offset) for offset in closed})
        self.life = Life(self.books, partnership_that_closes(days), datetime.combine(start, time(8), LONDON))

    @rule(hours=st.integers(0, 30), minutes=st.integers(0, 59), which=st.sampled_from([(0, 1), (1, 0), (0,), (1,)]))
    def ticks_later(self, hours: int, minutes: int, which: tuple[int, ...]) -> None:
        self.life.passes(hours=hours, minutes=minutes)
        self.life.ticks(which)

    @rule(days=st.integers(1, 9))
    def goes_on_for_days(self, days: int) -> None:
        self.life.lives_until(self.life.now + timedelta(days=days))

    @rule(days=st.integers(1, 40))
    def is_down(self, days: int) -> None:
        self.life.passes(days=days)

    @rule(times=st.integers(1, 4))
    def post_office_refuses(self, times: int) -> None:
        self.life.witness.refusing = times

    @rule(data=st.data())
    def a_figure_comes_in(self, data: st.DataObject) -> None:
        if owing := self.life.open_obligations():
            self.life.comes_in(data.draw(st.sampled_from(owing)))

    @rule(data=st.data(), days=st.integers(1, 30))
    def more_time_is_granted(self, data: st.DataObject, days: int) -> None:
        if owing := self.life.open_obligations():
            self.life.is_extended(data.draw(st.sampled_from(owing)), self.life.now.date() + timedelta(days=days))

    @invariant()
    def the_promises_are_kept(self) -> None:
        assert self.life.broken() == []

    def teardown(self) -> None:
        if hasattr(self, "life"):
            self.life.witness.refusing = 0
            self.life.lives_until(self.life.now + timedelta(days=QUIET))
            assert self.life.broken() == []
            assert self.life.overlooked() == []


def test_every_message_goes_once_in_office_hours_and_nobody_gets_two_a_day(books: SqlBooks) -> None:
    machine = type("CycleOverBooks", (Cycle,), {"books": books})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            phases=(Phase.explicit, Phase.generate),
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

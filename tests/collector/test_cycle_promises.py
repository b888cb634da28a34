"""The clock through random years: outages, replicas, clock changes, closed days. Seeded: always the same."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from collector.domain.period import Quarter
from collector.domain.round import Obligation, ObligationState
from storage.books import SqlBooks
from storage.tables import metadata
from tests.builders import PARTNERSHIP, at
from tests.support.life import Life, crowded
from tests.support.promises import Promises, Seen

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
        days = {start + timedelta(days=offset) for offset in closed}
        self.life = Life(self.books, crowded(PARTNERSHIP, days), datetime.combine(start, time(8), LONDON))

    @rule(hours=st.integers(0, 30), minutes=st.integers(0, 59), which=st.sampled_from([(0, 1), (1, 0), (0,), (1,)]))
    def ticks_later(self, hours: int, minutes: int, which: tuple[int, ...]) -> None:
        self.life.passes(hours=hours, minutes=minutes)
        self.life.ticks(which)

    @rule(days=st.integers(1, 12))
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
        assert self.life.forgotten() == []

    def teardown(self) -> None:
        if hasattr(self, "life"):
            self.life.witness.refusing = 0
            self.life.misses_a_friday()
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


# The witness itself: what it has to notice

Q2 = Quarter(2015, 2)
OUT = Obligation(1, Q2, "DA06", "da", 1, ObligationState.OWED)
PROMISES = Promises(frozenset({date(2015, 10, 26)}), {"SA01": 56})


def seen(key: str, *when: datetime, person: str = "da") -> list[Seen]:
    return [Seen(moment, key.format(number=number), person) for number, moment in enumerate(when)]


PAGES = [
    *seen("digest:2015-16Q2:{number}:chair", at(9, 12), at(16, 12), at(23, 12), at(30, 12), person="chair"),
    *seen("board:2015-16Q2:{number}:seg", at(9, 12), at(16, 12), at(23, 12), at(30, 12), person="seg"),
]
REMINDED = (at(5, 9), at(16, 9), at(22, 9), at(23, 9), at(28, 9), at(2, 9, month=11))


def test_the_ladder_is_counted_in_working_days_over_a_closed_day() -> None:
    assert sorted(PROMISES.rungs(OUT, [None])) == [*REMINDED]
    lagging = sorted(PROMISES.rungs(replace(OUT, measure="SA01"), [None]))
    assert lagging == [at(5, 9), at(25, 9, month=11), at(27, 9, month=11), at(2, 9, month=12)]


@pytest.mark.parametrize(
    ("reminded", "pages", "said"),
    [
        (REMINDED, PAGES, []),
        (REMINDED[:-1], PAGES, ["da was not reminded of DA06, 2015-16Q2, since 2015-11-02 09:00:00+00:00"]),
        ((), PAGES, ["da was not reminded of DA06, 2015-16Q2, since 2015-11-02 09:00:00+00:00"]),
        (REMINDED, PAGES[:3] + PAGES[4:], ["no digest went since 2015-10-30 12:00:00+00:00"]),
        (REMINDED, PAGES[:-1], ["no board went since 2015-10-30 12:00:00+00:00"]),
    ],
)
def test_what_was_forgotten_is_noticed(reminded: tuple[datetime, ...], pages: list[Seen], said: list[str]) -> None:
    told = [*seen("reminder:2015-16Q2:da:{number}", *reminded), *pages]
    assert [*PROMISES.forgotten([OUT], told, at(6, 15, month=11))] == said


@pytest.mark.parametrize("more", [at(16, 15), at(19, 9), at(3, 9, month=11)])
def test_what_was_said_twice_under_another_name_is_noticed(more: datetime) -> None:
    told = seen("reminder:2015-16Q2:da:{number}", *REMINDED)
    assert [*PROMISES.without_reason([OUT], {}, [*told, *PAGES])] == []
    again = [*told, *PAGES, *seen("reminder:2015-16Q2:da:again", more)]
    assert len([*PROMISES.without_reason([OUT], {}, again)]) == 1
    weekly = [*told, *PAGES, *seen("digest:2015-16Q2:again:chair", at(20, 12), person="chair")]
    assert len([*PROMISES.without_reason([OUT], {}, weekly)]) == 1


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (at(23, 9), True),
        (at(23, 8, 59), False),
        (at(23, 17), False),
        (at(24, 10), False),
        (at(26, 10), False),
        (at(25, 10, month=12), False),
        (datetime(2020, 5, 8, 10, tzinfo=LONDON), False),
        (datetime(2020, 5, 4, 10, tzinfo=LONDON), True),
        (datetime(2016, 7, 1, 8, 30, tzinfo=UTC), True),
    ],
)
def test_the_quiet_hours_are_londons_own(moment: datetime, may: bool) -> None:
    assert PROMISES.may_speak(moment) is may

"""A partnership loaded between two rounds: its history is in, and nobody's first mail says that they are overdue."""

from dataclasses import replace
from datetime import datetime

from collector.acting import Acting
from collector.domain.period import Quarter
from collector.domain.round import ObligationState
from collector.messages import Notice
from collector.rounds import next_opening, open_early
from storage.books import SqlBooks
from tests.builders import LONDON, OPENS, PARTNERSHIP, Q2, Office, at, figure
from tests.collector.people import person

Q1 = Quarter(2015, 1)
HISTORY = tuple(figure(code, Q1, value) for code, value in (("DA06", "135"), ("DA07", "84"), ("RO06", "43")))
LOADED = datetime(2015, 9, 28, 10, tzinfo=LONDON)


def loaded(books: SqlBooks) -> Office:
    office = Office(books, partnership=replace(PARTNERSHIP, history=HISTORY))
    office.loads(LOADED)
    return office


def test_a_round_that_was_due_before_the_first_load_does_not_open_by_itself(books: SqlBooks) -> None:
    office = loaded(books)
    for moment in (LOADED, at(29, month=9), at(30, month=9)):
        assert office.ticks(moment) == []
    assert office.clock.tick(OPENS).opened is not None
    with books.begin() as unit:
        assert (unit.rounds.first(), unit.rounds.get(Q1)) == (Q2, None)
        reminders = [row.planned for row in unit.outbox.rows() if row.planned.kind == "reminder"]
    assert {planned.period for planned in reminders} == {Q2}


def test_what_opens_next_is_said_at_load(books: SqlBooks) -> None:
    office = loaded(books)
    with books.begin() as unit:
        told = next_opening(unit, office.calendar, LOADED)
    assert told.startswith("The round for Q2 2015-16 (Jul to Sep 2015) opens by itself on 5 Oct 2015.")
    assert "The one for Q1 2015-16 (Apr to Jun 2015) was due on 23 Jul 2015 and does not" in told


def test_the_coordinator_opens_it_with_an_order_and_history_is_in(books: SqlBooks) -> None:
    office = loaded(books)
    with books.begin() as unit:
        open_early(Acting(unit, office.calendar, LOADED, person("coordinator")), Q1)
    with books.begin() as unit:
        states = {owed.measure: owed.state for owed in unit.rounds.obligations(Q1)}
    assert [code for code, state in states.items() if state is ObligationState.IN] == ["DA06", "DA07", "RO06"]
    office.ticks(LOADED)
    with books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows()]
    assert not [planned for planned in rows if planned.person == "da"]
    assert not [
        planned for planned in rows if isinstance(planned.message, Notice) and "verdue" in planned.message.subject
    ]


def test_a_service_that_was_down_over_the_due_day_still_opens_its_first_round(books: SqlBooks) -> None:
    office = loaded(books)
    assert office.clock.tick(at(26)).opened is not None

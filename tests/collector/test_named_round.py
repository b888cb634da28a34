"""Orders about a round: the one they name, the one whose message they answer, and never one that was guessed."""

import pytest

from collector.domain.period import Quarter
from collector.domain.round import RoundState
from collector.messages import Notice
from storage.books import SqlBooks
from tests.builders import Q2, Office, at

Q3 = Q2.next
JANUARY = at(7, month=1, year=2016)


@pytest.fixture
def office(books: SqlBooks) -> Office:
    office = Office(books).prepare()
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.ticks(at(6, month=1, year=2016))
    return office


def said(office: Office, words: str) -> str:
    """What the coordinator is answered."""
    office.says("coordinator", words, JANUARY)
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("answer:")]
    message = rows[-1].message
    assert isinstance(message, Notice)
    return "\n".join(message.paragraphs)


def states(office: Office) -> tuple[RoundState, RoundState]:
    with office.books.begin() as unit:
        found = (unit.rounds.get(Q2), unit.rounds.get(Q3))
    first, second = found
    assert first is not None
    assert second is not None
    return first.state, second.state


def test_a_round_is_locked_by_its_quarter_although_another_is_open(office: Office) -> None:
    assert said(office, "Lock Q2 2015-16: SEG met").startswith("Q2 2015-16 (Jul to Sep 2015) is locked")
    assert states(office) == (RoundState.LOCKED, RoundState.OPEN)


def test_a_number_alone_is_the_latest_round_that_has_it(office: Office) -> None:
    said(office, "freeze Q2")
    assert states(office) == (RoundState.FROZEN, RoundState.OPEN)


def test_where_two_rounds_are_open_nothing_is_locked_before_one_is_named(office: Office) -> None:
    answer = said(office, "Lock the round: SEG met")
    assert answer == (
        "This could mean Q2 2015-16 (Jul to Sep 2015) or Q3 2015-16 (Oct to Dec 2015), so nothing was done. Say which,"
        " like this: lock the round for Q2 2015-16"
    )
    assert states(office) == (RoundState.OPEN, RoundState.OPEN)


def test_a_round_that_was_never_opened_is_said_so(office: Office) -> None:
    assert said(office, "lock Q1 2012-13").startswith("No round was opened for Q1 2012-13")
    assert states(office) == (RoundState.OPEN, RoundState.OPEN)


def test_the_status_is_that_of_the_round_that_is_named(office: Office) -> None:
    assert said(office, "status for Q2").startswith("Q2 2015-16 (Jul to Sep 2015)")
    assert said(office, "who owes what for Q2 2015-16?").count("DA0") == 0


def test_a_condition_for_locking_is_answered_and_locks_nothing(office: Office) -> None:
    answer = said(office, "Lock Q2 2015-16 as soon as RO06 is in")
    assert "sets a condition" in answer
    assert "lock the round: and the reason" in answer
    assert states(office) == (RoundState.OPEN, RoundState.OPEN)


def test_a_figure_is_reopened_in_the_round_in_which_its_correction_waits(office: Office) -> None:
    said(office, "lock Q2 2015-16: SEG met")
    with office.books.begin() as unit:
        row = next(
            row for row in unit.outbox.rows() if row.planned.person == "da" and "answer" in row.planned.dedupe_key
        )
        token = f"<{row.token}@csp.example.org>"
    office.says("da", "DA06 155", JANUARY, In_Reply_To=token)
    assert "restated" in said(office, "reopen DA06: two referrals were missed")
    assert office.value("DA06") == 155


def test_the_quarter_of_a_reopened_round_is_the_one_that_is_named(office: Office) -> None:
    said(office, "lock Q2: SEG met")
    assert said(office, "reopen the round because P3 was wrong").startswith("Q3 2015-16 (Oct to Dec 2015) is open.")
    assert said(office, "reopen the round for 2015-16 Q2 because the police sent new counts").startswith(
        "Q2 2015-16 (Jul to Sep 2015) is open again."
    )
    assert Quarter(2015, 2) == Q2
    assert states(office) == (RoundState.OPEN, RoundState.OPEN)


def test_figures_for_somebody_on_several_lines_are_all_entered(office: Office) -> None:
    office.says(
        "coordinator",
        "On behalf of the Youth Offending Team Manager:\nRO06 48%\nRS08: discussions held with schools on 3 Sep",
        JANUARY,
    )
    office.processes(JANUARY)
    with office.books.begin() as unit:
        held = unit.figures.current(Q3)
    assert sorted(held) == ["RO06", "RS08"]

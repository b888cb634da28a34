"""A coordinator who is away: who hears what is to be decided, and what that person may do."""

import pytest

from collector.domain.round import RoundState
from collector.messages import Notice
from storage.books import SqlBooks
from tests.builders import Office, at
from tests.collector.people import notices


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


def answered(office: Office, who: str, words: str) -> str:
    office.says(who, words, at(6))
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("answer:")]
    message = rows[-1].message
    assert isinstance(message, Notice)
    return "\n".join(message.paragraphs)


def test_what_the_coordinator_is_told_goes_to_who_covers_too(office: Office) -> None:
    told = answered(office, "coordinator", "I'm on leave until 16 October, the Director of Public Health covers")
    assert "goes to the Director of Public Health too" in told
    assert "They can't lock, release or decide" in told
    office.says("da", "DA06: no longer collected", at(6, 11))
    office.ticks(at(7, 9))
    assert any("1 change request" in notice.subject for notice in notices(office, "dph"))
    assert any("1 change request" in notice.subject for notice in notices(office, "coordinator"))


def test_who_covers_does_not_coordinate(office: Office) -> None:
    answered(office, "coordinator", "I'm on leave until 16 October, the Director of Public Health covers")
    assert answered(office, "dph", "lock the round: SEG met") == "Only the coordinator locks a round."
    assert office.view().round.state is RoundState.OPEN


def test_without_a_deputy_it_is_said_that_nobody_covers(office: Office) -> None:
    assert "Nobody stands in for the coordinator" in answered(office, "coordinator", "I'm on leave until 16 October")

"""Leave that people speak of in their messages: whose it is, and what is asked of others meanwhile."""

import pytest

from collector.messages import Notice, Receipt
from storage.books import SqlBooks
from tests.builders import Office, at


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


def answered(office: Office, who: str, words: str) -> str:
    office.says(who, words, at(7))
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("answer:")]
    message = rows[-1].message
    assert isinstance(message, Notice | Receipt)
    return "\n".join(message.paragraphs if isinstance(message, Notice) else message.notes)


def test_what_came_with_the_leave_is_not_asked_of_who_stands_in(office: Office) -> None:
    told = answered(office, "da", "I'm on leave until 16 October, the Director of Public Health covers\nDA06 153")
    assert "Meanwhile the Director of Public Health is asked for DA07" in told
    assert office.value("DA06") == 153


def test_the_coordinator_says_that_somebody_is_away_and_who_covers(office: Office) -> None:
    told = answered(
        office,
        "coordinator",
        "The Youth Offending Team Manager is on leave until 9 November, the Domestic Abuse Coordinator covers",
    )
    assert told.startswith("The Youth Offending Team Manager is away from 7 Oct 2015 to 9 Nov 2015.")
    assert "Meanwhile the Domestic Abuse Coordinator is asked for RO06, RS08" in told


def test_leave_without_a_last_day_is_until_they_are_back(office: Office) -> None:
    told = answered(office, "da", "I'm on maternity leave from 1 November")
    assert told.startswith("The Domestic Abuse Coordinator is away from 1 Nov 2015 until they are back.")


def test_an_action_that_ends_on_a_day_makes_nobody_absent(office: Office) -> None:
    answered(office, "yot", "RS08: No discussions held in August; back on 2 November")
    assert office.view().absences == []


def test_a_role_is_known_by_its_initials_too(office: Office) -> None:
    told = answered(office, "coordinator", "The YOT Manager is on leave until 9 November, the DPH covers")
    assert told.startswith("The Youth Offending Team Manager is away")
    assert "the Director of Public Health is asked" in told


def test_a_role_that_two_could_be_is_nobodys(office: Office) -> None:
    told = answered(office, "coordinator", "The Manager is on leave until 9 November")
    assert told.startswith("Nobody is registered as")

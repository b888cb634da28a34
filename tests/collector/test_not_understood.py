"""What is not understood is answered with what was not, and what would work for who wrote it."""

import pytest

from collector.books import Outcome
from collector.messages import Notice, Receipt
from storage.books import SqlBooks
from tests.builders import Office, at


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


def answered(office: Office, who: str, words: str) -> str:
    done = office.says(who, words, at(6))
    assert done.outcome is not None
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("answer:")]
    message = rows[-1].message
    assert isinstance(message, Notice | Receipt)
    return "\n".join(message.paragraphs if isinstance(message, Notice) else message.notes)


def test_the_coordinator_is_told_what_was_not_understood_and_what_works(office: Office) -> None:
    told = answered(office, "coordinator", "Kindly shut the whole thing down")
    assert told.startswith("We did not understand \u201cKindly shut the whole thing down\u201d, so nothing was done.")
    assert "status; who owes what?; on behalf of" in told
    assert "coordinator sees" not in told
    assert "owe no figures" not in told


def test_what_the_coordinator_wrote_is_not_set_aside_for_themselves(office: Office) -> None:
    assert office.says("coordinator", "Kindly shut the whole thing down", at(6)).outcome is Outcome.REFUSED
    with office.books.begin() as unit:
        assert unit.inbox.quarantined() == []


@pytest.mark.parametrize("who", ["chair", "seg"])
def test_the_chair_and_the_group_are_told_what_they_can_ask(office: Office, who: str) -> None:
    told = answered(office, who, "Where is my report?")
    assert "What works, each on a line of its own: status." in told
    assert "the coordinator sees it" in told


def test_a_lead_whose_signature_is_not_understood_is_told_that_nothing_is_signed(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    told = answered(office, "dph", "You have my blessing for all of it")
    assert "Your message signs nothing off. To sign, reply: signed off (or for one priority: sign off P1)." in told


def test_a_contributor_is_told_nothing_of_signing(office: Office) -> None:
    assert "sign" not in answered(office, "da", "Hope you are all well")


def test_help_says_what_works_for_who_asks(office: Office) -> None:
    assert "lock the round" in answered(office, "coordinator", "help")
    assert "lock the round" not in answered(office, "da", "Help!")
    assert "remind me on Friday" in answered(office, "da", "What can I write?")

"""What the coordinator does and sees by mail and in Slack: the round's state, and what waits for release."""

from dataclasses import replace
from decimal import Decimal

import pytest

from collector.domain.target import Comparator, Target
from collector.messages import Notice
from storage.books import SqlBooks
from tests.builders import OPENS, PARTNERSHIP, Office, at
from tests.collector.people import notices


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


@pytest.fixture
def first_round(books: SqlBooks) -> Office:
    """A partnership whose first round waits for the coordinator before anything goes out."""
    release = replace(PARTNERSHIP.release, first_round=True)
    office = Office(books, partnership=replace(PARTNERSHIP, release=release)).prepare()
    office.sends(OPENS)
    return office


def answered(office: Office, words: str) -> str:
    office.says("coordinator", words, at(7))
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("answer:")]
    message = rows[-1].message
    assert isinstance(message, Notice)
    return "\n".join(message.paragraphs)


def waiting(office: Office) -> list[int]:
    with office.books.begin() as unit:
        return [row.id for row in unit.outbox.held()]


def test_the_status_by_mail_has_all_that_the_coordinator_decides_on(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    told = answered(office, "status")
    assert "Working days to the due day: 12." in told
    assert "Q2 2015-16 (Jul to Sep 2015) is open" in told
    assert "P1 Tackle everything: not signed off, 1 in" in told
    assert "Complete and on time: P1 Tackle everything: 1 of" in told


def test_change_requests_are_told_with_their_numbers_and_the_words_that_decide_them(office: Office) -> None:
    office.says("da", "DA06: no longer collected", at(6))
    office.ticks(at(7, 9))
    told = "\n".join(notices(office, "coordinator")[-1].paragraphs)
    assert "1. DA06 short of DA06, Q2 2015-16 (Jul to Sep 2015)" in told
    assert "accept request" in told
    assert "Change request 1. DA06" in answered(office, "status")
    assert "accepted. Reason: SEG 12 January" in answered(office, "accept request 1: SEG 12 January")


def test_what_waits_for_release_is_seen_covered_and_let_go_by_mail(first_round: Office) -> None:
    first, *others = waiting(first_round)
    told = answered(first_round, f"show {first}")
    assert "DA06" in told
    assert f"To let it go: release {first}." in told
    assert "begins with: \u201cThe new form is attached\u201d" in answered(
        first_round, f"cover {first}: The new form is attached"
    )
    assert "It waits on" in answered(first_round, f"release all except {first}")
    assert waiting(first_round) == [first]
    assert others


def test_the_notice_about_what_waits_names_no_command_of_the_terminal(first_round: Office) -> None:
    first_round.ticks(at(6, 9))
    told = "\n".join(line for notice in notices(first_round, "coordinator") for line in notice.paragraphs)
    assert "release all" in told
    assert "collector " not in told


def test_what_is_about_to_go_is_held(office: Office) -> None:
    with office.books.begin() as unit:
        assert unit.outbox.held() == []
    answered(office, "hold all")
    assert len(waiting(office)) == 3


def test_the_lists_of_the_terminal_can_be_asked_for_by_message_and_by_the_coordinator_alone(
    first_round: Office,
) -> None:
    first_round.says("da", "DA06: no longer collected", at(6))
    expected = {
        "requests": "1. DA06 short of DA06, Q2 2015-16 (Jul to Sep 2015)",
        "What waits for release?": "reminder to Domestic Abuse Coordinator",
        "words held back": "No words are held back.",
        "targets to confirm": "Every target is confirmed.",
        "timetable": "Q2 2015-16 (Jul to Sep 2015): opening 5 Oct 2015; due date 23 Oct 2015",
    }
    for words, told in expected.items():
        assert told in answered(first_round, words), words
    first_round.says("da", "requests", at(7))
    with first_round.books.begin() as unit:
        assert "That list is the coordinator's." in repr(unit.outbox.rows()[-1].planned.message)


def test_a_target_is_confirmed_by_message_with_the_reason_and_by_the_coordinator_alone(books: SqlBooks) -> None:
    worded = Target(Comparator.AT_LEAST, "Increase to 340", Decimal(340), confirmed=False)
    definitions = (replace(PARTNERSHIP.definitions[0], target=worded), *PARTNERSHIP.definitions[1:])
    office = Office(books, partnership=replace(PARTNERSHIP, definitions=definitions)).prepare()
    assert "DA06 short of DA06, \u201cIncrease to 340\u201d" in answered(office, "targets to confirm")
    office.says("da", "confirm the target of DA06: it is mine", at(6))
    assert "Increase to 340" in answered(office, "targets to confirm")
    assert "Reason: SEG 12 January" in answered(office, "confirm the target of DA06: SEG 12 January")
    assert "Every target is confirmed." in answered(office, "targets to confirm")
    assert "nothing to confirm" in answered(office, "confirm the target of DA06: again")
    with office.books.begin() as unit:
        (line,) = unit.audit.lines(action="target confirmed")
    assert (line.actor, line.subject) == ("coordinator", "DA06")

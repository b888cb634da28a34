"""More time for a figure: asked for in words, granted or refused by the coordinator, and told to both."""

from datetime import date

import pytest

from collector.books import Outcome
from collector.messages import Notice
from collector.summary import digest
from storage.books import SqlBooks
from tests.builders import Office, at
from tests.collector.people import notices


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


def answered(office: Office, who: str, words: str) -> str:
    assert office.says(who, words, at(7)).outcome is Outcome.CARRIED_OUT
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("answer:")]
    message = rows[-1].message
    assert isinstance(message, Notice)
    return "\n".join(message.paragraphs)


def extended(office: Office) -> dict[str, date | None]:
    return {owed.measure: owed.extended_to for owed in office.view().obligations}


@pytest.mark.parametrize(
    "words",
    [
        "I need an extension until 30 October for DA06",
        "DA06: I need an extension until 30 October, the new system is late",
    ],
)
def test_who_asks_for_more_time_is_told_and_the_coordinator_sees_the_words_that_decide(
    office: Office, words: str
) -> None:
    told = answered(office, "da", words)
    assert told.startswith("The coordinator is asked for more time for DA06, until 30 Oct 2015.")
    assert "due 5pm Fri 23 Oct 2015" in told
    (asked,) = notices(office, "coordinator")
    assert "To grant it, reply: extend DA06 until 30 Oct 2015: and the reason" in asked.paragraphs
    assert extended(office)["DA06"] is None


def test_the_words_of_the_request_grant_it_and_the_owner_is_told(office: Office) -> None:
    answered(office, "da", "Can I have until 30 October?")
    answered(office, "coordinator", "extend DA06 and DA07 until 30 Oct 2015: the police are late")
    assert extended(office) == {"DA06": date(2015, 10, 30), "DA07": date(2015, 10, 30)} | dict.fromkeys(
        ("RO06", "SA01", "RS08")
    )
    assert "due on 30 Oct 2015 now" in notices(office, "da")[-1].paragraphs[0]


def test_the_chair_is_not_told_that_a_figure_with_more_time_is_overdue(office: Office) -> None:
    answered(office, "coordinator", "extend DA06 and DA07 until 30 Oct 2015: the police are late")
    late = {day: [line.text for line in digest(office.view(), at(day), at(5)).late] for day in (27, 31)}
    assert "Council: 2 not due yet" in late[27]
    assert "Youth Justice: 2 overdue" in late[27]
    assert "Council: 2 overdue" in late[31]


def test_a_request_is_refused_with_the_reason(office: Office) -> None:
    answered(office, "da", "I need an extension until 30 October for DA06")
    answered(office, "coordinator", "no extension for DA06: SEG meets on Friday")
    assert "Reason: SEG meets on Friday" in notices(office, "da")[-1].paragraphs[0]
    assert extended(office)["DA06"] is None


def test_only_the_coordinator_gives_more_time(office: Office) -> None:
    assert answered(office, "da", "extend DA06 until 30 October").startswith("Only the coordinator gives more time.")
    assert extended(office)["DA06"] is None


def test_a_request_without_a_day_is_answered_with_how_to_say_it(office: Office) -> None:
    assert answered(office, "da", "I need more time").startswith("Say until when")


def test_a_day_before_the_due_day_gives_nothing(office: Office) -> None:
    assert "is due 5pm Fri 23 Oct 2015 anyway" in answered(office, "coordinator", "extend DA06 until 16 October")


def test_the_coordinator_puts_off_somebody_elses_reminders(office: Office) -> None:
    told = answered(office, "coordinator", "remind the Youth Offending Team Manager on Friday")
    assert told == "The next reminder comes on Fri 9 Oct 2015."
    assert [said.person for said in office.view().snoozes] == ["yot"]

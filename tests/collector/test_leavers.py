"""Who has left is no sender any more: nothing of theirs is recorded, and they are told nothing of the round."""

from dataclasses import replace
from datetime import date

import pytest

from collector.books import InboxState, Outcome
from collector.desk import NotOnTheList
from collector.messages import Notice, Receipt
from storage.books import SqlBooks
from tests.builders import IN_SLACK, TEAM, Office, at
from tests.support.orders import messages

LEFT = date(2015, 10, 12)


@pytest.fixture
def office(books: SqlBooks) -> Office:
    """The Domestic Abuse Coordinator leaves during the round."""
    people = tuple(
        replace(person, left=LEFT, deputy="dph") if person.id == "da" else person for person in IN_SLACK.people
    )
    return Office(books, partnership=replace(IN_SLACK, people=people)).prepare()


def test_a_figure_from_somebody_who_has_left_waits_for_the_coordinator(office: Office) -> None:
    done = office.says("da", "DA06 153", at(12, 0, 30))
    assert (done.outcome, done.row.state) == (Outcome.REFUSED, InboxState.CLAIMED)
    assert done.reason == "the Domestic Abuse Coordinator has left since 12 Oct 2015"
    assert office.value("DA06") is None
    with office.books.begin() as unit:
        assert [row.reason for row in unit.inbox.quarantined()] == [done.reason]
    office.ticks(at(13, 9))
    (review,) = [notice for notice in messages(office, "coordinator", Notice) if "set aside" in notice.subject]
    assert any(done.reason in paragraph for paragraph in review.paragraphs)


def test_they_are_told_so_without_a_figure_or_what_is_owed(office: Office) -> None:
    office.says("dph", "DA06 153, DA07 91%", at(7))
    office.says("da", "what do I owe?", at(13))
    assert messages(office, "da", Receipt) == []
    *_, notice = messages(office, "da", Notice)
    assert notice.paragraphs == (
        "Our list says that the Domestic Abuse Coordinator has left since 12 Oct 2015, so nothing was recorded.",
        "Your message is kept and the coordinator sees it. If the list is wrong, tell the coordinator.",
    )


def test_what_came_before_they_left_is_recorded(office: Office) -> None:
    office.says("da", "DA06 153", at(11, 23, 59))
    assert str(office.value("DA06")) == "153"


def test_in_slack_they_get_no_form_and_their_words_wait_too(office: Office) -> None:
    who = f"slack:{TEAM}:U0DA"
    assert office.desk.sheet_for(who, at(11, 23)) is not None
    with pytest.raises(NotOnTheList):
        office.desk.sheet_for(who, at(12, 0, 30))
    office.posts("da", "DA06 153", at(13))
    assert office.value("DA06") is None
    assert [type(message) for message in messages(office, "da", Notice)] == [Notice]


def test_the_coordinator_takes_it_over_in_the_name_of_who_reports_it_now(office: Office) -> None:
    done = office.says("da", "DA06 153", at(13))
    with office.books.begin() as unit:
        unit.inbox.reopen(done.row.id, "dph")
    assert office.processes(at(13, 11)).outcome is Outcome.RECORDED
    assert office.view().figures["DA06"].source.person == "dph"


def test_nothing_is_entered_on_their_behalf(office: Office) -> None:
    office.says("coordinator", "on behalf of the Domestic Abuse Coordinator: DA06 153", at(13))
    (notice,) = messages(office, "coordinator", Notice)
    assert notice.paragraphs[0].startswith("The Domestic Abuse Coordinator has left since 12 Oct 2015, so nothing was")
    with office.books.begin() as unit:
        assert unit.inbox.waiting() == 0

"""Who may do what: whatever is pressed, written, filled in or attached by the wrong person changes nothing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.demo.spreadsheet import fill_in
from bot.slack.door import NOT_ON_THE_LIST, NOT_YOURS
from bot.slack.modals import HAND_OVER, NOT_AVAILABLE, NOTHING, answer_view, words_view
from collector.books import Outcome
from collector.desk import NotOnTheList
from collector.messages import Sheet
from parsers.workbook import write_workbook
from storage.books import SqlBooks
from tests.bot.slack.payloads import (
    ALL_IN_SLACK,
    PLACES,
    commanded,
    door_of,
    picked,
    pressed,
    sent,
    ticked,
    typed,
    user,
)
from tests.bot.slack.test_conversation import in_slack
from tests.bot.slack.test_home import NOW
from tests.builders import TEAM, Office, at
from tests.support.standing import standing

EVERYBODY = ("coordinator", "chair", "seg", "da", "yot", "dph", "stranger")

#: What can be told the collector, and whose it is; what anybody may ask changes nothing and is not here.
ORDERS: dict[str, set[str]] = {
    "sign off P1": {"dph"},
    "send back DA06: the counts are for Q1": {"dph", "coordinator"},
    "hand over DA06 to the Youth Offending Team Manager": {"da", "coordinator"},
    "the Domestic Abuse Coordinator is on leave until 9 November": {"da", "dph", "coordinator"},
    "remind the Domestic Abuse Coordinator on Friday": {"da", "coordinator"},
    "extend DA07 until 30 October: the police are late": {"coordinator"},
    "on behalf of the Domestic Abuse Coordinator: DA06 155": {"coordinator"},
    "freeze the round": {"coordinator"},
    "lock the round: SEG met": {"coordinator"},
    "reopen DA06: a corrected count": {"coordinator"},
    "decline DA06: the first count was right": {"coordinator"},
    "accept request 1: SEG 12 January": {"coordinator"},
    "reject request 1: SEG keeps it": {"coordinator"},
    "release all": {"coordinator"},
    "hold all": {"coordinator"},
    "accept {aside} as Domestic Abuse Coordinator": {"coordinator"},
    "reject {aside}: not one of our partners": {"coordinator"},
    "purge {aside}: a list of names came with it": {"coordinator"},
    "change the definitions: SEG 12 January": {"coordinator"},
    "confirm the target of DA06: SEG 12 January": {"coordinator"},
    "DA06 999": {"da"},
}


@pytest.fixture
def office(books: SqlBooks) -> Office:
    """A round under way: a figure, a change request, a question, a stranger's message set aside, reminders to go."""
    prepared = Office(books, partnership=ALL_IN_SLACK).prepare()
    prepared.posts("da", "DA06: 153, the target is now 300", at(6))
    prepared.posts("da", "DA07: 19% (15 of 52)", at(6, 11))
    prepared.posts("stranger", "DA06 999", at(6, 12))
    return prepared


def everything(office: Office) -> None:
    """Whatever waits is worked through."""
    while office.intake.process_next(NOW) is not None:
        pass


#: The ways to tell us something beside a message; over everybody, each order goes each of them.
WAYS = ("command", "press", "home", "modal")


def tells(office: Office, person: str, words: str, way: str) -> None:
    """Words as a command, a press in a message or in the home tab, or filled into a modal."""
    door = door_of(office, NOW)
    if way == "modal":
        view = words_view("Why", "Why", "Why", words.replace("SEG", "{why}"), "")
        door.take_in(door.form(sent(person, view, {"word:why": typed("SEG")})))
    elif way == "command":
        door.keep(commanded(person, words))
    else:
        action = {"action_id": "say:x", "value": words, "text": {"text": "x"}}
        door.keep(pressed(person, action, home=way == "home"))
    everything(office)


@pytest.mark.parametrize("person", EVERYBODY)
def test_what_somebody_may_not_tell_us_changes_nothing_by_any_way_of_telling(office: Office, person: str) -> None:
    with office.books.begin() as unit:
        (aside,) = (row.id for row in unit.inbox.quarantined())
    before = standing(office, aside)
    refused = [words.format(aside=aside) for words, may in ORDERS.items() if person not in may]
    for number, words in enumerate(refused):
        way = WAYS[(number + EVERYBODY.index(person)) % len(WAYS)]
        tells(office, person, words, way)
        assert standing(office, aside) == before, (person, words, way)
    office.posts(person, "\n".join(refused), NOW, user=user(person)["id"])
    assert standing(office, aside) == before, person


def sheet(office: Office, person: str) -> Sheet:
    found = office.desk.sheet_for(f"slack:{TEAM}:{PLACES[person]}", NOW)
    assert found is not None
    return found


def forms(office: Office) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every modal as the Domestic Abuse Coordinator was shown it, filled in."""
    about = {"partnership": "test", "period": "2015-16Q2", "person": "da", "version": 1, "origin": ""}
    yield "form", {"private_metadata": json.dumps(about), "blocks": []}, {"figure:DA06": typed("155")}
    for kind in (NOT_AVAILABLE, NOTHING, HAND_OVER):
        view = answer_view(kind, sheet(office, "da"), ["Youth Offending Team Manager"], "")
        assert view is not None
        fields = {"word:codes": ticked("DA06"), "word:to": picked("Youth Offending Team Manager")}
        yield kind, view, {**fields, "word:comment": typed("none"), "word:expected": {"selected_date": "2015-11-13"}}


def test_somebody_elses_form_is_refused_in_place_and_changes_nothing_if_it_comes_all_the_same(office: Office) -> None:
    before = standing(office, 0)
    for person in ("chair", "yot", "dph", "stranger"):
        for name, view, fields in forms(office):
            door = door_of(office, NOW)
            form = door.form(sent(person, view, fields))
            if name != HAND_OVER:
                try:
                    assert office.desk.look_over(form, NOW), (person, name)
                except NotOnTheList:
                    assert person == "stranger"
            door.take_in(form)
            everything(office)
            assert standing(office, 0) == before, (person, name)


def test_a_choice_counts_only_for_whom_it_was_put_to(office: Office) -> None:
    office.sends(at(6, 12))
    with office.books.begin() as unit:
        asked = [row for row in unit.outbox.rows() if row.planned.kind == "answer"][-1]
        unit.outbox.sent(asked.id, f"slack:{TEAM}:D1:1444125600.000100", at(6, 12))
    before = standing(office, 0)
    action = {"action_id": "choose:1", "value": "1", "text": {"text": "1"}}
    for person in ("coordinator", "chair", "yot", "dph", "stranger"):
        body, door = pressed(person, action), door_of(office, NOW)
        door.keep(body)
        everything(office)
        assert standing(office, 0) == before, person
    told = {person: door_of(office, NOW).objection(pressed(person, action)) for person in ("yot", "stranger", "da")}
    assert told == {"yot": NOT_YOURS, "stranger": NOT_ON_THE_LIST, "da": ""}


def test_somebody_elses_workbook_and_a_strangers_file_record_nothing(office: Office) -> None:
    filled = fill_in(write_workbook(sheet(office, "da")), {"DA06": {"Figure": 999}})
    before = standing(office, 0)
    for person in ("coordinator", "chair", "yot", "dph", "stranger"):
        file = {**in_slack(f"{person}.xlsx"), "id": f"F{person.upper()}"}
        if person != "stranger":  # whose file is not even fetched
            office.files[file["id"]] = filled
        done = office.posts(person, "", NOW, user=user(person)["id"], subtype="file_share", files=[file])
        assert done.outcome in (Outcome.ASKED, Outcome.REFUSED), person
        assert standing(office, 0) == before, person

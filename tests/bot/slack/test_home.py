"""The home tab and "/returns": everybody their own page, and every press checked again where it is carried out."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.slack.door import NOT_ON_THE_LIST
from bot.slack.home_view import home_view, refusal_home
from bot.slack.listeners.commands import told
from bot.slack.modals import words_view
from collector.books import Outcome, RequestState
from collector.desk import NotOnTheList
from collector.domain.orders import Doubtful
from collector.home import Home, Press
from collector.intake import Processed
from parsers.orders import read_orders
from storage.books import SqlBooks
from tests.bot.slack.payloads import (
    ALL_IN_SLACK,
    PLACES,
    commanded,
    done,
    door_of,
    pressed,
    said,
    sent,
    taken_in,
    typed,
)
from tests.bot.slack.test_posts import compare, pretty
from tests.builders import Q2, Office, at
from tests.support.block_kit import problems_of_view

NOW = at(7)


@pytest.fixture
def office(books: SqlBooks) -> Office:
    """A round under way: figures, a question, a change request, a stranger's message set aside."""
    prepared = Office(books, partnership=ALL_IN_SLACK).prepare()
    prepared.sends(at(5, 9, 1))
    prepared.posts("da", "DA06: 153, the target is now 300", at(6))
    prepared.posts("da", "DA07: 19% (15 of 52)", at(6, 11))
    prepared.posts("stranger", "DA06 999", at(6, 12))
    return prepared


def home(office: Office, person: str) -> Home:
    return office.desk.home_of(f"slack:T0TEST:{PLACES[person]}", NOW)


def presses(given: Home) -> Iterator[Press]:
    for part in given.parts:
        yield from part.presses
        for line in part.lines:
            yield from line.presses


def does(office: Office, person: str, press: Press) -> Processed | dict[str, str]:
    """Somebody presses, and writes a word where one is asked for."""
    if not press.asks:
        action = {"action_id": f"say:{press.label}", "value": press.says, "text": {"text": press.label}}
        return done(office, pressed(person, action, home=True), NOW)
    view = words_view(press.label, press.asks, press.asks, press.says, "")
    return taken_in(office, sent(person, view, {"word:why": typed("the Medway Commander")}), NOW)


def state(office: Office) -> object:
    """Everything that a press could change."""
    view = office.view()
    with office.books.begin() as unit:
        return (
            view.round.state,
            {code: figure.version for code, figure in view.figures.items()},
            [(request.id, request.state) for request in view.requests],
            view.signing.signoffs,
            [row.id for row in unit.inbox.quarantined()],
            [row.id for row in unit.outbox.held()],
            [owed.state for owed in view.obligations],
            unit.signoffs.sent_back(view.round.period),
        )


@pytest.mark.parametrize("person", ["da", "dph", "coordinator", "chair"])
def test_a_page_reads_as_its_golden_file_says(office: Office, person: str) -> None:
    view = home_view(home(office, person))
    assert problems_of_view(view) == []
    compare(f"home-{person}.json", pretty(view))


def test_every_press_is_an_order_that_is_understood(office: Office) -> None:
    for person in ("da", "dph", "coordinator"):
        for press in presses(home(office, person)):
            read = read_orders(press.says.replace("{why}", "the Medway Commander"), NOW.date())
            assert (len(read.orders), read.rest.strip()) == (1, ""), press
            assert not isinstance(read.orders[0], Doubtful), press


def test_every_press_of_the_lead_and_the_coordinator_does_nothing_for_anybody_else(office: Office) -> None:
    before = state(office)
    for owner, others in (("coordinator", ("da", "yot", "chair", "dph")), ("dph", ("da", "yot", "chair"))):
        for press in presses(home(office, owner)):
            for other in others:
                does(office, other, press)
                assert state(office) == before, (other, press)


def test_a_strangers_press_changes_nothing_and_the_coordinator_is_shown_it(office: Office) -> None:
    before = office.view().signing.signoffs
    action = {"action_id": "say:x", "value": "sign off P1", "text": {"text": "x"}}
    outcome = done(office, pressed("stranger", action, home=True), NOW)
    assert outcome.outcome is Outcome.REFUSED
    assert "is not registered" in outcome.reason
    assert office.view().signing.signoffs == before
    with pytest.raises(NotOnTheList):
        office.desk.home_of("slack:T0TEST:U0STRANGER", NOW)
    assert problems_of_view(refusal_home(NOT_ON_THE_LIST)) == []


def test_a_lead_signs_off_and_sends_back_with_a_press(office: Office) -> None:
    found = {press.label: press for press in presses(home(office, "dph"))}
    does(office, "dph", found["Sign off P1"])
    assert len(office.view().signing.signoffs) == 1
    assert "Sign off P1" not in {press.label for press in presses(home(office, "dph"))}
    does(office, "dph", found["Send back"])
    with office.books.begin() as unit:
        assert [given.reason for given in unit.signoffs.sent_back(Q2)] == ["the Medway Commander"]


def test_the_coordinator_accepts_what_was_set_aside_and_enters_what_seg_decided(office: Office) -> None:
    found = {press.label: press for press in presses(home(office, "coordinator"))}
    does(office, "coordinator", found["Accepted"])
    assert [request.state for request in office.view().requests] == [RequestState.ACCEPTED]
    does(office, "coordinator", found["Reject"])
    with office.books.begin() as unit:
        assert unit.inbox.quarantined() == []


def test_a_figure_stands_with_its_receipt_on_its_writers_page(office: Office) -> None:
    words = [line.words for part in home(office, "da").parts for line in part.lines]
    (sent_in,) = [line for line in words if "153" in line]
    assert sent_in.startswith("DA06 short of DA06: 153, received 10am Tue 6 Oct 2015 [R-")
    assert any("a question is open in our conversation" in line for line in words)


def test_nobody_sees_the_rounds_business_but_the_coordinator(office: Office) -> None:
    for person in ("da", "dph", "chair"):
        shown = json.dumps(home_view(home(office, person)))
        assert "Set aside" not in shown
        assert "U0STRANGER" not in shown


def test_peoples_words_on_a_page_are_shown_as_text(office: Office) -> None:
    office.posts("stranger", "<!channel> *DA06* 999", at(6, 13))
    shown = json.dumps(home_view(home(office, "coordinator")))
    assert "<!channel>" not in shown


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("", Outcome.CARRIED_OUT), ("help", Outcome.CARRIED_OUT), ("status", Outcome.CARRIED_OUT)],
)
def test_a_command_goes_the_way_of_the_same_words(office: Office, text: str, outcome: Outcome) -> None:
    body = commanded("coordinator", text)
    assert done(office, body, NOW).outcome is outcome
    assert not door_of(office, NOW).keep(body)
    with office.books.begin() as unit:
        answer = unit.outbox.rows()[-1].planned
    assert (answer.person, answer.channel, len(answer.references)) == ("coordinator", "slack", 1)


def test_figures_can_be_sent_with_a_command(office: Office) -> None:
    done(office, commanded("da", "DA07 91%"), NOW)
    assert office.value("DA07") == 91


def test_who_gives_a_command_is_told_at_once_and_a_stranger_why_not(office: Office) -> None:
    door = door_of(office, NOW)
    assert told(door, commanded("da", "<!channel> status")).startswith("We have \u201c&lt;!channel&gt; status\u201d.")
    assert told(door, commanded("stranger", "status")) == NOT_ON_THE_LIST


def test_a_press_signs_the_versions_its_page_showed_and_nothing_that_came_since(office: Office) -> None:
    found = {press.label: press for press in presses(home(office, "dph"))}
    office.posts("da", "DA06 155", at(6, 13))
    does(office, "dph", found["Sign off P1"])
    assert not office.view().signing.signoffs
    assert "P1 Tackle everything has changed since your page was shown" in said(office)[-1]
    found = {press.label: press for press in presses(home(office, "dph"))}
    does(office, "dph", found["Sign off P1"])
    assert len(office.view().signing.signoffs) == 1
    does(office, "dph", found["Sign off P1"])
    assert "signed off already" in said(office)[-1]
    assert len(office.view().signing.signoffs) == 1


def test_a_page_that_shows_a_priority_in_part_offers_no_signature(office: Office) -> None:
    page = home(office, "dph")
    part = next(part for part in page.parts if part.presses)
    crowded = replace(part, lines=part.lines * 20)
    shown = json.dumps(home_view(replace(page, parts=(crowded,))))
    assert "Sign off P1" not in shown
    assert "answer the sheet we send you" in shown


def test_what_cannot_be_called_back_is_asked_about_once_more(office: Office) -> None:
    sure = {press.label: press.sure for press in presses(home(office, "coordinator")) if press.sure}
    assert sure.keys() == {"Accept"}
    with office.books.begin() as unit:
        for row in unit.outbox.rows():
            unit.outbox.hold(row.id)
    view: dict[str, Any] = home_view(home(office, "coordinator"))
    assert problems_of_view(view) == []
    buttons = [element for block in view["blocks"] for element in block.get("elements", []) if "value" in element]
    asked = {button["text"]["text"] for button in buttons if "confirm" in button}
    assert asked == {"Accept", "Release", "Drop", "Release all"}

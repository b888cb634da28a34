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
from collector.domain.indicator import Priority, Unit
from collector.domain.orders import Doubtful
from collector.domain.people import Responsibility
from collector.domain.period import Quarter
from collector.domain.round import RoundState
from collector.home_parts import Home, Press
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
from tests.builders import Q2, Office, at, define
from tests.support.block_kit import problems_of_view
from tests.support.standing import standing

NOW = at(7)
CODES = [f"AB{number:02d}" for number in range(70)]
#: Seventy figures more, all of one contributor, in two priorities of one lead.
SEVENTY = replace(
    ALL_IN_SLACK,
    priorities=(*ALL_IN_SLACK.priorities, Priority("P2", "Support victims", "dph")),
    definitions=(
        *ALL_IN_SLACK.definitions,
        *(define(code, Unit.COUNT, priority=f"P{1 + number % 2}") for number, code in enumerate(CODES)),
    ),
    responsibilities=(
        *ALL_IN_SLACK.responsibilities,
        *(Responsibility(code, "da", Quarter(2014, 3)) for code in CODES),
    ),
)


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


def buttons(view: dict[str, Any]) -> list[dict[str, Any]]:
    """Every button of a page, below a line or beside it."""
    rows = [[*block.get("elements", []), block.get("accessory", {})] for block in view["blocks"]]
    return [element for row in rows for element in row if "value" in element]


def labels(view: dict[str, Any]) -> set[str]:
    return {button["text"]["text"] for button in buttons(view)}


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
    before = standing(office)
    for owner, others in (("coordinator", ("da", "yot", "chair", "dph")), ("dph", ("da", "yot", "chair"))):
        for press in presses(home(office, owner)):
            for other in others:
                does(office, other, press)
                assert standing(office) == before, (other, press)


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
    crowded = replace(part, lines=part.lines * 80)
    view = home_view(replace(page, parts=(crowded,)))
    assert problems_of_view(view) == []
    assert "Sign off P1" not in json.dumps(view)
    assert "answer the sheet we send you" in json.dumps(view)


def test_a_page_of_seventy_figures_shows_every_one_and_its_lead_can_sign_all_of_them(books: SqlBooks) -> None:
    office = Office(books, partnership=SEVENTY).prepare()
    for figures in ("", "\n".join(f"{code} 7" for code in CODES)):
        if figures:
            office.posts("da", figures, at(6))
        view: dict[str, Any] = home_view(home(office, "da"))
        assert problems_of_view(view) == []
        assert [code for code in CODES if f"{code} short" not in json.dumps(view)] == []
    view = home_view(home(office, "dph"))
    assert problems_of_view(view) == []
    assert json.dumps(view).count("Send back") == len(CODES)
    assert {"Sign off P1", "Sign off P2"} <= labels(view)


def test_what_waits_in_one_part_crowds_no_other_off_the_page(office: Office) -> None:
    for number in range(60):
        office.posts("stranger", f"we are new here, {number}", at(6, 13))
    page = home(office, "coordinator")
    view = home_view(page)
    assert problems_of_view(view) == []
    shown = json.dumps(view)
    assert all(part.title in shown for part in page.parts)
    assert "more. To see them all, write to us: quarantine" in shown
    rest = [part.rest.partition("write to us: ")[2] for part in page.parts if "write to us" in part.rest]
    assert len(rest) == 5
    assert all(len(read_orders(words, NOW.date()).orders) == 1 for words in rest)


def lock(office: Office) -> None:
    for words in ("freeze the round for Q2 2015-16: the papers go out", "lock the round for Q2 2015-16: SEG met"):
        office.posts("coordinator", words, at(6, 14), user=PLACES["coordinator"])


def test_the_page_of_a_locked_round_says_what_never_came_and_offers_only_what_can_be_done(office: Office) -> None:
    lock(office)
    shown = json.dumps(home_view(home(office, "da")))
    assert "locked on Tue 6 Oct 2015" in shown
    assert "Everything we asked you for is in" not in shown
    assert "waits for the coordinator" in shown
    (never,) = [part for part in home(office, "da").parts if part.title == "Not in when the round was locked"]
    assert [line.words for line in never.lines] == ["DA07 short of DA07"]
    assert list(presses(home(office, "dph"))) == []
    found = {press.label: press for press in presses(home(office, "coordinator"))}
    assert found.keys() & {"Freeze", "Lock", "Reopen"} == {"Reopen"}
    does(office, "coordinator", found["Reopen"])
    assert office.view().round.state is RoundState.OPEN
    assert {"Sign off P1", "Send back"} <= {press.label for press in presses(home(office, "dph"))}


def test_a_frozen_round_can_be_locked_or_opened_again_from_the_page(office: Office) -> None:
    office.posts("coordinator", "freeze the round: the papers go out", at(6, 14), user=PLACES["coordinator"])
    found = {press.label: press for press in presses(home(office, "coordinator"))}
    assert found.keys() & {"Freeze", "Lock", "Reopen"} == {"Lock", "Reopen"}
    assert "frozen for its papers" in home(office, "da").headline
    does(office, "coordinator", found["Lock"])
    assert office.view().round.state is RoundState.LOCKED


def test_who_reads_the_board_and_reports_a_figure_sees_both(books: SqlBooks) -> None:
    group = {"chair": "DA06"}
    two_roles = replace(
        ALL_IN_SLACK,
        responsibilities=tuple(
            replace(each, person=next((who for who, code in group.items() if code == each.measure), each.person))
            for each in ALL_IN_SLACK.responsibilities
        ),
    )
    page = home(Office(books, partnership=two_roles).prepare(), "chair")
    assert page.board is not None
    assert [line.words for line in page.parts[0].lines] == ["1. DA06 short of DA06: a number, Q1: 135"]
    view = home_view(page)
    assert problems_of_view(view) == []
    assert "Fill in" in labels(view)


def test_who_stands_in_for_a_lead_has_the_priority_on_their_page(office: Office) -> None:
    assert "Sign off P1" not in {press.label for press in presses(home(office, "yot"))}
    words = "I'm on leave until 16 October, the Youth Offending Team Manager covers"
    office.posts("dph", words, at(6, 14), user=PLACES["dph"])
    found = {press.label: press for press in presses(home(office, "yot"))}
    does(office, "yot", found["Sign off P1"])
    assert len(office.view().signing.signoffs) == 1


def test_nobody_is_offered_to_send_back_their_own_figure(books: SqlBooks) -> None:
    office = Office(books, partnership=ALL_IN_SLACK).prepare()
    office.posts("dph", "SA01 40% (20 of 50)", at(6), user=PLACES["dph"])
    assert {press.label for press in presses(home(office, "dph"))} == {"Sign off P1"}


def test_before_the_first_round_the_coordinator_can_look_at_the_plan_and_nobody_is_asked_for_anything(
    books: SqlBooks,
) -> None:
    office = Office(books, partnership=ALL_IN_SLACK)
    office.loads(at(1, month=9))
    office.posts("stranger", "DA06 999", at(2, month=9))
    page = home(office, "coordinator")
    assert {"Definitions", "Show", "Accept as", "Reject"} == {press.label for press in presses(page)}
    assert "Q2 2015-16 (Jul to Sep 2015) opens by itself on 7 Oct 2015" in page.told
    found = {press.label: press for press in presses(page)}
    for label in ("Definitions", "Show", "Accept as", "Reject"):
        does(office, "coordinator", found[label])
        assert "nothing was done" not in said(office)[-1], label
    assert ".xlsx" in repr(said(office))
    assert done(office, commanded("da", ""), NOW).outcome is Outcome.CARRIED_OUT
    assert "You can write, each on a line of its own" in said(office)[-1]
    for person in ("coordinator", "da", "dph", "chair"):
        view = home_view(home(office, person))
        assert problems_of_view(view) == []
        assert "No round is open yet" in json.dumps(view)


def test_what_cannot_be_called_back_is_asked_about_once_more(office: Office) -> None:
    assert "Accept" not in labels(home_view(home(office, "coordinator"))), "nobody can tell whose the stranger's is"
    office.border.distrusted = ("yot@youth.example.org",)
    office.says("yot", "RO06 40% (20 of 50)", at(6, 13))
    with office.books.begin() as unit:
        for row in unit.outbox.rows():
            unit.outbox.hold(row.id)
    view: dict[str, Any] = home_view(home(office, "coordinator"))
    assert problems_of_view(view) == []
    asked = {button["text"]["text"] for button in buttons(view) if "confirm" in button}
    assert asked == {"Accept", "Release", "Drop", "Release all"}

"""The buttons of a reminder: each goes the way of the typed words, and the old reminder says when all is in."""

import json
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.slack.errors import NotPosted
from bot.slack.modals import HAND_OVER, NO_CHANGE_ASKED, NOT_AVAILABLE, NOTHING, answer_view, say, words_view
from bot.slack.posts import Posts
from bot.slack.view import form_view
from collector.books import OutboxState, Outcome
from collector.domain.figure import FigureStatus, Reported
from collector.domain.period import Quarter
from collector.intake import Processed
from collector.messages import Notice, Sheet, SignOffSheet
from parsers.posted import open_posted
from storage.books import SqlBooks
from tests.bot.slack.payloads import ALL_IN_SLACK, dated, done, door_of, picked, pressed, sent, taken_in, ticked, typed
from tests.builders import Q2, Office, Outside, at
from tests.support.block_kit import problems_of_view

ORIGIN = "slack:T0TEST:D1:1444125600.000100"
MILESTONE = Reported("RS08", Quarter(2015, 1), FigureStatus.NARRATIVE, note="On track: the talks were booked.")
PARTNERSHIP = replace(ALL_IN_SLACK, history=(*ALL_IN_SLACK.history, MILESTONE))


@pytest.fixture
def office(books: SqlBooks) -> Office:
    prepared = Office(books, partnership=PARTNERSHIP).prepare()
    prepared.sends(at(5, 9, 1))
    return prepared


def sheet(office: Office, person: str) -> Sheet:
    found = office.desk.sheet_for(f"slack:T0TEST:{ {'da': 'U0DA', 'yot': 'U0YOT'}[person] }", at(6))
    assert found is not None
    return found


def view(office: Office, person: str, kind: str) -> dict[str, Any]:
    found = answer_view(kind, sheet(office, person), ["Medway Commander", "Director of Public Health"], ORIGIN)
    assert found is not None
    return found


def recorded(outcome: Processed | dict[str, str]) -> dict[str, Reported]:
    assert isinstance(outcome, Processed)
    return {entry.figure.reported.measure: entry.figure.reported for entry in outcome.entries}


def buttons(office: Office, person: str) -> dict[str, dict[str, Any]]:
    """The buttons of the reminder somebody was sent, by their labels."""
    with office.books.begin() as unit:
        (row,) = [row for row in unit.outbox.rows() if row.planned.kind == "reminder" and row.planned.person == person]
    payload = json.loads(Posts("Test", lambda _: b"").render(row, "", "U0DA"))
    elements = [
        element for block in payload["blocks"] for element in block.get("elements", []) if "action_id" in element
    ]
    return {element["text"]["text"]: element for element in elements}


def test_a_reminder_has_a_button_for_each_way_to_answer_and_no_change_for_milestones_only(office: Office) -> None:
    ways = ["Fill in", "Not available yet", "Nothing to report", "Hand over", "Remind me tomorrow"]
    assert list(buttons(office, "da")) == ways
    assert list(buttons(office, "yot")) == [*ways[:3], "No change", *ways[3:]]


def test_remind_me_tomorrow_does_what_the_typed_words_do(office: Office) -> None:
    outcome = done(office, pressed("da", buttons(office, "da")["Remind me tomorrow"]), at(6))
    assert outcome.outcome is Outcome.CARRIED_OUT
    assert list(outcome.notes) == ["The next reminder comes on Wed 7 Oct 2015."]


def test_a_press_that_arrives_twice_is_done_once(office: Office) -> None:
    body = pressed("da", buttons(office, "da")["Remind me tomorrow"])
    done(office, body, at(6))
    with pytest.raises(AssertionError):
        done(office, body, at(6))


def test_figures_are_not_available_with_a_day_and_a_reason_and_are_marked_where_the_day_has_passed(
    office: Office,
) -> None:
    form = view(office, "da", NOT_AVAILABLE)
    values = {"word:codes": ticked("DA06", "DA07"), "word:comment": typed("the system\nis down")}
    wrong = taken_in(office, sent("da", form, {**values, "word:expected": dated("2015-09-30")}), at(6))
    assert isinstance(wrong, dict)
    assert "that has passed" in wrong["word:expected"]
    held = recorded(taken_in(office, sent("da", form, {**values, "word:expected": dated("2015-11-13")}), at(6)))
    assert held.keys() == {"DA06", "DA07"}
    assert {one.status for one in held.values()} == {FigureStatus.NOT_AVAILABLE}
    assert [str(one.expected_on) for one in held.values()] == ["2015-11-13"] * 2
    assert held["DA06"].note == "the system is down"


def test_nothing_to_report_is_not_zero(office: Office) -> None:
    held = recorded(taken_in(office, sent("da", view(office, "da", NOTHING), {"word:codes": ticked("DA06")}), at(6)))
    assert (held["DA06"].status, held["DA06"].value) == (FigureStatus.NIL_RETURN, None)


def test_a_milestone_without_a_change_says_again_how_it_stood(office: Office) -> None:
    form = view(office, "yot", NO_CHANGE_ASKED)
    body = sent("yot", form, {"word:codes": ticked("RS08"), "word:comment": typed("half term was early")})
    held = recorded(taken_in(office, body, at(6)))
    note = "On track: no change since last quarter (the talks were booked). half term was early"
    assert held["RS08"].note == note
    assert office.view().judged(held["RS08"]).why.startswith("Green: the milestone is on track")


def test_a_sign_off_sheet_is_answered_with_a_press_that_signs_what_it_showed(office: Office) -> None:
    office.posts("da", "DA06 153\nDA07 91%", at(6))
    office.posts("yot", "RO06 40% (20 of 50)\nRS08 on track, we met", at(6), user="U0YOT")
    office.posts("dph", "SA01 40% (20 of 50)", at(6, 11))
    office.slack.names = "slack:T0TEST:D1:1444125600.{number:06d}"
    office.ticks(at(7))
    with office.books.begin() as unit:
        (row,) = [row for row in unit.outbox.rows() if isinstance(row.planned.message, SignOffSheet)]
    post = Posts("Test", lambda _: b"").preview(row.planned.message)
    pressed_on = {
        element["text"]["text"]: element for block in post.blocks for element in cast(Any, block).get("elements", [])
        if "action_id" in element
    }  # fmt: skip
    assert pressed_on.keys() == {"Sign off P1", "Send one back"}
    office.posts("da", "DA06 155", at(7, 11))
    ts = str(row.external_ref).rpartition(":")[2]
    assert not door_of(office, at(7, 12)).keep(pressed("da", pressed_on["Sign off P1"], ts)), "it is not theirs"
    done(office, pressed("dph", pressed_on["Sign off P1"], ts), at(7, 12))
    (signed,) = office.view().signing.signoffs
    assert {code for code, _ in signed.figures} == {"DA07", "RO06", "RS08", "SA01"}, "DA06 is not what it showed"
    back = pressed_on["Send one back"]
    asks = words_view("Send one back", "x", "Which", back["value"], ORIGIN)
    taken_in(office, sent("dph", asks, {"word:why": typed("DA07: the counts are for Q1")}), at(7, 13))
    with office.books.begin() as unit:
        assert [(given.measure, given.reason) for given in unit.signoffs.sent_back(Q2)] == [
            ("DA07", "the counts are for Q1")
        ]


def test_the_form_shows_a_milestones_last_words_and_takes_that_nothing_has_changed(office: Office) -> None:
    form: dict[str, Any] = form_view(sheet(office, "yot"), ORIGIN)
    assert "Q1 2015-16: “On track: the talks were booked.”" in json.dumps(form, ensure_ascii=False)
    (field,) = [block for block in form["blocks"] if block.get("block_id") == "figure:RS08"]
    (told,) = [field["hint"]["text"].partition("write: ")[2]]
    held = recorded(taken_in(office, sent("yot", form, {"figure:RS08": typed(told)}), at(6)))
    assert held["RS08"].note == "On track: no change since last quarter (the talks were booked)"


def test_there_is_no_such_thing_as_no_change_for_a_figure(office: Office) -> None:
    assert answer_view(NO_CHANGE_ASKED, sheet(office, "da"), [], ORIGIN) is None
    forged = sent("da", view(office, "yot", NO_CHANGE_ASKED), {"word:codes": ticked("DA06")})
    assert isinstance(taken_in(office, forged, at(6)), dict)


def test_figures_are_handed_over_to_who_is_picked(office: Office) -> None:
    form = view(office, "da", HAND_OVER)
    body = sent("da", form, {"word:codes": ticked("DA06"), "word:to": picked("Director of Public Health")})
    outcome = taken_in(office, body, at(6))
    assert isinstance(outcome, Processed)
    assert outcome.outcome is Outcome.CARRIED_OUT
    with office.books.begin() as unit:
        assert [given.taker for given in unit.people.hand_overs()] == ["dph"]


@pytest.mark.parametrize("to", ["", "153", "DA06 153\nsign off P1"])
def test_what_is_no_order_in_an_orders_modal_is_marked_and_read_as_nothing_else(office: Office, to: str) -> None:
    body = sent("da", view(office, "da", HAND_OVER), {"word:codes": ticked("DA06"), "word:other": typed(to)})
    marked = taken_in(office, body, at(6))
    assert isinstance(marked, dict)
    assert "We did not understand" in marked[""]
    assert office.value("DA06") is None


def test_the_old_reminder_says_that_all_is_in_once_it_is(office: Office) -> None:
    office.posts("da", "DA06 153", at(6))
    assert office.keys("answered:") == []
    office.posts("da", "DA07 91%", at(6, 11))
    office.sends(at(6, 11))
    office.posts("da", "DA06 Reason: few police referrals. Action: train the desks. Owner: me. By: 31 Jan", at(6, 12))
    office.sends(at(6, 12))
    with office.books.begin() as unit:
        rows = {row.planned.dedupe_key: row for row in unit.outbox.rows()}
    key, told = "reminder:2015-16Q2:da:opening", []
    for edit in (rows[f"answered:{key}:to-be-said"], rows[f"answered:{key}"]):
        assert (edit.state, edit.planned.edits) == (OutboxState.SENT, rows[key].external_ref)
        assert isinstance(edit.planned.message, Notice)
        told.append(edit.planned.message.paragraphs)
    assert told[0][0] == "Every figure we asked you for is in since 11am Tue 6 Oct 2015. Still to be said:"
    assert told[0][1].startswith("DA06 is Red and has no plan yet. Reply with the reason")
    assert told[1][:2] == (
        "Everything we asked you for is in since 12pm Tue 6 Oct 2015. There is nothing more to send.",
        "DA06 short of DA06: 153",
    )
    office.posts("da", "DA06 154", at(6, 13))
    assert len(office.keys("answered:")) == 2


class WithoutTheReminder(Outside):
    """A Slack in which somebody deleted the reminder: nothing can be edited there."""

    def send(self, address: str, raw: bytes, again: bool) -> str:
        if b"answered:" in raw:
            raise NotPosted("Slack refused the message: message_not_found", permanent=True)
        return super().send(address, raw, again)


def test_a_reminder_that_is_gone_from_slack_is_left_at_that(books: SqlBooks) -> None:
    office = Office(books, partnership=PARTNERSHIP, slack=WithoutTheReminder()).prepare()
    office.sends(at(5, 9, 1))
    office.posts("da", "DA06 153; DA07 91%", at(6))
    office.sends(at(6))
    with office.books.begin() as unit:
        states = {row.planned.kind: row.state for row in unit.outbox.rows() if row.planned.person == "da"}
        assert unit.audit.lines(action="not delivered") == []
    assert (states["answered"], states["answer"]) == (OutboxState.FAILED, OutboxState.SENT)


@pytest.mark.parametrize("kind", [NOT_AVAILABLE, NOTHING, NO_CHANGE_ASKED, HAND_OVER])
def test_slack_takes_every_small_modal_however_long_the_list(office: Office, kind: str) -> None:
    given = sheet(office, "yot")
    for count in (1, 11, 70):
        rows = tuple(
            replace(given.rows[0], code=f"AB{n:02d}", title="<!channel> *long* " * 20, unchanged="x" * 300)
            for n in range(count)
        )
        found = answer_view(kind, replace(given, rows=rows), ["Medway Commander"] * 3, ORIGIN)
        assert found is not None
        problems = problems_of_view(found)
        assert [problem for problem in problems if "value twice" not in problem] == []


def test_slack_takes_the_modal_that_asks_why() -> None:
    given = words_view("Send back", "The figure goes back to who gave it.", "Why", "send back DA06: {why}", ORIGIN)
    assert problems_of_view(given) == []
    opened = open_posted(json.dumps(sent("dph", given, {"word:why": typed("the wrong\nquarter")})).encode())
    assert getattr(opened, "text", "") == "send back DA06: the wrong quarter"


def test_a_button_in_the_home_tab_says_its_words_in_its_pressers_name(office: Office) -> None:
    button = say("How it stands", "status")
    body = pressed("coordinator", {"action_id": button.action, "value": button.value, "text": {"text": "x"}}, home=True)
    outcome = done(office, body, at(6))
    assert outcome.outcome is Outcome.CARRIED_OUT
    assert outcome.person is not None
    assert outcome.person.id == "coordinator"

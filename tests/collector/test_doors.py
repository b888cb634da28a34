"""One ledger for all doors: Slack, forms, workbooks and mail meet in the same books."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from typing import Any

import pytest

from bot.demo.spreadsheet import fill_in
from collector.books import InboxState, OutboxRow, OutboxState, Outcome
from collector.delivery import Delivery, Fate
from collector.desk import NotOnTheList
from collector.domain.absence import Absence
from collector.domain.figure import FigureStatus
from collector.domain.people import SlackAccount
from collector.domain.submission import Inbound
from collector.failpoints import Failpoint
from collector.forms import sheet_of
from collector.intake import Processed
from collector.messages import Board, Notice, Receipt, Reminder
from collector.ports import FetchFailed, SendFailed
from collector.posting import BOARD_PAUSE
from parsers.workbook import write_workbook
from storage.books import SqlBooks
from tests.builders import IN_SLACK, OPENS, Q2, TEAM, Office, PlainRenderer, at, letter, slack_user


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books, partnership=IN_SLACK).prepare()


def boards(office: Office) -> list[tuple[str, str | None, OutboxState]]:
    with office.books.begin() as unit:
        rows = [row for row in unit.outbox.rows(Q2) if row.planned.dedupe_key.startswith("slack-board:")]
    return [(str(row.external_ref or ""), row.planned.edits, row.state) for row in rows]


def submitted(office: Office, fields: dict[str, str], person: str = "da") -> Inbound:
    """A form as Slack sends it: the fields of its blocks, empty before."""
    blocks = [{"type": "input", "block_id": name, "element": {"type": "plain_text_input"}} for name in fields]
    metadata = {"partnership": "test", "period": "2015-16Q2", "person": person, "version": 1, "origin": "slack:T:D1:1"}
    view = {
        "id": "V1",
        "hash": "1.a",
        "callback_id": "return_form",
        "private_metadata": json.dumps(metadata),
        "blocks": blocks,
        "state": {"values": {name: {"value": {"type": "plain_text_input", "value": v}} for name, v in fields.items()}},
    }
    body = {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": slack_user(person), "team_id": TEAM},
        "view": view,
    }
    raw = json.dumps(body).encode()
    return Inbound("slack", "slack:view:V1:1.a", at(6), raw, len(raw))


def pressed(office: Office, number: int, person: str = "da") -> dict[str, Any]:
    """A press on the button of a numbered choice."""
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": slack_user(person), "team_id": TEAM},
        "channel": {"id": "D1"},
        "container": {"type": "message", "channel_id": "D1", "message_ts": "1443.1"},
        "message": {"ts": "1443.1"},
        "actions": [{"action_id": f"choose:{number}", "value": str(number), "action_ts": f"1444.{number}"}],
    }


def test_somebody_in_slack_is_reminded_there_and_everybody_else_by_mail(office: Office) -> None:
    office.sends(OPENS)
    assert sorted(address for address, _ in office.slack.taken) == ["C0SEG", "U0DA", "U0DPH"]
    assert [address for address, _ in office.outside.taken] == ["yot@youth.example.org"]


def test_a_message_in_slack_is_read_recorded_and_answered_in_slack(office: Office) -> None:
    done = office.posts("da", "DA06 153, DA07 91%", at(6))
    assert done.outcome is Outcome.RECORDED
    assert [office.value("DA06"), office.value("DA07")] == [153, 91]
    assert office.view().figures["DA06"].source.door == "slack"
    office.sends(at(6))
    assert office.slack.taken[-1][0] == "U0DA"


def test_a_stranger_in_slack_changes_nothing_and_the_coordinator_sees_it(office: Office) -> None:
    done = office.posts("nobody", "DA06 999", at(6))
    assert done.outcome is Outcome.REFUSED
    assert office.value("DA06") is None
    assert office.answers() == []
    assert done.reason == f"the sender (member U0STRANGER of the Slack workspace {TEAM}) is not registered"


def test_a_user_of_another_workspace_is_a_stranger(office: Office) -> None:
    done = office.posts("da", "DA06 999", at(6), user_team="T0OTHER")
    assert done.outcome is Outcome.REFUSED
    assert office.value("DA06") is None


def test_a_figure_from_another_door_is_shown_against_the_first_and_asked_about(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    asked = office.posts("da", "DA06 155", at(21))
    assert asked.outcome is Outcome.ASKED
    assert office.value("DA06") == 153
    (question,) = office.answers()[-1].questions
    assert question.reasons == ("Recorded 153 by email on 20 Oct 2015; now 155. Keep which?",)
    assert [choice.label for choice in question.choices] == ["keep 153", "now 155"]


def test_the_same_figure_from_another_door_is_held_already(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    again = office.posts("da", "DA06: 153", at(21))
    assert [entry.new for entry in again.entries] == [False]
    with office.books.begin() as unit:
        assert len(unit.figures.versions("DA06", Q2)) == 1


def test_a_button_answers_the_question_once_however_often_it_is_pressed(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    office.posts("da", "DA06 155", at(21))
    number = office.answers()[-1].questions[0].choices[1].number
    assert office.arrives_in_slack(pressed(office, number), "act", at(21, 11))
    assert not office.arrives_in_slack(pressed(office, number), "act", at(21, 11))
    assert office.processes(at(21, 11)).outcome is Outcome.RECORDED
    assert office.value("DA06") == 155


def test_a_button_of_a_settled_question_changes_nothing_and_says_so(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    office.posts("da", "DA06 155", at(21))
    keep, now = office.answers()[-1].questions[0].choices
    office.arrives_in_slack(pressed(office, keep.number), "first", at(21, 11))
    office.processes(at(21, 11))
    office.arrives_in_slack(pressed(office, now.number), "second", at(21, 12))
    office.processes(at(21, 12))
    assert office.value("DA06") == 153
    assert any("that is settled: 153 stands" in note for note in office.answers()[-1].notes)


def test_somebody_elses_button_changes_nothing(office: Office) -> None:
    office.says("da", "DA06 153", at(20))
    office.posts("da", "DA06 155", at(21))
    number = office.answers()[-1].questions[0].choices[1].number
    office.arrives_in_slack(pressed(office, number, "dph"), "theirs", at(21, 11))
    office.processes(at(21, 11))
    assert office.value("DA06") == 153


def test_a_form_is_looked_over_before_it_is_taken_in(office: Office) -> None:
    inbound = submitted(office, {"figure:DA06": "many", "figure:DA07": "19% (15 of 52)"})
    problems = office.desk.look_over(inbound, at(6))
    assert [problem.where for problem in problems] == ["figure:DA06", "figure:DA07"]
    assert "19%" in problems[1].words
    assert "which is 28.8%" in problems[1].words
    assert office.desk.look_over(submitted(office, {"figure:DA06": "153", "figure:DA07": "91"}), at(6)) == []


def test_what_could_mean_two_things_is_marked_in_place(office: Office) -> None:
    (problem,) = office.desk.look_over(submitted(office, {"figure:DA07": "0.91"}), at(6))
    assert problem.words == "You gave 0.91: that could be 0.91% or 91%. Give it with its sign, such as 91%."


def test_a_form_that_is_taken_in_is_recorded_and_answered_in_slack(office: Office) -> None:
    office.intake.accept(submitted(office, {"figure:DA06": "153", "figure:DA07": "91"}))
    assert office.processes(at(6)).outcome is Outcome.RECORDED
    assert [office.value("DA06"), office.value("DA07")] == [153, 91]
    source = office.view().figures["DA06"].source
    assert (source.door, source.reader, source.evidence) == ("slack", "form/1", "the form: 153")
    with office.books.begin() as unit:
        answer = next(row for row in unit.outbox.rows() if isinstance(row.planned.message, Receipt))
    assert answer.planned.channel == "slack"
    assert answer.planned.references[0] == "slack:T:D1:1"


def test_a_comment_on_a_figure_that_stands_asks_nothing(office: Office) -> None:
    office.posts("da", "DA06 153", at(6))
    office.intake.accept(submitted(office, {"comment:DA06": "A new worker has joined the team."}))
    office.processes(at(6, 12))
    answer = office.answers()[-1]
    assert answer.questions == ()
    assert "DA06: your comment is kept with your message; the figure stands as it is." in answer.notes


def test_somebody_elses_form_stores_nothing(office: Office) -> None:
    raw = submitted(office, {"figure:DA06": "153"}).raw.replace(b"U0DA", b"U0DPH")
    inbound = replace(submitted(office, {}), raw=raw, size=len(raw))
    (problem,) = office.desk.look_over(inbound, at(6))
    assert "made for the Domestic Abuse Coordinator" in problem.words
    office.intake.accept(inbound)
    office.processes(at(6))
    assert office.value("DA06") is None


def test_a_deputys_form_holds_what_they_stand_in_for_and_is_recorded(office: Office) -> None:
    with office.books.begin() as unit:
        unit.people.add_absence(Absence(0, "yot", at(6).date(), at(20).date(), "da", "coordinator", at(5)))
    sheet = office.desk.sheet_for(f"slack:{TEAM}:U0DA", at(6))
    assert sheet is not None
    assert [row.code for row in sheet.rows] == ["DA06", "DA07", "RO06", "RS08"]
    inbound = submitted(office, {"figure:RO06": "28.8% (15 of 52)"})
    assert office.desk.look_over(inbound, at(6)) == []
    office.intake.accept(inbound)
    office.processes(at(6))
    assert office.value("RO06") == Decimal("28.8")


def test_the_desk_knows_who_is_on_the_list(office: Office) -> None:
    sheet = office.desk.sheet_for(f"slack:{TEAM}:U0DA", at(6))
    assert sheet is not None
    assert [row.code for row in sheet.rows] == ["DA06", "DA07"]
    assert office.desk.sheet_for("chair@council.example.org", at(6)) is None
    with pytest.raises(NotOnTheList):
        office.desk.sheet_for(f"slack:{TEAM}:U0STRANGER", at(6))


FILE = {
    "id": "F1",
    "name": "return.xlsx",
    "mimetype": "application/octet-stream",
    "size": 9,
    "url_private": "https://x",
}


def filled(office: Office, person: str, **figures: str) -> bytes:
    """The person's workbook with figures put in, as their spreadsheet program would save it."""
    someone = next(one for one in IN_SLACK.people if one.id == person)
    content = write_workbook(sheet_of(office.view(), someone))
    return fill_in(content, {code: {"Figure": value} for code, value in figures.items()})


def test_a_workbook_dropped_into_slack_is_fetched_kept_and_recorded(office: Office) -> None:
    office.files["F1"] = filled(office, "da", DA06="153", DA07="91%")
    done = office.posts("da", "here it is", at(6), subtype="file_share", files=[FILE])
    assert done.outcome is Outcome.RECORDED
    assert [office.value("DA06"), office.value("DA07")] == [153, 91]
    assert office.view().figures["DA06"].source.reader == "workbook/1"
    with office.books.begin() as unit:
        (enclosure,) = unit.enclosures.of(done.row.id)
        assert enclosure.blob is not None
        assert unit.blobs.get(enclosure.blob) == office.files["F1"]


def test_a_picture_dropped_into_slack_is_said_to_be_unreadable_and_brings_the_workbook(office: Office) -> None:
    office.files["F1"] = b"\x89PNG\r\n\x1a\n" + bytes(100)
    office.posts("da", "", at(6), subtype="file_share", files=[{**FILE, "name": "scan.png", "mimetype": "image/png"}])
    (receipt,) = office.answers()
    assert receipt.workbook is not None
    assert sum("can't read figures from a picture (scan.png)" in note for note in receipt.notes) == 1


def test_a_file_that_can_not_be_fetched_now_is_fetched_later(office: Office) -> None:
    office.files["F1"] = FetchFailed("Slack did not answer")
    first = office.posts("da", "", at(6), subtype="file_share", files=[FILE])
    assert first.outcome is None
    office.files["F1"] = filled(office, "da", DA06="153")
    assert office.processes(at(6, 10, 2)).outcome is Outcome.RECORDED
    assert office.value("DA06") == 153


def test_a_file_that_is_gone_gets_its_plain_reason(office: Office) -> None:
    office.files["F1"] = FetchFailed("return.xlsx is not in Slack any more. Drop it here again.", permanent=True)
    office.posts("da", "DA06 153", at(6), subtype="file_share", files=[FILE])
    assert office.value("DA06") == 153
    assert "return.xlsx is not in Slack any more. Drop it here again." in office.answers()[-1].notes


def test_a_file_that_never_comes_is_told_at_the_last_try(office: Office) -> None:
    office.files["F1"] = FetchFailed("We could not fetch return.xlsx. Drop it here again.")
    office.posts("da", "", at(6), subtype="file_share", files=[FILE])
    office.processes(at(6, 11))
    office.processes(at(6, 12))
    assert "We could not fetch return.xlsx. Drop it here again." in office.answers()[-1].notes


def test_a_fetched_file_is_not_fetched_again_after_a_crash(books: SqlBooks) -> None:
    def dies(point: Failpoint) -> None:
        if point is Failpoint.FILES_KEPT and not died:
            died.append(True)
            raise KeyboardInterrupt

    died: list[bool] = []
    office = Office(books, partnership=IN_SLACK, reached=dies).prepare()
    office.files["F1"] = filled(office, "da", DA06="153")
    with pytest.raises(KeyboardInterrupt):
        office.posts("da", "", at(6), subtype="file_share", files=[FILE])
    office.files.clear()
    assert office.processes(at(6, 11)).outcome is Outcome.RECORDED
    assert office.value("DA06") == 153


def test_a_strangers_file_is_not_touched(office: Office) -> None:
    done = office.posts("nobody", "", at(6), subtype="file_share", files=[FILE])
    assert done.outcome is Outcome.REFUSED
    with office.books.begin() as unit:
        assert unit.enclosures.of(done.row.id) == []


def with_file(person: str, text: str, name: str, content: bytes, when: datetime = OPENS + timedelta(days=1)) -> bytes:
    mail = message_from_bytes(letter(person, text, when), policy=policy.default)
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail.as_bytes())


def test_a_workbook_that_comes_by_mail_is_recorded(office: Office) -> None:
    office.arrives(with_file("yot", "Attached.", "return.xlsx", filled(office, "yot", RO06="43")), at(6))
    assert office.processes(at(6)).outcome is Outcome.RECORDED
    assert office.value("RO06") == 43


def test_words_and_workbook_of_one_message_that_differ_are_asked_about(office: Office) -> None:
    office.arrives(with_file("yot", "RO06: 44%", "return.xlsx", filled(office, "yot", RO06="43")), at(6))
    assert office.processes(at(6)).outcome is Outcome.ASKED
    assert office.value("RO06") is None
    assert [choice.label for choice in office.answers()[-1].questions[0].choices] == ["44%", "43%"]


def test_somebody_elses_workbook_gets_its_reason_and_the_right_one(office: Office) -> None:
    office.arrives(with_file("yot", "Attached.", "return.xlsx", filled(office, "da", DA06="153")), at(6))
    office.processes(at(6))
    assert office.value("DA06") is None
    answer = office.answers()[-1]
    assert any("was made for the Domestic Abuse Coordinator" in note for note in answer.notes)
    assert answer.workbook is not None
    assert answer.workbook.person == "yot"


def test_last_quarters_workbook_gets_its_reason_and_this_quarters(office: Office) -> None:
    view = office.view()
    yot = view.people["yot"]
    old = write_workbook(replace(sheet_of(view, yot), period=Q2.previous))
    office.arrives(with_file("yot", "", "return-q1.xlsx", old), at(6))
    office.processes(at(6))
    answer = office.answers()[-1]
    assert any("return-q1.xlsx is for Q1 2015-16 (Apr to Jun 2015)" in note for note in answer.notes)
    assert answer.workbook is not None
    assert answer.workbook.period == Q2


def test_a_workbook_sent_back_as_it_was_records_nothing(office: Office) -> None:
    office.says("yot", "RO06: 43% (20 of 47)", at(6))
    office.arrives(with_file("yot", "", "return.xlsx", filled(office, "yot")), at(7))
    office.processes(at(7))
    with office.books.begin() as unit:
        assert len(unit.figures.versions("RO06", Q2)) == 1
    assert "Nothing new was filled in in return.xlsx, so nothing was recorded from it." in office.answers()[-1].notes


def test_an_old_workbook_does_not_undo_what_was_corrected_since(office: Office) -> None:
    office.says("yot", "RO06: 43% (20 of 47)", at(6))
    workbook = filled(office, "yot", RS08="The group met in September and agreed two actions.")
    office.says("yot", "RO06: 44.7% (21 of 47)", at(7))
    office.arrives(with_file("yot", "", "return.xlsx", workbook), at(8))
    office.processes(at(8))
    assert str(office.value("RO06")) == "44.7"


def test_the_board_is_posted_once_and_edited_in_place(office: Office) -> None:
    office.sends(OPENS)
    ((first, edits, state),) = boards(office)
    assert (edits, state) == (None, OutboxState.SENT)
    office.posts("da", "DA06 153", at(6))
    office.clock.tick(at(6))
    office.clock.tick(at(6))
    assert [edits for _, edits, _ in boards(office)] == [None, first]
    office.sends(at(6))
    office.clock.tick(at(6, 12))
    assert len(boards(office)) == 2, "nothing has changed since"


def test_board_edits_keep_their_distance_and_say_how_things_are_when_they_go(office: Office) -> None:
    office.sends(OPENS)
    office.posts("da", "DA06 153", OPENS)
    office.clock.tick(OPENS)
    office.posts("da", "DA07 91%", OPENS)
    assert all(not isinstance(d.row.planned.message, Board) for d in office.sends(OPENS))
    (edit,) = [d for d in office.sends(OPENS + BOARD_PAUSE) if isinstance(d.row.planned.message, Board)]
    assert edit.fate is Fate.SENT
    assert b"received=2" in edit.raw, edit.raw


def test_a_board_is_edited_at_any_hour_and_posted_only_in_office_hours(office: Office) -> None:
    office.sends(OPENS)
    office.posts("da", "DA06 153", at(10, 22))
    office.clock.tick(at(10, 22))
    assert any(isinstance(d.row.planned.message, Board) and d.fate is Fate.SENT for d in office.sends(at(10, 22)))


def test_what_slack_refuses_for_good_goes_by_mail(office: Office) -> None:
    office.slack.failing.append(SendFailed("user_disabled", permanent=True))
    office.slack.failing.append(SendFailed("user_disabled", permanent=True))
    office.slack.failing.append(SendFailed("channel_not_found", permanent=True))
    office.sends(OPENS)
    assert "da@council.example.org" in [address for address, _ in office.outside.taken]
    assert office.slack.taken == []


def test_what_slack_does_not_take_now_waits_as_long_as_it_was_told_to(office: Office) -> None:
    office.slack.failing += [SendFailed("slow down", retry_after=timedelta(seconds=7))] * 3
    office.sends(OPENS)
    assert office.slack.taken == []
    office.sends(OPENS + timedelta(seconds=6))
    assert office.slack.taken == []
    office.sends(OPENS + timedelta(seconds=7))
    assert len(office.slack.taken) == 3
    assert office.slack.again[-3:] == [True] * 3, "what may have arrived is looked for first"


def test_without_slack_everybody_is_written_to_by_mail(office: Office) -> None:
    delivery = Delivery(office.books, {"mail": office.channels["mail"]}, office.calendar)
    while delivery.send_next(OPENS) is not None:
        pass
    told = [address for address, _ in office.outside.taken]
    assert sorted(told) == ["da@council.example.org", "dph@health.example.org", "yot@youth.example.org"]


def test_the_coordinator_hears_by_mail_that_slack_takes_nothing(office: Office) -> None:
    office.slack.failing += [SendFailed("SLACK_BOT_TOKEN is not accepted")] * 9
    office.sends(OPENS)
    office.sends(at(5, 9, 2))
    office.clock.tick(at(5, 10, 30))
    office.sends(at(5, 10, 30))
    with office.books.begin() as unit:
        (row,) = [row for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("review:")]
    assert row.planned.channel == "mail"
    assert isinstance(row.planned.message, Notice)
    assert row.planned.message.subject == "3 messages still to go out"


def test_one_channel_takes_only_its_own(office: Office) -> None:
    delivery = Delivery(office.books, office.channels, office.calendar, only=("mail",))
    while delivery.send_next(OPENS) is not None:
        pass
    assert office.slack.taken == []
    assert len(office.outside.taken) == 1


def test_what_can_not_be_opened_and_names_nobody_is_shown_to_the_coordinator(office: Office) -> None:
    with office.books.begin() as unit:
        assert unit.inbox.quarantined() == []
    office.intake.accept(Inbound("slack", "slack:broken", at(6), b"{", 1))
    office.processes(at(6))
    with office.books.begin() as unit:
        (row,) = unit.inbox.quarantined()
        assert row.state is InboxState.QUARANTINED
        assert not any(isinstance(sent.planned.message, Notice) for sent in unit.outbox.rows())


# --- what an attack brought to light ---------------------------------------------------------------------------------


def returned(
    office: Office, person: str, base: bytes, cells: dict[str, dict[str, object]], text: str = ""
) -> Processed:
    """A workbook that went out earlier comes back by mail."""
    office.mails += 1
    office.arrives(with_file(person, text, "return.xlsx", fill_in(base, cells), at(8)), at(8, 10, office.mails))
    return office.processes(at(8, 12))


def blank(office: Office, person: str) -> bytes:
    someone = next(one for one in IN_SLACK.people if one.id == person)
    return write_workbook(sheet_of(office.view(), someone))


@pytest.mark.parametrize(
    "comment",
    [
        "this is the Q1 figure",
        "since April",
        "July and August only",
        "should be 155",
        "estimate, to be confirmed",
        "draft",
        "needs checking",
        "this is the target",
        "same as last quarter",
        "one area is still to report",
        "a six-month figure",
        "Northtown only",
        "?",
    ],
)
def test_a_comment_that_puts_the_figure_in_doubt_is_asked_about(office: Office, comment: str) -> None:
    done = returned(office, "da", blank(office, "da"), {"DA06": {"Figure": 153, "Comment": comment}})
    assert done.outcome is Outcome.ASKED
    assert office.value("DA06") is None
    assert "153" in office.answers()[-1].questions[0].choices[0].label


@pytest.mark.parametrize(
    "comment",
    ["up from 135 last quarter", "two cases were added late", "no concerns", "All good", "no exceptions to report"],
)
def test_a_comment_that_only_explains_is_no_question(office: Office, comment: str) -> None:
    done = returned(office, "da", blank(office, "da"), {"DA06": {"Figure": 153, "Comment": comment}})
    assert done.outcome is Outcome.RECORDED
    assert office.value("DA06") == 153


def test_a_comment_is_kept_with_its_figure_and_said_back(office: Office) -> None:
    cells: dict[str, object] = {"Figure": 153, "Comment": "A second worker has joined the team."}
    returned(office, "da", blank(office, "da"), {"DA06": cells})
    assert office.view().figures["DA06"].reported.note == "A second worker has joined the team."
    assert office.answers()[-1].recorded[0].note == "A second worker has joined the team."
    da = next(one for one in IN_SLACK.people if one.id == "da")
    held = sheet_of(office.view(), da).rows[0].held
    assert held is not None
    assert held.comment == "A second worker has joined the team."


def test_counts_in_a_comment_are_held_against_the_percentage(office: Office) -> None:
    done = returned(office, "da", blank(office, "da"), {"DA07": {"Figure": 19, "Comment": "15 of 52 people"}})
    assert done.outcome is Outcome.ASKED


@pytest.mark.parametrize("text", ["Here are our Q1 figures.", "All figures are since April."])
def test_words_that_hold_for_the_whole_workbook_are_asked_about(office: Office, text: str) -> None:
    done = returned(office, "da", blank(office, "da"), {"DA06": {"Figure": 153}}, text)
    assert done.outcome is Outcome.ASKED
    assert office.value("DA06") is None


@pytest.mark.parametrize(
    "cells",
    [
        {"Comment": "A new worker has joined the team"},
        {"Status": "Provisional"},
        {"Comment": "x", "Status": "Provisional"},
    ],
)
def test_a_row_whose_figure_was_not_touched_undoes_no_correction(office: Office, cells: dict[str, object]) -> None:
    office.says("da", "DA06 153", at(6))
    old = blank(office, "da")
    office.says("da", "DA06 155", at(7))
    returned(office, "da", old, {"DA06": cells})
    assert office.value("DA06") == 155


def test_a_figure_typed_over_one_that_changed_since_is_asked_about(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    old = blank(office, "da")
    office.says("da", "DA06 155", at(7))
    done = returned(office, "da", old, {"DA06": {"Figure": 157}})
    assert done.outcome is Outcome.ASKED
    assert office.value("DA06") == 155
    assert [choice.label for choice in office.answers()[-1].questions[0].choices] == ["155", "157"]


def test_the_same_workbook_again_does_not_undo_a_correction(office: Office) -> None:
    base = blank(office, "da")
    returned(office, "da", base, {"DA06": {"Figure": 153}})
    office.says("da", "DA06 155", at(8, 13))
    office.arrives(with_file("da", "", "return.xlsx", fill_in(base, {"DA06": {"Figure": 153}})), at(9))
    assert office.processes(at(9)).outcome is Outcome.ASKED
    assert office.value("DA06") == 155


def test_an_edit_says_only_what_is_new_in_it(office: Office) -> None:
    office.posts("da", "DA06 153", at(6))
    office.posts("da", "DA06 155", at(7))
    edited = edit(office, "DA06 153", "DA06 153, and DA07 91%", at(8))
    assert office.processes(at(8)).outcome is Outcome.RECORDED, edited
    assert [office.value("DA06"), office.value("DA07")] == [155, 91]


def test_an_edit_that_changes_no_figure_is_left_alone(office: Office) -> None:
    office.posts("da", "Teh figure: DA06 153", at(6))
    answers = len(office.answers())
    edit(office, "Teh figure: DA06 153", "The figure: DA06 153", at(7))
    assert office.processes(at(7)).outcome is Outcome.IGNORED
    assert len(office.answers()) == answers


def test_what_an_edit_takes_out_is_told_and_stands(office: Office) -> None:
    office.posts("da", "DA06 153, DA07 91%", at(6))
    edit(office, "DA06 153, DA07 91%", "DA07 91%", at(7))
    office.processes(at(7))
    assert office.value("DA06") == 153
    assert any("You took DA06 out of your message" in note for note in office.answers()[-1].notes)


def edit(office: Office, before: str, after: str, when: datetime) -> bool:
    said = {"user": "U0DA", "ts": "1443.000100", "type": "message"}
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel_type": "im",
        "channel": "D1",
        "message": {**said, "text": after, "edited": {"user": "U0DA", "ts": f"{when.timestamp():.0f}.000000"}},
        "previous_message": {**said, "text": before},
    }
    return office.arrives_in_slack({"team_id": TEAM, "event": event}, f"1443.000100:{when.timestamp():.0f}", when)


@pytest.mark.parametrize(
    "text", ["DA06: ~the figure is 153~", "~DA06 153~", "~DA06 was 153 in total this quarter~", "~DA06 153\nDA07 91%~"]
)
def test_what_is_struck_through_is_not_said(office: Office, text: str) -> None:
    office.posts("da", text, at(6))
    assert office.value("DA06") is None
    assert office.value("DA07") is None
    assert "What you struck through was left out." in office.answers()[-1].notes


def test_a_struck_figure_beside_the_right_one_is_left_out(office: Office) -> None:
    office.posts("da", "DA06 ~153~ 155", at(6))
    assert office.value("DA06") == 155


def test_an_empty_cell_of_a_pasted_table_keeps_its_column(office: Office) -> None:
    def row(*cells: str) -> list[dict[str, str]]:
        return [{"type": "raw_text", "text": cell} for cell in cells]

    table = {"type": "table", "rows": [row("Code", "Q1", "Q2"), row("DA06", "135", ""), row("DA07", "84%", "")]}
    office.posts("da", "our figures", at(6), blocks=[table])
    assert office.value("DA06") is None
    assert office.value("DA07") is None


def test_a_choice_does_not_swallow_another_figure_in_the_workbook(office: Office) -> None:
    office.says("da", "DA06 153?", at(6))
    done = returned(office, "da", blank(office, "da"), {"DA06": {"Figure": 155}}, "1")
    assert done.outcome is Outcome.ASKED or office.value("DA06") == 155
    assert any("you took choice 1 and also filled it in" in note for note in office.answers()[-1].notes)


@pytest.mark.parametrize(
    ("figure", "status"),
    [("not available", "Provisional"), ("nothing to report", "Provisional"), ("£153", "Not available yet")],
)
def test_a_status_hides_nothing_that_was_typed_beside_it(office: Office, figure: str, status: str) -> None:
    done = returned(office, "da", blank(office, "da"), {"DA06": {"Figure": figure, "Status": status}})
    assert done.outcome is Outcome.ASKED
    assert "DA06" not in office.view().figures


@pytest.mark.parametrize("figure", ["0.5", "1", "(91)", "91-"])
def test_a_percentage_that_could_be_something_else_is_asked_about(office: Office, figure: str) -> None:
    done = returned(office, "da", blank(office, "da"), {"DA07": {"Figure": figure}})
    assert done.outcome is Outcome.ASKED


@pytest.mark.parametrize("held", ["90.9090909090909", "90.9090909090909%"])
def test_a_percentage_that_was_worked_out_is_kept_to_a_tenth(office: Office, held: str) -> None:
    returned(office, "da", blank(office, "da"), {"DA07": {"Figure": held}})
    assert str(office.value("DA07")) == "90.9"


def test_a_date_that_has_passed_is_asked_about(office: Office) -> None:
    cells: dict[str, object] = {"Status": "Not available yet", "Expected on": "1 February 2014"}
    assert returned(office, "da", blank(office, "da"), {"DA06": cells}).outcome is Outcome.ASKED


def test_a_form_opened_before_a_correction_undoes_nothing(office: Office) -> None:
    office.posts("da", "DA06 155", at(6))
    inbound = submitted(office, {"figure:DA06": "153", "status:DA06": "Provisional"})
    body = json.loads(inbound.raw)
    body["view"]["blocks"][0]["element"]["initial_value"] = "153"
    raw = json.dumps(body).encode()
    office.intake.accept(replace(inbound, raw=raw, size=len(raw)))
    office.processes(at(6, 12))
    assert office.value("DA06") == 155
    assert any("was handed out before 155 was recorded" in note for note in office.answers()[-1].notes)


def test_a_board_that_slack_refused_is_posted_there_the_next_day_and_never_mailed(office: Office) -> None:
    office.slack.failing += [SendFailed("not_in_channel", permanent=True)] * 3
    office.sends(OPENS)
    assert "seg@council.example.org" not in [address for address, _ in office.outside.taken]
    office.clock.tick(at(5, 15))
    assert len(boards(office)) == 1
    office.clock.tick(at(6, 10))
    office.sends(at(6, 10))
    assert [edits for _, edits, state in boards(office) if state is OutboxState.SENT] == [None]


def test_a_board_whose_edit_is_refused_is_posted_anew_and_nobody_is_alarmed(office: Office) -> None:
    office.sends(OPENS)
    office.posts("da", "DA06 153", at(6))
    office.sends(at(6))
    office.clock.tick(at(6))
    office.slack.failing.append(SendFailed("message_not_found", permanent=True))
    office.sends(at(6))
    office.clock.tick(at(7, 11))
    office.sends(at(7, 11))
    assert [edits is None for _, edits, _ in boards(office)] == [True, False, True]
    assert office.keys("review:") == []


@pytest.mark.parametrize(
    ("first", "then", "value"),
    [
        ("DA06: not available until 12 October", "DA06 153", "153"),
        ("DA06: 153 provisional", "DA06: 153", "153"),
        ("DA07 91%", "DA07: 91% (50 of 55)", "91"),
    ],
)
def test_what_only_adds_to_what_another_door_brought_is_no_contradiction(
    office: Office, first: str, then: str, value: str
) -> None:
    office.says("da", first, at(6))
    done = office.posts("da", then, at(7))
    assert done.outcome is Outcome.RECORDED
    assert str(office.value(then[:4])) == value


def test_a_figure_in_question_is_chased_although_one_stands(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153\nDA07 91%", at(6))
    office.posts("da", "DA06 155", at(7))
    office.clock.tick(at(16, 9))
    with office.books.begin() as unit:
        rows = [row for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("reminder:2015-16Q2:da:2015")]
    message = rows[-1].planned.message
    assert isinstance(message, Reminder)
    assert [question.stands for question in message.to_answer] == ["153"]


def test_who_is_in_slack_only_gets_digest_and_notices_there(books: SqlBooks) -> None:
    people = tuple(
        replace(person, addresses=(), slack=SlackAccount(TEAM, f"U0{person.id.upper()}"))
        if person.id in ("chair", "coordinator")
        else person
        for person in IN_SLACK.people
    )
    office = Office(books, partnership=replace(IN_SLACK, people=people)).prepare()
    office.posts("nobody", "DA06 999", at(6))
    office.clock.tick(at(9, 12))
    office.sends(at(9, 12))
    told = [address for address, _ in office.slack.taken]
    assert {"U0CHAIR", "U0COORDINATOR"} <= set(told)


def test_of_very_many_files_the_first_are_opened_and_the_sender_is_told(office: Office) -> None:
    files = [FILE | {"id": f"F{number}"} for number in range(30)]
    office.files.update({str(file["id"]): filled(office, "da", DA06="153") for file in files})
    done = office.posts("da", "", at(6), subtype="file_share", files=files)
    assert office.value("DA06") == 153
    with office.books.begin() as unit:
        assert len(unit.enclosures.of(done.row.id)) == 10
    told = [note for note in office.answers()[-1].notes if "files" in note]
    assert told == ["Your message had 30 files, and the first 10 were opened. Send the rest again."]


def test_waiting_when_slack_asks_us_to_is_no_fault_of_a_message(office: Office) -> None:
    class Breaks(PlainRenderer):
        def render(self, row: OutboxRow, recipient_title: str, address: str, files: Sequence[bytes] = ()) -> bytes:
            raise RuntimeError("the database is locked")

    office.slack.failing += [SendFailed("slow down", retry_after=timedelta(seconds=1))] * 18
    for second in range(7):
        office.sends(OPENS + timedelta(seconds=second))
    channels = {"slack": replace(office.channels["slack"], renderer=Breaks())}
    broken = Delivery(office.books, channels, office.calendar, only=("slack",))
    fates = {done.fate for _ in range(3) if (done := broken.send_next(OPENS + timedelta(minutes=5)))}
    assert Fate.FAILED not in fates


def test_a_reply_to_an_old_reminder_is_not_moved_by_a_workbook_that_was_refused(office: Office) -> None:
    old = blank(office, "yot")
    office.sends(OPENS)
    with office.books.begin() as unit:
        (reminder,) = [r for r in unit.outbox.rows() if r.planned.dedupe_key == "reminder:2015-16Q2:yot:opening"]
    office.clock.tick(at(6, 9, month=1, year=2016))
    raw = with_file("yot", "RO06: 43%", "return.xlsx", fill_in(old, {"RS08": {"Comment": "We met twice in autumn."}}))
    mail = message_from_bytes(raw, policy=policy.default)
    mail["In-Reply-To"] = f"<{reminder.token}@csp.example.org>"
    office.arrives(bytes(mail.as_bytes()), at(7, 9, month=1, year=2016))
    office.processes(at(7, 9, month=1, year=2016))
    with office.books.begin() as unit:
        assert "RO06" in unit.figures.current(Q2)
        assert "RO06" not in unit.figures.current(Q2.next)


def test_a_question_that_has_just_been_asked_is_not_reminded_of_at_once(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153\nDA07 91%", at(6))
    office.posts("da", "DA06 155", at(20, 16))
    office.clock.tick(at(20, 16, 30))
    assert office.keys("reminder:2015-16Q2:da:2015") == []
    office.clock.tick(at(21, 12))
    assert office.keys("reminder:2015-16Q2:da:2015") == []
    office.clock.tick(at(22, 9))
    assert office.keys("reminder:2015-16Q2:da:2015") == ["reminder:2015-16Q2:da:2015-10-22"]


def test_a_status_on_a_figure_that_was_not_touched_keeps_what_the_figure_covers(office: Office) -> None:
    office.says("da", "DA06 153 since April", at(6))
    office.says("da", "1", at(6, 11))
    first = office.view().figures["DA06"].reported
    returned(office, "da", blank(office, "da"), {"DA06": {"Status": "Provisional"}})
    now = office.view().figures["DA06"].reported
    assert now.status is FigureStatus.PROVISIONAL
    assert (now.basis, now.reference) == (first.basis, first.reference)


def test_choosing_what_stands_adds_no_version(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    old = blank(office, "da")
    office.says("da", "DA06 155", at(7))
    returned(office, "da", old, {"DA06": {"Figure": 157}})
    number = office.answers()[-1].questions[0].choices[0].number
    office.says("da", str(number), at(9))
    assert office.value("DA06") == 155
    with office.books.begin() as unit:
        assert len(unit.figures.versions("DA06", Q2)) == 2


def held_form(office: Office, held: dict[str, str], now: dict[str, str]) -> Processed:
    """A form that was opened with what is held, and sent in with something changed."""
    inbound = submitted(office, held | now)
    body = json.loads(inbound.raw)
    for block in body["view"]["blocks"]:
        if block["block_id"] in held:
            block["element"]["initial_value"] = held[block["block_id"]]
    raw = json.dumps(body).encode()
    office.mails += 1
    office.intake.accept(replace(inbound, delivery_key=f"slack:view:{office.mails}", raw=raw, size=len(raw)))
    return office.processes(at(9))


def test_a_held_figure_with_its_counts_is_known_again_in_the_form(office: Office) -> None:
    office.posts("da", "DA07 90.9% (50 of 55)", at(6))
    held = {"figure:DA07": "90.9% (50 of 55)"}
    done = held_form(office, held, {"status:DA07": "Provisional"})
    assert done.outcome is Outcome.RECORDED
    assert office.view().figures["DA07"].reported.status is FigureStatus.PROVISIONAL
    done = held_form(office, held, {"figure:DA07": "92.7% (51 of 55)"})
    assert done.outcome is Outcome.RECORDED
    assert str(office.value("DA07")) == "92.7"


def test_counts_in_the_comment_are_the_figures_own(office: Office) -> None:
    returned(office, "da", blank(office, "da"), {"DA07": {"Figure": "90.9%", "Comment": "50 of 55"}})
    reported = office.view().figures["DA07"].reported
    assert [reported.numerator, reported.denominator] == [50, 55]


def test_a_figure_typed_over_one_to_date_is_asked_what_it_covers(office: Office) -> None:
    office.says("da", "DA06 288 since April", at(6))
    office.says("da", "1", at(6, 11))
    done = returned(office, "da", blank(office, "da"), {"DA06": {"Figure": 289}})
    assert done.outcome is Outcome.ASKED
    (question,) = office.answers()[-1].questions
    assert "What does this one cover?" in question.reasons[0]
    assert [choice.label for choice in question.choices] == [
        "289, 1 Apr 2015 to 30 Sep 2015",
        "289, for Q2 alone",
    ]


def test_a_status_that_was_taken_out_is_told_how_to_make_the_figure_final(office: Office) -> None:
    office.posts("da", "DA06 153 provisional", at(6))
    inbound = submitted(office, {"figure:DA06": "153"})
    body = json.loads(inbound.raw)
    option = {"text": {"type": "plain_text", "text": "Provisional"}, "value": "Provisional"}
    body["view"]["blocks"][0]["element"]["initial_value"] = "153"
    body["view"]["blocks"].append(
        {"type": "input", "block_id": "status:DA06", "element": {"type": "static_select", "initial_option": option}}
    )
    body["view"]["state"]["values"]["status:DA06"] = {"value": {"type": "static_select", "selected_option": None}}
    raw = json.dumps(body).encode()
    office.intake.accept(replace(inbound, raw=raw, size=len(raw)))
    office.processes(at(9))
    assert any("choose 'Reported'" in note for note in office.answers()[-1].notes)


def test_a_question_between_two_rungs_is_reminded_of_when_its_days_are_over(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153\nDA07 91%", at(6))
    office.posts("da", "DA06 155", at(16, 10))
    office.clock.tick(at(16, 12))
    assert office.keys("reminder:2015-16Q2:da:2015") == []
    office.clock.tick(at(19, 10))
    assert office.keys("reminder:2015-16Q2:da:2015") == ["reminder:2015-16Q2:da:2015-10-16"]

"""What people write to us in Slack as they write to each other: courtesies, questions, second thoughts, and files."""

import csv
import io
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from docx import Document as Word
from openpyxl import Workbook

from bot.demo.spreadsheet import fill_in
from collector.books import Outcome, QueryState
from collector.domain.figure import FigureStatus
from collector.domain.round import RoundState
from collector.intake import Processed
from collector.messages import Notice, Receipt
from parsers.workbook import write_workbook
from storage.books import SqlBooks
from tests.bot.slack.payloads import ALL_IN_SLACK, PLACES, done, pressed, sent, taken_in
from tests.builders import TEAM, Office, at

TS = "1444125600.000100"


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books, partnership=ALL_IN_SLACK).prepare()


def told(office: Office) -> str:
    """The last answer that was given, as words."""
    with office.books.begin() as unit:
        message = unit.outbox.rows()[-1].planned.message
    assert isinstance(message, Notice | Receipt)
    return "\n".join(message.paragraphs if isinstance(message, Notice) else message.notes)


COURTESIES = ("thanks!", "Thank you very much :pray:", "ok thanks", "Great, thanks \U0001f44d", "Got it, cheers")


def test_a_courtesy_is_no_figure_and_gets_one_with_what_is_still_owed(office: Office) -> None:
    for words in COURTESIES:
        assert office.posts("da", words, at(6)).outcome is Outcome.CARRIED_OUT, words
        assert told(office).startswith("Thank you. There was no figure in your message"), words
        assert "You still owe 2 for Q2 2015-16 (Jul to Sep 2015)" in told(office)
    assert not office.view().figures
    assert not office.view().queries


def test_a_leads_thanks_sign_nothing_and_say_so(office: Office) -> None:
    office.posts("da", "DA06 153", at(6))
    office.posts("dph", "Many thanks!", at(7))
    assert "Your message signs nothing off." in told(office)
    assert not office.view().signing.signoffs


def test_a_courtesy_or_a_question_beside_figures_does_not_deny_them(office: Office) -> None:
    file = in_slack("return.xlsx")
    office.files[file["id"]] = _our_workbook(office)
    done = office.posts("da", "Thanks!", at(6), subtype="file_share", files=[file])
    assert [done.outcome, office.value("DA06")] == [Outcome.RECORDED, 153]
    assert "no figure" not in told(office)
    office.posts("da", "DA07 91%\nWho do I ask about DA06?", at(7))
    assert office.value("DA07") == 91
    assert "Who to ask: the Director of Public Health" in told(office)
    assert "nothing was recorded" not in told(office)


QUESTIONS = (
    "who do I ask about DA07?",
    "Hi, who should I contact about DA07 please?",
    "What does DA07 mean?",
    "I don't understand DA07",
    "can you help me with DA07?",
    "what was DA07 last quarter?",
)


def test_a_question_about_an_indicator_is_answered_with_who_knows_and_records_nothing(office: Office) -> None:
    for words in QUESTIONS:
        assert office.posts("da", words, at(6)).outcome is Outcome.CARRIED_OUT, words
        assert told(office).startswith("DA07 Percentage of clients where risk is reduced. We ask for"), words
        assert "the Director of Public Health, who leads its priority" in told(office)
        assert "coordinator@council.example.org" in told(office)
    assert not office.view().queries
    assert not office.view().figures


def test_an_earlier_figure_is_told_to_who_reports_or_leads_it_and_to_nobody_else(office: Office) -> None:
    for person, sees in (("da", True), ("dph", True), ("coordinator", True), ("yot", False), ("chair", False)):
        office.posts(person, "what is DA06?", at(6), user=PLACES[person])
        assert ("Q1: 135" in told(office)) is sees, person


def test_help_is_given_where_help_is_asked_for(office: Office) -> None:
    for words in ("How do I send my figures?", "help", "what can I write?"):
        office.posts("da", words, at(6))
        assert "You can write, each on a line of its own:" in told(office), words
    for words in ("When is it due?", "what is the deadline", "What's our due date?"):
        office.posts("da", words, at(6))
        assert "due 5pm Fri 23 Oct 2015" in told(office)


def changed(office: Office, before: str, after: str | None, when: Any) -> Processed:
    """A message that is edited, or with None deleted."""
    was = {"type": "message", "user": "U0DA", "ts": TS, "text": before}
    event: dict[str, Any] = {"type": "message", "channel_type": "im", "channel": "D1", "previous_message": was}
    stamp = f"{when.timestamp():.0f}.000200"
    if after is None:
        event |= {"subtype": "message_deleted", "deleted_ts": TS, "event_ts": stamp, "ts": stamp}
        key = f"{TS}:deleted"
    else:
        now = {**was, "text": after, "edited": {"user": "U0DA", "ts": stamp}}
        event |= {"subtype": "message_changed", "message": now}
        key = f"{TS}:{stamp}"
    office.arrives_in_slack({"team_id": TEAM, "event": event}, key, when)
    return office.processes(when)


def first_said(office: Office, text: str) -> None:
    event = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U0DA", "ts": TS, "text": text}
    office.arrives_in_slack({"team_id": TEAM, "event": event}, TS, at(6))
    office.processes(at(6))


def test_a_figure_that_is_edited_is_asked_about_and_the_answer_stands(office: Office) -> None:
    first_said(office, "DA06 153")
    assert changed(office, "DA06 153", "DA06 135", at(6, 11)).outcome is Outcome.ASKED
    assert office.value("DA06") == 153
    (query,) = office.view().open_queries.values()
    assert [choice.label for choice in query.choices] == ["135", "153"]
    office.posts("da", "1", at(6, 12))
    assert office.value("DA06") == 135


def test_an_edit_that_comes_before_its_message_ends_with_the_same_figure(office: Office) -> None:
    assert changed(office, "DA06 153", "DA06 135", at(6, 11)).outcome is Outcome.ASKED
    first_said(office, "DA06 153")
    assert office.value("DA06") == 153


@pytest.mark.parametrize("order", list(permutations(("said", "edited", "deleted"))), ids="-".join)
def test_a_message_its_edit_and_its_deletion_end_alike_in_any_order_and_however_often(
    office: Office, order: tuple[str, ...]
) -> None:
    happens: dict[str, Callable[[], object]] = {
        "said": lambda: first_said(office, "DA06 153"),
        "edited": lambda: changed(office, "DA06 153", "DA06 135", at(6, 11)),
        "deleted": lambda: changed(office, "DA06 135", None, at(6, 12)),
    }
    for what in order:
        happens[what]()
    for what in order:
        with pytest.raises(AssertionError):
            happens[what]()  # there is nothing new to work through
    assert office.value("DA06") == 153
    assert office.view().figures["DA06"].version == 1


def test_a_choice_that_is_pressed_twice_counts_once_and_says_that_it_is_recorded(office: Office) -> None:
    office.posts("da", "DA07 19% (15 of 52)", at(6))
    for number in (2, 2, 1):
        action = {"action_id": f"choose:{number}", "value": str(number), "text": {"text": str(number)}}
        done(office, pressed("da", action), at(6, 11))
    assert [figure.version for figure in office.view().figures.values()] == [1]
    again, other = (" ".join(answer.notes) for answer in office.answers()[-2:])
    assert again == "Your answer 2 about DA07 is recorded: 28.8% (15 of 52) stands."
    assert other.startswith("Your answer 1 was about DA07, and that is settled: 28.8% (15 of 52) stands.")


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_what_was_sent_while_nobody_read_ends_with_the_last_figure_though_a_question_is_put_on_the_way(
    office: Office, order: tuple[int, ...]
) -> None:
    said = ("DA07 19% (15 of 52)", "DA07 90%", "DA07 91%")
    for number in order:
        stamp = f"{at(6, 10, number).timestamp():.0f}.000300"
        event = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U0DA", "ts": stamp}
        office.arrives_in_slack({"team_id": TEAM, "event": {**event, "text": said[number]}}, stamp, at(6, 10, number))
    for _ in order:
        office.processes(at(6, 14))
    assert office.value("DA07") == 91


def test_a_deletion_after_the_lock_asks_nothing_and_changes_nothing(office: Office) -> None:
    first_said(office, "DA06 153")
    office.posts("coordinator", "lock the round: SEG met", at(7), user=PLACES["coordinator"])
    assert office.view().round.state is RoundState.LOCKED
    changed(office, "DA06 153", None, at(8))
    assert not office.view().open_queries
    assert office.value("DA06") == 153


def test_what_was_recorded_from_a_deleted_message_stands_until_its_writer_says_otherwise(office: Office) -> None:
    first_said(office, "DA06 153; DA07 91%")
    assert changed(office, "DA06 153; DA07 91%", None, at(6, 11)).outcome is Outcome.ASKED
    assert [office.value("DA06"), office.value("DA07")] == [153, 91]
    queries = office.view().open_queries
    assert queries.keys() == {"DA06", "DA07"}
    office.posts("da", "1 and 4", at(6, 12))
    assert office.value("DA06") == 153
    assert office.view().figures["DA07"].reported.status is FigureStatus.NOT_AVAILABLE
    assert {query.state for query in office.view().queries} == {QueryState.ANSWERED}


def test_a_deleted_message_that_brought_nothing_asks_nothing(office: Office) -> None:
    office.posts("da", "DA06 153", at(6))
    first_said(office, "good morning")
    changed(office, "good morning", None, at(6, 11))
    assert not office.view().open_queries
    assert "You deleted a message." in told(office)


def _own_spreadsheet(_office: Office) -> bytes:
    book, held = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (("Code", "Q2 2015-16"), ("DA06", 153)):
        sheet.append(row)
    book.save(held)
    return held.getvalue()


def _table(_office: Office) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows((("Code", "Q2 2015-16"), ("DA06", "153")))
    return held.getvalue().encode()


def _document(_office: Office) -> bytes:
    word, held = Word(), io.BytesIO()
    table = word.add_table(rows=2, cols=2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells), ("Code", "Q2 2015-16", "DA06", "153"), strict=True
    ):
        cell.text = words
    word.save(held)
    return held.getvalue()


def _our_workbook(office: Office) -> bytes:
    sheet = office.desk.sheet_for("slack:T0TEST:U0DA", at(6))
    assert sheet is not None
    return fill_in(write_workbook(sheet), {"DA06": {"Figure": 153}})


FILES: dict[str, Callable[[Office], bytes]] = {
    "return.xlsx": _our_workbook,
    "own.xlsx": _own_spreadsheet,
    "table.csv": _table,
    "table.docx": _document,
}


def in_slack(name: str) -> dict[str, Any]:
    about = {"id": f"F{name.replace('.', '').upper()}", "name": name, "mimetype": "application/octet-stream"}
    return {**about, "size": 900, "mode": "hosted", "url_private": f"https://files.slack.com/{name}"}


@pytest.mark.parametrize("way", ["message", "form"])
def test_a_file_of_every_kind_is_taken_in_a_message_and_in_the_forms_field(office: Office, way: str) -> None:
    for name, make in FILES.items():
        file = in_slack(name)
        office.files[file["id"]] = make(office)
        before = len(office.view().queries)
        if way == "message":
            done: Processed | dict[str, str] = office.posts("da", "", at(6), subtype="file_share", files=[file])
        else:
            about = '{"partnership":"test","period":"2015-16Q2","person":"da","version":1,"origin":""}'
            field = {"type": "file_input", "files": [file]}
            done = taken_in(
                office, sent("da", {"private_metadata": about, "blocks": []}, {"file:return": field}), at(6)
            )
        assert isinstance(done, Processed), done
        # Somebody's own layout is asked about once; the figure is among what is offered.
        asked = office.view().queries[before:]
        labels = [choice.label for query in asked for choice in query.choices]
        assert office.value("DA06") == 153 or any("153" in label for label in labels), (name, done.notes)


def test_a_file_that_cannot_be_read_is_told_with_its_reason_and_the_workbook_comes_back(office: Office) -> None:
    file = in_slack("notes.pdf")
    office.files[file["id"]] = b"%PDF-1.4 a scan"
    done = office.posts("da", "", at(6), subtype="file_share", files=[file])
    assert done.outcome is Outcome.ASKED
    assert "notes.pdf" in told(office)
    assert office.value("DA06") is None

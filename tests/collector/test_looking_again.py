"""A workbook with problems is answered with the same workbook: what was accepted is in it, and what to look at."""

import io
from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import openpyxl
import pytest

from bot.demo.spreadsheet import fill_in
from collector.domain.submission import Form, Mark
from collector.forms import sheet_of
from collector.looking_again import problem_notes
from collector.messages import Receipt, Sheet
from parsers.workbook import write_workbook
from storage.books import SqlBooks
from tests.builders import Office, at, letter


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


def workbook(office: Office, person: str) -> bytes:
    view = office.view()
    return write_workbook(sheet_of(view, view.people[person]))


def answered(office: Office, person: str, content: bytes, day: int = 6) -> Receipt:
    """The answer to a mail with this workbook."""
    mail = message_from_bytes(letter(person, "", at(day)), policy=default)
    assert isinstance(mail, EmailMessage)
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename="return.xlsx")
    office.arrives(mail.as_bytes(), at(day))
    office.processes(at(day))
    return office.answers()[-1]


def attached(receipt: Receipt) -> tuple[Sheet, bytes]:
    assert receipt.workbook is not None
    return receipt.workbook, write_workbook(receipt.workbook)


def comments(content: bytes) -> dict[str, str]:
    page = openpyxl.load_workbook(io.BytesIO(content))["Return"]
    return {cell.coordinate: cell.comment.text for row in page.iter_rows() for cell in row if cell.comment}


WRONG: Mapping[str, Mapping[str, Any]] = {"DA06": {"Figure": "=1+1"}, "DA07": {"Figure": 0.91}}


def test_what_was_accepted_is_filled_in_and_what_was_not_is_marked_and_listed(office: Office) -> None:
    sent = fill_in(workbook(office, "da"), {"DA06": {"Figure": 153}, "DA07": {"Figure": "=1+1"}})
    receipt = answered(office, "da", sent)
    assert [line.code for line in receipt.recorded] == ["DA06"]
    sheet, again = attached(receipt)
    assert {row.code: row.held.figure for row in sheet.rows if row.held} == {"DA06": "153"}
    (mark,) = sheet.look_at
    assert (mark.code, mark.field) == ("DA07", "figure")
    assert mark.where.startswith("return.xlsx, sheet 'Return', cell ")
    book = openpyxl.load_workbook(io.BytesIO(again))
    assert book.sheetnames == ["What to look at", "Return", "Instructions", "Sent"]
    (cell,) = comments(again)
    assert comments(again)[cell] == str(mark)
    assert book["What to look at"]["B6"].value == cell
    assert any(mark.words in note for note in receipt.notes)


def test_the_workbook_that_came_back_marked_is_mended_sent_and_recorded(office: Office) -> None:
    _, again = attached(answered(office, "da", fill_in(workbook(office, "da"), WRONG)))
    receipt = answered(office, "da", fill_in(again, {"DA06": {"Figure": 153}, "DA07": {"Figure": "91%"}}), 7)
    assert {line.code: line.figure for line in receipt.recorded} == {"DA06": "153", "DA07": "91%"}
    assert receipt.workbook is None
    assert not receipt.questions


def test_a_question_about_a_figure_in_a_workbook_is_marked_at_its_cell(office: Office) -> None:
    receipt = answered(office, "da", fill_in(workbook(office, "da"), {"DA07": {"Figure": 0.91}}))
    sheet, again = attached(receipt)
    assert [question.code for question in receipt.questions] == ["DA07"]
    assert [mark.code for mark in sheet.look_at] == ["DA07"]
    assert "0.91" in " ".join(comments(again).values())


def test_a_workbook_without_problems_is_answered_without_another_one(office: Office) -> None:
    receipt = answered(office, "da", fill_in(workbook(office, "da"), {"DA06": {"Figure": 153}}))
    assert receipt.recorded
    assert receipt.workbook is None


def test_the_marked_workbook_sent_back_untouched_states_nothing(office: Office) -> None:
    _, again = attached(answered(office, "da", fill_in(workbook(office, "da"), WRONG)))
    receipt = answered(office, "da", again, 7)
    assert not receipt.recorded
    assert any("Nothing new was filled in" in note for note in receipt.notes)


def form(*marks: Mark) -> Form:
    return Form("q2.xlsx", "p", "2015-16Q2", "da", 1, (), tuple(map(str, marks)), marks, "Return")


def test_problems_alike_are_told_together_with_what_to_do_once() -> None:
    notes = problem_notes(form(*(Mark(f"H{row} holds a date", "Type it again.") for row in (6, 7))))
    assert notes == ["In q2.xlsx, sheet 'Return': H6 holds a date; H7 holds a date. Type it again."]


@pytest.mark.parametrize(("count", "more"), [(10, 0), (12, 2)])
def test_ten_problems_are_told_in_full_and_then_how_many_more(count: int, more: int) -> None:
    notes = problem_notes(form(*(Mark(f"H{row} holds a date", f"Do {row}.") for row in range(count))))
    assert len(notes) == 10 + bool(more)
    assert not more or notes[-1] == "And 2 more in q2.xlsx, all listed in the workbook we attach."

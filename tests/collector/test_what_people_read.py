"""The words that reach people: what a notice, a digest and a receipt say, and in which order."""

from dataclasses import replace
from datetime import date, timedelta

from collector.alike import alike_together
from collector.domain.timetable import Papers
from collector.messages import Notice
from collector.summary import digest
from storage.books import SqlBooks
from tests.builders import DUE, OPENS, PARTNERSHIP, Q2, Office, at


def told_the_coordinator(office: Office) -> list[str]:
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("review:")]
    message = rows[-1].message
    assert isinstance(message, Notice)
    return list(message.paragraphs)


def test_a_notice_names_orders_that_can_be_copied_and_keeps_together_what_belongs_together(office: Office) -> None:
    office.says("da", "DA06: no longer collected", at(6))
    aside = office.says("stranger@elsewhere.example.org", "DA06 412", at(6)).row.id
    office.ticks(at(7, 9))
    about_it, how, requests, request, standing = told_the_coordinator(office)[1:]
    assert f"message {aside}" in about_it
    assert how == (
        f"To see it, reply: show {aside}. To take it: accept {aside}, or accept {aside} as who it is from."
        f" To leave it: reject {aside}: and why"
    )
    assert "accept request 1: and what SEG decided" in requests
    assert request.startswith("1. DA06 short of DA06, Q2 2015-16 (Jul to Sep 2015), said to be no longer collected")
    assert standing.startswith("To see how the round stands")


def test_a_lead_who_is_asked_about_a_figure_is_told_nothing_of_signing(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    office.says("dph", "SA01 5% or maybe 8%", at(6))
    assert office.answers()[-1].questions
    assert "sign" not in " ".join(office.answers()[-1].notes)


def test_an_automatic_reply_on_the_last_day_away_troubles_nobody(office: Office) -> None:
    automatic = {"subject": "Automatic reply: figures", "Auto-Submitted": "auto-replied"}
    office.says("yot", "I am out of the office until 6 October 2015.", at(6), **automatic)
    assert not [each for each in office.ticks(at(6, 11)) if each.dedupe_key.startswith("review:")]


def test_the_digest_says_what_is_in_question_and_what_comes_next(books: SqlBooks) -> None:
    papers = Papers(Q2, seg=date(2015, 11, 25), due=date(2015, 10, 23), opens=date(2015, 10, 5))
    timetable = replace(PARTNERSHIP.timetable, papers=(papers,))
    office = Office(books, partnership=replace(PARTNERSHIP, timetable=timetable)).prepare()
    office.says("yot", "RO06 19% (15 of 52)", at(6))
    office.says("da", "DA06 153\nDA07 60%", at(6))
    on_the_day = digest(office.view(), at(23, 12), OPENS)
    assert [line.text for line in on_the_day.coming_up][:2] == [
        "Returns are due today, 5pm Fri 23 Oct 2015.",
        "The Strategic Executive Group meets on Wed 25 Nov 2015.",
    ]
    assert [line.text for line in on_the_day.late] == ["Youth Justice: 2, 1 of them in question"]
    office.says("yot", "RS08: two meetings with the police were held", at(23, 12))
    after = digest(office.view(), DUE + timedelta(days=1), OPENS)
    assert [line.text for line in after.late] == ["Youth Justice: 1 overdue, in question"]


def test_reds_without_a_plan_are_one_line_of_the_digest(office: Office) -> None:
    office.says("da", "DA07 60%", at(6))
    office.says("yot", "RO06 57.7% (30 of 52)", at(6))
    office.says("dph", "sign off P1", at(7))
    (line,) = digest(office.view(), at(9, 12), OPENS).plans
    assert line.text == (
        "No plan yet for short of DA07, short of RO06: reason, action, owner and date are still to be said."
    )


def test_what_is_said_of_several_codes_in_the_same_words_is_said_once() -> None:
    lines = ("DA06: it changed.", "Received.", "DA07: it changed.", "DA06: and more.", "Received.", "Note: it changed.")
    assert alike_together(lines) == (
        "DA06 and DA07: it changed.",
        "Received.",
        "DA06: and more.",
        "Note: it changed.",
    )

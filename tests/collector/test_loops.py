"""Loops and machines: nothing answers a program, bounces are told once, and two collectors fall silent."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.mail.letters import Letters
from collector.acting import Acting
from collector.books import SENDING, Outcome
from collector.enquiries import status
from collector.messages import Notice
from collector.view import view_round
from parsers.workbook import write_workbook
from storage.books import SqlBooks, open_books
from tests.builders import PARTNERSHIP, PEOPLE, Q2, Office, at

BOUNCE = """From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
Subject: Undelivered Mail Returned to Sender
Message-ID: <{number}@mx.example.org>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; yot@youth.example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: text/plain

RO06 999
--b--
"""


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


def bounces(office: Office, day: int, number: int = 1) -> None:
    office.arrives(BOUNCE.format(number=number).replace("\n", "\r\n").encode(), at(day))
    assert office.processes(at(day)).outcome is Outcome.IGNORED


def reviews(office: Office) -> list[str]:
    """What the coordinator was told, notice by notice."""
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.kind == "review"]
    return ["\n".join(one.message.paragraphs) for one in rows if isinstance(one.message, Notice)]


def failing(office: Office) -> list[str]:
    with office.books.begin() as unit:
        return [held.email for held in unit.addresses.failing()]


def test_a_bounce_marks_the_address_and_the_coordinator_is_told_once(office: Office) -> None:
    bounces(office, 6)
    bounces(office, 7, number=2)
    assert "RO06" not in office.view().figures
    for day in (8, 9):
        office.ticks(at(day))
    told = [words for words in reviews(office) if "yot@youth.example.org" in words]
    assert len(told) == 1
    assert (
        "yot@youth.example.org (Youth Offending Team Manager) fails since 6 Oct 2015: 550 5.1.1 User unknown" in told[0]
    )
    assert "The Youth Offending Team Manager has no address that works and is not in Slack." in told[0]
    assert office.keys("answer:") == []


def test_mail_from_an_address_shows_that_it_works(office: Office) -> None:
    bounces(office, 6)
    office.says("yot", "RO06 48%", at(7))
    assert failing(office) == []
    with office.books.begin() as unit:
        assert [line.action for line in unit.audit.lines("yot@youth.example.org")] == ["address fails", "address works"]


def test_a_later_letter_that_does_not_come_back_shows_it_too(office: Office) -> None:
    bounces(office, 6)
    office.says("coordinator", "on behalf of Youth Offending Team Manager: RO06 48%", at(7))
    office.processes(at(7))
    office.sends(at(7))
    office.ticks(at(9))
    assert failing(office) == ["yot@youth.example.org"]
    office.ticks(at(14))
    assert failing(office) == []


def test_the_coordinator_says_that_an_address_works(office: Office) -> None:
    bounces(office, 6)
    office.says("da", "the address yot@youth.example.org works again", at(7))
    assert failing(office) == ["yot@youth.example.org"]
    office.says("coordinator", "the address yot@youth.example.org works again", at(7))
    assert failing(office) == []


def test_the_coordinator_who_asks_for_the_status_hears_what_is_wrong_with_the_mail(office: Office) -> None:
    bounces(office, 6)
    with office.books.begin() as unit:
        unit.outages.begin(SENDING, at(6, 11), "The mail server refuses to send for us.")
    with office.books.begin() as unit:
        view = view_round(unit, Q2)
        told = "\n".join(status(Acting(unit, office.calendar, at(7), view.people["coordinator"]), view))
        asked_by_another = "\n".join(status(Acting(unit, office.calendar, at(7), view.people["dph"]), view))
    assert "Address fails: yot@youth.example.org (Youth Offending Team Manager) fails since 6 Oct 2015" in told
    assert "Can't be reached: Youth Offending Team Manager (Youth Justice)." in told
    assert "Mail can't be sent since 11am Tue 6 Oct" in told
    assert "yot@youth.example.org" not in asked_by_another


def test_nobody_gets_more_answers_a_day_than_set_and_the_coordinator_hears_of_the_rest(books: SqlBooks) -> None:
    timetable = replace(PARTNERSHIP.timetable, answers_a_day=3)
    office = Office(books, partnership=replace(PARTNERSHIP, timetable=timetable)).prepare()
    for number in range(5):
        office.says("da", f"DA06 {153 + number}", at(6, 10, number))
    assert len(office.keys("answer:")) == 3
    assert office.value("DA06") == 157, "what is not answered is read all the same"
    office.says("yot", "RO06 48%", at(6, 11))
    office.says("da", "DA07 91%", at(7))
    assert len(office.keys("answer:")) == 5, "others, and another day, have their own"
    office.ticks(at(7))
    (told,) = [words for words in reviews(office) if "not answered" in words]
    assert "2 messages of the Domestic Abuse Coordinator were read and not answered" in told


def test_two_collectors_that_write_to_each_other_fall_silent(books: SqlBooks) -> None:
    """Each takes the other for a contributor; each sends its reminders to the other's mailbox."""
    other_books = open_books("sqlite://")
    offices = []
    for mine, theirs, held in (
        ("returns@a.example.org", "returns@b.example.org", books),
        ("returns@b.example.org", "returns@a.example.org", other_books),
    ):
        people = tuple(replace(one, addresses=(theirs,)) if one.id == "da" else one for one in PEOPLE)
        office = Office(held, partnership=replace(PARTNERSHIP, mailbox=mine, people=people))
        letters = Letters(mine, f"The partnership at {mine}", write_workbook)
        office.channels["mail"] = replace(office.channels["mail"], renderer=letters)
        offices.append(office.prepare())
    exchanged = []
    now = at(6)
    for _ in range(12):
        exchanged.append(sum(passes(one, other, now) for one, other in (offices, offices[::-1])))
        now += timedelta(hours=1)
    assert exchanged[0] > 0, "the reminders go"
    assert sum(exchanged[1:]) == 0, "and nothing comes of them"
    assert [office.keys("answer:") for office in offices] == [[], []]
    other_books.close()


def passes(one: Office, other: Office, now: datetime) -> int:
    """What one collector sends goes into the other's mailbox and is read there; how many letters those were."""
    before = len(one.outside.taken)
    one.ticks(now)
    sent = [raw for to, raw in one.outside.taken[before:] if to == other.partnership.mailbox]
    for raw in sent:
        other.arrives(raw, now)
    while other.intake.process_next(now) is not None:
        pass
    return len(sent)

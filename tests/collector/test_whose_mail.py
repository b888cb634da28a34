"""Which message a mail answers and whose it is: tokens, shared addresses, several addresses, deputies, forwards."""

from dataclasses import replace
from decimal import Decimal

import pytest

from collector.books import InboxState, Outcome
from collector.messages import Notice, Receipt
from storage.books import SqlBooks
from tests.builders import PARTNERSHIP, PEOPLE, Office, at, letter

SHARED = "returns@partners.example.org"


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


@pytest.fixture
def sharing(books: SqlBooks) -> Office:
    """The DA coordinator and the YOT manager write from one address, the YOT manager from their own too."""
    addresses = {"da": (SHARED,), "yot": (SHARED, "yot@youth.example.org")}
    people = tuple(replace(one, addresses=addresses.get(one.id, one.addresses)) for one in PEOPLE)
    return Office(books, partnership=replace(PARTNERSHIP, people=people)).prepare()


def token_to(office: Office, person: str) -> str:
    """The token of the last message to somebody."""
    with office.books.begin() as unit:
        return [row.token for row in unit.outbox.rows() if row.planned.person == person][-1]


def last_receipt(office: Office) -> Receipt:
    return office.answers()[-1]


def test_a_reply_that_names_our_message_in_a_plus_address_or_the_subject_is_about_its_round(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    office.sends(at(6))
    ours = token_to(office, "da")
    office.clock.tick(at(8, month=1, year=2016))
    for number, headers in enumerate(
        (
            {"Delivered_To": f"returns+{ours}@csp.example.org"},
            {"subject": f"RE: Q2 [{last_receipt(office).reference}]"},
            {"subject": f"Re: something [{ours[:6].upper()}]"},
        )
    ):
        office.says("da", f"DA07 {91 + number}%", at(11 + number, month=1, year=2016), **headers)
        assert last_receipt(office).period.key == "2015-16Q2"
    office.says("da", "DA07 90%", at(15, month=1, year=2016))
    assert last_receipt(office).period.key == "2015-16Q3"


def test_the_reference_in_a_subject_counts_only_for_whom_the_message_was_sent_to(office: Office) -> None:
    office.says("da", "DA06 153", at(6))
    ours, reference = token_to(office, "da"), last_receipt(office).reference
    office.clock.tick(at(8, month=1, year=2016))
    for number, subject in enumerate((f"[{reference}]", f"[{ours[:6].upper()}]")):
        office.says("yot", "RO06 48%", at(11 + number, month=1, year=2016), subject=subject)
        assert last_receipt(office).period.key == "2015-16Q3"


def test_the_token_of_another_persons_message_gives_no_rights(office: Office) -> None:
    ours = token_to(office, "yot")
    done = office.says("da", "RO06 48%", at(6), References=f"<{ours}@csp.example.org>")
    assert done.outcome is Outcome.ASKED
    assert "RO06" not in office.view().figures
    assert any("RO06" in note and "not on your list" in note for note in last_receipt(office).notes)


def test_from_a_shared_address_the_answer_to_a_reminder_is_its_recipients(sharing: Office) -> None:
    reminder = token_to(sharing, "yot")
    sharing.says(SHARED, "RO06 48%", at(6), References=f"<{reminder}@csp.example.org>")
    assert sharing.view().figures["RO06"].source.person == "yot"
    receipt = last_receipt(sharing)
    assert receipt.to == "Youth Offending Team Manager"
    assert "On behalf of the Youth Offending Team Manager: RO06." in receipt.notes


def test_from_a_shared_address_codes_say_whose_figures_they_are_and_all_of_them_are_taken(sharing: Office) -> None:
    sharing.says(SHARED, "DA06 153\nRO06 48%", at(6))
    assert (sharing.value("DA06"), sharing.value("RO06")) == (Decimal(153), Decimal(48))
    receipt = last_receipt(sharing)
    assert "On behalf of the Domestic Abuse Coordinator: DA06." in receipt.notes
    assert "On behalf of the Youth Offending Team Manager: RO06." in receipt.notes
    assert [line.code for line in receipt.still_owed] == ["DA07", "RS08"]
    assert sharing.keys("sent-for:") == []


def test_from_a_shared_address_a_role_in_so_many_words_says_who_wrote(sharing: Office) -> None:
    sharing.says(SHARED, "For the Youth Offending Team Manager\n1. 48%", at(6))
    assert sharing.view().figures["RO06"].source.person == "yot"


def test_from_a_shared_address_bare_figures_are_asked_about_and_nothing_is_recorded(sharing: Office) -> None:
    done = sharing.says(SHARED, "1. 48%", at(6))
    assert done.outcome is Outcome.ASKED
    assert not sharing.view().figures.keys() & {"DA06", "RO06"}
    with sharing.books.begin() as unit:
        (asked,) = [row.planned for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("answer:")]
    assert isinstance(asked.message, Notice)
    assert "the Domestic Abuse Coordinator or the Youth Offending Team Manager" in asked.message.paragraphs[0]


def test_who_has_several_addresses_is_answered_at_the_one_they_wrote_from(sharing: Office) -> None:
    sharing.says("yot@youth.example.org", "RO06 48%", at(6))
    assert sharing.view().figures["RO06"].source.person == "yot"
    sharing.sends(at(6))
    assert sharing.outside.taken[-1][0] == "yot@youth.example.org"


def test_a_deputy_reports_by_code_and_the_owner_is_told(books: SqlBooks) -> None:
    people = tuple(replace(one, deputy="da") if one.id == "yot" else one for one in PEOPLE)
    office = Office(books, partnership=replace(PARTNERSHIP, people=people)).prepare()
    office.says("da", "RO06 48%", at(6))
    assert office.value("RO06") == 48
    assert len(office.keys("sent-for:")) == 1


FORWARDED = """Please see below.

-----Original Message-----
From: Youth Offending Team Manager <yot@youth.example.org>
Sent: 06 October 2015 09:12
To: A Colleague
Subject: Q2

RO06 48%
"""


def test_what_a_colleague_forwards_is_recorded_only_once_the_coordinator_takes_it(office: Office) -> None:
    done = office.says("colleague@elsewhere.example.org", FORWARDED, at(6), subject="FW: Q2")
    assert done.outcome is Outcome.REFUSED
    assert "passes on mail of the Youth Offending Team Manager" in done.reason
    assert "RO06" not in office.view().figures
    office.says("coordinator", f"show {done.row.id}", at(6))
    office.says("coordinator", f"accept {done.row.id}", at(6, 11))
    office.processes(at(6, 11))
    figure = office.view().figures["RO06"]
    assert (figure.reported.value, figure.source.person) == (Decimal(48), "yot")
    office.sends(at(6, 11))
    assert office.outside.taken[-1][0] == "yot@youth.example.org"
    with office.books.begin() as unit:
        assert unit.inbox.get(done.row.id).state is InboxState.DONE
        notices = [row.planned.message for row in unit.outbox.rows() if isinstance(row.planned.message, Notice)]
    shown = next(one.paragraphs for one in notices if any("Subject: FW: Q2" in line for line in one.paragraphs))
    assert "From: colleague@elsewhere.example.org" in shown
    assert "It passes on mail of the Youth Offending Team Manager (Youth Justice)." in shown


def test_a_mail_that_is_attached_says_whose_it_is_too(office: Office) -> None:
    inner = letter("yot", "RO06 48%", at(5))
    outer = (
        b"From: colleague@elsewhere.example.org\r\nSubject: FW\r\nMessage-ID: <fw@example.org>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee attached\r\n'
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--b--\r\n"
    )
    office.arrives(outer, at(6))
    assert "passes on mail of the Youth Offending Team Manager" in office.processes(at(6)).reason

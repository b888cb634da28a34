"""Delivery reports in their usual forms: who was not reached, and nobody where nothing failed for good."""

import base64

import pytest

from collector.domain.submission import Machine, Opened
from parsers.mime import open_mail

WHO = "commander@police.example.org"


def opened(head: str, body: str) -> Opened:
    found = open_mail(raw := f"{head}\n\n{body}".replace("\n", "\r\n").encode(), len(raw), cut=False)
    assert isinstance(found, Opened)
    return found


def report(action: str, more: str = "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n  in local table") -> Opened:
    return opened(
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>\nSubject: Undelivered Mail Returned to Sender\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        f"--b\nContent-Type: text/plain\n\nI'm sorry.\n--b\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; {WHO}\nAction: {action}\n"
        f"Status: 5.1.1\n{more}\n\n"
        "Final-Recipient: rfc822; other@police.example.org\nAction: delivered\nStatus: 2.0.0\n\n"
        "--b\nContent-Type: message/rfc822\n\nFrom: returns@csp.example.org\nSubject: Q2\n\nDA06 999\n--b--\n",
    )


def test_a_report_says_who_was_not_reached_and_why() -> None:
    found = report("failed")
    assert found.machine is Machine.BOUNCE
    assert [(one.address, one.words) for one in found.bounced] == [(WHO, "550 5.1.1 User unknown in local table")]


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_a_delay_or_a_delivery_marks_nobody(action: str) -> None:
    found = report(action)
    assert found.machine is Machine.BOUNCE
    assert found.bounced == ()


OLD = {
    "postfix": (
        "From: MAILER-DAEMON@mx.example.org\nSubject: Undelivered Mail Returned to Sender",
        "This is the mail system at host mx.example.org.\n\nI'm sorry to have to inform you that your message\n"
        "could not be delivered to one or more recipients.\n\n"
        f"<{WHO}>: host mail.police.example.org[192.0.2.1] said: 550 5.1.1 no such user (in reply to RCPT TO)\n",
        "550 5.1.1 no such user",
    ),
    "exim": (
        f"From: Mail Delivery System <Mailer-Daemon@mx.example.org>\nX-Failed-Recipients: {WHO}\n"
        "Subject: Mail delivery failed: returning message to sender",
        "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error.\n"
        f"The following address(es) failed:\n\n  {WHO}\n    SMTP error from remote mail server: 550 Unknown user\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\nTo: someone@else.example.org\n",
        "550 Unknown user",
    ),
    "qmail": (
        "From: postmaster@mx.example.org\nReturn-Path: <>\nSubject: failure notice",
        "Hi. This is the qmail-send program at mx.example.org.\nI'm afraid I wasn't able to deliver your message to the"
        f" following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<{WHO}>:\n"
        "Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n"
        "Return-Path: <returns@csp.example.org>\n",
        "no mailbox here by that name",
    ),
    "exchange": (
        "From: Microsoft Outlook <helpdesk@police.example.org>\nSubject: Undeliverable: Q2 2015-16",
        f"Delivery has failed to these recipients or groups:\n\n{WHO}<mailto:{WHO}>\nThe email address you entered"
        " couldn't be found.\n\nOriginal message headers:\n\nReceived: from x\n",
        "couldn't be found",
    ),
    "gmail": (
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.example.org>\n"
        "Subject: Delivery Status Notification (Failure)",
        f"** Address not found **\n\nYour message wasn't delivered to {WHO} because the address couldn't be found.\n",
        "the address couldn't be found",
    ),
}


@pytest.mark.parametrize("form", OLD)
def test_the_older_forms_say_it_in_words(form: str) -> None:
    head, body, why = OLD[form]
    found = opened(head, body)
    assert found.machine is Machine.BOUNCE
    assert [one.address for one in found.bounced] == [WHO]
    assert why in found.bounced[0].words


def test_a_warning_of_a_delay_in_words_marks_nobody() -> None:
    found = opened(
        "From: MAILER-DAEMON@mx.example.org\nSubject: Warning: message 1abc-00 delayed 24 hours",
        f"The message has not yet been delivered to:\n\n  {WHO}\n\nYou do not need to resend it.\n",
    )
    assert (found.machine, found.bounced) == (Machine.BOUNCE, ())


def test_a_person_who_writes_of_a_failure_is_no_machine() -> None:
    found = opened(f"From: {WHO}\nSubject: Re: Undeliverable: Q2", f"It could not be delivered to\n{WHO}\nDA06 153\n")
    assert found.machine is None
    assert opened(f"From: {WHO}\nSubject: Undeliverable waste\n", "DA06 153 recipients").machine is None


DAEMON = "From: MAILER-DAEMON@mx.example.org\nSubject: Letter"
BELOW = "\n\nOriginal message follows.\n\nTo: nobody@else.example.org\n"


@pytest.mark.parametrize(
    "words",
    [
        f"Delivery failed 20 attempts: {WHO}",
        f"Unknown user: {WHO}\n\nRCPT TO generated following response:\n553 5.3.0 unknown",
        f"undeliverable  to {WHO}",
        f"Failed Recipient: {WHO}\nReason: 550 unknown",
        f"The following could not be reached:\n\n\tRecipient: [SMTP:{WHO}]\n\tReason: 550 not local",
        f"Sent <<< RCPT TO:<{WHO}>\nReceived >>> 550 5.1.1 unknown",
        f"He is no user of ours.\n\n<{WHO}>:\nNo mailbox here by that name.",
        f"Delivery to the following recipients failed permanently:\n\n   * {WHO}",
        f'This is a permanent error.\n\n"{WHO}":\nfull',
        f"The addresses had delivery errors\n\n{WHO} [User unknown]",
        f"The following address(es) failed:\n\n  an undisclosed address\n    (generated from {WHO})",
        f"There was an error delivering your mail to <{WHO}>.",
        f"Your message to <{WHO}> was automatically rejected:\nQuota exceeded",
        f"Local mailbox {WHO} is unavailable: user not found",
        f"-------server message\n550 unknown user <{WHO}>",
        f"Your message\n\n  To:  everybody@else.example.org\n  Subject: Q2\n\ndid not reach"
        " the following recipient(s):\n\n"
        f"{WHO} on Fri, 20 Jul 2015 11:08:59 -0700\n    The recipient name is not recognized",
        f"did not reach the following recipient(s):\n\nc=US;o=x;dda:SMTP={WHO}; on Fri, 4 Oct 2015",
    ],
)
def test_who_was_not_reached_is_read_in_the_words_of_many_servers(words: str) -> None:
    found = opened(DAEMON, words + BELOW)
    assert [one.address for one in found.bounced] == [WHO]


@pytest.mark.parametrize(
    "words",
    [
        f"Your letter was refused: there is no such mailbox.\n\nDetails\n  Address: {WHO}\n  Text: 550 5.1.1 unknown",
        f"It was not accepted.\n\nSender    : returns@csp.example.org\nRecipient : {WHO}\nSize      : 3 KB",
        f"Failed: [{WHO}]\nReason: [Account Closed]",
        f"{WHO}, code :550 - the user does not exist",
        f" ** {WHO} ** unknown user",
        f"unknown host: police.example.org\nuser: {WHO}",
        f"Die Nachricht konnte nicht an alle Empf\u00e4nger zugestellt werden.\n\n{WHO}",
        f"N'a pas pu \u00eatre distribu\u00e9.\nDestinataire: {WHO}",
        f"{WHO} \u4e0d\u5b58\u5728",
        f"550 unknown\n{WHO}\nQuestions: helpline@mx.example.org",
    ],
)
def test_the_only_address_that_a_server_names_with_its_verdict_is_the_one_that_failed(words: str) -> None:
    found = opened(f"{DAEMON}\nTo: returns@csp.example.org", words + BELOW)
    assert [one.address for one in found.bounced] == [WHO]


@pytest.mark.parametrize(
    "words",
    [
        f"Something happened to {WHO}.",
        f"451 4.7.1 we know {WHO}, and will retry for two days",
        f"Not delivered: 550. One of {WHO} and other@police.example.org.",
        f"550 5.7.1 your server is on our blacklist, mail for {WHO} refused",
        "550 unknown\nTo: returns@csp.example.org",
    ],
)
def test_an_address_without_a_verdict_of_its_own_is_not_marked(words: str) -> None:
    assert opened(f"{DAEMON}\nTo: returns@csp.example.org", words).bounced == ()


def test_a_page_names_who_was_not_reached_too() -> None:
    page = (
        f"<h2>Delivery failed</h2><table><tr><td>Recipient</td><td>{WHO}</td></tr><tr><td>550 unknown</td></tr></table>"
    )
    found = opened(f"{DAEMON}\nContent-Type: text/html", page)
    assert [one.address for one in found.bounced] == [WHO]


FIELDS = f"Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; {WHO}\nAction: failed\nStatus: 5.1.1\n"


@pytest.mark.parametrize(
    ("label", "content"),
    [
        ("text/plain; name=delivery-status.txt", FIELDS),
        ("application/octet-stream; name=details", FIELDS),
        ("text/plain", FIELDS),
        (
            "message/delivery-status\nContent-Transfer-Encoding: base64",
            base64.encodebytes(FIELDS.encode()).decode(),
        ),
    ],
)
def test_a_report_is_read_however_its_part_is_labelled_and_coded(label: str, content: str) -> None:
    head = f'{DAEMON}\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"'
    found = opened(head, f"--b\n\nSee below.\n--b\nContent-Type: {label}\n\n{content}\n--b--\n")
    assert [one.address for one in found.bounced] == [WHO]


@pytest.mark.parametrize(
    "words",
    [
        f"This is just a warning. Your message to\n\n  {WHO}\n\nis not yet delivered.",
        f"Delivery to {WHO}\n{WHO}\nhas been postponed due to a full mailbox.",
        f"Sent <<< RCPT TO:<{WHO}>\nReceived >>> 250 ok\nSent <<< DATA\nReceived >>> 554 no",
        f"550 5.7.1 <{WHO}>: Sender address rejected",
        f"It could not be delivered. Ask the help desk, {WHO}, why.",
        "It could not be delivered to somebody.\n\nOriginal message follows.\n\nTo:\n" + WHO,
    ],
)
def test_an_address_that_may_well_work_is_not_marked(words: str) -> None:
    assert opened(DAEMON, words).bounced == ()


def test_a_report_never_marks_the_address_it_is_sent_to() -> None:
    words = f"The message could not be delivered.\n\nreturns@csp.example.org\n{WHO}\n"
    found = opened(f"{DAEMON}\nTo: <returns@csp.example.org>", words)
    assert [one.address for one in found.bounced] == [WHO]


@pytest.mark.parametrize("action", ["failure", "error", "Failed (bad address)"])
def test_a_report_may_name_a_failure_in_its_own_way(action: str) -> None:
    assert [one.address for one in report(action).bounced] == [WHO]


def test_a_report_that_holds_nobody_leaves_the_word_to_the_header() -> None:
    parts = "--b\n\nNot sent.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n--b--\n"
    found = opened(f'{DAEMON}\nX-Failed-Recipients: {WHO}\nContent-Type: multipart/report; boundary="b"', parts)
    assert [one.address for one in found.bounced] == [WHO]


def test_a_report_within_a_report_is_read() -> None:
    inner = (
        f"{DAEMON}\nContent-Type: multipart/report; report-type=delivery-status; boundary=c\n\n--c\n"
        f"Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; {WHO}\nAction: failed\n\n--c--\n"
    )
    outer = f"--b\n\nSee the report.\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n"
    head = 'Content-Type: multipart/mixed; boundary="b"'
    assert [one.address for one in opened(f"{DAEMON}\n{head}", outer).bounced] == [WHO]
    assert opened(f"From: {WHO}\nSubject: Fwd: a report\n{head}", outer).bounced == ()


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (rejected)",
        "Subject: Automatic reply: Q2",
        "Subject: [Auto-Reply] Q2",
        "Subject: Out of Office: Q2",
        "Subject: Automatische Antwort: Q2",
        "Subject: R\u00e9ponse automatique : Q2",
        "X-Autoreply: yes",
        "X-Vacation: yes",
        "Precedence: auto_reply",
        "Precedence: bulk",
        "Precedence: Junk",
        "Precedence: list",
        "List-Id: <a.list.example.org>",
        "List-Unsubscribe: <mailto:x@example.org>",
        "Return-Path: <>",
        "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
        "X-Auto-Response-Suppress: All\nSubject: I am on annual leave until Monday",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
        "Content-Type: text/calendar; method=REPLY",
        "Content-Type: text/calendar; method=COUNTER",
    ],
)
def test_what_a_program_sent_is_known_as_such(headers: str) -> None:
    body = "BEGIN:VCALENDAR\nMETHOD:REPLY" if "calendar" in headers else "DA06 153"
    assert opened(f"From: {WHO}\n{headers}", body).machine is not None


def test_a_person_is_no_machine_for_what_their_server_adds() -> None:
    more = (
        "Auto-Submitted: no\nX-Auto-Response-Suppress: DR, OOF, AutoReply\nReturn-Path: <commander@police.example.org>"
    )
    assert opened(f"From: {WHO}\nSubject: Q2 figures\n{more}", "DA06 153").machine is None

"""What only suggests a program: by where it comes from first, by its words last; who reports something is a person."""

import pytest

from collector.domain.submission import Machine
from tests.parsers.test_machines_and_people import FIGURE, kind

PLAIN = "Nothing to report this quarter."


@pytest.mark.parametrize(
    "head",
    [
        "From: Enquiries <no-reply@council.example.org>\nSubject: Your letter",
        "From: donotreply.alerts@council.example.org\nSubject: Your letter",
        "From: Ne pas repondre <ne-pas-repondre@council.example.org>\nSubject: x",
        "Reply-To: noreply@council.example.org\nSubject: Your letter",
        "From: root@host.example.org (Cron Daemon)\nSubject: a job",
        "Subject: [A-17] Your letter\nX-JIRA-FingerPrint: 17",
        "Subject: INC17 was opened\nX-ServiceNow-Generated: true",
        "Subject: [help #17] Your letter\nRT-Ticket: help #17",
        "Subject: Your letter\nX-Mailer: Zendesk Mailer",
    ],
)
def test_where_it_comes_from_is_doubted_whatever_it_says(head: str) -> None:
    assert kind(head, FIGURE) is Machine.DOUBTFUL


@pytest.mark.parametrize(
    "subject",
    [
        "[team] AutoReply: your letter",
        "Example Mail Auto Response",
        "\u2600 Out of office \u2600 Re: Q2",
        "Automatinis atsakymas: Q2",
        "Erantzun automatikoa: Q2",
        "\u0410\u0432\u0442\u043e\u043c\u0430\u0442\u0438\u0447\u043d\u0430"
        " \u0432\u0456\u0434\u043f\u043e\u0432\u0456\u0434\u044c: Q2",
        "\u3010\u81ea\u52d5\u8fd4\u4fe1\u3011 Q2",
        "\uc790\ub3d9 \uc751\ub2f5: Q2",
        "Ticket received: your letter",
        "Acknowledgement of your letter",
    ],
)
def test_a_subject_as_programs_write_it_is_doubted_in_any_language_unless_something_is_reported(subject: str) -> None:
    assert kind(f"Subject: {subject}", PLAIN) is Machine.DOUBTFUL
    assert kind(f"Subject: {subject}", FIGURE) is None


@pytest.mark.parametrize(
    "body",
    [
        "Please do not reply to this email.",
        "-- reply above this line --\nHello",
        "Your request has been received and a colleague will look at it.",
        "An incident was opened under number 17.",
        "Your reference number is CS-0017.",
        "I no longer work here. Write to the control room.",
        "This mailbox is no longer monitored.",
        "Use the link below so that I can receive your letters.",
        "My inbox is guarded.\nI protect my address from junk mail: confirm that you are a person.",
        "Ich bin bis Montag im Urlaub.",
        "Merci de ne pas r\u00e9pondre \u00e0 ce message.",
        "\u81ea\u52a8\u56de\u590d\u3002",
    ],
)
def test_words_as_programs_write_them_are_doubted_unless_something_is_reported(body: str) -> None:
    assert kind("Subject: Re: Q2", body) is Machine.DOUBTFUL
    assert kind("Subject: Re: Q2", f"{FIGURE}\n{body}") is None


def test_who_asks_that_no_program_answers_is_doubted_unless_it_is_an_answer_or_reports_something() -> None:
    asks = "X-Auto-Response-Suppress: OOF, AutoReply"
    assert kind(f"Subject: Urlaub\n{asks}", "Bis Montag.") is Machine.DOUBTFUL
    assert kind(f"Subject: Re: your signature\n{asks}", "Agreed.") is None
    assert kind(f"Subject: Urlaub\n{asks}", FIGURE) is None
    assert kind("Subject: Nothing\nX-Auto-Response-Suppress: RN, NRN", PLAIN) is None


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Re: Q2", "Officers do not respond to these calls any more, so there is nothing to report."),
        ("Re: Q2", "Your request was received late. We need until Friday."),
        ("Re: Q2", "The case was opened in July, so there is nothing to report."),
        ("Re: Q2", "Someone else does this now: analyst@example.org"),
        ("Re: Q2", "Our analyst has left, ask the new one."),
        ("Re: Q2", "The team that protects this group has nothing to report."),
        ("My address", "That address is no longer in use, write to me here."),
        ("Leave", "I am on leave from Monday 26 October to Friday 6 November."),
        ("Automatic cameras: nothing to report", "See above."),
        ("Automation project: milestone", "On track."),
        ("Re: Q2", "1\n\nOn Monday the collector wrote:\n> Please do not reply to this email."),
        ("Re: Q2", "Agreed.\n\nFrom: returns@example.org\nYour return has been received."),
    ],
)
def test_a_person_who_reports_no_figure_is_not_doubted_for_such_words(subject: str, body: str) -> None:
    assert kind(f"Subject: {subject}", body) is None


def test_a_file_is_a_persons_whatever_stands_beside_it() -> None:
    parts = "--b\n\nPlease do not reply to this email.\n--b\nContent-Type: application/vnd.ms-excel\n\nx\n--b--\n"
    assert kind('Subject: Q2\nContent-Type: multipart/mixed; boundary="b"', parts) is None


def test_what_is_known_to_be_a_programs_is_not_only_doubted() -> None:
    assert kind("Subject: Q2\nPrecedence: auto-reply", PLAIN) is Machine.AUTO_REPLY
    assert kind("Subject: Report Domain: example.org Submitter: mx.example.org Report-ID: 1") is Machine.AUTO_REPLY
    tls = 'Subject: x\nContent-Type: multipart/report; report-type="tlsrpt"; boundary="b"'
    assert kind(tls, "--b\n\nA report.\n--b--\n") is Machine.AUTO_REPLY
    assert kind("From: LISTSERV@lists.example.org\nSubject: Rejected posting") is Machine.LIST
    assert kind("From: owner-a@lists.example.org\nSubject: BOUNCE a: not a member") is Machine.LIST
    returned = "Subject: Returned mail: user unknown\nAuto-Submitted: auto-generated"
    assert kind(returned, "There is no mailbox officer@example.org.") is Machine.BOUNCE

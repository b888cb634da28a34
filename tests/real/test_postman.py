"""The SMTP sender against a real server in this process."""

import re
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from bot.mail.errors import NotSent
from bot.mail.letters import Letters
from bot.mail.postman import Postman, SmtpAccount
from collector.delivery import Channel, Delivery
from collector.outages import outage_words
from collector.ports import SendFailed
from parsers.workbook import write_workbook
from storage.books import SqlBooks
from tests.builders import PARTNERSHIP, Office, at
from tests.real.conftest import SmtpSink
from tests.real.relay import Relay
from tests.servers import free_port

RAW = (
    b"From: returns@medway.example.org\r\nMessage-ID: <q2@medway.example.org>\r\n"
    b"Subject: Q2\r\n\r\n.a line with a dot\r\nFrom here on\r\n"
)
TO = "yot@council.example.org"


@pytest.fixture(scope="module")
def refusing() -> Iterator[SmtpSink]:
    """One SMTP server that refuses, for all the ways of it."""
    sink = SmtpSink(port=free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    yield sink
    controller.stop()


def send(port: int, account: SmtpAccount | None = None) -> str:
    postman = Postman(account or SmtpAccount("127.0.0.1", port, "none", timeout=5), "returns@medway.example.org")
    return postman.send(TO, RAW, again=False)


def test_a_letter_arrives_with_its_bytes(smtp_sink: SmtpSink) -> None:
    assert send(smtp_sink.port) == "<q2@medway.example.org>"
    assert smtp_sink.received == [("returns@medway.example.org", [TO], RAW)]


#: What a server says, where in the talk, and what it means.
LATER, FOR_GOOD, NOBODY_THERE, ALL_OUR_MAIL = "later", "for good", "nobody there", "all our mail"


def meaning(failed: SendFailed) -> str:
    if failed.outage:
        assert not failed.permanent, "once that is mended the letter goes"
        return ALL_OUR_MAIL
    if failed.address_fails:
        assert failed.permanent
        return NOBODY_THERE
    return FOR_GOOD if failed.permanent else LATER


@pytest.mark.parametrize(
    ("at", "answer", "means"),
    [
        ("RCPT", "550 No such person", NOBODY_THERE),
        ("RCPT", "550 5.1.1 User unknown", NOBODY_THERE),
        ("RCPT", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", NOBODY_THERE),
        ("RCPT", "552 5.2.2 Mailbox full", NOBODY_THERE),
        ("RCPT", "553 5.1.2 No such host", NOBODY_THERE),
        ("DATA", "550 5.1.1 User unknown", NOBODY_THERE),
        ("RCPT", "550 5.1.8 Sender address rejected: domain not found", FOR_GOOD),
        ("RCPT", "550 5.7.1 We take no mail from your network", FOR_GOOD),
        ("RCPT", "554 Refused", FOR_GOOD),
        ("RCPT", "550 5.2.3 Too long for this mailbox", FOR_GOOD),
        ("DATA", "550 We think that this is spam", FOR_GOOD),
        ("DATA", "554 5.7.1 Refused by policy", FOR_GOOD),
        ("MAIL", "552 5.3.4 Too large", FOR_GOOD),
        ("MAIL", "550 5.7.1 You may not send", ALL_OUR_MAIL),
        ("MAIL", "550 We know no such sender", ALL_OUR_MAIL),
        ("MAIL", "530 5.7.0 Authentication required", ALL_OUR_MAIL),
        ("RCPT", "554 5.7.1 Relay access denied", ALL_OUR_MAIL),
        ("RCPT", "550 5.7.54 Unable to relay", ALL_OUR_MAIL),
        ("DATA", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", ALL_OUR_MAIL),
        ("DATA", "554 5.2.252 SendAsDenied; returns@medway.example.org not allowed to send", ALL_OUR_MAIL),
        ("DATA", "550 5.7.708 Service unavailable. Access denied", ALL_OUR_MAIL),
        ("MAIL", "451 Try again later", LATER),
        ("RCPT", "450 4.2.0 Greylisted", LATER),
        ("RCPT", "452 4.2.2 Mailbox full", LATER),
        ("DATA", "451 4.7.1 Try again later", LATER),
        ("DATA", "432 4.3.2 Sending too fast", LATER),
    ],
)
def test_a_refusal_says_what_it_is_about_and_whether_trying_again_can_help(
    refusing: SmtpSink, at: str, answer: str, means: str
) -> None:
    refusing.answers = {at: answer}
    with pytest.raises(SendFailed, match=re.escape(answer[4:])) as failed:
        send(refusing.port)
    assert meaning(failed.value) == means
    assert refusing.received == []


@pytest.mark.parametrize("at", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_up_is_tried_again(smtp_sink: SmtpSink, at: str) -> None:
    smtp_sink.hang_up_at = at
    with pytest.raises(NotSent) as failed:
        send(smtp_sink.port)
    assert not failed.value.permanent


def test_a_letter_that_was_taken_is_sent_even_if_the_server_can_not_say_goodbye(smtp_sink: SmtpSink) -> None:
    smtp_sink.hang_up_at = "QUIT"
    send(smtp_sink.port)
    assert len(smtp_sink.received) == 1


def test_nobody_there_is_tried_again() -> None:
    with pytest.raises(NotSent, match="is not ready for us") as failed:
        send(free_port())
    assert not failed.value.permanent


def test_no_letter_goes_out_unencrypted_where_encryption_is_asked_for(smtp_sink: SmtpSink) -> None:
    with pytest.raises(NotSent) as failed:
        send(0, SmtpAccount("127.0.0.1", smtp_sink.port, "starttls", timeout=5))
    assert not failed.value.permanent
    assert smtp_sink.received == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody has signed, its key beside it."""
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(
        [*command.split(), "-keyout", tmp_path / "key", "-out", tmp_path / "crt"], check=True, capture_output=True
    )
    return tmp_path / "crt"


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key"))
    return context


def test_a_certificate_that_nobody_vouches_for_stops_the_letter(
    smtp_sinks: Callable[..., SmtpSink], certificate: Path
) -> None:
    sink = smtp_sinks(tls_context=server_side(certificate))
    with pytest.raises(NotSent, match="certificate") as failed:
        send(0, SmtpAccount("127.0.0.1", sink.port, "starttls", timeout=5))
    assert not failed.value.permanent
    assert sink.received == []


@pytest.mark.parametrize("password", ["right", "wrong"])
def test_over_starttls_with_an_account_the_letter_arrives(
    smtp_sinks: Callable[..., SmtpSink], certificate: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    def check(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
        return AuthResult(success=getattr(data, "password", b"") == b"right", handled=False)

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    sink = smtp_sinks(tls_context=server_side(certificate), require_starttls=True, auth_required=True,
                      authenticator=check)  # fmt: skip
    account = SmtpAccount("127.0.0.1", sink.port, "starttls", "returns@medway.example.org", password, timeout=15)
    assert password not in repr(account)
    if password == "right":
        send(0, account)
    else:
        with pytest.raises(NotSent) as failed:
            send(0, account)
        assert not failed.value.permanent
    assert len(sink.received) == (password == "right")


def test_a_burst_of_letters_goes_over_one_connection(smtp_sink: SmtpSink) -> None:
    postman = Postman(SmtpAccount("127.0.0.1", smtp_sink.port, "none", timeout=5), "returns@medway.example.org")
    for _ in range(3):
        postman.send(TO, RAW, again=False)
    assert (len(smtp_sink.received), len(smtp_sink.peers)) == (3, 1)
    postman.close()
    postman.send(TO, RAW, again=False)
    assert (len(smtp_sink.received), len(smtp_sink.peers)) == (4, 2)
    postman.close()


def test_a_connection_that_was_lost_between_two_letters_is_made_anew(smtp_sink: SmtpSink) -> None:
    relay = Relay(smtp_sink.port)
    postman = Postman(SmtpAccount("127.0.0.1", relay.port, "none", timeout=5), "returns@medway.example.org")
    postman.send(TO, RAW, again=False)
    relay.cut()
    postman.send(TO, RAW, again=False)
    assert (len(smtp_sink.received), len(smtp_sink.peers)) == (2, 2)
    postman.close()
    relay.stop()


def test_a_refused_letter_leaves_the_next_one_a_connection_of_its_own(smtp_sink: SmtpSink) -> None:
    postman = Postman(SmtpAccount("127.0.0.1", smtp_sink.port, "none", timeout=5), "returns@medway.example.org")
    smtp_sink.answers["RCPT"] = "550 No such person"
    with pytest.raises(NotSent):
        postman.send(TO, RAW, again=False)
    smtp_sink.answers.clear()
    postman.send(TO, RAW, again=False)
    assert (len(smtp_sink.received), len(smtp_sink.peers)) == (1, 1)
    postman.close()


def test_a_connection_rests_no_longer_than_a_burst(smtp_sink: SmtpSink) -> None:
    account = SmtpAccount("127.0.0.1", smtp_sink.port, "none", timeout=5)
    postman = Postman(account, "returns@medway.example.org", kept_open=0.05)
    postman.send(TO, RAW, again=False)
    end = time.monotonic() + 10
    while not smtp_sink.goodbyes and time.monotonic() < end:
        time.sleep(0.01)
    assert smtp_sink.goodbyes == 1


def test_a_refused_address_is_marked_and_told_while_a_refused_session_is_an_outage_that_ends(
    books: SqlBooks, smtp_sink: SmtpSink
) -> None:
    office = Office(books).prepare()
    letters = Letters(PARTNERSHIP.mailbox, PARTNERSHIP.name, write_workbook)
    account = SmtpAccount("127.0.0.1", smtp_sink.port, "none", timeout=5)
    postman = Postman(account, PARTNERSHIP.mailbox, kept_open=0)
    channel = Channel(letters, postman, lambda person: next(iter(person.addresses), None))
    office.delivery = Delivery(books, {"mail": channel}, office.calendar)
    office.sends(at(6))
    smtp_sink.received.clear()

    smtp_sink.answers["MAIL"] = "550 5.7.1 You may not send"
    office.says("yot", "RO06 48%", at(6, 10))
    office.sends(at(6, 10))
    with books.begin() as unit:
        (outage,) = unit.outages.all()
        assert unit.addresses.failing() == []
        assert "You may not send" in outage_words(outage, office.calendar)
    office.sends(at(6, 10))
    assert smtp_sink.received == [], "it is not tried again at once"

    smtp_sink.answers = {"RCPT": "451 4.7.1 Greylisted"}
    office.sends(at(6, 12))
    with books.begin() as unit:
        assert unit.addresses.failing() == []
    smtp_sink.answers = {"RCPT": "550 5.1.1 User unknown"}
    office.sends(at(6, 14))
    smtp_sink.answers.clear()
    office.says("da", "DA06 153", at(6, 15))
    office.sends(at(6, 15))
    assert [to for _, to, _ in smtp_sink.received] == [["da@council.example.org"]]
    with books.begin() as unit:
        assert unit.outages.all() == []
        (failing,) = unit.addresses.failing()
        assert (failing.email, "5.1.1 User unknown" in failing.words) == ("yot@youth.example.org", True)
    office.ticks(at(7))
    told = [raw.decode() for _, to, raw in smtp_sink.received if to == ["coordinator@council.example.org"]]
    assert any("yot@youth.example.org" in letter and "fails since 6 Oct 2015" in letter for letter in told)

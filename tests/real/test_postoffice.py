"""The demo's post office: what goes in by SMTP comes out by IMAP, stamped."""

import gc
import smtplib
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.demo.border import stamped
from bot.demo.postoffice import Delivered, PostOffice
from bot.mail.mailbox import ImapAccount, Mailbox
from bot.mail.trust import Border
from collector.domain.submission import Opened

MAILBOX = "returns@medway.example.org"
NOW = datetime(2015, 10, 20, 13, 6, tzinfo=UTC)
PASS = b"Authentication-Results: border.example.org; dmarc=pass header.from=council.example.org\r\n"


@pytest.fixture
def told() -> list[Delivered]:
    return []


@pytest.fixture
def office(told: list[Delivered]) -> Iterator[PostOffice]:
    office = PostOffice(MAILBOX, "secret", told.append, frozenset({"mallory@council.example.org"}), lambda: NOW)
    office.start()
    yield office
    office.stop()


def post(office: PostOffice, raw: bytes, *to: str) -> None:
    with smtplib.SMTP("127.0.0.1", office.smtp_port, timeout=10) as server:
        server.sendmail("yot@council.example.org", to or (MAILBOX,), raw)


def taken_out(office: PostOffice) -> list[bytes]:
    mailbox = Mailbox(ImapAccount("127.0.0.1", office.imap_port, "none", MAILBOX, "secret"))
    mailbox.connect()
    found = list(mailbox.new_messages(0))
    mailbox.close()
    assert all(fetched.arrived_at == NOW for fetched in found)
    return [fetched.raw for fetched in found]


def test_mail_to_the_collector_lands_in_its_mailbox_with_the_borders_stamp(office: PostOffice) -> None:
    raw = b"From: yot@council.example.org\r\nSubject: Q2\r\n\r\nRO04 28.8%\r\n"
    post(office, raw)
    assert taken_out(office) == [PASS + raw]
    assert office.delivered == []


def test_mail_to_others_is_kept_and_told(office: PostOffice, told: list[Delivered]) -> None:
    post(office, b"Subject: hello\r\n\r\nx\r\n", "chair@council.example.org", "seg@council.example.org")
    assert [one.rcpt for one in office.delivered] == ["chair@council.example.org", "seg@council.example.org"]
    assert told == office.delivered
    assert told[0] == Delivered("chair@council.example.org", b"Subject: hello\r\n\r\nx\r\n", NOW)
    assert taken_out(office) == []


def test_a_mail_of_30_megabytes_is_taken(office: PostOffice) -> None:
    raw = b"From: yot@council.example.org\r\n\r\n" + (b"x" * 76 + b"\r\n") * (30 * 1024 * 1024 // 78)
    post(office, raw)
    (head,) = taken_out(office)
    assert head == PASS + b"From: yot@council.example.org\r\n\r\n"


def test_stopping_with_a_client_connected_takes_no_time_and_starting_again_works(office: PostOffice) -> None:
    mailbox = Mailbox(ImapAccount("127.0.0.1", office.imap_port, "none", MAILBOX, "secret"))
    mailbox.connect()
    started = time.monotonic()
    office.stop()
    assert time.monotonic() - started < 3
    mailbox.close()
    office.start()
    assert taken_out(office) == []


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        (b"From: YOT <yot@council.example.org>\r\n\r\nx", "dmarc=pass header.from=council.example.org"),
        (b"From: mallory@council.example.org\r\n\r\nx", "dmarc=fail header.from=council.example.org"),
        (b"From: a@council.example.org, b@council.example.org\r\n\r\nx", "dmarc=none"),
        (b"From: a@council.example.org\r\nFrom: b@council.example.org\r\n\r\nx", "dmarc=none"),
        (b"Subject: nobody\r\n\r\nx", "dmarc=none"),
        (b"", "dmarc=none"),
    ],
)
def test_the_border_vouches_for_one_sender_who_is_not_named_as_failing(raw: bytes, verdict: str) -> None:
    marked = stamped(raw, frozenset({"mallory@council.example.org"}))
    assert marked == f"Authentication-Results: border.example.org; {verdict}\r\n".encode() + raw


def test_the_border_takes_forged_stamps_off() -> None:
    forged = (
        b"Received: from somewhere\r\nAuthentication-Results: border.example.org;\r\n\tdmarc=pass\r\n"
        b"AUTHENTICATION-RESULTS : border.example.org; dmarc=pass\r\nFrom: yot@council.example.org\r\n\r\n"
        b"Authentication-Results: in the body this stays\r\n"
    )
    assert stamped(forged) == PASS + (
        b"Received: from somewhere\r\nFrom: yot@council.example.org\r\n\r\n"
        b"Authentication-Results: in the body this stays\r\n"
    )


def test_what_the_border_stamps_is_what_the_mail_door_trusts() -> None:
    verdict = stamped(b"From: yot@council.example.org\r\n\r\n").split(b"\r\n")[0].decode().partition(": ")[2]
    opened = Opened(("yot@council.example.org",), "", "", "", None, (), None, "f", verdicts=(verdict,))
    assert Border("border.example.org").trusted(opened)[0] is True


def test_a_connection_outlives_the_garbage_collector(office: PostOffice) -> None:
    reader = Mailbox(ImapAccount("127.0.0.1", office.imap_port, "none", office.mailbox, "secret"))
    reader.connect()
    for number in range(1, 4):
        office.put(b"Subject: x\r\n\r\nhello\r\n")
        gc.collect()
        assert len(list(reader.new_messages(0))) == number
    reader.close()

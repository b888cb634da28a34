"""The mailbox reader against a real IMAP server."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.mail.errors import MailboxDown
from bot.mail.mailbox import Fetched, ImapAccount, Mailbox, delivery_key
from tests.real.conftest import ImapServer
from tests.real.relay import Relay
from tests.servers import free_port


def letter(number: int, padding: int = 0) -> bytes:
    head = (
        f"From: yot@council.example.org\r\nSubject: return {number}\r\nMessage-ID: <{number}@council.example.org>\r\n"
    )
    return head.encode() + b"\r\n" + b"RO04 28.8%\r\n" + b"x" * 70 * padding


def uids(found: Iterator[Fetched]) -> list[int]:
    return [fetched.uid for fetched in found]


def test_messages_come_in_their_order_with_their_bytes(imap_server: ImapServer, mailbox: Mailbox) -> None:
    for number in (1, 2, 3):
        imap_server.deliver(letter(number))
    found = list(mailbox.new_messages(0))
    assert [fetched.raw for fetched in found] == [letter(number) for number in (1, 2, 3)]
    assert all(fetched.size == len(fetched.raw) and not fetched.cut for fetched in found)
    assert {fetched.uidvalidity for fetched in found} == {mailbox.uidvalidity}
    assert abs((datetime.now(UTC) - found[0].arrived_at).total_seconds()) < 60


def test_after_the_cursor_nothing_comes_again(imap_server: ImapServer, mailbox: Mailbox) -> None:
    imap_server.deliver(letter(1))
    imap_server.deliver(letter(2))
    first, second = uids(mailbox.new_messages(0))
    assert uids(mailbox.new_messages(first)) == [second]
    assert uids(mailbox.new_messages(second)) == []
    assert uids(mailbox.new_messages(second + 1000)) == []


def test_a_message_that_arrives_during_the_reading_is_read(imap_server: ImapServer, mailbox: Mailbox) -> None:
    imap_server.deliver(letter(1))
    reading = mailbox.new_messages(0)
    next(reading)
    imap_server.deliver(letter(2))
    assert [fetched.raw for fetched in reading] == [letter(2)]


@pytest.mark.parametrize(("at_once", "bytes_at_once"), [(2, 10_000), (50, 1), (50, 700)])
def test_in_whatever_batches_they_are_fetched_messages_come_in_their_order_with_their_bytes(
    imap_server: ImapServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, at_once: int, bytes_at_once: int
) -> None:
    monkeypatch.setattr("bot.mail.mailbox._AT_ONCE", at_once)
    monkeypatch.setattr("bot.mail.mailbox._BYTES_AT_ONCE", bytes_at_once)
    for number in range(5):
        imap_server.deliver(letter(number))
    assert [fetched.raw for fetched in mailbox.new_messages(0)] == [letter(number) for number in range(5)]


def test_a_message_that_is_deleted_during_the_reading_is_passed_over(
    imap_server: ImapServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.mail.mailbox._AT_ONCE", 1)
    for number in (1, 2, 3):
        imap_server.deliver(letter(number))
    reading = mailbox.new_messages(0)
    first = next(reading)
    with imap_server.client() as other:
        other.select_folder("INBOX")
        other.delete_messages([first.uid + 1])
        other.expunge()
    assert [fetched.raw for fetched in reading] == [letter(3)]


def test_reading_marks_nothing_as_read(imap_server: ImapServer, mailbox: Mailbox) -> None:
    imap_server.deliver(letter(1))
    assert len(list(mailbox.new_messages(0))) == 1
    with imap_server.client() as other:
        other.select_folder("INBOX", readonly=True)
        assert len(other.search("UNSEEN")) == 1


def test_a_new_uidvalidity_is_seen_after_connecting_again(imap_server: ImapServer) -> None:
    account = replace(imap_server.account, folder="Returns")
    with imap_server.client() as other:
        other.create_folder("Returns")
        other.append("Returns", letter(1))
        mailbox = Mailbox(account)
        mailbox.connect()
        before, first = mailbox.uidvalidity, uids(mailbox.new_messages(0))
        mailbox.close()
        other.delete_folder("Returns")
        other.create_folder("Returns")
        other.append("Returns", letter(2))
    mailbox.connect()
    assert mailbox.uidvalidity != before
    again = list(mailbox.new_messages(0))
    assert [fetched.raw for fetched in again] == [letter(2)]
    keys = {delivery_key(account, before, first[0]), delivery_key(account, mailbox.uidvalidity, again[0].uid)}
    assert len(keys) == 2
    mailbox.close()


def test_a_delivery_key_names_mailbox_uidvalidity_and_uid() -> None:
    account = ImapAccount("localhost", 993, "tls", "returns@medway.example.org", "secret")
    assert delivery_key(account, 7, 42) == "mail:returns@medway.example.org:7:42"
    assert delivery_key(replace(account, folder="Q2"), 7, 42) == "mail:returns@medway.example.org/Q2:7:42"
    assert "secret" not in repr(account)


def test_a_mail_of_30_megabytes_is_kept_as_its_headers_and_size(imap_server: ImapServer, mailbox: Mailbox) -> None:
    big = letter(1, padding=30 * 1024 * 1024 // 70)
    imap_server.deliver(big)
    imap_server.deliver(letter(2))
    first, second = mailbox.new_messages(0)
    assert (first.cut, first.size) == (True, len(big))
    assert first.raw == big.partition(b"RO04")[0]
    assert second.raw == letter(2)


def test_of_enormous_headers_only_the_first_64_kilobytes_are_fetched(imap_server: ImapServer, mailbox: Mailbox) -> None:
    field = b"X-Padding: " + b"y" * 900 + b"\r\n"
    imap_server.deliver(field * 100 + letter(1, padding=30 * 1024 * 1024 // 70))
    (fetched,) = mailbox.new_messages(0)
    assert fetched.cut
    assert len(fetched.raw) == 64 * 1024


def test_new_mail_ends_the_wait_at_once(imap_server: ImapServer, mailbox: Mailbox) -> None:
    if not mailbox.idles:
        pytest.skip(f"{imap_server.what} offers no IDLE")
    threading.Timer(0.3, imap_server.deliver, [letter(1)]).start()
    started = time.monotonic()
    mailbox.wait(20)
    assert time.monotonic() - started < 5
    assert len(list(mailbox.new_messages(0))) == 1


def test_a_wait_ends_by_itself_and_the_connection_lives_on(imap_server: ImapServer, mailbox: Mailbox) -> None:
    for number in (1, 2):
        started = time.monotonic()
        mailbox.wait(0.3)
        assert time.monotonic() - started < 3
        imap_server.deliver(letter(number))
        assert len(list(mailbox.new_messages(0))) == number


def test_an_interrupt_ends_the_wait(mailbox: Mailbox) -> None:
    threading.Timer(0.2, mailbox.interrupt).start()
    started = time.monotonic()
    mailbox.wait(20)
    mailbox.wait(20)
    assert time.monotonic() - started < 3


def test_a_server_that_goes_away_is_told_as_down(imap_server: ImapServer) -> None:
    relay = Relay(imap_server.account.port)
    mailbox = Mailbox(replace(imap_server.account, port=relay.port))
    mailbox.connect()
    relay.stop()
    with pytest.raises(MailboxDown, match=f"127.0.0.1:{relay.port}"):
        list(mailbox.new_messages(0))
    with pytest.raises(MailboxDown, match="can't be reached"):
        mailbox.connect()
    with pytest.raises(MailboxDown, match="not connected"):
        list(mailbox.new_messages(0))
    mailbox.close()


def test_a_server_that_goes_away_while_we_wait_is_told_as_down(imap_server: ImapServer) -> None:
    relay = Relay(imap_server.account.port)
    mailbox = Mailbox(replace(imap_server.account, port=relay.port))
    mailbox.connect()
    threading.Timer(0.3, relay.stop).start()
    started = time.monotonic()
    if not mailbox.idles:
        pytest.skip(f"{imap_server.what} offers no IDLE")
    with pytest.raises(MailboxDown):
        mailbox.wait(20)
    assert time.monotonic() - started < 5


def test_a_server_whose_idle_is_broken_is_polled(imap_server: ImapServer) -> None:
    relay = Relay(imap_server.account.port, hang_up_on=b"DONE\r\n")
    mailbox = Mailbox(replace(imap_server.account, port=relay.port), poll_every=0.1)
    mailbox.connect()
    if not mailbox.idles:
        pytest.skip(f"{imap_server.what} offers no IDLE")
    mailbox.wait(0.1)
    mailbox.wait(0.1)
    assert not mailbox.idles
    imap_server.deliver(letter(1))
    started = time.monotonic()
    mailbox.wait(20)
    assert time.monotonic() - started < 2
    assert len(list(mailbox.new_messages(0))) == 1
    mailbox.close()
    relay.stop()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password": "wrong"}, "refused the account"),
        ({"folder": "Nowhere"}, "has no folder Nowhere"),
        ({"security": "starttls"}, "can't be reached"),
        ({"security": "tls", "timeout": 3.0}, "can't be reached"),
        ({"port": free_port()}, "can't be reached"),
    ],
)
def test_what_keeps_us_out_is_told_in_plain_words(imap_server: ImapServer, changes: dict[str, Any], words: str) -> None:
    mailbox = Mailbox(replace(imap_server.account, **changes))
    with pytest.raises(MailboxDown, match=words):
        mailbox.connect()
    mailbox.close()

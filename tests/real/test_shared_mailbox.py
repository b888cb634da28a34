"""What people and servers do to a mailbox while it is read, on a real IMAP server: nothing lost, nothing twice."""

import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.mail.door import MailDoor
from bot.mail.errors import MailboxDown
from bot.mail.filing import Filing
from bot.mail.mailbox import ImapAccount, Mailbox
from storage.books import SqlBooks
from tests.builders import OPENS, Q2, Office, letter
from tests.real.conftest import ImapServer
from tests.real.relay import Relay
from tests.support import dovecot
from tests.support.dovecot import Dovecot

pytestmark = pytest.mark.skipif(dovecot.version() is None, reason="needs a Dovecot 2.3 that can be started")

FOLDER = "Returns"


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


@pytest.fixture
def shared(imap_server: ImapServer) -> ImapServer:
    """A folder of its own in the shared mailbox, which others may rename and delete."""
    with imap_server.client() as person:
        person.create_folder(FOLDER)
    return replace(imap_server, account=replace(imap_server.account, folder=FOLDER))


def mail(number: int) -> bytes:
    return letter("da", f"DA06 {150 + number}", OPENS, subject=f"return {number}", message_id=f"<{number}@example.org>")


def door_of(office: Office, account: ImapAccount, filing: Filing | None = None) -> MailDoor:
    door = MailDoor(Mailbox(account, filing=filing), office.books, office.intake)
    door.mailbox.connect()
    return door


def collected(door: MailDoor) -> int:
    """What is taken in, by a door that connects again where the server hung up, as the watch does."""
    for _ in range(3):
        with suppress(MailboxDown):
            return door.collect(OPENS)
        door.mailbox.connect()
    raise AssertionError("the mailbox did not come back")


def recorded(office: Office) -> list[object]:
    while office.intake.process_next(OPENS):
        pass
    with office.books.begin() as unit:
        return [one.reported.value for one in unit.figures.versions("DA06", Q2)]


def deleted_and_made_anew(server: ImapServer) -> None:
    with server.client() as person:
        person.delete_folder(FOLDER)
        person.create_folder(FOLDER)
        for number in (0, 1):
            person.append(FOLDER, mail(number))


def renamed_and_back(server: ImapServer) -> None:
    with server.client() as person:
        person.rename_folder(FOLDER, "Elsewhere")
        person.rename_folder("Elsewhere", FOLDER)
        person.append(FOLDER, mail(1))


def emptied_into_another_and_back(server: ImapServer) -> None:
    with server.client() as person:
        person.select_folder(FOLDER)
        person.move(person.search("ALL"), "Aside")
        person.select_folder("Aside")
        person.move(person.search("ALL"), FOLDER)
        person.append(FOLDER, mail(1))


@pytest.mark.parametrize("happens", [deleted_and_made_anew, renamed_and_back, emptied_into_another_and_back])
def test_whatever_becomes_of_the_folder_while_it_is_open_each_mail_is_read_once(
    office: Office, shared: ImapServer, happens: Callable[[ImapServer], None]
) -> None:
    shared.deliver(mail(0))
    door = door_of(office, shared.account)
    assert collected(door) == 1
    happens(shared)
    collected(door)
    assert recorded(office) == [150, 151]
    door.mailbox.close()


def test_a_folder_is_opened_anew_after_a_while_so_that_no_change_stays_unseen(
    office: Office, shared: ImapServer
) -> None:
    door = MailDoor(Mailbox(shared.account, open_for=0.0), office.books, office.intake)
    door.mailbox.connect()
    before = door.mailbox.uidvalidity
    deleted_and_made_anew(shared)
    assert door.collect(OPENS) == 2
    assert door.mailbox.uidvalidity != before
    assert recorded(office) == [150, 151]
    door.mailbox.close()


def test_a_folder_that_is_renamed_away_is_said_by_its_name_and_read_when_it_is_back(
    office: Office, shared: ImapServer
) -> None:
    shared.deliver(mail(0))
    door = door_of(office, shared.account)
    with shared.client() as person:
        person.rename_folder(FOLDER, "Elsewhere")
    with suppress(MailboxDown):
        door.collect(OPENS)
    with pytest.raises(MailboxDown, match=f"has no folder {FOLDER} for us.*Make it, or name another in IMAP_FOLDER"):
        door.mailbox.connect()
    with shared.client() as person:
        person.rename_folder("Elsewhere", FOLDER)
    door.mailbox.connect()
    collected(door)
    assert recorded(office) == [150]
    door.mailbox.close()


def test_a_connection_that_dies_without_a_word_is_noticed_and_made_anew(office: Office, shared: ImapServer) -> None:
    relay = Relay(shared.account.port)
    door = door_of(office, replace(shared.account, port=relay.port, timeout=0.3))
    relay.swallow()
    shared.deliver(mail(0))
    started = time.monotonic()
    door.mailbox.wait(0.3)
    assert time.monotonic() - started < 10
    assert collected(door) == 1
    relay.swallow()
    shared.deliver(mail(1))
    with pytest.raises(MailboxDown):
        door.collect(OPENS)
    assert collected(door) == 1
    assert recorded(office) == [150, 151]
    door.mailbox.close()
    relay.stop()


def test_a_server_that_says_goodbye_while_we_wait_or_read_is_come_back_to(
    office: Office, shared: ImapServer, dovecot_server: Dovecot
) -> None:
    def goodbye() -> None:
        settings = str(dovecot_server.home / "dovecot.conf")
        subprocess.run(["doveadm", "-c", settings, "kick", shared.account.username], check=True, timeout=20)

    door = door_of(office, shared.account)
    timer = threading.Timer(0.2, goodbye)
    timer.start()
    with suppress(MailboxDown):
        door.mailbox.wait(20)
    timer.join()
    shared.deliver(mail(0))
    assert collected(door) == 1
    goodbye()
    shared.deliver(mail(1))
    assert collected(door) == 1
    assert recorded(office) == [150, 151]
    door.mailbox.close()


@pytest.mark.parametrize("off", [timedelta(days=400), timedelta(hours=3)])
def test_a_servers_clock_that_is_ahead_dates_nothing_after_it_was_read(
    office: Office, shared: ImapServer, off: timedelta
) -> None:
    with shared.client() as person:
        person.append(FOLDER, mail(0), msg_time=OPENS + off)
    door = door_of(office, shared.account)
    collected(door)
    assert recorded(office) == [150]
    assert _received(office) == OPENS
    door.mailbox.close()


def _received(office: Office) -> datetime:
    return office.view().figures["DA06"].source.received_at

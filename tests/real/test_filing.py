"""What becomes of handled mail, on a real IMAP server: nothing before it is finished, nothing but what is named."""

import shutil
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from imapclient import IMAPClient

from bot.mail.door import MailDoor
from bot.mail.filing import KEYWORD, Filing
from bot.mail.mailbox import ImapAccount, Mailbox
from collector.books import FILING, MAILBOX
from collector.failpoints import Failpoint
from collector.intake import LEASE
from storage.books import SqlBooks, open_books
from tests.builders import OPENS, Q2, Office, letter
from tests.real.conftest import ImapServer, SmtpSink, service_env
from tests.support import dovecot
from tests.support.dovecot import Dovecot
from tests.support.ready_program import ReadyProgram

pytestmark = pytest.mark.skipif(dovecot.version() is None, reason="needs a Dovecot 2.3 that can be started")

MOVE = Filing("move", "Handled")
FLAG = Filing("flag")
_numbers = count(1)


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


@pytest.fixture(scope="module")
def without_move() -> Iterator[Dovecot]:
    """A server that offers to copy and to take out, but not to move."""
    with dovecot.running("imap_capability = IMAP4rev1 LITERAL+ UIDPLUS IDLE") as server:
        yield server


@pytest.fixture(scope="module")
def with_rights() -> Iterator[Dovecot]:
    """A server on which rights can be taken away."""
    with dovecot.running(dovecot.WITH_RIGHTS) as server:
        yield server


def door_of(office: Office, account: ImapAccount, filing: Filing) -> MailDoor:
    door = MailDoor(Mailbox(account, filing=filing), office.books, office.intake)
    door.mailbox.connect()
    return door


def account_on(server: Dovecot, user: str) -> ImapAccount:
    user = f"{user}-{next(_numbers)}"
    return ImapAccount("127.0.0.1", server.port, "none", f"{user}@medway.example.org", dovecot.PASSWORD)


def subjects(server: ImapServer, folder: str, criteria: str = "ALL") -> list[str]:
    with server.client() as client:
        client.select_folder(folder, readonly=True)
        found = client.fetch(client.search(criteria), ["ENVELOPE"])
    return [found[uid][b"ENVELOPE"].subject.decode() for uid in sorted(found)]


def mail(subject: str, text: str = "DA06 153", person: str = "da") -> bytes:
    return letter(person, text, OPENS, subject=subject, message_id=f"<{subject}@example.org>")


def test_handled_mail_is_moved_once_it_is_finished_and_not_before(office: Office, imap_server: ImapServer) -> None:
    imap_server.deliver(mail("figures"))
    door = door_of(office, imap_server.account, MOVE)
    assert door.collect(OPENS) == 1
    assert door.tidy() == 0, "it is kept, and still to be read"
    assert subjects(imap_server, "INBOX") == ["figures"]
    office.intake.process_next(OPENS)
    assert door.tidy() == 1
    assert subjects(imap_server, "INBOX") == []
    assert subjects(imap_server, "Handled", "UNSEEN") == ["figures"]
    assert (door.collect(OPENS), door.tidy(), door.mailbox.obstacle) == (0, 0, "")
    door.mailbox.close()


@pytest.mark.parametrize(
    ("filing", "inbox", "aside"), [(MOVE, ["odd"], []), (replace(MOVE, aside="Aside"), [], ["odd"])]
)
def test_what_was_set_aside_stays_or_goes_where_configured(
    office: Office, imap_server: ImapServer, filing: Filing, inbox: list[str], aside: list[str]
) -> None:
    imap_server.deliver(mail("figures"))
    imap_server.deliver(mail("odd").replace(b"da@council.example.org", b"stranger@elsewhere.example.org"))
    door = door_of(office, imap_server.account, filing)
    door.collect(OPENS)
    while office.intake.process_next(OPENS):
        pass
    door.tidy()
    assert subjects(imap_server, "Handled") == ["figures"]
    assert (subjects(imap_server, "INBOX"), subjects(imap_server, "Aside")) == (inbox, aside)
    door.mailbox.close()


def test_handled_mail_is_marked_once(office: Office, imap_server: ImapServer) -> None:
    imap_server.deliver(mail("figures"))
    door = door_of(office, imap_server.account, FLAG)
    door.collect(OPENS)
    office.intake.process_next(OPENS)
    assert (door.tidy(), door.tidy()) == (1, 0)
    assert subjects(imap_server, "INBOX", f"KEYWORD {KEYWORD} UNSEEN") == ["figures"]
    door.mailbox.close()


def test_left_as_it_is_the_mailbox_is_opened_for_reading_only(office: Office, imap_server: ImapServer) -> None:
    imap_server.deliver(mail("figures"))
    door = door_of(office, imap_server.account, Filing())
    door.collect(OPENS)
    office.intake.process_next(OPENS)
    assert door.tidy() == 0
    assert subjects(imap_server, "INBOX", "UNSEEN") == ["figures"]
    door.mailbox.close()


def test_without_move_only_the_very_message_is_taken_out(office: Office, without_move: Dovecot) -> None:
    server = ImapServer(account_on(without_move, "copied"), "Dovecot")
    server.deliver(mail("figures"))
    with server.client() as person:
        person.append("INBOX", mail("deleted by a person", "DA07 91%"), flags=["\\Deleted"])
    door = door_of(office, server.account, MOVE)
    door.collect(OPENS)
    office.intake.process_next(OPENS)
    assert door.tidy() == 1
    assert subjects(server, "INBOX") == ["deleted by a person"]
    assert subjects(server, "Handled", "UNDELETED") == ["figures"]
    door.mailbox.close()


def test_a_person_who_moves_reads_and_deletes_harms_nothing(office: Office, imap_server: ImapServer) -> None:
    for number in range(4):
        imap_server.deliver(mail(f"return {number}", f"DA06 {150 + number}"))
    door = door_of(office, imap_server.account, MOVE)
    door.collect(OPENS)
    with imap_server.client() as person:
        person.select_folder("INBOX")
        first, second, third, _ = person.search("ALL")
        person.add_flags([first], ["\\Seen"])
        person.move([second], "Aside")
        person.delete_messages([third])
        person.expunge()
    while office.intake.process_next(OPENS):
        pass
    assert door.tidy() == 2
    assert subjects(imap_server, "Handled") == ["return 0", "return 3"]
    with imap_server.client() as person:
        person.select_folder("Aside")
        person.move(person.search("ALL"), "INBOX")
    assert door.collect(OPENS) == 1
    office.intake.process_next(OPENS)
    assert door.tidy() == 1
    with office.books.begin() as unit:
        assert [one.reported.value for one in unit.figures.versions("DA06", Q2)] == [150, 151, 152, 153]
    door.mailbox.close()


@pytest.mark.parametrize(
    ("filing", "words"),
    [
        (Filing("move", "Nowhere"), "There is no folder Nowhere"),
        (Filing("move", "Handled", "Elsewhere"), "There is no folder Elsewhere"),
    ],
)
def test_a_missing_folder_is_said_at_the_start_and_reading_goes_on(
    office: Office, imap_server: ImapServer, filing: Filing, words: str
) -> None:
    imap_server.deliver(mail("figures"))
    door = door_of(office, imap_server.account, filing)
    assert words in door.hindered(OPENS)
    assert door.hindered(OPENS) == "", "it is said once"
    assert (door.collect(OPENS), door.tidy()) == (1, 0)
    with imap_server.client() as person:
        person.create_folder(words.split()[-1])
    door.mailbox.connect()
    assert door.hindered(OPENS) == ""
    with office.books.begin() as unit:
        assert unit.outages.all() == []
    door.mailbox.close()


@pytest.mark.parametrize(
    ("folder", "rights", "filing", "words"),
    [
        ("INBOX", "lr", MOVE, "may only read INBOX"),
        ("INBOX", "lrs", MOVE, "may not take messages out of INBOX"),
        ("INBOX", "lrs", FLAG, "keeps no marks of ours"),
        ("Handled", "lr", MOVE, "may not put messages into Handled"),
    ],
)
def test_a_missing_right_is_said_at_the_start(
    office: Office, with_rights: Dovecot, folder: str, rights: str, filing: Filing, words: str
) -> None:
    server = ImapServer(account_on(with_rights, f"{folder}-{rights}-{filing.how}".lower()), "Dovecot")
    server.deliver(mail("figures"))
    with server.client() as person:
        person.select_folder("Handled")
    home = with_rights.home / "mail" / server.account.username
    place = home if folder == "INBOX" else home / f".{folder}"
    (place / "dovecot-acl").write_text(f"owner {rights}\n")
    shutil.chown(place / "dovecot-acl", "nobody")
    door = door_of(office, server.account, filing)
    assert words in door.hindered(OPENS)
    assert (door.collect(OPENS), door.tidy()) == (1, 0)
    door.mailbox.close()


def test_a_server_that_refuses_later_stops_the_filing_and_not_the_reading(
    office: Office, imap_server: ImapServer
) -> None:
    imap_server.deliver(mail("figures"))
    door = door_of(office, imap_server.account, Filing("move", "Passing"))
    door.mailbox.close()
    with imap_server.client() as person:
        person.create_folder("Passing")
        door.mailbox.connect()
        person.delete_folder("Passing")
    door.collect(OPENS)
    office.intake.process_next(OPENS)
    assert door.tidy() == 0
    assert "refused to move" in door.hindered(OPENS)
    imap_server.deliver(mail("more"))
    assert door.collect(OPENS) == 1
    door.mailbox.close()


def test_after_new_uids_nothing_is_read_twice_with_or_without_a_message_id(
    office: Office, imap_server: ImapServer
) -> None:
    nameless = b"From: yot@youth.example.org\r\nSubject: nameless\r\n\r\nRO06: 15 of 52, 28.8%\r\n"
    imap_server.deliver(mail("figures"))
    imap_server.deliver(nameless)
    account = replace(imap_server.account, folder="Returns")
    with imap_server.client() as person:
        person.create_folder("Returns")
        person.select_folder("INBOX")
        person.copy(person.search("ALL"), "Returns")
    door = door_of(office, account, MOVE)
    assert door.collect(OPENS) == 2
    with imap_server.client() as person:
        person.delete_folder("Returns")
        person.create_folder("Returns")
        person.select_folder("INBOX")
        person.copy(person.search("ALL"), "Returns")
        person.append("Returns", mail("new", "DA07 91%"))
    door.mailbox.connect()
    assert door.collect(OPENS) == 1, "only what is new is kept; the two are still to be read"
    while office.intake.process_next(OPENS):
        pass
    assert door.tidy() == 3, "also those that are known again are filed"
    with office.books.begin() as unit:
        counted = [len(unit.figures.versions(code, Q2)) for code in ("DA06", "DA07", "RO06")]
    assert counted == [1, 1, 1]
    door.mailbox.close()


def test_since_when_the_mailbox_is_down_stands_on_the_books(office: Office, imap_server: ImapServer) -> None:
    door = door_of(office, imap_server.account, Filing())
    assert door.is_down(OPENS, "The mail server is away.")
    assert not door.is_down(OPENS + timedelta(hours=1), "The mail server is still away.")
    with office.books.begin() as unit:
        (outage,) = unit.outages.all()
    assert (outage.part, outage.since, outage.words) == (MAILBOX, OPENS, "The mail server is still away.")
    assert door.is_up() == OPENS
    assert door.is_up() is None
    assert FILING != MAILBOX
    door.mailbox.close()


@pytest.mark.parametrize(
    ("point", "without", "database"),
    [
        (Failpoint.ACCEPTED, False, "sqlite"),
        (Failpoint.CURSOR_MOVED, False, "postgresql"),
        (Failpoint.PROCESSED, False, "sqlite"),
        (Failpoint.FILED, False, "postgresql"),
        (Failpoint.FILED, True, "sqlite"),
    ],
)
def test_kept_and_once_killed_between_keeping_and_moving(
    point: Failpoint,
    without: bool,
    database: str,
    program: ReadyProgram,
    imap_server: ImapServer,
    smtp_sink: SmtpSink,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    server = imap_server
    if without:
        server = ImapServer(account_on(request.getfixturevalue("without_move"), f"killed-{point.value}"), "Dovecot")
    sqlite = f"sqlite:///{tmp_path}/books.db"
    url = sqlite if database == "sqlite" else request.getfixturevalue("postgres_url")
    books = open_books(url)
    Office(books).prepare()
    server.deliver(mail("figures"))
    later = OPENS + LEASE + timedelta(minutes=2)

    def run(now: datetime, failpoint: str = "") -> int:
        env = service_env(url, server, smtp_sink, now) | {"IMAP_HANDLED": "move", "IMAP_HANDLED_FOLDER": "Handled"}
        return program.once(env | {"COLLECTOR_FAILPOINT": failpoint}, tmp_path)

    assert run(OPENS + timedelta(minutes=1), point.value) == -signal.SIGKILL
    assert (run(later), run(later)) == (0, 0)
    assert (subjects(server, "INBOX"), subjects(server, "Handled")) == ([], ["figures"])
    with books.begin() as unit:
        assert len(unit.figures.versions("DA06", Q2)) == 1
        assert unit.inbox.waiting() == 0
    books.close()


def test_another_program_in_the_mailbox_sees_the_move(office: Office, imap_server: ImapServer) -> None:
    imap_server.deliver(mail("figures"))
    door = door_of(office, imap_server.account, MOVE)
    door.collect(OPENS)
    office.intake.process_next(OPENS)
    person: IMAPClient
    with imap_server.client() as person:
        person.select_folder("INBOX")
        door.tidy()
        person.noop()
        assert person.search("ALL") == []
    door.mailbox.close()

"""The service is killed at every step of a message's way; the books and the outside end right all the same."""

import signal
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from collector.books import OutboxState
from collector.failpoints import Failpoint
from collector.intake import LEASE
from storage.books import SqlBooks, open_books
from tests.builders import OPENS, Q2, Office, letter
from tests.real.conftest import ImapServer, SmtpSink, service_env
from tests.support.ready_program import ReadyProgram

FIRST = OPENS + timedelta(minutes=1)
#: By then every lease of the killed process has run out.
SECOND = FIRST + LEASE + timedelta(minutes=1)

Run = Callable[..., int]


@pytest.fixture
def run(program: ReadyProgram, database_url: str, imap_server: ImapServer, smtp_sink: SmtpSink, tmp_path: Path) -> Run:
    """Runs one pass of the real program in a process of its own; its exit code."""

    def one_pass(now: datetime, failpoint: Failpoint | None = None) -> int:
        env = service_env(database_url, imap_server, smtp_sink, now)
        return program.once(env | {"COLLECTOR_FAILPOINT": failpoint.value if failpoint else ""}, tmp_path)

    return one_pass


def prepared(database_url: str, imap_server: ImapServer) -> SqlBooks:
    books = open_books(database_url)
    Office(books).prepare()
    imap_server.deliver(letter("da", "DA06 153\nDA07 91%", OPENS, message_id="<return@example.org>"))
    return books


NOT_ON_THE_WAY = (Failpoint.FILES_KEPT, Failpoint.FILED)


@pytest.mark.parametrize("point", [point for point in Failpoint if point not in NOT_ON_THE_WAY])
def test_kept_and_once_whatever_step_the_service_dies_at(
    point: Failpoint, database_url: str, imap_server: ImapServer, smtp_sink: SmtpSink, run: Run
) -> None:
    books = prepared(database_url, imap_server)
    assert run(FIRST, point) == -signal.SIGKILL, "this step is on the way"
    assert run(SECOND) == 0
    assert_the_books_are_right(books)
    assert_the_outside_is_right(books, imap_server, smtp_sink, died_sending=point is Failpoint.SENT)
    books.close()


def test_once_two_services_over_the_same_books_do_everything_once(
    database_url: str, imap_server: ImapServer, smtp_sink: SmtpSink, run: Run
) -> None:
    books = prepared(database_url, imap_server)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(run, [FIRST, FIRST])) == [0, 0]
    assert run(SECOND) == 0
    sent = len(smtp_sink.received)
    assert run(SECOND + timedelta(minutes=1)) == 0
    assert len(smtp_sink.received) == sent, "nothing is left to do"
    assert_the_books_are_right(books)
    assert_the_outside_is_right(books, imap_server, smtp_sink, died_sending=False)
    books.close()


def assert_the_books_are_right(books: SqlBooks) -> None:
    with books.begin() as unit:
        for code, value in (("DA06", 153), ("DA07", 91)):
            assert [figure.reported.value for figure in unit.figures.versions(code, Q2)] == [value]
        assert unit.inbox.waiting() == 0
        assert unit.inbox.quarantined() == []
        states = Counter(row.state for row in unit.outbox.rows())
        answers = [row for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("answer:")]
    assert states[OutboxState.DUE] == states[OutboxState.SENDING] == 0
    assert len(answers) == 1


def assert_the_outside_is_right(
    books: SqlBooks, imap_server: ImapServer, smtp_sink: SmtpSink, died_sending: bool
) -> None:
    """What is marked as sent went out, each under one Message-ID with the same bytes; the mailbox is untouched."""
    by_id: dict[str, list[bytes]] = {}
    for _sender, _to, raw in smtp_sink.received:
        by_id.setdefault(str(message_from_bytes(raw)["Message-ID"]), []).append(raw)
    with books.begin() as unit:
        sent = {row.external_ref for row in unit.outbox.rows() if row.state is OutboxState.SENT}
    assert set(by_id) == sent
    assert all(len(set(copies)) == 1 for copies in by_id.values())
    repeated = [copies for copies in by_id.values() if len(copies) > 1]
    assert len(repeated) == (1 if died_sending else 0)
    with imap_server.client() as client:
        client.select_folder("INBOX", readonly=True)
        assert len(client.search("ALL")) == len(client.search("UNSEEN")) == 1

"""The real program with Slack: killed at every step of a message's way there, and running while people write."""

import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo.localslack import APP_TOKEN, BOT_TOKEN, LocalSlack
from bot.demo.spreadsheet import fill_in
from collector.books import OutboxState
from collector.failpoints import Failpoint
from collector.forms import sheet_of
from collector.intake import LEASE
from parsers.workbook import write_workbook
from storage.books import SqlBooks, open_books
from tests.builders import IN_SLACK, OPENS, Q2, Office
from tests.real.conftest import ImapServer, SmtpSink, service_env
from tests.support.local_slack import DA, DPH, SEG, VISITOR
from tests.support.ready_program import ReadyProgram

FIRST = OPENS + timedelta(minutes=1)
#: By then every lease of the killed process has run out.
SECOND = FIRST + LEASE + timedelta(minutes=1)

#: The steps that a message in Slack passes; the others are the mailbox's.
ON_THE_WAY = [point for point in Failpoint if point not in (Failpoint.FETCHED, Failpoint.CURSOR_MOVED, Failpoint.FILED)]


def env_of(database_url: str, imap: ImapServer, sink: SmtpSink, slack: LocalSlack, now: datetime) -> dict[str, str]:
    return service_env(database_url, imap, sink, now) | {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": slack.api,
    }


def prepared(database_url: str) -> SqlBooks:
    books = open_books(database_url)
    Office(books, partnership=IN_SLACK).prepare()
    return books


def workbook(books: SqlBooks) -> bytes:
    view = Office(books).view()
    return fill_in(write_workbook(sheet_of(view, view.people["da"])), {"DA06": {"Figure": 153}})


def ours(slack: LocalSlack, channel: str) -> list[dict[str, Any]]:
    """What we said in a conversation, files aside."""
    return [message for message in slack.messages(channel) if message.get("bot_id") and not message.get("files")]


def tokens(messages: list[dict[str, Any]]) -> list[str]:
    return [str(message["blocks"][0]["block_id"]) for message in messages]


@pytest.mark.parametrize(
    ("database_url", "point"),
    # The databases differ in storage only, which test_failpoints kills on both at every step.
    [
        *(("sqlite", point) for point in ON_THE_WAY),
        ("postgresql", Failpoint.FILES_KEPT),
        ("postgresql", Failpoint.SENT),
    ],
    indirect=["database_url"],
)
def test_kept_and_once_whatever_step_the_service_dies_at(
    point: Failpoint,
    database_url: str,
    program: ReadyProgram,
    imap_server: ImapServer,
    smtp_sink: SmtpSink,
    slack: LocalSlack,
    tmp_path: Path,
) -> None:
    books = prepared(database_url)
    slack.upload(DA, "return.xlsx", workbook(books), "DA07 91%")

    def one_pass(now: datetime, failpoint: str = "") -> int:
        env = env_of(database_url, imap_server, smtp_sink, slack, now) | {"COLLECTOR_FAILPOINT": failpoint}
        return program.once(env, tmp_path)

    assert one_pass(FIRST, point.value) == -signal.SIGKILL, "this step is on the way"
    assert one_pass(SECOND) == 0
    with books.begin() as unit:
        for code, value in (("DA06", 153), ("DA07", 91)):
            assert [figure.reported.value for figure in unit.figures.versions(code, Q2)] == [value]
        assert unit.inbox.waiting() == 0
        assert unit.inbox.quarantined() == []
        planned = [row for row in unit.outbox.rows() if row.planned.channel == "slack"]
    # The reminder of what had come in meanwhile was cancelled.
    rows = [row for row in planned if row.state is not OutboxState.CANCELLED]
    assert {row.state for row in rows} == {OutboxState.SENT}
    said = [*ours(slack, slack.dm(DA)), *ours(slack, slack.dm(DPH)), *ours(slack, SEG)]
    assert sorted(tokens(said)) == sorted(f"collector:{row.token}" for row in rows if row.planned.edits is None)
    files = [file["name"] for message in slack.messages(slack.dm(DPH)) for file in message.get("files", ())]
    assert files == ["return-2015-16Q2-dph.xlsx"]
    books.close()


def until(what: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_service_hears_reads_and_answers_in_slack_and_stops_cleanly(
    database_url: str,
    program: ReadyProgram,
    imap_server: ImapServer,
    smtp_sink: SmtpSink,
    slack: LocalSlack,
    tmp_path: Path,
) -> None:
    books = prepared(database_url)
    env = env_of(database_url, imap_server, smtp_sink, slack, FIRST)
    with program.running(env, tmp_path) as service:
        talk = slack.dm(DA)
        until(lambda: len(ours(slack, talk)) == 1)
        until(lambda: b"slack connected" in service.log.read_bytes())
        slack.say(VISITOR, "DA06 999")
        reminder = ours(slack, talk)[0]
        slack.say(DA, "DA06 153", thread=reminder["ts"])
        until(lambda: len(ours(slack, talk)) == 2)
        answer = ours(slack, talk)[1]
        assert answer["thread_ts"] == reminder["ts"]
        assert "DA06" in answer["text"]
        assert "153" in answer["text"]
        assert ours(slack, slack.dm(VISITOR)) == [], "a stranger gets no answer"
        service.send(signal.SIGTERM)
        assert service.wait(15) == 0
    with books.begin() as unit:
        assert unit.figures.current(Q2)["DA06"].reported.value == 153
        assert len(unit.inbox.quarantined()) == 1
    books.close()

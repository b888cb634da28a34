"""The service as it runs: it reads what comes, answers, survives the mailbox going away, and ends on SIGTERM."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from storage.books import open_books
from tests.builders import OPENS, Q2, Office, letter
from tests.real.conftest import ImapServer, SmtpSink, service_env
from tests.servers import free_port


@contextmanager
def running(
    database_url: str, imap_port: int, account: ImapServer, sink: SmtpSink, folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    env = service_env(database_url, account, sink, OPENS + timedelta(minutes=1)) | {"IMAP_PORT": str(imap_port)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "run"], env=env, cwd=folder, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def until(what: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def mails_to(sink: SmtpSink, address: str) -> list[Message]:
    return [message_from_bytes(raw) for _, to, raw in list(sink.received) if to == [address]]


def test_the_service_reminds_reads_answers_and_stops_cleanly(
    database_url: str, imap_server: ImapServer, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    books = open_books(database_url)
    Office(books).prepare()
    address = "da@council.example.org"
    with running(database_url, imap_server.account.port, imap_server, smtp_sink, tmp_path) as process:
        until(lambda: len(mails_to(smtp_sink, address)) == 1)
        reminder = mails_to(smtp_sink, address)[0]
        raw = letter("da", "DA06 153", OPENS, In_Reply_To=str(reminder["Message-ID"]))
        imap_server.deliver(raw)
        until(lambda: len(mails_to(smtp_sink, address)) == 2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    with books.begin() as unit:
        assert unit.figures.current(Q2)["DA06"].reported.value == 153
    answer = mails_to(smtp_sink, address)[1]
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["In-Reply-To"] == message_from_bytes(raw)["Message-ID"]
    books.close()


def test_kept_a_mailbox_that_is_away_is_read_when_it_is_back(
    postgres_url: str, imap_server: ImapServer, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    """The service is pointed at a port where nobody listens, then a way to the mailbox opens there."""
    books = open_books(postgres_url)
    Office(books).prepare()
    imap_server.deliver(letter("da", "DA06 153", OPENS))
    port = free_port()
    with running(postgres_url, port, imap_server, smtp_sink, tmp_path):
        until(lambda: b"mailbox down" in (tmp_path / "log").read_bytes())
        way = ["-c", FORWARD, str(port), str(imap_server.account.port)]
        forward = subprocess.Popen([sys.executable, *way])
        try:
            until(lambda: len(mails_to(smtp_sink, "da@council.example.org")) == 2)
        finally:
            forward.kill()
            forward.wait(5)
    with books.begin() as unit:
        assert unit.figures.current(Q2)["DA06"].reported.value == 153
    books.close()


FORWARD = """
import asyncio, sys
async def pump(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()
async def serve(reader, writer):
    there, back = await asyncio.open_connection("127.0.0.1", int(sys.argv[2]))
    await asyncio.gather(pump(reader, back), pump(there, writer), return_exceptions=True)
async def main():
    async with await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1])) as server:
        await server.serve_forever()
asyncio.run(main())
"""

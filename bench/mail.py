"""The mail door between a real Dovecot and an SMTP server of the bench's own: `./run bench mail [--mails N]`."""

import os
import signal
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.utils import format_datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from imapclient import IMAPClient

from bot.mail.postman import Postman, SmtpAccount
from collector.domain.indicator import Unit
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Responsibility, Role
from collector.domain.period import Quarter
from collector.intake import LEASE
from storage.books import open_books
from tests.builders import OPENS, PARTNERSHIP, Office, define
from tests.servers import free_port
from tests.support import dovecot

#: So many mails of the backlog, unless told otherwise; so many are measured one by one.
MAILS, SINGLE = 1000, 40
#: So many people write in turn, each on an indicator of their own.
PEOPLE = 100
#: The service is killed when so much of the backlog has been read.
KILLED_AT = (0.2, 0.45, 0.7)
_MAILBOX = "returns@medway.example.org"
_PATIENCE = 60.0


def mail(folder: Path, mails: int = MAILS) -> None:
    """One by one, then a backlog with three kills on the way, then what a connection for each letter costs."""
    if dovecot.version() is None:
        sys.stdout.write("There is no Dovecot 2.3 here that can be started: the mail bench is left out\n")
        return
    with dovecot.running() as server, _sink() as sink:
        _say_single(_Run(folder / "single.db", server.port, sink, "single"))
        _say_backlog(_Run(folder / "backlog.db", server.port, sink, "backlog"), mails)
    with _sink() as sink:
        _say_letters(sink)


@dataclass
class _Sink:
    """Takes every letter and notes when."""

    port: int = field(default_factory=free_port)
    taken: list[tuple[float, bytes]] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        with self.news:
            self.taken.append((time.perf_counter(), envelope.original_content or b""))
            self.news.notify_all()
        return "250 OK"

    def answer_to(self, message_id: str) -> float:
        """When the answer to a message was taken."""
        seen = 0
        with self.news:
            while True:
                for when, raw in self.taken[seen:]:
                    if f"In-Reply-To: {message_id}".encode() in raw:
                        return when
                seen = len(self.taken)
                if not self.news.wait(_PATIENCE):
                    raise TimeoutError(f"no answer to {message_id}")


@contextmanager
def _sink() -> Iterator[_Sink]:
    sink = _Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


@dataclass
class _Run:
    """Books with an open round, a mailbox, and the service between them as a process of its own."""

    path: Path
    imap_port: int
    sink: _Sink
    user: str
    moment: datetime = OPENS
    peak: float = 0.0

    def __post_init__(self) -> None:
        books = open_books(f"sqlite:///{self.path}")
        Office(books, partnership=_partnership()).prepare()
        books.close()
        with closing(sqlite3.connect(self.path)) as connection:
            # What opening the round has to say is sent already: answers are measured.
            connection.execute("UPDATE outbox SET state = 'sent'")
            connection.commit()

    def deliver(self, first: int, count: int) -> None:
        """Lay messages into the mailbox."""
        with IMAPClient("127.0.0.1", self.imap_port, ssl=False, timeout=20) as client:
            client.login(f"{self.user}@medway.example.org", dovecot.PASSWORD)
            for number in range(first, first + count):
                client.append("INBOX", _letter(number))

    def start(self) -> "subprocess.Popen[bytes]":
        """The service; when it starts again, what its killed forerunner held is free."""
        self.moment += LEASE + timedelta(minutes=1)
        settings = {
            "DATABASE_URL": f"sqlite:///{self.path}",
            "IMAP_HOST": "127.0.0.1",
            "IMAP_PORT": str(self.imap_port),
            "IMAP_SECURITY": "none",
            "IMAP_USER": f"{self.user}@medway.example.org",
            "IMAP_PASSWORD": dovecot.PASSWORD,
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.sink.port),
            "SMTP_SECURITY": "none",
            "MAIL_BORDER": "none",
            "COLLECTOR_CLOCK": self.moment.isoformat(),
        }
        with (self.path.parent / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "run"],
                env=os.environ | settings,
                cwd=self.path.parent,
                stdout=log,
                stderr=log,
            )

    def count(self, statement: str) -> int:
        """A number from the books, without holding anybody up."""
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)) as connection:
            return int(connection.execute(statement).fetchone()[0])

    def until(self, process: "subprocess.Popen[bytes]", statement: str, wanted: int) -> None:
        """Wait until a number is reached, and note the memory that is used meanwhile."""
        while self.count(statement) < wanted:
            if process.poll() is not None:
                raise RuntimeError((self.path.parent / "log").read_text()[-2000:])
            self.peak = max(self.peak, _memory(process.pid))
            time.sleep(0.2)


_READ = "SELECT count(*) FROM inbox WHERE door = 'mail' AND state NOT IN ('waiting', 'claimed')"
_SENT = "SELECT count(*) FROM outbox WHERE dedupe_key LIKE 'answer:%' AND state = 'sent'"
_ANSWERS = "SELECT count(*) FROM outbox WHERE dedupe_key LIKE 'answer:%'"


def _say_single(run: _Run) -> None:
    process = run.start()
    try:
        run.deliver(0, 1)
        run.sink.answer_to(_message_id(0))
        taken = []
        for number in range(1, SINGLE + 1):
            run.deliver(number, 1)
            lies = time.perf_counter()
            taken.append((run.sink.answer_to(_message_id(number)) - lies) * 1000)
    finally:
        process.terminate()
        process.wait(20)
    _line("from the mailbox to the receipt handed over, median", f"{statistics.median(taken):.0f} ms", "goal 1,000 ms")
    _line("  the same, p95", f"{statistics.quantiles(taken, n=20)[-1]:.0f} ms", f"goal 3,000 ms; {SINGLE} mails")


def _say_backlog(run: _Run, mails: int) -> None:
    run.deliver(0, mails)
    before = len(run.sink.taken)
    begun = time.perf_counter()
    process = run.start()
    for share in KILLED_AT:
        run.until(process, _READ, int(mails * share))
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        process = run.start()
    left = max(mails - run.count(_READ) - 1, 0)
    run.until(process, _READ, mails - left)
    spent = -_processor_seconds(process.pid)
    run.until(process, _READ, mails)
    run.until(process, _SENT, run.count(_ANSWERS))
    seconds = time.perf_counter() - begun
    spent += _processor_seconds(process.pid)
    process.terminate()
    process.wait(20)
    letters = Counter(str(message_from_bytes(raw)["Message-ID"]) for _, raw in run.sink.taken[before:])
    again = sum(count - 1 for count in letters.values())
    twice = run.count("SELECT count(*) FROM (SELECT 1 FROM figure GROUP BY measure, value HAVING count(*) > 1)")
    figures = run.count("SELECT count(*) FROM figure")
    _line(f"a backlog of {mails} mails, three kills on the way", f"{seconds:.0f} s", f"{figures} figures on the books")
    _line("  mails a minute", f"{mails / seconds * 60:.0f}", "goal 600")
    if left:
        each = spent / left * 1000
        _line("  processor time a mail, all processes", f"{each:.0f} ms", f"the last {left}, starting left out")
    _line("  peak memory, all processes", f"{run.peak:.0f} MiB", "goal 512 MiB; shared pages counted in each")
    _line("  figures recorded twice", str(twice), "must be 0")
    _line(
        "  answers, planned and sent", f"{run.count(_ANSWERS)}", f"{len(letters)} letters, {again} sent again in doubt"
    )


def _say_letters(sink: _Sink) -> None:
    """What a letter costs with a connection of its own, and over one that is used again."""
    raw = _letter(0)
    for what, kept_open in (("a connection for each letter, a letter", 0.0), ("one for a burst, a letter", 10.0)):
        postman = Postman(SmtpAccount("127.0.0.1", sink.port, "none"), _MAILBOX, kept_open=kept_open)
        taken = []
        for _ in range(200):
            begun = time.perf_counter()
            postman.send("p0@partner.example.org", raw, again=False)
            taken.append((time.perf_counter() - begun) * 1000)
        postman.close()
        _line(what, f"{statistics.median(taken):.1f} ms", "loopback, without TLS and without signing in")


def _partnership() -> Partnership:
    officers = tuple(
        Person(f"p{n}", f"Contributor {n}", f"Partner {n % 10}", Role.CONTRIBUTOR, (f"p{n}@partner.example.org",))
        for n in range(PEOPLE)
    )
    definitions = tuple(
        define(f"AB{n:03d}", Unit.COUNT, from_period=Quarter(2014, 3), title=f"Number of cases of kind {n}")
        for n in range(PEOPLE)
    )
    return replace(
        PARTNERSHIP,
        people=(*PARTNERSHIP.people, *officers),
        definitions=(*PARTNERSHIP.definitions, *definitions),
        responsibilities=(
            *PARTNERSHIP.responsibilities,
            *(Responsibility(f"AB{n:03d}", f"p{n}", Quarter(2014, 3)) for n in range(PEOPLE)),
        ),
    )


def _message_id(number: int) -> str:
    return f"<{number}@partner.example.org>"


def _letter(number: int) -> bytes:
    """Each person's figures grow, so that a figure that was recorded twice shows."""
    person = number % PEOPLE
    head = (
        f"From: p{person}@partner.example.org\r\nTo: {_MAILBOX}\r\nSubject: Our figures\r\n"
        f"Date: {format_datetime(OPENS + timedelta(seconds=number))}\r\nMessage-ID: {_message_id(number)}\r\n"
    )
    return f"{head}\r\nAB{person:03d}: {100 + number // PEOPLE}\r\n".encode()


def _memory(pid: int) -> float:
    """What a process and its children hold now, in MiB."""
    return sum(int(said.get("VmRSS", "0 kB").split()[0]) / 1024 for _, said in _family(pid))


def _processor_seconds(pid: int) -> float:
    """What a process and its children have used of the processor, those that have ended among them, in seconds."""
    used = 0
    for folder, _ in _family(pid):
        with suppress(OSError):
            # From the 14th field on, counted behind the name, which may hold anything (proc(5)).
            used += sum(map(int, (folder / "stat").read_text().rpartition(")")[2].split()[11:15]))
    return used / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> Iterator[tuple[Path, dict[str, str]]]:
    """A process and its children: where the system tells of each, and its status."""
    family = {pid}
    for status in sorted(Path("/proc").glob("[0-9]*/status"), key=lambda path: int(path.parts[2])):
        try:
            said = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(said["Pid"]) in family or int(said["PPid"]) in family:
            family.add(int(said["Pid"]))
            yield status.parent, said


def _line(what: str, measured: str, more: str) -> None:
    sys.stdout.write(f"{what:<56}{measured:>12}   {more}\n")
    sys.stdout.flush()

"""Real servers: IMAP with one mailbox a test, SMTP that takes or refuses mail, Slack emptied for each test."""

import asyncio
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from imapclient import IMAPClient

from bot.demo.localslack import LocalSlack
from bot.demo.postoffice import PostOffice
from bot.mail.mailbox import ImapAccount, Mailbox
from tests.servers import free_port
from tests.support import dovecot, local_slack, parts, ready_program
from tests.support.ready_program import ReadyProgram

_numbers = count(1)


@dataclass(frozen=True)
class ImapServer:
    """A mailbox of this test's own on a server that may be shared."""

    account: ImapAccount
    what: str

    def client(self) -> IMAPClient:
        """Another program that is logged in to the mailbox."""
        client = IMAPClient(self.account.host, self.account.port, ssl=False, timeout=20)
        client.login(self.account.username, self.account.password)
        return client

    def deliver(self, raw: bytes) -> None:
        """Lay a message into the mailbox."""
        with self.client() as client:
            client.append(self.account.folder, raw)


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[dovecot.Dovecot | None]:
    """One Dovecot for the session; None where it can't be started."""
    if dovecot.version() is None:
        yield None
        return
    with dovecot.running() as server:
        yield server


@pytest.fixture
def imap_server(dovecot_server: dovecot.Dovecot | None) -> Iterator[ImapServer]:
    """A fresh mailbox on Dovecot, or on pymap where there is no Dovecot."""
    user = f"returns-{next(_numbers)}@medway.example.org"
    if dovecot_server is not None:
        parts.note("mailbox", dovecot_server.what, real=True)
        yield ImapServer(
            ImapAccount("127.0.0.1", dovecot_server.port, "none", user, dovecot.PASSWORD), dovecot_server.what
        )
        return
    parts.note("mailbox", "pymap", real=False)
    office = PostOffice(user, "secret")
    office.start()
    yield ImapServer(ImapAccount("127.0.0.1", office.imap_port, "none", user, "secret"), "pymap")
    office.stop()


@pytest.fixture
def mailbox(imap_server: ImapServer) -> Iterator[Mailbox]:
    """Our reader, connected."""
    reader = Mailbox(imap_server.account)
    reader.connect()
    yield reader
    reader.close()


@dataclass
class SmtpSink:
    """Takes mail for anybody, or says what `answers` tells it to at MAIL, RCPT, DATA or QUIT."""

    port: int = 0
    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    hang_up_at: str = ""
    peers: set[object] = field(default_factory=set)
    goodbyes: int = 0

    async def handle_MAIL(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self._say("MAIL", server)

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self._say("RCPT", server)
        if said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        said = self._say("DATA", server)
        if said.startswith("2"):
            raw = envelope.original_content or b""
            self.peers.add(session.peer)
            self.received.append((envelope.mail_from or "", list(envelope.rcpt_tos), raw))
        return said

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        self.goodbyes += 1
        return self._say("QUIT", server, "221 Bye")

    def _say(self, command: str, server: SMTP, otherwise: str = "250 OK") -> str:
        if self.hang_up_at == command and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return self.answers.get(command, otherwise)


@pytest.fixture
def smtp_sink(smtp_sinks: Callable[..., SmtpSink]) -> SmtpSink:
    """An SMTP server without TLS."""
    return smtp_sinks()


@pytest.fixture
def smtp_sinks() -> Iterator[Callable[..., SmtpSink]]:
    """Makes SMTP servers; what is given goes to aiosmtpd."""
    controllers: list[Controller] = []

    def start(**given: Any) -> SmtpSink:
        sink = SmtpSink(port=free_port())
        controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **given)
        controller.start()
        controllers.append(controller)
        return sink

    yield start
    for controller in controllers:
        controller.stop()


@pytest.fixture(scope="module")
def slack_server() -> Iterator[LocalSlack]:
    """One Slack for the tests of a module."""
    with local_slack.running() as server:
        yield server


@pytest.fixture
def slack(slack_server: LocalSlack) -> LocalSlack:
    """A workspace in which nothing was said yet."""
    slack_server.reset()
    return slack_server


@pytest.fixture(scope="session")
def program() -> Iterator[ReadyProgram]:
    """The real program, started in an instant as often as a test needs it."""
    with ready_program.ready() as waiting:
        yield waiting


def service_env(database_url: str, server: ImapServer, sink: SmtpSink, now: datetime) -> dict[str, str]:
    """The environment in which the real program works between a mailbox and an SMTP server of the test's."""
    return os.environ | {
        "PYTHONPATH": str(ready_program.ROOT),
        "DATABASE_URL": database_url,
        "IMAP_HOST": server.account.host,
        "IMAP_PORT": str(server.account.port),
        "IMAP_SECURITY": "none",
        "IMAP_USER": server.account.username,
        "IMAP_PASSWORD": server.account.password,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(sink.port),
        "SMTP_SECURITY": "none",
        "MAIL_BORDER": "none",
        "COLLECTOR_CLOCK": now.isoformat(),
    }

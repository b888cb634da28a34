"""A post office in this process, for the demo and the tests: the collector's mailbox, and a server that takes any mail.

It listens on 127.0.0.1 only, on ports the system picks, and forgets everything when it stops.
"""

import asyncio
import logging
import threading
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from aiosmtpd.smtp import SMTP, Envelope, Session
from proxyprotocol.reader import ProxyProtocolReader
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Identity, Login
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import Passwords, UserMetadata

from bot.demo.border import stamped

_HOST = "127.0.0.1"
_LARGEST = 40 * 1024 * 1024
_PATIENCE = 10.0


@dataclass(frozen=True)
class Delivered:
    """A mail that went out to somebody: to whom, its bytes, and when."""

    rcpt: str
    raw: bytes
    at: datetime


def _now() -> datetime:
    return datetime.now(UTC)


class PostOffice:
    """Mail to `mailbox` lands in its INBOX, stamped by a border server; mail to others in `delivered`.

    `failing` are senders the border server does not vouch for; `now` dates what arrives.
    """

    def __init__(
        self,
        mailbox: str,
        password: str,
        on_delivery: Callable[[Delivered], object] | None = None,
        failing: frozenset[str] = frozenset(),
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.mailbox = mailbox
        self.delivered: list[Delivered] = []
        self.imap_port = 0
        self.smtp_port = 0
        self._password = password
        self._on_delivery = on_delivery
        self._failing = failing
        self._now = now
        self._login: Login | None = None
        self._connections: set[asyncio.Task[None] | None] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing: asyncio.Event | None = None
        self._ready = threading.Event()
        self._trouble: BaseException | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Open both doors; returns when they take connections, and raises what kept them shut."""
        self._ready.clear()
        self._trouble = None
        self._thread = threading.Thread(target=self._run, name="post office", daemon=True)
        self._thread.start()
        if not self._ready.wait(_PATIENCE):
            raise TimeoutError("the post office did not open in time")
        if self._trouble is not None:
            raise self._trouble

    def stop(self) -> None:
        """Close both doors and hang up on whoever is connected."""
        if self._loop is not None and self._closing is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(self._closing.set)
        if self._thread is not None:
            self._thread.join(_PATIENCE)
            self._thread = None

    def put(self, raw: bytes) -> None:
        """Lay a message into the mailbox as it is, past the border server."""
        if self._loop is None:
            raise RuntimeError("the post office is closed")
        asyncio.run_coroutine_threadsafe(self._lay_in(raw), self._loop).result(_PATIENCE)

    def _run(self) -> None:
        # When this ends, asyncio.run ends the tasks of open connections too.
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            self._trouble = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._closing = asyncio.get_running_loop(), asyncio.Event()
        imap = await self._open_imap()
        smtp = await self._loop.create_server(self._smtp, _HOST, 0)
        self.imap_port, self.smtp_port = _port(imap), _port(smtp)
        self._ready.set()
        try:
            await self._closing.wait()
        finally:
            smtp.close()
            imap.close()

    async def _open_imap(self) -> asyncio.Server:
        logging.getLogger("pymap").setLevel(logging.ERROR)
        config = Config(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host=_HOST,
            port=0,
            tls_enabled=False,
            demo_data=False,
            demo_user="",
            demo_password="",
            invalid_user_sleep=0.0,
            cpu_subsystem=Subsystem.for_asyncio(),
        )
        config.apply_context()
        self._login = Login(config)
        password = await Passwords(config).hash_password(self._password)
        await self._identity(self._login).set(UserMetadata(config, self.mailbox, password=password))
        serve = IMAPServer(self._login, config)

        async def held(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, info: SocketInfo) -> None:
            # pymap lets go of a connection's task, and from Python 3.12 on the garbage collector then ends the
            # connection in the middle of a word.
            task = asyncio.current_task()
            self._connections.add(task)
            try:
                await serve(reader, writer, info)
            finally:
                self._connections.discard(task)

        return await asyncio.start_server(ProxyProtocolReader(config.proxy_protocol).get_callback(held), _HOST, 0)

    def _smtp(self) -> SMTP:
        return SMTP(self, data_size_limit=_LARGEST, hostname=_HOST, ident="demo post office", enable_SMTPUTF8=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take a mail for whoever it is addressed to."""
        raw = envelope.original_content or b""
        for rcpt in envelope.rcpt_tos:
            if rcpt.lower() == self.mailbox.lower():
                await self._lay_in(stamped(raw, self._failing))
                continue
            delivered = Delivered(rcpt, raw, self._now())
            self.delivered.append(delivered)
            if self._on_delivery is not None:
                self._on_delivery(delivered)
        return "250 OK"

    async def _lay_in(self, raw: bytes) -> None:
        if self._login is None:
            raise RuntimeError("the post office is closed")
        async with self._identity(self._login).new_session() as session:
            await session.append_messages("INBOX", [AppendMessage(raw, self._now(), frozenset())])

    def _identity(self, login: Login) -> Identity:
        return Identity(self.mailbox, login, None, frozenset())


def _port(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])

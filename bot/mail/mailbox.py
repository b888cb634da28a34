"""Reads the returns mailbox over IMAP. Reading only looks: what else is done to the mail is `filing`."""

import contextlib
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, IMAPClientReadOnlyError, LoginError

from bot.mail.account import Security, TokenSource, checked
from bot.mail.errors import MailboxDown, SignInRefused
from bot.mail.filing import Filer, Filing
from bot.mail.oauth import READING, advice_on

#: A message above this is kept as its headers and size (PARTS, limits), in bytes.
LARGEST = 25 * 1024 * 1024
#: Headers are fetched up to here where the message itself is not, in bytes.
_MOST_HEADERS = 64 * 1024
#: So many messages are asked for at once, and so many bytes of them where each is small.
_AT_ONCE, _BYTES_AT_ONCE = 50, 1024 * 1024
#: Servers may end an IDLE after 30 minutes, and firewalls forget quiet connections sooner (PARTS), in seconds.
_LONGEST_IDLE = 9 * 60
#: How often a stop is looked for while waiting, in seconds.
_SLICE = 0.5
#: A server may go on showing a folder that somebody has deleted and made anew: it is opened again, in seconds.
_OPEN_FOR = 15 * 60
#: A server that hangs up on IDLE this many times in a row is not asked to IDLE again.
_BROKEN_IDLES = 2
_NO_FOLDER = "Make it, or name another in IMAP_FOLDER."
_PRINTED_BYTES = re.compile(r"b(['\"])(.*)\1", re.DOTALL)


@dataclass(frozen=True)
class ImapAccount:
    """A mailbox on a server; `timeout` in seconds counts for connecting and for each answer.

    With `tokens` it signs in by OAuth 2, otherwise with the password.
    """

    host: str
    port: int
    security: Security
    username: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    timeout: float = 30.0
    tokens: TokenSource | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Fetched:
    """A message as it lies in the mailbox. `size` is its own size; `raw` holds only headers where it is `cut`."""

    uid: int
    uidvalidity: int
    raw: bytes
    size: int
    cut: bool
    arrived_at: datetime


def delivery_key(account: ImapAccount, uidvalidity: int, uid: int) -> str:
    """The key under which a message is kept once, whatever happens to the connection."""
    return f"{key_prefix(account, uidvalidity)}{uid}"


def key_prefix(account: ImapAccount, uidvalidity: int | None = None) -> str:
    """How the delivery keys of a folder's messages begin; with its UIDVALIDITY, or whatever that was."""
    folder = "" if account.folder == "INBOX" else f"/{account.folder}"
    return f"mail:{account.username}{folder}:" + (f"{uidvalidity}:" if uidvalidity is not None else "")


class Mailbox:
    """A connection to one folder. What goes wrong is MailboxDown; after it, `close` and `connect` again.

    `poll_every` is how many seconds `wait` takes at most where the server has no IDLE that works, `open_for` after how
    many `refresh` opens the folder anew.
    """

    def __init__(
        self,
        account: ImapAccount,
        poll_every: float = 10.0,
        filing: Filing | None = None,
        open_for: float = _OPEN_FOR,
    ) -> None:
        self.account = account
        self._poll_every = poll_every
        self._open_for, self._opened_at = open_for, 0.0
        self._filing = filing or Filing()
        self._filer: Filer | None = None
        self._client: Any = None
        self._uidvalidity = 0
        self._broken_idles = 0
        self._interrupted = threading.Event()

    @property
    def uidvalidity(self) -> int:
        """The folder's UIDVALIDITY when it was connected: UIDs mean nothing without it."""
        return self._uidvalidity

    @property
    def idles(self) -> bool:
        """Whether `wait` will be told of new mail by the server, rather than poll for it."""
        if self._broken_idles >= _BROKEN_IDLES or self._client is None:
            return False
        with self._talking("did not say what it can do"):
            return bool(self._client.has_capability("IDLE"))

    @property
    def obstacle(self) -> str:
        """Why handled mail can't be filed as configured, and what to do; empty where it can."""
        return self._filer.obstacle if self._filer else ""

    def connect(self) -> None:
        """Connect, log in and open the folder, for reading only where nothing is filed; an earlier one is closed."""
        self.close()
        self._reach()
        self._log_in()
        with self._talking(f"has no folder {self.account.folder} for us", lambda: _NO_FOLDER):
            self._open_folder()
        self._opened_at = time.monotonic()

    def refresh(self) -> None:
        """Make sure that the folder is seen as it is: opened anew after a while, or where the server has troubles.

        Dovecot answers for a folder that was deleted under it with an untagged NO, and shows it for ever.
        """
        with self._talking("did not say what is new"):
            told = self._connected().noop()[1]
        troubled = any(isinstance(one, tuple) and one[:1] == (b"NO",) for one in told)
        if troubled or time.monotonic() - self._opened_at >= self._open_for:
            self.connect()

    def _reach(self) -> None:
        account = self.account
        with self._talking("can't be reached"):
            self._client = IMAPClient(
                account.host,
                account.port,
                ssl=account.security == "tls",
                ssl_context=checked() if account.security == "tls" else None,
                timeout=SocketTimeout(account.timeout, account.timeout),
            )
            self._client.normalise_times = False
            if account.security == "starttls":
                self._client.starttls(checked())

    def _log_in(self) -> None:
        """With the password, or with a token: one that is refused is renewed once."""
        account, tokens = self.account, self.account.tokens
        if tokens is None:
            with self._talking(f"refused the account {account.username}"):
                self._client.login(account.username, account.password)
            return
        refused = f"refused the app's token for {account.username}"
        try:
            token = tokens.current()
            with self._talking(refused):
                try:
                    self._client.oauth2_login(account.username, token)
                    return
                except LoginError:
                    token = tokens.after(token)
            # Some servers hang up on who was refused.
            self.close()
            self._reach()
            with self._talking(refused, lambda: advice_on(token, READING, account.username)):
                self._client.oauth2_login(account.username, token)
        except SignInRefused as error:
            raise MailboxDown(str(error)) from error

    def _open_folder(self) -> None:
        folder, filing, writable = self.account.folder, self._filing, self._filing.how != "leave"
        try:
            selected = self._client.select_folder(folder, readonly=not writable)
        except IMAPClientReadOnlyError:
            writable, selected = False, self._client.select_folder(folder, readonly=True)
        self._uidvalidity = int(selected[b"UIDVALIDITY"])
        self._filer = Filer(self._client, filing, folder, selected if writable else None)

    def unfiled(self) -> list[int]:
        """UIDs of the messages in the folder that are not filed; none where they stay as they are."""
        with self._talking("did not list its messages"):
            self._connected()
            return self._filer.unfiled() if self._filer else []

    def file(self, handled: Sequence[int], aside: Sequence[int]) -> int:
        """Mark or move these messages as configured; how many were filed."""
        with self._talking("did not file handled mail"):
            self._connected()
            return self._filer.file(handled, aside) if self._filer else 0

    def new_messages(self, after_uid: int) -> Iterator[Fetched]:
        """Messages with a UID above `after_uid`, one at a time in their order, those that arrive meanwhile too."""
        seen = after_uid
        while uids := self._uids_after(seen):
            for start in range(0, len(uids), _AT_ONCE):
                page = uids[start : start + _AT_ONCE]
                yield from self._fetch(page)
                seen = page[-1]

    def _uids_after(self, uid: int) -> list[int]:
        with self._talking("did not list its messages"):
            client = self._connected()
            # A search may look at the folder as it was when the server last told us about it: ask for news first.
            client.noop()
            found = client.search(["UID", f"{uid + 1}:*"])
        # "n:*" names the last message even where its UID is below n (RFC 9051, 9).
        return sorted(one for one in found if one > uid)

    def _fetch(self, uids: Sequence[int]) -> Iterator[Fetched]:
        """These messages in their order, without those that somebody has deleted meanwhile."""
        with self._talking("did not say how large its messages are"):
            about = self._connected().fetch(list(uids), ["RFC822.SIZE", "INTERNALDATE"])
        there = [uid for uid in uids if uid in about]
        while there:
            size = int(about[there[0]][b"RFC822.SIZE"])
            cut = size > LARGEST
            together = 1 if cut else _how_many([int(about[uid][b"RFC822.SIZE"]) for uid in there])
            now, there = there[:together], there[together:]
            for uid, raw in self._bodies(now, cut):
                # Some servers only estimate RFC822.SIZE; what is here in full is counted.
                whole = size if cut else len(raw)
                yield Fetched(uid, self._uidvalidity, raw, whole, cut, about[uid][b"INTERNALDATE"])

    def _bodies(self, uids: Sequence[int], cut: bool) -> Iterator[tuple[int, bytes]]:
        """The bytes of these messages, or only their headers."""
        wanted = f"BODY.PEEK[HEADER]<0.{_MOST_HEADERS}>" if cut else "BODY.PEEK[]"
        with self._talking(f"did not hand out message {uids[0]}"):
            parts = self._connected().fetch(list(uids), [wanted])
        for uid in uids:
            raw = next((value for key, value in parts.get(uid, {}).items() if key.startswith(b"BODY[")), None)
            if raw is not None:
                yield uid, raw

    def wait(self, seconds: float) -> None:
        """Return when mail may have arrived, `seconds` have passed or `interrupt` was called.

        The server tells us (IDLE) where it can; otherwise this returns after `poll_every` seconds, to look again.
        """
        if self._interrupted.is_set():
            return
        try:
            if not self.idles:
                self._interrupted.wait(min(seconds, self._poll_every))
                return
            with self._talking("hung up while we waited"):
                self._idle(min(seconds, _LONGEST_IDLE))
        except MailboxDown:
            # One that is back at once did not go down: its IDLE may be broken.
            self.connect()
            self._broken_idles += 1
        else:
            self._broken_idles = 0

    def _idle(self, seconds: float) -> None:
        client = self._connected()
        until = time.monotonic() + seconds
        client.idle()
        try:
            while (left := until - time.monotonic()) > 0 and not self._interrupted.is_set():
                started, slice_ = time.monotonic(), min(left, _SLICE)
                # Without an answer before its time the connection is gone: idle_done will say so.
                if client.idle_check(timeout=slice_) or time.monotonic() - started < slice_ / 2:
                    break
        finally:
            client.idle_done()

    def interrupt(self) -> None:
        """End a `wait`, from another thread, and every later one at once."""
        self._interrupted.set()

    def close(self) -> None:
        """Log out where that is still possible."""
        client, self._client, self._filer = self._client, None, None
        if client is None:
            return
        with contextlib.suppress(IMAPClientError, OSError, ValueError):
            client.logout()
        with contextlib.suppress(IMAPClientError, OSError, ValueError):
            client.shutdown()

    def _connected(self) -> Any:
        if self._client is None:
            raise MailboxDown("The mailbox is not connected.")
        return self._client

    @contextlib.contextmanager
    def _talking(self, trouble: str, advice: Callable[[], str] | None = None) -> Iterator[None]:
        where = f"The mail server {self.account.host}:{self.account.port}"
        try:
            yield
        except LoginError as error:
            told = advice() if advice else "Check IMAP_USER and IMAP_PASSWORD."
            raise MailboxDown(f"{where} {trouble}: {_said(error)} {told}") from error
        except (IMAPClientError, OSError, EOFError) as error:
            # A server that hangs up has refused nothing.
            refused = isinstance(error, IMAPClientError) and not isinstance(error, IMAPClientAbortError)
            told = f" {advice()}" if advice and refused else ""
            raise MailboxDown(f"{where} {trouble}: {_said(error)}{told}") from error


def _how_many(sizes: Sequence[int]) -> int:
    """How many of the first messages are fetched together: one at least, and no more than fit into memory well."""
    total = 0
    for count, size in enumerate(sizes):
        total += size
        if total > _BYTES_AT_ONCE:
            return max(count, 1)
    return len(sizes)


def _said(error: Exception) -> str:
    """A server's words on one line; imaplib hands them on as the print of a bytes object."""
    found = _PRINTED_BYTES.fullmatch(str(error))
    return " ".join((found[2] if found else str(error)).split())[:300]

"""Hands letters to the mail server that sends them on."""

import re
import smtplib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from email.policy import SMTP

from bot.mail.account import Security, TokenSource, checked
from bot.mail.errors import NotSent, SignInRefused
from bot.mail.oauth import SENDING, advice_on, xoauth2
from bot.mail.pacing import Pace

#: Answers that are about our account, not about the letter (RFC 4954): it can go once the account is put right.
_ABOUT_THE_ACCOUNT = frozenset({530, 534, 535, 538})
#: The same by Exchange's own codes: not signed in, may not send as the mailbox, sending blocked or switched off.
_ABOUT_US = re.compile(r"\b5\.7\.(54|57|60|139|70[58])\b|SendAsDenied|\brelay", re.IGNORECASE)
_PERMANENT = 500
#: The letter is too large for the server, which says so as soon as it hears of it (RFC 1870).
_TOO_LARGE = 552
#: A server's own account of its refusal (RFC 3463), and what of it says that nobody is reached at an address: a bad
#: address (but not ours: 5.1.7 and 5.1.8) or a mailbox that takes nothing (but not for this letter's length: 5.2.3).
_STATUS = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")
_NOBODY_THERE = re.compile(r"5\.1\.(?![78]$)\d+|5\.2\.[0124]")
#: The same by the plain answer to RCPT (RFC 5321, 4.2.3): no such mailbox, not here, mailbox full, no such name.
_NO_SUCH_MAILBOX = frozenset({550, 551, 552, 553})
#: A connection serves a burst of letters: so many seconds after the last, and so many letters in all.
_KEPT_OPEN, _LETTERS = 10.0, 50


@dataclass(frozen=True)
class SmtpAccount:
    """A server that takes outgoing mail; `timeout` in seconds counts for each step of the talk.

    With `tokens` the user signs in by OAuth 2, otherwise with the password.
    """

    host: str
    port: int
    security: Security = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 30.0
    tokens: TokenSource | None = field(default=None, repr=False)


class Postman:
    """Sends one letter at a time; `sender` is where bounces go.

    A connection is used again for the next letters of a burst, after it was asked whether it is still there: what fails
    then has nothing to do with a letter. In a letter's own talk nothing is tried twice, so that each has one fate.
    """

    def __init__(
        self, account: SmtpAccount, sender: str, pace: Pace | None = None, kept_open: float = _KEPT_OPEN
    ) -> None:
        self._account = account
        self._sender = sender
        self._pace = pace or Pace()
        self._kept_open = kept_open
        self._server: smtplib.SMTP | None = None
        self._letters = 0
        self._used_at = 0.0
        self._lock = threading.Lock()

    def send(self, address: str, raw: bytes, again: bool) -> str:
        """Hand a letter over; its Message-ID. NotSent says whether trying again can help.

        When it returns the server has the letter. One that may have arrived goes `again` with the same Message-ID.
        """
        message_id = str(BytesHeaderParser(policy=SMTP).parsebytes(raw)["Message-ID"])
        with self._lock:
            self._pace.wait()
            server = self._ready()
            try:
                with self._translated(address):
                    server.sendmail(self._sender, [address], raw)
            except NotSent:
                self._hang_up()
                raise
            self._rest()
        return message_id

    def close(self) -> None:
        """Hang up; the next letter connects anew."""
        with self._lock:
            self._hang_up()

    def _ready(self) -> smtplib.SMTP:
        """A server that would take a letter now: the one of the letter before, or a new connection."""
        if self._server is not None and (self._letters >= _LETTERS or not self._still_there(self._server)):
            self._hang_up()
        if self._server is None:
            self._server, self._letters = self._signed_in(), 0
        return self._server

    def _still_there(self, server: smtplib.SMTP) -> bool:
        with suppress(smtplib.SMTPException, OSError):
            return server.noop()[0] == 250
        return False

    def _rest(self) -> None:
        """The letter's fate is settled. The connection stays for the next one of a burst, and not longer."""
        self._letters += 1
        self._used_at = time.monotonic()
        if not self._kept_open:
            self._hang_up()
            return
        timer = threading.Timer(self._kept_open, self._hang_up_if_idle)
        timer.daemon = True
        timer.start()

    def _hang_up_if_idle(self) -> None:
        with self._lock:
            if time.monotonic() - self._used_at >= self._kept_open * 0.99:
                self._hang_up()

    def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            # A server that can't say goodbye must not make us send a letter twice.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _signed_in(self) -> smtplib.SMTP:
        """A new connection. What fails here is no fault of the letter: it is never permanent."""
        where = f"The mail server {self._account.host}:{self._account.port}"
        server = None
        try:
            server = self._connected()
            if self._account.security == "starttls":
                server.starttls(context=checked())
            self._log_in(server)
            return server
        except (smtplib.SMTPException, OSError, SignInRefused) as error:
            if server is not None:
                server.close()
            said = _said(error.smtp_error) if isinstance(error, smtplib.SMTPResponseException) else error
            raise NotSent(f"{where} is not ready for us: {said}{self._advice(error)}", outage=True) from error

    def _log_in(self, server: smtplib.SMTP) -> None:
        """With the password, or with a token: one that is refused is renewed once."""
        account = self._account
        if account.username is None:
            return
        if account.tokens is None:
            server.login(account.username, account.password or "")
            return
        token = account.tokens.current()
        try:
            _with_token(server, account.username, token)
        except smtplib.SMTPAuthenticationError:
            _with_token(server, account.username, account.tokens.after(token))

    def _advice(self, error: Exception) -> str:
        """What an administrator has to do where a token was refused."""
        account = self._account
        if not isinstance(error, smtplib.SMTPAuthenticationError) or account.tokens is None:
            return ""
        with suppress(SignInRefused):
            return f" {advice_on(account.tokens.current(), SENDING, account.username or '')}"
        return ""

    def _connected(self) -> smtplib.SMTP:
        account = self._account
        if account.security == "tls":
            return smtplib.SMTP_SSL(account.host, account.port, timeout=account.timeout, context=checked())
        return smtplib.SMTP(account.host, account.port, timeout=account.timeout)

    @contextmanager
    def _translated(self, address: str) -> Iterator[None]:
        where = f"The mail server {self._account.host}:{self._account.port}"
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            code, said = error.recipients[address]
            raise _refused(f"{where} refused {address}", code, said, at_recipient=True) from error
        except smtplib.SMTPSenderRefused as error:
            # Nobody has been named yet: it is the sender, or what we may send at all.
            ours = error.smtp_code >= _PERMANENT and error.smtp_code != _TOO_LARGE
            raise _refused(f"{where} refuses to send for us", error.smtp_code, error.smtp_error, ours) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(f"{where} did not take the letter", error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"{where} hung up: {error}") from error


def _with_token(server: smtplib.SMTP, username: str, token: str) -> None:
    """In two steps, as a token is longer than a command may be."""
    server.ehlo_or_helo_if_needed()
    # A server that refuses asks once more, with its reason: nothing is the answer to that.
    server.auth(
        "XOAUTH2", lambda challenge=None: "" if challenge else xoauth2(username, token), initial_response_ok=False
    )


def _refused(what: str, code: int, said: bytes | str, about_us: bool = False, at_recipient: bool = False) -> NotSent:
    """What a refusal means: for now, for good, for good and for every letter to that address, or for all our mail."""
    words = _said(said)
    for_good = code >= _PERMANENT
    about_us = for_good and (about_us or code in _ABOUT_THE_ACCOUNT or _ABOUT_US.search(words) is not None)
    permanent = for_good and not about_us
    status = _STATUS.search(words)
    nobody = _NOBODY_THERE.fullmatch(status[0]) is not None if status else at_recipient and code in _NO_SUCH_MAILBOX
    return NotSent(f"{what}: {code} {words}", permanent, address_fails=permanent and nobody, outage=about_us)


def _said(words: bytes | str) -> str:
    """A server's words on one line of bounded length."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:300]

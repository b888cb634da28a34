"""Hands letters to the mail server that sends them on."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from email.policy import SMTP

from bot.mail.account import Security, checked
from bot.mail.errors import NotSent

#: Answers that are about our account, not about the letter (RFC 4954): it can go once the account is put right.
_ABOUT_THE_ACCOUNT = frozenset({530, 534, 535, 538})
_PERMANENT = 500


@dataclass(frozen=True)
class SmtpAccount:
    """A server that takes outgoing mail; `timeout` in seconds counts for each step of the talk."""

    host: str
    port: int
    security: Security = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 30.0


class Postman:
    """Sends one letter at a time, each over a connection of its own; `sender` is where bounces go."""

    def __init__(self, account: SmtpAccount, sender: str) -> None:
        self._account = account
        self._sender = sender

    def send(self, address: str, raw: bytes, again: bool) -> str:
        """Hand a letter over; its Message-ID. NotSent says whether trying again can help.

        When it returns the server has the letter. One that may have arrived goes `again` with the same Message-ID.
        """
        message_id = str(BytesHeaderParser(policy=SMTP).parsebytes(raw)["Message-ID"])
        server = self._ready()
        try:
            with self._translated(address):
                server.sendmail(self._sender, [address], raw)
        finally:
            # The letter's fate is settled by now: a server that can't say goodbye must not make us send it twice.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()
        return message_id

    def _ready(self) -> smtplib.SMTP:
        """A server that would take a letter now. What fails here is no fault of the letter: it is never permanent."""
        where = f"The mail server {self._account.host}:{self._account.port}"
        server = None
        try:
            server = self._connected()
            if self._account.security == "starttls":
                server.starttls(context=checked())
            if self._account.username is not None:
                server.login(self._account.username, self._account.password or "")
            return server
        except (smtplib.SMTPException, OSError) as error:
            if server is not None:
                server.close()
            said = _said(error.smtp_error) if isinstance(error, smtplib.SMTPResponseException) else error
            raise NotSent(f"{where} is not ready for us: {said}") from error

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
            raise _refused(f"{where} refused {address}", code, said) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(f"{where} did not take the letter", error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"{where} hung up: {error}") from error


def _refused(what: str, code: int, said: bytes | str) -> NotSent:
    permanent = code >= _PERMANENT and code not in _ABOUT_THE_ACCOUNT
    return NotSent(f"{what}: {code} {_said(said)}", permanent)


def _said(words: bytes | str) -> str:
    """A server's words on one line of bounded length."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:300]

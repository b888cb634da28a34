"""Signing in with OAuth 2: real msal, a sign-in service on this machine, Dovecot and SMTP that take tokens only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from bot.mail.errors import MailboxDown, NotSent
from bot.mail.mailbox import ImapAccount, Mailbox
from bot.mail.oauth import OAuthApp, Tokens
from bot.mail.postman import Postman, SmtpAccount
from tests.real.conftest import SmtpSink
from tests.servers import free_port
from tests.support import dovecot, token_server
from tests.support.token_server import TENANT, TokenServer

MAILBOX = "returns@medway.example.org"
SECRET = "the-apps-secret"
RAW = b"From: returns@medway.example.org\r\nMessage-ID: <q2@medway.example.org>\r\nSubject: Q2\r\n\r\nhello\r\n"
TO = "yot@council.example.org"

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
needs_dovecot = pytest.mark.skipif(dovecot.version() is None, reason="needs a Dovecot 2.3 that can be started")


@pytest.fixture(scope="module")
def sign_in_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenServer]:
    with token_server.running(tmp_path_factory.mktemp("sign-in")) as server:
        yield server


@pytest.fixture
def service(sign_in_service: TokenServer, monkeypatch: pytest.MonkeyPatch) -> TokenServer:
    """The sign-in service, whose certificate this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(sign_in_service.certificate))
    server = sign_in_service
    server.mailbox, server.lasts, server.spoilt, server.refusal = MAILBOX, 3600, 0, {}
    server.roles = ["IMAP.AccessAsApp", "SMTP.SendAsApp"]
    server.issued.clear()
    server.asked.clear()
    return server


@pytest.fixture(scope="module")
def imap_port(sign_in_service: TokenServer) -> Iterator[int]:
    """Dovecot that takes tokens and no passwords."""
    with dovecot.running(key=sign_in_service.public_key) as server:
        yield server.port


def tokens_of(service: TokenServer, tenant: str = TENANT) -> Tokens:
    return Tokens(OAuthApp(tenant, "the-app", SECRET, service.authority, timeout=10))


def mailbox_of(port: int, tokens: Tokens) -> Mailbox:
    return Mailbox(ImapAccount("127.0.0.1", port, "none", MAILBOX, "", timeout=10, tokens=tokens))


@dataclass
class TokenSink(SmtpSink):
    """Takes mail from who brings a token that the service gave."""

    service: TokenServer = field(kw_only=True)
    tried: list[str] = field(default_factory=list)

    async def auth_XOAUTH2(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, args: list[str]
    ) -> AuthResult:
        answer = await server.challenge_auth("")
        assert isinstance(answer, bytes)
        user, bearer, *_ = answer.decode().split("\x01")
        self.tried.append(user)
        if self.service.takes(bearer.removeprefix("auth=Bearer "), "SMTP.SendAsApp"):
            return AuthResult(success=True)
        # As Microsoft and Google do it: the reason as a question, and an empty answer to it.
        assert await server.challenge_auth('{"status":"401"}') == b""
        return AuthResult(success=False, handled=False)


@contextmanager
def token_sink(service: TokenServer) -> Iterator[TokenSink]:
    sink = TokenSink(port=free_port(), service=service)
    controller = Controller(
        sink, hostname="127.0.0.1", port=sink.port, auth_required=True, auth_require_tls=False,
        auth_exclude_mechanism=["LOGIN", "PLAIN"],
    )  # fmt: skip
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def postman_of(sink: TokenSink, tokens: Tokens) -> Postman:
    account = SmtpAccount("127.0.0.1", sink.port, "none", MAILBOX, timeout=10, tokens=tokens)
    return Postman(account, MAILBOX, kept_open=0)


@needs_dovecot
def test_mail_is_read_and_sent_with_tokens_of_one_source(service: TokenServer, imap_port: int) -> None:
    tokens = tokens_of(service)
    mailbox = mailbox_of(imap_port, tokens)
    mailbox.connect()
    assert list(mailbox.new_messages(0)) == []
    mailbox.close()
    with token_sink(service) as sink:
        postman_of(sink, tokens).send(TO, RAW, again=False)
        assert sink.received == [(MAILBOX, [TO], RAW)]
        assert sink.tried == [f"user={MAILBOX}"]
    assert len(service.issued) == 1
    assert service.asked[0]["scope"] == ["https://outlook.office365.com/.default"]
    assert service.asked[0]["grant_type"] == ["client_credentials"]


@needs_dovecot
def test_the_server_of_these_tests_takes_no_password(imap_port: int) -> None:
    with IMAPClient("127.0.0.1", imap_port, ssl=False, timeout=10) as client, pytest.raises(LoginError):
        client.login(MAILBOX, dovecot.PASSWORD)


def test_a_token_is_renewed_before_it_runs_out(service: TokenServer) -> None:
    tokens = tokens_of(service)
    assert tokens.current() == tokens.current()
    assert len(service.issued) == 1
    service.lasts = 120
    short = tokens_of(service)
    assert short.current() != short.current()


def test_a_token_that_was_refused_is_renewed_once_for_both_ends(service: TokenServer) -> None:
    tokens = tokens_of(service)
    refused = tokens.current()
    renewed = tokens.after(refused)
    assert renewed != refused
    assert tokens.after(refused) == renewed == tokens.current()
    assert len(service.issued) == 2


@needs_dovecot
def test_the_mailbox_is_opened_after_one_refused_token_and_not_tried_for_ever(
    service: TokenServer, imap_port: int
) -> None:
    service.spoilt = 1
    mailbox = mailbox_of(imap_port, tokens_of(service))
    mailbox.connect()
    assert list(mailbox.new_messages(0)) == []
    mailbox.close()
    assert len(service.issued) == 2
    service.spoilt = 10
    with pytest.raises(MailboxDown, match="refused the app's token"):
        mailbox_of(imap_port, tokens_of(service)).connect()
    assert len(service.issued) == 4


def test_a_letter_goes_after_one_refused_token_and_not_for_ever(service: TokenServer) -> None:
    service.spoilt = 1
    with token_sink(service) as sink:
        postman_of(sink, tokens_of(service)).send(TO, RAW, again=False)
        assert len(sink.received) == 1
        service.spoilt = 10
        with pytest.raises(NotSent, match="is not ready for us") as failed:
            postman_of(sink, tokens_of(service)).send(TO, RAW, again=False)
    assert not failed.value.permanent
    assert len(service.issued) == 4


@needs_dovecot
@pytest.mark.parametrize(
    ("roles", "mailbox", "words"),
    [
        ([], MAILBOX, "no permission IMAP.AccessAsApp.*Grant admin consent"),
        (["IMAP.AccessAsApp"], "somebody@medway.example.org", "Add-MailboxPermission"),
    ],
)
def test_a_refused_mailbox_says_what_an_administrator_has_to_do(
    service: TokenServer, imap_port: int, roles: list[str], mailbox: str, words: str
) -> None:
    service.roles, service.mailbox = roles, mailbox
    if not roles:
        service.spoilt = 10
    with pytest.raises(MailboxDown, match=words) as failed:
        mailbox_of(imap_port, tokens_of(service)).connect()
    assert_nothing_secret(str(failed.value), service)


def test_a_refused_sender_is_told_of_the_missing_permission(service: TokenServer) -> None:
    service.roles = ["IMAP.AccessAsApp"]
    with token_sink(service) as sink, pytest.raises(NotSent, match=r"no permission SMTP\.SendAsApp") as failed:
        postman_of(sink, tokens_of(service)).send(TO, RAW, again=False)
    assert not failed.value.permanent
    assert_nothing_secret(str(failed.value), service)


@needs_dovecot
@pytest.mark.parametrize(
    ("error", "description", "words"),
    [
        ("invalid_client", f"AADSTS7000215: Invalid client secret provided: {SECRET}.", "secret's value, not its ID"),
        ("invalid_client", "AADSTS7000222: The provided client secret keys are expired.", "has run out"),
        ("unauthorized_client", "AADSTS700016: Application not found.", "Check OAUTH_CLIENT_ID and OAUTH_TENANT"),
        ("invalid_grant", "AADSTS65001: The user or administrator has not consented.", "Grant admin consent"),
        ("invalid_scope", "something new", "Check OAUTH_SCOPE"),
        ("never heard of", "something new", "sign-in logs"),
    ],
)
def test_a_refused_app_says_what_an_administrator_has_to_do(
    service: TokenServer, imap_port: int, error: str, description: str, words: str
) -> None:
    service.refusal = {"error": error, "error_description": description}
    with pytest.raises(MailboxDown, match=words) as failed:
        mailbox_of(imap_port, tokens_of(service)).connect()
    assert_nothing_secret(str(failed.value), service)
    with token_sink(service) as sink, pytest.raises(NotSent, match=words):
        postman_of(sink, tokens_of(service)).send(TO, RAW, again=False)


def test_another_tenant_is_not_known(service: TokenServer) -> None:
    with token_sink(service) as sink, pytest.raises(NotSent, match="Check OAUTH_TENANT"):
        postman_of(sink, tokens_of(service, "elsewhere.example.org")).send(TO, RAW, again=False)


def test_a_sign_in_service_whose_certificate_nobody_vouches_for_gets_no_secret(
    service: TokenServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with token_sink(service) as sink, pytest.raises(NotSent, match=r"can't be reached.*certificate"):
        postman_of(sink, tokens_of(service)).send(TO, RAW, again=False)
    assert service.asked == []


def test_neither_secret_nor_token_is_ever_shown(service: TokenServer) -> None:
    tokens = tokens_of(service)
    token = tokens.current()
    shown = (
        f"{OAuthApp(TENANT, 'the-app', SECRET)!r} {tokens!r} {ImapAccount('h', 1, 'none', 'u', '', tokens=tokens)!r}"
    )
    assert SECRET not in shown
    assert token not in shown


def assert_nothing_secret(said: str, service: TokenServer) -> None:
    assert SECRET not in said
    assert not any(token in said for token in service.issued)

"""A sign-in service on 127.0.0.1: gives apps tokens that are signed with a key of its own, or refuses as told."""

import json
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import jwt

ISSUER = "https://sign-in.example.org/"
KEY_ID = "k1"
TENANT = "medway.example.org"


class TokenServer:
    """Speaks as much of OAuth 2 as msal asks for. What it answers is set by its attributes.

    `mailbox` is whom tokens are for, `lasts` how many seconds, `roles` what they permit; the next `spoilt` tokens are
    such that no mail server takes them; `refusal` is said in place of a token.
    """

    def __init__(self, folder: Path) -> None:
        self.mailbox = ""
        self.lasts = 3600
        self.roles = ["IMAP.AccessAsApp", "SMTP.SendAsApp"]
        self.spoilt = 0
        self.refusal: dict[str, str] = {}
        self.issued: list[str] = []
        self.asked: list[dict[str, list[str]]] = []
        self.certificate, self.public_key, self._key = _made(folder)
        service = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                service.describe(self)

            def do_POST(self) -> None:
                service.give(self)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, folder / "tls.key")
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.authority = f"https://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def describe(self, call: BaseHTTPRequestHandler) -> None:
        """Say where tokens are given; other tenants are not known."""
        if not call.path.startswith(f"/{TENANT}/v2.0/.well-known/"):
            _reply(call, 400, {"error": "invalid_tenant", "error_description": "AADSTS90002: Tenant not found."})
            return
        here = f"{self.authority}/{TENANT}/oauth2/v2.0"
        _reply(
            call,
            200,
            {"issuer": ISSUER, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token"},
        )

    def give(self, call: BaseHTTPRequestHandler) -> None:
        """Give a token, or refuse."""
        self.asked.append(parse_qs(call.rfile.read(int(call.headers["Content-Length"])).decode()))
        if self.refusal:
            _reply(call, 401, self.refusal)
            return
        token = self.token()
        self.issued.append(token)
        _reply(call, 200, {"token_type": "Bearer", "expires_in": self.lasts, "access_token": token})

    def token(self) -> str:
        """A signed token."""
        spoilt, self.spoilt = self.spoilt > 0, max(0, self.spoilt - 1)
        claims = {
            "iss": "https://elsewhere.example.org/" if spoilt else ISSUER,
            "aud": "https://outlook.office365.com",
            "sub": "app",
            "preferred_username": self.mailbox,
            "iat": int(time.time()),
            "exp": int(time.time()) + self.lasts,
            "jti": str(len(self.issued)),
            "roles": self.roles,
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": KEY_ID})

    def takes(self, token: str, permission: str) -> bool:
        """Whether a mail server would let the bearer in."""
        try:
            claims = jwt.decode(
                token, self.public_key.read_text(), algorithms=["RS256"], issuer=ISSUER, options={"verify_aud": False}
            )
        except jwt.InvalidTokenError:
            return False
        return permission in claims["roles"]


@contextmanager
def running(folder: Path) -> Iterator[TokenServer]:
    """A sign-in service for as long as the block lasts."""
    server = TokenServer(folder)
    try:
        yield server
    finally:
        server.close()


def _made(folder: Path) -> tuple[Path, Path, str]:
    """A certificate for 127.0.0.1 and a key for tokens: the certificate's file, the public key's file, the key."""
    key, public = folder / "jwt.key", folder / "jwt.pub"
    new = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -addext subjectAltName=IP:127.0.0.1"
    commands: tuple[list[str | Path], ...] = (
        [*new.split(), "-keyout", folder / "tls.key", "-out", folder / "tls.crt"],
        ["openssl", "genrsa", "-out", key, "2048"],
        ["openssl", "rsa", "-in", key, "-pubout", "-out", public],
    )
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)
    return folder / "tls.crt", public, key.read_text()


def _reply(call: BaseHTTPRequestHandler, status: int, said: object) -> None:
    body = json.dumps(said).encode()
    call.send_response(status)
    call.send_header("Content-Type", "application/json")
    call.send_header("Content-Length", str(len(body)))
    call.end_headers()
    call.wfile.write(body)

"""What both ends of the mail door need to reach a server safely."""

import ssl
from typing import Literal, Protocol

Security = Literal["tls", "starttls", "none"]


class TokenSource(Protocol):
    """Gives access tokens: the current one, or a new one in the place of one that was refused."""

    def current(self) -> str: ...
    def after(self, refused: str) -> str: ...


def checked() -> ssl.SSLContext:
    """TLS that makes sure of the server's certificate and name, against the machine's own authorities."""
    return ssl.create_default_context()

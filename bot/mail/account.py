"""What both ends of the mail door need to reach a server safely."""

import ssl
from typing import Literal

Security = Literal["tls", "starttls", "none"]


def checked() -> ssl.SSLContext:
    """TLS that makes sure of the server's certificate and name, against the machine's own authorities."""
    return ssl.create_default_context()

"""Messages for the tests, put together from bytes: the library that writes mail would tidy up what is hostile."""

OFFICER = "From: Contributor <officer@example.org>"


def letter(*headers: str, body: str | bytes = "DA06 153\r\n", sender: str = OFFICER) -> bytes:
    """A message with a sender, a date, an id and whatever else."""
    usual = [sender, "Date: Tue, 20 Oct 2015 14:06:00 +0100", "Message-ID: <one@example.org>"]
    head = "\r\n".join([*usual, *headers]).encode("utf-8", "surrogateescape")
    return head + b"\r\n\r\n" + (body.encode() if isinstance(body, str) else body)


def part(*headers: str, body: str | bytes) -> bytes:
    """One part of a message in several parts."""
    return "\r\n".join(headers).encode() + b"\r\n\r\n" + (body.encode() if isinstance(body, str) else body)


def multipart(*parts: bytes, kind: str = "mixed", headers: tuple[str, ...] = ()) -> bytes:
    """A message in several parts."""
    body = b"".join(b"--edge\r\n" + one + b"\r\n" for one in parts) + b"--edge--\r\n"
    return letter("MIME-Version: 1.0", f'Content-Type: multipart/{kind}; boundary="edge"', *headers, body=body)

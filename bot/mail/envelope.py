"""A mail as bytes, RFC 5322: the same parts give the same bytes, so that a retry repeats what was sent."""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr

from bot.phrases import one_line

_MESSAGE_ID = re.compile(r"<?([!-;=?-~]{1,250})>?")
#: A thread keeps its first message and its latest ones; a longer header serves nobody.
_MOST_REFERENCES = 20


@dataclass(frozen=True)
class Envelope:
    """Who writes to whom, when and in answer to what. `token` names the message outside and fixes its boundary."""

    sender_name: str
    mailbox: str
    recipient_title: str
    address: str
    subject: str
    token: str
    domain: str
    written_at: datetime
    answers: bool
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    plus: bool = False

    @property
    def message_id(self) -> str:
        """The Message-ID by which replies find their way back."""
        return f"<{self.token}@{self.domain}>"

    @property
    def reply_to(self) -> str:
        """Where replies go: with `plus` to an address of the mailbox that names the message."""
        name, _, domain = self.mailbox.rpartition("@")
        return f"{name}+{self.token}@{domain}" if self.plus else self.mailbox


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with the message; its name is ours: letters, digits, dots and dashes."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Inline:
    """A picture that the HTML shows by its id ("cid:..."); the id is ours."""

    cid: str
    content_type: str
    content: bytes


def sealed(
    envelope: Envelope,
    text: str,
    html: str,
    enclosed: Sequence[Enclosed] = (),
    pictures: Sequence[Inline] = (),
) -> bytes:
    """The whole message: headers, then the same words as plain text and as HTML with its pictures, then the files."""
    # Quoted-printable and base64 never hold "=_", so a boundary can't be met inside a part.
    boundary = "=_" + hashlib.sha256(envelope.token.encode()).hexdigest()[:32]
    shown = _with_pictures(boundary, html, pictures) if pictures else _part(boundary, "html", html)
    words = _part(boundary, "plain", text) + shown + f"--{boundary}--\r\n".encode()
    if not enclosed:
        return _head(envelope, f'multipart/alternative;\r\n boundary="{boundary}"') + words
    outer = f"{boundary}-o"
    opening = f'--{outer}\r\nContent-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n\r\n'
    files = b"".join(_file(outer, file) for file in enclosed)
    head = _head(envelope, f'multipart/mixed;\r\n boundary="{outer}"')
    return head + opening.encode("ascii") + words + files + f"--{outer}--\r\n".encode("ascii")


def _with_pictures(boundary: str, html: str, pictures: Sequence[Inline]) -> bytes:
    """The HTML and what it shows, as one alternative to the plain text."""
    inner = f"{boundary}-r"
    head = f'--{boundary}\r\nContent-Type: multipart/related; type="text/html";\r\n boundary="{inner}"\r\n\r\n'
    shown = b"".join(_picture(inner, picture) for picture in pictures)
    return head.encode("ascii") + _part(inner, "html", html) + shown + f"--{inner}--\r\n".encode("ascii")


def _picture(boundary: str, picture: Inline) -> bytes:
    head = (
        f"--{boundary}\r\n"
        f"Content-Type: {picture.content_type}\r\n"
        f"Content-ID: <{picture.cid}>\r\n"
        "Content-Disposition: inline\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii") + base64.encodebytes(picture.content).replace(b"\n", b"\r\n") + b"\r\n"


def _head(envelope: Envelope, content_type: str) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in _headers(envelope, content_type)).encode("ascii") + b"\r\n"


def _file(boundary: str, file: Enclosed) -> bytes:
    head = (
        f"--{boundary}\r\n"
        f'Content-Type: {file.content_type};\r\n name="{file.name}"\r\n'
        f'Content-Disposition: attachment;\r\n filename="{file.name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode("ascii") + base64.encodebytes(file.content).replace(b"\n", b"\r\n") + b"\r\n"


def _headers(envelope: Envelope, content_type: str) -> list[tuple[str, str]]:
    sender = _address("From", envelope.sender_name, envelope.mailbox)
    return [
        ("From", sender),
        ("To", _address("To", envelope.recipient_title, envelope.address)),
        ("Reply-To", _addr_spec(envelope.reply_to)),
        ("Subject", _unstructured("Subject", envelope.subject)),
        ("Date", format_datetime(envelope.written_at)),
        ("Message-ID", envelope.message_id),
        *_thread(envelope),
        ("Auto-Submitted", "auto-replied" if envelope.answers else "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("MIME-Version", "1.0"),
        ("Content-Type", content_type),
    ]


def _thread(envelope: Envelope) -> list[tuple[str, str]]:
    """In-Reply-To and References as far as they are what they should be: they come from other people's mail."""
    answered = _message_ids((envelope.in_reply_to or "",))
    references = _message_ids((*envelope.references, envelope.in_reply_to or ""))
    headers = [("In-Reply-To", answered[0])] if answered else []
    if references:
        kept = references[:1] + references[1:][-(_MOST_REFERENCES - 1) :]
        # Folded here: the standard library would turn an id that is longer than a line into an encoded word.
        headers.append(("References", "\r\n ".join(kept)))
    return headers


def _message_ids(found: tuple[str, ...]) -> list[str]:
    matches = (_MESSAGE_ID.fullmatch(one.strip()) for one in found)
    return list(dict.fromkeys(f"<{match[1]}>" for match in matches if match))


def _unstructured(name: str, value: str) -> str:
    clean = one_line(value)
    charset = "us-ascii" if clean.isascii() else "utf-8"
    return Header(clean, charset, maxlinelen=76, header_name=name).encode(linesep="\r\n")


def _address(name: str, title: str, address: str) -> str:
    clean = one_line(title)
    if clean.isascii():
        return formataddr((clean, _addr_spec(address)))
    return f"{_unstructured(name, clean)} <{_addr_spec(address)}>"


def _addr_spec(address: str) -> str:
    """An address and nothing else: what could begin another address or header is taken out."""
    return re.sub(r"[^!-~]|[<>(),;:\\\"\[\]]", "", address)


def _part(boundary: str, subtype: str, content: str) -> bytes:
    head = (
        f"--{boundary}\r\n"
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    lines = "\r\n".join(content.splitlines()) + "\r\n"
    return head.encode("ascii") + binascii.b2a_qp(lines.encode()) + b"\r\n"

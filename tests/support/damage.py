"""Well-formed mails and what the way may do to them: bits flipped, ends cut, lines doubled or swapped. Seeded."""

import base64
import random
from collections.abc import Callable, Iterator

_PLAIN = "Our figures for the quarter:\r\nDA06 153\r\nDA07 91%\r\n\r\nKind regards\r\nThe Officer\r\n"
_PAGE = "<html><body><p>Our figures:</p><p>DA06 153</p><p>DA07 91%</p><p>Kind regards</p></body></html>"
_HEAD = (
    b"Received: from a.example.org by b.example.org; Tue, 20 Oct 2015 14:06:02 +0100\r\n"
    b"From: Contributor <officer@example.org>\r\nTo: returns@example.org\r\nSubject: Our return\r\n"
    b"Date: Tue, 20 Oct 2015 14:06:00 +0100\r\nMessage-ID: <one@example.org>\r\nMIME-Version: 1.0\r\n"
)


def _part(kind: str, coding: str, body: bytes) -> bytes:
    head = f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: {coding}\r\n\r\n"
    return head.encode() + body


def _joined(kind: str, *parts: bytes) -> bytes:
    head = f'Content-Type: multipart/{kind}; boundary="=_b7f3"\r\n\r\n'.encode()
    return head + b"".join(b"--=_b7f3\r\n" + one + b"\r\n" for one in parts) + b"--=_b7f3--\r\n"


def well_formed() -> dict[str, bytes]:
    """The same two figures (DA06 is 153, DA07 is 91 per cent) in the usual forms."""
    plain = _part("text/plain", "7bit", _PLAIN.encode())
    quoted = _part("text/plain", "quoted-printable", _PLAIN.replace("figures", "=66igur=\r\nes").encode())
    coded = _part("text/plain", "base64", base64.encodebytes(_PLAIN.encode()))
    page = _part("text/html", "quoted-printable", _PAGE.replace("</p>", "</p>=\r\n").encode())
    file = (
        b'Content-Type: application/pdf; name="a.pdf"\r\nContent-Disposition: attachment; filename="a.pdf"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(b"%PDF-1.7 153 91%" * 20)
    )
    return {
        "plain": _HEAD + plain,
        "quoted-printable": _HEAD + quoted,
        "base64": _HEAD + coded,
        "page": _HEAD + page,
        "alternative": _HEAD + _joined("alternative", plain, page),
        "with a file": _HEAD + _joined("mixed", coded, file),
    }


def damaged(raw: bytes, seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many damaged forms of a mail, each with the names of what was done to it."""
    chance = random.Random(seed)
    for _ in range(count):
        result, done = raw, []
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            act = chance.choice(_ACTS)
            result = act(result, chance)
            done.append(act.__name__.strip("_"))
        yield " + ".join(done), result


def _flip_bit(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw)) if raw else 0
    return raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :] if raw else raw


def _cut(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _double_line(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    return b"".join([*lines[: at + 1], *lines[at:]])


def _drop_line(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    return b"".join([*lines[:at], *lines[at + 1 :]])


def _swap_lines(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True) or [b""]
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def _other_line_ends(raw: bytes, chance: random.Random) -> bytes:
    return raw.replace(b"\r\n", chance.choice((b"\n", b"\r", b"\r\r\n", b"\n\n")))


def _junk(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.randbytes(chance.randrange(1, 30)) + raw[at:]


_ACTS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip_bit,
    _flip_bit,
    _flip_bit,
    _cut,
    _cut,
    _double_line,
    _drop_line,
    _swap_lines,
    _other_line_ends,
    _junk,
)

"""How many parts a message has and how deep they lie, counted on raw bytes: the standard parser recurses into them."""

import re
from urllib.parse import unquote_to_bytes

from parsers.errors import ParsersError
from parsers.headers import Head, read_head

MOST_PARTS = 100
DEEPEST = 20

_DECLARED = re.compile(
    rb'boundary[ \t]{0,9}\*?[ \t]{0,9}=\s{0,9}(?:"([^"\r\n]{1,300})"|([^\s";]{1,300}))', re.IGNORECASE
)
_IN_PIECES = re.compile(rb"boundary\*\d", re.IGNORECASE)
_DELIMITER = re.compile(rb"(?:\A|(?<=[\r\n]))--([^\r\n]{1,300})(?:\r\n|\r|\n|\Z)")
_NEST = "An email that holds more than {} layers of other messages can't be opened. "
_SEND = "Send the figures in the text of a new email, or attach only the file you filled in."


class TooMuch(ParsersError):
    """A limit was passed: `code` for programs, `words` for the person who sent the message."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


def check_structure(raw: bytes, head: Head) -> None:
    """Raise `TooMuch` when parts, depth or the headers of any part pass the limits; `head` is the message's own."""
    if _IN_PIECES.search(raw):
        raise TooMuch("broken", f"The email is put together in a way that we don't open. {_SEND}")
    declared = _boundaries(raw)
    deepest = _messages_within(raw, head)
    if not declared:
        return
    parts = 0
    open_boundaries: list[bytes] = []
    for line in _DELIMITER.finditer(raw, head.end):
        name = line[1].rstrip(b" \t")
        if name not in declared:
            continue
        if name in open_boundaries:
            del open_boundaries[open_boundaries.index(name) + 1 :]
        else:
            open_boundaries.append(name)
        parts += 1
        part = read_head(raw, line.end())
        _refuse_long(part)
        deepest = max(deepest, len(open_boundaries) + _messages_within(raw, part))
        _refuse_many(parts, deepest)


def _boundaries(raw: bytes) -> set[bytes]:
    """Every boundary that a header could declare, in the form of RFC 2231 too."""
    written = {(found[1] or found[2]).rstrip() for found in _DECLARED.finditer(raw)}
    return written | {
        unquote_to_bytes(value.rpartition(b"'")[2]) for value in written if b"'" in value or b"%" in value
    }


def _messages_within(raw: bytes, head: Head) -> int:
    """How many messages lie directly inside each other from here on."""
    depth = 0
    while head.first("content-type").strip().lower().startswith(b"message/") and depth <= DEEPEST:
        depth += 1
        head = read_head(raw, head.end)
        _refuse_long(head)
    _refuse_many(0, depth)
    return depth


def _refuse_long(head: Head) -> None:
    if not head.fits:
        raise TooMuch("broken", f"A part of the email has a heading too long for us to open it. {_SEND}")


def _refuse_many(parts: int, depth: int) -> None:
    if parts > MOST_PARTS:
        raise TooMuch("too_many_parts", f"The email has more than {MOST_PARTS} parts. {_SEND}")
    if depth > DEEPEST:
        raise TooMuch("too_deep", _NEST.format(DEEPEST) + _SEND)

"""The headers of a part as mail programs get them wrong: mended where it is clear what is meant, before it is read."""

import re
from email.errors import MissingHeaderBodySeparatorDefect
from email.message import Message

_KIND = re.compile(r"\s*([\w.+-]{1,80}/[\w.+-]{1,80})(?=\s)")
_SWALLOWED = re.compile(r"content-transfer-encoding\s*:\s*([\w\"-]{1,40})", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
_NOT_A_LETTER = re.compile(r"[^a-z0-9-]+")
_CODINGS = {
    "base64": "base64",
    "quoted-printable": "quoted-printable",
    "quotedprintable": "quoted-printable",
    "7bit": "7bit",
    "8bit": "8bit",
    "binary": "binary",
}
#: Lines that only stand in headers: below them the sender's words may have any coding.
_HEADERS_BELOW = re.compile(
    r"^(?:content-[a-z-]{2,30}|mime-version|from|to|cc|subject|date|received|message-id|x-[a-z-]{2,30})[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST = 4000


def mend(part: Message) -> None:
    """Write the coding of a part as it is meant: `"base64"`, `BASE64 (x)`, `quoted printable`, or a swallowed one."""
    kind = str(part.get("content-type", ""))
    swallowed = _SWALLOWED.search(kind)
    coding = part.get("content-transfer-encoding")
    if coding is None and swallowed:
        coding = swallowed[1]
    if coding is None:
        return
    meant = _CODINGS.get(_NOT_A_LETTER.sub("-", _COMMENT.sub(" ", str(coding)).lower()).strip("-"))
    if meant is not None:
        del part["content-transfer-encoding"]
        part["content-transfer-encoding"] = meant


def kind_of(part: Message) -> str:
    """The content type in lower case, without a header that ran into it."""
    kind = part.get_content_type()
    only = _KIND.match(kind)
    return only[1] if only else kind


def lost_only_its_empty_line(part: Message, text: str) -> bool:
    """Whether nothing but the empty line between headers and words is missing."""
    faults = [fault for fault in part.defects if not isinstance(fault, MissingHeaderBodySeparatorDefect)]
    return bool(part.defects) and not faults and not _HEADERS_BELOW.search(text[:_FIRST])


def has_parts_behind_its_end(part: Message) -> bool:
    """Whether more parts follow where a part's end stands: an inner one had the same boundary and ended it."""
    behind, boundary = part.epilogue, part.get_boundary()
    return bool(behind and boundary and re.search(rf"^--{re.escape(boundary)}\s*\ncontent-", behind, re.I | re.M))

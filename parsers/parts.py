"""What the parts of a message hold: the texts, the attachments, and what could not be read."""

import email
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from email.message import Message
from email.policy import Compat32

from collector.domain.submission import Attachment
from parsers.charsets import decode, header_text, one_line
from parsers.machine import CALENDAR_REPLY, DELIVERY_STATUS
from parsers.markup import CELL, page_text
from parsers.reply import own_words

SEND_ANEW = "Send the figures in the text of a new email, or attach only the file you filled in."

_LONGEST_TEXT = 2_000_000
_LONGEST_NAME = 120
_PLACEHOLDER = re.compile(
    r"\bhtml\b.{0,80}\b(view|viewer|client|support|format|display)|(view|support).{0,80}\bhtml\b", re.I
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ANSWERS_INVITATION = re.compile(rb"^METHOD:(REPLY|COUNTER|DECLINECOUNTER|REFRESH)\b", re.MULTILINE | re.IGNORECASE)
_SEALED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})


class _Plain(Compat32):
    """Headers as text, also where letters stand in them uncoded, which the standard parser replaces."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return decode(value.encode("utf-8", "surrogateescape"))


@dataclass
class Found:
    """What the parts of a message hold, collected in their order."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    defects: list[str] = field(default_factory=list)
    digest: list[bytes] = field(default_factory=list)


def gather(raw: bytes) -> Found:
    """What the message holds; its limits have been checked (`check_structure`), since this recurses into its parts."""
    found = Found()
    _gather(email.message_from_bytes(raw, policy=_Plain()), found)
    return found


def _gather(part: Message, found: Found) -> None:
    """Collect texts and attachments of a part and all within; check_structure has bounded how deep that is."""
    kind = part.get_content_type()
    found.kinds.add(kind)
    if kind in _SEALED:
        found.defects.append(f"The email is encrypted, so we can't read it. {SEND_ANEW}")
    if _is_attachment(part, kind):
        _attach(part, kind, found)
    elif kind == "multipart/alternative" and part.is_multipart():
        _gather_alternatives(part, found)
    elif part.is_multipart():
        for child in _children(part):
            _gather(child, found)
    else:
        text = _text_of(part, found)
        found.texts.append(_page(text, found) if kind == "text/html" else text)


def _gather_alternatives(part: Message, found: Found) -> None:
    """Of the same words in several forms take the plain one, unless it is empty or has torn up a table of figures."""
    plain: list[str] = []
    page: list[str] = []
    for child in _children(part):
        inner = replace(found, texts=[])
        _gather(child, inner)
        (plain if child.get_content_type() == "text/plain" else page).extend(inner.texts)
    plain_text, page_shown = "\n".join(plain), "\n".join(page)
    better = page_shown.strip() and (not _says_something(plain_text) or _tears_a_table(plain_text, page_shown))
    found.texts.append(page_shown if better else plain_text)


def _children(part: Message) -> Iterable[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _is_attachment(part: Message, kind: str) -> bool:
    if part.get_content_maintype() == "multipart":
        return not part.is_multipart() and "attachment" in str(part.get("content-disposition", "")).lower()
    if kind not in ("text/plain", "text/html"):
        return True
    disposition = str(part.get("content-disposition", "")).partition(";")[0].strip().lower()
    return disposition == "attachment" or bool(_file_name(part))


def _attach(part: Message, kind: str, found: Found) -> None:
    inner = next(iter(_children(part)), None) if part.get_content_maintype() == "message" else None
    if kind in DELIVERY_STATUS:
        # The standard parser makes a message of each of its blocks: one about the mail, one for each recipient.
        content = b"\n\n".join(_message_bytes(child).strip() for child in _children(part))
    else:
        content = _message_bytes(inner) if inner is not None else _payload(part, found)
    name = _file_name(part) or ("message.eml" if inner is not None else "unnamed")
    method = b"METHOD:" + _parameter(part, "method").encode("ascii", "ignore")
    if kind == "text/calendar" and (_ANSWERS_INVITATION.search(content[:4096]) or _ANSWERS_INVITATION.match(method)):
        found.kinds.add(CALENDAR_REPLY)
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        found.defects.append(f"The files in {name} are in a form that only Outlook opens. Attach them one by one.")
    found.attachments.append(Attachment(name=name, content_type=one_line(kind, 100), content=content))
    found.digest += [name.encode(), content]


def _message_bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (UnicodeError, LookupError, ValueError, KeyError):
        return message.as_string().encode("utf-8", "replace")


def _payload(part: Message, found: Found) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    if not isinstance(content, bytes):
        content = b""
    if part.defects and part.get_content_maintype() != "multipart":
        named = _file_name(part) or "The text of the email"
        found.defects.append(f"{named} arrived damaged; some of it may be missing. Send it again.")
    return content


def _text_of(part: Message, found: Found) -> str:
    charset = _parameter(part, "charset")
    text = unified(decode(_payload(part, found), charset))
    if "�" in text:
        found.defects.append("Some letters in the email could not be read.")
    found.digest.append(text.rstrip().encode())
    if _parameter(part, "format").lower() == "flowed":
        text = _unflowed(text)
    return text


def _page(page: str, found: Found) -> str:
    shortened, defects = bounded_text(page)
    found.defects.extend(defects)
    try:
        text = page_text(shortened)
    except (RecursionError, ValueError):
        text = ""
    if not text.strip() and _says_something(stripped := _TAG.sub(" ", shortened)):
        found.defects.append("The layout of the email could not be read, so tables in it may be out of order.")
        return stripped
    return text


def _says_something(text: str) -> bool:
    words = text.strip()
    return any(map(str.isalnum, words[:10_000])) and not (len(words) < 300 and _PLACEHOLDER.search(words))


def _tears_a_table(plain: str, page: str) -> bool:
    """Whether the sender's own words hold a row with a number that the plain form has spread over several lines."""
    if CELL not in page:
        return False
    rows = [row.split(CELL) for row in own_words(page, forwarded=False).split("\n") if CELL in row]
    lines = {" ".join(line.split()) for line in plain.split("\n")}
    return any(any(map(str.isdigit, "".join(row))) and not _has_row(lines, row) for row in rows[:50])


def _has_row(lines: set[str], row: list[str]) -> bool:
    cells = [" ".join(cell.split()) for cell in row if cell.strip()]
    return any(all(cell in line for cell in cells) for line in lines)


def _file_name(part: Message) -> str:
    """The name that the sender wrote, for showing only: its last component, without control characters."""
    try:
        written = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        written = "unnamed"
    shown = one_line(header_text(written.encode("utf-8", "surrogateescape")), 1000)
    name = re.split(r"[/\\]", shown)[-1].strip(" .") or ("unnamed" if shown else "")
    if len(name) <= _LONGEST_NAME:
        return name
    stem, dot, suffix = name.rpartition(".")
    ending = f"…{dot}{suffix}" if stem and len(suffix) <= 10 else "…"
    return name[: _LONGEST_NAME - len(ending)] + ending


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name)
    except (ValueError, LookupError, TypeError):
        return ""
    if isinstance(value, tuple):
        value = value[2]
    return value if isinstance(value, str) else ""


def unified(text: str) -> str:
    """Every line break as a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unflowed(text: str) -> str:
    """Join lines that the mail program wrapped (RFC 3676); quoted lines stay apart from the answers between them."""
    out: list[str] = []
    joined: list[str] = []
    for line in text.split("\n"):
        quoted = line.startswith(">")
        if quoted and joined:
            out.append("".join(joined).rstrip())
            joined = []
        plain = line if quoted else line.removeprefix(" ")
        joined.append(plain)
        if quoted or not plain.endswith(" ") or plain == "-- ":
            out.append("".join(joined))
            joined = []
    return "\n".join([*out, "".join(joined)] if joined else out)


def bounded_text(text: str) -> tuple[str, tuple[str, ...]]:
    """The text up to the longest that is read, and the defect that says so if it was longer."""
    if len(text) <= _LONGEST_TEXT:
        return text, ()
    return text[:_LONGEST_TEXT], (f"The text is very long; only the first {_LONGEST_TEXT:,} characters were read.",)

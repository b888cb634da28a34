"""What the parts of a message hold: the texts, the attachments, and what could not be read."""

import binascii
import email
import re
from dataclasses import dataclass, field, replace
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.message import Message
from email.policy import Compat32

from collector.domain.submission import Attachment
from parsers.alternatives import one_of, says_something
from parsers.armour import without_armour
from parsers.bounds import Room
from parsers.charsets import decode, header_text, is_utf_7, one_line
from parsers.flowed import unflowed
from parsers.machine import CALENDAR_REPLY, DELIVERY_STATUS, DISPOSITION
from parsers.markup import page_text
from parsers.part_headers import has_parts_behind_its_end, kind_of, lost_only_its_empty_line, mend
from parsers.pictures import Picture
from parsers.sealed import ENCRYPTED, sealed_words
from parsers.torn import ends_in_escape, holds_parts, still_coded, without_torn_numbers

SEND_ANEW = "Send the figures in the text of a new email, or attach only the file you filled in."

_LONGEST_NAME = 120
_LONGEST_UNREAD = 20_000
_TAG = re.compile(r"<[^<>]{0,2000}>")
_STYLE = re.compile(r"<(/?)style\b", re.IGNORECASE)
_ANSWERS_INVITATION = re.compile(
    rb"^METHOD:(REPLY|COUNTER|DECLINECOUNTER|REFRESH|CANCEL)\b", re.MULTILINE | re.IGNORECASE
)
_CALENDARS = ("text/calendar", "application/ics", "application/icalendar")
#: The fields of a read receipt (RFC 8098), however the part that holds them is labelled.
_IS_RECEIPT = re.compile(
    rb"\s*(?:(?:Reporting-UA|Original-Recipient|Final-Recipient|Original-Message-ID|MDN-Gateway)[^\r\n]{0,500}\r?\n){1,9}"
    rb"Disposition[ \t]*:[ \t]*(?:manual|automatic)-action/",
    re.IGNORECASE,
)
_TEXTS = ("text/plain", "text/html")
#: Exchange names what stood below an attachment so: it is text, not a file.
_REST_OF_TEXT = re.compile(r"ATT\d{5,}\.(txt|html?)", re.IGNORECASE)
#: A page that a program sent as plain text.
_PAGE_BEGINS = re.compile(r"\s*<(!doctype html|html|head|body|div|p|table|meta)\b[^<>]{0,500}>", re.IGNORECASE)
_DAMAGED = f"The text of the email arrived damaged, so nothing was taken from it. {SEND_ANEW}"
_CUT = "The end of the email is missing, so nothing was taken from its text. Send it again."
_UTF_7 = f"The text of the email is in a coding (UTF-7) that we don't open. {SEND_ANEW}"


class _Plain(Compat32):
    """Headers as text, also where letters stand in them uncoded, which the standard parser replaces."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return decode(value.encode("utf-8", "surrogateescape"))


@dataclass
class Found:
    """What the parts of a message hold, collected in their order.

    `pages` are the texts' own pages where they came as HTML; `withheld` says why a text is not among the `texts`,
    `unread` holds such texts: nothing is reported in them, but a program may show itself there.
    """

    texts: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    defects: list[str] = field(default_factory=list)
    digest: list[bytes] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    room: Room = field(default_factory=Room)


def gather(raw: bytes) -> Found:
    """What the message holds; its limits have been checked (`check_structure`), since this recurses into its parts."""
    found = Found()
    message = email.message_from_bytes(raw, policy=_Plain())
    _gather(message, found, at_end=message.is_multipart())
    found.defects += found.withheld
    return found


def _gather(part: Message, found: Found, at_end: bool) -> None:
    """Collect texts and attachments of a part and all within; check_structure has bounded how deep that is.

    `at_end` says that nothing shows where the part ends but the end of all bytes.
    """
    mend(part)
    kind = kind_of(part)
    found.kinds.add(kind)
    if has_parts_behind_its_end(part):
        found.defects.append("A file behind the end of the email could not be taken out of it. Send it again.")
    if kind == "multipart/encrypted":
        found.defects.append(ENCRYPTED)
    if _is_attachment(part, kind):
        _attach(part, kind, found)
    elif kind == "multipart/alternative" and part.is_multipart():
        _gather_alternatives(part, found, at_end)
    elif part.is_multipart():
        for child, child_at_end in _children(part, at_end):
            _gather(child, found, child_at_end)
    else:
        _gather_text(part, kind, found, at_end)


def _gather_alternatives(part: Message, found: Found, at_end: bool) -> None:
    plain, page = replace(found, texts=[], withheld=[]), replace(found, texts=[], withheld=[], pages=[])
    for child, child_at_end in _children(part, at_end):
        kind = kind_of(child)
        if kind.startswith("text/") and kind not in (*_TEXTS, "text/calendar") and not _file_name(child):
            found.kinds.add(kind)  # the same words once more, for a watch or another program
            continue
        _gather(child, plain if kind == "text/plain" else page, child_at_end)
    source = " ".join(_without_tags(one) for one in page.pages)
    text, told = one_of("\n".join(plain.texts), "\n".join(page.texts), source)
    found.pages += page.pages
    found.defects += told
    # Where one form is whole, nothing is missing that the other lost on its way.
    found.withheld += [] if text.strip() else [*plain.withheld, *page.withheld]
    found.texts.append(text)


def _gather_text(part: Message, kind: str, found: Found, at_end: bool) -> None:
    content, charset = _payload(part), _parameter(part, "charset")
    text = unified(decode(content, charset))
    found.digest.append(text.rstrip().encode())
    is_page = kind == "text/html" or bool(_PAGE_BEGINS.match(text))
    reason = _why_withheld(part, content, charset, text, is_page, at_end)
    if reason and text.strip():
        found.withheld.append(reason)
        found.unread.append(text[:_LONGEST_UNREAD])
        return
    if is_page:
        text, cut_short = found.room.for_page(text)
        found.pages.append(text)
        text = _page(text, found)
    else:
        text, cut_short = found.room.for_text(text)
    if not is_page and _parameter(part, "format").lower() == "flowed":
        text = unflowed(text, _parameter(part, "delsp").lower() == "yes")
    text, of_numbers = without_torn_numbers(text)
    text, of_armour = without_armour(text)
    found.defects += [*cut_short, *of_numbers, *of_armour]
    if "\ufffd" in text and not of_numbers:
        found.defects.append("Some letters in the email could not be read.")
    found.texts.append(text)


def _why_withheld(part: Message, content: bytes, charset: str, text: str, is_page: bool, at_end: bool) -> str:
    """Why a text can't be trusted as a whole: its coding is broken or its end is missing."""
    coding = str(part.get("content-transfer-encoding", "")).strip().lower()
    if at_end:
        return _CUT
    if coding == "quoted-printable" and ends_in_escape(str(part.get_payload()).encode("ascii", "replace")):
        return _CUT
    if is_utf_7(charset) and b"+" in content:
        return _UTF_7
    whole = part.get_content_maintype() == "multipart" or lost_only_its_empty_line(part, text)
    coded = not is_page and still_coded(text)
    return _DAMAGED if (part.defects and not whole) or holds_parts(text) or coded else ""


def _children(part: Message, at_end: bool = False) -> list[tuple[Message, bool]]:
    """The parts within a part, each with whether it has no end of its own."""
    payload = part.get_payload()
    children = [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
    open_end = at_end and any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in part.defects)
    return [(child, open_end and at == len(children)) for at, child in enumerate(children, start=1)]


def _is_attachment(part: Message, kind: str) -> bool:
    if part.get_content_maintype() == "multipart":
        return not part.is_multipart() and "attachment" in str(part.get("content-disposition", "")).lower()
    if kind not in _TEXTS:
        return True
    name = _file_name(part)
    return bool(_disposition(part) == "attachment" or name) and not _REST_OF_TEXT.fullmatch(name)


def _disposition(part: Message) -> str:
    return str(part.get("content-disposition", "")).partition(";")[0].strip().lower()


def _attach(part: Message, kind: str, found: Found) -> None:
    inner = next((child for child, _ in _children(part)), None) if part.get_content_maintype() == "message" else None
    if kind in DELIVERY_STATUS:
        # The standard parser makes a message of each of its blocks: one about the mail, one for each recipient.
        content = _uncoded(part, b"\n\n".join(_message_bytes(child).strip() for child, _ in _children(part)))
    else:
        content = _message_bytes(inner) if inner is not None else _payload(part)
    name = _file_name(part) or ("message.eml" if kind == "message/rfc822" else "unnamed")
    if inner is None and part.defects and content:
        found.defects.append(f"{name} arrived damaged; some of it may be missing. Send it again.")
    method = b"METHOD:" + _parameter(part, "method").encode("ascii", "ignore")
    is_calendar = kind in _CALENDARS or name.lower().endswith((".ics", ".vcs"))
    if is_calendar and (_ANSWERS_INVITATION.search(content[:4096]) or _ANSWERS_INVITATION.match(method)):
        found.kinds.add(CALENDAR_REPLY)
    if _IS_RECEIPT.match(content[:4096]):
        found.kinds.add(DISPOSITION)
    if kind.startswith("image/"):
        content_id = str(part.get("content-id", "")).strip(" <>")
        found.pictures.append(Picture(name, content_id, _disposition(part) == "attachment", len(content)))
    told = sealed_words(kind, name, _parameter(part, "smime-type"), content)
    found.defects += [told] if told else []
    found.digest += [name.encode(), content]
    if not told:
        found.attachments.append(Attachment(name=name, content_type=one_line(kind, 100), content=content))


def _uncoded(part: Message, content: bytes) -> bytes:
    """A report's fields, also where they came as base64, which the standard does not allow."""
    if str(part.get("content-transfer-encoding", "")).strip().lower() != "base64":
        return content
    try:
        return binascii.a2b_base64(content)
    except binascii.Error:
        return content


def _message_bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (UnicodeError, LookupError, ValueError, KeyError, MessageError):
        return _as_it_came(message).encode("utf-8", "replace")


def _as_it_came(message: Message) -> str:
    """A message whose headers can't be written again, since they are broken: as they came, with its own text."""
    text = message.get_payload()
    inside = [_as_it_came(child) for child in text if isinstance(child, Message)] if isinstance(text, list) else [text]
    heads = [f"{name}: {value}" for name, value in message.raw_items()]
    return "\n".join([*heads, "", *map(str, inside)])


def _payload(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    return content if isinstance(content, bytes) else b""


def _page(page: str, found: Found) -> str:
    try:
        text = page_text(page)
    except (RecursionError, ValueError):
        text = ""
    if not text.strip() and says_something(stripped := _without_tags(page)):
        found.defects.append("The layout of the email could not be read, so tables in it may be out of order.")
        return stripped
    return text


def _without_tags(page: str) -> str:
    """All that stands in a page but mark-up and style sheets, seen or unseen."""
    kept, start, in_style = [], 0, False
    for found in _STYLE.finditer(page):
        if not in_style:
            kept.append(page[start : found.start()])
        start, in_style = found.start(), not found[1]
    kept.append("" if in_style else page[start:])
    return _TAG.sub(" ", " ".join(kept))


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

"""Mail bytes taken out of their envelope: who, when, what they wrote, what they attached. Pure functions of bytes."""

import hashlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from collector.domain.submission import Attachment, Bounced, Machine, Opened, Refusal
from parsers.absence import read_absence
from parsers.addresses import senders
from parsers.bounces import bounced, only_one_named
from parsers.bounds import bounded_text
from parsers.charsets import decode, header_text, one_line
from parsers.forwarded import passed_on
from parsers.headers import ALL_HEADERS, LONGEST_HEADER, Head, read_head
from parsers.machine import machine_of
from parsers.parts import SEND_ANEW, Found, gather, unified
from parsers.pictures import telling
from parsers.reply import is_forward, own_words, passed_words
from parsers.structure import TooMuch, check_structure

WHOLE_MESSAGE = 25 * 1024 * 1024

#: How zip packages (.xlsx, .ods) and the older office formats begin.
_PACKAGES = (b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))
_LONGEST_SUBJECT = 300
#: Who is away says so near the beginning.
_LONGEST_NOTE = 4000
_MOST_REFERENCES = 100
_MOST_VERDICTS = 20
_MOST_MARKS = 200
_MOST_NAMES = 10
#: A mail inside another is looked into for its words up to this size.
_LONGEST_INNER = 1024 * 1024
#: Where the address stands to which a message was sent.
_ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")
_PLUS = re.compile(rb"\+([0-9a-f]{26})@", re.IGNORECASE)
_REFERENCE = re.compile(r"\[((?:R-)?[0-9A-Z]{6})\]")
_ID = re.compile(rb"<[^<>\s\x00-\x1f\x7f-\xff]{1,250}>")
_REPLY = re.compile(r"\s*(re|sv|aw)\s*(\[\d+\])?\s*:", re.IGNORECASE)
_PASSED_ON = re.compile(r"\s*(re|sv|aw|fwd?|wg|tr|vs)\s*(\[\d+\])?\s*:|.*\[[0-9A-Z-]{6,12}\]\s*$", re.IGNORECASE)
_MAIL_FIELDS = frozenset({"date", "message-id", "received", "mime-version", "return-path", "delivered-to", "to"})


def open_mail(raw: bytes, size: int, cut: bool) -> Opened | Refusal:
    """Open a message; `size` is its size as the mailbox gave it, and with `cut` only its headers were kept.

    The limits are checked on the raw bytes before the standard parser sees them.
    """
    head = read_head(raw)
    if cut or max(size, len(raw)) > WHOLE_MESSAGE:
        return _refused(head, "too_big", _too_big_words(max(size, len(raw))))
    if not head.fits:
        return _refused(head, "broken", _header_words(head))
    try:
        check_structure(raw, head)
        found = gather(raw)
    except TooMuch as limit:
        return _refused(head, limit.code, limit.words)
    except RecursionError:
        return _refused(head, "too_deep", f"The email holds too many messages inside each other. {SEND_ANEW}")
    return _opened(head, found)


def open_file(raw: bytes, size: int, cut: bool) -> Opened | Refusal:
    """Open a file that somebody gives to the collector: a saved email, a workbook, or plain text."""
    if cut or max(size, len(raw)) > WHOLE_MESSAGE:
        return Refusal("too_big", _too_big_words(max(size, len(raw))))
    if raw.startswith(_PACKAGES):
        return _only(Attachment("the file", "application/octet-stream", raw))
    return open_mail(raw, size, cut) if looks_like_mail(raw) else open_text(raw)


def _only(file: Attachment) -> Opened:
    """A message that is nothing but a file: nobody signed it, so it has no senders."""
    digest = hashlib.sha256(file.content).hexdigest()
    return Opened((), "", "", "", None, (), None, digest, attachments=(file,))


def open_text(raw: bytes) -> Opened:
    """Open a plain text file: nobody signed it, so it has no senders. UTF-8, UTF-16 with a mark, or Windows-1252."""
    body, defects = bounded_text(unified(decode(raw)))
    return Opened(
        senders=(),
        subject="",
        text=own_words(body),
        body=body,
        message_id=None,
        references=(),
        sent_at=None,
        fingerprint=hashlib.sha256(raw).hexdigest(),
        defects=defects,
    )


def looks_like_mail(raw: bytes) -> bool:
    """Whether the bytes begin with a mail's headers: a From and one that no person types."""
    head = read_head(raw[: ALL_HEADERS * 2])
    names = {name for name, _ in head.fields}
    return "from" in names and len(names & _MAIL_FIELDS) >= (2 if "to" in names else 1)


def refuse_mail(raw: bytes, code: str, words: str) -> Refusal:
    """The refusal of a message that could not be opened, with what its headers say: its sender is owed an answer."""
    return _refused(read_head(raw), code, words)


def _too_big_words(size: int) -> str:
    return (
        f"Your email was {size / 1024 / 1024:.0f} MB and we can open up to {WHOLE_MESSAGE // 1024 // 1024} MB. "
        "Send the figures in the text of the email, or attach a smaller file."
    )


def _header_words(head: Head) -> str:
    if head.longest > LONGEST_HEADER:
        what = f"has a heading (such as the subject or the list of recipients) over {LONGEST_HEADER // 1024} kB"
    else:
        what = f"has more than {ALL_HEADERS // 1024} kB of headings"
    return f"The email {what}, so we did not open it. {SEND_ANEW}"


def _refused(head: Head, code: str, words: str) -> Refusal:
    subject = _subject(head)
    return Refusal(
        code=code,
        words=words,
        senders=_senders(head),
        message_id=_message_id(head),
        subject=subject,
        machine=machine_of(head, subject, frozenset()),
        verdicts=_verdicts(head),
        marks=_marks(head),
    )


def _opened(head: Head, found: Found) -> Opened:
    subject = _subject(head)
    body, cut_short = bounded_text("\n\n".join(text.strip("\n") for text in found.texts if text.strip()))
    words = body if body.strip() else "\n\n".join(found.unread)
    failed = bounced(found.attachments, words, head)
    inner = _message_within(found)
    machine = machine_of(head, subject, frozenset(found.kinds), words, bool(failed))
    text, sent_at = own_words(body, forwarded=not _REPLY.match(subject)), _sent_at(head)
    if not text and _is_all_there_is(subject, body, head, found):
        text = subject
    defects = (*found.defects, *cut_short)
    return Opened(
        senders=_senders(head),
        subject=subject,
        text=text,
        body=body,
        message_id=_message_id(head),
        references=_references(head),
        sent_at=sent_at,
        fingerprint=_fingerprint(head, found),
        machine=machine,
        bounced=_unreached(failed, inner, words, head) if machine is Machine.BOUNCE else (),
        verdicts=_verdicts(head),
        attachments=tuple(found.attachments),
        defects=tuple(dict.fromkeys(defects)),
        absence=read_absence(text[:_LONGEST_NOTE], sent_at.date()) if sent_at else None,
        marks=_marks(head),
        ours=_ours(head, subject),
        passed_on=passed_on(body, found.attachments),
        passed_words=passed_words(body) or (inner.text if inner else ""),
        forwards=is_forward(body, subject),
        pictures=telling(found.pictures, found.pages, text),
    )


def _unreached(failed: tuple[Bounced, ...], inner: Opened | None, words: str, head: Head) -> tuple[Bounced, ...]:
    """Whom a delivery report names: in a known form, in a report that it passes on, or as the only one it speaks of."""
    return failed or (inner.bounced if inner else ()) or only_one_named(words, head)


def _message_within(found: Found) -> Opened | None:
    """The first mail that is attached; how deep they lie in each other was checked before."""
    inner = next((each for each in found.attachments if each.content_type == "message/rfc822"), None)
    short = inner is not None and len(inner.content) <= _LONGEST_INNER
    opened = open_mail(inner.content, len(inner.content), cut=False) if inner and short else None
    return opened if isinstance(opened, Opened) else None


def _is_all_there_is(subject: str, body: str, head: Head, found: Found) -> bool:
    """Whether somebody wrote it all into the subject: nothing else came, and the subject is their own and whole."""
    nothing_else = not (found.attachments or found.withheld or found.pictures or any(map(str.isalnum, body)))
    return nothing_else and head.closed and not _PASSED_ON.match(subject)


def _senders(head: Head) -> tuple[str, ...]:
    return () if head.murky else senders(head.all("from"))


def _subject(head: Head) -> str:
    return one_line(header_text(head.first("subject")), _LONGEST_SUBJECT)


def _message_id(head: Head) -> str | None:
    found = _ID.search(head.first("message-id"))
    return found[0].decode("ascii") if found else None


def _references(head: Head) -> tuple[str, ...]:
    values = (*head.all("in-reply-to"), *head.all("references"))
    found = dict.fromkeys(reference.decode("ascii") for value in values for reference in _ID.findall(value))
    return tuple(found)[:_MOST_REFERENCES]


def _sent_at(head: Head) -> datetime | None:
    """The Date header in UTC; -0000 says that the sender's zone is not known, the instant still is."""
    try:
        sent = parsedate_to_datetime(head.first("date").decode("latin-1"))
        return sent.replace(tzinfo=sent.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _verdicts(head: Head) -> tuple[str, ...]:
    values = head.all("authentication-results")[:_MOST_VERDICTS]
    return tuple(one_line(decode(value), LONGEST_HEADER) for value in values)


def _marks(head: Head) -> tuple[tuple[str, str], ...]:
    found = ((name, value) for name, value in head.fields if name.startswith("x-"))
    return tuple((name, one_line(decode(value), LONGEST_HEADER)) for name, value in found)[:_MOST_MARKS]


def _ours(head: Head, subject: str) -> tuple[str, ...]:
    """Names of ours: the token of a plus-address, whole, and the references in brackets in the subject."""
    addressed = b" ".join(value for name in _ADDRESSED for value in head.all(name))
    tokens = [found[1].decode("ascii").lower() for found in _PLUS.finditer(addressed)]
    named = [found[1] for found in _REFERENCE.finditer(subject)]
    return tuple(dict.fromkeys((*tokens, *named)))[:_MOST_NAMES]


def _fingerprint(head: Head, found: Found) -> str:
    """Over what the person sent and nothing that the way adds; each piece with its length, so that none can shift."""
    said = [b" ".join(value.lower().split()) for value in head.all("from")]
    said += [b" ".join(head.first("date").split()), _subject(head).encode(), *found.digest]
    whole = hashlib.sha256()
    for piece in said:
        whole.update(len(piece).to_bytes(8, "big") + piece)
    return whole.hexdigest()

"""Telling mail that a program sent from mail that a person wrote (RFC 3834, RFC 2369, RFC 3464, RFC 8098, RFC 5546)."""

import re

from collector.domain.submission import Machine
from parsers.headers import Head

CALENDAR_REPLY = "text/calendar; method=reply"

_REPORT = re.compile(rb"report-type\s{0,9}=\s{0,9}\"?(delivery-status|disposition-notification)", re.IGNORECASE)
_DAEMON = re.compile(r"(^|[<\s\"])(mailer-daemon\b|postmaster@|microsoftexchange[0-9a-f]{8,}@)", re.IGNORECASE)
_AWAY = re.compile(
    r"(auto(matic|mated)?[ -]?(reply|response|answer)"
    r"|out[ -]of[ -](the[ -])?office([ -](auto\w*|reply|response|message))*)"
    r"\s*($|[:\-\u2013(\[])",
    re.IGNORECASE,
)
_AWAY_LOOSE = re.compile(r"\b(auto(matic|mated)?[ -]?reply|out of (the )?office|on (annual )?leave)\b", re.IGNORECASE)


def machine_of(head: Head, subject: str, kinds: frozenset[str]) -> Machine | None:
    """What kind of program sent this, or None for a person. `kinds` are the content types found in the message."""
    reports = {found[1].lower().decode() for found in _REPORT.finditer(head.first("content-type"))}
    if "disposition-notification" in reports or "message/disposition-notification" in kinds:
        return Machine.RECEIPT
    if "delivery-status" in reports or "message/delivery-status" in kinds or _from_daemon(head):
        return Machine.BOUNCE
    if CALENDAR_REPLY in kinds:
        return Machine.CALENDAR
    if _replies_by_itself(head, subject):
        return Machine.AUTO_REPLY
    # An out-of-office note has an empty return path too: this comes after it.
    if head.first("return-path") == b"<>":
        return Machine.BOUNCE
    if _is_list(head):
        return Machine.LIST
    return None


def _from_daemon(head: Head) -> bool:
    return bool(head.all("x-failed-recipients")) or any(_DAEMON.search(v.decode("latin-1")) for v in head.all("from"))


def _replies_by_itself(head: Head, subject: str) -> bool:
    submitted = head.first("auto-submitted").partition(b";")[0].split(b"(")[0].strip().lower()
    marks = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply")
    if submitted not in (b"", b"no") or any(head.all(mark) for mark in marks):
        return True
    if _precedence(head) == "auto_reply" or _AWAY.match(subject):
        return True
    # Exchange puts this header on some mail of people as well: it only counts together with the subject.
    return bool(head.all("x-auto-response-suppress") and _AWAY_LOOSE.search(subject))


def _is_list(head: Head) -> bool:
    return bool(head.all("list-id") or head.all("list-unsubscribe")) or _precedence(head) in ("bulk", "list", "junk")


def _precedence(head: Head) -> str:
    return head.first("precedence").decode("latin-1").strip().lower()

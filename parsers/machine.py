"""Telling mail that a program sent from mail that a person wrote (RFC 3834, RFC 2369, RFC 3464, RFC 8098, RFC 5546)."""

import re

from collector.domain.submission import Machine
from parsers.headers import Head
from parsers.machine_doubts import perhaps_a_program
from parsers.machine_headers import answers_by_itself, from_daemon, from_list, no_way_back, suppresses_answers
from parsers.machine_words import (
    complains_of_mail,
    is_away_note,
    is_passed_on,
    is_report_on_a_domain,
    is_returned,
    says_automatic,
    says_away,
    says_opened,
    says_rejected,
)

DELIVERY_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
DISPOSITION = "message/disposition-notification"
CALENDAR_REPLY = "text/calendar; method=reply"

_RECEIPTS = frozenset({DISPOSITION, "message/global-disposition-notification"})
#: Reports on mail in general, not on one letter.
_OF_MAIL = frozenset({"feedback-report", "tlsrpt"})
_COMPLAINTS = frozenset({"message/feedback-report"})
_SEALED_BY_OUTLOOK = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_REPORT = re.compile(rb"report-type\s{0,9}=\s{0,9}\"?(?:global-)?([a-z-]{1,40})", re.IGNORECASE)


def machine_of(
    head: Head, subject: str, kinds: frozenset[str], body: str = "", names_unreached: bool = False
) -> Machine | None:
    """What kind of program sent this, or None for a person.

    `kinds` are the content types found in the message and `body` its text, as far as they are known;
    `names_unreached` says that its words name who was not reached.
    """
    kind = head.first("content-type").strip().lower()
    reports = {found[1].lower().decode() for found in _REPORT.finditer(kind)}
    of_mail = reports & _OF_MAIL or kinds & _COMPLAINTS or is_report_on_a_domain(subject)
    if of_mail or complains_of_mail(subject, body):
        return Machine.AUTO_REPLY
    if "disposition-notification" in reports or kinds & _RECEIPTS:
        return Machine.BOUNCE if names_unreached and says_rejected(body) else Machine.RECEIPT
    if _returns_mail(head, subject, body, kind, reports, kinds, names_unreached):
        return Machine.BOUNCE
    if says_opened(subject, body, nothing_else=bool(kinds & _SEALED_BY_OUTLOOK) and not body.strip()):
        return Machine.RECEIPT
    if CALENDAR_REPLY in kinds:
        return Machine.CALENDAR
    if answers_by_itself(head) or is_away_note(subject, body) or says_automatic(body):
        return Machine.AUTO_REPLY
    # Exchange puts this header on some mail of people as well: it only counts together with the subject.
    if suppresses_answers(head) and says_away(subject):
        return Machine.AUTO_REPLY
    # An out-of-office note has an empty return path too: this comes after it.
    if no_way_back(head):
        return Machine.BOUNCE
    if from_list(head):
        return Machine.LIST
    return Machine.DOUBTFUL if perhaps_a_program(head, subject, kinds, body) else None


def _returns_mail(
    head: Head,
    subject: str,
    body: str,
    kind: bytes,
    reports: set[str],
    kinds: frozenset[str],
    names_unreached: bool,
) -> bool:
    """Whether a mail server says here that a letter has not arrived, or not yet, or has."""
    is_report = "delivery-status" in reports or kind.startswith(b"multipart/report")
    # Somebody who passes a report on keeps its parts in some mail programs.
    holds_report = bool(kinds & DELIVERY_STATUS) and not is_passed_on(subject)
    return (
        is_report
        or holds_report
        or from_daemon(head)
        or is_returned(subject, body, names_unreached=names_unreached, by_itself=answers_by_itself(head))
    )

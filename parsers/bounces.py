"""Which addresses a delivery report says can't be reached, and what their server said (RFC 3464 and the older forms).

Older forms are those of Postfix, Exim, qmail, Exchange and Gmail, which differ in their words only. A report of a
delay, or of a letter that was delivered, names nobody.
"""

import re
from collections.abc import Iterator, Sequence

from collector.domain.submission import Attachment, Bounced
from parsers.charsets import decode, one_line
from parsers.headers import Head
from parsers.machine import DELIVERY_STATUS

_MOST, _READ, _LONGEST = 20, 20_000, 300
_ADDRESS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,200}[A-Za-z0-9]"
_FIELD = re.compile(r"^([A-Za-z-]{1,40})[ \t]{0,9}:[ \t]{0,9}(.*)$")
_TYPED = re.compile(r"(?:[A-Za-z0-9-]{1,20}[ \t]*;)?[ \t]*<?([^\s<>]{3,320})>?")
#: A line that names who could not be reached: "<a@b>: host ... said: 550 ...", "a@b", "a@b<mailto:a@b>".
_NAMES = re.compile(
    rf"^[ \t]*(?:to:[ \t]*)?<?(?P<who>{_ADDRESS})>?(?:[ \t]*<(?:mailto:)?[^>]{{3,330}}>)?"
    r"(?:[ \t]*:[ \t]*(?P<why>.*)|[ \t]*)$",
    re.IGNORECASE,
)
_GMAIL = re.compile(rf"wasn't delivered to[ \t\n*]{{1,9}}(?P<who>{_ADDRESS})[ \t\n*]{{0,9}}(?:because)?(?P<why>[^\n]*)")
_ORIGINAL = re.compile(
    r"^[-=_ ]{0,80}(?:this is a copy of (?:the|your) message|below this line is a copy|original message follows"
    r"|(?:message|original|original message) headers)|^Return-path: |^Received: from",
    re.IGNORECASE | re.MULTILINE,
)
_OPENS = re.compile(
    r"could(?: not|n't) be delivered|(?:was not|wasn't|not be|undeliver|unable to deliver|failed permanently)"
    r"|delivery (?:has |to the following .{0,40})?failed|did not reach|delivery status notification \(failure\)"
    r"|permanent (?:fatal )?error|address(?:es)? (?:had|failed)|recipient",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"delivery status notification \(delay\)|\bdelayed\b|has not yet been delivered|will (?:be )?retr(?:y|ied)"
    r"|do not need to (?:resend|send)|warning: message still undelivered|this is a warning message only",
    re.IGNORECASE,
)


def bounced(attachments: Sequence[Attachment], body: str, head: Head) -> tuple[Bounced, ...]:
    """The addresses that failed for good, each once, in lower case."""
    reports = [each for each in attachments if each.content_type in DELIVERY_STATUS]
    found = [one for report in reports for one in _reported(decode(report.content[:_READ]))]
    if not reports:
        text = body[:_READ]
        delayed = _DELAYED.search(text) is not None
        found = [] if delayed else [*_named_in_headers(head, text), *_written(text)]
    first = {one.address: one for one in reversed(found)}
    return tuple(reversed(first.values()))[:_MOST]


def _reported(report: str) -> Iterator[Bounced]:
    """RFC 3464: a block for each recipient; only what failed counts."""
    for block in re.split(r"\n[ \t]*\n", report.replace("\r\n", "\n")):
        fields: dict[str, str] = {}
        name = ""
        for line in block.split("\n"):
            field = _FIELD.match(line)
            if field:
                name = field[1].lower()
                fields[name] = field[2].strip()
            elif name and line[:1] in " \t":
                fields[name] += f" {line.strip()}"
        who = _TYPED.match(fields.get("original-recipient") or fields.get("final-recipient", ""))
        if who and "@" in who[1] and fields.get("action", "").lower().startswith("failed"):
            said = fields.get("diagnostic-code", "").partition(";")[2] or fields.get("status", "")
            yield _bounced(who[1], said)


def _named_in_headers(head: Head, text: str) -> Iterator[Bounced]:
    """Exim and Gmail name them in a header."""
    for value in head.all("x-failed-recipients"):
        for who in re.findall(_ADDRESS, value.decode("latin-1")):
            after = text.partition(who)[2].strip().splitlines()
            yield _bounced(who, " ".join(after[:2]))


def _written(text: str) -> Iterator[Bounced]:
    """The report's own lines, up to the letter that it returns."""
    returned = _ORIGINAL.search(text)
    own = text[: returned.start()] if returned else text
    if _OPENS.search(own) is None:
        return
    for found in _GMAIL.finditer(own):
        yield _bounced(found["who"], found["why"])
    lines = own.split("\n")
    for at, line in enumerate(lines[:400]):
        named = _NAMES.match(line[:1000])
        if named is not None:
            after = " ".join(each.strip() for each in lines[at + 1 : at + 4] if each.strip())
            yield _bounced(named["who"], named["why"] or after)


def _bounced(address: str, words: str) -> Bounced:
    return Bounced(address.strip("<>.").lower(), one_line(words.strip(" :"), _LONGEST))

"""Which addresses a delivery report says can't be reached, and what their server said (RFC 3464 and the older forms).

A report of a delay, or of a letter that was delivered, names nobody: to mark an address that works is worse than to
mark none. What a report says in words is read in `returned_words`.
"""

import re
from collections.abc import Iterator, Sequence

from collector.domain.submission import Attachment, Bounced
from parsers.charsets import decode, one_line
from parsers.headers import Head
from parsers.machine import DELIVERY_STATUS
from parsers.returned_words import ADDRESS, named_alone, says_delayed, unreached

_MOST, _READ, _LONGEST = 20, 20_000, 300
_FIELD = re.compile(r"^([A-Za-z-]{1,40})[ \t]{0,9}:[ \t]{0,9}(.*)$")
_TYPED = re.compile(r"(?:[A-Za-z0-9-]{1,20}[ \t]*;)?[ \t]*<?([^\s<>]{3,320})>?")
_IS_REPORT = re.compile(
    rb"\s{0,9}(?:Reporting-MTA|Final-Recipient|Original-Recipient|Arrival-Date)[ \t]*:", re.IGNORECASE
)
_FAILED = ("fail", "error")
#: To whom a report goes, and who wrote it: addresses that are not what it is about.
_OWN_FIELDS = ("to", "from", "sender")


def bounced(attachments: Sequence[Attachment], body: str, head: Head) -> tuple[Bounced, ...]:
    """The addresses that failed for good, each once, in lower case."""
    blocks = [block for each in attachments for block in _reported(each)] or [*_recipients(body[:_READ])]
    text = body[:_READ]
    if blocks:
        found = [one for block in blocks for one in _failed(block)]
    elif says_delayed(text):
        found = []
    else:
        own = _own_addresses(head)
        named = (_bounced(who, why) for who, why in unreached(text))
        found = [*_named_in_headers(head, text), *(one for one in named if one.address not in own)]
    first = {one.address: one for one in reversed(found)}
    return tuple(reversed(first.values()))[:_MOST]


def only_one_named(body: str, head: Head) -> tuple[Bounced, ...]:
    """Of a report that names nobody in a known form: the only address in its own words, if they say that it failed.

    This is for messages that are known to be a mail server's: a person's words may hold one address too.
    """
    text = body[:_READ]
    return (
        () if says_delayed(text) else tuple(_bounced(who, why) for who, why in named_alone(text, _own_addresses(head)))
    )


def _own_addresses(head: Head) -> frozenset[str]:
    return frozenset(who.lower() for name in _OWN_FIELDS for value in head.all(name) for who in _addresses(value))


def _reported(part: Attachment) -> Iterator[dict[str, str]]:
    """The recipients in a part that holds a report's fields, also where it is labelled as a text or a file."""
    begins = part.content[:_READ]
    if part.content_type in DELIVERY_STATUS or _IS_REPORT.match(begins):
        yield from _recipients(decode(begins))


def _recipients(report: str) -> Iterator[dict[str, str]]:
    """RFC 3464: a block of fields for each recipient, with what became of the letter."""
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
        if "action" in fields and ("original-recipient" in fields or "final-recipient" in fields):
            yield fields


def _failed(fields: dict[str, str]) -> Iterator[Bounced]:
    """The address as we wrote it, where the report keeps it, if delivery failed."""
    if not fields.get("action", "").lower().startswith(_FAILED):
        return
    for name in ("original-recipient", "final-recipient"):
        who = _TYPED.match(fields.get(name, ""))
        if who and "@" in who[1]:
            said = fields.get("diagnostic-code", "").partition(";")[2] or fields.get("status", "")
            yield _bounced(who[1], said)
            return


def _named_in_headers(head: Head, text: str) -> Iterator[Bounced]:
    """Exim and Gmail name them in a header."""
    for value in head.all("x-failed-recipients"):
        for who in _addresses(value):
            after = text.partition(who)[2].strip().splitlines()
            yield _bounced(who, " ".join(after[:2]))


def _addresses(value: bytes) -> list[str]:
    return re.findall(ADDRESS, value.decode("latin-1"))


def _bounced(address: str, words: str) -> Bounced:
    return Bounced(address.strip("<>.'").lower(), one_line(words.strip(" :"), _LONGEST))

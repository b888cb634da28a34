"""Whose mail a message passes on: the From lines of what is forwarded in its words, and of mails attached to it."""

import re
from collections.abc import Sequence

from collector.domain.submission import Attachment
from parsers.addresses import senders
from parsers.headers import read_head

_MOST_LINES, _LONGEST_LINE, _MOST = 2000, 500, 10
_FROM = re.compile(r"[> \t*]{0,20}from[ \t]?:\*{0,2}(?P<who>.*)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:mailto:|[<\[(]|\s|^)([^\s<>\[\]()@\"',;:]{1,64}@[a-z0-9.-]{3,200}[a-z0-9])", re.IGNORECASE | re.ASCII
)


def passed_on(body: str, attachments: Sequence[Attachment]) -> tuple[str, ...]:
    """The addresses of those who wrote what is passed on, in lower case. Anybody can write them: they prove nothing."""
    found: list[str] = []
    for line in body.split("\n", _MOST_LINES)[:_MOST_LINES]:
        named = _FROM.fullmatch(line[:_LONGEST_LINE].rstrip())
        found += [address.lower() for address in _ADDRESS.findall(named["who"])] if named else []
    for attachment in attachments:
        if attachment.content_type == "message/rfc822" or attachment.name.lower().endswith(".eml"):
            found += senders(read_head(attachment.content).all("from"))
    return tuple(dict.fromkeys(found))[:_MOST]

"""Who a message says it is from: a scanner that would rather find nobody than the wrong person.

`email.utils.parseaddr` on CPython 3.11.7 reads `alice@police.uk(<mallory@evil>` as alice (PARTS, limits).
"""

import re

_TOKEN = re.compile(
    r'(?P<space>\s+)|(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<comment>\([^()<>@,;:"\\]*\))|(?P<angle><[^<>]*>)|(?P<comma>,)'
    r'|(?P<word>[^\s"()<>,;:\\]+)',
    re.ASCII,
)
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_DOMAIN = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
# ASCII: without it "[a-z]" also means the Kelvin sign and the long s, whose small letters are k and s.
_ADDRESS = re.compile(f"{_LOCAL}@{_DOMAIN}", re.IGNORECASE | re.ASCII)
_LONGEST_ADDRESS = 254


def senders(values: tuple[bytes, ...]) -> tuple[str, ...]:
    """The addresses of all From headers, lower case. One doubtful header and there are none.

    An address that is given twice is listed twice: two From headers are never one sender.
    """
    found: list[str] = []
    for value in values:
        addresses = _mailboxes(value.decode("utf-8", "replace"))
        if not addresses:
            return ()
        found.extend(addresses)
    return tuple(found)


def _mailboxes(value: str) -> list[str]:
    found: list[str] = []
    mailbox: list[tuple[str, str]] = []
    at = 0
    while at < len(value):
        token = _TOKEN.match(value, at)
        if token is None or token.lastgroup is None:
            return []
        at = token.end()
        if token.lastgroup == "comma":
            found.append(_address(mailbox))
            mailbox = []
        elif token.lastgroup not in ("space", "comment"):
            mailbox.append((token.lastgroup, token[0]))
    found.append(_address(mailbox))
    return found if all(found) else []


def _address(mailbox: list[tuple[str, str]]) -> str:
    """The one address of `name <address>` or of a bare address; an unquoted @ in the name makes it doubtful."""
    if not mailbox:
        return ""
    *name, (kind, last) = mailbox
    if kind == "angle":
        doubtful = any(k == "angle" or (k == "word" and "@" in text) for k, text in name)
        last = "" if doubtful else last[1:-1].strip()
    elif kind == "quoted" or name:
        return ""
    known = len(last) <= _LONGEST_ADDRESS and "=?" not in last and _ADDRESS.fullmatch(last)
    return last.lower() if known else ""

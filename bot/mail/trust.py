"""Whether a message comes from whom it says. Only our own border server is believed, and only its topmost word."""

import re

from collector.domain.submission import Opened, Refusal

_METHOD = re.compile(r"\s*([\w-]+)\s*(?:/\s*\d+\s*)?=\s*([\w-]+)(?=\s|$)(.*)", re.DOTALL)
_HEADER_FROM = re.compile(r"(?:^|\s)header\s*\.\s*from\s*=\s*(\S+)", re.IGNORECASE)


class Border:
    """Believes what the border server writes in Authentication-Results (RFC 8601).

    Without its name everybody is who they say they are: for rehearsals on machines that nobody else can reach.
    """

    def __init__(self, authserv_id: str | None) -> None:
        self._authserv_id = authserv_id.strip().lower() if authserv_id else None

    def trusted(self, opened: Opened | Refusal) -> tuple[bool, str]:
        """Whether the one From address is vouched for, and why or why not in plain words."""
        if len(opened.senders) != 1:
            return False, f"the From line names {len(opened.senders) or 'no'} addresses; exactly one is needed"
        if self._authserv_id is None:
            return True, "no border server is set: the From line is believed"
        if not opened.verdicts:
            return False, f"it did not come through the border server {self._authserv_id}"
        statements = _statements(opened.verdicts[0])
        if not statements or _name(statements[0]) != self._authserv_id:
            return False, f"the topmost Authentication-Results header is not from {self._authserv_id}"
        return _judged(statements[1:], opened.senders[0].rpartition("@")[2])


def _judged(statements: list[str], domain: str) -> tuple[bool, str]:
    """Every word on DMARC must be "pass", for the domain of the From line where one is named."""
    found = [match for match in map(_METHOD.fullmatch, statements) if match and match[1].lower() == "dmarc"]
    if not found:
        return False, "the border server says nothing on DMARC"
    for match in found:
        if match[2].lower() != "pass":
            return False, f"the border server says dmarc={match[2].lower()}"
        for named in _HEADER_FROM.findall(match[3]):
            vouched = named.strip('"').rpartition("@")[2].rstrip(".").lower()
            if vouched != domain.rstrip(".").lower():
                return False, f"the border server vouches for {vouched}, and the From line says {domain}"
    return True, f"the border server says dmarc=pass for {domain}"


def _name(statement: str) -> str:
    """The authserv-id: the first word, before a version."""
    return next(iter(statement.split()), "").strip('"').lower()


def _statements(value: str) -> list[str]:
    """The parts between semicolons, comments dropped and quoted text kept whole; none where it is malformed.

    A quoted string keeps no spaces, signs or semicolons of its own: what stands in it can't look like a result.
    """
    parts, depth, quoted, at = [""], 0, False, 0
    while at < len(value):
        char = value[at]
        if char == "\\" and (depth or quoted):
            at += 1
        elif depth:
            depth += {"(": 1, ")": -1}.get(char, 0)
        elif char == '"':
            quoted = not quoted
            parts[-1] += char
        elif quoted:
            parts[-1] += char if char.isalnum() or char in ".-_@" else "_"
        elif char == "(":
            depth = 1
            parts[-1] += " "
        elif char == ";":
            parts.append("")
        else:
            parts[-1] += char
        at += 1
    return [] if depth or quoted else parts

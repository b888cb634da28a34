"""What a border server does to incoming mail: its own verdict goes on top, anybody else's comes off."""

import re
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses

#: How the demo's border server signs its verdicts.
AUTHSERV_ID = "border.example.org"

_HEADER = re.compile(rb"[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|\Z)")
_VERDICT = re.compile(rb"authentication-results[ \t]*:", re.IGNORECASE)


def stamped(raw: bytes, failing: frozenset[str] = frozenset()) -> bytes:
    """A message with the border's verdict on top: fail for the addresses in `failing`, none without one sender."""
    own = _without_verdicts(raw)
    sender = _sender(own)
    domain = sender.rpartition("@")[2]
    verdict = "none"
    if sender:
        verdict = f"{'fail' if sender in failing else 'pass'} header.from={domain}"
    return f"Authentication-Results: {AUTHSERV_ID}; dmarc={verdict}\r\n".encode("ascii") + own


def _sender(raw: bytes) -> str:
    """The one address of the From line, lower case; nothing where there is none or more than one."""
    lines = BytesHeaderParser(policy=compat32).parsebytes(raw).get_all("From", [])
    addresses = [address.lower() for _, address in getaddresses([str(line) for line in lines])]
    return addresses[0] if len(addresses) == 1 and re.fullmatch(r"[!-~]+@[a-z0-9.-]+", addresses[0]) else ""


def _without_verdicts(raw: bytes) -> bytes:
    kept, at = [], 0
    while found := _HEADER.match(raw, at):
        field = found[0]
        if not field.strip():
            break
        if not _VERDICT.match(field):
            kept.append(field)
        at = found.end()
    return b"".join(kept) + raw[at:]

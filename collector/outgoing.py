"""What is on its way out, in words: what it is, to whom, about which quarter."""

from collector.books import Planned
from collector.domain.partnership import Partnership
from collector.messages import Notice, Receipt

_WORDS = {
    "reminder": "reminder",
    "digest": "weekly digest",
    "board": "status board",
    "slack-board": "status board in Slack",
    "late-change": "late change below the board in Slack",
    "sign-off": "sign-off sheet",
    "escalation": "escalation",
    "review": "daily note",
    "answered": "edit of a reminder in Slack",
}


def what_and_to_whom(planned: Planned, partnership: Partnership) -> str:
    """Such as "reminder to Medway Commander, Q2 2015-16 (Jul to Sep 2015)"; a notice is named by its subject."""
    person = partnership.by_id.get(planned.person)
    to = planned.address or (person.title if person else planned.person)
    about = f", {planned.period}" if planned.period else ""
    return f"{_what(planned)} to {to}{about}"


def _what(planned: Planned) -> str:
    if planned.kind in _WORDS:
        return _WORDS[planned.kind]
    if isinstance(planned.message, Receipt):
        return f"answer [{planned.message.reference}]" if planned.message.reference else "answer"
    return f"letter \u201c{planned.message.subject}\u201d" if isinstance(planned.message, Notice) else "letter"

"""Where an answer goes: back the way the message came, in its thread, once."""

import hashlib
from datetime import datetime

from collector.books import InboxRow, Planned
from collector.domain.people import Person
from collector.domain.period import Quarter
from collector.domain.submission import Opened, Refusal
from collector.messages import Message
from collector.screening import RECORD, SLACK


def reply_to(
    row: InboxRow,
    opened: Opened | Refusal,
    person: Person,
    message: Message,
    now: datetime,
    period: Quarter | None,
    part: str = "",
) -> Planned:
    """The answer to a message, in its thread: one, and one more to its orders (`part`) where these bring files."""
    thread = (*opened.references, opened.message_id) if isinstance(opened, Opened) and opened.message_id else ()
    return Planned(
        dedupe_key=f"{answer_key(row)}{part and f':{part}'}",
        person=person.id,
        message=message,
        not_before=now,
        unprompted=False,
        period=period,
        in_reply_to=opened.message_id,
        references=thread,
        channel=_channel(row, person),
        address=_written_from(row, opened, person),
    )


def answer_key(row: InboxRow) -> str:
    """How the key of every answer to a message begins."""
    return f"answer:{hashlib.sha256(row.delivery_key.encode()).hexdigest()[:40]}"


def _written_from(row: InboxRow, opened: Opened | Refusal, person: Person) -> str:
    """Where an answer to a mail goes: who has several addresses is answered at the one they wrote from."""
    sender = opened.senders[0] if len(opened.senders) == 1 else ""
    return sender if row.door != SLACK and sender in person.addresses[1:] else ""


def _channel(row: InboxRow, person: Person) -> str:
    """An answer goes back the way the message came; what was entered for somebody goes where they are met."""
    if row.door == SLACK:
        return SLACK
    return person.prefers if row.door == RECORD else person.by_mail_or_slack

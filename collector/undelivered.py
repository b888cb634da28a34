"""What has not arrived, in words: for the status that the coordinator asks for, and for their daily note."""

from collections.abc import Iterator, Sequence

from collector.books import AuditLine, OutboxState
from collector.delivery import NOT_DELIVERED
from collector.outgoing import what_and_to_whom
from collector.ports import Unit


def unsent_lines(unit: Unit) -> Iterator[str]:
    """A line for each message that did not arrive, or whose arrival is not certain yet. An edit mends itself."""
    partnership = unit.plan.get()
    if partnership is None:
        return
    why = {line.subject: line.reason for line in unit.audit.lines(action=NOT_DELIVERED)}
    for row in unit.outbox.rows():
        said = why.get(row.planned.dedupe_key, "")
        if row.state is OutboxState.FAILED and row.planned.edits is None:
            yield f"not delivered: {what_and_to_whom(row.planned, partnership)}{f': {said}' if said else ''}"
        if row.state is OutboxState.SENDING:
            yield f"still to go out: {what_and_to_whom(row.planned, partnership)}"


def lost_lines(unit: Unit, lost: Sequence[AuditLine]) -> list[str]:
    """What the audit trail says of messages that could not be delivered, with what they are in words."""
    partnership = unit.plan.get()
    if partnership is None or not lost:
        return []
    named = {row.planned.dedupe_key: what_and_to_whom(row.planned, partnership) for row in unit.outbox.rows()}
    return [f"{named.get(line.subject, 'a letter')}: {line.reason}" for line in lost]

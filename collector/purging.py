"""Purge (RULES 28): a message that should never have been sent goes, bytes and words; its hash and why stay.

The one exception to "versions are only ever added": figures keep their values, their history says "purged".
"""

from collector.acting import Acting, NotDone
from collector.books import Gone, InboxRow, InboxState
from collector.domain.submission import Opened, Refusal
from collector.ports import Unit
from collector.replying import answer_key

#: Later than any message.
_ALL = 2**31 - 1


def purge(acting: Acting, number: int, why: str) -> tuple[str, ...]:
    """Remove a message with its files, what the books quote of it, and the letters of ours that quote it."""
    if not acting.coordinates:
        raise NotDone("Only the coordinator purges what was sent. Write to the coordinator.")
    unit, reason = acting.unit, why.strip()
    row = unit.inbox.find(number)
    if row is None:
        raise NotDone(f"No message has the number {number}; nothing was purged.")
    if not reason:
        raise NotDone("Say why, for the books: purge 12: a list of names came with it.")
    if row.door == "load":
        raise NotDone(f"Message {number} is a definition file that was loaded, not something people sent.")
    if row.state is InboxState.CLAIMED:
        raise NotDone(f"Message {number} is being read at this moment. Say it again in a minute.")
    if unit.care.gone(row.blob) is Gone.PURGED:
        raise NotDone(f"Message {number} was purged before. Nothing was changed.")
    unit.inbox.close_unread(number, "purged by the coordinator", acting.now)
    copies = unit.inbox.same_content(row.fingerprint, _ALL) if row.fingerprint else ()
    numbers = dict.fromkeys((number, *(copy.id for copy in copies)))
    hashes = list(dict.fromkeys(sha256 for one in numbers for sha256 in unit.care.bytes_of(one)))
    words = unit.care.forget_words(number)
    unit.drafts.forget(words)
    letters = unit.care.forget_letters(words, row.received_at)
    answers = list(unit.care.answers_to(answer_key(row)))
    for sha256 in (*hashes, *answers):
        unit.care.remove(sha256, Gone.PURGED)
    acting.write("purged", f"message {number}", f"{reason} (sha256 {', '.join(hashes)})")
    quoting = max(letters, len(answers))
    told = [
        f"Message {number} was purged: its words, {len(hashes) - 1} more files, and {quoting} of our letters that"
        " quoted it. What was recorded from it keeps its value; its hash and your reason stay on the books."
    ]
    if row.door in ("mail", "slack"):
        where = "the mailbox" if row.door == "mail" else "Slack"
        told.append(f"It still lies in {where}, and in backups made before now: delete it there too.")
    if any(unit.locks.snapshots(period) for period in unit.figures.periods_of(number)):
        told.append("A locked snapshot may repeat its commentary, and is never changed: reopen and lock to replace it.")
    return tuple(told)


def forget_copy(unit: Unit, row: InboxRow, opened: Opened | Refusal) -> None:
    """A copy of what was purged that comes later, by another way perhaps, is not kept either."""
    if not isinstance(opened, Opened):
        return
    earlier = unit.inbox.same_content(opened.fingerprint, row.id)
    if any(unit.care.gone(before.blob) is Gone.PURGED for before in earlier):
        for sha256 in unit.care.bytes_of(row.id):
            unit.care.remove(sha256, Gone.PURGED)


def tombstone(gone: Gone | None) -> str:
    """What is said beside the hash of bytes that are no longer there."""
    words = {Gone.PURGED: ", purged", Gone.RETENTION: ", no longer kept"}
    return words[gone] if gone else ""

"""Bytes removed before their time or after it: what refers to them stays, with their hash."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from collector.books import Gone, InboxState, Kept, OutboxState
from storage.dialect import overwrite_deleted
from storage.tables import blob, change_request, correction, enclosure, figure, inbox, outbox, plan_for_red, query

_PURGED = "(purged)"
#: Words shorter than this are not looked for in letters: "yes" stands in half of them.
_SHORTEST = 6
#: The words of a message that tables keep beside its bytes.
_WORDS = ((figure, ("evidence", "note")), (query, ("quoted",)), (change_request, ("words",)))
_PLANNED = ("reason", "action", "owner", "by_when", "outcome")


class SqlCare:
    """Removing bytes and words, over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def gone(self, sha256: str) -> Gone | None:
        """Why bytes are not there any more; None where they are."""
        found = self._connection.execute(sa.select(blob.c.gone).where(blob.c.sha256 == sha256)).scalar_one()
        return Gone(found) if found else None

    def remove(self, sha256: str, how: Gone) -> bool:
        """Take bytes away; whether they were there. What retention took away a purge takes away for good."""
        overwrite_deleted(self._connection)
        here = sa.and_(blob.c.sha256 == sha256, blob.c.gone != how, blob.c.gone != Gone.PURGED)
        return self._connection.execute(sa.update(blob).where(here).values(bytes=b"", gone=how)).rowcount == 1

    def bytes_of(self, row: int) -> Sequence[str]:
        """The hashes of a message and of the files that were fetched for it."""
        own = sa.select(inbox.c.blob).where(inbox.c.id == row)
        files = sa.select(enclosure.c.blob).where(enclosure.c.inbox == row, enclosure.c.blob.is_not(None))
        return [*self._connection.execute(own).scalars(), *self._connection.execute(files).scalars()]

    def forget_words(self, row: int) -> Sequence[str]:
        """Take a message's words out of the books beside its bytes; the words, the longest first."""
        found: list[str] = []
        for table, columns in _WORDS:
            held = table.c.submission == row
            for name in columns:
                found += self._connection.execute(sa.select(table.c[name]).where(held, table.c[name] != "")).scalars()
                self._connection.execute(sa.update(table).where(held, table.c[name] != "").values({name: _PURGED}))
        self._connection.execute(sa.update(figure).where(figure.c.submission == row).values(facts=[]))
        for name in _PLANNED:
            told = sa.and_(plan_for_red.c.submission == row, plan_for_red.c[name] != "")
            found += self._connection.execute(sa.select(plan_for_red.c[name]).where(told)).scalars()
            self._connection.execute(sa.update(plan_for_red).where(told).values({name: _PURGED}))
        found += self._forget_corrections(row)
        aside = self._connection.execute(sa.select(inbox.c.aside).where(inbox.c.id == row)).scalar_one()
        found += [line.strip() for line in aside["words"].splitlines()] + [aside["subject"]] if aside else []
        self.forget_shown(row)
        return sorted({words for words in found if len(words) >= _SHORTEST and words != _PURGED}, key=len, reverse=True)

    def _forget_corrections(self, row: int) -> list[str]:
        found = []
        for held in self._connection.execute(sa.select(correction)):
            if held.source.get("submission") == row:
                found += [held.source["evidence"], held.reported["note"]]
                source = {**held.source, "evidence": _PURGED, "facts": []}
                reported = {**held.reported, "note": _PURGED if held.reported["note"] else ""}
                changed = sa.update(correction).where(correction.c.id == held.id)
                self._connection.execute(changed.values(source=source, reported=reported))
        return found

    def forget_shown(self, row: int) -> None:
        """What the coordinator was shown of a message that was set aside."""
        self._connection.execute(sa.update(inbox).where(inbox.c.id == row).values(aside=None))

    def forget_letters(self, words: Sequence[str], since: datetime) -> int:
        """Take words out of what was written since a moment, and the bytes of those letters away; how many they were.

        What was not sent yet is made again without the words. Workbooks that went out since go too: they can be asked
        for again.
        """
        count = 0
        columns = (outbox.c.id, outbox.c.message, outbox.c.blob, outbox.c.state, outbox.c.cover)
        for row in self._connection.execute(sa.select(*columns).where(outbox.c.planned_at >= since)).all():
            for file in row.message.get("files", ()) if row.state == OutboxState.SENT else ():
                self.remove(file["blob"], Gone.RETENTION)
            clean = _without(row.message, words)
            if clean == row.message:
                continue
            count += 1
            values: dict[str, Any] = {"message": clean}
            if row.blob is not None:
                self.remove(row.blob, Gone.PURGED)
            if row.state == OutboxState.SENDING:
                values |= {"blob": None, "state": OutboxState.DUE, "said_on": None}
            self._connection.execute(sa.update(outbox).where(outbox.c.id == row.id).values(values))
        return count

    def answers_to(self, dedupe_key: str) -> Sequence[str]:
        """The hashes of the answers to one message as they were sent."""
        begins = outbox.c.dedupe_key.startswith(dedupe_key, autoescape=True)
        sent = sa.and_(begins, outbox.c.blob.is_not(None), outbox.c.state == OutboxState.SENT)
        return list(self._connection.execute(sa.select(outbox.c.blob).where(sent)).scalars())

    def old_messages(self, state: InboxState, before: datetime, most: int) -> Sequence[Kept]:
        """Messages settled before a moment whose bytes are still there and are no later one's, the oldest first."""
        later = inbox.alias()
        again = sa.exists().where(
            later.c.blob == inbox.c.blob, sa.or_(later.c.settled_at.is_(None), later.c.settled_at >= before)
        )
        over = sa.and_(inbox.c.state == state, inbox.c.settled_at < before, inbox.c.door != "load", ~again)
        found = sa.select(inbox.c.id, inbox.c.blob, inbox.c.settled_at).join(blob, blob.c.sha256 == inbox.c.blob)
        found = found.where(over, blob.c.gone == "").order_by(inbox.c.settled_at, inbox.c.id).limit(most)
        return [Kept(row.id, row.blob, row.settled_at) for row in self._connection.execute(found)]

    def old_letters(self, before: datetime, most: int) -> Sequence[Kept]:
        """Letters sent before a moment whose bytes are still there, the oldest first."""
        found = sa.select(outbox.c.id, outbox.c.blob, outbox.c.sent_at).join(blob, blob.c.sha256 == outbox.c.blob)
        over = sa.and_(outbox.c.state == OutboxState.SENT, outbox.c.sent_at < before, blob.c.gone == "")
        found = found.where(over).order_by(outbox.c.sent_at, outbox.c.id).limit(most)
        return [Kept(row.id, row.blob, row.sent_at) for row in self._connection.execute(found)]


def _without(value: Any, words: Sequence[str]) -> Any:
    """A message's JSON without these words, wherever they stand in it."""
    if isinstance(value, str):
        for each in words:
            value = value.replace(each, _PURGED).replace(" ".join(each.split()), _PURGED)
        return value
    if isinstance(value, list):
        return [_without(one, words) for one in value]
    return {key: _without(one, words) for key, one in value.items()} if isinstance(value, dict) else value

"""What came in: kept once under its delivery key, claimed under a lease, finished by its holder only."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from collector.books import Aside, InboxRow, InboxState, Outcome
from collector.domain.submission import Inbound
from collector.ports import ClaimLost
from storage.codec import asides
from storage.dialect import insert_if_absent, insert_new
from storage.tables import inbox, met_again

#: So many keys are looked up in one statement.
_AT_ONCE = 500
_COLUMNS = [c for c in inbox.c if c.name not in ("worker", "lease_until", "aside")]


def _row(row: sa.Row[tuple[object, ...]]) -> InboxRow:
    fields = dict(row._mapping)
    fields["state"] = InboxState(fields["state"])
    fields["outcome"] = Outcome(fields["outcome"]) if fields["outcome"] else None
    return InboxRow(**fields)


class SqlInbox:
    """The inbox over one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def keep(self, inbound: Inbound, blob: str, handled: bool = False) -> InboxRow | None:
        """Keep a message; None when its delivery key is known already. What is `handled` waits for no worker."""
        values = {
            "delivery_key": inbound.delivery_key,
            "door": inbound.door,
            "blob": blob,
            "size": inbound.size,
            "cut": inbound.cut,
            "claimed_sender": inbound.claimed_sender,
            "received_at": inbound.received_at,
            "state": InboxState.DONE if handled else InboxState.WAITING,
            "outcome": Outcome.RECORDED if handled else None,
            "attempts": 0,
            "reason": "",
        }
        made = insert_new(self._connection, inbox, values, inbox.c.delivery_key)
        return self.get(made) if made is not None else None

    def claim(self, worker: str, now: datetime, lease: timedelta, only: int | None = None) -> InboxRow | None:
        """Take the oldest waiting message, or one whose holder's lease has run out; or `only` a certain one."""
        rested = sa.or_(inbox.c.lease_until.is_(None), inbox.c.lease_until <= now)
        free = sa.or_(
            sa.and_(inbox.c.state == InboxState.WAITING, rested),
            sa.and_(inbox.c.state == InboxState.CLAIMED, inbox.c.lease_until < now),
        )
        if only is not None:
            # Who asks for one message by name stands beside it: it need not rest between two tries.
            free = sa.and_(sa.or_(free, inbox.c.state == InboxState.WAITING), inbox.c.id == only)
        pick = sa.select(inbox.c.id).where(free).order_by(inbox.c.id).limit(1)
        taken = self._connection.execute(
            sa.update(inbox)
            .where(inbox.c.id == pick.scalar_subquery(), free)
            .values(state=InboxState.CLAIMED, worker=worker, lease_until=now + lease, attempts=inbox.c.attempts + 1)
            .returning(inbox.c.id)
        ).scalar_one_or_none()
        return None if taken is None else self.get(taken)

    def note(self, row: int, person: str | None, message_id: str | None, fingerprint: str) -> None:
        """Write down who sent it and what it is a copy of, if anything."""
        self._connection.execute(
            sa.update(inbox)
            .where(inbox.c.id == row)
            .values(person=person, message_id=message_id, fingerprint=fingerprint)
        )

    def finish(self, row: int, worker: str, outcome: Outcome, reason: str, now: datetime) -> None:
        """Done with it."""
        self._close(row, worker, state=InboxState.DONE, outcome=outcome, reason=reason, settled_at=now)

    def quarantine(self, row: int, worker: str, reason: str, now: datetime) -> None:
        """Set it aside for the coordinator; nothing on the books has changed."""
        state, outcome = InboxState.QUARANTINED, Outcome.REFUSED
        self._close(row, worker, state=state, outcome=outcome, reason=reason, settled_at=now)

    def reopen(self, row: int, claimed_sender: str, accepted_by: str = "") -> bool:
        """Read again what was set aside, now that it is known who sent it; False where it is not aside any more."""
        values = {"state": InboxState.WAITING, "claimed_sender": claimed_sender, "attempts": 0, "outcome": None}
        return self._moved_from_aside(row, **values, accepted_by=accepted_by)

    def reject(self, row: int, reason: str, now: datetime) -> bool:
        """What was set aside is not read; False where it is not aside any more."""
        return self._moved_from_aside(row, state=InboxState.DONE, reason=reason, settled_at=now)

    def close_unread(self, row: int, reason: str, now: datetime) -> None:
        """What waits or is aside is not read any more; what was dealt with stays as it is."""
        unread = sa.and_(inbox.c.id == row, inbox.c.state.in_((InboxState.WAITING, InboxState.QUARANTINED)))
        values = {"state": InboxState.DONE, "outcome": Outcome.IGNORED, "reason": reason, "settled_at": now}
        self._connection.execute(sa.update(inbox).where(unread).values(**values))

    def _moved_from_aside(self, row: int, **values: object) -> bool:
        aside = sa.and_(inbox.c.id == row, inbox.c.state == InboxState.QUARANTINED)
        return self._connection.execute(sa.update(inbox).where(aside).values(**values)).rowcount == 1

    def set_aside(self, row: int, aside: Aside) -> None:
        """Keep what the coordinator is shown of it."""
        self._connection.execute(sa.update(inbox).where(inbox.c.id == row).values(aside=asides.dump(aside)))

    def aside(self, row: int) -> Aside | None:
        """What the coordinator is shown of a message; None where it could not be opened."""
        found = self._connection.execute(sa.select(inbox.c.aside).where(inbox.c.id == row)).scalar_one_or_none()
        return None if found is None else asides.load(found)

    def find(self, row: int) -> InboxRow | None:
        """One row by its number, if there is one."""
        found = self._connection.execute(sa.select(*_COLUMNS).where(inbox.c.id == row)).first()
        return None if found is None else _row(found)

    def release(self, row: int, worker: str, not_before: datetime) -> None:
        """Give it back for another try from a moment on."""
        self._close(row, worker, state=InboxState.WAITING, lease_until=not_before)

    def _close(self, row: int, worker: str, **values: object) -> None:
        held = sa.and_(inbox.c.id == row, inbox.c.worker == worker, inbox.c.state == InboxState.CLAIMED)
        values = {"worker": None, "lease_until": None, **values}
        done = self._connection.execute(sa.update(inbox).where(held).values(**values))
        if done.rowcount != 1:
            raise ClaimLost(f"inbox row {row} is no longer held by {worker}")

    def get(self, row: int) -> InboxRow:
        """One row by its number."""
        return _row(self._connection.execute(sa.select(*_COLUMNS).where(inbox.c.id == row)).one())

    def by_key(self, delivery_key: str) -> InboxRow | None:
        """The row of a delivery key."""
        row = self._connection.execute(sa.select(*_COLUMNS).where(inbox.c.delivery_key == delivery_key)).first()
        return None if row is None else _row(row)

    def same_bytes(self, blob: str, begins: str, besides: str) -> InboxRow | None:
        """The first message with the very same bytes whose key begins with `begins`, but not with `besides`."""
        there = inbox.c.delivery_key.startswith(begins, autoescape=True)
        here = inbox.c.delivery_key.startswith(besides, autoescape=True)
        found = sa.select(*_COLUMNS).where(inbox.c.blob == blob, there, ~here).order_by(inbox.c.id).limit(1)
        row = self._connection.execute(found).first()
        return None if row is None else _row(row)

    def met_again(self, delivery_key: str, row: int) -> bool:
        """A message that is kept lies in its mailbox under another key now; whether that was not known before."""
        values = {"delivery_key": delivery_key, "inbox": row}
        return insert_if_absent(self._connection, met_again, values, met_again.c.delivery_key)

    def states(self, delivery_keys: Sequence[str]) -> Mapping[str, InboxState]:
        """Where the messages of these keys stand; those that are not known are left out."""
        found: dict[str, InboxState] = {}
        for start in range(0, len(delivery_keys), _AT_ONCE):
            keys = delivery_keys[start : start + _AT_ONCE]
            first = sa.select(inbox.c.delivery_key, inbox.c.state).where(inbox.c.delivery_key.in_(keys))
            again = sa.select(met_again.c.delivery_key, inbox.c.state).join(inbox, inbox.c.id == met_again.c.inbox)
            both = sa.union_all(first, again.where(met_again.c.delivery_key.in_(keys)))
            found |= {key: InboxState(state) for key, state in self._connection.execute(both)}
        return found

    def same_message_id(self, message_id: str, besides: int) -> Sequence[InboxRow]:
        """The other messages with this Message-ID, the oldest first."""
        return self._others(inbox.c.message_id == message_id, besides)

    def same_content(self, fingerprint: str, besides: int) -> Sequence[InboxRow]:
        """The other messages with this content, the oldest first."""
        return self._others(inbox.c.fingerprint == fingerprint, besides)

    def _others(self, match: sa.ColumnElement[bool], besides: int) -> Sequence[InboxRow]:
        found = sa.select(*_COLUMNS).where(match, inbox.c.id != besides).order_by(inbox.c.id)
        return [_row(row) for row in self._connection.execute(found)]

    def quarantined(self) -> Sequence[InboxRow]:
        """What waits for the coordinator."""
        found = sa.select(*_COLUMNS).where(inbox.c.state == InboxState.QUARANTINED).order_by(inbox.c.id)
        return [_row(row) for row in self._connection.execute(found)]

    def waiting(self) -> int:
        """How many messages are still to be read."""
        open_states = (InboxState.WAITING, InboxState.CLAIMED)
        count = sa.select(sa.func.count()).where(inbox.c.state.in_(open_states))
        return self._connection.execute(count).scalar_one()

"""The mail door: what lies in the mailbox is kept in the books, then the cursor moves; never the other way round."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from bot.mail.mailbox import Fetched, Mailbox, delivery_key, key_prefix
from collector.books import FILING, MAILBOX, InboxState
from collector.domain.submission import Inbound
from collector.failpoints import Failpoint, Reached, pass_by
from collector.intake import Intake
from collector.ports import Books

DOOR = "mail"
#: After so many messages the cursor moves. What lies between it and a crash is fetched again and known by its key.
_CURSOR_MOVES = 20


@dataclass(frozen=True)
class MailDoor:
    """Brings new mail in, and files what is finished.

    After a change of UIDVALIDITY the folder is read anew: what is kept byte for byte is known again, with a Message-ID
    or without; what the server changed in moving it the intake knows by Message-ID and content.
    """

    mailbox: Mailbox
    books: Books
    intake: Intake
    reached: Reached = field(default=pass_by)

    def collect(self, now: datetime) -> int:
        """Take in what is new; how many messages were not known before. MailboxDown when the server is gone."""
        self.mailbox.refresh()
        account = self.mailbox.account
        with self.books.begin() as unit:
            cursor = unit.cursors.get(account.username, account.folder)
        uidvalidity = self.mailbox.uidvalidity
        after = cursor[1] if cursor and cursor[0] == uidvalidity else 0
        kept = 0
        for number, fetched in enumerate(self.mailbox.new_messages(after), start=1):
            self.reached(Failpoint.FETCHED)
            if not self._known_again(fetched):
                kept += self.intake.accept(self._inbound(fetched, now)) is not None
            after = fetched.uid
            if number % _CURSOR_MOVES == 0:
                self._read_up_to(after)
        if cursor != (uidvalidity, after):
            self._read_up_to(after)
        return kept

    def _read_up_to(self, uid: int) -> None:
        account = self.mailbox.account
        with self.books.begin() as unit:
            unit.cursors.move(account.username, account.folder, self.mailbox.uidvalidity, uid)
        self.reached(Failpoint.CURSOR_MOVED)

    def tidy(self) -> int:
        """File what is finished on the books, as configured; how many. What is still to be read stays where it is."""
        keys = {self._key(uid): uid for uid in self.mailbox.unfiled()}
        if not keys:
            return 0
        with self.books.begin() as unit:
            states = unit.inbox.states(list(keys))
        handled = [keys[key] for key, state in states.items() if state is InboxState.DONE]
        aside = [keys[key] for key, state in states.items() if state is InboxState.QUARANTINED]
        filed = self.mailbox.file(sorted(handled), sorted(aside))
        self.reached(Failpoint.FILED)
        return filed

    def is_down(self, now: datetime, why: str) -> bool:
        """Note on the books that the mailbox can't be read; whether it could be until now."""
        with self.books.begin() as unit:
            return unit.outages.begin(MAILBOX, now, why)

    def is_up(self) -> datetime | None:
        """Note that the mailbox can be read; since when it could not be, if so."""
        with self.books.begin() as unit:
            return unit.outages.end(MAILBOX)

    def hindered(self, now: datetime) -> str:
        """Note on the books what hinders filing, or that nothing does; what is to be said of it now, once."""
        obstacle = self.mailbox.obstacle
        with self.books.begin() as unit:
            if not obstacle:
                unit.outages.end(FILING)
                return ""
            return obstacle if unit.outages.begin(FILING, now, obstacle) else ""

    def _key(self, uid: int) -> str:
        return delivery_key(self.mailbox.account, self.mailbox.uidvalidity, uid)

    def _known_again(self, fetched: Fetched) -> bool:
        """Whether the very same bytes came from this mailbox before its UIDs were given anew."""
        account = self.mailbox.account
        here = key_prefix(account, fetched.uidvalidity)
        with self.books.begin() as unit:
            blob = hashlib.sha256(fetched.raw).hexdigest()
            kept = unit.inbox.same_bytes(blob, key_prefix(account), besides=here)
            if kept is None:
                return False
            unit.inbox.met_again(self._key(fetched.uid), kept.id)
            return True

    def _inbound(self, fetched: Fetched, now: datetime) -> Inbound:
        # What counts for lateness is when it reached the mailbox, not when we came to look (RULES 18).
        return Inbound(
            door=DOOR,
            delivery_key=delivery_key(self.mailbox.account, fetched.uidvalidity, fetched.uid),
            received_at=min(fetched.arrived_at, now),
            raw=fetched.raw,
            size=fetched.size,
            cut=fetched.cut,
        )

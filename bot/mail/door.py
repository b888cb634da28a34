"""The mail door: what lies in the mailbox is kept in the books, then the cursor moves; never the other way round."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.mail.mailbox import Fetched, Mailbox, delivery_key
from collector.domain.submission import Inbound
from collector.failpoints import Failpoint, Reached, pass_by
from collector.intake import Intake
from collector.ports import Books

DOOR = "mail"


@dataclass(frozen=True)
class MailDoor:
    """Brings new mail in. After a change of UIDVALIDITY the folder is read anew; the intake knows the copies."""

    mailbox: Mailbox
    books: Books
    intake: Intake
    reached: Reached = field(default=pass_by)

    def collect(self, now: datetime) -> int:
        """Take in what is new; how many messages were not known before. MailboxDown when the server is gone."""
        account = self.mailbox.account
        with self.books.begin() as unit:
            cursor = unit.cursors.get(account.username, account.folder)
        uidvalidity = self.mailbox.uidvalidity
        after = cursor[1] if cursor and cursor[0] == uidvalidity else 0
        kept = 0
        for fetched in self.mailbox.new_messages(after):
            self.reached(Failpoint.FETCHED)
            kept += self.intake.accept(self._inbound(fetched, now)) is not None
            with self.books.begin() as unit:
                unit.cursors.move(account.username, account.folder, uidvalidity, fetched.uid)
            self.reached(Failpoint.CURSOR_MOVED)
        return kept

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

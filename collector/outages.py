"""What does not work now, for the coordinator: said in `status` at once, and by a notice once it lasts."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from collector.books import MAILBOX, SENDING, Outage
from collector.ports import Calendar, Unit
from collector.wording import clock, weekday

#: What is back within that time is not worth a message; `status` shows it all the same.
WORTH_TELLING = timedelta(hours=1)


def outage_words(outage: Outage, calendar: Calendar) -> str:
    """One part that does not work: what, since when, why and what to do."""
    since = calendar.local(outage.since)
    when = f"since {clock(since)} {weekday(since)}"
    if outage.part == MAILBOX:
        return f"The mailbox can't be read {when}. What is sent to it waits there, nothing is lost. {outage.words}"
    if outage.part == SENDING:
        # By mail this can only arrive once it is mended.
        back = "If this reached you by email, it works again."
        return f"Mail can't be sent {when}. It waits here and is sent once that is mended. {outage.words} {back}"
    return f"Handled mail stays in the mailbox {when}. {outage.words}"


def lasting_outages(unit: Unit, calendar: Calendar, now: datetime) -> Iterator[tuple[str, str]]:
    """The outages that the coordinator is to hear of: a key for each, and the words."""
    for outage in unit.outages.all():
        if now - outage.since >= WORTH_TELLING:
            yield f"outage:{outage.part}", outage_words(outage, calendar)

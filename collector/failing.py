"""Addresses from which our mail comes back: marked by a bounce, cleared by a sign that mail reaches them again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from collector.acting import Acting, NotDone
from collector.books import AuditLine, FailingAddress, InboxRow
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.domain.submission import Machine, Opened, Refusal
from collector.ports import Calendar, Unit

#: A letter that has not come back for so long has gone through: mail servers give up after five days at most.
GONE_THROUGH = timedelta(days=6)
_LONGEST = 300


def heed_bounce(unit: Unit, opened: Opened | Refusal, now: datetime) -> None:
    """A delivery report marks the registered addresses that it says can't be reached; a delay marks none."""
    partnership = unit.plan.get()
    if partnership is None or not isinstance(opened, Opened) or opened.machine is not Machine.BOUNCE:
        return
    for bounced in opened.bounced:
        if partnership.all_known_as(bounced.address):
            address_fails(unit, bounced.address, bounced.words, now)


def address_fails(unit: Unit, address: str, said: str, now: datetime) -> None:
    """Mark an address at which a mail server says that nobody is reached, with the server's words."""
    words = " ".join(said.split())[:_LONGEST]
    if unit.addresses.fails(address.lower(), words, now):
        unit.audit.write(AuditLine(now, "collector", "address fails", address.lower(), words))


def heard_from(unit: Unit, row: InboxRow, opened: Opened | Refusal) -> None:
    """Somebody who writes from an address has it."""
    if row.door == "mail" and len(opened.senders) == 1 and unit.addresses.works(opened.senders[0]):
        why = f"message {row.id} came from it"
        unit.audit.write(AuditLine(row.received_at, "collector", "address works", opened.senders[0], why))


def address_works(acting: Acting, address: str) -> tuple[str, ...]:
    """The coordinator says that an address can be reached again."""
    if not acting.coordinates:
        raise NotDone("Only the coordinator says that an address works again. Write to the coordinator.")
    email = address.strip().strip("<>").lower()
    if not acting.unit.addresses.works(email):
        raise NotDone(f"{email} is not among the addresses that fail. Nothing was changed.")
    acting.write("address works", email, "the coordinator says so")
    return (f"{email} counts as working again.",)


def clear_gone_through(unit: Unit, now: datetime) -> None:
    """A later letter that did not come back shows that mail reaches an address again."""
    partnership = unit.plan.get()
    for held in unit.addresses.failing() if partnership else ():
        people = [one.id for one in partnership.people if one.addresses[:1] == (held.email,)] if partnership else []
        if unit.outbox.sent_between(people, held.last, now - GONE_THROUGH):
            unit.addresses.works(held.email)
            why = f"a letter sent after {held.last:%Y-%m-%d} did not come back"
            unit.audit.write(AuditLine(now, "collector", "address works", held.email, why))


def failing_lines(unit: Unit, calendar: Calendar) -> list[str]:
    """A line for each address that fails: whose it is, since when, and what its server said."""
    partnership = unit.plan.get()
    return [line for held in unit.addresses.failing() if partnership for line in _line(held, partnership, calendar)]


def _line(held: FailingAddress, partnership: Partnership, calendar: Calendar) -> Iterator[str]:
    titles = ", ".join(person.title for person in partnership.all_known_as(held.email)) or "nobody in the file any more"
    since = calendar.local(held.since)
    yield f"{held.email} ({titles}) fails since {since.day} {since:%b %Y}: {held.words or 'no reason was given'}"


def unreachable(unit: Unit) -> list[Person]:
    """Everybody in the file who has no way left by which to be written to."""
    partnership = unit.plan.get()
    failing = {held.email for held in unit.addresses.failing()}
    people = partnership.people if partnership else ()
    return [one for one in people if one.left is None and one.slack is None and failing >= set(one.addresses)]

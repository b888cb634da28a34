"""What was set aside, for the coordinator: listed, shown, accepted in somebody's name, or rejected with the reason."""

from collector.acting import Acting, NotDone
from collector.books import Aside, InboxRow, InboxState, KnownAddress
from collector.domain.people import Person
from collector.known_addresses import remember_address
from collector.ports import Calendar, Unit
from collector.screening import forwarded_people, partnership_of
from collector.wording import clock, door_words, weekday

_HOW = "To see one: show 12. To take it: accept 12, or accept 12 as who it is from. To leave it: reject 12: why."


def quarantine_lines(unit: Unit, calendar: Calendar) -> tuple[str, ...]:
    """A line for each message that waits for the coordinator."""
    return tuple(_line(unit, calendar, row) for row in unit.inbox.quarantined())


def list_quarantine(acting: Acting) -> tuple[str, ...]:
    """What waits, and what can be said about it."""
    _may(acting)
    lines = quarantine_lines(acting.unit, acting.calendar)
    return (*lines, _HOW) if lines else ("Nothing is set aside.",)


def is_plain_whose(unit: Unit, number: int) -> bool:
    """Whether a message that was set aside can be accepted without saying whose it is."""
    return _guess(unit, unit.inbox.aside(number)) is not None


def show_quarantined(acting: Acting, number: int) -> tuple[str, ...]:
    """One message as it came, with why it was set aside and whom it may be from."""
    _may(acting)
    row = _found(acting, number)
    aside = acting.unit.inbox.aside(number)
    told = [_line(acting.unit, acting.calendar, row)]
    if aside is None:
        return (*told, "It could not be opened, so there is nothing of it to show. It is kept as it came.")
    told.append(f"From: {', '.join(aside.senders) or 'nobody that can be told'}")
    if aside.subject:
        told.append(f"Subject: {aside.subject}")
    told += [f"File: {name}" for name in aside.files]
    passed = forwarded_people(partnership_of(acting.unit), aside.passed_on)
    told += [f"It passes on mail of the {person.title} ({person.organisation})." for person in passed]
    told += [line for line in aside.words.splitlines() if line.strip()]
    if row.state is not InboxState.QUARANTINED:
        return (*told, f"It is no longer set aside: {_became(row)}.")
    guess = _guess(acting.unit, aside)
    if guess is not None:
        return (*told, f"To take it as the {guess.title}'s: accept {number}. To leave it: reject {number}: why.")
    return (*told, f"To take it: accept {number} as who it is from. To leave it: reject {number}: why.")


def accept(acting: Acting, number: int, who: str = "", remember: bool = False, why: str = "") -> tuple[str, ...]:
    """Have a message read as if it could be trusted, at the time it reached us (RULES 18).

    Without `who` it is its sender's, or where nobody knows them that of the one person whose mail it passes on. With
    `remember` the address it came from is that person's from now on.
    """
    _may(acting)
    row, aside = _found(acting, number), acting.unit.inbox.aside(number)
    person = _named(acting, who) if who else _guess(acting.unit, aside)
    if row.state is not InboxState.QUARANTINED:
        raise NotDone(f"Message {number} is no longer set aside: {_became(row)}. Nothing was changed.")
    if person is None:
        raise NotDone(f"It is not clear whose message {number} is. Say it: accept {number} as the role or address.")
    told = [
        f"Message {number} is read as the {person.title}'s, as of {_when(acting, row)}. They are answered as usual."
    ]
    if remember:
        told += _remembered(acting, aside, person)
    acting.unit.inbox.reopen(number, person.id, acting.by.id)
    acting.write("message accepted", f"message {number}", f"as {person.id}{f': {why}' if why else ''}")
    return tuple(told)


def reject(acting: Acting, number: int, why: str) -> tuple[str, ...]:
    """Leave a message unread; it is kept as it came, and nobody is told."""
    _may(acting)
    row = _found(acting, number)
    if not why.strip():
        raise NotDone(f"Say why, for the books: reject {number}: not one of our partners.")
    if not acting.unit.inbox.reject(number, f"rejected by the coordinator: {why}", acting.now):
        raise NotDone(f"Message {number} is no longer set aside: {_became(row)}. Nothing was changed.")
    acting.write("message rejected", f"message {number}", why)
    return (f"Message {number} is left unread. It is kept as it came, and nobody was told.",)


def _remembered(acting: Acting, aside: Aside | None, person: Person) -> list[str]:
    if aside is None or len(aside.senders) != 1:
        return ["It names no single address, so none was remembered."]
    known = KnownAddress(aside.senders[0], person.id, acting.by.id, acting.now)
    if not remember_address(acting.unit, known):
        return [f"{known.email} is known already."]
    acting.write("address remembered", known.email, person.id)
    return [f"What comes from {known.email} is the {person.title}'s from now on."]


def _guess(unit: Unit, aside: Aside | None) -> Person | None:
    """Whose it is, where that is plain: the one person at its address, else the one whose mail it passes on."""
    if aside is None:
        return None
    partnership = partnership_of(unit)
    senders = [person for name in aside.senders for person in partnership.all_known_as(name)]
    found = senders or list(forwarded_people(partnership, aside.passed_on))
    return found[0] if len(found) == 1 else None


def _named(acting: Acting, who: str) -> Person:
    found = partnership_of(acting.unit).called(who)
    if found is None:
        raise NotDone(f"Nobody is registered as \u201c{who}\u201d: nothing was changed. Use a role or an address.")
    return found


def _found(acting: Acting, number: int) -> InboxRow:
    row = acting.unit.inbox.find(number)
    if row is None:
        raise NotDone(f"No message has the number {number}. The list of what is set aside shows the numbers.")
    return row


def _line(unit: Unit, calendar: Calendar, row: InboxRow) -> str:
    aside, when = unit.inbox.aside(row.id), calendar.local(row.received_at)
    # A member of Slack has no address: the reason names them in words.
    addresses = [each for each in aside.senders if "@" in each] if aside else []
    sender = f" from {', '.join(addresses)}" if addresses else ""
    return f"message {row.id}, {clock(when)} {weekday(when)}, {door_words(row.door)}{sender}: {row.reason}"


def _when(acting: Acting, row: InboxRow) -> str:
    local = acting.calendar.local(row.received_at)
    return f"{clock(local)} {weekday(local)}"


def _became(row: InboxRow) -> str:
    if row.state in (InboxState.WAITING, InboxState.CLAIMED):
        return "it was accepted and is being read"
    return row.reason or "it was read"


def _may(acting: Acting) -> None:
    if not acting.coordinates:
        raise NotDone("Only the coordinator decides about what was set aside. Write to the coordinator.")

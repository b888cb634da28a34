"""Several contributors at one address: which of them a message is from, and for whom its figures are."""

import re
from collections.abc import Sequence
from dataclasses import replace

from collector.domain.people import Person
from collector.domain.round import Obligation
from collector.domain.submission import Opened
from collector.our_message import our_message
from collector.ports import Unit
from collector.recording import Entry
from collector.view import RoundView

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


def which_of(unit: Unit, people: Sequence[Person], opened: Opened) -> Person | None:
    """Who of the people at an address wrote: whose message is answered, who is named, whose figures are named by code.

    Where figures of several are named it is the first of them: each may send the others'. None where nothing tells.
    """
    by_id = {person.id: person for person in people}
    ours = our_message(unit, opened, tuple(by_id))
    if ours is not None and ours.planned.person in by_id:
        return by_id[ours.planned.person]
    words = f"{opened.subject}\n{opened.text}"
    named = [person for person in people if re.search(rf"\b{re.escape(person.title)}\b", words, re.IGNORECASE)]
    if len(named) == 1:
        return named[0]
    codes = {word.upper() for word in _CODE.findall(words)}
    latest = unit.rounds.latest()
    owed = unit.rounds.obligations(latest.period, tuple(by_id)) if latest else ()
    return next((by_id[one.person] for one in owed if one.measure.upper() in codes), None)


def asked_who(people: Sequence[Person]) -> str:
    """The question to an address of several people where nothing tells who of them wrote."""
    titles = " or ".join(f"the {person.title}" for person in people)
    return (
        f"Several people write from this address, and your email does not say for whom it is: {titles}. Nothing was"
        " recorded. Answer the reminder of the one whose figures these are, or send them again with their codes or"
        f' with a line that says so: "For the {people[0].title}".'
    )


def said_for(view: RoundView, person: Person, entries: Sequence[Entry]) -> tuple[str, ...]:
    """On whose behalf figures were recorded, where their sender shares an address; nothing where they don't."""
    if not view.partnership.at_address_of(person.id):
        return ()
    lists: dict[str, list[str]] = {}
    for entry in entries:
        measure = entry.figure.reported.measure
        lists.setdefault(view.owner_of(measure), []).append(measure)
    titled = ((view.people.get(owner), codes) for owner, codes in lists.items())
    return tuple(f"On behalf of the {owner.title}: {', '.join(codes)}." for owner, codes in titled if owner)


def owed_at_address(view: RoundView, person: Person) -> list[Obligation]:
    """What is out for somebody and for everybody else at their address; the others' have no list numbers."""
    others = (owed for other in sorted(view.partnership.at_address_of(person.id)) for owed in view.outstanding(other))
    return [*view.outstanding(person.id), *(replace(owed, number=0) for owed in others)]

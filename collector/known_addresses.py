"""Addresses that the coordinator said are somebody's; they outlive loading the definition file."""

from collections.abc import Sequence
from dataclasses import replace

from collector.books import KnownAddress
from collector.domain.partnership import Partnership
from collector.ports import Unit


def with_known_addresses(partnership: Partnership, known: Sequence[KnownAddress]) -> Partnership:
    """The partnership of a file with these addresses too; one that the file gives to anybody is the file's."""
    named = {address for person in partnership.people for address in person.addresses}
    more = [each for each in known if each.email not in named and each.email != partnership.mailbox]
    if not more:
        return partnership
    people = tuple(
        replace(person, addresses=(*person.addresses, *(each.email for each in more if each.person == person.id)))
        for person in partnership.people
    )
    return replace(partnership, people=people)


def remember_address(unit: Unit, known: KnownAddress) -> bool:
    """An address is somebody's from now on; False where it is anybody's already."""
    partnership = unit.plan.get()
    if partnership is None or partnership.all_known_as(known.email) or known.email == partnership.mailbox:
        return False
    unit.addresses.remember(known)
    unit.plan.save(with_known_addresses(partnership, [known]))
    return True

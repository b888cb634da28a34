"""What the command groups share."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import read_settings
from bot.wiring import Rooms, furnish
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.ports import NotLoaded, Unit
from collector.view import RoundView, latest_view


class CommandError(Exception):
    """A command could not do what it was asked; the message says why and what to do."""


@contextmanager
def rooms() -> Iterator[Rooms]:
    """The rooms over the books that the settings name."""
    furnished = furnish(read_settings())
    try:
        yield furnished
    finally:
        furnished.books.close()


def need_partnership(found: Rooms) -> Partnership:
    """The loaded partnership."""
    if found.partnership is None:
        raise NotLoaded
    return found.partnership


def need_view(unit: Unit) -> RoundView:
    """The latest round."""
    view = latest_view(unit)
    if view is None:
        raise CommandError("No round is open yet; the service opens it by itself. See: collector remind --dry-run")
    return view


def find_person(partnership: Partnership, who: str) -> Person:
    """Somebody by id, address or role title."""
    found = partnership.called(who)
    if found is not None:
        return found
    known = ", ".join(person.id for person in partnership.people)
    raise CommandError(f"Nobody is registered as {who!r}. Use an address, a role title, or one of: {known}")

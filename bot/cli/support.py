"""What the command groups share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from bot.settings import read_settings
from bot.wiring import Rooms, furnish
from collector.acting import Acting, NotDone
from collector.domain.partnership import Partnership
from collector.domain.people import Person, Role
from collector.domain.period import Quarter
from collector.ports import NotLoaded, Unit
from collector.view import RoundView, latest_view, view_round

#: Something that is done to a round; plain lines say what was done.
Order = Callable[[Acting, RoundView], tuple[str, ...]]


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


def coordinator_of(partnership: Partnership) -> Person:
    """The coordinator, in whose name the terminal acts where nobody is named."""
    found = next(iter(partnership.with_role(Role.COORDINATOR)), None)
    if found is None:
        raise CommandError("The partnership's file names no coordinator. Name one, and load it again.")
    return found


def view_of(unit: Unit, period: str | None) -> RoundView:
    """The round that an option names, else the latest."""
    if period is None:
        return need_view(unit)
    try:
        return view_round(unit, Quarter.parse(period))
    except (ValueError, LookupError) as error:
        raise CommandError(f"{error}.") from error


def give(order: Order, by: str | None = None, period: str | None = None) -> None:
    """Give an order in one unit of work, as the coordinator or whom `by` names, and say what was done."""
    with rooms() as found:
        partnership = need_partnership(found)
        person = find_person(partnership, by) if by else coordinator_of(partnership)
        try:
            with found.books.begin() as unit:
                told = order(Acting(unit, found.calendar, found.now(), person), view_of(unit, period))
        except NotDone as error:
            raise CommandError(str(error)) from error
    for line in told:
        typer.echo(line)


def find_person(partnership: Partnership, who: str) -> Person:
    """Somebody by id, address or role title."""
    found = partnership.called(who)
    if found is not None:
        return found
    known = ", ".join(person.id for person in partnership.people)
    raise CommandError(f"Nobody is registered as {who!r}. Use an address, a role title, or one of: {known}")

"""Commands about what was set aside: list, show, accept, reject; and about addresses that fail."""

from collections.abc import Callable
from typing import Annotated

import typer

from bot.cli.support import CommandError, coordinator_of, need_partnership, rooms
from collector import quarantine
from collector.acting import Acting, NotDone
from collector.failing import address_works

_Number = Annotated[int, typer.Argument(help="the message's number, as the list shows it")]
_Why = Annotated[str, typer.Option("--why", help="the reason; it stays in the books")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="See what was set aside, take it or leave it.", no_args_is_help=True)
    group.command("list", short_help="Show what was set aside, and why.")(list_command)
    group.command("show", short_help="Show one message that was set aside.")(show_command)
    group.command("accept", short_help="Have a message read as if it could be trusted.")(accept_command)
    group.command("reject", short_help="Leave a message unread.")(reject_command)
    group.command("address-works", short_help="Say that an address that failed can be reached again.")(works_command)
    app.add_typer(group, name="quarantine", short_help="What was set aside for the coordinator.")


def list_command() -> None:
    """Show what was set aside, with the number of each message."""
    give_order(quarantine.list_quarantine)


def show_command(number: _Number) -> None:
    """Show one message: who it is from, its words and files, and why it was set aside."""
    give_order(lambda acting: quarantine.show_quarantined(acting, number))


def accept_command(
    number: _Number,
    who: Annotated[str, typer.Option("--as", help="whose it is: id, address or role title")] = "",
    remember: Annotated[bool, typer.Option("--remember", help="its address is theirs from now on")] = False,
    why: _Why = "",
) -> None:
    """Have a message read as if it could be trusted, as of when it reached us; the running service reads it."""
    give_order(lambda acting: quarantine.accept(acting, number, who, remember, why))


def reject_command(number: _Number, why: _Why = "") -> None:
    """Leave a message unread; it is kept as it came, and nobody is told."""
    give_order(lambda acting: quarantine.reject(acting, number, why))


def works_command(address: Annotated[str, typer.Argument(help="the address")]) -> None:
    """Say that an address from which mail came back can be reached again."""
    give_order(lambda acting: address_works(acting, address))


def give_order(order: Callable[[Acting], tuple[str, ...]]) -> None:
    """Give an order as the coordinator; no round need be open for it."""
    with rooms() as found:
        coordinator = coordinator_of(need_partnership(found))
        try:
            with found.books.begin() as unit:
                told = order(Acting(unit, found.calendar, found.now(), coordinator))
        except NotDone as error:
            raise CommandError(str(error)) from error
    for line in told:
        typer.echo(line)

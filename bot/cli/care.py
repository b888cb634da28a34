"""Commands about what must not be kept: purge, retention."""

from typing import Annotated

import typer

from bot.cli.quarantine import give_order
from bot.cli.support import need_partnership, rooms
from collector.purging import purge
from collector.retaining import let_go, preview


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("purge", short_help="Remove a message that should never have been sent, everywhere.")(purge_command)
    app.command("retention", short_help="Let go what has been kept long enough; --dry-run shows it.")(retention_command)


def purge_command(
    number: Annotated[int, typer.Argument(help="the message's number, as status and history show it")],
    why: Annotated[str, typer.Option("--why", help="the reason; it stays in the books")] = "",
) -> None:
    """Remove a message, its files, what the books quote of it, and our letters that quote it; hash and reason stay."""
    give_order(lambda acting: purge(acting, number, why))


def retention_command(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only show what would go")] = False,
) -> None:
    """Let go what has been kept for longer than the definition file says (the running service does so every day)."""
    with rooms() as found:
        need_partnership(found)
        count, now = 0, found.now()
        with found.books.begin() as unit:
            lines = preview(unit, found.calendar, now)
        for line in lines:
            typer.echo(line)
        while not dry_run:
            with found.books.begin() as unit:
                gone = let_go(unit, now)
            count += gone
            if gone == 0:
                break
    if not dry_run:
        typer.echo(f"{count} removed; each is in the audit trail.")

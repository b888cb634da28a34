"""Commands about what waits for the coordinator's release (RULES 22)."""

from typing import Annotated

import typer

from bot.cli.support import CommandError, give, need_partnership, need_view, rooms
from collector import releasing

Message = Annotated[int, typer.Argument(help="the message's number, as the list shows it")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help="See what waits for release, let it go, hold it back, drop it.", no_args_is_help=True)
    group.command("list", short_help="Show what waits for release.")(list_command)
    group.command("send", short_help="Let one message go, or all.")(send_command)
    group.command("hold", short_help="Hold back a message that has not gone yet.")(hold_command)
    group.command("cover", short_help="Put a sentence before a message that waits.")(cover_command)
    group.command("drop", short_help="Drop a message that waits.")(drop_command)
    app.add_typer(group, name="release", short_help="Let go what waits for the coordinator.")


def list_command() -> None:
    """Show what waits for the coordinator, with the number of each message."""
    with rooms() as found:
        need_partnership(found)
        with found.books.begin() as unit:
            rows = releasing.held(unit)
            lines = releasing.waiting_lines(rows, need_view(unit)) if rows else ["Nothing waits for release."]
    for line in lines:
        typer.echo(line)


def send_command(
    message: Annotated[int | None, typer.Argument(help="the message's number, as the list shows it")] = None,
    everything: Annotated[bool, typer.Option("--all", help="all that wait")] = False,
) -> None:
    """Let a message go, or all of them: the running service sends them in office hours."""
    if everything == (message is not None):
        raise CommandError("Say which message, or --all. To see them: collector release list")
    give(releasing.release_all if message is None else lambda acting, view: releasing.release(acting, view, message))


def hold_command(message: Message) -> None:
    """Hold back a message that is planned and has not gone yet."""
    give(lambda acting, view: releasing.hold(acting, view, message))


def cover_command(message: Message, words: Annotated[str, typer.Argument(help="one sentence; empty for none")]) -> None:
    """Put a covering sentence before a message that waits."""
    give(lambda acting, view: releasing.cover(acting, view, message, words))


def drop_command(message: Message, why: Annotated[str, typer.Option(help="why, for the audit trail")] = "") -> None:
    """Drop a message that waits: it goes to nobody."""
    give(lambda acting, view: releasing.drop(acting, view, message, why))

"""Commands about targets: what their wording means, and who has confirmed it."""

from typing import Annotated

import typer

from bot.cli.support import CommandError, find_person, need_partnership, rooms
from collector.confirming import NotConfirmed, TargetLine, confirm, listed, meaning
from collector.domain.period import Quarter
from collector.domain.target import Comparator


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="What the targets of the plan mean, and confirming it.")
    group.command("list", short_help="Show every target with what it means and who confirmed it.")(list_command)
    group.command("confirm", short_help="Confirm what the wording of a target means.")(confirm_command)
    app.add_typer(group, name="targets", short_help="Show what the targets mean; confirm it.")


def list_command(
    to_confirm: Annotated[bool, typer.Option("--open", help="only those that nobody has confirmed")] = False,
) -> None:
    """Show every target in force: its wording, what it means, and who has confirmed it."""
    with rooms() as found:
        today = found.calendar.local(found.now()).date()
        with found.books.begin() as unit:
            opened = unit.rounds.latest()
        since = opened.period if opened else Quarter.containing(today)
        lines = listed(need_partnership(found), since)
    for line in lines:
        if line.open or not to_confirm:
            typer.echo(_words(line))
    waiting = [line for line in lines if line.open]
    if waiting:
        typer.echo(
            f"{len(waiting)} without effect until confirmed. To confirm one: collector targets confirm CODE --by WHO"
        )
    else:
        typer.echo("Every target is confirmed.")


def _words(line: TargetLine) -> str:
    definition = line.definition
    head = f"{definition.code} from {definition.from_period.key}, {definition.short}"
    worded = definition.target.wording and definition.target.comparator is not Comparator.MILESTONE
    wording = f"\u201c{definition.target.wording}\u201d: " if worded else ""
    return f"{head}: {wording}{line.meaning}\n  {line.state}"


def confirm_command(
    code: Annotated[str, typer.Argument(help="the measure's code, like NI196a")],
    by: Annotated[str, typer.Option("--by", help="who confirms it: id, address or role title")],
    since: Annotated[
        str | None, typer.Option("--from", help="which of its definitions, by its quarter, like 2015-16Q1")
    ] = None,
    why: Annotated[str, typer.Option(help="where or why it was agreed, for the audit trail")] = "",
) -> None:
    """Confirm what the wording of a target means; from then on figures have a colour against it."""
    with rooms() as found:
        person = find_person(need_partnership(found), by)
        now = found.now()
        try:
            period = Quarter.parse(since) if since else None
            confirmed = confirm(found.books, code, person, why, now, found.calendar.local(now).date(), period)
        except (NotConfirmed, ValueError) as error:
            raise CommandError(str(error)) from error
    words = f"\u201c{confirmed.target.wording}\u201d: {meaning(confirmed)}"
    typer.echo(f"Confirmed by {person.title}: {confirmed.code}, {words}")

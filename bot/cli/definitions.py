"""Commands that take the definitions out to a workbook and back in, with a preview of what would change."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import need_free
from bot.cli.support import CommandError, coordinator_of, need_partnership, rooms
from bot.wiring import Rooms
from collector.acting import Acting, NotDone
from collector.definition_changes import change_definitions, next_round, preview
from collector.definition_sheets import definitions_booklet
from collector.domain.came_back import CameBack
from collector.domain.period import Quarter
from collector.domain.submission import Refusal
from parsers.guard import guarded
from parsers.workbook import read_definitions, write_booklet
from parsers.workbook.package import MOST_BYTES

_SINCE = typer.Option("--from", help="the quarter from which changes hold, like 2015-16Q3; usually the next round")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="The definitions out to a workbook, and back in with a preview.")
    group.command("out", short_help="Write indicators, people, priorities and timetable to a workbook.")(out_command)
    group.command("in", short_help="Show what a workbook would change, and change it with --yes.")(in_command)
    app.add_typer(group, name="definitions", short_help="Take the definitions out to a workbook, and back in.")


def out_command(
    file: Annotated[Path, typer.Argument(help="the workbook to write (.xlsx)")],
    since: Annotated[str | None, _SINCE] = None,
    force: Annotated[bool, typer.Option("--force", help="write over a file that is there")] = False,
) -> None:
    """Write what is in force from the next round on to a workbook that can be changed and taken back in."""
    if file.suffix.lower() != ".xlsx":
        raise CommandError(f"The file is an Excel workbook: give it a name like {file.with_suffix('.xlsx').name}")
    need_free(file, force)
    with rooms() as found:
        partnership = need_partnership(found)
        start = _quarter(since) or _next(found)
        file.write_bytes(write_booklet(definitions_booklet(partnership, start, found.calendar, found.now())))
    typer.echo(
        f"Written: {file}, what holds from {start}. To see what changes in it do: collector definitions in {file}"
    )


def in_command(
    file: Annotated[Path, typer.Argument(help="the workbook that was changed (.xlsx)")],
    since: Annotated[str | None, _SINCE] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only show what would change (as without --yes)")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="change it")] = False,
    why: Annotated[str, typer.Option(help="why, for the audit trail: SEG 12 Jan 2016")] = "",
) -> None:
    """Show what a workbook would change, all problems at once; nothing is changed without --yes."""
    if yes and dry_run:
        raise CommandError("Say --dry-run to see what would change, or --yes to change it.")
    raw = file.read_bytes()
    if len(raw) > MOST_BYTES:
        raise CommandError(f"{file} is too large for a workbook of definitions.")
    came = guarded(read_definitions, file.name, raw)
    if isinstance(came, Refusal):
        raise CommandError(came.words)
    with rooms() as found:
        need_partnership(found)
        start = _quarter(since)
        if yes:
            _change(found, came, start, why, raw)
        else:
            _show(found, came, start, why)


def _show(found: Rooms, came: CameBack, since: Quarter | None, why: str) -> None:
    with found.books.begin() as unit:
        opened = unit.rounds.latest()
    seen = preview(need_partnership(found), came, opened.period if opened else None, since, why)
    if seen.problems:
        raise CommandError("\n".join([*seen.problems, "Nothing was changed."]))
    for line in seen.lines:
        typer.echo(line)
    if seen.changes:
        count = len(seen.changes)
        typer.echo(f"{count} {'change' if count == 1 else 'changes'}; nothing is changed yet. To change it, say --yes")


def _change(found: Rooms, came: CameBack, since: Quarter | None, why: str, raw: bytes) -> None:
    coordinator = coordinator_of(need_partnership(found))
    try:
        with found.books.begin() as unit:
            told = change_definitions(Acting(unit, found.calendar, found.now(), coordinator), came, since, why, raw)
    except NotDone as error:
        raise CommandError(f"{error}\nNothing was changed.") from error
    for line in told:
        typer.echo(line)


def _next(found: Rooms) -> Quarter:
    with found.books.begin() as unit:
        return next_round(unit, found.calendar, found.now())


def _quarter(text: str | None) -> Quarter | None:
    try:
        return Quarter.parse(text) if text else None
    except ValueError as error:
        raise CommandError(str(error)) from error

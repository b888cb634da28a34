"""Commands that show the books: the whole round as a workbook, and one figure from bytes to report."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import need_free
from bot.cli.support import CommandError, need_partnership, need_view, rooms
from collector.exporting import NoSuchRange, export, quarters_of
from collector.history import NoSuchMeasure, histories
from collector.history_words import facts, lines
from parsers.workbook import write_booklet


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export", short_help="Write the whole round to an Excel workbook.")(export_command)
    app.command("history", short_help="Show one figure from bytes to report.")(history_command)


def export_command(
    file: Annotated[Path, typer.Argument(help="the workbook to write (.xlsx)")],
    period: Annotated[
        str | None, typer.Option("--period", help="a quarter, or a range like 2014-15Q3..2015-16Q2; the latest round")
    ] = None,
    without_officers: Annotated[
        bool,
        typer.Option("--without-officers", help="fit to be passed on: organisations only, colours once signed off"),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="write over a file that is there")] = False,
) -> None:
    """Write the whole round to an Excel workbook: what is in, every version, open questions, requests, audit."""
    if file.suffix.lower() != ".xlsx":
        raise CommandError(f"The file is an Excel workbook: give it a name like {file.with_suffix('.xlsx').name}")
    need_free(file, force)
    with rooms() as found:
        need_partnership(found)
        with found.books.begin() as unit:
            try:
                quarters = quarters_of(period) if period else (need_view(unit).round.period,)
            except NoSuchRange as error:
                raise CommandError(str(error)) from error
            booklet = export(unit, found.calendar, found.now(), quarters, officers=not without_officers)
    file.write_bytes(write_booklet(booklet))
    typer.echo(f"Written: {file}, {booklet.period}, {len(booklet.pages)} sheets")
    named = [page.name for page in booklet.pages if page.for_coordinator]
    if named:
        typer.echo(f"{', '.join(named)} name officers and are for the coordinator. To pass it on: --without-officers")


def history_command(
    code: Annotated[str, typer.Argument(help="the code of a measure or an indicator, like DA06")],
    period: Annotated[
        str | None, typer.Option("--period", help="a quarter, or a range like 2015-16Q1..2015-16Q2; the latest round")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="one JSON object a line for each measure and quarter")
    ] = False,
) -> None:
    """Show one figure from bytes to report: what came in, what was read, asked, recorded, judged and sent, and when."""
    with rooms() as found:
        need_partnership(found)
        with found.books.begin() as unit:
            try:
                quarters = quarters_of(period) if period else (need_view(unit).round.period,)
                shown = [one for each in quarters for one in histories(unit, found.calendar, code, each)]
            except (NoSuchRange, NoSuchMeasure) as error:
                raise CommandError(str(error)) from error
    if as_json:
        for one in shown:
            typer.echo(json.dumps(facts(one), ensure_ascii=False))
        return
    typer.echo("\n\n".join("\n".join(lines(one)) for one in shown))

"""The command that lets figures out of the partnership's door: the public export, with small counts suppressed."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import form_of, need_free
from bot.cli.public_tables import as_csv, as_html
from bot.cli.support import CommandError, coordinator_of, need_partnership, rooms
from collector.acting import Acting, NotDone
from collector.booklet import Booklet
from collector.exporting import NoSuchRange, quarters_of
from collector.publishing import SUPPRESSED, publish
from parsers.workbook import write_booklet


class Format(StrEnum):
    """What the public table is written as."""

    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("publish", short_help="Write the figures for the public, small counts suppressed.")(publish_command)


def publish_command(
    period: Annotated[str, typer.Option("--period", help="a quarter, or a range like 2014-15Q3..2015-16Q2; locked")],
    output: Annotated[Path, typer.Option("--output", help="the file to write")],
    form: Annotated[Format | None, typer.Option("--format", help="by the file's ending where it is not given")] = None,
    agreed: Annotated[
        str, typer.Option("--agreed", help="before an election: when and how the monitoring officer agreed")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="write over a file that is there")] = False,
) -> None:
    """Write the locked figures for the public by the rules under publication in the definition file."""
    chosen = form_of(Format, form, output)
    need_free(output, force)
    with rooms() as found:
        person = coordinator_of(need_partnership(found))
        try:
            with found.books.begin() as unit:
                acting = Acting(unit, found.calendar, found.now(), person)
                published = publish(acting, quarters_of(period), agreed.strip())
                output.write_bytes(_made(published.booklet, chosen))
        except (NoSuchRange, NotDone) as error:
            raise CommandError(str(error)) from error
    booklet = published.booklet
    page = booklet.pages[0]
    count = sum(SUPPRESSED in row for row in page.rows)
    typer.echo(f"Written: {output}, {booklet.period}: {len(page.rows)} rows, {count} suppressed ({SUPPRESSED})")
    for line in (*page.about, *filter(None, [published.told])):
        typer.echo(line)


def _made(booklet: Booklet, form: Format) -> bytes:
    match form:
        case Format.XLSX:
            return write_booklet(booklet)
        case Format.HTML:
            return as_html(booklet).encode()
        case Format.CSV:
            # The mark at the start tells a spreadsheet program that this is UTF-8.
            return as_csv(booklet).encode("utf-8-sig")

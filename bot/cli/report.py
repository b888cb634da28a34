"""The command that writes the quarter's report."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import form_of, need_free
from bot.cli.support import CommandError, need_partnership, need_view, rooms
from bot.report.page import html_of
from bot.report.pages import booklet_of
from bot.report.table import csv_of, metadata_of
from bot.report.word import docx_of
from collector.exporting import NoSuchRange, quarters_of
from collector.report import Report
from collector.reporting import NothingToReport, report_of
from parsers.published_csv import read_published
from parsers.workbook import write_booklet


class Format(StrEnum):
    """What a report can be written as."""

    DOCX = "docx"
    HTML = "html"
    XLSX = "xlsx"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report", short_help="Write the quarter's report, or the scrutiny pack of several.")(report_command)


def report_command(
    output: Annotated[Path, typer.Option("--output", help="the file to write")],
    form: Annotated[Format | None, typer.Option("--format", help="by the file's ending where it is not given")] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="a quarter, or a range like 2014-15Q3..2015-16Q2; the latest round")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="the last quarter, where --period names the first")] = None,
    published: Annotated[
        Path | None, typer.Option("--published", help="a CSV file of what was printed before, held against the books")
    ] = None,
    commentary: Annotated[
        bool, typer.Option("--commentary", help="print senders' own words too, marked as unedited")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="write over a file that is there")] = False,
) -> None:
    """Write the report for SEG, or the scrutiny pack of several quarters; a draft says what is missing."""
    if to and not period:
        raise CommandError("--to is the last quarter of a range: name the first with --period")
    asked = f"{period}..{to}" if to else period
    chosen = form_of(Format, form, output)
    written = [output, *([_beside(output)] if chosen is Format.CSV else [])]
    for file in written:
        need_free(file, force)
    printed = read_published(published) if published else ()
    with rooms() as found:
        need_partnership(found)
        with found.books.begin() as unit:
            try:
                quarters = quarters_of(asked) if asked else (need_view(unit).round.period,)
                report = report_of(unit, found.calendar, found.now(), quarters, printed, commentary)
            except (NoSuchRange, NothingToReport) as error:
                raise CommandError(str(error)) from error
    for file, raw in zip(written, _rendered(report, chosen, output), strict=True):
        file.write_bytes(raw)
        typer.echo(f"Written: {file}")
    typer.echo(_told(report))


def _beside(output: Path) -> Path:
    """Where CSV on the Web looks for what explains a table."""
    return output.with_name(f"{output.name}-metadata.json")


def _rendered(report: Report, form: Format, output: Path) -> tuple[bytes, ...]:
    match form:
        case Format.DOCX:
            return (docx_of(report),)
        case Format.HTML:
            return (html_of(report),)
        case Format.XLSX:
            return (write_booklet(booklet_of(report)),)
        case Format.CSV:
            return csv_of(report), metadata_of(report, output.name)


def _told(report: Report) -> str:
    indicators = " and ".join(str(part.indicators) for part in report.parts)
    found = f"{indicators} indicators, {len(report.findings)} findings"
    if not report.draft:
        return f"{report.period}: {found}."
    return f"{report.period}: {found}. It is a draft:\n" + "\n".join(f"  {line}" for line in report.missing)

"""Commands that put things on the books: load, ingest, record."""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.support import CommandError, find_person, need_partnership, rooms
from bot.settings import read_settings
from bot.wiring import Rooms, furnish
from collector.answers import ENTERED_FOR_YOU
from collector.books import AuditLine, InboxRow, InboxState, Outcome
from collector.domain.partnership import Partnership
from collector.domain.period import Quarter
from collector.domain.round import Round
from collector.domain.submission import Inbound
from collector.handing_over import differences
from collector.intake import Processed
from collector.loading import changes, load
from collector.on_behalf import enter
from collector.questions import text_of
from collector.rounds import next_opening, owed_in
from collector.summary import figure_facts
from collector.timetable import check_timetable
from collector.view import view_round
from collector.wording import figure_words
from parsers.partnership import read_partnership
from scheduler.calendar import WorkingDays
from storage.books import open_books

MEDWAY = Path(__file__).parents[2] / "examples" / "medway" / "medway.yaml"
#: How the audit trail names what was done here.
TERMINAL = "coordinator (terminal)"
#: A file larger than this is kept as its beginning only, like a mail.
MOST_BYTES = 25 * 1024 * 1024
KEPT_OF_TOO_BIG = 64 * 1024


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("load", short_help="Load a partnership's definitions, people and history.")(load_command)
    app.command("ingest", short_help="Take in mails, texts or workbooks from files.")(ingest_command)
    app.command("record", short_help="Enter a figure that was said by telephone or in a meeting.")(record_command)


def load_command(
    file: Annotated[Path, typer.Argument(help="the partnership's definition file (YAML)")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only show what would change")] = False,
) -> None:
    """Load a partnership's definitions, people and history; shows what changes before it changes it."""
    partnership = read_checked(file)
    with rooms() as found:
        kept = differences(found.books, partnership)
        if dry_run:
            told = changes(found.books, partnership)
        else:
            told = load(found.books, partnership, sources_of(file, partnership), found.now(), TERMINAL)
        with found.books.begin() as unit:
            opening = next_opening(unit, WorkingDays(partnership.timetable), found.now())
    for line in [*told, *(f"kept from the books: {line}" for line in kept)]:
        typer.echo(line)
    state = "would change" if dry_run else "changed"
    typer.echo(f"{len(told)} {state}." if told else "Nothing changes: the books hold this already.")
    if opening and not dry_run:
        typer.echo(opening)


def read_checked(file: Path) -> Partnership:
    """The partnership that a file describes, its dates checked with its own calendar (RULES 17).

    ParsersError and WrongTimetable say what is wrong.
    """
    partnership = read_partnership(file)
    check_timetable(partnership, WorkingDays(partnership.timetable))
    return partnership


def sources_of(file: Path, partnership: Partnership) -> dict[str, bytes]:
    """The bytes of a definition file and of the history beside it."""
    sources = {"definitions": file.read_bytes()}
    if partnership.history_file:
        sources["history"] = (file.parent / partnership.history_file).read_bytes()
    return sources


def ingest_command(
    files: Annotated[list[Path], typer.Argument(help="mails (.eml), plain texts or workbooks (.xlsx)")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="read into memory only; the books stay as they are")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object a line for each file")] = False,
    sender: Annotated[str | None, typer.Option("--from", help="who sent them: id, address or role title")] = None,
    partnership: Annotated[
        Path | None, typer.Option(help="with --dry-run: a definition file other than Medway's example")
    ] = None,
) -> None:
    """Take files in as if they had arrived at a door; what was read, asked or refused is told for each."""
    if partnership is not None and not dry_run:
        raise CommandError("--partnership goes with --dry-run. To use a definition file for good: collector load FILE")
    if dry_run:
        found = in_memory(partnership or MEDWAY)
    else:
        found = furnish(read_settings())
        need_partnership(found)
    try:
        person = find_person(need_partnership(found), sender).id if sender else None
        for file in files:
            told = _told(found, file, _ingest(found, file, person, dry_run))
            typer.echo(json.dumps(told, ensure_ascii=False) if as_json else _line(told))
            sys.stdout.flush()
    finally:
        found.books.close()


def in_memory(definitions: Path) -> Rooms:
    """Rooms over books in memory, with a partnership loaded and the round after its history open."""
    partnership = read_checked(definitions)
    books = open_books("sqlite://")
    calendar = WorkingDays(partnership.timetable)
    period = _next_period(partnership)
    opens = calendar.opens(period)
    load(books, partnership, sources_of(definitions, partnership), opens, "dry run")
    with books.begin() as unit:
        unit.rounds.open(Round(period, opens, calendar.due(period)), owed_in(partnership, period))
    settings = read_settings(collector_clock=opens + timedelta(hours=1), database_url="sqlite://")
    return furnish(settings, books)


def _next_period(partnership: Partnership) -> Quarter:
    """The quarter after the last one in the history; without a history, the latest that a definition starts in."""
    reported = [past.period for past in partnership.history]
    return max(reported).next if reported else max(d.from_period for d in partnership.definitions)


@dataclass(frozen=True)
class _Ingested:
    processed: Processed | None
    outcome: str
    reason: str


def _ingest(found: Rooms, file: Path, person: str | None, again: bool) -> _Ingested:
    try:
        size = file.stat().st_size
        with file.open("rb") as stream:
            raw = stream.read(size if size <= MOST_BYTES else KEPT_OF_TOO_BIG)
    except OSError as error:
        return _Ingested(None, Outcome.REFUSED.value, f"The file can't be read: {error.strerror}.")
    key = f"file:{hashlib.sha256(raw).hexdigest()}"
    inbound = Inbound("file", key, found.now(), raw, size, cut=size > MOST_BYTES, claimed_sender=person)
    row = found.intake.accept(inbound) or _named_now(found, key, person)
    if row is None:
        return _Ingested(None, Outcome.IGNORED.value, "This file was taken in before.")
    processed = _processed(found, row.id)
    if processed is None or processed.outcome is None:
        return _Ingested(None, Outcome.REFUSED.value, "Another worker took it; see collector status.")
    return _Ingested(processed, processed.outcome.value, processed.reason)


def _named_now(found: Rooms, key: str, person: str | None) -> InboxRow | None:
    """A file that was set aside because nobody knew who sent it, and now its sender is said."""
    with found.books.begin() as unit:
        row = unit.inbox.by_key(key)
        if row is None or person is None or row.state is not InboxState.QUARANTINED or row.person is not None:
            return None
        unit.inbox.reopen(row.id, person)
        unit.audit.write(AuditLine(found.now(), TERMINAL, "sender named", key, person))
        return row


def _processed(found: Rooms, row: int) -> Processed | None:
    """Bring one row to its end, and no other: what came by mail is the service's."""
    processed = found.intake.process_next(found.now(), only=row)
    while processed is not None and processed.outcome is None:
        processed = found.intake.process_next(found.now(), only=row)
    return processed


def _told(found: Rooms, file: Path, ingested: _Ingested) -> dict[str, Any]:
    processed = ingested.processed
    figures: list[dict[str, object]] = []
    queries: list[dict[str, str]] = []
    if processed is not None and (processed.entries or processed.questions):
        with found.books.begin() as unit:
            view = view_round(unit, _period_of(processed))
        figures = [figure_facts(view, entry.figure) for entry in processed.entries]
        queries = [{"indicator": query.measure, "text": text_of(query)} for query in processed.questions]
    return {
        "file": str(file),
        "outcome": ingested.outcome,
        "reason": ingested.reason,
        "figures": figures,
        "queries": queries,
    }


def _period_of(processed: Processed) -> Quarter:
    return processed.questions[0].period if processed.questions else processed.entries[0].figure.reported.period


def _line(told: dict[str, Any]) -> str:
    lines = [f"{told['file']}: {told['outcome']} - {told['reason']}"]
    lines += [f"  {figure['code']}: {_short(figure)}" for figure in told["figures"]]
    lines += [f"  {query['indicator']}: {query['text']}" for query in told["queries"]]
    return "\n".join(lines)


def _short(figure: dict[str, Any]) -> str:
    return str(figure["status"]) if figure["value"] is None else f"{figure['value']} ({figure['status']})"


def record_command(
    code: Annotated[str, typer.Argument(help="the indicator's code, like DA06")],
    value: Annotated[str, typer.Argument(help="the figure as it was said: 153, '28.8% (15 of 52)', 'not available'")],
    said_by: Annotated[str, typer.Option("--said-by", help="who said it: id, address or role title")],
    how: Annotated[str, typer.Option(help="where it was said")] = "by telephone",
) -> None:
    """Enter a figure for somebody who gave it by telephone or in a meeting; they are sent a confirmation."""
    with rooms() as found:
        person = find_person(need_partnership(found), said_by)
        now = found.now()
        with found.books.begin() as unit:
            row = enter(unit, person, f"{code}: {value}", now, TERMINAL, how)
        _tell_recorded(found, _processed(found, row.id) if row else None, person.title, how)


def _tell_recorded(found: Rooms, processed: Processed | None, title: str, how: str) -> None:
    if processed is None or processed.outcome is None:
        raise CommandError("The entry is kept but not read yet; the running service will take it up.")
    told: Sequence[str] = [text_of(query) for query in processed.questions]
    if processed.entries:
        reported = processed.entries[0].figure.reported
        definition = need_partnership(found).in_force(reported.period)[reported.measure]
        words = figure_words(reported, definition.unit)
        typer.echo(f"Recorded {reported.measure} {words}, said {how} by {title}; a confirmation goes to them.")
    for line in [*told, *(note for note in processed.notes if note != ENTERED_FOR_YOU)]:
        typer.echo(line)
    if not processed.entries and not processed.waiting:
        also = " The question goes to them too." if processed.questions else ""
        raise CommandError(f"Nothing was recorded.{also}")

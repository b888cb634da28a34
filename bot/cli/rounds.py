"""Commands about the round: status, remind, digest."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.support import CommandError, need_partnership, need_view, rooms
from bot.wiring import Rooms, letters_of
from collector import mail_care
from collector.books import InboxRow
from collector.completeness import by_priority
from collector.domain.period import Quarter
from collector.forecast import forecast
from collector.held_words import waiting_lines, words_waiting
from collector.outages import outage_words
from collector.summary import board, digest
from collector.timetable import steps_of
from collector.view import RoundView, latest_view
from collector.weekly import digest_since
from collector.wording import clock, on_day, weekday

_FORECAST_DAYS = 30


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("status", short_help="Show what is in, what is out, and what was set aside.")(status_command)
    app.command("timetable", short_help="Show the dates of the rounds, backwards from the papers.")(timetable_command)
    app.command("remind", short_help="Plan what is due; --dry-run shows the next 30 days.")(remind_command)
    app.command("digest", short_help="Show the chair's digest as it would go now.")(digest_command)


def status_command() -> None:
    """Show the round: what is in, what is out and with whom, what is being asked, what waits for the coordinator."""
    with rooms() as found:
        need_partnership(found)
        with found.books.begin() as unit:
            view = latest_view(unit)
            aside, waiting = list(unit.inbox.quarantined()), unit.inbox.waiting()
            outages = [outage_words(one, found.calendar) for one in unit.outages.all()]
            about_mail = mail_care.status_lines(unit, found.calendar)
            about_words = waiting_lines(view, words_waiting(unit)) if view else []
        for words in outages:
            typer.echo(words)
        if view is None:
            typer.echo("No round is open yet.")
        else:
            _show_round(view, found)
        _show_odd(aside, waiting)
        for line in (*about_words, *about_mail):
            typer.echo(line)


def _show_round(view: RoundView, found: Rooms) -> None:
    local = found.calendar.local(found.now())
    state = board(view, local)
    due = found.calendar.local(view.round.due)
    typer.echo(f"{view.round.period}, due {clock(due)} {weekday(due)}: {state.received} of {state.owed} in")
    for counted in by_priority(view, found.calendar, found.now()):
        typer.echo(f"  {counted.name}: {counted.words}")
    for line in state.awaiting_source:
        typer.echo(f"  awaiting source: {line}")
    for line in state.to_decide:
        typer.echo(f"  for SEG to decide: {line}")
    for person in view.partnership.people:
        # What its source has not published yet is told above, and nobody can be late with it.
        definitions, today = view.definitions, local.date()
        out = [o for o in view.outstanding(person.id) if definitions[o.measure].published(o.period) <= today]
        if out:
            codes = ", ".join(owed.measure + ("?" if owed.measure in view.open_queries else "") for owed in out)
            typer.echo(f"  outstanding: {person.title} ({person.organisation}): {codes}")
    for query in view.open_queries.values():
        typer.echo(f"  asked, no answer yet: {query.measure}: {' '.join(query.reasons)}")


def _show_odd(aside: list[InboxRow], waiting: int) -> None:
    if waiting:
        typer.echo(f"{waiting} to be read")
    for row in aside:
        typer.echo(f"set aside: message {row.id}: {row.reason}")


def timetable_command() -> None:
    """Show the dates of this round and the next ones, from opening to SEG."""
    with rooms() as found:
        timetable = need_partnership(found).timetable
        today = found.calendar.local(found.now()).date()
        current = Quarter.containing(today).previous
        coming = {papers.period for papers in timetable.papers if papers.period > current}
        for period in sorted({current, current.next, *coming}):
            typer.echo(f"{period}")
            for name, when in steps_of(found.calendar.dates(period)):
                left = found.calendar.working_days_between(today, when)
                typer.echo(f"  {name}: {on_day(when)}{f', in {left} working days' if left > 1 else ''}")


def remind_command(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="show what would go in the next 30 days, with its reason; plan nothing")
    ] = False,
) -> None:
    """Plan the messages that are due now (the running service does this by itself and sends them)."""
    with rooms() as found:
        need_partnership(found)
        if dry_run:
            _show_forecast(found)
            return
        ticked = found.clock.tick(found.now())
        if ticked.opened:
            typer.echo(f"Opened {ticked.opened.period}")
        for planned in ticked.planned:
            typer.echo(f"{type(planned.message).__name__.lower()} to {planned.person}")
        typer.echo(f"{len(ticked.planned)} planned; the running service sends them.")


def _show_forecast(found: Rooms) -> None:
    now = found.now()
    expected = forecast(found.books, found.calendar, now, now + timedelta(days=_FORECAST_DAYS))
    for one in expected:
        at = found.calendar.local(one.at)
        typer.echo(f"{weekday(at)} {at:%H:%M}  {one.to}: {one.what} ({one.why})")
    if not expected:
        typer.echo(f"Nothing is due in the next {_FORECAST_DAYS} days.")


def digest_command(
    preview: Annotated[bool, typer.Option("--preview", help="show what would go now; send nothing")] = False,
    html: Annotated[Path | None, typer.Option(help="also write the page as HTML to this file")] = None,
) -> None:
    """Show the chair's digest as it would go now (the running service sends it every week by itself)."""
    if not preview:
        raise CommandError("The running service sends the digest by itself. To see it now: collector digest --preview")
    with rooms() as found:
        partnership = need_partnership(found)
        with found.books.begin() as unit:
            view = need_view(unit)
            since = digest_since(unit, view)
        message = digest(view, found.calendar.local(found.now()), since)
    seen = letters_of(partnership).preview(message)
    typer.echo(f"{seen.subject}\n\n{seen.text}")
    if html is not None:
        html.write_text(seen.page, encoding="utf-8")
        typer.echo(f"Written: {html}", err=True)

"""The command that checks what others write about the figures: a committee paper or a press line (RULES 31)."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import need_free
from bot.cli.support import CommandError, need_partnership, need_view, rooms
from collector.domain.draft import Draft, Verdict
from collector.domain.round import RoundState
from collector.domain.submission import Refusal
from collector.draft_check import Finding, asked_of, check_draft
from collector.past_view import view_quarter
from collector.ports import Calendar, Unit
from collector.view import RoundView
from parsers.draft_claims import statements
from parsers.drafts import Remark, as_word, commented, read_draft
from parsers.guard import guarded


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check-draft", short_help="Hold what a paper says against the locked figures.")(check_draft_command)


def check_draft_command(
    file: Annotated[Path, typer.Argument(help="the paper: .docx, .txt or .md")],
    output: Annotated[
        Path | None, typer.Option("--output", help="also write it as a Word document with comments (.docx)")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="write over a file that is there")] = False,
) -> None:
    """Hold every sentence of a paper with a number or a direction against the locked figures, and leave none out."""
    if output is not None and output.suffix.lower() != ".docx":
        raise CommandError(f"The comments are in a Word document: name it like {output.with_suffix('.docx').name}")
    if output:
        need_free(output, force)
    content = file.read_bytes()
    draft = guarded(read_draft, file.name, content)
    if isinstance(draft, Refusal):
        raise CommandError(draft.words)
    with rooms() as found:
        need_partnership(found)
        with found.books.begin() as unit:
            view = _last_locked(unit, found.calendar)
            findings = check_draft(view, statements(draft, asked_of(view), view.round.period.span))
    _show(view, findings)
    if output is not None:
        output.write_bytes(_with_comments(draft, content, findings))
        typer.echo(f"Written: {output}")


def _last_locked(unit: Unit, calendar: Calendar) -> RoundView:
    """The books as of the last round that is locked; what is still being collected is not held against anybody."""
    view = need_view(unit)
    while view.round.state is not RoundState.LOCKED:
        view = view_quarter(unit, calendar, view.round.period.previous)
    return view


def _show(view: RoundView, findings: list[Finding]) -> None:
    counts = ", ".join(f"{sum(one.verdict is each for one in findings)} {each.value}" for each in Verdict)
    typer.echo(
        f"Held against the books up to {view.round.period}: {len(findings)} sentences with a number or a direction"
    )
    typer.echo(f"  {counts}" if findings else "  None of them says anything that could be compared.")
    for verdict in Verdict:
        for one in findings:
            if one.verdict is verdict:
                typer.echo(f"\nParagraph {one.statement.place + 1}: {one.statement.words}\n  {one.line}")


def _with_comments(draft: Draft, content: bytes, findings: list[Finding]) -> bytes:
    remarks = [
        Remark(place=one.statement.place, words=f"“{one.statement.words}”\n{one.line}", sentence=one.statement.words)
        for one in findings
    ]
    if not draft.name.lower().endswith(".docx"):
        content = as_word(draft.paragraphs)
    made = guarded(commented, content, remarks)
    if isinstance(made, Refusal):
        raise CommandError(f"The comments could not be written: {made.words}")
    return made

"""The command that reads words: for a person to look at, and for measuring."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.books import MEDWAY, in_memory
from bot.cli.support import CommandError, find_person, need_partnership, need_view
from collector.asking import reading_task
from collector.document_reading import read_document
from collector.domain.document import Document
from collector.domain.submission import Attachment, Candidate, Reading, Refusal
from parsers.figures import TextReader
from parsers.figures.jsonl import answer
from parsers.guard import GuardedFinder, GuardedOpener

#: A reply that somebody saved: read as words, not as a table.
_TEXTS = (".txt", ".eml", ".md", "")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("read", short_help="Show what would be taken from which words or cells.")(read_command)


def read_command(
    file: Annotated[
        Path | None, typer.Argument(help="a text, a spreadsheet or a document; standard input when left out")
    ] = None,
    sender: Annotated[str | None, typer.Option("--from", help="who wrote it: id, address or role title")] = None,
    partnership: Annotated[
        Path, typer.Option(help="the definition file to read it against", show_default="Medway's example")
    ] = MEDWAY,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="answer questions on standard input, one JSON object a line")
    ] = False,
) -> None:
    """Show what would be taken from which words or cells, and what would be asked; the books are not touched."""
    if jsonl:
        _answer_lines(file)
        return
    if sender is None:
        raise CommandError("Say who wrote it with --from: what is read depends on what they owe.")
    raw = file.read_bytes() if file else b""
    document = _document(file, raw) if file else None
    text = raw.decode("utf-8", errors="replace") if file else sys.stdin.read()
    found = in_memory(partnership)
    try:
        with found.books.begin() as unit:
            named = " ".join(document.codes()) if document else ""
            task = reading_task(need_view(unit), find_person(need_partnership(found), sender), found.now(), named)
            name = need_partnership(found).name
    finally:
        found.books.close()
    if document is None:
        _show(TextReader().read(text, task))
        return
    in_it = GuardedFinder()(document, task, name)
    if isinstance(in_it, Refusal):
        raise CommandError(in_it.words)
    _show(Reading(read_document(document, in_it, task, TextReader(), frozenset())))
    for left in in_it.left:
        typer.echo(f"not on the list of who wrote it: {left}")


def _document(file: Path, raw: bytes) -> Document | None:
    """Somebody's own tables, read in a child as if they had come by mail; None for a plain text."""
    read = None if file.suffix.lower() in _TEXTS else GuardedOpener().read_file(Attachment(file.name, "", raw))
    if isinstance(read, Document):
        return read
    if isinstance(read, Refusal):
        raise CommandError(read.words)
    if read is not None:
        raise CommandError(f"{file} is ours. To see what it says: collector ingest {file} --from WHO --dry-run")
    return None


def _answer_lines(file: Path | None) -> None:
    lines = file.open(encoding="utf-8") if file else sys.stdin
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
            told = answer(question)
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(f"Line {number} is not a question: {type(error).__name__}: {error}") from error
        typer.echo(json.dumps(told, ensure_ascii=False))


def _show(reading: Reading) -> None:
    for item in reading.items:
        state = "recorded" if item.certain else "asked"
        typer.echo(f'{item.code}: {state}, from "{item.evidence}"')
        for candidate in item.candidates:
            typer.echo(f"  reads as {_words(candidate)}")
            if candidate.words:
                typer.echo(f'    taken from "{candidate.words}"')
        for fact in item.facts:
            typer.echo(f"  beside it, {fact.kind.value}: {fact.value:f}")
        for doubt in item.doubts:
            typer.echo(f"  asked because: {doubt}")
        if item.target_change:
            typer.echo(f"  change request for SEG: {item.target_change}")
    for number in reading.chosen:
        typer.echo(f"answer {number} to an open question")
    for code in reading.unknown_codes:
        typer.echo(f"{code}: not a code we know")
    if not reading.items and not reading.chosen:
        typer.echo("No figures found.")


def _words(candidate: Candidate) -> str:
    parts: list[str] = [candidate.status.words]
    if candidate.value is not None:
        parts.append(f"{candidate.value:f}")
    if candidate.numerator is not None and candidate.denominator is not None:
        parts.append(f"{candidate.numerator:f} of {candidate.denominator:f}")
    if candidate.basis is not None:
        parts.append(candidate.basis.value.replace("_", " "))
    if candidate.reference is not None:
        parts.append(str(candidate.reference))
    if isinstance(candidate.expected_on, date):
        parts.append(f"expected {candidate.expected_on.isoformat()}")
    return ", ".join(parts)

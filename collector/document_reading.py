"""Other people's own tables: what was found in them, read like a form's rows, each with the cell it was taken from."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from collector.domain.document import CellKind, Document, DocumentRow, FoundInDocument, Stated
from collector.domain.figure import FigureStatus
from collector.domain.submission import Asked, FormValue, ReadingTask, ReadItem, Refusal
from collector.earlier_names import code_pattern, in_todays_codes
from collector.form_reading import read_value
from collector.hearing import Said, in_the_light_of, merged
from collector.ports import Finder, Reader
from collector.turns import Task

#: Who read it, as figures tell where they come from.
TABLE_READER = "table/1"
_MOST_NAMED = 5
_LONGEST_NAME = 60
_LONGEST_EVIDENCE = 300
_EITHER = re.compile(r"n ?[/.]? ?a\.?", re.IGNORECASE)


def with_documents(
    said: Said, documents: Sequence[Document], text: str, task: Task, reader: Reader, finder: Finder
) -> Said:
    """What a message says with what its sender's own tables say; `text` may say something about all that is in them."""
    items: list[ReadItem] = []
    notes: list[str] = []
    anew, earlier = said.send_anew, list(said.earlier)
    split: list[str] = []
    for document, named in (with_todays_codes(each, task.renamed) for each in documents):
        document, rows = without_split(document, task.split, task.reading)
        split += rows
        found = finder(document, task.reading, task.expected.partnership_name)
        if isinstance(found, Refusal):
            notes.append(found.words)
            anew = True
            continue
        read = read_document(document, found, task.reading, reader, task.mappings)
        items += in_the_light_of(text, read, task.reading, reader)
        found = replace(found, left=(*dict.fromkeys(rows), *found.left))
        notes += [*found.notes, *_told(document, found, read, task.reading)]
        anew = anew or not read
        earlier += named
    unknown = tuple(dict.fromkeys((*said.reading.unknown_codes, *split)))
    reading = replace(said.reading, items=(*said.reading.items, *items), unknown_codes=unknown)
    whole = replace(said, reading=reading, notes=(*said.notes, *notes), send_anew=anew)
    return replace(whole, earlier=tuple(dict.fromkeys(earlier)))


def with_todays_codes(
    document: Document, renamed: Sequence[tuple[str, str]]
) -> tuple[Document, tuple[tuple[str, str], ...]]:
    """A document with today's codes in the cells that name earlier ones, and which of these pairs it named."""
    named: list[tuple[str, str]] = []

    def today(words: str) -> str:
        text, pairs = in_todays_codes(words, renamed)
        named.extend(pairs)
        return text

    if not renamed:
        return document, ()
    tables = (replace(each, rows=tuple(_row_of_today(row, today) for row in each.rows)) for each in document.tables)
    return replace(document, tables=tuple(tables), text=today(document.text)), tuple(named)


def without_split(document: Document, split: Sequence[str], reading: ReadingTask) -> tuple[Document, tuple[str, ...]]:
    """A document without the rows of codes that were split, and those codes: their sender is asked which is meant.

    A row that names one of today's codes as well is of that one.
    """
    today = tuple(map(code_pattern, (asked.code for asked in reading.asked)))
    named: list[str] = []

    def stays(row: DocumentRow) -> bool:
        labels = [cell.text.strip() for cell in row.cells if cell.kind is CellKind.TEXT and cell.text.strip()]
        of = next((old for old in split if labels and _is_of(labels, code_pattern(old))), "")
        if not of or any(pattern.search(label) for pattern in today for label in labels):
            return True
        named.append(of)
        return False

    if not split:
        return document, ()
    tables = tuple(replace(each, rows=tuple(filter(stays, each.rows))) for each in document.tables)
    return replace(document, tables=tables), tuple(named)


def _is_of(labels: Sequence[str], code: re.Pattern[str]) -> bool:
    return code.match(labels[0]) is not None or any(code.fullmatch(label) for label in labels)


def _row_of_today(row: DocumentRow, today: Callable[[str], str]) -> DocumentRow:
    cells = (replace(cell, text=today(cell.text)) if cell.kind is CellKind.TEXT else cell for cell in row.cells)
    return replace(row, cells=tuple(cells))


def read_document(
    document: Document, found: FoundInDocument, task: ReadingTask, reader: Reader, mappings: frozenset[str]
) -> tuple[ReadItem, ...]:
    """What a document says, by measure. Where several cells could be a figure they are asked about together."""
    asked = {one.code: one for one in task.asked}
    read = [_read(document, asked[stated.code], stated, task, reader, mappings) for stated in found.stated]
    told = {item.code for item in read}
    words = reader.read(document.text, task).items if document.text.strip() else ()
    read += [
        _from_words(document, item) for item in words if item.code not in told and (item.candidates or item.doubts)
    ]
    return merged(read)


def _read(
    document: Document, asked: Asked, stated: Stated, task: ReadingTask, reader: Reader, mappings: frozenset[str]
) -> ReadItem:
    value = stated.value
    empty = not (value.figure or value.part or value.comment)
    item = ReadItem(asked.code, "", ()) if empty else _not_guessed(read_value(asked, value, task, reader), value)
    confirmed = bool(stated.mapping) and stated.mapping in mappings
    mapped = (stated.mapped,) if stated.mapped and not confirmed else ()
    doubts = tuple(dict.fromkeys((*mapped, *stated.doubts, *item.doubts)))
    candidates = item.candidates
    if stated.reference or stated.basis:
        candidates = tuple(
            replace(one, basis=stated.basis or one.basis, reference=stated.reference or one.reference)
            for one in candidates
        )
    remembered = stated.mapping if mapped and not stated.doubts and item.certain else ""
    return replace(
        item,
        candidates=candidates,
        doubts=doubts,
        evidence=_evidence(document, stated),
        reader=TABLE_READER,
        mapping=remembered,
    )


def _not_guessed(item: ReadItem, value: FormValue) -> ReadItem:
    """In a table "n/a" is written for both: that there is nothing to give, and that it is not there yet."""
    if not item.certain or not _EITHER.fullmatch(value.figure):
        return item
    both = (FigureStatus.NOT_APPLICABLE, FigureStatus.NOT_AVAILABLE)
    candidates = tuple(replace(item.candidates[0], status=status) for status in both)
    return replace(item, candidates=candidates, doubts=(f"{value.where} says '{value.figure}'.",))


def _from_words(document: Document, item: ReadItem) -> ReadItem:
    return replace(item, evidence=f"{document.name}: {item.evidence}", reader=TABLE_READER)


def _evidence(document: Document, stated: Stated) -> str:
    value = stated.value
    counts = f"({value.part} of {value.whole})" if value.part and value.whole else ""
    told = ", ".join(" ".join(words.split()) for words in (f"{value.figure} {counts}", value.comment) if words.strip())
    return f"{document.name}, {value.where}: {told}"[:_LONGEST_EVIDENCE].rstrip(": ")


def _told(document: Document, found: FoundInDocument, read: Sequence[ReadItem], task: ReadingTask) -> list[str]:
    """From which cells it was taken, which rows were left, or how a table can be read at all."""
    if not read:
        return [
            f"We found no figures in {document.name} that you owe for {task.period}. Fill in the workbook that comes"
            " with this and send it back, or reply with the figures."
        ]
    cells = ", ".join(f"{stated.code} from {stated.value.where}" for stated in found.stated[: _MOST_NAMED * 2])
    more = len(found.stated) - _MOST_NAMED * 2
    told = [f"In {document.name} we read {cells}{f' and {more} more' if more > 0 else ''}."] if cells else []
    if found.left:
        names = ", ".join(f"'{name[:_LONGEST_NAME]}'" for name in found.left[:_MOST_NAMED])
        more = len(found.left) - _MOST_NAMED
        others = f" and {more} more" if more > 0 else ""
        told.append(f"Rows of {document.name} that are not on your list were left: {names}{others}.")
    return told

"""What an earlier document printed of a partnership's measures: a CSV file, one fact a line."""

import csv
import io
from pathlib import Path

from collector.domain.period import Span
from collector.report_published import Published, PublishedKind
from parsers.errors import ParsersError
from parsers.located_yaml import Findings, text_of
from parsers.partnership_file import shaped
from parsers.shape import Code, Day, Note, Number, Period, Shape


class PublishedError(ParsersError):
    """The file can't be used; the message names each line and what is wrong with it."""


class PublishedRow(Shape):
    """A line of the file."""

    period: Period
    code: Code
    kind: PublishedKind
    value: Number | None = None
    numerator: Number | None = None
    denominator: Number | None = None
    reference_from: Day | None = None
    reference_to: Day | None = None
    words: Note = ""


COLUMNS = tuple(PublishedRow.model_fields)


def read_published(path: Path) -> tuple[Published, ...]:
    """The facts of the file in its order; PublishedError names every problem with its line."""
    findings = Findings(path.name)
    text = text_of(path, findings)
    facts = [] if text is None else _facts(text, findings)
    if findings.problems:
        raise PublishedError("\n".join(findings.problems))
    return tuple(facts)


def _facts(text: str, findings: Findings) -> list[Published]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    facts = []
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            findings.add((), f"the first line must name the columns {','.join(COLUMNS)}", 1)
            return []
        for cells in reader:
            given = {key: cell for key, cell in cells.items() if cell}
            if None in cells or None in cells.values():
                words = f"there should be {len(COLUMNS)} cells; put text with commas in quotes"
                findings.add((), words, reader.line_num)
            elif row := shaped(PublishedRow, given, findings, reader.line_num):
                facts.append(_published(row, findings, reader.line_num))
    except csv.Error as error:
        findings.add((), f"this can't be read as CSV ({error})", reader.line_num)
    return facts


def _published(row: PublishedRow, findings: Findings, line: int) -> Published:
    start, end = row.reference_from, row.reference_to
    reference = None
    if start is not None and end is not None and start <= end:
        reference = Span(start, end)
    elif start is not None or end is not None:
        findings.add(("reference_to",), "reference_from and reference_to come together, the earlier day first", line)
    return Published(row.code, row.period, row.kind, row.value, row.numerator, row.denominator, reference, row.words)

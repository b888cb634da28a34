"""What an earlier document printed of a partnership's measures: a CSV file, one fact a line."""

from pathlib import Path

from collector.domain.period import Span
from collector.report_published import Published, PublishedKind
from parsers.csv_rows import rows_of
from parsers.errors import ParsersError
from parsers.located_yaml import Findings, text_of
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


def read_published(path: Path) -> tuple[Published, ...]:
    """The facts of the file in its order; PublishedError names every problem with its line."""
    findings = Findings(path.name)
    text = text_of(path, findings)
    rows = [] if text is None else rows_of(text, PublishedRow, findings)
    facts = [_published(row, findings, line) for line, row in rows]
    if findings.problems:
        raise PublishedError("\n".join(findings.problems))
    return tuple(facts)


def _published(row: PublishedRow, findings: Findings, line: int) -> Published:
    start, end = row.reference_from, row.reference_to
    reference = None
    if start is not None and end is not None and start <= end:
        reference = Span(start, end)
    elif start is not None or end is not None:
        findings.add(("reference_to",), "reference_from and reference_to come together, the earlier day first", line)
    return Published(row.code, row.period, row.kind, row.value, row.numerator, row.denominator, reference, row.words)

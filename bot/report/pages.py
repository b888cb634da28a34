"""The report as a workbook: pages of tables in which numbers are numbers and text stays text. Pure."""

from collections.abc import Iterable, Sequence

from bot.report.words import (
    MISSING,
    commentary_words,
    is_planned,
    made_words,
    notes_of,
    numbers,
    said,
    why_words,
)
from collector.booklet import Booklet, Colour, Column, Page, Quantity, Value
from collector.report import Cell, Line, Part, Report, Row, Table
from collector.report_trends import short

_LINES = (Column("Quarter", 29), Column("Code", 9), Column("Indicator", 48), Column("RAG", 11), Column("", 90))


def booklet_of(report: Report) -> Booklet:
    """The report as pages: the summary, a page for each priority, then what is done, findings and notes."""
    pages = [_summary(report), _attention(report)]
    pages += [_table(report, part, table) for part in report.parts for table in part.tables]
    pages += [_actions(report), _findings(report), _notes(report), _glossary(report)]
    return Booklet(report.title, report.partnership, report.made, tuple(pages), report.period, report.mark)


def _summary(report: Report) -> Page:
    columns = (
        Column("Quarter", 29),
        Column("Indicators", 12),
        Column("Figures", 10, "A split indicator has several"),
        *(Column(name, 10) for name in ("Red", "Amber", "Green")),
        Column("No colour", 11, "In, and there is nothing to judge by"),
        Column("Not in", 10),
    )
    rows = tuple(
        (str(each.period), each.indicators, each.figures, each.red, each.amber, each.green, each.none, each.out)
        for part in report.parts
        for each in part.counts
    )
    about = (made_words(report), *report.standing, *((MISSING, *report.missing) if report.draft else ()))
    return Page("Summary", f"Performance report, {report.period}", columns, rows, about)


def _attention(report: Report) -> Page:
    return _lines("Attention", "What needs attention", [*report.decisions, *report.attention], "Nothing does.")


def _findings(report: Report) -> Page:
    return _lines("Findings", "What is odd about figures, targets and what was printed", report.findings, "Nothing is.")


def _lines(name: str, title: str, lines: Sequence[Line], nothing: str) -> Page:
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (str(each.period), each.code, each.title, Colour(each.rag) if each.rag else "", each.text) for each in lines
    )
    heading = "Finding" if name == "Findings" else "What"
    return Page(name, title, (*_LINES[:-1], Column(heading, 90)), rows, () if rows else (nothing,))


def _table(report: Report, part: Part, table: Table) -> Page:
    several = len(report.parts) > 1
    half = f" {part.periods[-1].financial_year} H{(part.periods[-1].number + 1) // 2}" if several else ""
    about = (part.title, *((f"Signed off: {table.signed}",) if table.signed else ()))
    title = f"{table.code} {table.title}".strip()
    rows = tuple(_row(row) for row in table.rows)
    name = f"{table.code or 'Taken out'}{half}"[:31]
    return Page(name, title, tuple(_columns(part)), rows, about, frozen=2)


def _columns(part: Part) -> Iterable[Column]:
    yield from (Column("Code", 9), Column("Indicator", 34), Column("Target", 20), Column("Organisation", 18))
    for period in part.periods:
        quarter = short(period)
        yield Column(f"{quarter}: figure", 11)
        yield Column(f"{quarter}: in words", 20, "With its counts and what it covers, or why there is none")
        yield Column(f"{quarter}: RAG", 10)
        yield Column(f"{quarter}: why", 28)
        yield Column(f"{quarter}: notes", 8, "The numbers of footnotes on the sheet Notes")
        yield Column(f"{quarter}: commentary", 26)
    yield from (Column("Direction", 22), Column("Trend", 26, "The figures that can be compared, the earliest first"))


def _row(row: Row) -> tuple[Value, ...]:
    cells = [value for cell in row.cells for value in _cell(row, cell)]
    return (row.code, row.title, row.target, row.organisation, *cells, row.direction, row.trend.words)


def _cell(row: Row, cell: Cell) -> tuple[Value, ...]:
    return (
        None if cell.value is None else Quantity(cell.value, cell.unit),
        cell.words,
        Colour(cell.rag) if cell.rag else None,
        why_words(cell),
        numbers(notes_of(row, cell)),
        commentary_words(cell),
    )


def _actions(report: Report) -> Page:
    headings = (("Quarter", 29), ("Code", 9), ("Indicator", 42), ("Reason", 34), ("Action", 40), ("Owner", 26))
    columns = tuple(Column(*each) for each in (*headings, ("By when", 20), ("What came of it", 34)))
    rows: list[tuple[Value, ...]] = []
    for each in report.actions:
        told = (each.reason, each.action, each.owner, each.by_when)
        plan = tuple(map(said, told)) if is_planned(each) else ("no plan yet", "", "", "")
        rows.append((str(each.period), each.code, each.title, *plan, each.outcome))
    about = () if rows else ("No figure of a round is Red.",)
    return Page("Actions", "Corrective actions", columns, tuple(rows), about)


def _notes(report: Report) -> Page:
    rows: list[tuple[Value, ...]] = [("Footnote", number, text) for number, text in enumerate(report.footnotes, 1)]
    rows += [("Tolerance", None, text) for text in report.tolerance]
    rows += [("Data quality", None, text) for text in report.quality]
    columns = (Column("Kind", 16), Column("Number", 9), Column("Note", 120))
    return Page("Notes", "Footnotes, tolerances and the quality of the data", columns, tuple(rows))


def _glossary(report: Report) -> Page:
    columns = (Column("Word", 24), Column("What it means", 90))
    return Page("Glossary", "Glossary", columns, tuple(report.glossary))

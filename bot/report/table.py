"""The report as a table for machines: CSV, and the metadata that explains it (CSV on the Web)."""

import csv
import io
import json
from decimal import Decimal

from bot.phrases import one_line
from collector.report import Cell, Report, Row, Table

#: What a spreadsheet program would take for a formula (promise 7).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Column: its datatype and what it holds.
COLUMNS = {
    "period": ("string", "The quarter of the financial year, like 2015-16Q2"),
    "period_start": ("date", "The first day of the quarter"),
    "period_end": ("date", "The last day of the quarter"),
    "priority": ("string", "The priority's code"),
    "priority_title": ("string", "The priority"),
    "code": ("string", "The measure's code"),
    "indicator": ("string", "The indicator's code; a split indicator has several measures"),
    "title": ("string", "What is measured"),
    "organisation": ("string", "Who reports it"),
    "unit": ("string", "What the value is counted in; percentages run from 0 to 100"),
    "target": ("string", "The target in the plan's words"),
    "value": ("decimal", "The figure; empty where there is none, which is not zero"),
    "numerator": ("decimal", "The part that a share was counted from"),
    "denominator": ("decimal", "The whole that a share was counted from"),
    "figure": ("string", "The figure in words with its counts and what it covers, or why there is none"),
    "rag": ("string", "red, amber or green; empty where there is no colour"),
    "why": ("string", "The arithmetic behind the colour, or why there is none"),
    "direction": ("string", "Against the quarter before and the same quarter last year; with the last quarter only"),
    "footnotes": ("string", "What else has to be known of the figure"),
    "commentary": ("string", "The progress or the explanation given with the figure"),
    "commentary_unedited": ("boolean", "Whether the commentary is the sender's own words"),
    "report": ("string", "draft or final"),
}


def csv_of(report: Report) -> bytes:
    """One line for each measure and quarter, in UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for _, table, row in report.by_row:
        for cell in row.cells:
            writer.writerow(_line(report, table, row, cell))
    return out.getvalue().encode()


def _line(report: Report, table: Table, row: Row, cell: Cell) -> list[str]:
    span, last = cell.period.span, cell is row.cells[-1]
    notes = [*cell.notes, *(row.notes if last else ())]
    return [
        cell.period.key,
        span.start.isoformat(),
        span.end.isoformat(),
        _text(table.code),
        _text(table.title),
        _text(row.code),
        _text(row.indicator),
        _text(row.title),
        _text(row.organisation),
        cell.unit.value,
        _text(row.target),
        _number(cell.value),
        _number(cell.numerator),
        _number(cell.denominator),
        _text(cell.words),
        cell.rag.value if cell.rag else "",
        _text(cell.why),
        _text(row.direction) if last else "",
        _text(" ".join(report.footnotes[number - 1] for number in notes)),
        _text(cell.commentary),
        "true" if cell.unedited else "false",
        "draft" if report.draft else "final",
    ]


def _text(words: str) -> str:
    """Text on one line that no spreadsheet program takes for a formula."""
    flat = one_line(words)
    return f"'{flat}" if flat.startswith(_FORMULA) else flat


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def metadata_of(report: Report, name: str) -> bytes:
    """What `NAME-metadata.json` beside the table says (CSV on the Web): its columns, key and what it is about."""
    about = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": one_line(report.title),
        "dc:description": report.mark or "Final",
        "dc:created": {"@value": report.made.isoformat(timespec="seconds"), "@type": "xsd:dateTime"},
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "tableSchema": {
            "primaryKey": ["period", "code"],
            "columns": [
                {"name": column, "titles": column, "datatype": datatype, "dc:description": holds}
                for column, (datatype, holds) in COLUMNS.items()
            ],
        },
        "notes": [{"number": number, "text": text} for number, text in enumerate(map(one_line, report.footnotes), 1)],
    }
    return (json.dumps(about, indent=2, ensure_ascii=False) + "\n").encode()

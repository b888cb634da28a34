"""The public table as a file: CSV and a page of HTML. Text from people stays text, in a spreadsheet too."""

import csv
import io
from datetime import date
from html import escape

from collector.booklet import Booklet, Colour, Quantity, Value
from collector.wording import value_words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:1rem auto;max-width:75rem;"
    "padding:0 1rem}div{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #8888;"
    "padding:.3rem .5rem;text-align:left;vertical-align:top}thead th{white-space:nowrap}td.n{text-align:right;"
    "white-space:nowrap}caption{font-weight:bold;text-align:left;padding:.5rem 0}"
    "@media print{thead{display:table-header-group}tr{break-inside:avoid}}"
)


def as_csv(booklet: Booklet) -> str:
    """The table alone, numbers as plain numbers; a cell that a spreadsheet would take for a formula is quoted."""
    made = io.StringIO()
    page = booklet.pages[0]
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([column.heading for column in page.columns])
    writer.writerows([[_bare(value) for value in row] for row in page.rows])
    return made.getvalue()


def _bare(value: Value) -> str:
    if isinstance(value, Quantity):
        return f"{value.value:f}"
    text = _words(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_html(booklet: Booklet) -> str:
    """The table as a page of its own that reads on a phone, in the dark and on paper."""
    page = booklet.pages[0]
    head = "".join(f'<th scope="col">{escape(column.heading)}</th>' for column in page.columns)
    body = "\n".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in page.rows)
    notes = "".join(f"<p>{escape(line)}</p>" for line in page.about)
    title = escape(booklet.title)
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head>\n'
        f'<body><h1>{title}</h1>{notes}\n<div tabindex="0" role="region" aria-label="Figures"><table>'
        f"<caption>{escape(booklet.period)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
        "</table></div></body></html>\n"
    )


def _cell(value: Value) -> str:
    kind = ' class="n"' if isinstance(value, Quantity) else ""
    return f"<td{kind}>{escape(_words(value))}</td>"


def _words(value: Value) -> str:
    match value:
        case None:
            return ""
        case Quantity():
            return value_words(value.value, value.unit)
        case Colour():
            return value.rag.value
        case date():
            return value.isoformat()
        case _:
            return str(value)

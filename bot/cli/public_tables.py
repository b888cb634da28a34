"""The public table as a file: CSV and a page of HTML. Text from people stays text, in a spreadsheet too."""

import csv
import io
from datetime import date
from html import escape

from collector.booklet import Booklet, Colour, Quantity, Value
from collector.wording import on_day, value_words

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:1rem auto;max-width:75rem;"
    "padding:0 1rem}h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1rem}.who{margin:0}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #8888;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top}thead th{white-space:nowrap}.n{text-align:right;white-space:nowrap}"
    # On a telephone each row is a card; a cell says which column it is of, and empty ones are left out.
    "@media screen and (max-width:40rem){thead{position:absolute;left:-999rem}"
    "tr{display:block;border:1px solid #8888;border-radius:.4rem;margin:0 0 .75rem;padding:.3rem .5rem}"
    "td{display:flex;gap:.5rem;border:0;padding:.1rem 0}td.n{text-align:left}td:empty{display:none}"
    "td::before{content:attr(data-label);flex:0 0 5.5rem;font-weight:bold;font-size:.85rem}}"
    "@media print{body{max-width:none;font-size:9pt}thead{display:table-header-group}tr{break-inside:avoid}}"
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
    columns = [column.heading for column in page.columns]
    kinds = [
        ' class="n"' if any(isinstance(row[at], Quantity) for row in page.rows) else "" for at in range(len(columns))
    ]
    head = "".join(
        f'<th scope="col"{kind}>{escape(heading)}</th>' for heading, kind in zip(columns, kinds, strict=True)
    )
    cells = ("".join(map(_cell, columns, row)) for row in page.rows)
    body = "\n".join(f"<tr>{row}</tr>" for row in cells)
    notes = "".join(f"<p>{escape(line)}</p>" for line in page.about)
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(booklet.title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head>\n'
        f'<body><p class="who">{escape(booklet.author)}</p><h1>Published figures, {escape(booklet.period)}</h1>'
        f"<p>As the books stood on {on_day(booklet.made.date())}.</p>{notes}\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></body></html>\n"
    )


def _cell(heading: str, value: Value) -> str:
    kind = ' class="n"' if isinstance(value, Quantity) else ""
    return f'<td{kind} data-label="{escape(heading)}">{escape(_words(value))}</td>'


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

"""A return that came back as .ods; what a real program writes is tried in tests/real."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pytest

from collector.domain.submission import Form, FormValue
from parsers.workbook import write_workbook
from tests.parsers.workbook.sheets import SHEET, read

_NAMES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_ROW_END = "</table:table-row>"


def opendocument(cells: Mapping[str, str], before: str = "", extra: Mapping[str, str] | None = None) -> bytes:
    """Our workbook as an .ods with these elements for cells of the return; `before` are rows above it."""
    tables = []
    for page in openpyxl.load_workbook(io.BytesIO(write_workbook(SHEET))).worksheets:
        given = cells if page.title == "Return" else {}
        rows = "".join(
            "".join(("<table:table-row>", *(given.get(cell.coordinate) or text(cell.value) for cell in row), _ROW_END))
            for row in page.iter_rows()
        )
        above = before if page.title == "Return" else ""
        tables.append(f"<table:table table:name={quoteattr(page.title)}>{above}{rows}</table:table>")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:body{_NAMES}>{''.join(tables)}</office:body>", zipfile.ZIP_DEFLATED)
        for name, part in (extra or {}).items():
            archive.writestr(name, part)
    return packed.getvalue()


def text(value: object) -> str:
    if value is None or str(value).startswith("="):
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def number(value: str, kind: str = "float", inside: str = "") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}">{inside}</table:table-cell>'


def returned(cells: Mapping[str, str], before: str = "") -> Form:
    return read(opendocument(cells, before), "return.ods")


def test_it_comes_back_as_it_went_out() -> None:
    form = returned({})
    assert (form.partnership, form.period, form.person) == ("medway", "2015-16Q2", "dph")
    assert (form.values, form.problems) == ((), ())


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        (number("0.91", "percentage"), "91%"),
        (number("0.288", "percentage"), "28.8%"),
        (number("0.91"), "0.91"),
        (number("1153"), "1153"),
        (number("153", "currency"), "153"),
        (text("nil"), "nil"),
        (number("7", inside="<office:annotation><text:p>Ask the team</text:p></office:annotation>"), "7"),
        (f'<table:table-cell table:formula="of:=1+1" {number("2")[18:]}', "2"),
    ],
)
def test_a_figure_is_read_as_it_was_typed(cell: str, figure: str) -> None:
    form = returned({"H7": cell})
    assert (form.values, form.problems) == ((FormValue("DA06", figure, where="H7"),), ())


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<table:table-cell office:value-type="date" office:date-value="2015-04-03"/>', "H7 holds the date 3 Apr 2015"),
        ('<table:table-cell office:value-type="time" office:time-value="PT01H30M00S"/>', "H7 holds the time 1:30:00"),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', "H7 holds TRUE"),
        ('<table:table-cell table:formula="of:=1+1"/>', "H7 holds a formula whose result was not saved"),
        (
            '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p>'
            "</table:table-cell>",
            "H7 holds '#DIV/0!': its formula gave no figure",
        ),
    ],
)
def test_what_is_no_figure_is_named_with_its_cell(cell: str, words: str) -> None:
    form = returned({"H7": cell})
    assert form.values == ()
    assert form.problems[0].startswith(words)


def test_repeated_rows_and_cells_move_what_follows_them() -> None:
    above = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    form = returned({"H7": number("153")}, above)
    assert form.values == (FormValue("DA06", "153", where="H10"),)


def test_lines_spaces_and_a_day_come_back() -> None:
    comment = "<text:p>Two<text:s text:c='2'/>words</text:p><text:p>and a line</text:p>"
    form = returned(
        {
            "L7": '<table:table-cell office:value-type="date" office:date-value="2015-11-25"/>',
            "M7": f'<table:table-cell office:value-type="string">{comment}</table:table-cell>',
        }
    )
    assert form.values == (FormValue("DA06", expected="2015-11-25", comment="Two  words\nand a line", where="L7"),)


def test_its_macros_are_ignored_and_that_is_said() -> None:
    form = read(opendocument({}, extra={"Basic/script-lc.xml": "<a/>"}), "return.ods")
    assert form.remarks == ("return.ods has macros in it. They were not run and are ignored.",)

"""What the report looks like in each of its forms: golden files beside this one. UPDATE_GOLDEN=1 writes them anew."""

import csv
import io
import json
import os
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from bot.report.page import html_of
from bot.report.pages import booklet_of
from bot.report.picture import AS_TEXT, ON_PAPER, chart, png
from bot.report.table import COLUMNS, csv_of, metadata_of
from bot.report.word import docx_of
from collector.domain.indicator import Unit
from collector.domain.period import Quarter
from collector.domain.rag import Rag
from collector.report import Cell, Corrective, Counts, Line, Part, Point, Report, Row, Table, Trend
from parsers.workbook import write_booklet

GOLDEN = Path(__file__).parent / "golden"
Q1, Q2 = Quarter(2015, 1), Quarter(2015, 2)
REPEAT = Row(
    "DA08",
    "DA08",
    "Repeat victimisation of those at higher risk",
    "Below 28%",
    "Medway Council",
    (
        Cell(
            Q1, "32%", Unit.PERCENT, Decimal(32), rag=Rag.RED, why="Red: 32% misses the target, below 28%.", notes=(1,)
        ),
        Cell(
            Q2,
            "33.7% (34 of 101)",
            Unit.PERCENT,
            Decimal("33.7"),
            Decimal(34),
            Decimal(101),
            Rag.RED,
            "Red: 33.7% misses the target, below 28%.",
            (2, 3),
            "Two cases came back within a week.",
            True,
        ),
    ),
    "worse than Q1 2015-16",
    Trend((Point(Q1, Decimal(32), "32%"), Point(Q2, Decimal("33.7"), "33.7%")), Decimal(28), "Q1 32%, Q2 33.7%"),
)
CHANGE = Row(
    "AE02",
    "AE02",
    "Repeat victims of ASB",
    "5%",
    "Kent Police",
    (
        Cell(Q1, "not available", Unit.CHANGE_PERCENT, commentary="Waits for the police."),
        Cell(
            Q2,
            "72.7% reduction",
            Unit.CHANGE_PERCENT,
            Decimal("-72.7"),
            rag=Rag.GREEN,
            why="Green: it meets the target.",
        ),
    ),
    notes=(2,),
)
ZERO = Row(
    "RS05",
    "RS05",
    "Operations",
    "10 per year",
    "Kent Police",
    (Cell(Q1, "0", Unit.COUNT, Decimal(0)), Cell(Q2, "outstanding", Unit.COUNT)),
)
REPORT = Report(
    partnership="Medway Community Safety Partnership",
    plan="2013-16",
    period=f"{Q1} to {Q2}",
    made=datetime(2015, 11, 10, 14, 6),
    mark="Draft. Unpublished, not for quotation",
    standing=(f"{Q1}: taken from an earlier report, not collected here.", f"{Q2}: open."),
    missing=(f"{Q2} is not locked.", "Kent Police: 1 indicator outstanding."),
    parts=(
        Part(
            "Q1 and Q2 2015-16 (Apr to Sep 2015)",
            (Q1, Q2),
            (Counts(Q1, 3, 1, 0, 0, 2, 0), Counts(Q2, 3, 1, 0, 1, 0, 1)),
            (
                Table("P4", "Tackle domestic abuse", f"{Q2}: signed off on 3 Nov 2015", (REPEAT,)),
                Table("P2", "Tackle ASB and envirocrime", f"{Q2}: not signed off", (CHANGE, ZERO)),
            ),
        ),
    ),
    attention=(
        Line("DA08", REPEAT.title, Q2, "33.7% misses the target, below 28%.", Rag.RED),
        Line("RS05", ZERO.title, Q2, "Outstanding."),
    ),
    decisions=(Line("AE02", CHANGE.title, Q2, "Kent Police no longer collect it (agreed target: 5%)."),),
    actions=(
        Corrective(
            "DA08", REPEAT.title, Q2, "One post is empty", "Recruit", "Head of Safer Communities", "31 Jan 2016"
        ),
        Corrective("DA09", "Court support", Q2),
    ),
    findings=(
        Line("AE02", CHANGE.title, Q2, "Published as a 78% reduction, from 22 to 6, which is a 72.7% reduction."),
    ),
    footnotes=(
        "From an earlier report.",
        "Restated on 9 Nov 2015: was 32.1%.",
        "Not signed off by the priority's lead.",
    ),
    tolerance=("A miss by up to 5% of the target is Amber.",),
    quality=(f"{Q2}: 2 of 3 figures in (67%).",),
    glossary=(("ASB", "anti-social behaviour"), ("Red", "The target is missed by more than the tolerance.")),
)
HOSTILE = (
    "<script>alert(1)</script>",
    '=cmd|"/c calc"!A1',
    "+44 is =1+1",
    "@SUM(A1)",
    "-2+3",
    "two\r\nlines \x00\x1b[31m \ud83d end",
    '"quoted", with, commas',
    "{{ 7 * 7 }} {% raw %}",
)


def compare(name: str, content: bytes) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(content)
    assert path.read_bytes() == content, f"{name} differs; if that is meant, run with UPDATE_GOLDEN=1"


def document_xml(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        return parts.read("word/document.xml")


def cells_of(raw: bytes) -> str:
    """Every cell of a workbook with its type and format, a line each."""
    book: Any = openpyxl.load_workbook(io.BytesIO(raw))
    return "".join(
        f"{sheet.title}!{cell.coordinate} {cell.data_type} {cell.number_format} {cell.value!r}\n"
        for sheet in book
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.value is not None
    )


def hostile(words: str) -> Report:
    """The sample with somebody's words wherever people's words can stand."""
    bad = replace(REPEAT.cells[1], words=words, commentary=words, why=words)
    row = replace(REPEAT, title=words, target=words, organisation=words, cells=(REPEAT.cells[0], bad), direction=words)
    table = replace(REPORT.parts[0].tables[0], title=words, rows=(row,))
    return replace(
        REPORT,
        parts=(replace(REPORT.parts[0], tables=(table,)),),
        attention=(Line("DA08", words, Q2, words),),
        actions=(Corrective("DA08", words, Q2, words, words, words, words, words),),
        findings=(Line("DA08", words, Q2, words),),
        footnotes=(words, words, words),
    )


def test_each_form_reads_as_its_golden_file_says() -> None:
    compare("report.html", html_of(REPORT))
    compare("report.csv", csv_of(REPORT))
    compare("report.csv-metadata.json", metadata_of(REPORT, "report.csv"))
    compare("report.docx.xml", document_xml(docx_of(REPORT)))
    compare("report.xlsx.txt", cells_of(write_booklet(booklet_of(REPORT))).encode())


def test_the_same_report_gives_the_same_bytes() -> None:
    assert docx_of(REPORT) == docx_of(REPORT)
    assert write_booklet(booklet_of(REPORT)) == write_booklet(booklet_of(REPORT))


def test_the_page_stands_alone_and_says_colours_and_pictures_in_words() -> None:
    page = html_of(REPORT).decode()
    assert not re.search(r"<link|<script|<img|https?://(?!www\.w3\.org/2000/svg)", page)
    assert '<span class="rag red">▼ Red</span>' in page
    assert 'role="img" aria-label="DA08: Q1 32%, Q2 33.7%. Target: Below 28%."' in page
    for number in set(re.findall(r'href="#note-(\d+)"', page)):
        assert f'id="note-{number}"' in page
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_document_has_headings_repeated_headers_alternative_text_and_lies_on_its_side() -> None:
    raw = docx_of(REPORT)
    out = Document(io.BytesIO(raw))
    headings = [p.text for p in out.paragraphs if p.style is not None and str(p.style.name).startswith("Heading 1")]
    assert headings[:2] == ["Summary", "Q1 and Q2 2015-16 (Apr to Sep 2015)"]
    xml = document_xml(raw).decode()
    assert xml.count("<w:tblHeader/>") == xml.count("<w:tbl>") == 4
    assert 'descr="DA08: Q1 32%, Q2 33.7%. Target: Below 28%."' in xml
    section = out.sections[0]
    assert (section.page_width or 0) > (section.page_height or 0)
    assert section.header.paragraphs[0].text == "Draft. Unpublished, not for quotation"
    assert ". Page " in section.footer.paragraphs[0].text


def test_in_the_document_a_code_stands_apart_from_its_title_and_the_page_from_its_number() -> None:
    made = Document(io.BytesIO(docx_of(REPORT)))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert any(text.startswith(f"{REPEAT.code} {REPEAT.title}") for text in cells)
    assert made.sections[0].footer.paragraphs[0].text.startswith(f"{REPORT.title}. Page ")


def test_the_workbook_can_calculate_and_a_nothing_is_no_zero() -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(write_booklet(booklet_of(REPORT))))
    sheet = book["P2"]
    headings = next(row for row in sheet.iter_rows() if row[0].value == "Code")
    places = {cell.value: cell.column for cell in headings}
    rows = {sheet.cell(number, 1).value: number for number in range(headings[0].row + 1, sheet.max_row + 1)}
    change = sheet.cell(rows["AE02"], places["Q2 2015-16: figure"])
    assert (change.value, change.number_format) == (-0.727, "+#,##0.0%;-#,##0.0%;#,##0.0%")
    assert sheet.cell(rows["RS05"], places["Q1 2015-16: figure"]).value == 0
    assert sheet.cell(rows["RS05"], places["Q2 2015-16: figure"]).value is None


def test_the_table_is_what_its_metadata_says() -> None:
    about = json.loads(metadata_of(REPORT, "report.csv"))
    rows = list(csv.DictReader(io.StringIO(csv_of(REPORT).decode(), newline="")))
    assert [column["name"] for column in about["tableSchema"]["columns"]] == list(rows[0]) == list(COLUMNS)
    assert len({tuple(row[key] for key in about["tableSchema"]["primaryKey"]) for row in rows}) == len(rows) == 6
    for column in about["tableSchema"]["columns"]:
        for value in (row[column["name"]] for row in rows):
            if column["datatype"] == "decimal" and value:
                assert Decimal(value).is_finite()
            if column["datatype"] == "date":
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    zero, nothing = rows[-2:]
    assert (zero["value"], nothing["value"], nothing["figure"]) == ("0", "", "outstanding")


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_wrote_is_never_markup_a_formula_or_a_line_of_its_own(words: str) -> None:
    report = hostile(words)
    page = html_of(report).decode()
    assert "<script" not in page
    assert "49 {" not in page
    rows = list(csv.reader(io.StringIO(csv_of(report).decode(), newline="")))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert not re.search(r"^\S+ f ", cells_of(write_booklet(booklet_of(report))), re.M)
    assert Document(io.BytesIO(docx_of(report))).paragraphs


def test_a_picture_holds_its_points_in_its_frame_whatever_they_are() -> None:
    for values, goal in (([1, 1], None), ([0, 10**12], 5), ([-3, 4, -5], -4), ([7], 7)):
        given = [Decimal(value) for value in values]
        drawn = chart(given, None if goal is None else Decimal(goal), 'a "quoted" <b>', AS_TEXT)
        places = re.findall(r'c[xy]="(-?[\d.]+)"', drawn)
        assert all(0 <= float(place) <= 120 for place in places)
        assert "<b>" not in drawn
        assert png(chart(given, None, "words", ON_PAPER)).startswith(b"\x89PNG")

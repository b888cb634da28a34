"""What is found in people's own tables, whatever their layout: a figure with its cell, a question, or nothing."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from collector.document_reading import read_document
from collector.domain.document import Document
from collector.domain.figure import FigureStatus
from collector.domain.period import Quarter
from collector.domain.submission import Asked, ReadingTask, ReadItem, Refusal
from parsers.figures import TextReader
from parsers.files import read_file
from parsers.layouts import find_in
from parsers.workbook.plain import read_xlsx
from tests.parsers.layouts.books import Rows, book, opendocument, word

Q2 = Quarter(2015, 2)
ASKED = (
    Asked(1, "DA06", "Number of clients referred for IDVA support", "count", target="at least 340"),
    Asked(2, "DA07", "Percentage of clients where risk is reduced", "percent", target="at least 74%"),
    Asked(3, "RS08", "Reckless driving discussions", "milestone"),
)
TASK = ReadingTask(str(Q2), Q2.span, ASKED, sent_on=date(2015, 10, 14))


def found(name: str, content: bytes) -> dict[str, ReadItem]:
    document = read_file(name, "", content)
    assert isinstance(document, Document), document
    in_it = find_in(document, TASK, "Medway Community Safety Partnership")
    return {item.code: item for item in read_document(document, in_it, TASK, TextReader(), frozenset())}


def of_sheet(rows: Rows, name: str = "Data", **more: Any) -> dict[str, ReadItem]:
    return found("return.xlsx", book((name, rows), **more))


def value(item: ReadItem) -> Decimal | None:
    assert item.certain, item
    return item.candidates[0].value


@pytest.mark.parametrize(
    "heading",
    [
        "Q2",
        "Q 2",
        "Quarter 2",
        "Qtr 2",
        "Q2 15/16",
        "2015/16 Q2",
        "Q2 Actual",
        "Jul-Sep",
        "July to September 2015",
        "Quarter ending Sep 2015",
        "2nd quarter",
        "Actual",
        "Performance",
        "Value",
        "This quarter",
        "Q2 (Jul-Sep) outturn",
    ],
)
def test_the_quarters_figure_is_found_under_each_of_its_usual_headings(heading: str) -> None:
    read = of_sheet((("Ref", "Target", "Q1", heading, "RAG", "Comment"), ("DA06", 340, 135, 153, "Green", "")))
    assert value(read["DA06"]) == 153
    assert read["DA06"].evidence == "return.xlsx, Data!D2: 153"


LAYOUTS: dict[str, Rows] = {
    "headings below a caption": (("CSP return 2015/16",), (), ("Indicator", "Q1", "Q2"), ("DA06", 135, 153)),
    "headings in two rows": (
        ("", "2014/15", "", "2015/16", ""),
        ("Code", "Q1", "Q2", "Q1", "Q2"),
        ("DA06", 107, 139, 135, 153),
    ),
    "indicators across the top": (("Quarter", "DA06", "DA07"), ("Q1", 135, "84%"), ("Q2", 153, "91%")),
    "a target and quarters down the side": (("Indicator", "DA06"), ("Target", 340), ("Q1", 135), ("Q2", 153)),
    "sub-headings and totals": (
        ("Indicator", "Q2"),
        ("Priority 4: domestic abuse",),
        ("DA06", 153),
        ("Total", 999),
        ("Figures are unrounded",),
    ),
    "one row a quarter": (("Ref", "Period", "Value"), ("DA06", "Q1 2015/16", 135), ("DA06", "Q2 2015/16", 153)),
    "quarters in a comment": (("Indicators", "Target", "Comment"), ("DA06", "340", "Q1 - 135 Q2 - 153")),
    "no headings at all": (("DA06", 153),),
    "a title in short": (("Measure", "Q2"), ("Clients referred for IDVA support", 153)),
    "number and per cent side by side": (("Indicator", "Number", "%"), ("DA06", 153, "")),
    "other headings that look like it": (
        ("Ref", "Q2 target", "Q2 2014/15", "Q2", "Q2 forecast", "Year to date", "Variance"),
        ("DA06", 85, 140, 153, 150, 288, 12),
    ),
}


@pytest.mark.parametrize("rows", LAYOUTS.values(), ids=LAYOUTS)
def test_one_figure_is_found_in_each_layout(rows: Rows) -> None:
    assert value(of_sheet(rows)["DA06"]) == 153


DOUBTFUL: dict[str, tuple[Rows, str]] = {
    "two columns that could be it": ((("Ref", "Actual", "Result"), ("DA06", 135, 153)), "Several cells could be it"),
    "only another quarter": ((("Ref", "Q1"), ("DA06", 135)), "stands under 'Q1'"),
    "only a figure to date": ((("Ref", "Year to date"), ("DA06", 288)), "stands under 'Year to date'"),
    "three months": ((("Ref", "Jul", "Aug", "Sep"), ("DA06", 50, 51, 52)), "together they are 153"),
    "months of a percentage": ((("Ref", "Jul", "Aug", "Sep"), ("DA07", 83, 84, 85)), "can't be added up"),
    "two months": ((("Ref", "Jul", "Aug"), ("DA06", 50, 51)), "not each of its months"),
    "a share of one": ((("Ref", "Q2"), ("DA07", 0.91)), "could be 0.91% or 91%"),
    "not the exact figure": ((("Ref", "Q2"), ("DA06", "<5")), "exact figure"),
    "suppressed": ((("Ref", "Q2"), ("DA06", "*")), "No figure was found"),
    "either of two things": ((("Ref", "Q2"), ("DA06", "n/a")), "says 'n/a'"),
    "a date": ((("Ref", "Q2"), ("DA06", date(2015, 5, 15))), "holds the date 15 May 2015"),
    "a formula nobody calculated": ((("Ref", "Q2"), ("DA06", "=100+53")), "no result was saved"),
    "a failed formula": ((("Ref", "Q2"), ("DA06", "#REF!")), "formula that failed"),
    "another area's column": ((("Ref", "Q2 Kent"), ("DA06", 153)), "under 'Q2 Kent'"),
    "a code beside another's title": (
        (("Ref", "Indicator", "Q2"), ("DA06", "Percentage of clients where risk is reduced", 91)),
        "may not be what is asked for",
    ),
    "the same thing twice": ((("Ref", "Q2"), ("DA06", 135), ("DA06", 153)), "Several cells could be it"),
    "a row for each place": ((("District", "DA06"), ("Swale", 9), ("Medway", 153)), "row 'Medway'"),
}


@pytest.mark.parametrize(("rows", "words"), DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_is_not_certain_is_asked(rows: Rows, words: str) -> None:
    item = next(iter(of_sheet(rows).values()))
    assert not item.certain
    assert words in " ".join(item.doubts)


def test_a_share_of_one_is_a_percentage_where_the_format_the_target_or_the_counts_say_so() -> None:
    def shown_as_percent(sheet: Any) -> None:
        sheet["B2"].number_format = "0%"

    assert value(of_sheet((("Ref", "Q2"), ("DA07", 0.91)), shape=shown_as_percent)["DA07"]) == 91
    assert value(of_sheet((("Ref", "Target", "Q2"), ("DA07", 0.74, 0.91)))["DA07"]) == 91
    counted = of_sheet((("Ref", "Numerator", "Denominator", "Q2"), ("DA07", 47, 52, 0.904)))["DA07"]
    assert (value(counted), counted.candidates[0].denominator) == (Decimal("90.4"), Decimal(52))


def test_what_is_hidden_is_asked_about_and_gives_way_to_what_is_seen() -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True

    hidden = of_sheet((("Ref", "Q2"), ("DA06", 135)), shape=hide)["DA06"]
    assert "Data!B2 is hidden in your file." in hidden.doubts
    assert value(of_sheet((("Ref", "Q2"), ("DA06", 135), ("DA06", 153)), shape=hide)["DA06"]) == 153


def test_merged_headings_stand_over_each_of_their_columns() -> None:
    rows: Rows = (("Ref", "2014/15", "", "2015/16", ""), ("", "Q1", "Q2", "Q1", "Q2"), ("DA06", 1, 2, 135, 153))

    def merge(sheet: Any) -> None:
        for cells in ("A1:A2", "B1:C1", "D1:E1"):
            sheet.merge_cells(cells)

    assert value(of_sheet(rows, shape=merge)["DA06"]) == 153


def test_of_a_sheet_a_quarter_the_one_asked_for_is_taken() -> None:
    rows: Rows = (("Ref", "Actual"), ("DA06", 135))
    ours: Rows = (("Ref", "Actual"), ("DA06", 153))
    assert value(found("return.xlsx", book(("Q1", rows), ("Q2", ours)))["DA06"]) == 153


def test_a_milestone_is_told_by_its_words() -> None:
    item = of_sheet((("Ref", "Q2"), ("RS08", "Complete: both meetings were held in July")))["RS08"]
    assert item.candidates[0].status is FigureStatus.NARRATIVE


def test_an_empty_cell_for_the_quarter_says_nothing_whatever_stands_beside_it() -> None:
    assert not of_sheet((("Ref", "Q1", "Q2"), ("DA06", 135, None), ("DA07", 0.84, "-")))


TEXT = 'Ref{0}Q2{0}Comment\nDA06{0}153{0}"two\nlines"\nDA07{0}91%{0}caf\N{LATIN SMALL LETTER E WITH ACUTE}\n'


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_separated_values_are_read_in_every_usual_writing(separator: str, encoding: str) -> None:
    read = found("return.csv", TEXT.format(separator).encode(encoding))
    assert (value(read["DA06"]), value(read["DA07"])) == (Decimal(153), Decimal(91))
    assert read["DA06"].candidates[0].note == "two\nlines"
    assert read["DA07"].candidates[0].note == "caf\N{LATIN SMALL LETTER E WITH ACUTE}"
    assert read["DA07"].evidence.startswith("return.csv, B3")


def test_a_word_table_is_read_and_its_rows_are_named() -> None:
    rows: Rows = (("Indicator", "Target", "Q1", "Q2", "Comment"), ("DA06", "340", "135", "153", "Busy"))
    other: Rows = (("Name", "Role"), ("Director of Public Health", "Lead"))
    read = found("return.docx", word(other, rows))
    assert value(read["DA06"]) == 153
    assert read["DA06"].evidence == "return.docx, row 2 of the second table: 153, Busy"


def test_words_of_a_document_without_tables_are_read_as_words() -> None:
    assert value(found("return.docx", word(above="DA06: 153"))["DA06"]) == 153


def below(*labels: str) -> Callable[[Any], None]:
    """Merges the first cells of the last rows of a Word table downwards, each under one of these labels."""

    def merge(table: Any) -> None:
        high = (len(table.rows) - 1) // len(labels)
        for number, label in enumerate(labels):
            first = 1 + number * high
            table.cell(first, 0).merge(table.cell(first + high - 1, 0)).text = label

    return merge


def test_a_word_cell_merged_downwards_is_the_label_of_each_of_its_rows() -> None:
    rows: Rows = (("Ref", "Quarter", "Result"), *(("", quarter, "") for quarter in ("Q1", "Q2", "Q1", "Q2")))
    figures = ("135", "153", "84%", "91%")
    filled = (rows[0], *((*row[:2], figure) for row, figure in zip(rows[1:], figures, strict=True)))
    read = found("return.docx", word(filled, shape=below("DA06", "DA07")))
    assert (value(read["DA06"]), value(read["DA07"])) == (Decimal(153), Decimal(91))


@pytest.mark.parametrize("above", ["Quarter 1 2015-16", "Performance 2014/15"])
def test_a_line_above_a_word_table_that_names_another_time_is_asked_about(above: str) -> None:
    item = found("return.docx", word((("Ref", "Actual"), ("DA06", "135")), above=above))["DA06"]
    assert not item.certain
    assert any(above in doubt for doubt in item.doubts)


PAGE = (
    "<html><style>td {color: red}</style><body><h1>Our figures</h1><table><tr><td colspan=3>Return</td></tr>"
    "<tr><th>Ref</th><th>Q1</th><th>Q2</th></tr>"
    "<tr><td>DA06</td><td>135<table><tr><td>7</td></tr></table></td><td>153</td></tr>"
    "<tr><td>DA07<td>84%<td>91&nbsp;%</tr><tr style='display:none'><td>DA07</td><td></td><td>99%</td></tr></table>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["report.xls", "report.html"])
def test_the_tables_of_a_web_page_are_read_whatever_it_is_called(name: str, encoding: str) -> None:
    read = found(name, PAGE.encode(encoding))
    assert (value(read["DA06"]), value(read["DA07"])) == (Decimal(153), Decimal(91))
    assert read["DA06"].evidence == f"{name}, row 3 of the first table: 153"


def test_a_page_for_another_quarter_is_asked_about() -> None:
    page = "<h1>Quarter 1 2015-16</h1><table><tr><th>Ref<th>Actual<tr><td>DA06<td>135</table>"
    assert not found("report.xls", page.encode())["DA06"].certain


def test_a_page_cell_over_several_rows_is_the_label_of_each() -> None:
    rows = "<tr><td rowspan=2>DA06<td>Q1<td>135<tr><td>Q2<td>153"
    read = found("report.xls", f"<table><tr><th>Ref<th>Quarter<th>Result{rows}</table>".encode())
    assert value(read["DA06"]) == 153


def test_a_page_that_is_nothing_but_cells_is_refused_in_time() -> None:
    cells = b"<html><table>" + b"<tr><td colspan=99999999999 rowspan=9999>1" * 20_100 + b"</table>"
    read = read_file("report.xls", "", cells)
    assert isinstance(read, Refusal)
    assert read.code == "too_big_to_read"


ODS = (("Ref", "Target", "Q1", "Q2"), ("DA06", "340", "135", "153"), ("DA07", "50%", "84%", "91%"))


def test_in_an_ods_a_percentage_stays_one_and_each_figure_has_its_cell() -> None:
    read = found("return.ods", opendocument(ODS))
    assert (value(read["DA06"]), value(read["DA07"])) == (Decimal(153), Decimal(91))
    assert read["DA07"].evidence == "return.ods, Data!D3: 91%"
    bare = found("return.ods", opendocument((ODS[0], ("DA07", "50%", "0.84", "0.91"))))
    assert not bare["DA07"].certain


@pytest.mark.parametrize(
    ("columns", "style"),
    [
        (
            '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>',
            "",
        ),
        ("", 'table:display="false"'),
    ],
)
def test_what_is_hidden_in_an_ods_is_asked_about(columns: str, style: str) -> None:
    item = found("return.ods", opendocument(ODS, columns, style))["DA06"]
    assert "Data!D2 is hidden in your file." in item.doubts


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "an XML spreadsheet",
        ),
        (b"<html><p>Quarter 2</p></html>", "a web page"),
        (b"MIME-Version: 1.0\r\n\r\n<table>", "a web page"),
        (b'<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>', "one flat XML file"),
    ],
)
def test_what_only_has_the_name_of_a_spreadsheet_is_called_what_it_is(content: bytes, what: str) -> None:
    read = read_file("report.xls", "", content)
    assert isinstance(read, Refusal)
    assert what in read.words
    assert "Save it as .xlsx" in read.words


def test_a_page_that_ends_within_a_table_is_damaged() -> None:
    read = read_file("report.xls", "", PAGE.encode()[: PAGE.index("153</td>") + 2])
    assert isinstance(read, Refusal)
    assert "damaged or incomplete" in read.words


def test_the_last_number_of_a_file_that_was_cut_off_is_asked_about() -> None:
    item = found("return.csv", b"Ref,Q2,Comment\nDA07,91%,Fine\nDA06,15")["DA06"]
    assert not item.certain
    assert item.doubts == ("The file ends with '15' in B3, in the middle of a row.",)
    assert value(found("return.csv", b"Ref,Q2\nDA07,91%\nDA06,153")["DA06"]) == 153


def test_the_same_row_without_headings_a_thousand_times_is_read_once() -> None:
    rows = (("DA06", "Q2", 153),) * 2000
    in_it = find_in(Document("a.xlsx", read_xlsx(book(("Data", rows)))), TASK, "Medway")
    assert len(in_it.stated) == 1
    several = tuple(("DA06", "Q2", number) for number in range(2000))
    in_it = find_in(Document("a.xlsx", read_xlsx(book(("Data", several)))), TASK, "Medway")
    assert 1 < len(in_it.stated) < 10


def test_what_a_pivot_table_keeps_is_not_read() -> None:
    content = io.BytesIO(book(("Data", (("Ref", "Q2"), ("DA06", 153)))))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", b"<r>" + b'<n v="999"/>' * 200_000 + b"</r>")
    assert value(found("return.xlsx", content.getvalue())["DA06"]) == 153


def test_a_number_beside_a_sign_nobody_can_read_is_asked_about() -> None:
    item = found("return.csv", b"Ref,Q2\nDA06,15\x13\nDA07,91%\n")["DA06"]
    assert not item.certain
    assert all(candidate.value is None for candidate in item.candidates)


def test_a_table_with_the_rows_of_a_whole_county_is_gone_through_in_time() -> None:
    rows = [("Ref", "Q1", "Q2"), *((f"X{number}", number, number) for number in range(3000, 7000)), ("DA06", 135, 153)]
    text = "\n".join(",".join(map(str, row)) for row in rows) + "\n"
    assert value(found("county.csv", text.encode())["DA06"]) == 153

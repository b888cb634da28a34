"""What is struck out, set higher or hidden in a cell is not a digit of its figure, whatever the file's format."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from collector.domain.submission import Refusal
from parsers.files import read_file
from parsers.workbook.runs import as_they_read
from tests.parsers.layouts.books import book, opendocument, word
from tests.parsers.layouts.finding import doubts, found, value
from tests.parsers.workbook.sheets import assert_our_words

ROWS = (("Ref", "Q2"), ("DA06", "153"))
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RAISED = InlineFont(vertAlign="superscript")
STRUCK = InlineFont(strike=True)
BOLD = InlineFont(b=True)


def sheet_with(cell: Any, font: Font | None = None) -> bytes:
    def put(sheet: Any) -> None:
        sheet["B2"] = cell
        if font:
            sheet["B2"].font = font

    return book(("Data", ROWS), shape=put)


def word_with(*runs: tuple[str, str]) -> bytes:
    """A Word table whose figure is made of these runs: what is said of each, and its words."""

    def put(table: Any) -> None:
        paragraph = table.rows[1].cells[1].paragraphs[0]
        paragraph.clear()
        for look, words in runs:
            run = paragraph.add_run(words)
            if look:
                setattr(run.font, look, True)

    return word(ROWS, shape=put)


def altered(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A package with one of its parts changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as was, zipfile.ZipFile(packed, "w") as archive:
        for name in was.namelist():
            words = was.read(name)
            archive.writestr(name, change(words.decode()) if name == part else words)
    return packed.getvalue()


def word_altered(new: str) -> bytes:
    """A Word table with something else in the place of its figure's run."""
    return altered(word(ROWS), "word/document.xml", lambda xml: xml.replace("<w:r><w:t>153</w:t></w:r>", new))


def opendocument_with(look: str, before: str, words: str, after: str = "") -> bytes:
    """An .ods whose figure has one span of words that look like this."""
    style = f'<style:style style:name="T1"><style:text-properties {look}/></style:style><office:body>'
    figure = f'{before}<text:span text:style-name="T1">{words}</text:span>{after}'
    plain = opendocument((("Ref", "Q2"), ("DA06", "[figure]")))
    return altered(plain, "content.xml", lambda xml: xml.replace("<office:body>", style).replace("[figure]", figure))


RAISED_ODS, STRUCK_ODS = 'style:text-position="super 58%"', 'style:text-line-through-style="solid"'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.xlsx", sheet_with(CellRichText("153", TextBlock(RAISED, "1")))),
        ("r.xlsx", sheet_with(CellRichText("153", TextBlock(RAISED, "1, 2")))),
        ("r.xlsx", sheet_with(CellRichText("153", TextBlock(InlineFont(vertAlign="subscript"), "2")))),
        ("r.docx", word_with(("", "153"), ("superscript", "1"))),
        ("r.docx", word_with(("", "153"), ("subscript", "2"))),
        ("r.ods", opendocument_with(RAISED_ODS, "153", "1")),
    ],
)
def test_a_footnote_mark_is_no_digit_of_the_figure_before_it(name: str, content: bytes) -> None:
    assert "can't read for certain" in doubts(found(name, content)["DA06"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("r.xlsx", sheet_with(CellRichText(TextBlock(STRUCK, "150"), "153"))),
        ("r.xlsx", sheet_with(CellRichText("15", TextBlock(BOLD, "3")))),
        ("r.docx", word_with(("strike", "150"), ("", "153"))),
        ("r.docx", word_with(("double_strike", "150"), ("", "153"))),
        ("r.docx", word_with(("", "153"), ("hidden", "9"))),
        ("r.docx", word_with(("", "15"), ("bold", "3"))),
        ("r.ods", opendocument_with(STRUCK_ODS, "", "150", "153")),
    ],
)
def test_what_is_struck_out_or_hidden_within_a_cell_is_left_out(name: str, content: bytes) -> None:
    assert value(found(name, content)["DA06"]) == 153


def test_a_cell_that_is_struck_out_as_a_whole_is_asked_about() -> None:
    told = doubts(found("r.xlsx", sheet_with(153, Font(strike=True)))["DA06"])
    assert "Data!B2 is struck out in your file." in told
    assert value(found("r.xlsx", sheet_with(153, Font(strike=False)))["DA06"]) == 153


def test_a_text_that_many_cells_share_is_told_as_it_reads() -> None:
    strings = (
        "<sst><si><r><t>153</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si>"
        "<si><r><rPr><strike/></rPr><t>150</t></r></si><si><r><rPr><strike val='0'/></rPr><t>7</t></r></si></sst>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    assert as_they_read(packed.getvalue()) == {"1531": "153\u00b9", "150": ""}


@pytest.mark.parametrize(
    "new",
    [
        "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:t>153</m:t></m:oMath>",
        "<w:r><w:ruby><w:rt><w:r><w:t>9</w:t></w:r></w:rt><w:rubyBase><w:t>153</w:t></w:rubyBase></w:ruby></w:r>",
        "<w:r><w:t>15</w:t></w:r><w:ins w:id='1'><w:r><w:t>3</w:t></w:r></w:ins>",
        "<w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:Choice Requires='x'><w:t>153</w:t></mc:Choice><mc:Fallback><w:t>153</w:t></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
    ],
    ids=["in a formula", "with a reading above it", "added with changes tracked", "kept twice for older programs"],
)
def test_a_figure_in_a_word_table_is_read_as_it_is_seen(new: str) -> None:
    assert value(found("r.docx", word_altered(new))["DA06"]) == 153


def test_a_picture_sign_within_a_number_makes_it_unreadable() -> None:
    sign = "<w:r><w:t>15</w:t><w:sym w:font='Wingdings' w:char='F0FC'/><w:t>3</w:t></w:r>"
    assert doubts(found("r.docx", word_altered(sign))["DA06"])


def test_a_row_that_somebody_took_out_with_changes_tracked_is_not_read() -> None:
    def take_out(xml: str) -> str:
        before, start, row = xml.rpartition("<w:tr>")
        return f"{before}{start}<w:trPr><w:del w:id='1'/></w:trPr>{row}"

    content = altered(word((*ROWS, ("DA07", "91%"))), "word/document.xml", take_out)
    assert set(found("r.docx", content)) == {"DA06"}


def test_a_word_document_of_the_strict_kind_is_named() -> None:
    def strict(xml: str) -> str:
        return xml.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", STRICT)

    answer = read_file("r.docx", "", altered(word(ROWS), "word/document.xml", strict))
    assert isinstance(answer, Refusal)
    assert answer.code == "strict_format"
    assert_our_words(answer.words)

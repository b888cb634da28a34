"""The report as a Word document: real headings, repeated table headers, pictures with alternative text, landscape."""

import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.phrases import one_line
from bot.report.picture import ON_PAPER, chart, png
from bot.report.words import (
    BY_COLOUR,
    MISSING,
    chart_words,
    commentary_words,
    is_planned,
    made_words,
    notes_of,
    numbers,
    rag_words,
    said,
    why_words,
)
from collector.domain.rag import Rag
from collector.report import Cell, Corrective, Line, Part, Report, Row, Table
from collector.report_trends import short

_FILLS = {Rag.RED: "FDE4E4", Rag.AMBER: "FFF0CC", Rag.GREEN: "DEF3E3"}
_INKS = {Rag.RED: "8C1515", Rag.AMBER: "6E4400", Rag.GREEN: "14532D"}
_HEAD_FILL = "1F3A4D"
_SMALL = Pt(8)
_TREND_WIDTH = Cm(3.2)
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)


def docx_of(report: Report) -> bytes:
    """The document; the same report gives the same bytes."""
    return _Writer(report).written()


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, report: Report) -> None:
        self._report, self._out = report, Document()
        self._pictures = 0
        _set_up(self._out, report)

    def written(self) -> bytes:
        self._summary()
        for part in self._report.parts:
            self._out.add_heading(one_line(part.title), 1)
            for table in part.tables:
                self._table(part, table)
        self._actions()
        self._lines("Findings", self._report.findings, "Nothing was found.")
        self._notes()
        content = io.BytesIO()
        self._out.save(content)
        return _repacked(content.getvalue())

    def _summary(self) -> None:
        report = self._report
        if report.mark:
            run = self._out.add_paragraph().add_run(report.mark)
            run.bold, run.font.highlight_color = True, WD_COLOR_INDEX.YELLOW
        self._out.add_heading(one_line(f"Performance report, {report.period}"), 0)
        self._out.add_paragraph(one_line(f"{report.partnership}. {made_words(report)}"))
        self._out.add_heading("Summary", 1)
        for line in report.standing:
            self._out.add_paragraph(one_line(line), "List Bullet")
        if report.draft:
            self._out.add_paragraph(MISSING).runs[0].bold = True
        for line in report.missing:
            self._out.add_paragraph(one_line(line), "List Bullet")
        self._out.add_paragraph(BY_COLOUR)
        headings = ("Quarter", "Indicators", "Figures", "▼ Red", "● Amber", "▲ Green", "No colour", "Not in")
        counts = [each for part in report.parts for each in part.counts]
        rows = self._grid(headings, (9.3, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6, 2.6), len(counts))
        for each, cells in zip(counts, rows, strict=True):
            colours = (each.red, each.amber, each.green, each.none, each.out)
            told = (each.period, each.indicators, each.figures, *colours)
            for cell, words in zip(cells, told, strict=True):
                cell.text = str(words)
        self._lines("For SEG to decide", report.decisions, "Nothing.", 2)
        nothing = "Nothing: no figure of the last quarter is Red, Amber or out."
        self._lines("What needs attention", report.attention, nothing, 2)

    def _lines(self, heading: str, lines: Sequence[Line], nothing: str, level: int = 1) -> None:
        self._out.add_heading(heading, level)
        for line in lines:
            paragraph = self._out.add_paragraph(style="List Bullet")
            if line.rag:
                _add_rag(paragraph, line.rag)
                paragraph.add_run(" ")
            _add_labelled(paragraph, line.code, f"{line.title}, {short(line.period)}: {line.text}")
        if not lines:
            self._out.add_paragraph(nothing)

    def _table(self, part: Part, table: Table) -> None:
        self._out.add_heading(one_line(f"{table.code} {table.title}"), 2)
        if table.signed:
            self._out.add_paragraph(one_line(table.signed))
        quarters = [str(period) for period in part.periods]
        each = 14.3 / len(quarters)
        widths = (7.5, *(each for _ in quarters), 5.5)
        found = self._grid(("Indicator and target", *quarters, "Direction and trend"), widths, len(table.rows))
        for row, cells in zip(table.rows, found, strict=True):
            self._first(cells[0], row)
            for place, cell in enumerate(row.cells, start=1):
                self._figure(cells[place], row, cell)
            self._trend(cells[-1], row)

    def _first(self, place: _Cell, row: Row) -> None:
        _add_labelled(place.paragraphs[0], row.code, row.title)
        target = f"Target: {row.target}. " if row.target else ""
        _small(place, f"{target}{row.organisation}")

    def _figure(self, place: _Cell, row: Row, cell: Cell) -> None:
        paragraph = place.paragraphs[0]
        paragraph.add_run(one_line(cell.words)).bold = cell.value is not None
        notes = notes_of(row, cell)
        if notes:
            paragraph.add_run(numbers(notes)).font.superscript = True
        if cell.rag:
            _add_rag(place.add_paragraph(), cell.rag)
        if cell.why and (cell.rag or cell.value is not None):
            _small(place, why_words(cell))
        if cell.commentary:
            _small(place, commentary_words(cell)).runs[0].italic = True

    def _trend(self, place: _Cell, row: Row) -> None:
        paragraph = place.paragraphs[0]
        values = [point.value for point in row.trend.points]
        if values:
            words = chart_words(row)
            raw = png(chart(values, row.trend.goal, words, ON_PAPER))
            self._picture(paragraph, raw, words)
            _small(place, row.trend.words)
        if row.direction:
            _small(place, row.direction)

    def _picture(self, paragraph: Paragraph, raw: bytes, words: str) -> None:
        """A picture with its words for who can't see it.

        The library's own way looks through the whole document for each picture, which costs the more the longer it is.
        """
        self._pictures += 1
        image = Image.from_blob(raw)
        part = ImagePart.from_image(image, PackURI(f"/word/media/trend{self._pictures}.png"))
        width, height = image.scaled_dimensions(_TREND_WIDTH, None)
        known_as = self._out.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        inline = CT_Inline.new_pic_inline(self._pictures, known_as, f"trend{self._pictures}.png", width, height)
        inline.docPr.set("descr", one_line(words))
        inline.docPr.set("name", f"Trend {self._pictures}")
        paragraph.add_run()._r.add_drawing(inline)

    def _actions(self) -> None:
        self._out.add_heading("Corrective actions", 1)
        if not self._report.actions:
            self._out.add_paragraph("No figure of a round is Red.")
            return
        headings = ("Red figure", "Reason", "Action", "Owner", "By when", "What came of it")
        found = self._grid(headings, (6.3, 5, 6, 3.5, 2.5, 4), len(self._report.actions))
        for action, cells in zip(self._report.actions, found, strict=True):
            for cell, words in zip(cells, _planned(action), strict=True):
                cell.text = one_line(words)

    def _notes(self) -> None:
        self._out.add_heading("Footnotes", 1)
        for number, text in enumerate(self._report.footnotes, 1):
            self._out.add_paragraph(one_line(f"{number}. {text}"))
        self._out.add_heading("Tolerances and the quality of the data", 1)
        for text in (*self._report.tolerance, *self._report.quality):
            self._out.add_paragraph(one_line(text), "List Bullet")
        self._out.add_heading("Glossary", 1)
        for word, meaning in self._report.glossary:
            _add_labelled(self._out.add_paragraph(), f"{word}:", meaning)

    def _grid(self, headings: Sequence[str], widths: Sequence[float], rows: int) -> list[tuple[_Cell, ...]]:
        """The cells of a new table below its header, row by row; `widths` in centimetres.

        The header is repeated on every page, and no row is torn apart between pages.
        """
        table: WordTable = self._out.add_table(1 + rows, len(headings), "Table Grid")
        table.autofit = False
        _pad(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        header, *below = table.rows
        for cell, width, words in zip(header.cells, widths, headings, strict=True):
            cell.width = Cm(width)
            run = cell.paragraphs[0].add_run(one_line(words))
            run.bold, run.font.color.rgb = True, RGBColor.from_string("FFFFFF")
            _fill(cell, _HEAD_FILL)
        header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        found = []
        for row in below:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            cells = row.cells
            for cell, width in zip(cells, widths, strict=True):
                cell.width = Cm(width)
            found.append(cells)
        return found


def _planned(action: Corrective) -> tuple[str, ...]:
    first = f"{action.code} {action.title}, {short(action.period)}"
    if not is_planned(action):
        return (first, "No plan yet", "", "", "", action.outcome)
    told = (action.reason, action.action, action.owner, action.by_when)
    return (first, *map(said, told), action.outcome)


def _set_up(out: WordDocument, report: Report) -> None:
    made = report.made.replace(tzinfo=None, microsecond=0)
    properties = out.core_properties
    properties.title, properties.author, properties.language = (
        one_line(report.title),
        one_line(report.partnership),
        "en-GB",
    )
    properties.created = properties.modified = made
    properties.last_modified_by, properties.comments, properties.revision = one_line(report.partnership), "", 1
    normal = out.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    section = out.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.2)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    section.header.paragraphs[0].text = one_line(report.mark or report.partnership)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{one_line(report.title)}. Page ")
    _add_field(foot, "PAGE")
    foot.add_run(" of ")
    _add_field(foot, "NUMPAGES")


def _add_field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def _add_rag(paragraph: Paragraph, rag: Rag) -> None:
    """The word and the sign on the colour: never colour alone."""
    run = paragraph.add_run(rag_words(rag))
    run.bold, run.font.color.rgb = True, RGBColor.from_string(_INKS[rag])
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _FILLS[rag])
    run._r.get_or_add_rPr().append(shade)


def _add_labelled(paragraph: Paragraph, label: str, words: str) -> None:
    """A code or a word in bold, and after a space what belongs to it."""
    paragraph.add_run(one_line(label)).bold = True
    paragraph.add_run(f" {one_line(words)}")


def _small(place: _Cell, words: str) -> Paragraph:
    paragraph: Paragraph = place.add_paragraph()
    paragraph.add_run(one_line(words)).font.size = _SMALL
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def _pad(table: WordTable) -> None:
    """Room above and below the words of each cell: 3 points."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        room = OxmlElement(f"w:{side}")
        room.set(qn("w:w"), "60")
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    # Word wants the look of a table to stand last.
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _fill(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)


def _repacked(content: bytes) -> bytes:
    """The same parts without the time at which they were packed."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=_ZIP_MOMENT)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(part, old.read(name))
    return again.getvalue()

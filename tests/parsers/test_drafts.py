"""A draft's paragraphs out of a file, and the comments back into it."""

import io
import zipfile

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R

from collector.domain.draft import Draft
from collector.domain.submission import Refusal
from parsers.drafts import Remark, as_word, commented, read_draft
from parsers.guard import guarded


def paper() -> bytes:
    document = Document()
    document.add_heading("Our year", 1)
    document.add_paragraph("Crime fell by 5%.")
    document.add_table(1, 2).cell(0, 1).text = "Repeat victimisation: 33.7%"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_word_paper_is_read_in_the_guard_with_its_tables() -> None:
    draft = guarded(read_draft, "paper.docx", paper())
    assert isinstance(draft, Draft)
    assert [words for words in draft.paragraphs if words] == [
        "Our year",
        "Crime fell by 5%.",
        "Repeat victimisation: 33.7%",
    ]


def test_comments_stand_at_their_sentences_and_the_paper_itself_is_untouched() -> None:
    draft = read_draft("paper.docx", paper())
    assert isinstance(draft, Draft)
    remarks = [
        Remark(place=draft.paragraphs.index(words), words=f"About: {words}") for words in draft.paragraphs if words
    ]
    made = Document(io.BytesIO(commented(paper(), remarks)))
    assert [comment.text for comment in made.comments] == [remark.words for remark in remarks]
    assert [paragraph.text for paragraph in made.paragraphs[:2]] == ["Our year", "Crime fell by 5%."]


def test_a_comment_stands_at_its_sentence_alone_and_the_bold_in_it_stays_bold() -> None:
    document = Document()
    paragraph = document.add_paragraph("We met often. ")
    paragraph.add_run("Crime fell by ")
    paragraph.add_run("5%").bold = True
    paragraph.add_run(". Crime fell by 5%. \u201cRepeats\u201d rose.")
    made = io.BytesIO()
    document.save(made)
    said = ("Crime fell by 5%", "Crime fell by 5%.", '"Repeats" rose.', "Not in it")
    remarks = [Remark(place=0, words=str(at), sentence=words) for at, words in enumerate(said)]
    checked = Document(io.BytesIO(commented(made.getvalue(), remarks)))
    found = checked.paragraphs[0]
    assert found.text == paragraph.text
    assert [run.text for run in found.runs if run.bold] == ["5%"]
    assert [_commented(found._p, at) for at in range(4)] == [
        "Crime fell by 5%",
        "Crime fell by 5%.",
        "\u201cRepeats\u201d rose.",
        paragraph.text,
    ]


def _commented(paragraph: CT_P, number: int) -> str:
    """The words between the two ends of a comment."""
    told, within = "", False
    for element in paragraph.xpath("w:r | w:commentRangeStart | w:commentRangeEnd"):
        if element.get(qn("w:id")) == str(number):
            within = element.tag == qn("w:commentRangeStart")
        elif within and isinstance(element, CT_R):
            told += element.text
    return told


def test_a_cell_of_a_table_comes_with_the_names_of_its_row_and_column() -> None:
    document = Document()
    table = document.add_table(2, 3)
    for at, words in enumerate(("Indicator", "Q1", "Q2", "Repeats", "32%", "33.7%")):
        table.cell(at // 3, at % 3).text = words
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Figures"
    made = io.BytesIO()
    document.save(made)
    draft = guarded(read_draft, "paper.docx", made.getvalue())
    assert isinstance(draft, Draft)
    named = {draft.paragraphs[at]: names for at, names in draft.cells.items()}
    assert named == {"32%": ("Repeats", "Figures"), "33.7%": ("Repeats", "")}


def test_text_in_any_usual_encoding_is_read_and_can_become_a_word_paper() -> None:
    draft = read_draft("line.txt", "Fines of £60 rose\r\nby 5%".encode("cp1252"))
    assert draft == Draft("line.txt", ("Fines of £60 rose", "by 5%"))
    assert read_draft("line.docx", as_word(draft.paragraphs)) == Draft("line.docx", draft.paragraphs)


def test_what_is_no_paper_gets_a_plain_reason() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", " " * 50_000_000)
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    hostile = (
        ("paper.pdf", b"%PDF"),
        ("paper", b"x"),
        ("paper.docx", b"PK\x03\x04 cut"),
        ("paper.docx", b""),
        ("paper.docx", empty.getvalue()),
        ("paper.docx", bomb.getvalue()),
        ("paper.txt", b"a line\n" * 50_000),
    )
    for name, content in hostile:
        refused = read_draft(name, content)
        assert isinstance(refused, Refusal), name
        assert refused.words.startswith("paper")

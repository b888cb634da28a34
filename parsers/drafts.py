"""A draft's paragraphs out of a file, and our remarks back into it as Word comments.

A Word file is opened in the guard only, and looked through before a library loads it.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.text.paragraph import Paragraph
from pydantic import BaseModel, ConfigDict

from collector.domain.draft import Draft
from collector.domain.submission import Refusal
from parsers.draft_runs import runs_of
from parsers.draft_tables import names_of_cells
from parsers.workbook.package import look_through
from parsers.workbook.refusals import Unfit

_LONGEST = 2_000_000
_MOST_PARAGRAPHS = 20_000
_AUTHOR, _INITIALS = "Check against the books", "CB"
_SAVE = "Save it as a Word document (.docx) or as plain text and check it again."
_KINDS = (".docx", ".txt", ".md")


class Remark(BaseModel):
    """What is to stand beside a `sentence` of a paragraph, or beside the whole of it where that is not said."""

    model_config = ConfigDict(frozen=True)

    place: int
    words: str
    sentence: str = ""


def read_draft(name: str, content: bytes) -> Draft | Refusal:
    """The paragraphs of a .docx, .txt or .md file; a Refusal says why it can't be read."""
    kind = name.lower()[name.rfind(".") :] if "." in name else ""
    if kind not in _KINDS:
        return Refusal("not_read", f"{name} is not a kind of file that can be checked. {_SAVE}")
    if kind == ".docx":
        return _of_word(name, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return _bounded(name, tuple(line.strip() for line in text[: _LONGEST + 1].split("\n")))


def _of_word(name: str, content: bytes) -> Draft | Refusal:
    try:
        look_through(content)
        document = Document(io.BytesIO(content))
        paragraphs, names = list(_paragraphs(document)), names_of_cells(document)
        found = tuple(paragraph.text for paragraph in paragraphs)
        cells = {at: names[one._p] for at, one in enumerate(paragraphs) if one._p in names}
    except Unfit:
        return Refusal("not_read", f"{name} is too big, is protected, or is built in a way we don't open. {_SAVE}")
    # What python-docx and lxml raise for a file that is damaged inside; the rest is the guard's.
    except (zipfile.BadZipFile, PythonDocxError, LookupError, ValueError, OSError, AttributeError, SyntaxError):
        return Refusal("broken", f"{name} could not be read: the file may be damaged. {_SAVE}")
    return _bounded(name, found, cells)


def _bounded(
    name: str, paragraphs: tuple[str, ...], cells: Mapping[int, tuple[str, str]] | None = None
) -> Draft | Refusal:
    if len(paragraphs) > _MOST_PARAGRAPHS or sum(map(len, paragraphs)) > _LONGEST:
        return Refusal("too_big_to_read", f"{name} is longer than a paper we check. Check it in parts.")
    return Draft(name, paragraphs, cells or {})


def _paragraphs(document: WordDocument) -> Iterator[Paragraph]:
    """Every paragraph of the body in its order, those in tables among them, each once."""
    for element in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        yield Paragraph(element, document._body)


def commented(content: bytes, remarks: Sequence[Remark]) -> bytes:
    """A Word file with a comment at each sentence that there is a remark about; its own words are untouched."""
    document = Document(io.BytesIO(content))
    paragraphs = list(_paragraphs(document))
    read_to: dict[int, int] = {}
    for remark in remarks:
        found, read_to[remark.place] = runs_of(paragraphs[remark.place], remark.sentence, read_to.get(remark.place, 0))
        if found:
            document.add_comment([found[0], found[-1]], remark.words, author=_AUTHOR, initials=_INITIALS)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def as_word(paragraphs: Sequence[str]) -> bytes:
    """A new Word file with these paragraphs, for a draft that was plain text."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph("".join(sign for sign in words if sign.isprintable()))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()

"""A file of somebody's own as plain tables, whatever its format. A stranger's bytes: only in the guard's child."""

from collector.domain.document import Document, DocumentTable
from collector.domain.submission import Refusal
from parsers.document import read_word
from parsers.layouts.old_formats import read_other_format
from parsers.layouts.pages import is_page, read_page
from parsers.layouts.separated import read_separated
from parsers.workbook.kinds import OLE, ZIP, Sort, kind_of
from parsers.workbook.package import MOST_BYTES
from parsers.workbook.plain import read_xlsx
from parsers.workbook.refusals import Unfit, refusal
from parsers.workbook.texts import shown_name

#: The parts that macros lie in, as the formats call them.
_MACROS = (b"vbaProject", b"Basic/script", "_VBA_PROJECT_CUR".encode("utf-16-le"))
#: What begins like this is no table of separated values, whatever it is called.
_NO_VALUES = (b"<", b"MIME-Version:", b"{\\rtf", b"%PDF")


def open_document(name: str, content: bytes, was: Refusal) -> Document | Refusal:
    """A file that is none of ours, by its bytes; `was` is what is said of it where it is no table either."""
    shown = shown_name(name)
    if len(content) > MOST_BYTES:
        return refusal("too_big", shown, f"{len(content) // 1024 // 1024 + 1:,} MB")
    try:
        tables, text = _read(name, content)
    except Unfit as unfit:
        return refusal(unfit.code, shown)
    except (MemoryError, RecursionError):
        raise
    except Exception:
        # calamine, openpyxl, python-docx and the libraries below them raise dozens of kinds for damaged files.
        return refusal("broken", shown)
    if tables is None:
        return was
    if not text and not any(table.rows for table in tables):
        return refusal("nothing_in_it", shown)
    has_macros = any(mark in content for mark in _MACROS)
    remarks = (f"{shown} has macros in it. They were not run and are ignored.",) if has_macros else ()
    return Document(shown, tables, text, remarks)


def _read(name: str, content: bytes) -> tuple[tuple[DocumentTable, ...] | None, str]:
    ending = name.rpartition(".")[2].strip().lower()
    if content.startswith(ZIP):
        if b"word/document" in content:
            return read_word(content)
        if b"xl/workbook.bin" in content or kind_of(name, "", content).sort is Sort.OPEN_DOCUMENT:
            return read_other_format(content), ""
        return (read_xlsx(content), "") if b"xl/" in content else (None, "")
    if content.startswith(OLE):
        return (
            (read_other_format(content), "") if any(_utf16(n) in content for n in ("Workbook", "Book")) else (None, "")
        )
    if is_page(content):
        return read_page(content) or None, ""
    if ending in ("csv", "tsv", "txt", "tab", "xls") and not content.lstrip().startswith(_NO_VALUES):
        return read_separated(content), ""
    return None, ""


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")

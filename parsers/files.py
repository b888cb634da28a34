"""A file that came with a message: a return of ours, definitions, or somebody's own tables. In the guard's child."""

from collector.domain.came_back import CameBack
from collector.domain.document import Document
from collector.domain.submission import Form, Refusal
from parsers import layouts, workbook

#: What is none of our workbooks may be a table of the sender's own.
_THEIR_OWN = ("foreign", "old_format", "not_read")


def read_file(name: str, content_type: str, content: bytes) -> Form | CameBack | Document | Refusal | None:
    """Read a file as a return, as definitions or as tables; None for a kind that can't hold any of these."""
    read = workbook.read_attachment(name, content_type, content)
    if isinstance(read, Refusal) and read.code in _THEIR_OWN:
        return layouts.open_document(name, content, read)
    return read

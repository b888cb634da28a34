"""What the guard's fork server makes ready once, so that no child has to: only the fork server imports this.

A child lives for one document. What it would load or make at its first use it would make for nothing else, and the
libraries find out much on their first document.
"""

import gc
from collections.abc import Callable
from datetime import UTC, datetime

from collector.domain.period import Quarter
from collector.messages import Sheet, SheetRow
from parsers import files, layouts, mime
from parsers.guard import answer_of
from parsers.workbook import write_workbook

_EMAIL = b"From: a@example.org\r\nSubject: Q2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDA06 153\r\n"
_ROW = SheetRow(1, "A", "A", "", "", ())
_SHEET = Sheet("a", "A", Quarter(2015, 1), "a", "A", datetime(2015, 7, 1, tzinfo=UTC), "", (), (_ROW,), ())

_ASKED_OF_CHILDREN: tuple[Callable[..., object], ...] = (
    mime.open_mail,
    mime.open_file,
    mime.refuse_mail,
    files.read_file,
    layouts.find_in,
)

for function in _ASKED_OF_CHILDREN:
    answer_of(function)
opened = mime.open_mail(_EMAIL, len(_EMAIL), False)
answer_of(mime.open_mail)(value=opened).model_dump_json()
answer_of(files.read_file)(value=files.read_file("a.xlsx", "", write_workbook(_SHEET))).model_dump_json()
# What is here stays: a child's collector must not touch it, as every page that it touches is copied.
gc.collect()
gc.freeze()

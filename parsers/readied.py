"""What the guard's fork server makes ready once, so that no child has to: only the fork server imports this.

A child lives for one document. What it would load or make at its first use it would make for nothing else.
"""

import gc
from collections.abc import Callable

from parsers import mime, workbook
from parsers.guard import answer_of

_EMAIL = b"From: a@example.org\r\nSubject: Q2\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDA06 153\r\n"

_ASKED_OF_CHILDREN: tuple[Callable[..., object], ...] = (
    mime.open_mail,
    mime.open_file,
    mime.refuse_mail,
    workbook.read_attachment,
)

for function in _ASKED_OF_CHILDREN:
    answer_of(function)
opened = mime.open_mail(_EMAIL, len(_EMAIL), False)
answer_of(mime.open_mail)(value=opened).model_dump_json()
# What is here stays: a child's collector must not touch it, as every page that it touches is copied.
gc.collect()
gc.freeze()

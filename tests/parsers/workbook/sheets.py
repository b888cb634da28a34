"""A sheet as the collector would send it, and hands that change what was written."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from collector.domain.period import Quarter
from collector.domain.submission import Form, FormValue, Refusal
from collector.messages import Sheet, SheetRow
from parsers.workbook import read_workbook, write_workbook

NOT_OUR_WORDS = ("please", "sorry", "oops", "invalid", "illegal", "forbidden", "error", "null", "none", "you forgot")

ROWS = (
    SheetRow(
        1, "RO05", "Re-offending within 6 months", "per cent, with its counts", "below 50%", ("43%", "not available")
    ),
    SheetRow(2, "DA06", "Number of referrals to the IDVA service", "a number", "340", ("144", "1,102")),
    SheetRow(
        3,
        "DA07",
        "Domestic abuse: repeat victimisation",
        "per cent, with its counts",
        "at most 28%",
        ("32%",),
        held=FormValue("DA07", figure="33.7%", part="15", whole="52", status="provisional", comment="As in July"),
    ),
    SheetRow(
        4,
        "NI196a",
        "Number of fly tipping incidents",
        "a number",
        "5% reduction",
        ("1,102", "1,240"),
        held=FormValue("NI196a", figure="153"),
    ),
)
SHEET = Sheet(
    partnership="medway",
    partnership_name="Medway Community Safety Partnership",
    period=Quarter(2015, 2),
    person="dph",
    to="Director of Public Health",
    due=datetime(2015, 10, 23, 16, 0, tzinfo=UTC),
    mailbox="returns@medway.example.org",
    earlier=("Q1 2015-16", "Q2 2014-15"),
    rows=ROWS,
    statuses=("provisional", "nil return", "not available", "awaiting release", "not applicable"),
)


def with_row(**changes: Any) -> Sheet:
    """The sheet with its first row changed."""
    return replace(SHEET, rows=(replace(ROWS[0], **changes), *ROWS[1:]))


def opened(content: bytes, name: str = "Return") -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def changed(change: Callable[[Worksheet], object], sheet: Sheet = SHEET) -> bytes:
    """The workbook after somebody worked in its sheet."""
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(sheet)))
    page = book["Return"]
    assert isinstance(page, Worksheet)
    change(page)
    return saved(book)


def filled(cells: dict[str, Any], sheet: Sheet = SHEET) -> bytes:
    """The workbook with values in cells; a pair is a value and its number format."""

    def fill(page: Worksheet) -> None:
        for name, value in cells.items():
            content, number_format = value if isinstance(value, tuple) else (value, None)
            page[name] = content
            if number_format:
                page[name].number_format = number_format

    return changed(fill, sheet)


def saved(book: openpyxl.Workbook) -> bytes:
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def read(content: bytes, name: str = "return.xlsx") -> Form:
    answer = read_workbook(name, content)
    assert isinstance(answer, Form), answer
    for problem in answer.problems:
        assert_our_words(problem)
    return answer


def refused(content: bytes, name: str = "return.xlsx") -> Refusal:
    answer = read_workbook(name, content)
    assert isinstance(answer, Refusal), answer
    assert_our_words(answer.words)
    assert name in answer.words
    return answer


def assert_our_words(words: str) -> None:
    for word in NOT_OUR_WORDS:
        assert not re.search(rf"\b{word}", words, re.IGNORECASE), words


def repacked(
    content: bytes, changes: dict[str, bytes | None], extra: dict[str, bytes] | None = None, method: int = 8
) -> bytes:
    """The package with other parts; a part changed to None is left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", method) as new:
        for name in old.namelist():
            part = changes.get(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return packed.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def ole(*names: str) -> bytes:
    """The start of a compound file with these names in its directory."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))
    return bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + entries + bytes(512)

"""The `documents` bench: reading workbooks as a return is read, and what files that are built to hurt cost."""

import io
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from bench.bombs import bombs
from bot.demo.spreadsheet import fill_in
from collector.domain.period import Quarter
from collector.domain.submission import Attachment, Form, Refusal
from collector.forms import STATUSES
from collector.messages import Sheet, SheetRow
from parsers.guard import GuardedOpener, Limits, within
from parsers.workbook import read_attachment, write_workbook

_RUNS, _FEW_RUNS = 15, 3
_OURS = "ours, checked, without the guard"
#: So that a library's memory can be measured where it is more than a document may have.
_AMPLE = Limits(seconds=120, cpu_seconds=120, memory_bytes=8 * 1024**3)


def documents(_folder: Path) -> None:
    """Time and peak memory for a return of 60 rows and for 10,000 x 20 cells, then for each bomb."""
    _compare("a return of 60 rows, filled in", _return(60), _RUNS)
    _compare("10,000 rows of 20 cells, which is no return", _plain(10_000, 20), _FEW_RUNS)
    sys.stdout.write("built to hurt, each in the guard once\n")
    for name, file_name, content in bombs():
        begun = time.perf_counter()
        ended = within(Limits(), peak, _OURS, file_name, content)
        taken = (time.perf_counter() - begun) * 1000
        memory, said = ("at its limit", ended.code) if isinstance(ended, Refusal) else (f"{ended[0]:.0f} MiB", ended[1])
        sys.stdout.write(f"  {name:<56}{len(content) / 1024:>8.0f} kB{taken:>8.0f} ms{memory:>14}  {said}\n")


def peak(way: str, name: str, content: bytes) -> tuple[float, str]:
    """What a way of reading adds to the memory of a fresh process at most, in MiB, and how it ended."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = _WAYS[way](name, content)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, said


def _compare(what: str, content: bytes, runs: int) -> None:
    sys.stdout.write(f"{what} ({len(content) / 1024:.0f} kB), medians of {runs} runs, warm\n")
    baseline = 0.0
    for name, way in _WAYS.items():
        taken = _median(partial(way, "return.xlsx", content), runs)
        baseline = baseline or taken
        measured = within(_AMPLE, peak, name, "return.xlsx", content)
        memory = f"{measured[0]:.0f} MiB" if not isinstance(measured, Refusal) else measured.code
        sys.stdout.write(f"  {name:<40}{taken:>9.1f} ms{memory:>12}{taken / baseline:>7.1f} times the first\n")
    attachment, opener = Attachment("return.xlsx", "", content), GuardedOpener()
    taken = _median(lambda: opener.read_file(attachment), runs)
    sys.stdout.write(
        f"  {'ours, checked, in the guard':<40}{taken:>9.1f} ms{'':>12}{taken / baseline:>7.1f} times the first\n"
    )


def _median(way: Callable[[], object], runs: int) -> float:
    way()
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        way()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def _read_only(_name: str, content: bytes) -> str:
    return _openpyxl(content, read_only=True)


def _normal(_name: str, content: bytes) -> str:
    return _openpyxl(content, read_only=False)


def _openpyxl(content: bytes, read_only: bool) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=read_only, data_only=True)
    cells = sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    book.close()
    return f"{cells} cells"


def _calamine(_name: str, content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return f"{sum(len(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).iter_rows())} cells"


def _ours(name: str, content: bytes) -> str:
    read = read_attachment(name, "", content)
    return "read" if isinstance(read, Form) else str(getattr(read, "code", "passed over"))


_WAYS: dict[str, Callable[[str, bytes], str]] = {
    "openpyxl, read-only, every cell": _read_only,
    "openpyxl, normal, every cell": _normal,
    "calamine, every cell": _calamine,
    _OURS: _ours,
}


def _return(rows: int) -> bytes:
    """A return of so many indicators, every second one with a figure."""
    asked = tuple(
        SheetRow(
            number,
            f"AB{number:02d}",
            f"Number of cases of kind {number} that were closed",
            "a number",
            "at most 340",
            ("144", "151", "149", "162"),
            unit="count",
            covers="Jul to Sep 2015",
            better="smaller is better",
        )
        for number in range(1, rows + 1)
    )
    sheet = Sheet(
        partnership="medway",
        partnership_name="Medway Community Safety Partnership",
        period=Quarter(2015, 2),
        person="dph",
        to="Director of Public Health",
        due=datetime(2015, 10, 23, 16, tzinfo=UTC),
        mailbox="returns@medway.example.org",
        earlier=("Q2 2014-15", "Q3 2014-15", "Q4 2014-15", "Q1 2015-16"),
        rows=asked,
        statuses=tuple(STATUSES),
    )
    return fill_in(write_workbook(sheet), {row.code: {"Figure": row.number + 100} for row in asked[::2]})


def _plain(rows: int, columns: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Data")
    for row in range(rows):
        page.append([row * columns + column for column in range(columns)])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()

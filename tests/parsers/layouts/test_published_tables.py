"""The published action plans as their officers would send them: Word tables with two quarters in each comment."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from collector.document_reading import read_document
from collector.domain.document import Document
from collector.domain.period import Quarter
from collector.domain.submission import Asked, ReadingTask
from parsers.figures import TextReader
from parsers.files import read_file
from parsers.layouts import find_in
from tests.parsers.layouts.books import word

SHARED = Path(__file__).parents[4] / "shared"
RETURNS = SHARED / "returns" / "medway_2014_16.jsonl"
SCORE = SHARED / "tools" / "score_reading.py"

pytestmark = pytest.mark.skipif(not RETURNS.exists(), reason="the published returns are not here")


def published(appendix: int) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in RETURNS.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["appendix"] == appendix and re.fullmatch(r"\d{4}-\d\d Q\d", row["period"])]


def as_sent(rows: list[dict[str, Any]]) -> Document:
    """A Word document with a table for each priority: indicators, targets, and a comment on both quarters."""
    tables: dict[int, dict[int, tuple[str, ...]]] = {}
    for row in rows:
        cells = (row["indicator"], row["target_text"] or "", row["comment_plain"])
        tables.setdefault(row["priority"], {})[row["row"]] = cells
    heading = ("Indicators", "Target", "Comment")
    content = word(*((heading, *table.values()) for table in tables.values()))
    document = read_file("action plan.docx", "", content)
    assert isinstance(document, Document)
    return document


def answers(document: Document, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is made of the document for each labelled figure of one quarter."""
    year, quarter = rows[0]["period"].split(" Q")
    period = Quarter(int(year[:4]), int(quarter))
    asked = tuple(
        Asked(
            number,
            row["code"] or f"X{number:02d}",
            row["indicator"],
            row["unit"] or (row["target"] or {}).get("unit") or "count",
            target=row["target_text"] or "",
        )
        for number, row in enumerate(rows, start=1)
    )
    task = ReadingTask(str(period), period.span, asked)
    found = find_in(document, task, "Medway Community Safety Partnership")
    read = {item.code: item for item in read_document(document, found, task, TextReader(), frozenset())}
    told = []
    for row, one in zip(rows, asked, strict=True):
        item = read.get(one.code)
        value = item.candidates[0].value if item is not None and item.certain else None
        outcome = "none" if item is None else "recorded" if item.certain else "asked"
        queries = [*item.doubts] if item is not None else []
        told.append(
            {"id": row["id"], "outcome": outcome, "value": None if value is None else float(value), "queries": queries}
        )
    return told


@pytest.mark.parametrize(("appendix", "right"), [(1, 40), (2, 40)])
def test_no_figure_of_a_published_plan_is_recorded_wrongly_from_its_tables(
    appendix: int, right: int, tmp_path: Path
) -> None:
    rows = published(appendix)
    document = as_sent(rows)
    quarters = sorted({row["period"] for row in rows})
    told = [one for quarter in quarters for one in answers(document, [row for row in rows if row["period"] == quarter])]
    truth, said = tmp_path / "truth.jsonl", tmp_path / "said.jsonl"
    truth.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    said.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    scored = subprocess.run([sys.executable, SCORE, truth, said], capture_output=True, text=True, check=True).stdout
    tally = {name: int(count) for name, count in re.findall(r"(\w+) (\d+)/\d+", scored)}
    assert tally["wrong"] == 0, scored
    assert tally["right"] >= right, scored

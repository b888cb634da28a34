"""Papers checked, figures published and words settled from the terminal, as somebody types it."""

import csv
import io
from pathlib import Path

import pytest
from docx import Document

from bot.cli.books import MEDWAY
from bot.cli.public_tables import as_csv, as_html
from collector.booklet import Booklet, Column, Page
from tests.builders import OPENS
from tests.support.terminal import Run

RULES = """
publication:
  threshold: 5
  rounding: 1
  handling: public
  without_counts: publish
"""


@pytest.fixture
def ready(loaded: Run, tmp_path: Path) -> Run:
    """Runs the program over the example with rules for going public."""
    (tmp_path / "history.csv").write_bytes((MEDWAY.parent / "history.csv").read_bytes())
    (tmp_path / "plan.yaml").write_text(MEDWAY.read_text(encoding="utf-8") + RULES, encoding="utf-8")
    assert loaded("load", "plan.yaml")[0] == 0
    return loaded


def test_figures_go_public_a_paper_is_checked_and_words_that_wait_are_shown(ready: Run, tmp_path: Path) -> None:
    code, out, _ = ready("publish", "--period", "2015-16Q1", "--format", "csv", "--output", "public.csv")
    assert (code, "suppressed ([c])" in out) == (0, True)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "public.csv").read_text(encoding="utf-8-sig"))))
    shown = {row["Code"]: row["Figure"] for row in rows}
    assert (shown["DA08"], shown["DA06"]) == ("32", "135")
    assert ready("publish", "--period", "2015-16Q1", "--format", "html", "--output", "public.csv")[0] == 1
    for kind in ("html", "xlsx"):
        assert ready("publish", "--period", "2015-16Q1", "--output", f"public.{kind}")[0] == 0
        assert (tmp_path / f"public.{kind}").read_bytes()[:2] == (b"PK" if kind == "xlsx" else b"<!")
    assert (
        "--format: csv, xlsx, html; or give the file" in ready("publish", "--period", "2015-16Q1", "--output", "p")[2]
    )
    code, _, err = ready("publish", "--period", "2015-16Q2", "--format", "csv", "--output", "open.csv")
    assert (code, "is not locked" in err, (tmp_path / "open.csv").exists()) == (1, True, False)

    (tmp_path / "paper.md").write_text("Repeat victimisation was reduced.\n\nWe met 12 times.\n", encoding="utf-8")
    code, out, _ = ready("check-draft", "paper.md", "--output", "checked.docx")
    assert code == 0
    assert "1 differs, 0 can't be judged, 0 agrees, 1 not in the books" in out
    assert len(list(Document(str(tmp_path / "checked.docx")).comments)) == 2
    code, _, err = ready("check-draft", "plan.yaml")
    assert (code, "not a kind of file that can be checked" in err) == (1, True)

    assert ready("publication-text", "da06", "--write", "Clients were helped.", "--legal-check")[0] == 0
    assert "DA06 (waits for a legal check): Clients were helped." in ready("publication-text")[1]
    assert ready("publication-text", "DA06", "--checked")[0] == 0
    assert ready("publication-text", "DA06", "--take-out")[0] == 0
    assert "Nothing is written for publication" in ready("publication-text")[1]
    assert "Say one of" in ready("publication-text", "DA06")[2]

    assert ready("words")[1] == "No words are held back.\n"
    assert "Say one of" in ready("words", "DA06")[2]
    assert "No words for DA06 are held back" in ready("words", "DA06", "--keep")[2]


def test_text_in_a_public_table_is_neither_formula_nor_mark_up() -> None:
    page = Page("Figures", "t", (Column("Indicator", 9),), (("=1+1",), ("<b>x</b>",)))
    booklet = Booklet("t", "a", OPENS, (page,), "Q1")
    assert as_csv(booklet) == "Indicator\r\n'=1+1\r\n<b>x</b>\r\n"
    assert "&lt;b&gt;x&lt;/b&gt;" in as_html(booklet)

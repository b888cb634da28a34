"""The report from the terminal, over Medway's books."""

from pathlib import Path

import pytest

from bot.cli.books import MEDWAY
from tests.support.terminal import Run

PUBLISHED = str(MEDWAY.parent / "published.csv")


def test_each_form_is_written_and_the_draft_is_told(loaded: Run, tmp_path: Path) -> None:
    for form in ("html", "docx", "xlsx", "csv"):
        code, out, _ = loaded("report", "--output", f"q2.{form}")
        assert code == 0
        assert f"Written: q2.{form}" in out
        assert "Q2 2015-16 (Jul to Sep 2015): 35 indicators" in out
        assert "It is a draft:\n  Q2 2015-16 (Jul to Sep 2015) is not locked." in out
    assert (tmp_path / "q2.csv-metadata.json").exists()
    pack = ("report", "--period", "2014-15Q3", "--to", "2015-16Q1", "--format", "html", "--output", "pack")
    code, out, _ = loaded(*pack, "--published", PUBLISHED)
    assert code == 0
    assert "33 and 35 indicators" in out
    assert "draft" not in out
    assert "at most 82.6%" in (tmp_path / "pack").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--output", "q2.pdf"), "Say what to write with --format: docx, html, xlsx, csv"),
        (("--output", "q2.html", "--period", "2015-16"), "a quarter is written like 2015-16Q2"),
        (("--output", "q2.html", "--period", "2020-21Q1"), "The books hold nothing for Q1 2020-21 (Apr to Jun 2020)"),
        (("--output", "q2.html", "--period", "2015-16Q2..2015-16Q1"), "A range goes forward in time"),
        (("--output", "q2.html", "--to", "2015-16Q1"), "name the first with --period"),
        (("--output", "there.html"), "there.html is there already"),
        (("--output", "q2.html", "--published", "there.html"), "the first line must name the columns period,code,kind"),
        (("--output", "q2.html", "--published", "bad.csv"), "bad.csv line 3"),
    ],
)
def test_what_can_not_be_written_is_said_and_nothing_is_left_behind(
    loaded: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "there.html").write_text("mine", encoding="utf-8")
    header = Path(PUBLISHED).read_text(encoding="utf-8").splitlines()[:2]
    (tmp_path / "bad.csv").write_text("\n".join((*header, "2015-16Q9,XX,guess,many,,,,,")), encoding="utf-8")
    code, _, err = loaded("report", *words)
    assert code == 1
    assert said in err
    assert not (tmp_path / "q2.html").exists()
    assert (tmp_path / "there.html").read_text(encoding="utf-8") == "mine"

"""The coordinator's workbooks and the history of a figure, from the terminal."""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.terminal import Run


@pytest.fixture
def started(loaded: Run) -> Run:
    """A round with one figure in it."""
    assert loaded("record", "RO06", "28.8% (15 of 52)", "--said-by", "yot")[0] == 0
    return loaded


def opened(file: Path) -> Any:
    return openpyxl.load_workbook(io.BytesIO(file.read_bytes()))


def type_into(file: Path, sheet: str, cell: str, text: str) -> None:
    book = opened(file)
    book[sheet][cell] = text
    book.save(file)


def test_the_round_is_written_to_a_workbook(started: Run, tmp_path: Path) -> None:
    code, out, _ = started("export", "round.xlsx")
    assert code == 0
    assert "Q2 2015-16 (Jul to Sep 2015), 6 sheets" in out
    assert "Versions, Audit name officers" in out
    names = ["Summary", "Indicators", "Open questions", "Change requests", "Versions", "Audit"]
    assert opened(tmp_path / "round.xlsx").sheetnames == names


def test_a_range_is_written_with_a_sheet_for_each_quarter(started: Run, tmp_path: Path) -> None:
    assert started("export", "pack.xlsx", "--period", "2014-15Q3..2015-16Q2", "--without-officers")[0] == 0
    sheets = opened(tmp_path / "pack.xlsx").sheetnames
    assert [name for name in sheets if name.startswith("Indicators")] == [
        "Indicators Q3 2014-15",
        "Indicators Q4 2014-15",
        "Indicators Q1 2015-16",
        "Indicators Q2 2015-16",
    ]
    assert "Audit" not in sheets


def test_a_file_that_is_there_is_not_written_over_unasked(started: Run, tmp_path: Path) -> None:
    for words in (("export",), ("definitions", "out")):
        (tmp_path / "mine.xlsx").write_bytes(b"mine")
        code, _, err = started(*words, "mine.xlsx")
        assert (code, (tmp_path / "mine.xlsx").read_bytes()) == (1, b"mine")
        assert "--force" in err
        assert started(*words, "mine.xlsx", "--force")[0] == 0
        assert started(*words, "mine.csv")[0] == 1


def test_definitions_go_out_come_in_with_a_preview_and_change_with_yes(started: Run, tmp_path: Path) -> None:
    assert "what holds from Q3 2015-16 (Oct to Dec 2015)" in started("definitions", "out", "d.xlsx")[1]
    assert started("definitions", "in", "d.xlsx")[1] == "Nothing changes: the books hold this already.\n"
    type_into(tmp_path / "d.xlsx", "Indicators", "H8", "45%")
    wanted = "SA03 target: “40%” becomes “45%” from Q3 2015-16 (Oct to Dec 2015). It would mean: At least 45%."
    for dry in ((), ("--dry-run",)):
        code, out, _ = started("definitions", "in", "d.xlsx", *dry)
        assert (code, out.splitlines()[0][: len(wanted)]) == (0, wanted)
        assert "nothing is changed yet" in out
    assert "To be confirmed before there is a colour: SA03." in started("definitions", "in", "d.xlsx", "--yes")[1]
    assert started("targets", "confirm", "SA03", "--by", "coordinator")[0] == 0
    assert started("definitions", "in", "d.xlsx", "--yes")[1] == "Nothing changes: the books hold this already.\n"


def test_what_is_wrong_is_told_at_once_and_nothing_changes(started: Run, tmp_path: Path) -> None:
    started("definitions", "out", "d.xlsx")
    type_into(tmp_path / "d.xlsx", "Indicators", "F8", "furlongs")
    type_into(tmp_path / "d.xlsx", "People", "B8", "")
    for yes in ((), ("--yes",)):
        code, out, err = started("definitions", "in", "d.xlsx", *yes)
        assert (code, out) == (1, "")
        assert "Indicators, cell F8: “furlongs” is none of the list." in err
        assert "People, cell B8: there is nothing here." in err
        assert err.endswith("Nothing was changed.\n")


def test_calls_that_can_not_be_meant_are_told(started: Run, tmp_path: Path) -> None:
    (tmp_path / "note.xlsx").write_bytes(b"no workbook")
    started("definitions", "out", "d.xlsx")
    for words, told in (
        (("definitions", "in", "note.xlsx"), "We couldn't use note.xlsx"),
        (("definitions", "in", "d.xlsx", "--yes", "--dry-run"), "Say --dry-run to see"),
        (("definitions", "in", "d.xlsx", "--from", "soon"), "a quarter is written like"),
        (("definitions", "in", "none.xlsx"), "none.xlsx"),
        (("export", "e.xlsx", "--period", "2015-16Q2..2015-16Q1"), "A range goes forward in time"),
        (("history", "XX1"), "No measure has the code 'XX1'"),
    ):
        code, _, err = started(*words)
        assert code == 1
        assert told in err


def test_the_history_of_a_figure_is_shown_for_people_and_for_programs(started: Run) -> None:
    code, out, _ = started("history", "RO06")
    assert code == 0
    for words in ("RO06, Q2 2015-16 (Jul to Sep 2015)", "Version 1 was recorded: 28.8% (15 of 52)", "by telephone"):
        assert words in out
    rows = [
        json.loads(line)
        for line in started("history", "RO06", "--period", "2015-16Q1..2015-16Q2", "--json")[1].splitlines()
    ]
    assert [row["period"] for row in rows] == ["2015-16Q1", "2015-16Q2"]
    assert started("history", "SF15")[1].count("SF15") > 2

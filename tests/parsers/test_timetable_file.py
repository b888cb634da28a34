"""The timetable as an officer writes it: SEG dates, closed days, and what is wrong with them, with line and key."""

from datetime import date
from pathlib import Path

import pytest

from collector.domain.period import Quarter
from collector.domain.timetable import Papers, Timetable
from parsers.partnership import PartnershipError, read_partnership
from tests.parsers.test_partnership import SMALL


def read(folder: Path, timetable: str) -> Timetable:
    path = folder / "small.yaml"
    path.write_text(SMALL + "timetable:\n" + timetable, encoding="utf-8")
    return read_partnership(path).timetable


def test_seg_dates_and_closed_days_are_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        """\
  papers:
    - {quarter: 2015-16Q2, seg: 2015-12-10}
    - {quarter: 2015-16Q1, seg: 2015-09-17, due: 2015-08-21}
  closed: [2015-12-24, "2015-12-29 to 2015-12-31"]
  draft_before: 4
  rungs: [2, -5, 0]
""",
    )
    assert found.papers == (
        Papers(Quarter(2015, 1), date(2015, 9, 17), due=date(2015, 8, 21)),
        Papers(Quarter(2015, 2), date(2015, 12, 10)),
    )
    assert found.closed == (date(2015, 12, 24), date(2015, 12, 29), date(2015, 12, 30), date(2015, 12, 31))
    assert (found.draft_before, found.clear_days, found.rungs) == (4, 5, (-5, 0, 2))


def test_a_file_that_says_nothing_of_papers_has_none(tmp_path: Path) -> None:
    assert read(tmp_path, "  opens_after: 4\n") == Timetable(opens_after=4)


@pytest.mark.parametrize(
    ("timetable", "told"),
    [
        ("  papers: [{quarter: 2015-16Q1}]\n", "'seg' is missing"),
        ("  papers: [{quarter: 2015-16, seg: 2015-09-17}]\n", "a quarter is written like 2015-16Q2"),
        ("  papers: [{quarter: 2015-16Q1, seg: 17 September}]\n", "a date is written like 2015-05-31"),
        ("  papers: [{quarter: 2015-16Q1, seg: 2015-09-17, publicaton: 2015-09-09}]\n", "did you mean 'publication'?"),
        (
            "  papers: [{quarter: 2015-16Q1, seg: 2015-09-17}, {quarter: 2015-16Q1, seg: 2015-09-18}]\n",
            "Q1 2015-16 (Apr to Jun 2015) has two SEG dates",
        ),
        ("  closed: [Christmas]\n", "a closed day is written like 2015-12-29"),
        ('  closed: ["2015-12-31 to 2015-12-29"]\n', "closed days go forward in time"),
        ('  closed: ["2015-01-01 to 2015-12-31"]\n', "no more than 60"),
        ("  clear_days: -1\n", "clear_days"),
    ],
)
def test_what_is_wrong_with_a_timetable_is_said_with_line_and_key(tmp_path: Path, timetable: str, told: str) -> None:
    with pytest.raises(PartnershipError) as caught:
        read(tmp_path, timetable)
    assert len(caught.value.problems) == 1
    assert told in caught.value.problems[0]
    assert "small.yaml line 3" in caught.value.problems[0]
    assert "timetable" in caught.value.problems[0]

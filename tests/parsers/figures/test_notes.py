"""Notes on progress: what is one, what is a status, and what is neither."""

import pytest

from collector.domain.figure import FigureStatus
from tests.parsers.figures.asking import read_one


@pytest.mark.parametrize("unit", ["milestone", "narrative", "count"])
@pytest.mark.parametrize(
    "text",
    ["now done by the Housing Manager", "someone else does this now", "this is now reported by the Fire Service"],
)
def test_handing_over_is_neither_a_note_nor_a_figure(text: str, unit: str) -> None:
    item = read_one(text, unit)
    assert not item.certain
    assert item.candidates == ()
    assert "stays on your list" in item.doubts[0]


@pytest.mark.parametrize(
    "text",
    [
        "The report is not available to the public, but it was completed and shared",
        "Nothing to report except that the contract was let",
        "Not applicable to pubs; guidance for shops was drafted",
    ],
)
def test_a_status_beside_progress_is_asked_about(text: str) -> None:
    item = read_one(text, "milestone")
    assert not item.certain
    assert FigureStatus.NARRATIVE in {candidate.status for candidate in item.candidates}


def test_a_status_alone_is_a_status() -> None:
    item = read_one("Not available until December", "milestone")
    assert item.certain
    assert item.candidates[0].status is FigureStatus.NOT_AVAILABLE


def test_what_is_now_the_target_is_not_the_figure() -> None:
    assert not read_one("75% is now the target", "percent").certain

from decimal import Decimal

import pytest

from collector.domain.figure import FigureStatus, Reported
from collector.domain.indicator import Basis, Unit
from collector.validation import check
from tests.builders import Q2, define

COUNT = define("X1", Unit.COUNT)
PERCENT = define("X1", Unit.PERCENT)
RATE = define("X1", Unit.RATE_PER_100K)


def said(value: str, top: str | None = None, bottom: str | None = None, basis: Basis = Basis.QUARTER) -> Reported:
    part, whole = (Decimal(count) if count else None for count in (top, bottom))
    return Reported("X1", Q2, FigureStatus.REPORTED, Decimal(value), part, whole, basis)


@pytest.mark.parametrize(
    ("reported", "told"),
    [
        (said("101"), "runs from 0 to 100"),
        (said("-1"), "runs from 0 to 100"),
        (said("50", "3", "2"), "the part is larger than the whole"),
        (said("50", "1.5", "3"), "a count of whole cases"),
        (said("50", "1", "0"), "nothing to take a share of"),
        (said("19", "15", "52"), "You gave 19% and also 15 of 52, which is 28.8%."),
        (said("78", "11", "14"), "You gave 78% and also 11 of 14, which is 78.6%."),
    ],
)
def test_a_percentage_that_can_not_be_right_is_asked_about(reported: Reported, told: str) -> None:
    problems = check(reported, PERCENT)
    assert [problem.hard for problem in problems] == [True]
    assert told in problems[0].words


@pytest.mark.parametrize(
    "reported",
    [
        said("94", "34", "36"),
        said("28.8", "15", "52"),
        said("29", "15", "52"),
        said("14.2", "14", "99"),
        said("0", "0", "7"),
        said("100", "7", "7"),
        said("83", "584", "706"),
    ],
)
def test_a_percentage_that_is_its_own_fraction_rounded_stands(reported: Reported) -> None:
    assert check(reported, PERCENT) == []


@pytest.mark.parametrize(("value", "told"), [("3.5", "whole cases"), ("-3", "can't be below 0")])
def test_a_count_is_whole_and_not_below_zero(value: str, told: str) -> None:
    assert told in check(said(value), COUNT)[0].words


def test_a_figure_outside_what_is_plausible_is_asked_about() -> None:
    definition = define("X1", Unit.COUNT, plausible=(Decimal(10), Decimal(1000)))
    assert check(said("1000"), definition) == []
    assert "expected between 10 and 1,000" in check(said("1001"), definition)[0].words


def test_a_figure_for_a_progress_note_is_asked_about() -> None:
    assert check(said("3"), define("X1", Unit.MILESTONE))[0].hard


@pytest.mark.parametrize(("value", "side"), [("301", "more than twice"), ("39", "less than half")])
def test_a_jump_against_history_is_said_softly(value: str, side: str) -> None:
    earlier = [said("150"), said("80")]
    problems = check(said(value), COUNT, earlier)
    assert [problem.hard for problem in problems] == [False]
    assert side in problems[0].words


def test_a_jump_is_not_seen_where_nothing_is_comparable() -> None:
    assert check(said("3000"), COUNT, [said("10")]) == []
    assert check(said("3000"), COUNT, [said("10", basis=Basis.TO_DATE), said("12")]) == []
    assert check(said("3000", basis=Basis.TO_DATE), COUNT, [said("10"), said("12")]) == []

"""Tables pasted into a reply: the one cell that answers is taken; where several could, or none, it is asked about."""

from datetime import date
from decimal import Decimal

import pytest

from collector.domain.indicator import Basis
from collector.domain.submission import Asked, ReadingTask, ReadItem
from parsers.figures.dates import wanted_span
from parsers.figures.frame import Frame
from parsers.figures.reading import read_words
from parsers.figures.tables import in_table
from tests.parsers.figures.asking import TITLES, asked_about, figures, read_list, read_one

PERIOD = "2015-16 Q2"


def question(unit: str) -> tuple[Asked, ReadingTask]:
    asked = Asked(1, "AB12", TITLES[unit], unit, Basis.QUARTER)
    return asked, ReadingTask(PERIOD, wanted_span(PERIOD), (asked,), sent_on=date(2015, 10, 20))


def cells_in(text: str, unit: str = "count") -> list[str] | None:
    asked, task = question(unit)
    cells = in_table(Frame(asked, task), text)
    return None if cells is None else [cell.words for cell in cells]


def read_table(text: str, unit: str = "count") -> ReadItem:
    asked, task = question(unit)
    return read_words(asked, text, task)


PLAIN = [
    ("count", "Measure\tQ1\tQ2\nClients referred\t135\t153", "153"),
    ("count", "Measure | Q1 | Q2\nClients referred | 135 | 153", "153"),
    ("percent", "Measure | Number | Percentage\nClients whose risk fell | 20 | 43", "43"),
    ("count", "| Measure | Q1 | Q2 |\n|---|---|---|\n| Clients referred | 135 | 153 |", "153"),
    ("count", "Measure      Q1     Q2\nClients referred      135     153", "153"),
    ("count", "Measure / Q1 / Q2\nClients referred / 135 / 153", "153"),
    ("count", "Measure | Q2 | Q1\nClients referred | 153 | 135", "153"),
    ("count", "Measure\tQ1\tQ2\tTarget\nClients referred\t135\t153\t160", "153"),
    ("count", "Measure\tTarget\tActual\nClients referred\t160\t153", "153"),
    ("count", "| Measure | Target | Actual |\n| Clients referred | 160 | 153 |", "153"),
    ("count", "Measure | Actual | Target\nClients referred | 153 | 160", "153"),
    ("count", "Quarter\tClients referred\nQ1\t135\nQ2\t153", "153"),
    ("count", "Quarter\tClients referred\nQ2\t153\nQ3\t170", "153"),
    ("count", "Quarter | Clients referred | Target\nQ1 | 135 | 140\nQ2 | 153 | 160", "153"),
    ("count", "Quarter | Target | Actual\nQ1 | 140 | 135\nQ2 | 160 | 153", "153"),
    ("count", "Measure | Q2\nClients referred | 153\nVolunteers trained | 88", "153"),
    ("count", "Measure | Q1 | Q2\nVolunteers trained | 80 | 88\nClients referred | 135 | 153", "153"),
    ("count", "Area | Q1 | Q2\nNorth | 70 | 71\nSouth | 65 | 82\nTotal | 135 | 153", "153"),
    ("count", "Measure | Q2 | Trend\nClients referred | 153 | up", "153"),
    ("count", "Measure | Q2 | Variance\nClients referred | 153 | -7", "153"),
    ("count", "Measure | Baseline | Result | RAG\nClients referred | 100 | 153 | Green", "153"),
    ("count", "Measure | Q2 2014-15 | Q2 2015-16\nClients referred | 140 | 153", "153"),
    ("count", "Measure | This quarter | Last quarter\nClients referred | 153 | 135", "153"),
    ("count", "Measure | Previous | Current\nClients referred | 135 | 153", "153"),
    ("count", "Measure | Jul | Aug | Sep | Q2\nClients referred | 50 | 51 | 52 | 153", "153"),
    ("count", "Measure | Jul | Aug | Sep | Total\nClients referred | 50 | 51 | 52 | 153", "153"),
    ("count", "Measure | Q1 | Q2\nClients referred | 1,350 | 1,530", "1530"),
    ("count", "Measure | Q1 | Q2\nClients referred | 135 | 153*", "153"),
    ("percent", "Measure | Q1 | Q2\nClients whose risk fell | 81% | 91%", "91"),
    ("percent", "Measure | Q1 (%) | Q2 (%)\nClients whose risk fell | 81 | 91", "91"),
    ("percent", "Measure | Q1 % | Q2 %\nClients whose risk fell | 81 | 91", "91"),
    ("percent", "Measure | Q1 | Q2\nClients whose risk fell (%) | 81 | 91", "91"),
    ("percent", "Measure | Q1 | Q2\n% clients whose risk fell | 81 | 91", "91"),
    ("percent", "Quarter\tPer cent\nQ1\t81\nQ2\t91", "91"),
    ("percent", "Measure | Target | Actual\nClients whose risk fell | 85% | 91%", "91"),
    ("percent", "Measure | Target | Actual\nClients whose risk fell | 85% | 91% (20 of 22)", "91"),
    ("days", "Measure | Q1 | Q2\nDays taken to respond | 14 days | 12 days", "12"),
    ("days", "Measure | Q1 | Q2\nDays taken to respond | 14 | 12", "12"),
    ("days", "Measure | Q1 (days) | Q2 (days)\nTime taken to respond | 14 | 12", "12"),
    ("days", "Measure | Q1 | Q2\nDays taken to respond | 3 weeks | 2 weeks", "14"),
    ("GBP", "Measure | Q1 | Q2\nCompensation paid | £12,000 | £13,500", "13500"),
    ("tonnes", "Measure | Q1 | Q2\nWaste removed (tonnes) | 12.0 | 13.5", "13.5"),
]

AMBIGUOUS = [
    ("count", "Measure | Q2 | Q2\nClients referred | 153 | 154"),
    ("count", "Measure | A | B\nClients referred | 135 | 153"),
    ("count", "Area | Q2\nNorth | 70\nSouth | 83"),
    ("count", "Measure | Jul | Aug | Sep\nClients referred | 50 | 51 | 52"),
    ("count", "Measure | Q1 | Q2\nClients referred | 135 | 150-155"),
    ("count", "Clients referred | 135 | 153"),
    ("count", "Clients referred 135 153"),
    ("rate_per_100k", "Measure | Q1 | Q2\nEntrants | 300 | 312"),
    ("rate_per_100k", "Measure | Q1 | Q2\nEntrants | 3.00 per 1,000 | 3.12 per 1,000"),
]

ELSEWHERE = [
    "Measure | Q3 | Q4\nClients referred | 135 | 153",
    "Measure | Q1 | Year to date\nClients referred | 135 | 288",
    "Measure | Last year | This year\nClients referred | 135 | 153",
    "Measure | Q2 2013-14 | Q2 2014-15\nClients referred | 135 | 140",
    "Quarter\tClients referred\nQ3\t135\nQ4\t153",
    "Measure | Target | Previous\nClients referred | 160 | 135",
]


@pytest.mark.parametrize(("unit", "text", "value"), PLAIN)
def test_the_one_fitting_cell_is_the_figure(unit: str, text: str, value: str) -> None:
    item = read_table(text, unit)
    assert item.certain, item.doubts
    assert item.candidates[0].value == Decimal(value)


@pytest.mark.parametrize(("unit", "text", "value"), PLAIN)
def test_a_table_as_a_whole_reply_is_never_another_cell(unit: str, text: str, value: str) -> None:
    item = read_one(text, unit)
    assert not item.certain or item.candidates[0].value == Decimal(value)


@pytest.mark.parametrize(("unit", "text"), AMBIGUOUS)
def test_a_table_that_could_mean_several_cells_is_asked_about(unit: str, text: str) -> None:
    item = read_table(text, unit)
    assert not item.certain
    assert item.doubts


@pytest.mark.parametrize("text", ELSEWHERE)
def test_a_table_for_another_time_is_asked_about(text: str) -> None:
    assert cells_in(text) == []
    item = read_table(text)
    assert not item.certain
    assert item.doubts


@pytest.mark.parametrize("text", ["153", "Clients referred | 135 | 153", "Q1: 135, Q2: 153", "a | b\nc | d", ""])
def test_words_that_are_no_table_are_left_to_the_rest(text: str) -> None:
    assert cells_in(text) is None


def test_a_row_is_found_by_its_name_and_a_column_by_its_time() -> None:
    text = "Measure | Q1 | Q2 | Q3\nVolunteers trained | 1 | 2 | 3\nClients referred | 4 | 5 | 6"
    assert cells_in(text) == ["5"]


def test_a_cell_with_nothing_in_it_is_no_figure() -> None:
    item = read_table("Measure | Q1 | Q2\nClients referred | 135 | tbc")
    assert not any(candidate.value for candidate in item.candidates)


def test_the_line_the_cell_stands_in_is_kept_as_evidence() -> None:
    asked, task = question("count")
    (cell,) = in_table(Frame(asked, task), "Measure\tQ1\tQ2\nClients referred\t135\t153") or ()
    assert (cell.row, cell.column, cell.line) == ("Clients referred", "Q2", "Clients referred | 135 | 153")


SEVERAL = [
    "Code\tQ1\tQ2\nDA06\t135\t153\nDA07\t81%\t91%\nSF2\t9\t12",
    "Code\tQ2\nDA06\t153\nDA07\t91%\nSF2\t12",
    "DA06\t153\nDA07\t91%\nSF2\t12",
    "Code | Q2 | Target\nDA06 | 153 | 160\nDA07 | 91% | 85%\nSF2 | 12 | 10",
    "| Code | Q1 | Q2 |\n| --- | --- | --- |\n| DA06 | 135 | 153 |\n| DA07 | 81% | 91% |\n| SF2 | 9 | 12 |",
    "Measure   Q1   Q2\nDA06   135   153\nDA07   81%   91%\nSF2   9   12",
    "Measure | Target | Actual\nClients referred | 160 | 153\nRisk reduced | 85% | 91%\nLittering notices | 10 | 12",
]


@pytest.mark.parametrize("text", SEVERAL)
def test_a_table_of_several_indicators_is_read_row_by_row(text: str) -> None:
    assert figures(read_list(text)) == {"DA06": Decimal(153), "DA07": Decimal(91), "SF2": Decimal(12)}


@pytest.mark.parametrize(
    "text",
    [
        "Code\tQ1\nDA06\t153\nDA07\t91%\nSF2\t12",
        "DA06\t135\t153\nDA07\t81%\t91%\nSF2\t9\t12",
        "Code | Q3 | Q4\nDA06 | 135 | 153\nDA07 | 81% | 91%\nSF2 | 9 | 12",
    ],
)
def test_a_table_of_several_indicators_without_the_quarter_is_asked_about(text: str) -> None:
    reading = read_list(text)
    assert figures(reading) == {}
    assert {"DA06", "DA07", "SF2"} <= asked_about(reading)

"""Replies that once were read wrongly without a question: each is asked about, or read as what it says."""

from decimal import Decimal

import pytest

from collector.domain.indicator import Basis
from collector.domain.submission import OpenChoice
from tests.parsers.figures.asking import figures, read_list, read_one

CHOICES = (OpenChoice(1, "DA07", Decimal(81)), OpenChoice(2, "DA07", Decimal("28.8")))
TWICE = (OpenChoice(1, "DA07", Decimal(81)), OpenChoice(2, "DA07", Decimal(81)))
TWO_CODES = (*CHOICES, OpenChoice(3, "DA08", Decimal(15)), OpenChoice(4, "DA08", Decimal(19)))


@pytest.mark.parametrize("line", ["1. 81%", "1) 81", "2 - 28.8%", "2 (28.8)", "use 2", "yes, 2", "(2)", "[1]"])
def test_a_choices_number_with_its_own_figure_takes_it(line: str) -> None:
    reading = read_list(line, CHOICES)
    assert reading.chosen == ((1,) if "1" in line[:3] else (2,))
    assert reading.items == ()


@pytest.mark.parametrize("line", ["1. 28.8%", "2) 81", "2 - 15%", "2 (15)", "1. 15", "2. 15% (3 of 20)"])
def test_a_choices_number_with_another_figure_is_asked_about(line: str) -> None:
    reading = read_list(line, TWO_CODES)
    assert reading.chosen == ()
    assert [item.code for item in reading.items] == ["DA07"]
    assert figures(reading) == {}


@pytest.mark.parametrize(
    "line", ["2, sorry, my mistake", "2 - I misread the sheet.", "2. Thank you. We copied the wrong row of the sheet."]
)
def test_a_choice_may_be_explained_by_a_misreading(line: str) -> None:
    assert read_list(line, CHOICES).chosen == (2,)


@pytest.mark.parametrize(
    "line",
    [
        "2 - that was wrong",
        "2, I think",
        "2, provisionally",
        "2 - since April",
        "2. Last quarter.",
        "2, for Kent",
        "2, thank you. Excluding the north.",
        "2, later",
    ],
)
def test_other_words_about_a_choice_are_asked_about(line: str) -> None:
    reading = read_list(line, CHOICES)
    assert (reading.chosen, figures(reading)) == ((), {})
    assert [item.code for item in reading.items] == ["DA07"]


def test_ordinals_count_only_where_one_query_is_open() -> None:
    assert read_list("the second", CHOICES).chosen == (2,)
    assert read_list("the second", TWO_CODES).chosen == ()


def test_a_figure_of_two_choices_is_asked_about() -> None:
    reading = read_list("81%", TWICE)
    assert (reading.chosen, figures(reading)) == ((), {})


@pytest.mark.parametrize(
    "text",
    [
        "153 YTD",
        "153. Year to date",
        "153 Cumulative",
        "153\nSince April",
        "153. Last quarter.",
        "153. Total for the year",
        "153. From April.",
        "153 April to September.",
        "153. Q1.",
        "153\nIncludes Q1.",
        "153 y.t.d.",
        "153 R12",
        "153 12m rolling",
        "153 1st qtr",
        "153 in the last 6 months",
        "153 for six months",
        "none in Q1",
    ],
)
def test_a_time_named_after_the_figure_is_asked_about(text: str) -> None:
    assert not read_one(text).certain


@pytest.mark.parametrize("text", ["153 2nd qtr", "153. That is for Q2.", "153 in the three months to September 2015"])
def test_the_quarter_named_after_the_figure_changes_nothing(text: str) -> None:
    assert read_one(text).certain


FIGURES = "DA06: 144\nDA07: 81%\nSF2: 12"


@pytest.mark.parametrize(
    "remark",
    [
        "These are Q1.",
        "Provisional.",
        "NB cumulative",
        "for Q1",
        "Not yet cleared",
        "Please don't use",
        "Numbers need checking",
        "* year to date",
        "These are targets",
    ],
)
def test_a_remark_below_several_figures_holds_for_all(remark: str) -> None:
    assert figures(read_list(f"{FIGURES}\n\n{remark}")) == {}


@pytest.mark.parametrize("head", ["Targets:", "DRAFT", "Example:", "Baseline", "Quarter ending 30 June 2015"])
def test_a_line_above_several_figures_holds_for_all(head: str) -> None:
    assert figures(read_list(f"{head}\n\n{FIGURES}")) == {}


@pytest.mark.parametrize("head", ["Quarter ending 30 September 2015", "Our figures:", "All as asked for"])
def test_a_line_that_takes_nothing_back_changes_nothing(head: str) -> None:
    assert len(figures(read_list(f"{head}\n\n{FIGURES}"))) == 3


def test_commas_after_a_code_part_cells() -> None:
    assert figures(read_list("DA06,144,153\nSF2,12")) == {"SF2": 12}
    assert figures(read_list("Code,Q1,Q2\nDA06,144,153")) == {"DA06": 153}


@pytest.mark.parametrize("head", ["Target", "Baseline", "Previous", "Kent", "Monthly average"])
def test_the_head_of_a_single_column_belongs_to_its_figures(head: str) -> None:
    assert figures(read_list(f"Code | {head}\nDA06 | 144\nDA07 | 81%")) == {}


@pytest.mark.parametrize(
    "head", ["Figure", "Value", "Q2", "Number", "%", "This quarter", "Current", "Result", "Actual"]
)
def test_a_plain_head_of_a_single_column_changes_nothing(head: str) -> None:
    assert figures(read_list(f"Code | {head}\nDA06 | 144\nDA07 | 81%")) == {"DA06": 144, "DA07": 81}


@pytest.mark.parametrize("basis", [Basis.TO_DATE, Basis.CALENDAR_YEAR, Basis.ANNUAL, Basis.ROLLING_YEAR])
@pytest.mark.parametrize("text", ["2 in Q2", "2 (Q2)", "2 this quarter", "Q1 4, Q2 2"])
def test_a_quarters_figure_is_not_booked_under_a_longer_basis(text: str, basis: Basis) -> None:
    assert not read_one(text, basis=basis).certain


def test_figures_labelled_by_quarter_are_no_remark_about_the_others() -> None:
    assert figures(read_list("DA06: 144\nQ1 12 Year end total 40\nDA07: 81%")).get("DA07") == 81


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("down 12% on last quarter", "change_percent"),
        ("down 12% compared with Q1", "change_percent"),
        ("86% from now on", "percent"),
        ("86% is now the target", "percent"),
        ("+18", "count"),
    ],
)
def test_a_comparison_a_rule_or_a_difference_is_asked_about(text: str, unit: str) -> None:
    assert not read_one(text, unit).certain

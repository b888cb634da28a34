"""What stands around a number says whether it is the figure: the line above its table, its format, its row's length."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from collector.domain.indicator import Unit
from collector.domain.submission import Asked
from tests.parsers.layouts.books import Rows, book
from tests.parsers.layouts.finding import asked_for, doubts, found, of_sheet, value

TABLE = (("Ref", "Q2"), ("DA06", 153))


@pytest.mark.parametrize(
    "line",
    [
        "Forecast for Q2 2015/16",
        "Targets",
        "Agreed annual targets for 2015/16",
        "Example",
        "All figures in thousands",
        "Spend and volumes (\u00a3000s)",
        "Percentages",
        "Rates per 1,000 residents",
        "Swale CSP",
    ],
)
def test_a_line_above_or_a_sheets_name_that_says_it_is_something_else_is_asked_about(line: str) -> None:
    assert f"below '{line}'" in doubts(of_sheet(((line,), *TABLE))["DA06"])
    sheet = line.replace("/", "-")[:31]
    assert "is in the sheet" in doubts(of_sheet(TABLE, name=sheet)["DA06"])


@pytest.mark.parametrize(
    "line",
    [
        "CSP return 2015/16",
        "Performance against targets",
        "Medway Community Safety Partnership",
        "Safer Medway CSP: quarterly return",
        "Targets and actuals",
        "Numbers and percentages",
    ],
)
def test_a_line_above_that_only_names_the_table_says_nothing_against_it(line: str) -> None:
    assert value(of_sheet(((line,), *TABLE))["DA06"]) == 153


def shown_as(number_format: str) -> Callable[[Any], None]:
    def shape(sheet: Any) -> None:
        sheet["B2"].number_format = number_format

    return shape


@pytest.mark.parametrize("number_format", ['"\u00a3"#,##0', "[$\u20ac-2] #,##0", '"$"#,##0_);("$"#,##0)', '0"%"', "0%"])
def test_a_count_shown_as_money_or_as_a_share_is_asked_about(number_format: str) -> None:
    assert doubts(found("r.xlsx", book(("Data", TABLE), shape=shown_as(number_format)))["DA06"])


@pytest.mark.parametrize("number_format", ["#,##0", '0 "clients"', "[$-809]#,##0", "0.00E+00", '"' * 60_001])
def test_a_format_that_only_sets_words_beside_a_count_leaves_it_one(number_format: str) -> None:
    assert value(found("r.xlsx", book(("Data", TABLE), shape=shown_as(number_format)))["DA06"]) == 153


def test_money_shown_as_money_is_an_amount_and_its_months_add_up() -> None:
    task = asked_for(Asked(1, "SP1", "Money spent on the night bus", Unit.GBP))

    def shape(sheet: Any) -> None:
        for cell in sheet[2][1:]:
            cell.number_format = '"\u00a3"#,##0'

    def of(rows: Rows) -> Any:
        return found("r.xlsx", book(("Data", rows), shape=shape), task)["SP1"]

    assert value(of((("Ref", "Q2"), ("SP1", 1530)))) == 1530
    assert "together they are 1530" in doubts(of((("Ref", "Jul", "Aug", "Sep"), ("SP1", 500, 510, 520))))


def test_a_row_of_separated_values_that_is_longer_than_its_headings_is_asked_about() -> None:
    parted = found("r.csv", b"Ref,Q2\nDA06,1,153\nDA07,91%\n")
    assert "more values than there are headings" in doubts(parted["DA06"])
    assert value(parted["DA07"]) == 91
    assert value(found("r.csv", b"Return,,\nRef,Q2,\nDA06,153,as agreed\n")["DA06"]) == 153


def test_a_label_without_headings_that_holds_numbers_of_its_own_is_asked_about() -> None:
    for separator in "^~:":
        row = separator.join(("DA06", "Clients referred", "135", "153", "two, later three"))
        assert doubts(found("r.csv", f"{row}\n".encode())["DA06"])
        both = f"{row}\n{row.replace('DA06', 'DA07')}\n"
        assert not any(item.certain for item in found("r.csv", both.encode()).values())


def test_a_year_and_a_quarter_in_columns_of_their_own_tell_the_time_together() -> None:
    rows: list[tuple[Any, ...]] = [("Measure", "Financial year", "Quarter", "Value"), ("DA06", "2014-15", "Q2", 139)]
    rows += [("DA06", "2015-16", "Q1", 135), ("DA06", "2015-16", "Q2", 153)]
    assert value(of_sheet(rows)["DA06"]) == 153


def test_a_title_that_explains_an_abbreviation_is_known_by_either_of_the_two() -> None:
    task = asked_for(
        Asked(
            1, "DA06", "High risk clients referred for Independent Domestic Violence Advisor (IDVA) support", "count"
        ),
        Asked(2, "DA07", "Percentage of clients where risk is reduced as a result of IDVA intervention", "percent"),
    )
    for called in ("IDVA", "Independent Domestic Violence Advisor", "Independent Domestic Violence Advisor (IDVA)"):
        rows = (("Measure", "Q2"), (f"High risk clients referred for {called} support", 153))
        assert value(of_sheet(rows, task=task)["DA06"]) == 153


def test_headings_in_three_rows_are_one_tables_headings() -> None:
    rows: list[tuple[Any, ...]] = [
        ("Table 4a: quarterly return",),
        ("", "", "Number", "", "Percentage change [note 1]"),
    ]
    rows += [("", "", "2014-15", "2015-16", ""), ("Code", "Measure", "Q2", "Q2", "on year", "Footnote")]
    rows += [("DA06", "Number of clients referred for IDVA support", 142, 153, 5, "1"), ("", "Total", 999, 999, 9, "")]
    assert value(of_sheet([*rows, (), ("1. Figures are provisional.",)])["DA06"]) == 153


def test_a_row_that_is_owned_by_a_council_is_no_row_of_headings() -> None:
    rows = [("Indicator", "Target", "Lead", "Comments"), ("DA06", "340", "Police", "Q1 135 Q2 153")]
    read = of_sheet([*rows, ("DA07", "Above 74%", "Council", "Q1 84% and Q2 91%")])
    assert value(read["DA06"]) == 153
    assert Decimal(91) in [candidate.value for candidate in read["DA07"].candidates]

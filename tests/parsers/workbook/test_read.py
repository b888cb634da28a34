"""What comes back in a workbook of ours, as values and as problems."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from collector.domain.submission import FormValue
from parsers.workbook import write_workbook
from tests.parsers.workbook.sheets import (
    SHEET,
    changed,
    filled,
    opened,
    part_of,
    read,
    repacked,
    saved,
    with_row,
)


def one(cells: dict[str, Any]) -> FormValue:
    """The one value of a workbook with these cells filled in."""
    form = read(filled(cells))
    assert form.problems == ()
    assert len(form.values) == 1
    return form.values[0]


def only_problem(content: bytes) -> str:
    form = read(content)
    assert form.values == ()
    assert len(form.problems) == 1
    return form.problems[0]


def test_a_blank_return_says_whose_it_is_and_nothing_else() -> None:
    form = read(write_workbook(SHEET), "Q2 return.xlsx")
    assert (form.name, form.partnership, form.period, form.person, form.version) == (
        "Q2 return.xlsx",
        "medway",
        "2015-16Q2",
        "dph",
        1,
    )
    assert (form.values, form.problems) == ((), ())


def test_every_field_comes_back_as_it_was_typed() -> None:
    cells = {"H6": "28.8%", "I6": 15, "J6": 52, "K6": "provisional", "L6": date(2015, 11, 25), "M6": "Two\nlines"}
    assert one(cells) == FormValue("RO05", "28.8%", "15", "52", "provisional", "2015-11-25", "Two\nlines", "H6")


def test_every_row_is_read_by_its_own_code() -> None:
    form = read(filled({"H6": 45.5, "H7": 153, "H9": "nil"}))
    assert [(value.code, value.figure, value.where) for value in form.values] == [
        ("RO05", "45.5", "H6"),
        ("DA06", "153", "H7"),
        ("NI196a", "nil", "H9"),
    ]


def test_where_there_is_no_figure_the_first_input_is_named() -> None:
    assert one({"M7": "On track"}) == FormValue("DA06", comment="On track", where="M7")
    assert one({"K7": "not available", "L7": "mid November"}).where == "K7"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (153.0, "153"),
        (0.1 + 0.2, "0.3"),
        (28.799999999999997, "28.8"),
        (1e15, "1000000000000000"),
        (-4, "-4"),
        (0, "0"),
        (-0.0, "0"),
        (0.00001, "0.00001"),
        (1234567.891, "1234567.891"),
        ((0.91, "0%"), "91%"),
        ((0.288, "0%"), "28.8%"),
        ((0.07, "0.00%"), "7%"),
        ((0.29, "0.0%"), "29%"),
        ((0.1 + 0.2, "0%"), "30%"),
        ((1.1, "0%"), "110%"),
        ((1, "0%"), "100%"),
        ((0, "0%"), "0%"),
        ((0.91, '0.00" %"'), "0.91"),
        ((0.91, "[Red]0%"), "91%"),
        ((153, "#,##0"), "153"),
        ("nil", "nil"),
        ("  about 40 ", "about 40"),
        ("=1+1", None),
    ],
)
def test_a_figure_is_read_without_the_noise_of_binary_numbers(value: Any, text: str | None) -> None:
    if text is None:
        assert "formula whose result was not saved" in only_problem(filled({"H7": value}))
    else:
        assert one({"H7": value}).figure == text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (date(2015, 11, 5), "2015-11-05"),
        (datetime(2015, 11, 5, 9, 30), "2015-11-05"),
        ("5/11/2015", "2015-11-05"),
        ("05/11/15", "2015-11-05"),
        ("5.11.2015", "2015-11-05"),
        ("Thu 5th November 2015", "2015-11-05"),
        ("5 Nov 2015", "2015-11-05"),
        ("5 Sept 2015", "2015-09-05"),
        ("2015-11-05", "2015-11-05"),
        ("11/25/2015", "11/25/2015"),
        ("mid November", "mid November"),
        ("5 Nov", "5 Nov"),
    ],
)
def test_the_day_a_figure_is_expected_is_read_day_before_month(typed: Any, expected: str) -> None:
    assert one({"K7": "not available", "L7": typed}).expected == expected


def test_a_date_in_a_comment_is_what_the_sender_sees() -> None:
    assert one({"M7": date(2015, 11, 5)}).comment == "5 Nov 2015"
    assert one({"M7": time(9, 30)}).comment == "09:30:00"


# --- what can't be taken ----------------------------------------------------------------------------------------------


def test_a_fraction_that_became_a_date_is_asked_for_again() -> None:
    problem = only_problem(filled({"H6": date(1952, 8, 1)}))
    assert problem.startswith("H6 holds the date 1 Aug 1952. A spreadsheet makes a date of what is typed like 3/4.")
    assert "Part and Whole" in problem


@pytest.mark.parametrize("value", [time(1, 30), timedelta(hours=30)])
def test_a_time_for_a_figure_is_asked_for_again(value: object) -> None:
    assert only_problem(filled({"H6": value})).startswith("H6 holds the time ")


def test_a_number_shown_as_a_fraction_is_asked_for_again() -> None:
    assert only_problem(filled({"H6": (0.75, "# ?/?")})).startswith("H6 holds 0.75 shown as a fraction.")
    assert one({"H6": (0.75, '0.00" a/b"')}).figure == "0.75"


def test_a_formula_is_read_by_its_saved_value() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    content = filled({"H7": "=100+53"})
    uncalculated = part_of(content, sheet)
    calculated = uncalculated.replace(b"<f>100+53</f><v></v>", b"<f>100+53</f><v>153</v>").replace(
        b"<f>100+53</f><v/>", b"<f>100+53</f><v>153</v>"
    )
    assert calculated != uncalculated
    assert read(repacked(content, {sheet: calculated})).values[0].figure == "153"


def test_a_formula_nobody_calculated_is_no_blank() -> None:
    assert only_problem(filled({"J7": "=A1"})).startswith("J7 holds a formula whose result was not saved.")


@pytest.mark.parametrize("code", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!"])
def test_a_formula_that_failed_is_named(code: str) -> None:
    problem = only_problem(filled({"H7": code}))
    assert problem.startswith(f"H7 holds '{code}': its formula gave no figure. Type the figure in its place")


def test_a_tick_for_a_figure_is_asked_for_again() -> None:
    assert only_problem(filled({"H7": True})).startswith("H7 holds TRUE, which is no figure.")


def test_nothing_of_a_row_is_used_when_one_of_its_cells_can_not_be() -> None:
    form = read(filled({"H6": date(2015, 4, 3), "M6": "Better", "H7": 153, "I9": True}))
    assert [value.code for value in form.values] == ["DA06"]
    assert [problem[:2] for problem in form.problems] == ["H6", "I9"]


def test_long_text_is_cut_and_said_so() -> None:
    form = read(filled({"M7": "c" * 5200}))
    assert form.values[0].comment == "c" * 4000
    assert form.problems == ("M7 holds 5,200 characters and the first 4,000 were used. Reply with the rest.",)


def test_characters_nobody_can_see_are_taken_out() -> None:
    content = filled({"M7": "MARK"})
    strings = part_of(content, "xl/worksheets/sheet1.xml").replace(b"MARK", b"a_x000D_\nb_x0007_&#x7f;c")
    assert read(repacked(content, {"xl/worksheets/sheet1.xml": strings})).values[0].comment == "a\nbc"


# --- what was filled in before it went out ----------------------------------------------------------------------------


def test_what_was_filled_in_and_came_back_unchanged_is_no_statement() -> None:
    assert [value.code for value in read(filled({"H7": 153})).values] == ["DA06"]


def test_the_same_number_written_otherwise_is_unchanged() -> None:
    form = read(filled({"H9": "153.0", "H8": (0.337, "0%")}))
    assert (form.values, form.problems) == ((), ())


def test_a_row_that_was_changed_is_read_whole() -> None:
    assert one({"H8": "28.8%"}) == FormValue("DA07", "28.8%", "15", "52", "provisional", "", "As in July", "H8")


def test_a_figure_that_was_cleared_is_not_taken_back() -> None:
    assert only_problem(filled({"H9": None})) == (
        "H9 held 153 and is empty now; nothing was changed."
        " To take a figure back, reply with its code, 'not available' and why."
    )


def test_cells_of_a_row_that_were_cleared_are_named_together() -> None:
    problem = only_problem(filled({"H8": None, "I8": None}))
    assert problem.startswith("H8 held 33.7% and I8 held 15 and they are empty now; nothing was changed.")


def test_a_figure_cleared_beside_another_change_is_named_too() -> None:
    form = read(filled({"H9": None, "M9": "Counted twice"}))
    assert form.values == (FormValue("NI196a", comment="Counted twice", where="M9"),)
    assert form.problems[0].startswith("H9 held 153 and is empty now")


def test_a_figure_replaced_by_a_status_is_a_statement() -> None:
    value = one({"H9": None, "K9": "not available", "L9": date(2015, 11, 25)})
    assert value == FormValue("NI196a", status="not available", expected="2015-11-25", where="K9")


@pytest.mark.parametrize(
    "comment", ["Line\n\n  two", "x" * 3000, "=1+1", "_x0041_ as text", "naïve \N{EN DASH} “quoted” 🚒"]
)
def test_a_comment_that_was_held_survives_the_way_out_and_in(comment: str) -> None:
    sheet = with_row(held=FormValue("RO05", figure="45.5", comment=comment))
    assert read(write_workbook(sheet)).values == ()
    assert read(filled({"H6": 46}, sheet)).values[0].comment == comment


def test_a_comment_that_changed_only_at_its_end_is_a_statement() -> None:
    sheet = with_row(held=FormValue("RO05", comment="x" * 3000 + "a"))
    assert read(filled({"M6": "x" * 3000 + "b"}, sheet)).values[0].comment.endswith("b")


# --- labels -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text", "words"),
    [
        ("B7", "DA60", "B7 says 'DA60' where we sent 'DA06', so row 7 was not used."),
        (
            "C7",
            "Referrals",
            "C7 says 'Referrals' where we sent 'Number of referrals to the IDVA service', so row 7 was not used.",
        ),
        ("B7", None, "B7 is empty where we sent 'DA06', so row 7 was not used."),
    ],
)
def test_a_row_whose_label_changed_is_not_used(cell: str, text: str | None, words: str) -> None:
    form = read(filled({cell: text, "H7": 153, "H6": 45.5}))
    assert [value.code for value in form.values] == ["RO05"]
    assert [problem.startswith(words) for problem in form.problems] == [True]
    assert "send the file again" in form.problems[0]


def test_a_row_with_the_code_of_another_is_not_used_for_either() -> None:
    form = read(filled({"B7": "RO05", "H6": 45.5, "H7": 153}))
    assert [(value.code, value.figure) for value in form.values] == [("RO05", "45.5")]
    assert form.problems[0].startswith("B7 says 'RO05' where we sent 'DA06'")


def test_a_row_overwritten_altogether_is_noticed() -> None:
    form = read(filled({"B7": "XX1", "C7": "Something else", "H7": 1}))
    assert form.values == ()
    assert form.problems[0].startswith("B7 says 'XX1' where we sent 'DA06', so row 7 was not used.")


def test_a_locked_cell_beside_the_labels_is_noticed_and_the_figure_used() -> None:
    form = read(filled({"E7": "300", "H7": 153}))
    assert [value.code for value in form.values] == ["DA06"]
    assert form.problems == (
        "E7 says '300' where we sent '340'; nothing was changed by that. If it should change, reply and say so.",
    )


@pytest.mark.parametrize(("cell", "sent"), [("H5", "Figure"), ("K5", "Status"), ("B5", "Code"), ("C5", "Indicator")])
@pytest.mark.parametrize("now", ["Forecast", None])
def test_nothing_is_used_when_a_heading_that_matters_changed(cell: str, sent: str, now: str | None) -> None:
    says = "says 'Forecast'" if now else "is empty"
    assert only_problem(filled({cell: now, "H7": 153, "K7": "provisional"})) == (
        f"{cell} {says} where we sent '{sent}', so nothing was used. "
        "Put the heading back and send the file again, or reply with the figures."
    )


def test_nothing_is_used_when_two_headings_changed_places() -> None:
    cells = {"I5": "Whole (out of)", "J5": "Part (number counted)", "H6": "28.8%", "I6": 52, "J6": 15}
    assert only_problem(filled(cells)).startswith("The headings in row 5 stand in another order than we sent them")


def test_a_column_that_was_inserted_moves_the_others() -> None:
    def insert(page: Worksheet) -> None:
        page["H7"], page["M7"] = 153, "As planned"
        page.insert_cols(8)
        page["H5"], page["H7"] = "My notes", "check this"

    form = read(changed(insert))
    assert form.values == (FormValue("DA06", "153", comment="As planned", where="I7"),)
    assert form.problems == ()


def test_the_heading_of_a_column_that_is_only_shown_does_not_matter() -> None:
    form = read(filled({"F5": "Last time", "H7": 153}))
    assert [value.figure for value in form.values] == ["153"]
    assert form.problems[0].startswith("F5 says 'Last time' where we sent 'Q1 2015-16'; nothing was changed by that.")


def test_headings_that_are_gone_leave_nothing_used() -> None:
    def clear(page: Worksheet) -> None:
        page.delete_rows(5)
        page["H6"] = 153

    assert only_problem(changed(clear)).startswith("The row of headings that we sent is not in return.xlsx any more")


def test_labels_with_other_spaces_are_the_same_labels() -> None:
    assert one({"C7": " Number of  referrals to the\nIDVA service", "H7": 153}).code == "DA06"


def test_rows_that_were_sorted_are_read_where_they_stand_now() -> None:
    def turn_round(page: Worksheet) -> None:
        page["H6"], page["H7"] = 45.5, 153
        rows = [[cell.value for cell in row] for row in page["A6:M9"]]
        for cells, values in zip(page["A6:M9"], reversed(rows), strict=True):
            for cell, value in zip(cells, values, strict=True):
                cell.value = value

    form = read(changed(turn_round))
    assert [(value.code, value.figure, value.where) for value in form.values] == [
        ("DA06", "153", "H8"),
        ("RO05", "45.5", "H9"),
    ]
    assert form.problems == ()


def test_rows_that_were_inserted_move_the_others_and_are_named_if_they_hold_anything() -> None:
    def insert(page: Worksheet) -> None:
        page["H7"] = 153
        page.insert_rows(6, 2)
        page["C6"] = "Notes for myself"
        page["B7"], page["H7"] = "XX9", 12

    form = read(changed(insert))
    assert [(value.code, value.where) for value in form.values] == [("DA06", "H9")]
    assert [problem[:15] for problem in form.problems] == ["Row 7 ('XX9') i"]


def test_rows_above_the_headings_do_no_harm() -> None:
    def insert(page: Worksheet) -> None:
        page["H7"] = 153
        page.insert_rows(1, 3)

    assert read(changed(insert)).values[0].where == "H10"


def test_a_row_that_was_deleted_states_nothing_and_is_named_if_it_held_a_figure() -> None:
    form = read(changed(lambda page: page.delete_rows(7)))
    assert (form.values, form.problems) == ((), ())
    form = read(changed(lambda page: page.delete_rows(9)))
    assert form.values == ()
    assert form.problems[0].startswith("NI196a is not in the sheet any more; nothing was changed.")


def test_a_row_that_stands_twice_with_two_figures_is_not_used() -> None:
    def copy(page: Worksheet) -> None:
        for column in "ABC":
            page[f"{column}12"] = page[f"{column}7"].value
        page["H7"], page["H12"] = 153, 154

    assert only_problem(changed(copy)).startswith("DA06 stands in the rows 7, 12 with different values, so they were")


def test_a_row_that_stands_twice_with_one_figure_is_used_once() -> None:
    def copy(page: Worksheet) -> None:
        for column in "ABCDEFG":
            page[f"{column}12"] = page[f"{column}7"].value
        page["H7"], page["H12"] = 153, 153

    form = read(changed(copy))
    assert [(value.figure, value.where) for value in form.values] == [("153", "H7")]
    assert form.problems == ()


def test_hidden_rows_merged_cells_further_columns_and_sheets_do_no_harm() -> None:
    book = opened(filled({"H6": 45.5, "H7": 153, "P7": "my own sum", "Z1": 7})).parent
    assert isinstance(book, openpyxl.Workbook)
    page = book["Return"]
    page.row_dimensions[7].hidden = True
    page.column_dimensions["I"].hidden = True
    page.merge_cells("A1:M1")
    page.merge_cells("M6:M7")
    extra = book.create_sheet("Working", 0)
    extra["A1"] = "=1/0"
    form = read(saved(book))
    assert [(value.code, value.figure) for value in form.values] == [("RO05", "45.5"), ("DA06", "153")]
    assert form.problems == ()


def test_a_sheet_that_was_given_another_name_is_still_read() -> None:
    def rename(page: Worksheet) -> None:
        page["H7"] = 153
        page.title = "Q2 figures"

    assert read(changed(rename)).values[0].figure == "153"


def test_a_copy_of_the_sheet_that_was_filled_in_is_not_passed_over_in_silence() -> None:
    def copy(page: Worksheet) -> None:
        assert page.parent is not None
        page.parent.copy_worksheet(page)["H7"] = 153

    assert only_problem(changed(copy)).startswith("The sheet 'Return Copy' is filled in too and was not used.")


def test_a_copy_of_the_sheet_that_was_left_alone_is_not_mentioned() -> None:
    def copy(page: Worksheet) -> None:
        assert page.parent is not None
        page.parent.copy_worksheet(page)

    form = read(changed(copy))
    assert (form.values, form.problems) == ((), ())


def test_many_problems_are_bounded() -> None:
    def litter(page: Worksheet) -> None:
        for row in range(20, 400):
            page[f"B{row}"], page[f"H{row}"] = f"X{row}", row

    form = read(changed(litter))
    assert len(form.problems) == 51
    assert form.problems[-1] == "330 more cells and rows could not be used. Reply with the figures."


def test_a_code_that_is_a_number_is_found_when_a_program_made_a_number_of_it() -> None:
    assert read(filled({"B6": 101, "H6": 45.5}, with_row(code="101"))).values[0].code == "101"


def test_many_rows_come_back_each_with_its_own_figure() -> None:
    rows = tuple(
        replace(SHEET.rows[0], number=number, code=f"X{number:02}", title=f"Indicator {number}")
        for number in range(1, 71)
    )
    sheet = replace(SHEET, rows=rows)
    form = read(filled({f"H{5 + number}": number * 1.5 for number in range(1, 71)}, sheet))
    assert [(value.code, float(value.figure)) for value in form.values] == [
        (f"X{number:02}", number * 1.5) for number in range(1, 71)
    ]


def test_a_figure_one_cell_beside_its_column_is_noticed() -> None:
    form = read(filled({"O7": 153}))
    assert form.values == ()
    assert form.problems == (
        "O7 holds '153', outside the columns we sent, so it was not used."
        " Put it into its column and send the file again, or reply with the figure.",
    )


def test_macros_are_not_run_and_that_they_are_there_is_said() -> None:
    form = read(repacked(filled({"H7": 153}), {}, {"xl/vbaProject.bin": b"\xcc\x61"}), "return.xlsm")
    assert [value.figure for value in form.values] == ["153"]
    assert form.problems == ()
    assert form.remarks == ("return.xlsm has macros in it. They were not run and are ignored.",)
    assert read(filled({"H7": 153})).remarks == ()


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell() -> None:
    def gives_nothing(content: bytes) -> bytes:
        return content.replace(b'<c r="H7" ', b'<c r="H7" t="str" ', 1)

    content = filled({"H6": 45.5, "H7": '=IF(TRUE,"","")'})
    name = "xl/worksheets/sheet1.xml"
    form = read(repacked(content, {name: gives_nothing(part_of(content, name))}))
    assert ([value.code for value in form.values], form.problems) == (["RO05"], ())


def test_each_problem_says_which_cell_it_is_and_what_it_is_about() -> None:
    form = read(filled({"H6": date(1952, 8, 1), "I9": True}))
    assert [(mark.code, mark.field, mark.where) for mark in form.marks] == [
        ("RO05", "figure", "H6"),
        ("NI196a", "part", "I9"),
    ]
    assert form.problems == tuple(str(mark) for mark in form.marks)


def test_the_sheet_that_was_filled_in_is_named_by_the_name_it_has_now() -> None:
    def rename(page: Worksheet) -> None:
        page.title = "Q2 figures"
        page["H6"] = date(1952, 8, 1)

    form = read(changed(rename))
    assert form.sheet == "Q2 figures"
    assert len(form.marks) == 1


def test_what_else_stands_in_a_row_with_a_problem_is_said_not_to_be_used() -> None:
    assert only_problem(filled({"H7": 153, "I7": True})).startswith(
        "I7 holds TRUE, which is no figure; nothing else in row 7 was used. Type the figure"
    )
    assert "nothing else" not in only_problem(filled({"I7": True}))

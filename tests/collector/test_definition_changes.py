"""The definitions out to a workbook and back in: what would change is said first, all problems at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from collector.acting import Acting, NotDone
from collector.definition_changes import NOTHING, Preview, change_definitions, next_round, preview
from collector.definition_sheets import (
    INDICATORS,
    PEOPLE,
    PRIORITIES,
    definitions_booklet,
)
from collector.domain.came_back import CameBack, CameRow, CameTable
from collector.domain.indicator import Basis, Polarity, Rhythm, Unit, in_force
from collector.domain.partnership import Partnership
from collector.domain.people import Role
from collector.domain.period import Quarter
from collector.domain.target import Comparator, Target
from parsers.workbook import read_definitions, write_booklet
from storage.books import SqlBooks
from tests.builders import DEFINITIONS, PARTNERSHIP, Office, at, define, percent
from tests.collector.test_several_contributors import COUNCIL, POLICE, together

Q2, Q3, Q4 = Quarter(2015, 2), Quarter(2015, 3), Quarter(2015, 4)
NEXT_YEAR = Quarter(2016, 1)
Rows = Callable[[dict[str, CameRow]], None]


def sent(office: Office, since: Quarter = Q3, partnership: Partnership = PARTNERSHIP) -> CameBack:
    """The workbook as it comes back with nothing changed."""
    raw = write_booklet(definitions_booklet(partnership, since, office.calendar, at(12)))
    came = read_definitions("definitions.xlsx", raw)
    assert isinstance(came, CameBack)
    return came


def edited(came: CameBack, page: str, key: str, **texts: str) -> CameBack:
    """The workbook with a row changed or added; headings are written with _ for blanks."""
    words = {heading.replace("_", " "): text for heading, text in texts.items()}
    return replace(
        came, tables=tuple(_edit(table, key, words) if table.page == page else table for table in came.tables)
    )


def _edit(table: CameTable, key: str, words: Mapping[str, str]) -> CameTable:
    first = next(iter(table.columns))
    rows = [replace(row, texts={**row.texts, **words}) if row.texts[first] == key else row for row in table.rows]
    if rows == list(table.rows):
        blank = dict.fromkeys(table.columns, "")
        rows.append(CameRow(rows[-1].number + 1, {**blank, first: key, **words}))
    return replace(table, rows=tuple(rows))


def without(came: CameBack, page: str, key: str) -> CameBack:
    """The workbook with a row taken out."""
    tables = tuple(
        replace(table, rows=tuple(row for row in table.rows if key not in row.texts.values()))
        if table.page == page
        else table
        for table in came.tables
    )
    return replace(came, tables=tables)


def seen(came: CameBack, since: Quarter | None = None, partnership: Partnership = PARTNERSHIP) -> Preview:
    return preview(partnership, came, Q2, since)


def act(office: Office, came: CameBack, by: str = "coordinator", since: Quarter | None = None) -> tuple[str, ...]:
    with office.books.begin() as unit:
        partnership = unit.plan.get()
        assert partnership is not None
        person = next(each for each in partnership.people if each.id == by)
        return change_definitions(Acting(unit, office.calendar, at(13), person), came, since, "SEG 12 Oct", b"bytes")


def on_the_books(office: Office) -> Partnership:
    with office.books.begin() as unit:
        partnership = unit.plan.get()
    assert partnership is not None
    return partnership


def test_a_workbook_that_comes_back_as_it_went_changes_nothing(office: Office) -> None:
    assert seen(sent(office)).lines == (NOTHING,)
    assert act(office, sent(office)) == (NOTHING,)


def test_it_is_made_for_the_round_that_comes_next(office: Office) -> None:
    with office.books.begin() as unit:
        assert next_round(unit, office.calendar, at(12)) == Q3


def test_a_changed_target_is_told_in_one_line_with_what_it_would_mean(office: Office) -> None:
    found = seen(edited(sent(office), INDICATORS, "DA06", Target="at least 360"))
    assert found.lines == (
        "DA06 target: “340” becomes “at least 360” from Q3 2015-16 (Oct to Dec 2015). It would mean: At least 360, "
        "each quarter. To be confirmed; no colour until then.",
    )


def test_a_change_is_a_new_definition_and_the_past_stays_as_it_was(office: Office) -> None:
    told = act(office, edited(sent(office), INDICATORS, "DA06", Target="at least 360"))
    assert told[-1] == "To be confirmed before there is a colour: DA06."
    definitions = on_the_books(office).definitions
    assert in_force(definitions, Q2)["DA06"] == DEFINITIONS[0]
    now = in_force(definitions, Q3)["DA06"]
    assert (now.target.value, now.target.confirmed, now.from_period, now.why) == (Decimal(360), False, Q3, "SEG 12 Oct")


def test_each_change_stands_in_the_audit_trail_with_who_when_and_why(office: Office) -> None:
    act(office, edited(sent(office), INDICATORS, "DA07", Short_name="risk reduced"))
    with office.books.begin() as unit:
        (line,) = [each for each in unit.audit.lines("DA07") if each.action == "definition changed"]
        assert (line.actor, line.at) == ("coordinator", at(13))
        assert line.reason.endswith("from Q3 2015-16 (Oct to Dec 2015). SEG 12 Oct")
        (workbook,) = [each for each in unit.audit.lines() if each.action == "definitions changed by workbook"]
        assert unit.blobs.get(workbook.reason.removeprefix("sha256 ")) == b"bytes"


def test_the_same_workbook_sent_twice_changes_things_once(office: Office) -> None:
    came = edited(sent(office), INDICATORS, "DA06", Target="at least 360", Owed_by="Director of Public Health")
    came = edited(came, INDICATORS, "NEW1", **NEW)
    act(office, came)
    held = on_the_books(office)
    assert act(office, came) == (NOTHING,)
    assert on_the_books(office) == held


def test_only_the_coordinator_changes_definitions(office: Office) -> None:
    with pytest.raises(NotDone, match="Only the coordinator"):
        act(office, edited(sent(office), INDICATORS, "DA06", Title="Another"), by="dph")
    assert on_the_books(office).definitions == DEFINITIONS


def test_who_owes_a_figure_changes_from_the_quarter_on_and_no_definition_is_made_for_it(office: Office) -> None:
    act(office, edited(sent(office), INDICATORS, "RO06", Owed_by="Director of Public Health"))
    books = on_the_books(office)
    owed = [(r.person, r.since, r.until) for r in books.responsibilities if r.measure == "RO06"]
    assert owed == [("yot", Quarter(2014, 3), Q3), ("dph", Q3, None)]
    assert books.definitions == DEFINITIONS
    assert next(each.person for each in office.view().obligations if each.measure == "RO06") == "yot"


NEW = {
    "Title": "Knife crime",
    "Short_name": "knife crime",
    "Priority": "P1",
    "Unit": "number",
    "Which_way_is_better": "smaller is better",
    "Target": "at most 12",
    "How_often": "annual, in Q4",
    "Owed_by": "youth offending team manager",
    "Published_after": "20",
    "Tolerance": "2",
}


def test_a_row_that_is_added_is_a_new_measure_from_the_quarter_on(office: Office) -> None:
    told = act(office, edited(sent(office), INDICATORS, "NEW1", **NEW))
    assert told[0].startswith("NEW1 is new from Q3 2015-16 (Oct to Dec 2015): Knife crime; owed by youth offending")
    books = on_the_books(office)
    new = in_force(books.definitions, Q4)["NEW1"]
    assert (new.unit, new.polarity, new.rhythm, new.owed_in) == (Unit.COUNT, Polarity.SMALLER, Rhythm.ANNUAL, (4,))
    assert (new.lag_days, new.target.tolerance, new.target.comparator) == (20, Decimal(2), Comparator.AT_MOST)
    assert "NEW1" not in in_force(books.definitions, Q2)
    assert [r.person for r in books.responsibilities if r.measure == "NEW1"] == ["yot"]


def test_a_row_that_is_taken_out_is_asked_no_more_and_what_was_collected_stays(office: Office) -> None:
    told = act(office, without(sent(office), INDICATORS, "RO06"))
    assert told == (
        "RO06 (short of RO06): no longer asked for from Q3 2015-16 (Oct to Dec 2015); what was collected stays.",
    )
    books = on_the_books(office)
    assert "RO06" in in_force(books.definitions, Q2)
    assert "RO06" not in in_force(books.definitions, Q3)
    assert "RO06" in office.view().definitions


def test_all_problems_are_told_at_once_with_sheet_and_cell_and_nothing_changes(office: Office) -> None:
    came = edited(sent(office), INDICATORS, "DA06", Unit="furlongs", Published_after="soon", Tolerance="5%")
    came = edited(came, INDICATORS, "DA07", Owed_by="Nobody", Priority="P9", Short_name="")
    came = edited(came, INDICATORS, "RO06", Which_way_is_better="bigger is better", It_means="")
    came = edited(came, INDICATORS, "RS08", How_often="now and then", Goes_on="perhaps", Indicator="DA06")
    came = edited(came, PEOPLE, "yot", Addresses="da@council.example.org; nowhere", Part="king")
    came = edited(came, PRIORITIES, "P1", Title="", Lead="Somebody")
    with pytest.raises(NotDone) as refused:
        act(office, edited(came, INDICATORS, "DA06", Title="Good enough"))
    problems = str(refused.value).splitlines()
    cells = sorted(problem.partition(":")[0] for problem in problems if ", cell " in problem)
    wrong = {
        INDICATORS: ("F6", "J6", "M6", "D7", "E7", "L7", "G8", "B10", "K10", "N10"),
        PEOPLE: ("D10", "E10"),
        PRIORITIES: ("B6", "C6"),
    }
    assert cells == sorted(f"{page}, cell {cell}" for page, named in wrong.items() for cell in named)
    assert on_the_books(office).definitions == DEFINITIONS


def test_a_wording_that_is_not_understood_is_no_guess_and_can_be_explained(office: Office) -> None:
    unclear = edited(sent(office), INDICATORS, "DA06", Target="Rather more than before")
    assert "It is not understood" in seen(unclear).lines[0]
    explained = edited(unclear, INDICATORS, "DA06", It_means="at least 400")
    assert "It would mean: At least 400, each quarter. To be confirmed" in seen(explained).lines[0]
    vague = seen(edited(unclear, INDICATORS, "DA06", It_means="lots"))
    assert vague.problems[0].startswith("Indicators, cell I6: “lots” can't be read as a target")


def test_a_target_that_is_taken_out_leaves_none(office: Office) -> None:
    act(office, edited(sent(office), INDICATORS, "DA06", Target=""))
    assert in_force(on_the_books(office).definitions, Q3)["DA06"].target.comparator is Comparator.NONE


def test_a_tolerance_alone_leaves_the_target_confirmed(office: Office) -> None:
    told = act(office, edited(sent(office), INDICATORS, "DA07", Tolerance="1.5"))
    assert told == ("DA07 tolerance: “1.5” is new from Q3 2015-16 (Oct to Dec 2015).",)
    target = in_force(on_the_books(office).definitions, Q3)["DA07"].target
    assert (target.tolerance, target.confirmed, target.value) == (Decimal("1.5"), True, Decimal(74))


def test_another_unit_asks_for_the_target_anew(office: Office) -> None:
    structured = replace(PARTNERSHIP, definitions=(percent("XX1", Target(Comparator.AT_LEAST, "", Decimal(80))),))
    found = seen(edited(sent(office, Q3, structured), INDICATORS, "XX1", Unit="number", Owed_by="dph"), Q3, structured)
    assert found.problems == (
        "Indicators, cell I6: the unit changes, so the target has to be said anew. Write it like: at least 85%.",
    )


def test_a_redefined_measure_can_start_its_series_anew(office: Office) -> None:
    act(office, edited(sent(office), INDICATORS, "DA07", Title="Something else altogether", Goes_on="no"))
    assert not in_force(on_the_books(office).definitions, Q3)["DA07"].comparable_with_previous


def test_what_is_owed_once_a_year_from_a_quarter_on_covers_the_year(office: Office) -> None:
    act(office, edited(sent(office), INDICATORS, "DA06", How_often="annual, in Q4"))
    changed = in_force(on_the_books(office).definitions, Q3)["DA06"]
    assert (changed.rhythm, changed.basis) == (Rhythm.ANNUAL, Basis.ANNUAL)


def test_measures_of_one_indicator_share_the_words_of_a_target(office: Office) -> None:
    both = tuple(
        percent(code, Target(Comparator.AT_LEAST, "60%", Decimal(60)), indicator="SF") for code in ("SFa", "SFb")
    )
    held = tuple(
        replace(r, measure=code) for r, code in zip(PARTNERSHIP.responsibilities, ("SFa", "SFb"), strict=False)
    )
    split = replace(PARTNERSHIP, definitions=both, responsibilities=held)
    came = sent(office, Q3, split)
    for code in ("SFa", "SFb"):
        came = edited(came, INDICATORS, code, Target="65%/75%")
    found = seen(came, Q3, split)
    values = {code: each.target.value for code, each in in_force(found.partnership.definitions, Q3).items()}
    assert values == {"SFa": 65, "SFb": 75}


def test_people_change_at_once(office: Office) -> None:
    came = edited(sent(office), PEOPLE, "yot", Addresses="new@youth.example.org", Role_title="Youth Justice Manager")
    came = edited(
        came,
        PEOPLE,
        "fire",
        Role_title="Fire Safety Manager",
        Organisation="Fire and Rescue",
        Part="contributor",
        Addresses="fire@fire.example.org",
    )
    told = act(office, edited(came, PRIORITIES, "P1", Lead="Fire Safety Manager"))
    assert told == (
        "Youth Justice Manager role title: “Youth Offending Team Manager” becomes “Youth Justice Manager” at once.",
        "Youth Justice Manager addresses: “yot@youth.example.org” becomes “new@youth.example.org” at once.",
        "People: fire is new at once: Fire Safety Manager, Fire and Rescue, contributor, fire@fire.example.org.",
        "P1 lead: “Director of Public Health” becomes “Fire Safety Manager” at once.",
    )
    books = on_the_books(office)
    assert books.priorities[0].lead == "fire"
    assert books.known_as("new@youth.example.org") is not None


def test_somebody_who_still_owes_a_figure_is_not_taken_out(office: Office) -> None:
    (problem,) = seen(without(sent(office), PEOPLE, "yot")).problems
    assert problem == (
        "People: Youth Offending Team Manager still owes RO06, RS08 also after Q2 2015-16 (Jul to Sep 2015). "
        "Name somebody else for it first, and take the row out later."
    )


def test_there_is_one_coordinator(office: Office) -> None:
    problems = seen(edited(sent(office), PEOPLE, "coordinator", Part="contributor")).problems
    assert problems == ("People: there must be one coordinator; here are none.",)


def test_a_priority_that_anything_belonged_to_stays(office: Office) -> None:
    (problem,) = seen(without(sent(office), PRIORITIES, "P1")).problems
    assert problem.startswith("Priorities: P1 stays, for ")


def test_a_row_that_both_sides_changed_is_refused_and_the_others_name_no_problem(office: Office) -> None:
    came = edited(sent(office), INDICATORS, "DA06", Target="at least 360")
    act(office, edited(sent(office), INDICATORS, "DA06", Short_name="referrals"))
    with pytest.raises(NotDone) as refused:
        act(office, edited(came, INDICATORS, "DA07", Short_name="risk"))
    assert str(refused.value) == (
        "Indicators, row 6: “DA06” was changed here and on the books too since this workbook was made (short name: "
        "“short of DA06” is “referrals” now). Take a fresh workbook and make the change there."
    )


def test_an_older_workbook_undoes_nothing_in_rows_that_it_left_alone(office: Office) -> None:
    older = sent(office)
    act(office, edited(sent(office), INDICATORS, "DA06", Short_name="referrals"))
    act(office, edited(older, INDICATORS, "DA07", Short_name="risk"))
    now = in_force(on_the_books(office).definitions, Q3)
    assert (now["DA06"].short, now["DA07"].short) == ("referrals", "risk")


def test_a_round_that_was_opened_is_not_redefined(office: Office) -> None:
    (problem,) = seen(edited(sent(office), INDICATORS, "DA06", Target="1"), since=Q2).problems
    assert problem.startswith("The round of Q2 2015-16 (Jul to Sep 2015) was opened already")
    assert "from Q3 2015-16 (Oct to Dec 2015)" in problem


def test_a_change_can_hold_from_a_later_quarter(office: Office) -> None:
    act(office, edited(sent(office), INDICATORS, "DA06", Target="at least 360"), since=NEXT_YEAR)
    definitions = on_the_books(office).definitions
    assert in_force(definitions, Q4)["DA06"].target.value == 340
    assert in_force(definitions, NEXT_YEAR)["DA06"].target.value == 360


def test_a_later_definition_that_is_on_the_books_already_is_named(office: Office) -> None:
    later = replace(DEFINITIONS[0], from_period=NEXT_YEAR, title="Next year's title")
    ahead = replace(PARTNERSHIP, definitions=(*DEFINITIONS, later))
    came = edited(sent(office, Q3, ahead), INDICATORS, "DA06", Short_name="referrals")
    assert seen(came, Q3, ahead).lines[-1] == (
        "DA06: this holds until Q1 2016-17 (Apr to Jun 2016), from which the books have another definition already."
    )
    (problem,) = seen(came, NEXT_YEAR, ahead).problems
    assert "Take a workbook for Q1 2016-17" in problem


def test_another_partnerships_workbook_is_refused(office: Office) -> None:
    came = replace(sent(office), partnership="elsewhere")
    assert seen(came).problems == (
        "definitions.xlsx is another partnership's. These books are Test Community Safety Partnership's.",
    )


def test_a_code_that_meant_something_before_is_not_taken_again(office: Office) -> None:
    gone = define("OLD1", Unit.COUNT, retired_from=Quarter(2015, 1))
    before = replace(PARTNERSHIP, definitions=(*DEFINITIONS, gone))
    found = seen(edited(sent(office, Q3, before), INDICATORS, "OLD1", **NEW), Q3, before)
    assert found.problems[0].startswith("Indicators, cell A11: “OLD1” has meant something before")


def test_rows_twice_or_without_a_code_are_named(office: Office) -> None:
    came = sent(office)
    table = came.tables[0]
    blank = dict.fromkeys(table.columns, "")
    rows = (*table.rows, CameRow(20, {**blank, "Code": "da06"}), CameRow(21, {**blank, "Title": "Nameless"}))
    problems = seen(replace(came, tables=(replace(table, rows=rows), *came.tables[1:]))).problems
    assert problems == (
        "Indicators, cell A20: “da06” is here twice. Take one of the rows out.",
        "Indicators, cell A21: the row has no code. Give it one, or clear the row.",
    )


def test_the_timetable_is_only_shown(office: Office) -> None:
    came = edited(sent(office), "Timetable", "Board and digest", When="Never")
    (problem,) = seen(came).problems
    assert problem.endswith("the timetable is changed in the partnership's definition file, not here.")


def test_loading_the_file_again_shows_what_the_workbook_changed_as_a_difference(office: Office) -> None:
    act(office, edited(sent(office), INDICATORS, "DA06", Short_name="referrals"))
    assert office.loads(at(14)) == ["definition DA06 from 2015-16Q3: gone from the file"]


def test_a_workbook_before_the_first_round_is_for_the_quarter_that_ended(books: SqlBooks) -> None:
    office = Office(books)
    office.loads(at(1))
    with office.books.begin() as unit:
        assert next_round(unit, office.calendar, at(2)) == Q2
    came = edited(sent(office, Q2), INDICATORS, "DA06", Short_name="referrals")
    act(office, came)
    assert in_force(on_the_books(office).definitions, Q2)["DA06"].short == "referrals"
    assert on_the_books(office).with_role(Role.COORDINATOR)


def shared(books: SqlBooks) -> Office:
    """Books of a partnership in which two of its people report one figure."""
    return Office(books, partnership=together()).prepare()


def test_a_figure_with_several_contributors_goes_out_with_its_parts_and_comes_back_the_same(books: SqlBooks) -> None:
    office = shared(books)
    came = sent(office, partnership=together())
    rows = {row.texts["Code"]: row.texts for table in came.tables for row in table.rows if table.page == INDICATORS}
    assert (rows["AE01"]["Part"], rows["AE01"]["Owed by"]) == ("put together", "")
    assert (rows[POLICE]["Part"], rows[POLICE]["Indicator"]) == ("Kent Police", "AE01")
    assert preview(together(), came, Q2).lines == (NOTHING,)


def test_a_contributor_is_added_and_another_taken_out_in_the_workbook(books: SqlBooks) -> None:
    office = shared(books)
    fire = {
        "Indicator": "AE01",
        "Title": "Incidents (Kent Fire)",
        "Short_name": "ASB incidents (Kent Fire)",
        "Priority": "P1",
        "Unit": "number",
        "How_often": "quarterly",
        "Owed_by": "Director of Public Health",
        "Part": "Kent Fire",
    }
    came = without(edited(sent(office, partnership=together()), INDICATORS, "AE01-fire", **fire), INDICATORS, COUNCIL)
    found = preview(together(), came, Q2)
    assert found.problems == ()
    assert in_force(found.partnership.definitions, Q2)["AE01"].parts == (POLICE, COUNCIL)
    assert in_force(found.partnership.definitions, Q3)["AE01"].parts == (POLICE, "AE01-fire")


def test_the_target_of_the_whole_is_changed_like_any_other(books: SqlBooks) -> None:
    came = edited(sent(shared(books), partnership=together()), INDICATORS, "AE01", Target="at most 250")
    found = preview(together(), came, Q2)
    assert found.problems == ()
    whole = in_force(found.partnership.definitions, Q3)["AE01"]
    assert (whole.target.value, whole.parts) == (Decimal(250), (POLICE, COUNCIL))


@pytest.mark.parametrize(
    ("key", "texts", "words"),
    [
        ("AE01", {"Owed_by": "Youth Offending Team Manager"}, "AE01 is put together from its parts"),
        ("AE01", {"Part": ""}, "AE01 is put together from its parts, and stays so"),
        (POLICE, {"Part": ""}, f"{POLICE} is a part, and stays so"),
        ("DA06", {"Part": "Kent Police"}, "DA06 is no part, and stays so"),
    ],
)
def test_what_is_put_together_stays_so_in_the_workbook(
    books: SqlBooks, key: str, texts: dict[str, str], words: str
) -> None:
    came = edited(sent(shared(books), partnership=together()), INDICATORS, key, **texts)
    assert words in " ".join(preview(together(), came, Q2).problems)


def test_a_whole_keeps_two_parts_and_is_taken_out_with_them(books: SqlBooks) -> None:
    came = sent(shared(books), partnership=together())
    alone = preview(together(), without(came, INDICATORS, COUNCIL), Q2).problems
    assert alone == ("Indicators: AE01 is put together from its parts and needs two or more of them.",)
    tables = tuple(
        replace(table, rows=tuple(row for row in table.rows if row.texts.get("Code") != "AE01"))
        for table in came.tables
    )
    parts = preview(together(), replace(came, tables=tables), Q2).problems
    assert f"Indicators: {POLICE} is a part of AE01, which is taken out. Take it out too." in parts
    # Rows of the indicator are those of the whole and of both parts.
    assert preview(together(), without(came, INDICATORS, "AE01"), Q2).problems == ()

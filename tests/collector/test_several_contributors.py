"""Several contributors to one figure: each reports their part, and the whole is put together from them (RULES 2)."""

import json
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.acting import Acting, NotDone
from collector.completeness import of_round
from collector.domain.figure import Figure, FigureStatus, Reported, Source
from collector.domain.indicator import Basis, Definition, Polarity, Unit
from collector.domain.partnership import Partnership
from collector.domain.people import Responsibility
from collector.domain.period import Quarter
from collector.domain.rag import Rag
from collector.domain.signing import Restated
from collector.domain.target import Comparator, Target
from collector.exporting import export
from collector.forms import sheet_of
from collector.handing_over import hand_over
from collector.history import histories
from collector.locking import lock, reopen_figure
from collector.messages import Reminder, SignOffSheet
from collector.parts import put_together, restated_with_wholes
from collector.signoff import sign
from collector.summary import board, digest, facts
from collector.view import RoundView
from storage.books import SqlBooks
from tests.builders import OPENS, PARTNERSHIP, Q2, Office, at, define, letter
from tests.support.orders import messages, orders

Q1 = Quarter(2015, 1)
AT_MOST_300 = Target(Comparator.AT_MOST, "at most 300", Decimal(300))
POLICE, COUNCIL = "AE01-police", "AE01-council"
#: Who reports which part, and whose it is called.
PARTS = {POLICE: ("yot", "Kent Police"), COUNCIL: ("da", "Medway Council")}


def together(unit: Unit = Unit.COUNT, target: Target = AT_MOST_300, **more: Any) -> Partnership:
    """The partnership with one more indicator, whose figure comes from two of its people."""
    given = {"indicator": "AE01", "polarity": Polarity.SMALLER, "title": "Incidents", **more}
    whole = define("AE01", unit, target, **given, short="ASB incidents", parts=tuple(PARTS))
    parts = [
        define(code, unit, **given | {"title": f"Incidents ({name})"}, short=f"ASB incidents ({name})", part=name)
        for code, (_, name) in PARTS.items()
    ]
    owed = [Responsibility(code, person, whole.from_period) for code, (person, _) in PARTS.items()]
    return with_more(PARTNERSHIP, [whole, *parts], owed)


def with_more(held: Partnership, definitions: list[Definition], owed: list[Responsibility]) -> Partnership:
    return replace(
        held,
        definitions=(*held.definitions, *definitions),
        responsibilities=(*held.responsibilities, *owed),
    )


def opened(books: SqlBooks, partnership: Partnership | None = None) -> Office:
    office = Office(books, partnership=partnership or together()).prepare()
    office.sends(OPENS)
    return office


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return opened(books)


def stands(office: Office) -> str:
    return office.view().whole("AE01").words


def both_in(office: Office) -> Office:
    office.says("yot", f"{POLICE} 201", at(20))
    office.says("da", f"{COUNCIL} 111", at(20, 11))
    return office


def test_each_contributor_is_asked_for_their_own_part_and_nobody_for_the_whole(office: Office) -> None:
    asked = {line.code: line.title for who in ("yot", "da") for line in messages(office, who, Reminder)[0].owed}
    assert (asked[POLICE], asked[COUNCIL]) == ("Incidents (Kent Police)", "Incidents (Medway Council)")
    assert "AE01" not in asked
    assert "AE01" not in {owed.measure for owed in office.view().obligations}


def test_the_whole_is_the_sum_of_its_parts_once_all_of_them_are_in(office: Office) -> None:
    office.says("yot", f"{POLICE} 201", at(20))
    assert office.value("AE01") is None
    assert stands(office) == "1 of 2 parts in, outstanding: Medway Council"
    office.says("da", f"{COUNCIL} 111", at(20, 11))
    assert office.value("AE01") == 312
    assert stands(office) == "312 = 201 Kent Police + 111 Medway Council"


def test_the_colour_is_the_wholes_and_its_reason_shows_the_arithmetic(office: Office) -> None:
    view = both_in(office).view()
    judged = view.judged(view.figures["AE01"].reported)
    assert judged.rag is Rag.AMBER
    assert judged.why.endswith("312 = 201 Kent Police + 111 Medway Council.")
    assert view.judged(view.figures[POLICE].reported).why == "No colour: no target is set."


def test_a_receipt_says_the_part_recorded_and_where_the_whole_stands(office: Office) -> None:
    office.says("yot", f"{POLICE} 201", at(20))
    receipt = office.answers()[-1]
    assert [(line.code, line.figure) for line in receipt.recorded] == [(POLICE, "201")]
    assert (
        "AE01 (ASB incidents), of which this is a part: 1 of 2 parts in, outstanding: Medway Council." in receipt.notes
    )
    office.says("da", f"{COUNCIL} 111", at(20, 11))
    assert any(
        note.startswith("AE01 (ASB incidents), of which this is a part: Amber: 312")
        for note in office.answers()[-1].notes
    )


def test_nothing_that_is_put_together_is_stored_as_if_somebody_had_reported_it(office: Office) -> None:
    both_in(office)
    with office.books.begin() as unit:
        assert unit.figures.versions("AE01", Q2) == []
        assert "AE01" not in unit.figures.current(Q2)


def test_a_percentage_is_put_together_from_its_counts_and_never_averaged(books: SqlBooks) -> None:
    office = opened(books, together(Unit.PERCENT, Target(Comparator.AT_MOST, "at most 40%", Decimal(40))))
    office.says("yot", f"{POLICE} 50% (5 of 10)", at(20))
    office.says("da", f"{COUNCIL} 10% (9 of 90)", at(20, 11))
    figure = office.view().figures["AE01"].reported
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal(14), Decimal(14), Decimal(100))
    assert stands(office) == "14% (14 of 100) = 5 of 10 Kent Police + 9 of 90 Medway Council"


def test_percentages_without_counts_make_no_whole(books: SqlBooks) -> None:
    office = opened(books, together(Unit.PERCENT))
    office.says("yot", f"{POLICE} 50% (5 of 10)", at(20))
    office.says("da", f"{COUNCIL} 10%", at(20, 11))
    assert office.value("AE01") is None
    assert stands(office) == (
        "2 of 2 parts in, and they can't be put together: no counts from Medway Council, and a share is never averaged"
    )


def test_a_rate_is_put_together_from_cases_and_people(books: SqlBooks) -> None:
    office = opened(books, together(Unit.PER_1000, Target(Comparator.AT_MOST, "at most 4", Decimal(4))))
    for code, top, bottom in ((POLICE, 30, 10000), (COUNCIL, 20, 5000)):
        reported = Reported(
            code, Q2, FigureStatus.REPORTED, Decimal(1000 * top) / bottom, Decimal(top), Decimal(bottom)
        )
        add(office, reported)
    view = office.view()
    assert view.figures["AE01"].reported.value == Decimal("3.3")
    assert view.judged(view.figures["AE01"].reported).rag is Rag.GREEN


def add(office: Office, reported: Reported) -> None:
    """A figure with its counts on the books, as a workbook brings it."""
    both = replace(office.partnership, history=(reported,))
    office.loads(at(21), both)


def test_a_part_that_is_not_applicable_is_left_out_of_the_sum_and_that_is_said(office: Office) -> None:
    office.says("yot", f"{POLICE} 201", at(20))
    office.says("da", f"{COUNCIL} not applicable", at(20, 11))
    assert office.value("AE01") == 201
    assert stands(office) == "201 = 201 Kent Police; not applicable: Medway Council"


def test_a_provisional_part_makes_the_whole_provisional(office: Office) -> None:
    office.says("yot", f"{POLICE} 201 provisional", at(20))
    office.says("da", f"{COUNCIL} 111", at(20, 11))
    assert office.view().figures["AE01"].reported.status is FigureStatus.PROVISIONAL
    assert stands(office) == "312 = 201 Kent Police (provisional) + 111 Medway Council"


def test_a_part_that_is_not_available_leaves_the_whole_waiting_with_its_reason(office: Office) -> None:
    office.says("yot", f"{POLICE} 201", at(20))
    office.says("da", f"{COUNCIL} not available until 1 December 2015", at(20, 11))
    assert office.value("AE01") is None
    assert stands(office) == "2 of 2 parts in; Medway Council: not available until 1 Dec 2015"
    assert "ASB incidents, by 1 Dec 2015" in board(office.view(), at(23)).awaiting_source


def test_figures_for_other_days_are_not_added_up(office: Office) -> None:
    office.says("yot", f"{POLICE} 201", at(20))
    add(office, Reported(COUNCIL, Q2, FigureStatus.REPORTED, Decimal(111), basis=Basis.TO_DATE))
    assert office.value("AE01") is None
    assert "they cover other days: Kent Police gave 201; Medway Council gave 111, to date" in stands(office)


def test_late_is_said_of_the_part_that_came_late(office: Office) -> None:
    office.says("yot", f"{POLICE} 201", at(20))
    office.says("da", f"{COUNCIL} 111", at(26))
    late = {code: figure.late for code, figure in office.view().figures.items()}
    assert (late[POLICE], late[COUNCIL], late["AE01"]) == (False, True, False)


def test_a_contributor_who_gives_the_whole_is_asked_whether_it_is_their_part(office: Office) -> None:
    office.says("yot", "AE01 312", at(20))
    assert office.value(POLICE) is None
    (question,) = office.answers()[-1].questions
    assert question.code == POLICE
    assert " ".join(question.reasons) == (
        "AE01 (ASB incidents) is put together from its parts, AE01-police (Kent Police) and AE01-council (Medway"
        " Council). Is this the part of Kent Police alone? If not, send the figure of that part."
    )
    office.says("yot", f"{question.choices[0].number}", at(21))
    assert office.value(POLICE) == 312


def test_the_whole_given_beside_the_part_is_not_recorded_and_that_is_said(office: Office) -> None:
    office.says("yot", f"AE01 312\n{POLICE} 201", at(20))
    assert office.value(POLICE) == 201
    assert any("312 was not recorded for it" in note for note in office.answers()[-1].notes)


def test_the_whole_given_as_it_stands_already_is_no_question(office: Office) -> None:
    both_in(office)
    office.says("da", "AE01 312", at(21))
    answer = office.answers()[-1]
    assert answer.questions == ()
    assert any("They come to 312 already; nothing was changed." in note for note in answer.notes)


def test_who_has_no_part_is_told_that_the_whole_is_put_together(office: Office) -> None:
    office.says("coordinator", "AE01 312", at(20))
    office.says("dph", "AE01 312", at(20))
    assert office.value("AE01") is None
    assert any("a part is sent by its own code" in note for note in office.answers()[-1].notes)


def test_the_group_sees_the_whole_once_and_what_is_out_with_whom(office: Office) -> None:
    owed = board(office.view(), at(19)).owed
    assert owed == len(PARTNERSHIP.definitions) + 1
    office.says("yot", f"{POLICE} 201", at(20))
    told = {line.organisation: line.outstanding for line in board(office.view(), at(20, 12)).outstanding}
    assert told == {"Council": 3, "Youth Justice": 2}


def test_a_lead_signs_the_whole_with_its_parts(office: Office) -> None:
    both_in(office)
    orders(office, sign, "P1", by="dph", when=at(26))
    view = office.view()
    (signed,) = board(view, at(27)).signed
    (line,) = [line for line in signed.lines if line.text.startswith("ASB incidents")]
    assert line.rag is Rag.AMBER
    assert line.text.endswith("312 = 201 Kent Police + 111 Medway Council.")
    assert not any("(Kent Police)" in line.text for line in signed.lines)
    assert [line.rag for line in digest(view, at(27), OPENS).changed if "ASB incidents" in line.text] == [Rag.AMBER]


def test_a_part_that_changed_after_it_was_signed_takes_the_colour_from_the_whole(office: Office) -> None:
    both_in(office)
    orders(office, sign, "P1", by="dph", when=at(26))
    office.says("da", f"{COUNCIL} 112", at(27))
    (signed,) = board(office.view(), at(28)).signed
    assert [line.rag for line in signed.lines] == [None]
    assert "except ASB incidents, ASB incidents (Medway Council)" in signed.signed


def test_the_sheet_to_be_signed_shows_the_whole_with_its_parts_beneath(office: Office) -> None:
    both_in(office)
    for text in ("DA06 153", "DA07 91%"):
        office.says("da", text, at(20, 12))
    office.says("yot", "RO06 28.8% (15 of 52)\nRS08 On track: the discussion was held", at(20, 12))
    office.says("dph", "SA01 not available until 1 December 2015", at(20, 12))
    office.ticks(at(21))
    (sheet,) = messages(office, "dph", SignOffSheet)
    lines = [(line.code, line.figure, line.from_whom) for line in sheet.parts[0].lines]
    assert lines[-3:] == [
        ("AE01", "312", "Youth Justice and Council"),
        (POLICE, "201", "Youth Justice"),
        (COUNCIL, "111", "Council"),
    ]


def test_a_lock_keeps_the_whole_and_its_parts_in_the_snapshot(office: Office) -> None:
    both_in(office)
    orders(office, lock, when=at(5, month=11))
    with office.books.begin() as unit:
        sealed = json.loads(unit.blobs.get(unit.locks.snapshots(Q2)[-1].sha256))
    held = {each["code"]: each for each in sealed["figures"]}
    assert (held["AE01"]["value"], held[POLICE]["value"], held[COUNCIL]["value"]) == ("312", "201", "111")
    assert held["AE01"]["put_together"] == "312 = 201 Kent Police + 111 Medway Council"


def test_a_restated_part_restates_the_whole(office: Office) -> None:
    both_in(office)
    orders(office, lock, when=at(5, month=11))
    office.says("da", f"{COUNCIL} 131", at(10, month=11))
    orders(office, reopen_figure, COUNCIL, "twenty were missed", when=at(10, 11, month=11))
    told = board(office.view(), at(11, month=11)).restated
    assert told == (
        f"{COUNCIL} restated: 131, was 111: twenty were missed",
        "AE01 restated: 332, was 312: twenty were missed",
    )


def test_an_order_about_the_whole_is_answered_with_its_parts(office: Office) -> None:
    both_in(office)
    orders(office, lock, when=at(5, month=11))
    with pytest.raises(NotDone, match="Name the one that is meant: AE01-police \\(Kent Police\\) and AE01-council"):
        orders(office, reopen_figure, "AE01", "a miscount", when=at(10, month=11))


def test_a_whole_that_was_collected_as_one_figure_before_goes_on(books: SqlBooks) -> None:
    before = define("AE01", Unit.COUNT, AT_MOST_300, polarity=Polarity.SMALLER, from_period=Quarter(2014, 3))
    now = together(from_period=Q2)
    loaded = Reported("AE01", Q1, FigureStatus.REPORTED, Decimal(300))
    office = opened(books, replace(now, definitions=(before, *now.definitions), history=(*now.history, loaded)))
    both_in(office)
    assert [reported.value for _, reported in office.view().past("AE01")] == [300]
    assert facts(office.view())["put_together"] == {"AE01": "312 = 201 Kent Police + 111 Medway Council"}


def test_earlier_quarters_of_the_whole_are_put_together_too(books: SqlBooks) -> None:
    now = together()
    parts = tuple(Reported(code, Q1, FigureStatus.REPORTED, Decimal(n)) for code, n in ((POLICE, 200), (COUNCIL, 90)))
    office = both_in(opened(books, replace(now, history=(*now.history, *parts))))
    assert [reported.value for _, reported in office.view().past("AE01")] == [290]
    figures = facts(office.view())["figures"]
    assert isinstance(figures, list)
    (whole,) = [each for each in figures if each["code"] == "AE01"]
    assert whole["to_date"] == {"value": 602, "why": "290 + 312 = 602"}
    assert whole["half_year"]["value"] == 602


def test_the_export_has_a_row_for_the_whole_and_counts_the_figure_for_each_organisation(office: Office) -> None:
    office.says("yot", f"{POLICE} 201", at(20))
    with office.books.begin() as unit:
        booklet = export(unit, office.calendar, at(21), [Q2])
    rows = {str(row[0]): row for row in booklet.pages[1].rows}
    assert rows["AE01"][3] == "Youth Justice and Council"
    assert "1 of 2 parts in, outstanding: Medway Council" in rows["AE01"]
    counted = {row[1]: row[2:5] for row in booklet.pages[0].rows}
    assert counted["All organisations"] == (6, 0, 6)
    assert (counted["Youth Justice"], counted["Council"]) == ((3, 1, 2), (3, 0, 3))


def test_the_history_of_the_whole_shows_what_each_part_made_of_it(office: Office) -> None:
    both_in(office)
    office.says("da", f"{COUNCIL} 112", at(21))
    with office.books.begin() as unit:
        whole, *parts = histories(unit, office.calendar, "AE01", Q2)
    assert [held.code for held in parts] == [POLICE, COUNCIL]
    assert [event.what for event in whole.events if event.what.startswith("With")] == [
        f"With {POLICE}, version 1: 1 of 2 parts in, outstanding: Medway Council",
        f"With {COUNCIL}, version 1: 312 = 201 Kent Police + 111 Medway Council",
        f"With {COUNCIL}, version 2: 313 = 201 Kent Police + 112 Medway Council",
    ]


def test_a_red_whole_asks_each_of_its_contributors_what_is_done_about_it(office: Office) -> None:
    office.says("yot", f"{POLICE} 301", at(20))
    office.says("da", f"{COUNCIL} 111", at(20, 11))
    assert any(note.startswith("AE01 is Red. Reply with the reason") for note in office.answers()[-1].notes)
    office.says("da", "AE01 Reason: a hot summer. Action: more patrols. Owner: Council. By: 1 Dec 2015", at(21))
    with office.books.begin() as unit:
        assert [plan.measure for plan in unit.plans.all(Q2)] == ["AE01"]


def test_handing_over_by_the_code_of_the_whole_moves_the_givers_part_alone(office: Office) -> None:
    def give(acting: Acting, view: RoundView) -> tuple[str, ...]:
        return hand_over(acting, view, ["AE01"], view.people["yot"], view.people["dph"])

    assert orders(office, give, when=at(12))[0].endswith(
        f"in place of the Youth Offending Team Manager: {POLICE} (ASB incidents (Kent Police))."
    )
    owners = {owed.measure: owed.person for owed in office.view().obligations}
    assert (owners[POLICE], owners[COUNCIL]) == ("dph", "da")


def test_a_round_that_is_open_asks_the_contributors_once_the_file_names_them(books: SqlBooks) -> None:
    single = define("AE01", Unit.COUNT, AT_MOST_300, polarity=Polarity.SMALLER)
    owed = [Responsibility("AE01", "yot", single.from_period)]
    office = opened(books, with_more(PARTNERSHIP, [single], owed))
    office.says("yot", "AE01 250", at(12))
    office.loads(at(13), together())
    assert office.value("AE01") is None
    assert {POLICE, COUNCIL} <= {each.measure for each in office.view().obligations}
    assert stands(both_in(office)) == "312 = 201 Kent Police + 111 Medway Council"


def test_a_message_that_arrives_twice_changes_the_whole_once(office: Office) -> None:
    both_in(office)
    raw = letter("da", f"{COUNCIL} 120", at(21))
    office.arrives(raw, at(21))
    office.processes(at(21))
    office.arrives(raw, at(21, 11))
    office.processes(at(21, 11))
    assert stands(office) == "321 = 201 Kent Police + 120 Medway Council"
    assert office.view().figures["AE01"].version == 3


#: What one contributor may send for their part: a figure, or that there is none to add.
SAID = st.one_of(
    st.integers(0, 9999).map(lambda value: (FigureStatus.REPORTED, value)),
    st.integers(0, 9999).map(lambda value: (FigureStatus.PROVISIONAL, value)),
    st.sampled_from([(FigureStatus.NOT_AVAILABLE, None), (FigureStatus.NOT_APPLICABLE, None)]),
)


@given(st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), SAID), max_size=12))
def test_the_whole_equals_the_sum_of_its_parts_in_any_order_with_any_corrections(
    sent: list[tuple[str, tuple[FigureStatus, int | None]]],
) -> None:
    codes = ("A", "B", "C")
    whole = define("W", Unit.COUNT, parts=codes)
    defined = {"W": whole} | {code: define(code, Unit.COUNT, indicator="W", part=f"Agency {code}") for code in codes}
    stood: dict[str, tuple[FigureStatus, int | None]] = {}
    figures: dict[str, Figure] = {}
    for code, (status, value) in sent:
        stood[code] = (status, value)
        number = None if value is None else Decimal(value)
        source = Source(1, "a", "mail", at(20), at(20), at(20), "test")
        figures[code] = Figure(Reported(code, Q2, status, number), source, version=1)
        found = put_together(whole, defined, figures, Q2)
        complete = len(stood) == len(codes) and FigureStatus.NOT_AVAILABLE not in [each for each, _ in stood.values()]
        if not complete:
            assert found.reported is None
            assert found.words.startswith(f"{len(stood)} of 3 parts in")
            continue
        values = [value for _, value in stood.values() if value is not None]
        assert found.reported is not None
        assert found.reported.value == (sum(values) if values else None)
        provisional = FigureStatus.PROVISIONAL in [each for each, _ in stood.values()]
        assert (found.reported.status is FigureStatus.PROVISIONAL) == provisional


@given(st.permutations([(POLICE, 1), (POLICE, 2), (COUNCIL, 3), (COUNCIL, 4)]))
def test_each_restatement_of_a_part_carries_on_from_the_one_before(order: list[tuple[str, int]]) -> None:
    held, partnership = {POLICE: 100, COUNCIL: 10}, together()
    restated, wholes = [], [110]
    for minute, (code, value) in enumerate(order):
        was, now = (Reported(code, Q2, FigureStatus.REPORTED, Decimal(each)) for each in (held[code], value))
        held[code] = value
        wholes.append(sum(held.values()))
        restated.append(Restated(Q2, code, was, now, "a miscount", at(20, 10, minute)))
    source = Source(1, "a", "mail", at(20), at(20), at(20), "test")
    figures = {
        code: Figure(Reported(code, Q2, FigureStatus.REPORTED, Decimal(value)), source, version=1)
        for code, value in held.items()
    }
    told = [each for each in restated_with_wholes(partnership, restated, {Q2: figures}) if each.measure == "AE01"]
    changed = [(Decimal(was), Decimal(now)) for was, now in pairwise(wholes) if was != now]
    assert [(each.was.value if each.was else None, each.now.value) for each in told] == changed


def test_a_contributors_form_holds_their_part_with_its_title_and_not_the_others(office: Office) -> None:
    view = office.view()
    rows = {row.code: row.title for row in sheet_of(view, view.people["yot"]).rows}
    assert rows[POLICE] == "Incidents (Kent Police)"
    assert not {"AE01", COUNCIL} & rows.keys()


def test_completeness_counts_parts_with_who_owes_them_and_not_the_whole(office: Office) -> None:
    before = of_round(office.view(), office.calendar, at(19))
    both_in(office)
    after = of_round(office.view(), office.calendar, at(21))
    assert (after.owed, after.received - before.received) == (before.owed, 2)

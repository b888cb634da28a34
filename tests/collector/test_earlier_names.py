"""After a rename the old code or title is understood as the continuing indicator, or asked where it was split."""

from dataclasses import replace

import pytest

from collector.books import Outcome
from collector.domain.partnership import Partnership
from collector.domain.people import Responsibility
from collector.domain.period import Quarter
from collector.view import view_round
from storage.books import SqlBooks
from tests.builders import OPENS, PARTNERSHIP, Office, at
from tests.collector.test_other_layouts import brings
from tests.parsers.layouts.books import book

Q3 = Quarter(2015, 3)
IN_JANUARY = at(7, month=1, year=2016)
SAID = "DA06 is IP02 (IDVA support) since Q3 2015-16 (Oct to Dec 2015), and was read as that."
SPLIT = (
    "DA06 was split into IP02 (IDVA support) and IP03 (IDVA support) in Q3 2015-16 (Oct to Dec 2015), so nothing was"
    " done for it. Which do you mean? Reply with that code, like this: IP02 ... For a quarter before that, answer"
    " our message about it."
)


def next_plan(*codes: str) -> Partnership:
    """The 2016-20 plan from Q3 on, in which DA06 goes on as these."""
    old = next(one for one in PARTNERSHIP.definitions if one.code == "DA06")
    others = tuple(one for one in PARTNERSHIP.definitions if one is not old)
    new = tuple(
        replace(
            old,
            code=code,
            indicator=code,
            title=f"Clients that got help, {code}",
            short="IDVA support",
            from_period=Q3,
            continues="DA06",
        )
        for code in codes
    )
    owed = tuple(Responsibility(code, "da", Q3) for code in codes)
    return replace(
        PARTNERSHIP,
        plan="2016-20",
        definitions=(*others, replace(old, retired_from=Q3), *new),
        responsibilities=(*PARTNERSHIP.responsibilities, *owed),
    )


def renamed(books: SqlBooks, *codes: str) -> Office:
    office = Office(books).prepare()
    office.loads(at(4, month=1, year=2016), next_plan(*codes))
    office.ticks(at(6, month=1, year=2016))
    return office


@pytest.mark.parametrize(
    "words", ["DA06 160", "da 06: 160", "DA06: 160\nDA07 92%", "Number of clients referred for IDVA support: 160"]
)
def test_the_old_code_or_the_old_title_means_the_indicator_that_goes_on(books: SqlBooks, words: str) -> None:
    office = renamed(books, "IP02")
    done = office.says("da", words, IN_JANUARY)
    given = {entry.figure.reported.measure: str(entry.figure.reported.value) for entry in done.entries}
    assert (given["IP02"], [*done.questions]) == ("160", [])
    by_code = "06" in words
    assert (SAID in office.answers()[-1].notes) is by_code
    with office.books.begin() as unit:
        noted = unit.audit.lines(action="earlier code read as today's")
    assert [(line.subject, line.reason) for line in noted] == ([("IP02 2015-16Q3", "DA06")] if by_code else [])


def test_a_lead_who_reports_for_somebody_may_use_the_old_code(books: SqlBooks) -> None:
    office = renamed(books, "IP02")
    done = office.says("dph", "DA06 160", IN_JANUARY)
    assert [entry.figure.reported.measure for entry in done.entries] == ["IP02"]


def test_an_old_code_that_was_split_is_asked_about_and_nothing_is_recorded_for_it(books: SqlBooks) -> None:
    office = renamed(books, "IP02", "IP03")
    done = office.says("da", "DA06: 160\nDA07 92%", IN_JANUARY)
    assert [entry.figure.reported.measure for entry in done.entries] == ["DA07"]
    assert SPLIT in office.answers()[-1].notes
    asked = office.says("da", "Number of clients referred for IDVA support: 161", IN_JANUARY)
    assert (asked.entries, {query.measure for query in asked.questions}) == ([], {"IP02", "IP03"})


def test_in_answer_to_a_message_of_its_quarter_a_code_that_was_split_since_is_itself(books: SqlBooks) -> None:
    office = Office(books).prepare()
    office.sends(OPENS)
    office.loads(at(4, month=1, year=2016), next_plan("IP02", "IP03"))
    office.ticks(at(6, month=1, year=2016))
    with books.begin() as unit:
        token = next(
            row.token for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("reminder:2015-16Q2:da")
        )
    done = office.says("da", "DA06 155", IN_JANUARY, In_Reply_To=f"<{token}@csp.example.org>")
    assert [(entry.figure.reported.measure, entry.figure.reported.period) for entry in done.entries] == [
        ("DA06", Quarter(2015, 2))
    ]


@pytest.mark.parametrize(
    ("codes", "told"),
    [(("IP02",), SAID), (("IP02", "IP03"), SPLIT)],
)
def test_orders_take_the_old_code_too(books: SqlBooks, codes: tuple[str, ...], told: str) -> None:
    office = renamed(books, *codes)
    done = office.says("da", "I need an extension until 19 February for DA06", IN_JANUARY)
    assert (done.outcome, done.notes[0]) == (Outcome.CARRIED_OUT, told)
    assert ("IP02" in done.notes[-1]) is True


def test_in_its_own_quarter_a_code_is_itself(books: SqlBooks) -> None:
    office = Office(books).prepare()
    office.says("da", "DA06 153", at(20))
    office.loads(at(21), next_plan("IP02"))
    done = office.says("da", "DA06 154", at(22))
    assert [entry.figure.reported.measure for entry in done.entries] == ["DA06"]


def test_an_old_code_with_its_own_quarter_is_offered_as_that_quarters_figure(books: SqlBooks) -> None:
    office = Office(books).prepare()
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.loads(at(4, month=1, year=2016), next_plan("IP02"))
    office.ticks(at(6, month=1, year=2016))
    done = office.says("da", "DA06 for Q2 2015-16: 155", IN_JANUARY)
    (choice,) = done.questions[0].choices
    assert choice.label == "155, for Q2 2015-16 (Jul to Sep 2015)"
    office.says("da", str(choice.number), IN_JANUARY)
    assert str(office.value("DA06")) == "155"
    with office.books.begin() as unit:
        assert "IP02" not in view_round(unit, Q3).figures


def test_an_old_code_in_a_spreadsheet_is_read_as_the_one_that_goes_on_and_said(books: SqlBooks) -> None:
    office = renamed(books, "IP02")
    rows = (("Ref", "Q3 2015-16"), ("DA06", 160), ("DA07", "92%"))
    done = brings(office, IN_JANUARY, ("return.xlsx", book(("Data", rows))))
    given = {entry.figure.reported.measure: str(entry.figure.reported.value) for entry in done.entries}
    assert (given, [*done.questions]) == ({"IP02": "160", "DA07": "92"}, [])
    assert {SAID, "In return.xlsx we read DA07 from Data!B3, IP02 from Data!B2."} <= {*office.answers()[-1].notes}


def test_a_spreadsheet_with_the_old_row_and_the_new_is_asked_about(books: SqlBooks) -> None:
    office = renamed(books, "IP02")
    rows = (("Ref", "Q3 2015-16"), ("DA06", 160), ("IP02", 161))
    done = brings(office, IN_JANUARY, ("return.xlsx", book(("Data", rows))))
    assert (done.entries, [query.measure for query in done.questions]) == ([], ["IP02"])


SPLIT_ROWS = [
    ("DA06", "", 160),
    ("DA-06", "", 160),
    ("da 06 referrals", "", 160),
    ("", "DA06", 160),
    ("DA06", "Number of clients referred for IDVA support", 160),
]


@pytest.mark.parametrize("row", SPLIT_ROWS)
def test_a_spreadsheets_row_of_a_code_that_was_split_is_asked_about_as_in_words(
    books: SqlBooks, row: tuple[str, str, int]
) -> None:
    office = renamed(books, "IP02", "IP03")
    rows = (("Ref", "Indicator", "Q3 2015-16"), row, ("DA07", "", "92%"))
    done = brings(office, IN_JANUARY, ("return.xlsx", book(("Data", rows))))
    assert ([entry.figure.reported.measure for entry in done.entries], [*done.questions]) == (["DA07"], [])
    left = "Rows of return.xlsx that are not on your list were left: 'DA06'."
    assert {SPLIT, left} <= {*office.answers()[-1].notes}


def test_a_spreadsheets_row_that_names_one_of_the_new_codes_too_is_of_that_one(books: SqlBooks) -> None:
    office = renamed(books, "IP02", "IP03")
    rows = (("Ref", "Q3 2015-16"), ("DA06 / IP03", 60))
    done = brings(office, IN_JANUARY, ("return.xlsx", book(("Data", rows))))
    given = {entry.figure.reported.measure: str(entry.figure.reported.value) for entry in done.entries}
    assert (given, [*done.questions]) == ({"IP03": "60"}, [])


def test_a_history_by_an_old_code_says_what_it_is_called_now(books: SqlBooks) -> None:
    office = renamed(books, "IP02")
    (told,) = office.says("coordinator", "history DA06", IN_JANUARY).notes
    assert told == (
        "DA06 is not asked for in Q3 2015-16 (Oct to Dec 2015). Since Q3 2015-16 (Oct to Dec 2015) it is IP02"
        " (IDVA support). For what came before, name its quarter too."
    )
    assert "Stands: nothing" in office.says("coordinator", "history DA06 for Q2 2015-16", IN_JANUARY).notes[0]

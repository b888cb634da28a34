"""Signing a priority but for some of it, approving a sheet, and saying who reports something now."""

import pytest

from collector.messages import Notice, Receipt, SignOffSheet
from collector.signatures import signature_of
from storage.books import SqlBooks
from tests.builders import IN_SLACK, Office, at
from tests.collector.people import codes, lives_through, notices, told


@pytest.fixture
def office(books: SqlBooks) -> Office:
    return Office(books).prepare()


@pytest.fixture
def all_in(office: Office) -> Office:
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.says("yot", "RO06 28.8% (15 of 52)\nRS08: discussions held with schools on 3 Sep", at(20))
    office.says("dph", "SA01 8%", at(20))
    return office


def answered(office: Office, who: str, words: str, **headers: str) -> str:
    office.says(who, words, at(21, 11), **headers)
    with office.books.begin() as unit:
        rows = [row.planned for row in unit.outbox.rows() if row.planned.dedupe_key.startswith("answer:")]
    message = rows[-1].message
    assert isinstance(message, Notice | Receipt)
    return "\n".join(message.paragraphs if isinstance(message, Notice) else message.notes)


def signed(office: Office) -> list[str]:
    view = office.view()
    return sorted(code for code in view.figures if signature_of(view, code))


def test_a_lead_signs_a_priority_but_for_one_figure_and_later_the_rest(all_in: Office) -> None:
    first = answered(all_in, "dph", "sign off P1 except DA06")
    assert "You left out DA06." in first
    assert "DA06" not in signed(all_in)
    assert "DA07" in signed(all_in)
    answered(all_in, "dph", "sign off the rest")
    assert "DA06" in signed(all_in)


def test_approval_signs_only_in_answer_to_the_sheet(all_in: Office) -> None:
    assert "nothing was signed" in answered(all_in, "dph", "Approved")
    assert signed(all_in) == []
    all_in.ticks(at(21, 10))
    with all_in.books.begin() as unit:
        sheet = next(row for row in unit.outbox.rows() if isinstance(row.planned.message, SignOffSheet))
    answered(all_in, "dph", "Approved", In_Reply_To=f"<{sheet.token}@csp.example.org>")
    assert "DA07" in signed(all_in)


def test_the_words_of_the_reminder_hand_over_to_who_is_registered(office: Office) -> None:
    answered(office, "da", "DA06: now done by Youth Offending Team Manager, yot@youth.example.org")
    assert office.view().owner_of("DA06") == "yot"


def test_somebody_is_named_in_slack_by_a_mention(books: SqlBooks) -> None:
    office = Office(books, partnership=IN_SLACK).prepare()
    office.posts("da", "hand over DA06 to <@U0DPH>", at(7))
    assert office.view().owner_of("DA06") == "dph"


def test_somebody_nobody_knows_is_put_to_the_coordinator(office: Office) -> None:
    answer = answered(office, "da", "DA06: now done by Data Analyst, analyst@council.example.org")
    assert "the coordinator is asked" in answer
    assert "hand over DA06 to their role or address" in notices(office, "coordinator")[-1].paragraphs[1]
    assert office.view().owner_of("DA06") == "da"


def test_the_day_that_is_said_last_is_the_day_of_the_next_reminder(office: Office) -> None:
    office.sends(at(5, 10))
    office.says("da", "remind me on 15 October", at(6))
    office.says("da", "remind me on 9 October", at(6, 11))
    lives_through(office, at(7), at(9))
    assert [codes(reminder) for reminder in told(office, "da")][-1] == ["DA06", "DA07"]
    assert len(told(office, "da")) == 2

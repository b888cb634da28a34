"""Whoever stands in for a lead signs in their place, and only while the lead can't (RULES 19)."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.phrases import sign_off_sentence
from collector.absence import come_back, go_away
from collector.acting import NotDone
from collector.domain.partnership import Partnership
from collector.domain.people import Person
from collector.domain.signing import SignOff
from collector.messages import Notice, SignOffSheet
from collector.round_status import status_lines
from collector.signoff import sign
from storage.books import SqlBooks
from tests.builders import PARTNERSHIP, Office, at
from tests.support.orders import messages, orders


def with_deputy(people: Iterable[Person], deputy: str) -> Partnership:
    return replace(PARTNERSHIP, people=tuple(replace(one, deputy=deputy) if one.id == "dph" else one for one in people))


@pytest.fixture
def office(books: SqlBooks) -> Office:
    """The lead's deputy in the file is the Youth Offending Team Manager; everything that can be in is in."""
    office = Office(books, partnership=with_deputy(PARTNERSHIP.people, "yot")).prepare()
    office.says("da", "DA06 153\nDA07 91%", at(8))
    office.says("yot", "RO06 28.8% (15 of 52)\nRS08: met, discussed on 3 September", at(8))
    return office


def away(office: Office, deputy: str = "") -> tuple[str, ...]:
    people = office.view().people
    return orders(office, go_away, people["dph"], at(9).date(), at(16).date(), people.get(deputy), when=at(9))


def sheets(office: Office, who: str) -> list[SignOffSheet]:
    return messages(office, who, SignOffSheet)


def signatures(office: Office) -> list[SignOff]:
    return list(office.view().signing.signoffs)


def audit(office: Office) -> str:
    with office.books.begin() as unit:
        return unit.audit.lines(action="signed off")[-1].reason


def test_the_deputy_in_the_file_signs_while_the_lead_is_away_and_the_books_say_in_whose_place(office: Office) -> None:
    assert "Meanwhile the Youth Offending Team Manager signs P1 off in their place." in away(office)
    office.ticks(at(12))
    assert (sheets(office, "dph"), len(sheets(office, "yot"))) == ([], 1)
    (sheet,) = sheets(office, "yot")
    assert sheet.standing_in == (
        "The Director of Public Health is away until 16 Oct 2015: you sign P1 off in their place.",
    )
    assert sign_off_sentence(sheet).startswith(sheet.standing_in[0])
    office.says("yot", "signed off", at(12, hour=11))
    (signed,) = signatures(office)
    assert signed.person == "yot"
    assert "in place of the Director of Public Health (The Director of Public Health is away until" in audit(office)
    assert "by the Youth Offending Team Manager in the lead's place" in " ".join(status_lines(office.view(), at(13)))


def test_who_was_named_for_the_absence_signs_and_the_deputy_in_the_file_does_not(office: Office) -> None:
    away(office, "da")
    with pytest.raises(NotDone, match="signed off by its lead"):
        orders(office, sign, "P1", by="yot", when=at(12))
    orders(office, sign, "P1", by="da", when=at(12))
    assert [one.person for one in signatures(office)] == ["da"]


def test_a_deputy_signs_nothing_while_the_lead_is_there_and_the_lead_signs_also_while_away(office: Office) -> None:
    with pytest.raises(NotDone, match="signed off by its lead, the Director of Public Health"):
        orders(office, sign, "P1", by="yot", when=at(9))
    done = office.says("yot", "signed off", at(9))
    assert [*done.notes] == ["You lead no priority, so there is nothing for you to sign off."]
    away(office)
    orders(office, sign, "P1", by="dph", when=at(12))
    assert [one.person for one in signatures(office)] == ["dph"]
    assert "in place of" not in audit(office)


def test_once_the_lead_is_back_the_deputy_signs_no_more_and_the_lead_gets_the_sheet(office: Office) -> None:
    away(office)
    office.ticks(at(12))
    orders(office, come_back, office.view().people["dph"], by="dph", when=at(13))
    with pytest.raises(NotDone, match="signed off by its lead"):
        orders(office, sign, "P1", by="yot", when=at(13, hour=11))
    office.ticks(at(13, hour=12))
    (sheet,) = sheets(office, "dph")
    assert sheet.standing_in == ()


def test_a_lead_who_has_left_is_stood_in_for_by_the_deputy_in_the_file(office: Office) -> None:
    held = with_deputy(PARTNERSHIP.people, "yot")
    people = tuple(replace(one, left=at(10).date()) if one.id == "dph" else one for one in held.people)
    office.loads(at(9), replace(held, people=people))
    orders(office, sign, "P1", by="yot", when=at(12))
    assert "The Director of Public Health left on 10 Oct 2015" in audit(office)


def test_nobody_signs_for_a_lead_without_a_deputy_and_that_is_said(books: SqlBooks) -> None:
    office = Office(books).prepare()
    assert "Nobody signs P1 off in their place: say who stands in." in away(office)
    with pytest.raises(NotDone, match="signed off by its lead"):
        orders(office, sign, "P1", by="da", when=at(12))


def test_the_deputy_sends_a_figure_back_while_the_lead_is_away(office: Office) -> None:
    away(office)
    office.says("yot", "send back DA06: the counts are for Q1", at(12))
    assert [one.person for one in office.view().signing.sent_back] == ["yot"]
    assert "sent back your figure for DA06" in messages(office, "da", Notice)[-1].paragraphs[0]

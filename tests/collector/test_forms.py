"""Forms and workbooks of ours: what goes out, and whose they are when they come back."""

from dataclasses import replace

import pytest

from collector.domain.submission import FormValue
from collector.forms import expected_from, refused, sheet_of
from tests.builders import PEOPLE, Office, at, form

DA = next(person for person in PEOPLE if person.id == "da")


def test_a_sheet_lists_what_is_owed_with_target_and_the_quarters_before(office: Office) -> None:
    sheet = sheet_of(office.view(), DA)
    assert [row.code for row in sheet.rows] == ["DA06", "DA07"]
    assert sheet.earlier == ("Q4 2014-15", "Q1 2015-16")
    assert sheet.rows[0].history == ("139", "135")
    assert sheet.rows[0].target == "340"
    assert sheet.rows[0].held is None


def test_a_sheet_holds_what_the_books_hold(office: Office) -> None:
    office.says("da", "DA06 153\nDA07 90.9% (50 of 55)", at(6))
    office.says("dph", "SA01: not available until 25 November", at(6, 11))
    held = [row.held for row in sheet_of(office.view(), DA).rows]
    assert held == [FormValue("DA06", "153"), FormValue("DA07", "90.9", "50", "55")]
    dph = next(person for person in PEOPLE if person.id == "dph")
    later = sheet_of(office.view(), dph).rows[0].held
    assert later is not None
    assert (later.status, later.expected, later.figure) == ("Not available yet", "2015-11-25", "")


def test_a_form_that_is_this_persons_for_this_round_is_taken(office: Office) -> None:
    assert refused(form(), expected_from(office.view(), DA)) == ""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"partnership": "swale"}, "made for another partnership"),
        ({"person": "yot"}, "made for the Youth Offending Team Manager"),
        ({"person": "nobody"}, "made for somebody who is not on the list"),
        ({"period": "2015-16Q1"}, "is for Q1 2015-16 (Apr to Jun 2015)"),
        ({"period": "last"}, "is for another period (last)"),
    ],
)
def test_a_form_of_somebody_or_something_else_has_its_plain_reason(
    office: Office, more: dict[str, str], words: str
) -> None:
    assert words in refused(form(**more), expected_from(office.view(), DA))


def test_a_form_of_another_layout_has_its_plain_reason(office: Office) -> None:
    assert "earlier version" in refused(replace(form(), version=7), expected_from(office.view(), DA))

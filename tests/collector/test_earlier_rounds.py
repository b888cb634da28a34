"""A figure that names an earlier quarter reaches that quarter's round, also while the next one is open."""

import pytest

from collector.domain.round import ObligationState
from collector.locking import lock
from collector.view import view_round
from tests.builders import OPENS, Q2, Office, at
from tests.support.orders import orders


@pytest.fixture
def in_third_quarter(office: Office) -> Office:
    """The second quarter is in and locked, the third is open."""
    office.sends(OPENS)
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.says("yot", "RO06 28.8% (15 of 52) provisional", at(20))
    orders(office, lock, "SEG met", when=at(9, month=11))
    office.ticks(at(6, month=1, year=2016))
    return office


@pytest.mark.parametrize(
    ("who", "words", "code", "value"),
    [
        ("da", "DA07 for Q2 2015-16: 92%", "DA07", "92"),
        ("yot", "The Q2 figure for RO06 is now final: 30.8% (16 of 52)", "RO06", "30.8"),
    ],
)
def test_a_figure_for_an_earlier_quarter_is_offered_as_that_rounds_and_waits_there(
    in_third_quarter: Office, who: str, words: str, code: str, value: str
) -> None:
    office = in_third_quarter
    office.says(who, words, at(8, month=1, year=2016))
    (question,) = office.answers()[-1].questions
    (choice,) = question.choices
    assert choice.label.endswith(", for Q2 2015-16 (Jul to Sep 2015)")
    office.says(who, str(choice.number), at(8, 12, month=1, year=2016))
    waiting = office.view().signing.waiting(code)
    assert waiting is not None
    assert str(waiting.reported.value) == value
    with office.books.begin() as unit:
        newest = view_round(unit, Q2.next)
    assert code not in newest.figures
    assert [owed.state for owed in newest.obligations if owed.measure == code] == [ObligationState.OWED]


def test_the_coordinator_takes_what_waits_for_an_earlier_round_by_its_code(in_third_quarter: Office) -> None:
    office = in_third_quarter
    office.says("da", "DA07 for Q2 2015-16: 92%", at(8, month=1, year=2016))
    office.says("da", "1", at(8, 12, month=1, year=2016))
    office.says("coordinator", "reopen DA07: two more clients were reviewed", at(8, 13, month=1, year=2016))
    assert str(office.value("DA07")) == "92"


def test_a_figure_for_an_earlier_round_that_is_open_is_recorded_there_and_said(office: Office) -> None:
    office.sends(OPENS)
    office.says("da", "DA06 153, DA07 91%", at(20))
    office.ticks(at(6, month=1, year=2016))
    office.says("da", "DA07 for Q2 2015-16: 92%", at(8, month=1, year=2016))
    office.says("da", "1", at(8, 12, month=1, year=2016))
    assert str(office.value("DA07")) == "92"
    assert office.answers()[-1].notes == ("DA07, Q2 2015-16 (Jul to Sep 2015): recorded 92%, was 91%.",)

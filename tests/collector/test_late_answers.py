"""An answer to a question that is over is told so; its number is never taken for a figure (promise 4)."""

import pytest

from tests.builders import Office, at


@pytest.fixture
def asked_twice(office: Office) -> Office:
    """RO06 is in; taking it back was asked about, and asked anew when it was said in other words."""
    office.says("yot", "RO06 60%", at(6))
    office.says("yot", "not available until 20 November for RO06", at(7))
    office.says("yot", "RO06 not available until 20 November", at(8))
    return office


@pytest.mark.parametrize("words", ["1", "option 1", "1, thanks", "Hello, 1"])
def test_a_number_of_an_earlier_question_is_no_figure_and_the_open_one_is_asked_again(
    asked_twice: Office, words: str
) -> None:
    office = asked_twice
    done = office.says("yot", words, at(9))
    assert (str(office.value("RO06")), done.entries) == ("60", [])
    (note,) = office.answers()[-1].notes
    assert note.startswith(
        "Your answer 1 was to an earlier question about RO06. For Q2 2015-16 (Jul to Sep 2015) we hold"
    )
    assert "Reply 3: keep 60%; 4: now not available until 20 Nov 2015." in note
    assert note.endswith("If 1 is a figure, send it with its code, like this: RO06 1")


def test_the_same_answer_sent_twice_settles_it_once_and_changes_nothing_after(asked_twice: Office) -> None:
    office = asked_twice
    office.says("yot", "3", at(9))
    office.says("yot", "3", at(10))
    assert str(office.value("RO06")) == "60"
    assert "Your answer 3 was about RO06, and that is settled: 60% stands." in office.answers()[-1].notes[0]


def test_with_its_code_the_same_number_is_a_figure_and_others_are_read_as_ever(asked_twice: Office) -> None:
    office = asked_twice
    office.says("yot", "3", at(9))
    office.says("yot", "RO06 1%", at(10))
    assert str(office.value("RO06")) == "1"
    office.says("yot", "RO06 44%", at(11))
    assert str(office.value("RO06")) == "44"

"""A colleague's mail, passed on with a word above it: its figures are asked about, neither taken nor passed over."""

import pytest

from collector.passing_on import PASSED_ON
from collector.questions import text_of
from tests.builders import PARTNERSHIP, Office, at, letter

THEIRS = "From: Team Administrator <admin@council.example.org>\nDate: 5 Oct 2015\nSubject: the numbers\n"


@pytest.mark.parametrize(
    ("subject", "above"), [("Q2", "---------- Forwarded message ---------\n"), ("FW: the numbers", "")]
)
def test_figures_that_only_the_colleagues_mail_gives_are_asked_about(office: Office, subject: str, above: str) -> None:
    text = f"DA07 91%. The rest is from our administrator.\n\n{above}{THEIRS}To: me\n\nDA06 153\nDA07 88%\n"
    office.arrives(letter("da", text, at(6), subject=subject), at(6))
    done = office.processes(at(6))
    assert [entry.figure.reported.measure for entry in done.entries] == ["DA07"]
    assert office.value("DA07") == 91, "what the sender says themselves stands"
    (asked,) = done.questions
    assert (asked.measure, PASSED_ON in text_of(asked), "153" in text_of(asked)) == ("DA06", True, True)
    assert [entry.figure.reported.value for entry in office.says("da", "1", at(7)).entries] == [153]


def test_our_own_letter_that_is_passed_on_is_no_figure_of_anybodys(office: Office) -> None:
    ours = f"From: Returns <{PARTNERSHIP.mailbox}>\nDate: 5 Oct 2015\nSubject: due\nTo: me\n\n1. DA06 referrals: 135\n"
    office.arrives(letter("da", f"DA07 91%\n\n{ours}", at(6), subject="FW: due"), at(6))
    assert list(office.processes(at(6)).questions) == []


def test_what_stands_below_an_answer_is_history_and_not_passed_on(office: Office) -> None:
    office.arrives(letter("da", f"DA07 91%\n\n{THEIRS}To: me\n\nDA06 153\n", at(6), subject="RE: the numbers"), at(6))
    assert list(office.processes(at(6)).questions) == []

"""Whole replies: what leads up to figures, what holds for a sentence, and numbers that could be choices."""

from datetime import date
from decimal import Decimal

import pytest

from collector.domain.indicator import Basis, Unit
from collector.domain.period import Quarter
from collector.domain.submission import Asked, OpenChoice, Reading, ReadingTask
from parsers.figures import TextReader

PERIOD = Quarter(2015, 2)
ASKED = (
    Asked(1, "AB01", "Percentage of cases closed in time", Unit.PERCENT),
    Asked(2, "AB02", "Number of bins emptied", Unit.COUNT),
    Asked(3, "AB03a", "Percentage of tenants content by day", Unit.PERCENT),
    Asked(4, "AB03b", "Percentage of tenants content by night", Unit.PERCENT),
    Asked(5, "AB04", "Workshops held", Unit.COUNT, Basis.TO_DATE),
)
CHOICES = (OpenChoice(1, "AB01", Decimal(19)), OpenChoice(2, "AB01", Decimal("28.8")))


def read(text: str, choices: tuple[OpenChoice, ...] = (), subject: str = "") -> Reading:
    task = ReadingTask(str(PERIOD), PERIOD.span, ASKED, choices, {}, date(2015, 10, 6), subject)
    return TextReader().read(text, task)


def certain(reading: Reading) -> dict[str, Decimal | None]:
    return {item.code: item.candidates[0].value for item in reading.items if item.certain}


@pytest.mark.parametrize(
    "text",
    [
        "AB01: since April, 81% (117 of 144)",
        "AB01: Since April 144 cases were opened and 117 of 144 (81%) were closed in time.",
        "AB01: from April to date 117 of 144 cases, 81%",
    ],
)
def test_what_is_said_since_april_holds_for_the_whole_sentence_and_is_asked_about(text: str) -> None:
    (item,) = read(text).items
    assert not item.certain
    assert item.candidates[0].basis is Basis.TO_DATE
    assert {candidate.value for candidate in item.candidates} == {Decimal(81)}


def test_words_that_only_lead_up_to_the_figures_change_nothing() -> None:
    reading = read("Quick one from the yard: AB02 was 706 this quarter and AB01 was 83%.")
    assert certain(reading) == {"AB02": 706, "AB01": 83}


def test_a_heading_for_the_quarter_says_nothing_about_a_figure_to_date() -> None:
    assert certain(read("Our return for the quarter:\n\nAB04: 6 to date")) == {"AB04": 6}


def test_a_heading_of_another_quarter_holds_for_the_lines_below_it() -> None:
    assert certain(read("Our return for Q1:\n\nAB02: 700\nAB01: 83%")) == {}


def test_a_line_that_names_its_own_time_keeps_it_under_a_heading() -> None:
    (item,) = read("The counts stop at the end of May:\n\nAB02: 23, 1 January to 31 May 2015").items
    assert not item.certain
    assert [str(candidate.reference) for candidate in item.candidates] == ["1 Jan 2015 to 31 May 2015"]


@pytest.mark.parametrize(
    "text", ["2", "2, thank you. I read the wrong line.", "2 - that is what the sheet says", "option 2, as you say"]
)
def test_a_choice_can_be_explained(text: str) -> None:
    assert read(text, CHOICES).chosen == (2,)


def test_a_list_number_with_a_figure_is_not_a_choice_and_is_asked_about() -> None:
    reading = read("2. 153", CHOICES)
    assert reading.chosen == ()
    assert certain(reading) == {}
    assert [item.code for item in reading.items] == ["AB01"]


@pytest.mark.parametrize("text", ["2%", "it is 2%", "1 per cent"])
def test_a_figure_that_is_also_a_choices_number_is_asked_about(text: str) -> None:
    reading = read(text, CHOICES)
    assert reading.chosen == ()
    assert certain(reading) == {}


@pytest.mark.parametrize("text", ["1 - nil", "2 - not available", "1, or maybe the other"])
def test_a_choices_number_with_words_that_could_be_a_return_is_no_choice(text: str) -> None:
    assert read(text, CHOICES).chosen == ()


def test_the_code_of_a_split_indicator_names_each_of_its_measures() -> None:
    reading = read("AB03a 61.5%\nAB03b 73%\nNote that the target for AB03 has changed: now 65%/75%.")
    assert certain(reading) == {"AB03a": Decimal("61.5"), "AB03b": Decimal(73)}
    changes = [item.target_change for item in reading.items]
    assert all(change and "65%/75%" in change for change in changes)
    assert reading.unknown_codes == ()


def test_a_figure_for_the_code_of_a_split_indicator_is_asked_about() -> None:
    assert certain(read("AB03: 61.5%")) == {}


@pytest.mark.parametrize("subject", ["Q1 return", "Revised Quarter 1 figures", "FW: Q3 2015-16 figures"])
def test_a_subject_that_names_another_quarter_puts_every_figure_in_doubt(subject: str) -> None:
    assert certain(read("AB02: 700\nAB01: 83%", subject=subject)) == {}


@pytest.mark.parametrize(
    "subject",
    ["", "Q2 return", "RE: Q2 2015-16 (Jul to Sep 2015): 5 figures due 5pm Fri 23 Oct [2FD654]", "Our figures"],
)
def test_other_subjects_change_nothing(subject: str) -> None:
    assert certain(read("AB02: 700\nAB01: 83%", subject=subject)) == {"AB02": 700, "AB01": 83}


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ("keep 706", (1,)),
        ("Keep 706, thanks", (1,)),
        ("1: keep 706", (1,)),
        ("2) now 708", (2,)),
        ("now 708", (2,)),
        ("2: keep 706", ()),
        ("keep 708", ()),
        ("keep", ()),
    ],
)
def test_a_choice_is_taken_by_the_words_on_its_button(line: str, taken: tuple[int, ...]) -> None:
    choices = (OpenChoice(1, "AB02", None, "keep 706"), OpenChoice(2, "AB02", Decimal(708), "now 708"))
    assert read(line, choices).chosen == taken


def test_a_bare_figure_that_is_a_choices_whole_label_is_no_choice_of_another_code() -> None:
    choices = (OpenChoice(1, "AB02", Decimal(15), "15"), OpenChoice(2, "AB04", Decimal(16), "16"))
    assert read("15", choices).chosen == ()


def test_a_remark_about_several_figures_is_quoted_as_it_was_written() -> None:
    reading = read("AB02 706\nNote that the target for AB03 has changed: now 65%/75%.")
    told = {item.code: item.target_change for item in reading.items}
    said = "Note that the target for AB03 has changed: now 65%/75%."
    assert told == {"AB02": None, "AB03a": said, "AB03b": said}


def test_a_sentence_with_the_code_in_its_midst_is_quoted_whole() -> None:
    (item,) = read("What does AB01 mean exactly?").items
    assert item.evidence == "What does AB01 mean exactly?"


def test_two_figures_for_one_code_raise_no_question_about_the_others() -> None:
    (item,) = read("AB01: 15% or maybe 17%, I need to check").items
    assert [candidate.value for candidate in item.candidates] == [15, 17]
    assert not item.certain


def test_another_quarter_is_named_with_its_months() -> None:
    (item,) = read("Our return for Q1 2015-16:\n\nAB02: 706").items
    assert not item.certain
    assert "Q1 2015-16 (Apr to Jun 2015)" in " ".join(item.doubts)

"""Text that was made to break readers, or that broke on its way here."""

import time
from decimal import Decimal

import pytest

from tests.parsers.figures.asking import LIST, figures, read_list, read_one

LONG = {
    "digits": "1" * 100_000,
    "brackets": "(" * 100_000,
    "closed brackets": "(" * 50_000 + ")" * 50_000,
    "one line of codes": "DA06 153 " * 20_000,
    "lines": "Number of people helped by 5\n" * 5_000,
    "commas": "1," * 90_000,
    "slashes": "1/" * 90_000,
    "percentages": "5% " * 60_000,
    "quarters": "Q1 - 5 Q2 - 6 " * 14_000,
    "dates": "1 April to 30 June " * 10_000,
    "changes": "up 3 " * 40_000,
    "stops": "a. " * 60_000,
    "hyphens": "a-" * 95_000,
    "comparisons": "last quarter 5 " * 12_000,
    "a megabyte on one line": "DA06 153 " * 120_000,
}


@pytest.mark.parametrize("name", LONG)
def test_hostile_text_is_read_in_bounded_time(name: str) -> None:
    begun = time.process_time()
    read_list(LONG[name])
    read_one(LONG[name])
    assert time.process_time() - begun < 10


def test_a_megabyte_on_one_line_is_not_read_and_says_so() -> None:
    reading = read_list(LONG["a megabyte on one line"])
    assert reading.items == ()
    assert "1,080,000 characters" in reading.left_over


def test_a_message_too_long_is_read_only_to_the_end_of_a_line() -> None:
    reading = read_list("DA06 153\n" + "thanks " * 40_000 + "\nDA07 91%")
    assert figures(reading) == {"DA06": Decimal(153)}


@pytest.mark.parametrize(
    "text", ["\uff11\uff15\uff13", "15\u0663", "\u0661\u0665\u0663", "15\u00bd", "\U0001d7cf\U0001d7d3"]
)
def test_digits_that_only_look_like_ours_are_asked_about(text: str) -> None:
    assert not read_one(text).certain


@pytest.mark.parametrize("text", ["\u202e153\u202c", "1\u200b53", "\ufeff153", "153\u00a0referrals", "153\u2003"])
def test_invisible_marks_change_nothing(text: str) -> None:
    assert read_one(text).candidates[0].value == Decimal(153)


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\x00", "\ue000\ue001", "|||", "\t\t\t", "----", "%%%", "£", "()", ">>>"]
)
def test_next_to_nothing_is_never_a_figure(text: str) -> None:
    assert figures(read_list(text)) == {}
    assert not any(c.value for c in read_one(text).candidates)


def test_a_two_page_reply_is_read_in_milliseconds() -> None:
    lines = [f"{asked.code}: {asked.number} referrals, up from 3 last quarter." for asked in LIST] * 4
    text = "\n".join(lines + ["We had a busy quarter and the team worked hard to keep up with demand."] * 40)
    read_list(text)
    begun = time.process_time()
    read_list(text)
    assert time.process_time() - begun < 0.2

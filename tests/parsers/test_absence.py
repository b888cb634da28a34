"""Sentences about being away, as people and their mail programs write them. Today is Wednesday 14 October 2015."""

from datetime import date

import pytest

from collector.domain.absence import SaidAbsence
from parsers.absence import read_absence

TODAY = date(2015, 10, 14)


def oct_(day: int) -> date:
    return date(2015, 10, day)


def nov(day: int) -> date:
    return date(2015, 11, day)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("on leave until the 9th", nov(9)),
        ("On leave until the 9th, my deputy covers", nov(9)),
        ("I'm on leave until the 19th.", oct_(19)),
        ("I am on annual leave until 9 November", nov(9)),
        ("I am on annual leave until 9th November 2015", nov(9)),
        ("I will be away till Monday 9 November", nov(9)),
        ("I\u2019m away until Nov 9", nov(9)),
        ("Out of office until 09/11/2015", nov(9)),
        ("Out of the office until 9/11", nov(9)),
        ("I am out of the office until 9.11.15.", nov(9)),
        ("Automatic reply: out of office until 2015-11-09", nov(9)),
        ("Thank you for your email. I am currently out of the office until Monday 9 November.", nov(9)),
        ("I am currently out of the office with limited access to email until Friday 16 October", oct_(16)),
        ("Hello,\nI am on holiday\nuntil 9 November\nKind regards", nov(9)),
        ("I'm off sick until Friday", oct_(16)),
        ("I am unavailable until 9 November", nov(9)),
        ("I'll be off work until the 14th", oct_(14)),
        ("I am on leave up to and including 9 November", nov(9)),
        ("I'm away, back on the 9th", nov(8)),
        ("I am on leave. I will be back in the office on Monday 9 November.", nov(8)),
        ("I will return to work on 9 November 2015", nov(8)),
        ("I am on leave until Friday 6 November, back on Monday 9 November", nov(8)),
        ("Away until tomorrow", oct_(15)),
        ("I am on maternity leave until 1 March 2016", date(2016, 3, 1)),
        ("RO06 28.8% (15 of 52). I am on leave until the 9th.", nov(9)),
    ],
)
def test_the_last_day_away_is_read(text: str, until: date) -> None:
    said = read_absence(text, TODAY)
    assert said is not None
    assert (said.since, said.until) == (TODAY, until)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("I am on leave from 2 November to 9 November", nov(2), nov(9)),
        ("I'm on leave from the 2nd to the 9th", nov(2), nov(9)),
        ("I will be away 30 October - 3 November", oct_(30), nov(3)),
        ("I am on leave between 2 and 9 November", None, None),
        ("I am away from the 12th until the 16th", oct_(12), oct_(16)),
        ("I am on leave from tomorrow until the 20th", None, None),
        ("On leave from 2 November, back on 9 November", nov(2), nov(8)),
        ("I am off on Friday", oct_(16), oct_(16)),
        ("I'm on leave on 9 November", nov(9), nov(9)),
        ("I'm away today, DA06 is not available until 1 December", TODAY, TODAY),
        ("I will be away from 28 December 2015 to 4 January 2016", date(2015, 12, 28), date(2016, 1, 4)),
    ],
)
def test_the_first_day_is_read_where_it_is_said(text: str, since: date | None, until: date | None) -> None:
    said = read_absence(text, TODAY)
    assert (said and said.since, said and said.until) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        "back soon",
        "I'm on leave, back soon",
        "on leave next week",
        "I am away until further notice",
        "I am on leave for a couple of weeks",
        "I was on leave until the 9th",
        "The analyst is on leave until the 9th",
        "Our data officer is away until 9 November, so DA06 is late",
        "SA01 not available until 25 November",
        "DA06: not available until 9 November, awaiting the court",
        "I am on leave and the figures are not ready until 1 December",
        "If I am on leave until the 9th, who covers?",
        "I might be away until the 9th",
        "I am on leave until Monday 10 November",
        "I am on leave until 31 November",
        "I am on leave until 9 October",
        "I am on leave until 9 November 2014",
        "I am on leave until the 9th. I am on leave until the 20th.",
        "I am on leave until the 16th, back on the 28th",
        "I am on leave until 13/25",
        "I will return the figures on 9 November",
        "I'll get back to you on the 9th",
        "I am not away until the 9th",
        "I'm on leave from 2 November",
        "153 referrals, 12 of them signed off on 9 November",
        "The rate is off by 9 until the 9th",
        "Right away",
        "",
    ],
)
def test_what_is_not_clear_or_not_their_own_is_not_guessed(text: str) -> None:
    assert read_absence(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "deputy"),
    [
        ("on leave until the 9th, my deputy covers", "my deputy"),
        ("on leave until the 9th; my manager will be covering", "my manager"),
        ("Away until the 9th. The Domestic Abuse Coordinator stands in for me.", "The Domestic Abuse Coordinator"),
        ("Away until the 9th. In my absence contact cover@council.example.org.", "cover@council.example.org"),
        ("Away until the 9th, covered by the Medway Commander", "the Medway Commander"),
        ("Away until the 9th", ""),
    ],
)
def test_who_covers_is_kept_in_their_words(text: str, deputy: str) -> None:
    assert read_absence(text, TODAY) == SaidAbsence(TODAY, nov(9), deputy)


def test_a_month_without_that_day_is_passed_over() -> None:
    said = read_absence("on leave until the 31st", date(2015, 11, 2))
    assert said is not None
    assert said.until == date(2015, 12, 31)
